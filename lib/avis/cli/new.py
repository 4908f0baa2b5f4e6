"""`avis new`: begin an evaluation."""

from __future__ import annotations

import argparse
from pathlib import Path

from avis.i18n import say


def run(arguments: argparse.Namespace) -> int:
    """Write the skeleton of an evaluation and say where."""
    from avis.skeleton import create

    folder = create(arguments.slug, Path.cwd())
    print(say("cli.created", folder=folder))
    print(say("cli.next", folder=folder))
    return 0
