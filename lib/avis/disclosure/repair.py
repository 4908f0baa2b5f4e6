"""The cheapest cells to hide beside the primary ones, in one group of linked cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from avis.disclosure.pool import Known
from avis.disclosure.solver import UNLIMITED, Numbers, Program, Row
from avis.findings.model import Key

MOST_TRIALS = 4000
"""Programs that one clean-up may ask: beyond, a few cells stay hidden that need not."""

CHEAP = 1e-3
"""The cost of moving what is hidden anyway: not nothing, so that little is moved."""


@dataclass(frozen=True)
class Demand:
    """A cell whose interval must be `width` wide, also for whoever knows the cell `known_by`."""

    key: Key
    width: int
    known_by: Key | None = None


@dataclass(frozen=True)
class Witness:
    """Another table that agrees with all that is printed, as a distance from the true one."""

    demand: Demand
    moves: Numbers


class Repair:
    """One group of linked cells: what is hidden in it is what its witnesses move."""

    def __init__(self, cells: dict[Key, Known], rows: Sequence[Row], columns: Sequence[int]) -> None:
        self.keys = list(cells)
        self.cells = list(cells.values())
        self.column = {key: number for number, key in enumerate(self.keys)}
        self.size = len(self.keys)
        self._down = np.array([cell.n - cell.floor for cell in self.cells], dtype=np.float64)
        self._up = np.full(self.size, UNLIMITED)
        fixed = np.array([cell.public for cell in self.cells])
        self._down[fixed], self._up[fixed] = 0, 0
        self._weights = np.array([cell.weight if cell.printed else 0.0 for cell in self.cells])
        self._primary: set[int] = set()
        self._asked: list[Demand] = []
        self._witnesses: list[Witness] = []
        self._whole = False
        self._trials = 0
        self._program = Program(
            self._moved(rows, columns), np.zeros(2 * self.size), np.concatenate([self._up, self._down])
        )

    def _moved(self, rows: Sequence[Row], columns: Sequence[int]) -> list[Row]:
        """Write rows over ups and downs from the true counts instead of over counts."""
        place = {column: number for number, column in enumerate(columns)}
        moved = []
        for row in rows:
            terms = [(place[column], factor) for column, factor in row.terms]
            truth = sum(factor * self.cells[column].n for column, factor in terms)
            both = (*terms, *((column + self.size, -factor) for column, factor in terms))
            moved.append(Row(both, row.low - truth, row.high - truth))
        return moved

    def holds(self, key: Key) -> bool:
        """Tell whether the cell is in this group."""
        return key in self.column

    def hidden(self) -> list[Key]:
        """Give the cells to hide, the primary ones and all that a witness moves."""
        return [self.keys[column] for column in sorted(self._hidden())]

    def _hidden(self) -> set[int]:
        if self._whole:
            return {number for number, cell in enumerate(self.cells) if not cell.public}
        return self._primary.union(*(np.flatnonzero(witness.moves).tolist() for witness in self._witnesses))

    def meet(self, demands: Iterable[Demand]) -> None:
        """Take demands and hide what each of them needs, beginning with the primary cells."""
        new = [demand for demand in demands if demand not in self._asked]
        self._asked += new
        self._primary.update(self.column[demand.key] for demand in new)
        for demand in new:
            if not self._whole and not self._met(demand, self._witnesses):
                found = self._answer(demand, self._hidden(), frozenset())
                if found is None and demand.known_by is None:
                    self._whole = True  # public figures leave too little room: print nothing here
                self._witnesses += found or []

    def insist(self, demands: Sequence[Demand]) -> None:
        """Take the audit's refusals; what was asked before and still fails costs the whole group."""
        if any(demand in self._asked for demand in demands):
            self._whole = True
        self.meet(demands)
        self.clean()

    def clean(self) -> None:
        """Show again, the dearest first, what other witnesses can do without."""
        if self._whole:
            return
        self._trials = 0
        extra = [c for c in self._hidden() - self._primary if self.cells[c].printed]
        for column in sorted(extra, key=lambda c: (-self._weights[c], c)):
            if self._trials > MOST_TRIALS:
                break
            self._show(column)

    def _show(self, column: int) -> None:
        """Show one cell and answer again every demand that rested on moving it, or leave it hidden."""
        kept = [witness for witness in self._witnesses if not witness.moves[column]]
        hidden = self._hidden() - {column}
        shown = frozenset(c for c, cell in enumerate(self.cells) if cell.printed and c not in hidden)
        for demand in self._unmet(kept):
            if not self._met(demand, kept):
                found = self._answer(demand, hidden, shown)
                if found is None:
                    return
                kept += found
        self._witnesses = kept

    def _unmet(self, witnesses: Sequence[Witness]) -> list[Demand]:
        """Give the demands that these witnesses do not answer; the plain ones all at once."""
        moves = np.array([np.zeros(self.size), *(witness.moves for witness in witnesses)])
        spread = moves.max(axis=0) - moves.min(axis=0)
        return [
            demand
            for demand in self._asked
            if (demand.known_by is None and spread[self.column[demand.key]] < demand.width)
            or (demand.known_by is not None and not self._met(demand, witnesses))
        ]

    def _met(self, demand: Demand, witnesses: Sequence[Witness]) -> bool:
        column = self.column[demand.key]
        knows = None if demand.known_by is None else self.column[demand.known_by]
        moves = [0.0] + [w.moves[column] for w in witnesses if knows is None or not w.moves[knows]]
        return bool(max(moves) - min(moves) >= self._width(demand))

    @staticmethod
    def _width(demand: Demand) -> int:
        """Against one person's own knowledge, not being pinned is what can be asked."""
        return demand.width if demand.known_by is None else 1

    def _answer(self, demand: Demand, hidden: set[int], shown: frozenset[int]) -> list[Witness] | None:
        """Find one table below and one above that leave the cell wide enough, none where there are none."""
        column, width = self.column[demand.key], self._width(demand)
        still = set(shown)
        if demand.known_by is not None:
            still.add(self.column[demand.known_by])
        self._prepare(still)
        costs = self._costs(hidden)
        lowest = min(self._down[column], width)
        below = self._move(column, -lowest, costs) if lowest else None
        reached = lowest if below is not None else 0
        if below is None and lowest > 1:
            below, reached = self._as_far(column, -1, width, costs)
        above = self._move(column, width - reached, costs) if width > reached else None
        if width > reached and above is None:
            return None
        return [Witness(demand, moves) for moves in (below, above) if moves is not None]

    def _as_far(self, column: int, way: int, width: int, costs: Numbers) -> tuple[Numbers | None, int]:
        """Move a cell as far as the rest allows, where the full width is out of reach."""
        far = np.zeros(2 * self.size)
        far[column], far[column + self.size] = (1.0, -1.0) if way < 0 else (-1.0, 1.0)
        limit = self._solve(far)
        reached = 0 if limit is None else int(min(abs(limit[column]), width))
        return (self._move(column, way * reached, costs), reached) if reached else (None, 0)

    def _prepare(self, still: set[int]) -> None:
        down, up = self._down.copy(), self._up.copy()
        fixed = sorted(still)
        down[fixed], up[fixed] = 0, 0
        self._program.bound(range(2 * self.size), np.zeros(2 * self.size), np.concatenate([up, down]))
        self._limits = np.concatenate([up, down])

    def _costs(self, hidden: set[int]) -> Numbers:
        costs = np.maximum(self._weights, CHEAP)
        costs[sorted(hidden)] = CHEAP
        return np.concatenate([costs, costs])

    def _move(self, column: int, distance: float, costs: Numbers) -> Numbers | None:
        """Find the cheapest table in which a cell is exactly this far from its true count."""
        pair = [column, column + self.size]
        ups, downs = max(distance, 0.0), max(-distance, 0.0)
        if ups > self._limits[column] or downs > self._limits[column + self.size]:
            return None
        fixed = np.array([ups, downs])
        self._program.bound(pair, fixed, fixed)
        found = self._solve(costs)
        self._program.bound(pair, np.zeros(2), self._limits[pair])
        return found

    def _solve(self, costs: Numbers) -> Numbers | None:
        self._trials += 1
        found = self._program.minimise(costs)
        return None if found is None else found[: self.size] - found[self.size :]
