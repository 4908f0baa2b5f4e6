"""Tables of several files → the cells of each population: a margin that two files print is one cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from avis.errors import Place, Problems
from avis.exhibits import Where
from avis.linked.known import KnownCell
from avis.linked.model import CountTable, Row
from avis.linked.spans import span_of
from avis.spelling import fold

KNOWN = -1
"""Stands for the table of what the public knows."""


@dataclass(frozen=True)
class View:
    """What one table says of one population: its cells, and the values of each dimension in its order."""

    table: int
    values: Mapping[str, tuple[str, ...]]
    cells: Mapping[Where, int | None]
    minors: frozenset[Where] = frozenset()


@dataclass
class Population:
    """All cells of one population over all tables; none where the count is hidden."""

    name: str
    views: list[View] = field(default_factory=list)
    printed: dict[Where, int | None] = field(default_factory=dict)
    known: dict[Where, int] = field(default_factory=dict)
    """What the public knows exactly."""
    known_views: list[View] = field(default_factory=list)
    rough: dict[Where, tuple[float, float]] = field(default_factory=dict)
    """What the public knows between two bounds."""


@dataclass(frozen=True)
class Gathered:
    """The populations by name, and for every row of every table the cell that it tells."""

    populations: Mapping[str, Population]
    wheres: tuple[tuple[Where, ...], ...]
    names: tuple[tuple[str, ...], ...]
    shown_elsewhere: tuple[tuple[int, int], ...] = ()
    """Rows (table, row) that hide what another row shows."""


def gather(tables: Sequence[CountTable], known: Sequence[KnownCell], problems: Problems) -> Gathered:
    """Bring the rows of all tables together, and what the public knows of them.

    Errors: LIN-020 two counts for one cell, LIN-026 a known count that is not the table's. Remark: LIN-038
    a known count of other people than the tables'.
    """
    told = [dict.fromkeys(pair for row in table.rows for pair in row.where) for table in tables]
    spelled = _spelling([*told, dict.fromkeys(pair for cell in known for pair in cell.where)])
    only = {row.population for table in tables for row in table.rows} - {""}
    default = min(only) if len(only) == 1 else ""
    wheres = tuple(
        tuple(tuple((name, spelled[name, value]) for name, value in row.where) for row in table.rows)
        for table in tables
    )
    names = tuple(tuple(row.population or default for row in table.rows) for table in tables)
    populations = {name: Population(name) for name in sorted({one for told in names for one in told})}
    first: dict[tuple[str, Where], tuple[CountTable, Row]] = {}
    for number, table in enumerate(tables):
        _agree(table, names[number], wheres[number], first, problems)
        for name in sorted(set(names[number])):
            chosen = [at for at, one in enumerate(names[number]) if one == name]
            view = _view(number, [(wheres[number][at], table.rows[at]) for at in chosen])
            populations[name].views.append(view)
            for where, n in view.cells.items():
                if n is not None or where not in populations[name].printed:
                    populations[name].printed[where] = n
    hidden_here = [
        (number, at)
        for number, table in enumerate(tables)
        for at, row in enumerate(table.rows)
        if row.n is None and populations[names[number][at]].printed[wheres[number][at]] is not None
    ]
    for cell in known:
        where = tuple((name, spelled[name, value]) for name, value in cell.where)
        name = cell.population or default
        if name in populations:
            _know(populations[name], cell, where, problems)
        elif not any(item.code == "LIN-038" and item.place == cell.place for item in problems):
            problems.warn("LIN-038", cell.place)  # once, though tables may be gathered again
    for population in populations.values():
        if population.known or population.rough:
            cells = {where: population.known.get(where) for where in (*population.known, *population.rough)}
            population.known_views.append(_view_of(KNOWN, cells))
    return Gathered(populations, wheres, names, tuple(hidden_here))


def _know(population: Population, cell: KnownCell, where: Where, problems: Problems) -> None:
    n = population.printed.get(where)
    low, high = cell.low, cell.high
    if n is not None and cell.about:
        low, high = min(low, n), max(high, n)  # said roughly, and wrong by more than we took it to be
    if n is not None and not low <= n <= high:
        problems.add("LIN-026", cell.place)
    elif low == high:
        if population.known.setdefault(where, int(low)) != low:
            problems.add("LIN-026", cell.place)
    else:
        before = population.rough.get(where, (0.0, float("inf")))
        population.rough[where] = max(low, before[0]), min(high, before[1])


def _view(number: int, rows: Iterable[tuple[Where, Row]]) -> View:
    cells: dict[Where, int | None] = {}
    minors = set()
    for where, row in rows:
        if row.n is not None or where not in cells:
            cells[where] = row.n
        if row.minors:
            minors.add(where)
    return _view_of(number, cells, frozenset(minors))


def _view_of(number: int, cells: Mapping[Where, int | None], minors: frozenset[Where] = frozenset()) -> View:
    values: dict[str, dict[str, None]] = {}
    for where in cells:
        for name, value in where:
            values.setdefault(name, {})[value] = None
    held = {name: tuple(values[name]) for name in sorted(values)}
    return View(number, held, cells, minors)


def _agree(
    table: CountTable,
    names: Sequence[str],
    wheres: Sequence[Where],
    first: dict[tuple[str, Where], tuple[CountTable, Row]],
    problems: Problems,
) -> None:
    for row, name, where in zip(table.rows, names, wheres, strict=True):
        if row.n is None:
            continue
        other, before = first.setdefault((name, where), (table, row))
        if before.n != row.n:
            place = Place(table.name, table.sheet, row.line)
            problems.add("LIN-020", place, file=other.name, line=before.line)


def _plain(value: str) -> str:
    """Give what all spellings of a value have in common: « 18-24 » and « 18 à 24 ans » are one band."""
    span = span_of(value)
    return fold(value) if span is None or span[0] == span[1] else "{}-{}".format(*span)


def _spelling(tables: Iterable[Iterable[tuple[str, str]]]) -> dict[tuple[str, str], str]:
    """Give every value its first spelling; where one table tells two spellings apart, so do we."""
    held: dict[str, dict[str, list[str]]] = {}
    apart: set[str] = set()
    for table in tables:
        mine: dict[str, dict[str, str]] = {}
        for name, value in table:
            plain = _plain(value)
            if mine.setdefault(name, {}).setdefault(plain, value) != value:
                apart.add(name)
            held.setdefault(name, {}).setdefault(plain, []).append(value)
    return {
        (name, value): value if name in apart else spellings[0]
        for name, folded in held.items()
        for spellings in folded.values()
        for value in spellings
    }
