"""The cheapest cells to hide, with the proof: Benders' method after Fischetti & Salazar.

Source: M. Fischetti, J.J. Salazar, "Solving the cell suppression problem on tabular data with linear
constraints", Management Science 47(7), 2001. A master chooses which cells to hide. For each protected
cell, two linear programs give the highest and the lowest count that a reader can reckon (see `reader`);
where the two are too close, their duals give an inequality that every good choice meets, and this one
does not:

    Σ cᵢ yᵢ ≥ width,  cᵢ = how much hiding cell i could widen the interval, never more than the width.

Here protection slides: what counts is the distance between both ends. A count may grow without limit,
so most cᵢ are the width itself. The reader's programs are linear, whole numbers are not asked of them:
what they allow is wider than what is true, so the proven bound holds for whole numbers as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from avis.disclosure.choosing.master import Inequality, Master
from avis.disclosure.choosing.pool import Group
from avis.disclosure.choosing.reader import Asked, Reader
from avis.disclosure.choosing.repair import Demand
from avis.disclosure.solver import Numbers
from avis.findings.model import Key

MOST_ROUNDS = 100
"""Questions to the master, each answered by new inequalities."""

SEARCHED = 4
"""Columns times rows of the master that take as long to search as one column of the reader's programs."""

FEW = 3
"""Hidden cells in one sum among which one person's own knowledge goes far."""

SLOW = 1e-4
"""Choices by halves stop where a round gains less than this part of the bound."""


@dataclass(frozen=True)
class Optimum:
    """A choice of cells, from 0 (shown) to 1 (hidden), its cost, and a cost below which none protects.

    Where the search ended before its time, the choice is only a wish: `met` is false.
    """

    choice: Numbers
    cost: float
    bound: float
    met: bool

    @classmethod
    def nothing(cls) -> Optimum:
        """Give what is known before any search."""
        return cls(np.zeros(0), 0.0, 0.0, False)


