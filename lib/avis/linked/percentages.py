"""Printed percentages: what they say of a count and its base, and which may stay beside hidden counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from avis.errors import Place, Problems
from avis.exhibits import Where
from avis.findings.model import Ref, Stated
from avis.linked.gathering import Gathered
from avis.linked.model import CountTable, Percent, Row, Spot
from avis.linked.numbers import SLACK, fits
from avis.linked.ties import Structure

OPEN = float("inf")


def _told(
    gathered: Gathered, tables: Sequence[CountTable]
) -> Iterator[tuple[CountTable, Row, Spot, Spot, Percent]]:
    """Give every printed percentage with its cell and its base, spelled as all tables are."""
    for number, table in enumerate(tables):
        for at, row in enumerate(table.rows):
            if row.percent is not None:
                name, where = gathered.names[number][at], gathered.wheres[number][at]
                kept = {dimension for dimension, _ in row.percent.base}
                base = tuple(pair for pair in where if pair[0] in kept)
                yield table, row, (name, where), (name, base), row.percent


def check_percents(
    gathered: Gathered, structures: Mapping[str, Structure], tables: Sequence[CountTable], problems: Problems
) -> None:
    """Refuse a percentage that is not n over its base. Errors: LIN-021."""
    for table, row, (name, where), (_, base), told in _told(gathered, tables):
        counts = structures[name].counts
        n, of = counts.get(where), counts.get(base)
        if n is None or of is None:
            continue
        if not fits(told.low, told.high, n, of):
            problems.add("LIN-021", Place(table.name, table.sheet, row.line, field="percent"))


def stated_percents(
    gathered: Gathered, structures: Mapping[str, Structure], tables: Sequence[CountTable]
) -> dict[str, list[Stated]]:
    """Bound counts by the percentages that are printed of them."""
    found: dict[str, list[Stated]] = {}
    for _, _, (name, where), (_, base), told in _told(gathered, tables):
        counts = structures[name].counts
        if where in counts and base in counts and where != base:
            n, of = Ref(population=name, where=where), Ref(population=name, where=base)
            found.setdefault(name, []).extend(
                (
                    Stated(terms=((n, 100.0), (of, -told.low)), low=-SLACK, high=OPEN),
                    Stated(terms=((n, 100.0), (of, -told.high)), low=-OPEN, high=SLACK),
                )
            )
    return found


def is_kept(
    percent: Percent, spot: Spot, base: Where, structure: Structure, hidden: frozenset[Where]
) -> bool:
    """Tell whether a percentage says nothing more: its count and base are shown, or can be reckoned."""
    if spot[1] in hidden or base in hidden or base not in structure.counts:
        return False
    if base not in structure.latent:
        return True
    return any(
        tie.total == base
        and tie.kind == "sum"
        and not any(part in hidden or part in structure.latent for part in tie.parts)
        for tie in structure.ties
    )
