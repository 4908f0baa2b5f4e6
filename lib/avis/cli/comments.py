"""`avis comments`: what proofreaders said of a document, in one list. Nothing is merged."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from avis.cli.read import named
from avis.errors import Problems, tell
from avis.i18n import language, say

if TYPE_CHECKING:
    from avis.folders import Folders


def run(arguments: argparse.Namespace) -> int:
    """List comments, tracked changes and differences in wording of documents that came back.

    Exit status: 0 all files were read, 1 one could not be.
    """
    from avis.folders import write_whole
    from avis.returned.gathering import gather
    from avis.returned.listing import as_csv, as_data, as_html, as_text

    problems = Problems()
    against = Path(arguments.against) if arguments.against else None
    found = gather(named(arguments.files), _folders(arguments), against, problems)
    if arguments.json:
        print(json.dumps(as_data(found, arguments.initials), ensure_ascii=False, indent=1))
    elif found.against:
        print(as_text(found, language(), arguments.initials))
    if arguments.out and found.against:
        folder = Path(arguments.out)
        name = say("cli.comments.named")
        write_whole(folder / f"{name}.csv", as_csv(found, language(), arguments.initials))
        write_whole(folder / f"{name}.html", as_html(found, language(), arguments.initials))
        if not arguments.json:
            print(say("cli.comments.written", folder=arguments.out))
    if problems.items:
        print(f"\n{tell(problems)}", file=sys.stderr)
    return 1 if problems.errors else 0


def _folders(arguments: argparse.Namespace) -> Folders | None:
    """Find the evaluation: the one that is named, else the one here, else none."""
    from avis.folders import find

    if arguments.evaluation:
        return find(arguments.evaluation)
    return find(Path.cwd()) if (Path.cwd() / "evaluation.yaml").is_file() else None
