"""`avis build`, after the evaluations: the portfolio of each association."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from avis.cli.asked import asked_for, status
from avis.errors import AvisError, Place, fail
from avis.exhibits import HOUSE
from avis.i18n import LANGUAGES, join, language, say
from avis.pipeline.portfolio import (
    DOCUMENT,
    Portfolio,
    build_portfolio,
    explain_portfolio,
    portfolios,
    stale,
)
from avis.pipeline.run import Wanted
from avis.portfolios import unreadable


def wants_portfolio(arguments: argparse.Namespace) -> bool:
    """Tell whether portfolios were asked for: by name, or with everything for all evaluations."""
    if arguments.audience and arguments.audience not in HOUSE:
        return False
    return bool(arguments.document == DOCUMENT or (arguments.document == "all" and arguments.all))


def of_projects(arguments: argparse.Namespace) -> list[str]:
    """List the evaluations to bring up to date before: all projects of the associations asked for."""
    from avis.folders import find

    asked = asked_for(arguments)
    found = portfolios(find(one).root for one in asked)
    return list(dict.fromkeys(str(project.folders.root) for one in found for project in one.projects))


def make_portfolios(arguments: argparse.Namespace, formats: tuple[str, ...], failed: set[Path]) -> int:
    """Build the portfolio of each association, or say what would be; one with a failed project stays.

    Errors: RUN-023 a project could not be built, or nobody can tell whose it is.
    """
    from avis.folders import find

    wanted = Wanted(
        documents=(DOCUMENT,),
        languages=LANGUAGES if arguments.lang == "all" else (arguments.lang,),
        audience=arguments.audience,
        formats=formats,
        force=arguments.force,
    )
    worst = 0
    for portfolio in portfolios(find(one).root for one in asked_for(arguments)):
        try:
            _make(portfolio, wanted, failed, arguments.explain)
        except AvisError as error:
            print(error, file=sys.stderr)
            worst = max(worst, status(error))
    return worst


def _make(portfolio: Portfolio, wanted: Wanted, failed: set[Path], explain: bool) -> None:
    from avis.evaluation import open_evaluation
    from avis.pipeline.progress import Progress

    if explain:
        opened = [open_evaluation(project.folders.root) for project in portfolio.projects]
        print(explain_portfolio(portfolio, wanted, any(stale(one, wanted) for one in opened)))
        return
    slug = portfolio.folders.slug
    without = [project.folders.slug for project in portfolio.projects if project.folders.root in failed]
    without += unreadable(portfolio.evaluations)
    if without:
        kept = portfolio.folders.drafts.is_dir() and any(portfolio.folders.drafts.glob("*.*"))
        told = say("cli.drafts_kept" if kept else "cli.no_drafts", slug=slug)
        raise fail("RUN-023", Place(slug), slugs=join(without, language()), kept=told)
    with Progress(slug) as progress:
        built = build_portfolio(portfolio, wanted, progress.step)
    print(say("cli.built" if built.ran else "cli.unchanged", slug=slug))
    for path in built.drafts:
        print(f"  {path}")
