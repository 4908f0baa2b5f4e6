"""People by sex and age at once: each cell and each margin, protected with every other table."""

from __future__ import annotations

import pandas as pd

from avis.errors import Place
from avis.exhibits import Cell, Dimension, Value, Where
from avis.findings import people
from avis.findings.log import Log
from avis.findings.model import Finding, Relation, changed
from avis.findings.rows import UNKNOWN
from avis.findings.words import both, titled
from avis.settings import Indicator

Sets = dict[Where, frozenset[str]]
"""The codes of the people in each cell."""


def cross(
    indicator: Indicator, whole: Finding, rows: pd.DataFrame, by: tuple[str, str], log: Log
) -> Finding | None:
    """Count distinct people by two bands at once; none where an indicator holds no codes (FIN-010).

    Each person has one value of each, so rows, columns and the whole are sums of their cells; a margin is
    the same cell as in the table of one band alone, and is protected as one.
    """
    if indicator.count != "person_codes":
        log.problems.warn("FIN-010", Place("evaluation.yaml", field=indicator.id), by=" × ".join(by))
        return None
    parts = [people.by_person(rows, log.codes, log.persons, name) for name in by]
    first, second = (_sets(cells, sets) for _, cells, sets in parts)
    inner = {_at(row, column): first[row] & second[column] for row in first for column in second}
    every = first | second | inner
    variables = [both(f"variable.{name}") for name in by]
    finding = changed(
        whole,
        id=f"{indicator.id}-{'-'.join(by)}",
        title=titled(
            both("by", label=indicator.label, by=both("and", first=variables[0], second=variables[1]))
        ),
        dimensions=tuple(_dimension(name, found[0]) for name, found in zip(by, parts, strict=True)),
        cells=(whole.cells[0], *(Cell(where=where, n=len(codes)) for where, codes in every.items())),
        relations=_relations(first, second) if whole.cells[0].n is not None else (),
        base=() if every else None,
        items=(),
        target=None,  # items, target and gap belong to the whole alone
        gap={},
        chart="",
    )
    log.held.update({finding.key(where): codes for where, codes in every.items()})
    return finding


def _sets(cells: list[Cell], sets: list[frozenset[str]]) -> Sets:
    return {cell.where: codes for cell, codes in zip(cells, sets, strict=True)}


def _at(row: Where, column: Where) -> Where:
    return tuple(sorted((*row, *column)))


def _dimension(name: str, values: list[Value]) -> Dimension:
    return Dimension(id=name, label=both(f"variable.{name}"), values=tuple(values))


def _relations(first: Sets, second: Sets) -> tuple[Relation, ...]:
    """Join the whole, each row and each column to its parts."""
    found = [_sum((), list(first)), _sum((), list(second))]
    found += [_sum(row, [_at(row, column) for column in second]) for row in first]
    found += [_sum(column, [_at(row, column) for row in first]) for column in second]
    return tuple(relation for relation in found if relation.parts)


def _sum(total: Where, parts: list[Where]) -> Relation:
    """Make a total of its parts; that everybody in it is of one age would tell it of each."""
    new = ((part, pair) for part in parts for pair in part if pair not in total)
    telling = tuple(part for part, (name, value) in new if name == "age_band" and value != UNKNOWN)
    return Relation(total=total, parts=tuple(parts), telling=telling)
