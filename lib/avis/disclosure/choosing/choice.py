"""The choice of cells in one group: by proof where that is quick, from near to near where it is not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from avis.disclosure.choosing.exact import Exact, Optimum
from avis.disclosure.choosing.pool import Group
from avis.disclosure.choosing.repair import Demand, Repair, is_crowded
from avis.disclosure.solver import Numbers, TooMuchWork, Work
from avis.findings.model import Key

QUICK = 120
"""The effort of a usual search for each cell, in columns of linear programs: more gains next to nothing."""

AT_LEAST = 1000
"""A smaller group is searched like one of so many cells."""

ALONE = 8
"""How often a choice is looked at with the eyes of those who are alone in a cell, before the audit does."""

SMALL = 300
"""A group of so few printed cells is searched whole: nothing is left alone to be quick."""

LARGE = 5_000
"""A larger group in which nearly all must be hidden is hidden whole: minutes would give few cells back."""

MOST_WORK = 1e9
"""What mending one group may take, in steps times rows: a minute or so. Then the group is hidden whole."""

PATIENT = 60_000_000
"""The effort of a search that somebody asked to be exact."""


class Choice:
    """One group of linked cells, what is asked of it, and what is hidden in it."""

    def __init__(self, group: Group, demands: Sequence[Demand], exact: bool) -> None:
        self._group = group
        self._thorough = exact or sum(cell.printed for cell in group.cells.values()) <= SMALL
        self._asked = dict.fromkeys(demands)
        self._repair: Repair | None = None
        self._exact, self._found = Exact(group), Optimum.nothing()
        self._effort = PATIENT if exact else QUICK * max(len(group.cells), AT_LEAST)
        self._work = Work() if exact else Work(MOST_WORK)
        self.whole = not exact and len(group.cells) > LARGE and is_crowded(group, len(demands))
        """Whether the search was left, and all is hidden."""
        if not self.whole:
            self._within_work(lambda: self._search(demands))

    def _within_work(self, search: Callable[[], None]) -> None:
        """Hide the whole group where searching takes too long: that is safe, and gives an answer."""
        try:
            search()
        except TooMuchWork:
            self.whole = True

    def _search(self, demands: Sequence[Demand]) -> None:
        self._found = self._exact.cheapest(demands, self._effort, self._thorough)
        for _ in range(ALONE):
            new = self._told_alone(self._found.choice) if self._found.met else []
            if not new:
                break
            self._found = self._exact.cheapest(new, self._effort, self._thorough)
        if not self._found.met:
            self._mend()

    def _mend(self) -> None:
        """Follow what the search wished for as far as it led, and mend the rest near by."""
        wish = self._found.choice if len(self._found.choice) else None
        self._repair = Repair(self._group, wish, self._work)
        self._repair.meet(self._asked)
        self._repair.clean()
        hidden = set(self._repair.hidden())
        if new := self._told_alone(np.array([float(key in hidden) for key in self._group.cells])):
            self._repair.insist(new)

    def _told_alone(self, choice: Numbers) -> list[Demand]:
        """Ask what those who are alone in a cell could pin, before the audit does."""
        protected = [demand.key for demand in self._asked if demand.known_by is None]
        return self._not_asked(self._exact.told_alone(choice, protected, self._effort))

    def _not_asked(self, demands: Sequence[Demand]) -> list[Demand]:
        """Give those that nobody asked before, and remember them."""
        new = [demand for demand in demands if demand not in self._asked]
        self._asked |= dict.fromkeys(new)
        return new

    def holds(self, key: Key) -> bool:
        """Tell whether a cell is in this group."""
        return key in self._group.cells

    def insist(self, demands: Sequence[Demand]) -> None:
        """Take the audit's refusals; one that comes back needs whole numbers, which `Repair` finds."""
        if not self.whole:
            self._within_work(lambda: self._insist(demands))

    def _insist(self, demands: Sequence[Demand]) -> None:
        new = self._not_asked(demands)
        if self._repair is None and len(new) == len(demands):
            self._search(new)
        elif self._repair is None:
            self._mend()
        else:
            self._repair.insist(demands)

    def hidden(self) -> list[Key]:
        """Give the cells that are hidden in this group."""
        if self.whole:
            return [key for key, cell in self._group.cells.items() if cell.printed and not cell.public]
        if self._repair is not None:
            return self._repair.hidden()
        return [key for key, y in zip(self._group.cells, self._found.choice, strict=True) if y > 0.5]

    @property
    def bound(self) -> float:
        """The cost that no choice in this group can be under."""
        return self._found.bound
