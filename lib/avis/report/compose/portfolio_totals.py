"""What adds up over the projects of an association: productions by name, acts that cannot be the same twice.

People never add up. A sum is reckoned from printed figures alone, so that it tells nothing that the sheets
do not; what cannot be added honestly is listed as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from avis.exhibits import Cell, Table
from avis.i18n import Qualifier, Text
from avis.report.compose.portfolio_projects import Project, same
from avis.report.figures import state

ADDED = ("acts", "attendances", "hours")
"""Measures that add up, beside productions; money has its own table."""


@dataclass
class Made:
    """A thing that was made, and the projects that name it."""

    id: str
    label: Text
    unit: Text
    parts: list[tuple[Project, Table]] = field(default_factory=list)

    @property
    def projects(self) -> list[Project]:
        """The projects that name it, each once."""
        return list({one.setting.slug: one for one, _ in self.parts}.values())


@dataclass(frozen=True)
class Added:
    """The same kind of act in several projects, none at the time of another."""

    measure: str
    parts: tuple[tuple[Project, Table], ...]
    n: float
    qualifier: Qualifier


def productions(projects: Sequence[Project]) -> list[Made]:
    """List what the projects made and name, each thing once, in the order of the projects."""
    found: dict[str, Made] = {}
    for one, table in _tables(projects, "productions"):
        for id, label in table.items:
            made = found.setdefault(id, Made(id, label, table.unit))
            if not any(made.label.values()):
                made.label = label
            made.parts.append((one, table))
    return list(found.values())


def by_unit(found: Sequence[Made]) -> list[tuple[Text, list[Made]]]:
    """Gather things of the same unit, in the order of the first of each; within one, in that of ids."""
    groups: list[tuple[Text, list[Made]]] = []
    for made in found:
        group = next((held for unit, held in groups if same(unit, made.unit)), None)
        if group is None:
            groups.append((made.unit, [made]))
        else:
            group.append(made)
    return [(unit, sorted(held, key=lambda made: _natural(made.id))) for unit, held in groups]


def _natural(id: str) -> list[tuple[int, str]]:
    """Put episode 6 before episode 10.

    >>> sorted(["e-10", "e-6"], key=_natural)
    ['e-6', 'e-10']
    """
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.findall(r"\d+|\D+", id)]


def unnamed(projects: Sequence[Project]) -> list[tuple[Project, Table]]:
    """List the productions whose number is printed and that are not named one by one."""
    return [
        (one, table)
        for one, table in _tables(projects, "productions")
        if not table.items and state(_whole(table)) != "not_documented"
    ]


def additions(projects: Sequence[Project]) -> list[Added]:
    """Add acts, attendances and hours that several projects count under the same name, in the same unit.

    Never where two of them overlap in time, or where one has no period: one act might be counted twice.
    """
    groups: list[list[tuple[Project, Table]]] = []
    for one, table in (pair for measure in ADDED for pair in _tables(projects, measure)):
        alike = (group for group in groups if _alike(group[0][1], table))
        group = next(alike, None)
        if group is None:
            groups.append([(one, table)])
        else:
            group.append((one, table))
    found = [_added(group) for group in groups if len({one.setting.slug for one, _ in group}) > 1]
    return [one for one in found if one is not None]


def overlapping(projects: Sequence[Project]) -> tuple[Project, Table, Table] | None:
    """Find two numbers of people in one project: the example of what is never added; none without one."""
    for one in projects:
        shown = [
            table for table in one.tables if table.measure == "people" and state(_whole(table)) == "shown"
        ]
        for first, second in combinations(shown, 2):
            if first.population != second.population:
                return one, first, second
    return None


def _tables(projects: Sequence[Project], measure: str) -> Iterator[tuple[Project, Table]]:
    return ((one, table) for one in projects for table in one.tables if table.measure == measure)


def _whole(table: Table) -> Cell | None:
    return table.cell(())


def _alike(one: Table, other: Table) -> bool:
    return one.measure == other.measure and same(one.title, other.title) and same(one.unit, other.unit)


def _added(group: Sequence[tuple[Project, Table]]) -> Added | None:
    cells = [_whole(table) for _, table in group]
    known = [cell for cell in cells if cell is not None and cell.status == "shown" and cell.n is not None]
    kinds = {cell.qualifier for cell in known} - {"exact"}
    apart = not any(_at_once(first, second) for (_, first), (_, second) in combinations(group, 2))
    if len(known) < len(group) or len(kinds) > 1 or "range" in kinds or not apart:
        return None
    n = sum(cell.n or 0 for cell in known)
    return Added(group[0][1].measure, tuple(group), n, next(iter(kinds), "exact"))


def _at_once(one: Table, other: Table) -> bool:
    """Tell whether two counts may be of the same time; where one has no period, they may."""
    if not one.period or not other.period:
        return True
    (start, end), (begin, finish) = _years(one.period), _years(other.period)
    return start <= finish and begin <= end


def _years(period: str) -> tuple[str, str]:
    """Give the first and the last month of a period, as text that compares.

    >>> _years("2022/2023"), _years("2022-03")
    (('2022-01', '2023-12'), ('2022-03', '2022-03'))
    """
    first, _, last = period.partition("/")
    return _month(first, "01"), _month(last or first, "12")


def _month(date: str, missing: str) -> str:
    year, _, rest = date.partition("-")
    if rest.startswith("T"):
        quarter = int(rest[1:])
        rest = f"{quarter * 3 - (2 if missing == '01' else 0):02}"
    return f"{year}-{(rest or missing)[:2]}"
