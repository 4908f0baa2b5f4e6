"""In which order a chart shows what its tables hold, decided once for the picture and the table behind it.

Bars are ranked where the order of a table means nothing: several answers, themes, roles. Scales, times and
ages keep theirs. A hidden figure has no rank: those stand behind the shown ones, in the order of the table.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from avis.exhibits import Chart, Dimension, Table, Value
from avis.i18n import LANGUAGES, date

LAST = ("other", "autre")
"""What was in no list stands behind what was."""
TIMES = ("year", "annee", "quarter", "month", "mois", "date")
MOST_MISSING = 24
"""Periods put in between two others: beyond that, nobody meant a row without gaps."""
_DIGIT = re.compile(r"\d")
_PERIOD = re.compile(r"(\d{4})(?:-T([1-4])|-(0[1-9]|1[0-2]))?")


def ordered(chart: Chart, tables: tuple[Table, ...], guide: Table | None = None) -> tuple[Table, ...]:
    """Give the tables of a chart with their values in the order to show them.

    `guide` is the table whose order counts, where the same question stands in another chart beside.
    """
    if not tables or len(tables[0].dimensions) != 1:
        return tables
    dimension = tables[0].dimensions[0]
    if any(table.dimensions != (dimension,) for table in tables):
        return tables
    if chart.form == "bars" and _no_order(tables[0]):
        dimension = _ranked(dimension, guide or tables[0])
    elif chart.form == "columns":
        dimension = _whole(dimension)
    if dimension == tables[0].dimensions[0]:
        return tables
    return tuple(replace(table, dimensions=(dimension,)) for table in tables)


def _no_order(table: Table) -> bool:
    """Tell whether the order of a table means nothing: several answers a person, no times, no ages."""
    dimension = table.dimensions[0]
    choices = [value for value in dimension.values if value.role == "choice"]
    counted = any(_DIGIT.search(v.id) and _DIGIT.search("".join(v.label.values())) for v in choices)
    return table.multiple and not dimension.better and not counted and dimension.id not in TIMES


def _ranked(dimension: Dimension, table: Table) -> Dimension:
    """Put the greatest first; hidden figures behind, then "other", then statuses."""
    cells = {value.id: table.cell(((table.dimensions[0].id, value.id),)) for value in dimension.values}

    def rank(value: Value) -> tuple[bool, bool, bool, float]:
        cell = cells[value.id]
        shown = cell is not None and cell.status == "shown" and cell.n is not None
        n = cell.n if cell is not None and shown else 0
        return value.role == "status", value.id in LAST, not shown, -float(n or 0)

    return replace(dimension, values=tuple(sorted(dimension.values, key=rank)))


def _whole(dimension: Dimension) -> Dimension:
    """Put the periods in that a table passes over: nobody counted there, which is not zero."""
    choices = {step: v for v in dimension.values if v.role == "choice" and (step := _step(v.id))}
    kinds = {kind for kind, _ in choices}
    steps = [at for _, at in choices]
    apart = len(choices) + sum(v.role == "status" for v in dimension.values) < len(dimension.values)
    if apart or len(kinds) != 1 or steps != sorted(steps):
        return dimension
    (kind,) = kinds
    missing = set(range(steps[0], steps[-1])) - set(steps)
    if not missing or len(missing) > MOST_MISSING:
        return dimension
    filled = choices | {(kind, at): _between(kind, at) for at in missing}
    values = [filled[step] for step in sorted(filled)]
    return replace(dimension, values=(*values, *(v for v in dimension.values if v.role == "status")))


def _step(id: str) -> tuple[int, int] | None:
    """Read a year, a quarter or a month as how many there are in a year, and its number since year 0.

    >>> _step("2024"), _step("2024-T2"), _step("2024-03"), _step("avant")
    ((1, 2024), (4, 8097), (12, 24290), None)
    """
    found = _PERIOD.fullmatch(id)
    if found is None:
        return None
    year, quarter, month = int(found[1]), found[2], found[3]
    if quarter:
        return 4, year * 4 + int(quarter) - 1
    return (12, year * 12 + int(month) - 1) if month else (1, year)


def _between(kind: int, at: int) -> Value:
    year, part = divmod(at, kind)
    id = {1: f"{year}", 4: f"{year}-T{part + 1}", 12: f"{year}-{part + 1:02d}"}[kind]
    return Value(id=id, label={lang: date(id, lang) for lang in LANGUAGES})
