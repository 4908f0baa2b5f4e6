"""`avis verify`: whether a folder holds an edition as it was published; needs no evaluation."""

from __future__ import annotations

import argparse
from pathlib import Path

from avis.errors import Place, Problems, fail, shown
from avis.i18n import language, say


def run(arguments: argparse.Namespace) -> int:
    """Compare a folder with its manifest; exit status 1 where something differs or it was taken back."""
    from avis.editions.copies import manifest_hash, verify_copy
    from avis.editions.register import day_of

    folder, problems = Path(arguments.folder), Problems()
    if not folder.is_dir():
        raise fail("REL-006", Place(folder.name))
    manifest = verify_copy(folder, problems)
    back = manifest is not None and manifest.status == "taken_back"
    if problems.errors and manifest is not None and back:  # more than a file that differs, this must be known
        print(say("cli.verify.taken_back", date=day_of(manifest.taken_back_on, language())))
    problems.raise_errors()
    assert manifest is not None  # without a problem there is a manifest
    print(
        say(
            "cli.verify.edition",
            id=manifest.edition,
            date=day_of(manifest.on, language()),
            by=shown(manifest.organisation),
        )
    )
    print(say("cli.verify.manifest", sha256=manifest_hash(folder)))
    if back:
        print(say("cli.verify.taken_back", date=day_of(manifest.taken_back_on, language())))
        return 1
    print(say("cli.verify.same", n=len(manifest.files)))
    return 0
