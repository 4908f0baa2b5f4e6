"""The cheapest cells to hide beside the primary ones, in one group of linked cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from avis.disclosure.choosing.neighbourhood import NEARLY_ALL, REACHES, Local, Moves, Neighbourhoods
from avis.disclosure.choosing.pool import Group
from avis.disclosure.solver import UNLIMITED, Numbers, Work
from avis.findings.model import Key

CHEAP = 1e-3
"""The cost of moving what is hidden anyway: not nothing, so that little is moved."""

WIDE = 1
"""How far to look where an answer near by is dear; a wish is followed as far as it leads."""

CROWDED, MANY = 0.75, 5
"""Where so many demands stand against what is printed, nearly all gets hidden, and little is left to choose:
then cells that lie far off are moved together, from so many on, before each is moved by itself."""

PASSES = 2
"""How often the clean-up goes over what is hidden: a second time finds what the first made needless."""


@dataclass(frozen=True)
class Demand:
    """A cell whose interval must be `width` wide, also for whoever knows the cell `known_by`."""

    key: Key
    width: int
    known_by: Key | None = None


def is_crowded(group: Group, demands: int) -> bool:
    """Tell whether so many cells are asked for that little is left to choose."""
    return demands >= CROWDED * sum(cell.printed for cell in group.cells.values())


class _Asked(NamedTuple):
    """A demand by columns; against one person's own knowledge, not being pinned is what can be asked."""

    column: int
    width: int
    knows: frozenset[int] = frozenset()


