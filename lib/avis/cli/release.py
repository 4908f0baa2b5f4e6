"""`avis release`: make an edition, or say every reason why not."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from avis.errors import AvisError, Problems, tell
from avis.i18n import Language, say

if TYPE_CHECKING:
    from avis.evaluation import Evaluation
    from avis.release.ready import Ready


def run(arguments: argparse.Namespace) -> int:
    """Build what is stale, compose what would go out, and publish it where nothing stands against it."""
    from avis.evaluation import open_evaluation
    from avis.release.package import make_edition
    from avis.release.ready import prepare

    opened = open_evaluation(arguments.evaluation)
    languages = opened.settings.languages if arguments.lang == "all" else (arguments.lang,)
    problems = Problems()
    _build(opened, languages, arguments.audience, problems)
    ready = prepare(opened, languages, arguments.audience, problems)
    if problems.errors or ready is None:
        _refuse(ready, problems)
        return 1
    folder = make_edition(opened, ready, arguments.audience)
    if problems.items:
        print(tell(problems), file=sys.stderr)
    print(say("cli.release.made", id=folder.name, n=len(list(folder.iterdir())) - 1))
    print(f"  {folder}")
    print(say("cli.release.next", evaluation=arguments.evaluation, id=folder.name, folder=folder))
    return 0


def _build(opened: Evaluation, languages: tuple[Language, ...], audience: str, problems: Problems) -> None:
    from avis.pipeline.progress import Progress
    from avis.pipeline.run import Wanted, build

    try:
        with Progress(opened.slug) as progress:
            build(opened, Wanted(languages=languages, audience=audience), progress.step)
    except AvisError as error:
        problems.extend(error.problems)


def _refuse(ready: Ready | None, problems: Problems) -> None:
    from avis.release.review import to_write

    reasons = list(dict.fromkeys(problems.errors))
    print(say("cli.release.refused", n=len(reasons)), file=sys.stderr)
    print(tell(reasons), file=sys.stderr)
    unread = {"REL-010", "REL-011", "REL-012", "REL-014"} & {item.code for item in reasons}
    if ready and ready.papers and unread:
        print(f"\n{say('cli.release.to_write')}\n\n{to_write(ready.papers)}")