class Exact:
    """The search for the cheapest choice in one group of linked cells; what it learns, it keeps."""

    def __init__(self, group: Group) -> None:
        self._group = group
        cells = list(group.cells.values())
        self._column = {key: number for number, key in enumerate(group.cells)}
        self._counts = [cell.n for cell in cells]
        self._widths = [cell.threshold for cell in cells]
        self._weights = np.array([cell.weight for cell in cells])
        self._may = np.array([cell.printed and not cell.public for cell in cells])
        self._always = np.array([0.0 if cell.printed or cell.public else 1.0 for cell in cells])
        self._place = np.where(self._may, np.cumsum(self._may) - 1, -1)
        self._reader = Reader(group)
        self._master = Master(self._weights[self._may], self._reader.shared[self._may])
        self._asked: dict[Demand, Asked] = {}
        self._fair: set[Demand] = set()
        for columns in self._reader.sums():
            self._never_alone(columns)

    def _never_alone(self, columns: Sequence[int]) -> None:
        """What is hidden alone in a sum is known at once: it hides nothing, so no best choice has it."""
        if all(self._may[columns]):
            for one in columns:
                factors = np.array([-1.0 if column == one else 1.0 for column in columns])
                self._master.require(Inequality(self._place[columns], factors, 0.0))

    def cheapest(self, demands: Sequence[Demand], effort: int, thorough: bool = False) -> Optimum:
        """Search until a choice meets every demand, the former ones included, or the effort is spent.

        Effort is counted in columns of the reader's programs, never in seconds.
        """
        self._reader.effort = effort
        for demand in demands:
            self._ask(demand)
        choice, bound = self._by_halves()
        for _ in range(MOST_ROUNDS):
            if self._reader.effort <= 0:
                break
            choice, least = self._master.whole(thorough)
            self._reader.effort -= self._master.work // SEARCHED
            self._master.work = 0
            bound = max(bound, least)
            if not self._learn(choice):
                return Optimum(self._hidden(choice), self._master.cost(choice), bound, True)
        return Optimum(self._hidden(choice), self._master.cost(choice), bound, False)

    def told_alone(self, choice: Numbers, protected: Sequence[Key], effort: int) -> list[Demand]:
        """Find what somebody who is alone in a cell could pin in a sum with few hidden cells.

        Only the nearest, and until the effort is spent: the audit looks at all the others.
        """
        keys, victims = list(self._column), {self._column[key] for key in protected}
        found: dict[Demand, None] = {}
        self._reader.effort = effort
        for columns in self._reader.sums():
            open_ = [column for column in columns if choice[column] > 0.5]
            ones = [column for column in open_ if self._counts[column] == 1 and self._widths[column]]
            for one in ones if len(open_) <= FEW else []:
                knows = self._group.known_to(keys[one])
                for victim in (column for column in open_ if column in victims - knows):
                    if self._reader.effort <= 0:
                        return list(found)
                    asked = Asked(victim, 1.0, knows)
                    if self._reader.too_close(choice, asked, self._reader.begin()):
                        found[Demand(keys[victim], self._widths[victim], keys[one])] = None
        return list(found)

    def _hidden(self, choice: Numbers) -> Numbers:
        hidden = self._always.copy()
        hidden[self._may] = np.clip(choice, 0.0, 1.0)
        return hidden

    def _ask(self, demand: Demand) -> None:
        """Take a demand: a protected cell is hidden."""
        column = self._column[demand.key]
        knows = frozenset[int]() if demand.known_by is None else self._group.known_to(demand.known_by)
        if self._may[column]:
            self._master.fix(int(self._place[column]))
        self._asked[demand] = Asked(column, float(1 if knows else demand.width), knows)
        self._fair.discard(demand)

    def _made_fair(self, demand: Demand) -> Asked:
        """Ask no more of a cell than hiding everything would give it: public figures may leave less."""
        if demand not in self._fair:
            asked, everything = self._asked[demand], self._always + self._may
            self._asked[demand] = asked._replace(width=self._reader.reach(everything, asked))
            self._fair.add(demand)
        return self._asked[demand]

    def _by_halves(self) -> tuple[Numbers, float]:
        """Gather inequalities from choices by halves first: each of these masters is quick."""
        last = -1.0
        while True:
            choice, least = self._master.relaxed()
            slow = last >= 0 and least < last + SLOW * max(1.0, last)
            if slow or self._reader.effort <= 0 or not self._learn(choice):
                return choice, least
            last = least

    def _learn(self, choice: Numbers) -> bool:
        """Tell the master what the reader can reckon under a choice; false where all is surely well."""
        hidden = self._hidden(choice)
        seen = self._reader.begin()
        found: dict[bytes, Inequality] = {}
        for demand, asked in list(self._asked.items()):
            if self._reader.effort <= 0:
                break
            worth = self._reader.too_close(hidden, asked, seen)
            if worth is not None and (fair := self._made_fair(demand)) != asked:
                worth = self._reader.too_close(hidden, fair, seen)
            if worth is not None and (cut := self._cut(hidden, *worth)) is not None:
                found[cut.columns.tobytes() + cut.factors.tobytes()] = cut
        for cut in found.values():
            self._master.require(cut)
        return bool(found) or self._reader.effort <= 0

    def _cut(self, hidden: Numbers, columns: np.ndarray, worth: Numbers, width: float) -> Inequality | None:
        """Write `Σ worth × hidden ≥ width` over what may be chosen, no worth more than the width."""
        left = width - float(worth @ self._always[columns])
        if left <= 1e-5:
            return None
        chosen = self._may[columns] & (worth > 0)
        factors = np.minimum(worth[chosen], left) / left
        if float(factors @ hidden[columns[chosen]]) >= 1 - 1e-4:
            return None
        return Inequality(self._place[columns[chosen]], factors, 1.0)
