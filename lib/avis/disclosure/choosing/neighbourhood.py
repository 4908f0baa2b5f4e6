"""The tables around a cell: what lies outside does not move, so that an answer found there holds everywhere.

Cells are columns, equations are rows, and each row has a home, the finding that states it. A cell may
move inside some homes where all of its rows are theirs; one that another table shares stands still.
Other tables that agree with what is printed are written as distances from the true one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from avis.disclosure.solver import Numbers, Program, Row, Work

Moves = tuple[list[int], list[float]]
"""The columns that move, in order, and how far each goes."""

REACHES = (40, 200, 1200)
"""How many columns are looked at first, and where these do not do; then all of the group."""


NEARLY_ALL = 0.6
"""A neighbourhood with so much of a group costs as much to ask as the group itself."""

WORTH = 1e3
"""What moving a cell that must move is worth: more than any others cost that move with it."""


class Local:
    """Columns that may move while all others stand still, and the program over their ups and downs."""

    def __init__(
        self, columns: Sequence[int], rows: Sequence[Row], up: Numbers, down: Numbers, work: Work
    ) -> None:
        self._work = work
        self.columns = np.array(columns, dtype=np.int64)
        self.place = {column: number for number, column in enumerate(columns)}
        self._own = rows
        self._limits = np.concatenate([up[self.columns], down[self.columns]])

    @cached_property
    def _program(self) -> Program:
        size, rows = len(self.columns), []
        for row in self._own:
            terms = [(self.place[column], factor) for column, factor in row.terms if column in self.place]
            if terms:
                both = (*terms, *((column + size, -factor) for column, factor in terms))
                rows.append(Row(both, row.low, row.high))
        return Program(rows, np.zeros(2 * size), self._limits, work=self._work)

    def move(self, column: int, distance: float, costs: Numbers, still: Iterable[int]) -> Moves | None:
        """Find the cheapest other table in which a cell is exactly this far from its true count."""
        at, size = self.place[column], len(self.columns)
        wanted = np.array([max(distance, 0.0), max(-distance, 0.0)])
        pair = np.array([at, at + size])
        if np.any(wanted > self._limits[pair]):
            return None
        return self._asked(costs, still, pair, wanted)

    def farthest(self, column: int, way: int, costs: Numbers, still: Iterable[int]) -> float:
        """Give how far a cell can go up (`way` 1) or down (−1), none of the cells `still` moving."""
        at, size = self.place[column], len(self.columns)
        far = np.full(2 * size, 1e-6)
        far[at], far[at + size] = -way, way
        found = self._solved(far, self._held(still))
        return 0.0 if found is None else abs(float(found[at] - found[at + size]))

    def push(self, wanted: Mapping[int, float], costs: Numbers) -> Moves | None:
        """Find a table in which some cells are higher, none farther than wanted, and as many as can be."""
        places = np.array([self.place[column] for column in wanted])
        limits = np.minimum(self._limits[places], np.array(list(wanted.values())))
        prices = np.concatenate([costs, costs])
        prices[places] -= WORTH
        self._program.bound(places.tolist(), np.zeros(len(places)), limits)
        found = self._program.corner(prices)
        self._program.bound(places.tolist(), np.zeros(len(places)), self._limits[places])
        return None if found is None else self._moves(found)

    def _asked(
        self, costs: Numbers, still: Iterable[int], pair: NDArray[np.int64], wanted: Numbers
    ) -> Moves | None:
        self._program.bound(pair.tolist(), wanted, wanted)
        found = self._solved(np.concatenate([costs, costs]), self._held(still))
        self._program.bound(pair.tolist(), np.zeros(2), self._limits[pair])
        return None if found is None else self._moves(found)

    def _moves(self, found: Numbers) -> Moves:
        size = len(self.columns)
        moves = found[:size] - found[size:]
        moved = np.flatnonzero(moves)
        return self.columns[moved].tolist(), moves[moved].tolist()

    def _held(self, still: Iterable[int]) -> list[int]:
        held = [self.place[column] for column in still if column in self.place]
        return [*held, *(place + len(self.columns) for place in held)]

    def _solved(self, costs: Numbers, held: list[int]) -> Numbers | None:
        if held:
            self._program.bound(held, np.zeros(len(held)), np.zeros(len(held)))
        found = self._program.some(costs)
        if held:
            self._program.bound(held, np.zeros(len(held)), self._limits[held])
        return found


class Neighbourhoods:
    """The homes of a group of linked cells, and the programs around each cell, made when first asked."""

    def __init__(
        self,
        rows: Sequence[Row],
        homes: Sequence[int],
        up: Numbers,
        down: Numbers,
        whole: float = 1.0,
        work: Work | None = None,
    ) -> None:
        """Take a group; a neighbourhood with the share `whole` of its columns is the whole group."""
        self._work = work or Work()
        self._up, self._down, self._whole = up, down, whole * len(up)
        self._rows: dict[int, list[Row]] = {}
        self._homes: list[set[int]] = [set() for _ in up]
        for row, home in zip(rows, homes, strict=True):
            self._rows.setdefault(home, []).append(row)
            for column, _ in row.terms:
                self._homes[column].add(home)
        self._columns: dict[int, list[int]] = {home: [] for home in self._rows}
        for column, held in enumerate(self._homes):
            for home in sorted(held):
                self._columns[home].append(column)
        self._made: dict[frozenset[int], Local] = {}
        self._chosen: dict[tuple[frozenset[int], int], frozenset[int]] = {}

    def around(self, column: int, level: int) -> Local:
        """Give the program around a cell at a level of `REACHES`, or of the whole group after these."""
        homes = self.homes_around(column, level)
        if homes not in self._made:
            free = sorted(self.inside(homes) | {column})
            self._made[homes] = Local(free, self.rows_of(homes), self._up, self._down, self._work)
        return self._made[homes]

    def levels(self, column: int, levels: Iterable[int]) -> list[int]:
        """Give those of some levels at which more is looked at than at the one before."""
        found: dict[frozenset[int], int] = {}
        for level in levels:
            found.setdefault(self.homes_around(column, level), level)
        return list(found.values())

    def homes_around(self, column: int, level: int) -> frozenset[int]:
        """Give the homes around a cell at a level, all of the group after the last one."""
        start = frozenset(self._homes[column])
        if (start, level) not in self._chosen:
            all_ = frozenset(self._rows)
            wide = self._widened(start, REACHES[level]) if level < len(REACHES) else all_
            size = len({held for home in wide for held in self._columns[home]})
            self._chosen[start, level] = wide if size < self._whole else all_
        return self._chosen[start, level]

    def shared(self) -> NDArray[np.bool_]:
        """Tell which columns stand in several tables."""
        return np.array([len(held) > 1 for held in self._homes])

    def rows_of(self, homes: frozenset[int]) -> list[Row]:
        """Give the rows of some homes."""
        return [row for home in sorted(homes) for row in self._rows[home]]

    def inside(self, homes: frozenset[int]) -> set[int]:
        """Give the columns that only these homes have rows over."""
        held = {column for home in homes for column in self._columns[home]}
        return {column for column in held if self._homes[column] <= homes}

    def columns_near(self, column: int, level: int) -> list[int]:
        """Give the columns of the tables around a cell, those that other tables share included."""
        homes = self.homes_around(column, level)
        return sorted({held for home in homes for held in self._columns[home]} | {column})

    def _widened(self, start: frozenset[int], most: int) -> frozenset[int]:
        """Add the homes that share cells with these, the nearest first, up to a number of columns."""
        homes, ahead = set(start), sorted(start)
        size = len({column for home in homes for column in self._columns[home]})
        while ahead:
            near = {held for column in self._columns[ahead.pop(0)] for held in self._homes[column]}
            for home in sorted(near - homes):
                if size + len(self._columns[home]) > most:
                    return frozenset(homes)
                size += len(self._columns[home])
                homes.add(home)
                ahead.append(home)
        return frozenset(homes)
