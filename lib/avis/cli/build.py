"""`avis build`: make the drafts of evaluations."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from avis.cli.asked import asked_for, status
from avis.errors import AvisError, Place, fail, tell
from avis.i18n import say

if TYPE_CHECKING:
    from avis.evaluation import Evaluation
    from avis.pipeline.run import Wanted


def run(arguments: argparse.Namespace) -> int:
    """Build evaluations one after the other; one that fails does not stop the next."""
    from avis.cli.portfolio import make_portfolios, of_projects, wants_portfolio
    from avis.evaluation import open_evaluation

    worst, failed = 0, set[Path]()
    alone = arguments.document == "portefeuille"
    for asked in of_projects(arguments) if alone else asked_for(arguments):
        try:
            _build_one(open_evaluation(asked), arguments)
        except AvisError as error:
            print(error, file=sys.stderr)
            print(_fate(asked), file=sys.stderr)
            worst = max(worst, status(error))
            failed.add(Path(asked).resolve())
    if wants_portfolio(arguments):
        worst = max(worst, make_portfolios(arguments, _formats(arguments.to), failed))
    return worst


def _fate(asked: str) -> str:
    """Say what became of the drafts when a build failed."""
    from avis.folders import find

    try:
        folders = find(asked)
    except AvisError:
        return say("cli.no_drafts", slug=asked)
    kept = folders.drafts.is_dir() and any(folders.drafts.iterdir())
    return say("cli.drafts_kept" if kept else "cli.no_drafts", slug=folders.slug)


def _build_one(evaluation: Evaluation, arguments: argparse.Namespace) -> None:
    from avis.pipeline.plan import explain, tasks
    from avis.pipeline.progress import Progress
    from avis.pipeline.run import Wanted, build
    from avis.steps.lengths import told_lengths

    languages = evaluation.settings.languages if arguments.lang == "all" else (arguments.lang,)
    wanted = Wanted(
        documents=_documents(evaluation, arguments.document),
        languages=tuple(languages),
        audience=arguments.audience,
        formats=_formats(arguments.to, arguments.interactive),
        jobs=arguments.jobs,
        force=arguments.force,
    )
    planned = tasks(evaluation.settings, wanted.documents, wanted.languages, wanted.audience)
    if wanted.audience and not any(task.step.document for task in planned):
        raise _nobody(evaluation, wanted)
    if arguments.explain:
        print(explain(evaluation, planned, wanted.formats))
        return
    try:
        with Progress(evaluation.slug) as progress:
            built = build(evaluation, wanted, progress.step)
    except AvisError:
        tell_compared(evaluation)  # a text may name a number that is hidden for this very reason
        raise
    print(say("cli.built" if built.ran else "cli.unchanged", slug=evaluation.slug))
    for path in built.drafts:
        print(f"  {path}")
    if built.gone:
        print(say("cli.older_gone", names=", ".join(path.name for path in built.gone)))
    for told in told_lengths(evaluation.folders, [path.stem for path in built.drafts]):
        print(told)
    tell_compared(evaluation)


def _nobody(evaluation: Evaluation, wanted: Wanted) -> AvisError:
    """Say who may have the documents that were asked for an audience which may not."""
    from avis.pipeline.plan import tasks

    own = tasks(evaluation.settings, wanted.documents, ("fr",))
    may = {task.audience for task in own if task.step.document} | {
        reader for task in own if task.step.document for reader in task.step.only
    }
    asked, known = ", ".join(wanted.documents), ", ".join(sorted(may)) or say("cli.nobody")
    return fail("RUN-024", Place(evaluation.slug), document=asked, audience=wanted.audience, known=known)


def tell_compared(evaluation: Evaluation) -> None:
    """Say what former editions cost this one: it is decided before anything is published."""
    from avis.steps.before import told_before

    told = told_before(evaluation.folders)
    if told:
        print(f"\n{say('cli.to_see')}\n{tell(told)}", file=sys.stderr)


def _documents(evaluation: Evaluation, asked: str) -> tuple[str, ...]:
    known = evaluation.settings.documents
    if asked == "portefeuille":
        return ("fiche",)  # a portfolio and the sheets that it leads to are made from the same exhibits
    if asked == "all":
        return known
    if asked not in known:
        raise fail("RUN-007", evaluation.place("documents"), document=asked, known=", ".join(known))
    return (asked,)


def _formats(text: str, interactive: bool = False) -> tuple[str, ...]:
    from avis.pipeline.plan import FORMATS, INTERACTIVE

    asked = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if not asked or not set(asked) <= set(FORMATS):
        raise fail("CLI-002", formats=", ".join(FORMATS))
    return (*asked, INTERACTIVE) if interactive else asked
