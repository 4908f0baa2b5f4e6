"""`avis new`: begin an evaluation."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from avis.cli.read import named
from avis.errors import Problems, fail
from avis.i18n import say

if TYPE_CHECKING:
    from avis.sources.reading.model import Kind


def run(arguments: argparse.Namespace) -> int:
    """Write the skeleton of an evaluation and say where; without a name, print the part that names files."""
    from avis.skeleton import create

    files = _recognised(arguments.files or [])
    if arguments.slug is None:
        return _print_part(files)
    folder = create(arguments.slug, Path.cwd(), files)
    print(say("cli.created", folder=folder))
    print(say("cli.next", folder=folder))
    return 0


def _recognised(paths: list[str]) -> list[tuple[Path, Kind]]:
    """Tell what each file is; raises with all problems where one cannot be opened."""
    if not paths:
        return []
    from avis.sources.reading.loose import recognise

    problems = Problems()
    found = recognise(named(paths), problems)
    problems.raise_errors()
    return found


def _print_part(files: list[tuple[Path, Kind]]) -> int:
    from avis.skeleton.proposal import place_files, sources_part

    if not files:
        raise fail("CLI-007")
    placed = place_files(files)
    print(f"# {say('cli.proposed_part')}")
    for item in placed:
        print(f"# {item.path.name} → {item.place}")
    print(sources_part(placed), end="")
    return 0
