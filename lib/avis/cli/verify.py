"""`avis verify`: whether a folder holds an edition as it was published; with its evaluation, made again."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from avis.errors import AvisError, Place, Problems, fail, shown, tell
from avis.i18n import language, say

if TYPE_CHECKING:
    from avis.editions.manifest import Manifest
    from avis.evaluation import Evaluation
    from avis.release.rebuild import Rebuilt


def run(arguments: argparse.Namespace) -> int:
    """Compare a folder with its manifest; exit status 1 where something differs or it was taken back."""
    from avis.editions.copies import manifest_hash, verify_copy

    folder, problems = Path(arguments.folder), Problems()
    if not folder.is_dir():
        raise fail("REL-006", Place(folder.name))
    manifest = verify_copy(folder, problems)
    back = manifest is not None and manifest.status == "taken_back"
    if problems.errors and manifest is not None and back:  # more than a file that differs, this must be known
        _say_taken_back(manifest.taken_back_on)
    problems.raise_errors()
    assert manifest is not None  # without a problem there is a manifest
    _say_which(manifest, manifest_hash(folder))
    if back:
        _say_taken_back(manifest.taken_back_on)
        return 1
    print(say("cli.verify.same", n=len(manifest.files)))
    opened = _evaluation(folder, arguments.evaluation)
    if opened is None:
        print(say("cli.verify.compare"))
        return 0
    return _compare(opened, folder, manifest)


def _say_which(manifest: Manifest, sha256: str) -> None:
    from avis.editions.register import day_of

    on = day_of(manifest.on, language())
    by = manifest.organisation or say("rights.notice.nobody")  # its name is withheld
    print(say("cli.verify.edition", id=manifest.edition, date=on, by=shown(by)))
    print(say("cli.verify.manifest", sha256=sha256))


def _say_taken_back(on: str) -> None:
    from avis.editions.register import day_of

    print(say("cli.verify.taken_back", date=day_of(on, language())))


def _evaluation(folder: Path, asked: str | None) -> Evaluation | None:
    """Open the evaluation of an edition: the one that was named, else the one around the folder.

    One that was not named and cannot be opened stops nothing: the folder was verified without it.
    """
    from avis.evaluation import open_evaluation
    from avis.release.rebuild import evaluation_of

    if asked:
        return open_evaluation(asked)
    found = evaluation_of(folder)
    if found is None:
        return None
    try:
        return open_evaluation(found)
    except AvisError:
        print(say("cli.verify.not_opened", slug=found.name))
        return None


def _compare(opened: Evaluation, folder: Path, manifest: Manifest) -> int:
    """Ask the register, then make the edition again; exit status 1 where what should be the same is not."""
    from avis.editions.register import day_of
    from avis.release.rebuild import known_edition, rebuild

    problems = Problems()
    known = known_edition(opened, folder, manifest, problems)
    if known is not None and known.taken_back_on:
        print(say("cli.verify.old_copy", date=day_of(known.taken_back_on, language())))
        return 1
    if known is not None and not problems.errors:
        print(say("cli.verify.known"))
    _say_rebuilt(rebuild(opened, manifest, folder, problems))
    if problems.errors:
        print(tell(problems.errors), file=sys.stderr)
    return 1 if problems.errors else 0


def _say_rebuilt(found: Rebuilt) -> None:
    """Say what came out the same, what did not, and why that may be."""
    if found.same:
        print(say("cli.verify.rebuilt", n=len(found.same)))
    if found.causes and found.differ:
        print(say("cli.verify.differ", n=len(found.differ)))
        print("\n".join(f"  {shown(name)}" for name in found.differ))
    for cause in found.causes:
        print(say(f"cli.verify.cause.{cause}"))
    for name, then, now in found.versions:
        nothing = say("cli.verify.no_version")
        print(f"  {name} : {shown(then) or nothing} → {now or nothing}")
