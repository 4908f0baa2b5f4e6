"""Bounds on counts that are not printed, from those that are: whole numbers that were found, never hoped for.

An interval begins at the true count and widens with every other table that a search finds. So it is never
wider than what whole people allow: a search that ends too early leaves it narrower, the safe side, where a
bound of the linear program alone would not be.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from avis.disclosure.deducing.near import Near, Ways
from avis.disclosure.deducing.numbered import Numbered
from avis.disclosure.rules import is_wide
from avis.disclosure.solver import UNLIMITED, Numbers, Program, Row
from avis.findings.model import Key

MOST_EXACT = 300
"""Unknown counts that sums join, up to which every interval is worked out to its ends."""

ROUNDS = 12
"""How often many counts are pushed together before each is pushed by itself."""


@dataclass(frozen=True)
class Interval:
    """The lowest and highest count found to agree with all that is published; no upper end is infinite."""

    low: float
    high: float


class Group:
    """Unknown counts that equations join, and the linear program that bounds them.

    Each question is answered once: the answers are those of a first time, whoever asks again.
    """

    def __init__(self, numbered: Numbered, columns: tuple[int, ...]) -> None:
        self.columns = columns
        self.keys = [numbered.keys[column] for column in columns]
        self.place = {key: number for number, key in enumerate(self.keys)}
        self._numbered = numbered
        self._at = {column: number for number, column in enumerate(columns)}
        self._truth = np.array([numbered.truth[column] for column in columns], dtype=np.float64)
        self._floor = np.array([numbered.floor[column] for column in columns], dtype=np.float64)
        self._threshold = [numbered.threshold[column] for column in columns]
        self._seen: list[Numbers] = []
        rows = numbered.rows_over(columns)
        self._program = Program(rows, self._floor, np.full(len(columns), UNLIMITED)) if rows else None
        self._enlarged = _enlarged(rows, self._truth, max(self._threshold, default=0))
        self._near = Near(rows, self._truth, self._floor)
        self._bounded: dict[tuple[tuple[Key, ...], tuple[Key, ...]], dict[Key, Interval]] = {}
        self._pinned: dict[tuple[Key, tuple[Key, ...]], list[Key]] = {}

    def intervals(self, asked: Sequence[Key], protected: set[Key]) -> dict[Key, Interval]:
        """Push many counts together first: one table found widens the intervals of many."""
        if self._program is None:
            return {key: Interval(self._floor[self.place[key]], float("inf")) for key in asked}
        exact = len(self.keys) <= MOST_EXACT or not protected
        wanted = tuple(key for key in asked if key in protected)
        question = tuple(asked) if exact else wanted, wanted
        if question not in self._bounded:
            self._bounded[question] = self._bound(asked, wanted, exact)
        return {key: self._bounded[question][key] for key in asked}

    def wide(self, asked: Sequence[Key]) -> list[Key]:
        """Give those of the asked counts that stay as wide as their thresholds."""
        if self._program is None:
            return list(asked)
        found, threshold = self._bound((), asked, False), self._threshold
        return [k for k in asked if is_wide(found[k].low, found[k].high, threshold[self.place[k]])]

    def _bound(self, asked: Sequence[Key], wanted: Sequence[Key], exact: bool) -> dict[Key, Interval]:
        place = self.place
        lowest, highest = self._truth.copy(), self._truth.copy()
        self._keep(self._enlarged, lowest, highest)
        for _ in range(ROUNDS):
            narrow = self._narrow(wanted, lowest, highest)
            self._push([place[key] for key in narrow], lowest, highest)
            if len(self._narrow(wanted, lowest, highest)) in (0, len(narrow)):
                break
        for key in self._narrow(wanted, lowest, highest):
            self._widen(key, lowest, highest)
        for key in asked if exact else self._narrow(wanted, lowest, highest):
            column = place[key]
            for way in (-1.0, 1.0):
                if way < 0 or lowest[column] > self._floor[column]:  # no table goes lower than a count can
                    self._keep(self._minimise([column], way), lowest, highest)
        return {key: _interval(lowest[place[key]], highest[place[key]]) for key in self.keys}

    def _push(self, columns: list[int], lowest: Numbers, highest: Numbers) -> None:
        """Move some counts together, down and up, none farther than is asked: so one table serves many."""
        if self._program is None or not columns:
            return
        most = self._truth[columns] + np.array([self._threshold[column] for column in columns])
        self._program.bound(columns, self._floor[columns], most)
        for way in (-1.0, 1.0):
            self._keep(self._program.minimise(self._costs(columns, way)), lowest, highest)
        self._program.bound(columns, self._floor[columns], np.full(len(columns), UNLIMITED))

    def _widen(self, key: Key, lowest: Numbers, highest: Numbers) -> None:
        """Move one count with those near by: up if it can, else down as far as asked, and up for the rest."""
        column, width = self.place[key], float(self._threshold[self.place[key]])
        truth, down = self._truth[column], min(self._truth[column] - self._floor[column], width)
        steps: list[tuple[float, Ways]] = [(width - (truth - lowest[column]), (1,)), (down, (-1,))]
        for far, ways in [*steps, (width - down, (1,))]:
            if far > 0 and self._narrow([key], lowest, highest):
                self._keep(self._near.other(column, far=far, ways=ways), lowest, highest)

    def _narrow(self, keys: Iterable[Key], lowest: Numbers, highest: Numbers) -> list[Key]:
        place, threshold = self.place, self._threshold
        return [k for k in keys if not is_wide(lowest[place[k]], highest[place[k]], threshold[place[k]])]

    def _minimise(self, columns: Sequence[int], way: float) -> Numbers | None:
        return None if self._program is None else self._program.minimise(self._costs(columns, way))

    def _costs(self, columns: Sequence[int], way: float) -> Numbers:
        costs = np.zeros(len(self.keys))
        costs[list(columns)] = way
        return costs

    def _keep(self, found: Numbers | None, lowest: Numbers, highest: Numbers) -> None:
        """Keep a table that agrees with all that is printed: others may ask for what it shows."""
        if found is not None:
            self._seen.append(found)
            np.minimum(lowest, found, out=lowest)
            np.maximum(highest, found, out=highest)

    def alone(self) -> list[Key]:
        """Give the cells in which somebody who may be told of is alone."""
        numbered = self._numbered
        inside = (column for column in self.columns if column in numbered.alone)
        return [numbered.keys[column] for column in inside if numbered.threshold[column]]

    def pinned_with(self, one: Key, victims: Sequence[Key]) -> list[Key]:
        """Fix what somebody alone in a cell knows, and see which protected counts cannot move any more.

        Tables found before that agree with her already show most that can; others are sought for the rest.
        """
        question = one, tuple(victims)
        if question not in self._pinned:
            self._pinned[question] = self._pin(one, victims) if self._program is not None else []
        return self._pinned[question]

    def surely(self, key: Key, one: Key | None = None) -> Interval:
        """Give proven bounds, which no table oversteps, of what somebody alone in a cell can tell."""
        column = self.place[key]
        if self._program is None:
            return Interval(self._floor[column], float("inf"))
        hers = self._hers(one) if one is not None else []
        self._program.bound(hers, self._truth[hers], self._truth[hers])
        low, high = (way * self._program.least(self._costs([column], way)) for way in (1.0, -1.0))
        self._program.bound(hers, self._floor[hers], np.full(len(hers), UNLIMITED))
        return _interval(low, high)

    def _hers(self, one: Key) -> list[int]:
        known = self._numbered.known_to(self.columns[self.place[one]])
        return sorted(self._at[column] for column in known if column in self._at)

    def _pin(self, one: Key, victims: Sequence[Key]) -> list[Key]:
        hers = self._hers(one)
        agreeing = [found for found in self._seen if np.array_equal(found[hers], self._truth[hers])]
        lowest = np.min([self._truth, *agreeing], axis=0)
        highest = np.max([self._truth, *agreeing], axis=0)
        places = {self.place[victim]: victim for victim in victims if self.place[victim] not in set(hers)}
        for place in places:
            if lowest[place] == highest[place]:
                self._keep(self._near.other(place, hers), lowest, highest)
        return [victim for place, victim in places.items() if lowest[place] == highest[place]]


def _enlarged(rows: Sequence[Row], truth: Numbers, threshold: int) -> Numbers | None:
    """Give the true table so many times over, which no row forbids where no known number stands in any."""
    free = all(row.low in (0, -inf) and row.high in (0, inf) for row in rows)
    larger = truth * (1 + threshold)
    return larger if free and larger.max(initial=0) < UNLIMITED else None


def _interval(low: float, high: float) -> Interval:
    return Interval(float(low) + 0.0, float("inf") if high >= UNLIMITED else float(high))
