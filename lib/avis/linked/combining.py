"""Values that the user combines before anything is hidden: their rows become one row, with one count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from avis.errors import Place, Problems
from avis.exhibits import Where
from avis.linked.model import CountTable, Row
from avis.linked.rewriting import Changes
from avis.spelling import fold


class Combined(NamedTuple):
    """Values of a dimension (folded) that become one."""

    dimension: str
    values: tuple[str, ...]

    @property
    def label(self) -> str:
        """What stands in the tables for all of them."""
        return " + ".join(self.values)


def parse_combined(texts: Sequence[str], tables: Sequence[CountTable], problems: Problems) -> list[Combined]:
    """Read `age: 15-17 + 18-24`, the values spelled as the tables do.

    Errors: LIN-029 no such criterion or value, or one value alone.
    """
    spelled: dict[tuple[str, str], str] = {}
    for table in tables:
        for name, value in dict.fromkeys(pair for row in table.rows for pair in row.where):
            spelled.setdefault((name, fold(value)), value)
    found = []
    for text in texts:
        name, _, listed = text.partition(":")
        wanted = [(fold(name), fold(part)) for part in listed.split(" + ")]
        if len(set(wanted)) < 2 or any(one not in spelled for one in wanted):
            there = [value for (own, _), value in spelled.items() if own == fold(name)]
            known = there or list(dict.fromkeys(own for own, _ in spelled))
            problems.add("LIN-029", asked=text, known=", ".join(known))
        else:
            found.append(Combined(fold(name), tuple(dict.fromkeys(spelled[one] for one in wanted))))
    return found


def combine_tables(
    tables: Sequence[CountTable], wanted: Sequence[Combined]
) -> tuple[list[CountTable], list[Changes], dict[str, list[tuple[str, str]]]]:
    """Combine in every table that has two of the values or more.

    Gives the tables, what changes in their files, and for each dimension which value stands in which: a
    table that keeps its rows apart is then tied to those that do not.
    """
    changed, changes = [], []
    for table in tables:
        done = Changes()
        for one in wanted:
            table = _combine(table, one, done)
        changed.append(table)
        changes.append(done)
    levels: dict[str, list[tuple[str, str]]] = {}
    for one in wanted:
        levels.setdefault(one.dimension, []).extend((value, one.label) for value in one.values)
    return changed, changes, levels


def _combine(table: CountTable, one: Combined, done: Changes) -> CountTable:
    folded = {fold(value) for value in one.values}
    held = {value for row in table.rows for name, value in row.where if name == one.dimension}
    if len({fold(value) for value in held} & folded) < 2:
        return table
    first: dict[tuple[str, Where], Row] = {}
    counted: set[tuple[str, Where]] = set()
    rows: list[Row] = []
    for row in table.rows:
        value = dict(row.where).get(one.dimension, "")
        if fold(value) not in folded:
            rows.append(row)
            continue
        where = tuple(sorted({**dict(row.where), one.dimension: one.label}.items()))
        spot, again = (row.population, where), (row.population, row.where)
        before = first.get(spot)
        if before is None:
            first[spot] = replace(row, where=where, percent=None)
            rows.append(first[spot])
            done.put(row.line, table.dimension_at[one.dimension], one.label)
            if table.percent_at is not None:
                done.put(row.line, table.percent_at, "")
        else:
            done.dropped.add(row.line)
            if again not in counted:
                n = None if before.n is None or row.n is None else before.n + row.n
                merged = replace(before, n=n, minors=before.minors or row.minors)
                rows[rows.index(before)] = first[spot] = merged
        counted.add(again)
    for row in first.values():
        done.put(row.line, table.n_at, "" if row.n is None else str(row.n))
    return replace(table, rows=tuple(rows))


def check_combined(several: set[str], wanted: Sequence[Combined], problems: Problems) -> None:
    """Refuse to add rows in which the same people stand. Errors: LIN-039."""
    for one in wanted:
        if one.dimension in several:
            problems.add("LIN-039", Place(field=one.dimension))
