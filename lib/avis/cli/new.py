"""`avis new`: begin an evaluation."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from avis.cli.read import named
from avis.errors import AvisError, Problems, fail, tell
from avis.i18n import say

if TYPE_CHECKING:
    from avis.evaluation import Evaluation
    from avis.sources.reading.model import Recognised


def run(arguments: argparse.Namespace) -> int:
    """Write the skeleton of an evaluation and say where; without a name, print the part that names files."""
    from avis.skeleton import create

    try:
        files = _recognised(arguments.files or [])
        if arguments.slug is None:
            return _print_part(files)
        before = _before(arguments.after)
        folder = create(arguments.slug, Path.cwd(), files, before)
    except AvisError:
        if arguments.files:
            print(say("cli.nothing_created"), file=sys.stderr)
        raise
    if files:
        print("\n".join(_told(files)))
    print(say("cli.created", folder=folder))
    print(say("cli.next", folder=folder))
    return 0


def _before(named: str) -> Evaluation | None:
    """Open the evaluation that the new one goes on from."""
    if not named:
        return None
    from avis.evaluation import open_evaluation

    return open_evaluation(named)


def _recognised(paths: list[str]) -> list[Recognised]:
    """Tell what each file is; raises with all problems where one cannot be opened."""
    if not paths:
        return []
    from avis.sources.reading.loose import recognise

    problems = Problems()
    found = recognise(named(paths), problems)
    problems.raise_errors()
    if problems.items:
        print(f"{say('cli.to_see')}\n{tell(problems.items)}\n", file=sys.stderr)
    return found


def _told(files: Sequence[Recognised]) -> list[str]:
    """Say of each file what it was taken for, and where it goes."""
    from avis.skeleton.proposal import place_files

    lines = []
    for item in place_files(files):
        kind = say(f"cli.read.kinds.{item.kind}")
        lines.append(say("cli.recognised", name=item.file.path.name, kind=kind, place=item.place))
        if item.file.form:
            lines.append("  " + say("cli.paired", form=item.file.form.name))
    return lines


def _print_part(files: Sequence[Recognised]) -> int:
    from avis.skeleton.proposal import place_files, sources_part

    if not files:
        raise fail("CLI-007")
    print(f"# {say('cli.proposed_part')}")
    print("\n".join(f"# {line}" for line in _told(files)))
    print(sources_part(place_files(files)), end="")
    return 0