class Repair:
    """One group of linked cells: what is hidden in it is what its witnesses move.

    A witness is another table that agrees with all that is printed, as a distance from the true one.
    """

    def __init__(self, group: Group, wish: Numbers | None = None, work: Work | None = None) -> None:
        """Take a group, and a wish to follow where it helps: how much each cell would rather be hidden."""
        cells = group.cells
        self._group = group
        self.keys = list(cells)
        self.cells = list(cells.values())
        self.column = {key: number for number, key in enumerate(self.keys)}
        self._printed = np.array([cell.printed for cell in self.cells])
        self._weights = np.array([cell.weight if cell.printed else 0.0 for cell in self.cells])
        self._unwished = self._weights * (1 - wish) if wish is not None else self._weights
        self._prices = np.maximum(self._unwished, CHEAP)
        self._wide = WIDE if wish is None else len(REACHES)
        public = np.array([cell.public for cell in self.cells])
        down = np.array([cell.n - cell.floor for cell in self.cells], dtype=np.float64)
        self._down = np.where(public, 0.0, down)
        up = np.where(public, 0.0, UNLIMITED)
        few = len(cells) <= REACHES[-1]  # a search of the whole is then quick, and finds what costs less
        all_ = NEARLY_ALL if few else 1.0
        self._near = Neighbourhoods(group.moved(), group.homes, up, self._down, all_, work)
        self._asked: dict[_Asked, None] = {}
        self._asked_of: dict[int, list[_Asked]] = {}
        self._primary: set[int] = set()
        self._given_up: set[int] = set()
        self._witnesses: dict[int, Moves] = {}
        self._moving: list[dict[int, float]] = [{} for _ in self.keys]
        self._ends: list[tuple[float, float] | None] = [(0.0, 0.0)] * len(self.keys)
        self._open = np.zeros(len(self.keys), dtype=np.int64)
        self._made = 0
        self._refused: dict[_Asked, int] = {}

    def holds(self, key: Key) -> bool:
        """Tell whether the cell is in this group."""
        return key in self.column

    def hidden(self) -> list[Key]:
        """Give the cells to hide, the primary ones and all that a witness moves."""
        return [key for column, key in enumerate(self.keys) if self._is_hidden(column)]

    def _is_hidden(self, column: int) -> bool:
        return bool(self._open[column])

    def meet(self, demands: Iterable[Demand]) -> None:
        """Take demands and hide what each of them needs, beginning with the primary cells."""
        new = [asked for asked in map(self._by_columns, demands) if asked not in self._asked]
        for asked in new:
            self._asked[asked] = None
            self._asked_of.setdefault(asked.column, []).append(asked)
            self._primary.add(asked.column)
            self._open[asked.column] += 1
        ordered, near = sorted(new, key=self._hardest_first), len(REACHES)
        far = [a for a in ordered if not self._met(a) and not self._answer(a, range(near), frozenset())]
        together = far if is_crowded(self._group, len(self._asked)) else []
        for asked in far:
            together = self._push(together)
            if not self._met(asked) and not self._answer(asked, range(near, near + 1), frozenset()):
                self._go_as_far(asked)

    def _by_columns(self, demand: Demand) -> _Asked:
        if demand.known_by is None:
            return _Asked(self.column[demand.key], demand.width)
        return _Asked(self.column[demand.key], 1, self._group.known_to(demand.known_by))

    def _hardest_first(self, asked: _Asked) -> tuple[float, int]:
        """What is smallest leaves the longest way up for the others, and its answer serves them."""
        return self._down[asked.column], asked.column

    def insist(self, demands: Sequence[Demand]) -> None:
        """Take the audit's refusals; what was asked before and still fails costs the tables around it."""
        for asked in map(self._by_columns, demands):
            if asked in self._asked:
                level = self._refused.get(asked, -1) + 1
                self._refused[asked] = level
                near = self._near.columns_near(asked.column, level)
                given_up = {c for c in near if not self.cells[c].public} - self._given_up
                self._given_up |= given_up
                self._open[sorted(given_up)] += 1
        self.meet(demands)
        self.clean()

    def clean(self) -> None:
        """Show again, the dearest first, what can be done without or for less."""
        self._drop_needless()
        for _ in range(PASSES):
            before = self._made
            extra = [c for c in np.flatnonzero(self._printed).tolist() if self._is_extra(c)]
            for column in sorted(extra, key=lambda c: (-self._weights[c], c)):
                if self._is_extra(column):
                    self._trade(column)
            if self._made == before:
                break

    def _is_extra(self, column: int) -> bool:
        return bool(self._moving[column]) and column not in self._primary and column not in self._given_up

    def _drop_needless(self) -> None:
        """Let go of witnesses that later ones made needless, the dearest first."""
        for number in sorted(self._witnesses, key=lambda w: (-self._sum(self._witnesses[w][0]), -w)):
            taken = self._take([number])
            if not all(map(self._met, self._resting_on(taken))):
                self._put(taken)

    def _trade(self, column: int) -> None:
        """Show one cell and answer again all that rested on moving it, unless that costs more."""
        taken = self._take(list(self._moving[column]))
        freed = {c for moves in taken.values() for c in moves[0] if not self._is_hidden(c)}
        gained, first = self._sum(freed), self._made
        for asked in self._resting_on(taken):
            if not self._met(asked):
                answered = self._answer(asked, range(1), frozenset([column]))
                made = self._since(first)
                spent = {c for w in made for c in self._witnesses[w][0] if self._only_by(c, first)}
                if not answered or self._sum(spent - self._primary - self._given_up) >= gained - CHEAP:
                    self._take(made)
                    self._put(taken)
                    self._made = first
                    return

    def _only_by(self, column: int, first: int) -> bool:
        return all(number >= first for number in self._moving[column])

    def _sum(self, columns: Iterable[int]) -> float:
        return float(sum(self._weights[column] for column in columns))

    def _resting_on(self, taken: dict[int, Moves]) -> list[_Asked]:
        touched = sorted({column for moves in taken.values() for column in moves[0]})
        return list(dict.fromkeys(asked for c in touched for asked in self._asked_of.get(c, ())))

    def _take(self, numbers: Iterable[int]) -> dict[int, Moves]:
        taken = {number: self._witnesses.pop(number) for number in numbers}
        for number, (columns, distances) in taken.items():
            for column, distance in zip(columns, distances, strict=True):
                del self._moving[column][number]
                ends = self._ends[column]
                if ends is not None and distance in ends:
                    self._ends[column] = None
            self._open[columns] -= 1
        return taken

    def _put(self, witnesses: dict[int, Moves]) -> None:
        for number, (columns, distances) in witnesses.items():
            self._witnesses[number] = (columns, distances)
            for column, distance in zip(columns, distances, strict=True):
                self._moving[column][number] = distance
                ends = self._ends[column]
                if ends is not None:
                    self._ends[column] = min(ends[0], distance), max(ends[1], distance)
            self._open[columns] += 1

    def _met(self, asked: _Asked) -> bool:
        low, high = self._reach(asked)
        return high - low >= asked.width

    def _reach(self, asked: _Asked) -> tuple[float, float]:
        """Give how far down and up the witnesses at hand move a cell."""
        held = self._moving[asked.column]
        if asked.knows:
            moves = [far for w, far in held.items() if not any(w in self._moving[c] for c in asked.knows)]
            return min((0.0, *moves)), max((0.0, *moves))
        ends = self._ends[asked.column]
        if ends is None:
            values = (0.0, *held.values())
            ends = self._ends[asked.column] = min(values), max(values)
        return ends

    def _push(self, far: Sequence[_Asked]) -> list[_Asked]:
        """Move at once as many as can be, and as cheaply; give those that may yet be moved so, if many."""
        unmet = [asked for asked in far if not asked.knows and not self._met(asked)]
        if len(unmet) < MANY:
            return []
        local = self._near.around(unmet[0].column, len(REACHES))
        moves = local.push({asked.column: float(asked.width) for asked in unmet}, self._costs(local))
        if moves is not None:
            self._put({self._made: moves})
            self._made += 1
        left = [asked for asked in unmet if not self._met(asked)]
        return left if len(left) <= len(unmet) - MANY else []

    def _answer(self, asked: _Asked, levels: Iterable[int], shown: frozenset[int]) -> bool:
        """Find tables below and above that leave a cell wide enough, farther off where near by is dear."""
        best, price, first = dict[int, Moves](), float("inf"), self._made
        for level in self._near.levels(asked.column, levels):
            if best and level > self._wide:
                break
            if self._answer_in(self._near.around(asked.column, level), asked, shown):
                spent = self._spent(first)
                if spent < price - CHEAP:
                    best, price = self._take(self._since(first)), spent
                else:
                    self._take(self._since(first))
                self._made = first
                if price <= CHEAP:
                    break
        self._put(best)
        self._made = max([first, *(number + 1 for number in best)])
        return bool(best) or self._met(asked)

    def _since(self, first: int) -> list[int]:
        return [w for w in range(first, self._made) if w in self._witnesses]

    def _spent(self, first: int) -> float:
        """Give the price of what only the witnesses made since then move."""
        new = {c for w in self._since(first) for c in self._witnesses[w][0] if self._only_by(c, first)}
        return float(sum(self._unwished[c] for c in new - self._primary - self._given_up))

    def _answer_in(self, local: Local, asked: _Asked, shown: frozenset[int]) -> bool:
        """Go down as far as the width asks, and up for the rest; the longer way first, as the dearer one."""
        still = shown | asked.knows
        first, lowest = self._made, min(float(self._down[asked.column]), asked.width)
        for distance in sorted((-lowest, asked.width - lowest), key=abs, reverse=True):
            self._reached(local, asked, distance, still)
        low, _ = self._reach(asked)
        if not self._met(asked):
            if low > -lowest:
                down = local.farthest(asked.column, -1, self._costs(local), still)
                self._reached(local, asked, -min(down, lowest), still)
                low, _ = self._reach(asked)
            self._reached(local, asked, asked.width + low, still)
        if self._met(asked):
            return True
        self._take(self._since(first))
        self._made = first
        return False

    def _reached(self, local: Local, asked: _Asked, distance: float, still: Iterable[int]) -> None:
        """Add the table that moves a cell so far, where none at hand does and there is one."""
        low, high = self._reach(asked)
        if low <= distance <= high:
            return
        found = local.move(asked.column, distance, self._costs(local), still)
        if found is not None:
            self._put({self._made: found})
            self._made += 1

    def _go_as_far(self, asked: _Asked) -> None:
        """Move a cell as far as anything can where the width is out of reach: the audit may pardon it."""
        local = self._near.around(asked.column, len(REACHES))
        for way in (-1, 1):
            far = local.farthest(asked.column, way, self._costs(local), asked.knows)
            self._reached(local, asked, way * min(far, asked.width), asked.knows)

    def _costs(self, local: Local) -> Numbers:
        return np.where(self._open[local.columns] > 0, CHEAP, self._prices[local.columns])
