"""What somebody can reckon of a cell when some cells are hidden, and what hiding others is worth.

A reader's program may be asked in the tables around a cell alone. Where cells at the edge stand still,
every answer is one of the whole; where they may move as if nothing bound them outside, no answer of the
whole is missed, and the prices of such a program hold for the whole as well. So a cell is judged near by
where the two agree, and farther and farther where they do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from avis.disclosure.choosing.neighbourhood import NEARLY_ALL, REACHES, Neighbourhoods
from avis.disclosure.choosing.pool import Group
from avis.disclosure.solver import EXACT, UNLIMITED, Numbers, Program, Row

Columns = NDArray[np.int64]

SLIGHT = 1e-7
"""Prices below are noise of the solver."""

NEARLY = 1e-5
"""An interval that misses its width by less does not miss it."""


class Asked(NamedTuple):
    """A column whose interval must be so wide, also for whoever knows some others."""

    column: int
    width: float
    knows: frozenset[int] = frozenset()


@dataclass
class Seen:
    """How far down and up the tables found so far move each cell."""

    low: Numbers
    high: Numbers

    def add(self, columns: Columns, table: Numbers) -> None:
        """Take a table that is one of the whole."""
        self.low[columns] = np.minimum(self.low[columns], table)
        self.high[columns] = np.maximum(self.high[columns], table)

    def spread(self, column: int) -> float:
        """Give the distance between the lowest and the highest count seen."""
        return float(self.high[column] - self.low[column])


class _Answer(NamedTuple):
    """How far a cell goes, the table that shows it, and a bound on it: a constant and a worth a column."""

    reached: float
    table: Numbers
    constant: float
    worth: Numbers


class _Near:
    """The program over some rows and all columns that these rows touch."""

    def __init__(self, rows: list[Row], inside: set[int], down: Numbers, up: Numbers) -> None:
        self.columns = np.array(sorted({c for row in rows for c, _ in row.terms} | inside), dtype=np.int64)
        self.place = {column: number for number, column in enumerate(self.columns.tolist())}
        self.edge = np.array([column not in inside for column in self.columns.tolist()])
        self.down, self.up = down[self.columns], up[self.columns]
        self._rows = [Row(tuple((self.place[c], f) for c, f in row.terms), row.low, row.high) for row in rows]
        self._low = np.array([row.low for row in rows], dtype=np.float64)
        self._high = np.array([row.high for row in rows], dtype=np.float64)
        terms = [(number, c, f) for number, row in enumerate(self._rows) for c, f in row.terms]
        self._row_of = np.array([number for number, _, _ in terms], dtype=np.int64)
        self._column_of = np.array([column for _, column, _ in terms], dtype=np.int64)
        self._factors = np.array([factor for _, _, factor in terms], dtype=np.float64)

    @cached_property
    def _program(self) -> Program:
        return Program(self._rows, -self.down, self.up)

    def farthest(self, at: int, way: int, down: Numbers, up: Numbers) -> _Answer:
        """Move one column as far up (`way` 1) or down (−1) as these limits allow."""
        size = len(self.columns)
        self._program.bound(range(size), -down, up)
        costs = np.zeros(size)
        costs[at] = -way
        found = self._program.relaxed(costs)
        if found is None:
            return _Answer(0.0, np.zeros(size), UNLIMITED, np.zeros(size))
        prices = self._program.prices()
        ends = np.where(prices > 0, self._low, self._high)
        prices = np.where((np.abs(prices) > SLIGHT) & np.isfinite(ends), prices, 0.0)
        constant = -float(prices @ np.where(np.isfinite(ends), ends, 0.0))
        taken = np.bincount(self._column_of, self._factors * prices[self._row_of], size)
        reduced = costs - taken
        reduced[np.abs(reduced) < SLIGHT] = 0
        worth = np.where(reduced > 0, reduced * self.down, -reduced * self.up)
        return _Answer(abs(float(found[at])), found, constant, worth)


class Reader:
    """The reader's programs in one group of linked cells."""

    def __init__(self, group: Group) -> None:
        cells = list(group.cells.values())
        self._size = len(cells)
        self._rows = group.moved()
        open_ = np.array([not cell.public for cell in cells])
        self._down = np.where(open_, np.array([float(cell.n - cell.floor) for cell in cells]), 0.0)
        self._up = np.where(open_, UNLIMITED, 0.0)
        self._near = Neighbourhoods(self._rows, group.homes, self._up, self._down, NEARLY_ALL)
        self._made: dict[frozenset[int], _Near] = {}
        self._fine: set[tuple[Asked, bytes]] = set()
        self.shared = self._near.shared()
        self.effort = 0

    def sums(self) -> Iterator[list[int]]:
        """Give the columns of each sum: what is hidden alone in one is known."""
        for row in self._rows:
            if row.low == row.high:
                yield [column for column, _ in row.terms]

    def begin(self) -> Seen:
        """Begin to look at one choice: nothing was seen to move."""
        return Seen(np.zeros(self._size), np.zeros(self._size))

    def reach(self, hidden: Numbers, asked: Asked) -> float:
        """Give the width that a choice leaves a cell, at most the width asked."""
        for near in self._around(asked.column):
            reached, _, _ = self._both(near, hidden, asked, stays=True)
            if reached >= asked.width - NEARLY:
                return asked.width
        return reached

    def too_close(self, hidden: Numbers, asked: Asked, seen: Seen) -> tuple[Columns, Numbers, float] | None:
        """Give what hiding each cell is worth to one whose interval is too narrow, none where it is not."""
        if asked.width <= EXACT or (not asked.knows and seen.spread(asked.column) >= asked.width - NEARLY):
            return None
        for near in self._around(asked.column):
            looked = asked, hidden[near.columns].tobytes()
            if looked in self._fine:
                return None
            reached, answers, whole = self._both(near, hidden, asked, stays=False)
            if reached < asked.width - NEARLY:
                worth = answers[0].worth + answers[1].worth
                return near.columns, worth, asked.width - answers[0].constant - answers[1].constant
            if not whole:
                reached, answers, _ = self._both(near, hidden, asked, stays=True)
            for answer in answers if reached >= asked.width - NEARLY else ():
                seen.add(near.columns, answer.table)
            if reached >= asked.width - NEARLY:
                self._fine.add(looked)
                return None
        return None

    def _both(
        self, near: _Near, hidden: Numbers, asked: Asked, stays: bool
    ) -> tuple[float, list[_Answer], bool]:
        """Go up and down, and tell whether what moves is a table of the whole."""
        half = hidden[near.columns]
        full = half >= 1 - EXACT
        down = np.where(full, near.down, np.minimum(near.down, asked.width) * half)
        up = np.where(full, near.up, np.minimum(near.up, asked.width) * half)
        held = [near.place[column] for column in sorted(asked.knows) if column in near.place]
        still = np.flatnonzero(near.edge).tolist() if stays else []
        down[held + still] = up[held + still] = 0
        answers: list[_Answer] = []
        for way in (1, -1):
            answers.append(near.farthest(near.place[asked.column], way, down, up))
            self.effort -= len(near.columns)
            answers[-1].worth[held] = 0
            if sum(answer.reached for answer in answers) >= asked.width - NEARLY:
                break
        whole = all(not np.any(answer.table[near.edge]) for answer in answers)
        return sum(answer.reached for answer in answers), answers, whole

    def _around(self, column: int) -> Iterator[_Near]:
        """Give the programs around a cell, each larger than the one before."""
        for level in self._near.levels(column, range(len(REACHES) + 1)):
            homes = self._near.homes_around(column, level)
            if homes not in self._made:
                rows = self._near.rows_of(homes)
                inside = self._near.inside(homes) | {column}
                self._made[homes] = _Near(rows, inside, self._down, self._up)
            yield self._made[homes]
