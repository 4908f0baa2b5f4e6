"""`avis release`: make an edition, or say every reason why not."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from avis.errors import AvisError, Problems, fail, tell
from avis.i18n import Language, say

if TYPE_CHECKING:
    from avis.evaluation import Evaluation
    from avis.exhibits import Audience
    from avis.pipeline.progress import Progress
    from avis.release.ready import Ready


def run(arguments: argparse.Namespace) -> int:
    """Build what is stale, compose what would go out, and publish it where nothing stands against it."""
    from avis.cli.build import tell_compared
    from avis.evaluation import open_evaluation
    from avis.pipeline.progress import Progress
    from avis.release.ready import prepare

    opened = open_evaluation(arguments.evaluation)
    audience, call = asked_for(opened, arguments.audience, arguments.call)
    languages = opened.settings.languages if arguments.lang == "all" else (arguments.lang,)
    problems = Problems()
    with Progress(opened.slug) as progress:
        _build(opened, languages, audience, problems, progress)
        progress.stage(say("cli.release.stage.checking"))
        ready = prepare(opened, languages, audience, problems, call)
        folder = _made(opened, ready, audience, problems, progress)
    if folder is None:
        _refuse(ready, problems)
        tell_compared(opened)
        return 1
    if problems.items:
        print(tell(problems), file=sys.stderr)
    _say_made(folder, arguments.evaluation)
    return 0


def asked_for(opened: Evaluation, audience: Audience, call: str) -> tuple[Audience, str]:
    """Give the audience and the call of an edition: a call that is not public has one recipient, alone.

    The answer to a public call is in the public edition. Errors: CLI-060 no such call.
    """
    if not call:
        return audience, ""
    found = next((one for one in opened.settings.calls if one.id == call), None)
    if found is None:
        known = ", ".join(one.id for one in opened.settings.calls) or "–"
        raise fail("CLI-060", opened.place("calls"), known=known)
    return (found.audience, call) if found.audience == "recipient" else (found.audience, "")


def _made(
    opened: Evaluation, ready: Ready | None, audience: str, problems: Problems, progress: Progress
) -> Path | None:
    """Make the edition, or search what it would hold all the same: a reason less to find out later."""
    from avis.release.package import examine, make_edition

    def stage(name: str) -> None:
        progress.stage(say(f"cli.release.stage.{name}"))

    if ready is None:
        return None
    if problems.errors:
        if ready.papers:
            examine(opened, ready, audience, problems, stage)  # type: ignore[arg-type]
        return None
    try:
        return make_edition(opened, ready, audience, stage)  # type: ignore[arg-type]
    except AvisError as error:
        problems.extend(error.problems)
        return None


def _build(
    opened: Evaluation,
    languages: tuple[Language, ...],
    audience: str,
    problems: Problems,
    progress: Progress,
) -> None:
    from avis.pipeline.run import Wanted, build

    try:
        build(opened, Wanted(languages=languages, audience=audience), progress.step)
    except AvisError as error:
        problems.extend(error.problems)


def _say_made(folder: Path, evaluation: str) -> None:
    """Say what was made, what was searched for and what was not, and what comes next."""
    from avis.editions.manifest import read_manifest

    manifest = read_manifest(folder, Problems())
    if manifest is None:
        return
    documents = sorted({one.name.rpartition(".")[0] for one in manifest.files if one.document})
    tables = sum(one.name.endswith(".csv") for one in manifest.files)
    print(say("cli.release.made", id=folder.name, n=len(manifest.files)))
    print(f"  {folder}")
    print(say("cli.release.holds", documents=", ".join(documents), n=tables))
    if manifest.scan is not None:
        print(say("cli.release.searched", lists=_lists(manifest.scan.lists), n=manifest.scan.plants))
        if manifest.scan.pictures:
            print(say("cli.release.pictures", n=manifest.scan.pictures))
        if manifest.scan.missing:
            print(say("cli.release.not_searched", lists=_lists(manifest.scan.missing)))
    print(say("cli.release.next", evaluation=evaluation, id=folder.name, folder=folder))


def _lists(names: tuple[str, ...]) -> str:
    """Name lists in words; what is told otherwise stays as it is."""
    from avis.i18n import language, words

    known: dict[str, str] = words("release", language())["lists"]
    return ", ".join(known.get(name, name) for name in names) or say("cli.release.nothing")


def _refuse(ready: Ready | None, problems: Problems) -> None:
    from avis.release.review import to_write

    reasons = list(dict.fromkeys(problems.errors))
    print(say("cli.release.refused", n=len(reasons)), file=sys.stderr)
    print(tell(reasons), file=sys.stderr)
    unread = {"REL-010", "REL-011", "REL-012", "REL-014"} & {item.code for item in reasons}
    if ready and ready.papers and unread:
        print(f"\n{say('cli.release.to_write')}\n\n{to_write(ready.papers)}")
