"""The projects of an association: which evaluations are hers, what `portefeuille.yaml` names.

Only what stands at the top of each `evaluation.yaml` is read, never a source: whose the project is, and
whether it has a sheet. What a portfolio prints comes from sealed exhibits alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from avis.errors import Place, Problems, fail
from avis.folders import Folders
from avis.marked import Marked, load_yaml
from avis.schema import check_document, read_as
from avis.setting import Words
from avis.spelling import fold

NAME = "portefeuille.yaml"
HOUSE = "portefeuilles"
"""The folder beside the evaluations where portfolios are made, one folder an association."""
SHEET = "fiche"


class Theme(msgspec.Struct, frozen=True):
    """A theme that projects are listed under."""

    id: str
    label: Words


class Presented(msgspec.Struct, frozen=True):
    """What opens the portfolio of an association."""

    name: str
    introduction: Words = {}


class Shelf(msgspec.Struct, frozen=True):
    """All of `portefeuille.yaml`: themes in printing order, associations."""

    themes: tuple[Theme, ...] = ()
    organisations: tuple[Presented, ...] = ()

    def introduction(self, organisation: str) -> Words:
        """Give the words that open an association's portfolio, none where nobody wrote them."""
        named = (one for one in self.organisations if slug_of(one.name) == slug_of(organisation))
        return next((one.introduction for one in named), {})


@dataclass(frozen=True)
class PortfolioFolders(Folders):
    """Where the portfolio of an association is made: beside the evaluations, in no evaluation's folder."""

    @property
    def build(self) -> Path:
        """What is made again at will; `AVIS_BUILD` moves it elsewhere, apart from evaluations."""
        elsewhere = os.environ.get("AVIS_BUILD")
        return Path(elsewhere) / HOUSE / self.slug if elsewhere else self.root / "build"


@dataclass(frozen=True)
class Project:
    """An evaluation whose project stands in a portfolio."""

    folders: Folders
    organisation: str


def slug_of(organisation: str) -> str:
    """Name the folder of an association's portfolio; one name, however it is spelled, is one association.

    >>> slug_of("Association The Mist"), slug_of("association the mist")
    ('association-the-mist', 'association-the-mist')

    Letters that no folder of ours has are told by a hash, so that two names in Arabic are two associations:

    >>> slug_of("جمعية"), slug_of("日本") != slug_of("جمعية")
    ('association-9dbec6bf', True)
    """
    plain = fold(organisation)
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if name and not re.search(r"[^\W\d_]", re.sub(r"[a-z]", "", plain)):
        return name
    return f"{name or 'association'}-{sha256(plain.encode()).hexdigest()[:8]}"


def folders_of(evaluations: Path, organisation: str) -> PortfolioFolders:
    """Give where the portfolio of an association is made."""
    return PortfolioFolders(evaluations / HOUSE / slug_of(organisation))


def find_evaluations(asked: str | Path) -> Path:
    """Find a folder of evaluations; a relative path is sought here, then in each parent.

    Errors: RUN-020 there is none, or no evaluation lies in it.
    """
    here = Path.cwd()
    starts = [Path()] if Path(asked).is_absolute() else [here, *here.parents]
    for start in starts:
        folder = start / asked
        if any(folder.glob("*/evaluation.yaml")):
            return folder.resolve()
    raise fail("RUN-020", Place(str(asked)))


def projects_of(evaluations: Path, organisation: str = "") -> list[Project]:
    """List the projects of an association, all where none is named: those that ask for a sheet, by name.

    An `evaluation.yaml` that cannot be read belongs to nobody here: `unreadable` names it.
    """
    found = [_project(path.parent) for path in sorted(evaluations.glob("*/evaluation.yaml"))]
    known = [one for one in found if one is not None]
    return [one for one in known if not organisation or slug_of(one.organisation) == slug_of(organisation)]


def unreadable(evaluations: Path) -> list[str]:
    """Name the evaluations of which nobody can tell whose project they are, by name.

    A portfolio made without them might lack a project in silence.
    """
    found = (path.parent for path in sorted(evaluations.glob("*/evaluation.yaml")))
    return [folder.name for folder in found if _whose(folder) is None]


def _project(folder: Path) -> Project | None:
    name = _whose(folder)
    return Project(Folders(folder.resolve()), name) if name else None


def _whose(folder: Path) -> str | None:
    """Tell whose project an evaluation is: empty where it asks for no sheet, none where it cannot be told."""
    marked = load_yaml(folder / "evaluation.yaml", "evaluation.yaml", Problems())
    data: Any = marked.data if marked is not None else None
    if not isinstance(data, dict):
        return None
    if SHEET not in (data.get("documents") or ()):
        return ""
    whose = data.get("organisation")
    name = whose.get("name") if isinstance(whose, dict) else None
    return name if isinstance(name, str) and name else None


def read_shelf(evaluations: Path, problems: Problems) -> Shelf | None:
    """Read `portefeuille.yaml` beside the evaluations; none where there is none, or it is wrong.

    Errors: those of `check_document`, EVA-193 a theme named twice.
    """
    path = evaluations / NAME
    if not path.is_file():
        return None
    before = len(problems.errors)
    marked = load_yaml(path, NAME, problems)
    if marked is None:
        return None
    data = check_document(marked, "portefeuille", problems)
    if len(problems.errors) > before:
        return None
    shelf = read_as(data, Shelf)
    _check_twice(shelf, marked, problems)
    return shelf


def _check_twice(shelf: Shelf, marked: Marked, problems: Problems) -> None:
    ids = [theme.id for theme in shelf.themes]
    for at, id in enumerate(ids):
        if id in ids[:at]:
            problems.add("EVA-193", marked.place(("themes", at, "id")), id=id)


def check_themes(
    shelf: Shelf | None, themes: Iterable[str], places: Iterable[Place], problems: Problems
) -> None:
    """Hold themes of a project against their names. Errors: EVA-192 a theme that has no name."""
    known = [theme.id for theme in shelf.themes] if shelf else []
    for theme, place in zip(themes, places, strict=True):
        if theme not in known:
            problems.add("EVA-192", place, theme=theme, known=", ".join(known) or "–")
