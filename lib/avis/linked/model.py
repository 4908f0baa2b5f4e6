"""What a count table says, once read: rows of counts by their conditions, each with its place in the file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeAlias

from avis.exhibits import Measure, Where
from avis.findings.model import Key

MEASURE: Measure = "people"
"""What outside tables count, as far as protection is concerned: people who can be harmed."""

Spot: TypeAlias = tuple[str, Where]
"""A cell over all tables: its population and its conditions."""


class Percent(NamedTuple):
    """A printed percentage: `low ≤ 100 × n / base ≤ high`, and the conditions of its base."""

    low: float
    high: float
    base: Where


@dataclass(frozen=True)
class Row:
    """One row of a table: where it stands in the file, which cell it is, and its count.

    `n` is none where it is hidden. `where` has the table's dimensions that are not `Total`.
    """

    line: int
    population: str
    where: Where
    n: int | None
    minors: bool = False
    percent: Percent | None = None

    @property
    def spot(self) -> Spot:
        """The cell that it tells, over all tables."""
        return self.population, self.where


@dataclass(frozen=True)
class CountTable:
    """A file, or one sheet of a workbook, as a count table.

    `dimensions` are its folded column names, with the names as printed; `at` says where its counts and
    percentages stand (columns, from 0), to write the file again.
    """

    name: str
    path: Path
    sheet: str
    dimensions: Mapping[str, str]
    rows: tuple[Row, ...] = field(repr=False)
    header: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    lines: tuple[int, ...] = field(default=(), repr=False)
    dimension_at: Mapping[str, int] = field(default_factory=dict)
    n_at: int = 0
    percent_at: int | None = None
    delimiter: str = ""
    encoding: str = ""
    totals: frozenset[tuple[str, str]] = frozenset()
    """Softer words that were read as `Total`: (dimension, word)."""


def key_of(spot: Spot) -> Key:
    """Give the key under which protection knows a cell."""
    return Key(spot[0], MEASURE, spot[1])


def without(where: Where, dimension: str) -> Where:
    """Give the cell in which one dimension is `Total`.

    >>> without((("age", "18-24"), ("sex", "f")), "sex")
    (('age', '18-24'),)
    """
    return tuple(pair for pair in where if pair[0] != dimension)


def inside(where: Where, dimension: str, value: str) -> Where:
    """Give the part of a cell in which a dimension has a value.

    >>> inside((("sex", "f"),), "age", "18-24")
    (('age', '18-24'), ('sex', 'f'))
    """
    return tuple(sorted((*where, (dimension, value))))


def reached(starts: Iterable[str], steps: Mapping[str, Collection[str]]) -> set[str]:
    """Give what can be reached from some values, at any depth; one of them only where steps lead back to it.

    >>> sorted(reached(["France"], {"France": ["nord"], "nord": ["Lille"], "Lille": []}))
    ['Lille', 'nord']
    """
    found, ahead = set[str](), list(starts)
    while ahead:
        new = {*steps.get(ahead.pop(), ())} - found
        found |= new
        ahead += new
    return found
