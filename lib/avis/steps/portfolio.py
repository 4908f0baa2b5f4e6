"""Notebook 90: the sealed exhibits of all projects of an association become one document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from avis.errors import AvisError, Place, Problems
from avis.exhibits import HOUSE, Audience, Exhibits
from avis.folders import stem
from avis.i18n import Language, say
from avis.look import Look, look_digest, read_look
from avis.portfolios import SHEET, Project, Shelf, check_themes, find_evaluations, projects_of, read_shelf
from avis.report.compose.portfolio import compose_portfolio
from avis.report.compose.portfolio_projects import Listing
from avis.report.document import Document
from avis.sealing import load
from avis.steps.parameters import check_among, check_audience, check_language, refuse_unknown

GATHERING = ("evaluations", "organisation", "langue", "audience")


@dataclass(frozen=True)
class Projects:
    """What a portfolio is made of: the sealed exhibits of each project, names of themes, one language."""

    projects: tuple[Project, ...]
    exhibits: tuple[Exhibits, ...]
    shelf: Shelf
    language: Language
    audience: Audience
    look: Look

    def __repr__(self) -> str:
        n = len(self.projects)
        return say("notebooks.projects", n=n, organisation=self.exhibits[0].setting.organisation)


def load_projects(evaluations: str, organisation: str, langue: str, audience: str) -> Projects:
    """Open what protection let through for each project of an association; nothing else is read.

    Errors: RUN-005, RUN-006, RUN-020 no such folder, RUN-021 no project of this association, RUN-022 for each
    project whose exhibits are missing or whose seal is broken; of `portefeuille.yaml`, those of `read_shelf`
    and EVA-192.
    """
    refuse_unknown(GATHERING)
    language, readers = check_language(langue), check_audience(audience)
    check_among("audience", readers, HOUSE)
    folder, problems = find_evaluations(evaluations), Problems()
    shelf = read_shelf(folder, problems)
    found = tuple(projects_of(folder, organisation))
    if not found:
        problems.add("RUN-021", Place("-p", field="organisation"))
    exhibits = tuple(one for one in (_load(project, problems) for project in found) if one is not None)
    _check_themes(shelf, exhibits, problems)
    problems.raise_errors()
    return Projects(found, exhibits, shelf or Shelf(), language, readers, _look(found))


def _load(project: Project, problems: Problems) -> Exhibits | None:
    """Open the exhibits of a project; say which project it is where they cannot be had."""
    slug = project.folders.slug
    try:
        return load(project.folders.exhibits)
    except AvisError as error:
        told = " ".join(item.told() for item in error.problems)
        problems.add("RUN-022", Place(slug), slug=slug, told=told)
        return None


def _check_themes(shelf: Shelf | None, exhibits: Sequence[Exhibits], problems: Problems) -> None:
    for one in exhibits:
        place = Place(f"{one.setting.slug}/evaluation.yaml", field="themes")
        check_themes(shelf, one.setting.themes, [place] * len(one.setting.themes), problems)


def _look(projects: Sequence[Project]) -> Look:
    """Take the look that all projects have; the house's own where they differ."""
    digests = {look_digest(one.folders.root) for one in projects}
    return read_look(projects[0].folders.root) if len(digests) == 1 and projects else Look()


def sheet_file(project: Project, audience: str, language: str) -> Path:
    """Give the file of a project's sheet, as its evaluation builds it."""
    return project.folders.drafts / f"{stem(SHEET, '', audience, language)}.html"


def sheet_name(project: Project, audience: str, language: str) -> str:
    """Name a project's sheet beside the portfolio: `fiches/force-du-groupe.public.fr.html`."""
    return f"fiches/{project.folders.slug}.{audience}.{language}.html"


def write_portfolio(projects: Projects) -> Document:
    """Compose the portfolio; a title leads to the project's sheet where one was built in this language."""
    sheets = {
        one.folders.slug: sheet_name(one, projects.audience, projects.language)
        for one in projects.projects
        if sheet_file(one, projects.audience, projects.language).is_file()
    }
    named = tuple((theme.id, theme.label) for theme in projects.shelf.themes)
    introduction = projects.shelf.introduction(projects.projects[0].organisation)
    listing = Listing(named, introduction, sheets)
    return compose_portfolio(
        projects.exhibits, projects.language, projects.audience, listing, look=projects.look
    )
