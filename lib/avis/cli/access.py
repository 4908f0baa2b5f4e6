"""`avis access`: what is held about somebody, in plain words, to read with her."""

from __future__ import annotations

import argparse
from pathlib import Path

from avis.cli.private import open_anyway
from avis.errors import Place, Problems, fail
from avis.i18n import language, say


def run(arguments: argparse.Namespace) -> int:
    """Print what is held, and write it privately where `--out` says.

    Errors: CLI-035 git would follow the file, CLI-036 it is there already; RIG-001, RIG-002.
    """
    from avis.rights.access import tell_held

    out = _checked(Path(arguments.out)) if arguments.out else None
    problems, wrong = Problems(), Problems()
    opened = open_anyway(arguments.evaluation, wrong)
    text = tell_held(opened, arguments.who, language(), problems, arguments.evaluation)
    if problems.errors:  # who is not found may stand in what cannot be read
        problems.extend(wrong.errors)
    problems.raise_errors()
    print(text, end="")
    if out is not None:
        from avis.folders import write_whole

        write_whole(out, text)
        print(f"\n{say('cli.access.written', file=out.name)}")
    return 0


def _checked(path: Path) -> Path:
    from avis.cli.private import git_would_follow

    if path.exists():
        raise fail("CLI-036", Place(path.name))
    if git_would_follow(path):
        raise fail("CLI-035", Place(path.name))
    return path
