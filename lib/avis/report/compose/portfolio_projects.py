"""The projects of a portfolio, each with the figures that its own sheet prints, and no other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from msgspec.structs import replace

from avis.exhibits import Exhibits, Figure, Setting, Source, Table, Verdict
from avis.exhibits import Words as Several
from avis.i18n import LANGUAGES, Language, Text, both, date, period, pick, say
from avis.report.compose.evidence import note_of
from avis.report.compose.evidence_parts import part_of
from avis.report.compose.sheet import Sheet
from avis.report.compose.summaries import already_counted, wholes

Noted = TypeVar("Noted", bound=Table | Figure)
AHEAD: tuple[Literal["running", "planned", "finished"], ...] = ("running", "planned", "finished")
"""Statuses in printing order."""


@dataclass(frozen=True)
class Listing:
    """What a portfolio knows beside its projects: names of themes, what opens it, which sheets lie beside."""

    themes: tuple[tuple[str, Text], ...] = ()
    """(id, name), in printing order."""
    introduction: Text | None = None
    sheets: Mapping[str, str] | None = None
    """Address of a project's sheet, by slug, where it stands beside the portfolio."""

    def sheet(self, slug: str) -> str:
        """Give the address of a project's sheet, empty where none stands beside."""
        return (self.sheets or {}).get(slug, "")


@dataclass(frozen=True)
class Project:
    """One project: its setting, the figures of its sheet, those of an earlier project."""

    setting: Setting
    tables: tuple[Table, ...]
    earlier: tuple[Table | Figure, ...]
    sources: tuple[Source, ...]
    sheet: str = ""

    @property
    def anchor(self) -> str:
        """Where its lines stand in the portfolio."""
        return f"project-{self.setting.slug}"

    @property
    def dated(self) -> bool:
        """Whether its period is known; a public page without one has the month in which it was read."""
        one = self.setting
        return one.public_source is None or not one.start == one.end == one.public_source.consulted_on

    def when(self, language: Language) -> str:
        """Say its period, or that the public page tells none."""
        if self.dated:
            return period(self.setting.start, self.setting.end, language)
        return say("report.fiche.period_unknown", language, month=date(self.setting.end, language))

    def note(self, item: Table | Figure) -> str:
        """Give the id of the note of one of its figures, which no other project has."""
        return note_of(self.own(item))

    def own(self, item: Noted) -> Noted:
        """Give a figure under an id and with sources of this project alone, its title after the project's."""
        slug, title = self.setting.slug, self.setting.title
        evidence = replace(item.evidence, sources=tuple(f"{slug}.{id}" for id in item.evidence.sources))
        named = both("report.portfolio.named", title=title, what=item.title)
        return replace(item, id=f"{slug}.{item.id}", title=named, evidence=evidence)

    def sources_of(self, item: Table | Figure) -> list[Source]:
        """Give the sources of one of its figures."""
        return [source for source in self.sources if source.id in item.evidence.sources]

    def own_sources(self) -> list[Source]:
        """Give the sources of its figures, under ids of this project alone."""
        return [replace(source, id=f"{self.setting.slug}.{source.id}") for source in self.sources]


def read_project(exhibits: Exhibits, language: Language, sheet: str = "") -> Project:
    """Take of an evaluation's exhibits what its sheet prints of whole figures: nothing else can be called.

    Figures of an earlier project stand apart: they are no result of this one.
    """
    own = Sheet(exhibits, (), language, "public")
    tables = [table for table in own.left(Table) if part_of(table, own) == "activities"]
    counted = wholes(own, tables)
    former = [item for item in own.left(Figure) if item.earlier and not already_counted(own, item)]
    return Project(
        setting=exhibits.setting,
        tables=tuple(table for table in counted if not table.earlier),
        earlier=(*(table for table in counted if table.earlier), *former),
        sources=exhibits.sources,
        sheet=sheet,
    )


def in_order(projects: Iterable[Project]) -> list[Project]:
    """Put the latest first; those that end together, the latest to start, then by name; undated ones last."""
    by_name = sorted(projects, key=lambda one: (pick(one.setting.title, "fr")[0], one.setting.slug))
    return sorted(by_name, key=lambda one: (one.dated, one.setting.end[:4], one.setting.start), reverse=True)


def gathered(projects: Sequence[Project]) -> Exhibits:
    """Put the figures of all projects together, each under its own id, with what holds for the whole page."""
    exhibits = [one.own(item) for one in projects for item in (*one.tables, *one.earlier)]
    sources = [source for one in projects for source in one.own_sources()]
    return Exhibits(
        setting=_whole(projects),
        sources=tuple(sources),
        exhibits=tuple(exhibits),
        verdict=Verdict(passed=True, threshold=0, cells=0, hidden=0, checks={}),
    )


def _whole(projects: Sequence[Project]) -> Setting:
    settings = [one.setting for one in projects]
    dated = [one.setting for one in projects if one.dated] or settings
    name = settings[0].organisation
    public = next((one for one in settings if one.public_source is not None), None)
    return Setting(
        slug="portefeuille",
        title=both("report.portfolio.title", name=name),
        organisation=name,
        fictional=any(one.fictional for one in settings),
        status=next(status for status in AHEAD if any(one.status == status for one in settings)),
        start=min(one.start for one in dated),
        end=max(one.end for one in dated),
        languages=tuple(LANGUAGES),
        public_source=public.public_source if public else None,
        removal_contact=public.removal_contact if public else {},
    )


def same(one: Text, other: Text) -> bool:
    """Tell whether two texts are the same words in every language.

    >>> same({"fr": "Ateliers"}, {"fr": "ateliers"}), same({"fr": "a"}, {"fr": "a", "en": "b"})
    (True, False)
    """
    return _folded(one) == _folded(other)


def _folded(text: Text) -> Several:
    return {lang: words.casefold() for lang, words in text.items() if words}
