"""Other tables found near by: most counts can move with the few around them, while all others stand still.

What is found so agrees with everything printed, as the true table does; what is not found near by is then
sought in the whole group.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from heapq import heappop, heappush

import numpy as np

from avis.disclosure.solver import UNLIMITED, Numbers, Program, Row

REACHES = (60, 300, 100_000)
"""Unknown counts that may move around one, at first and then: one person moves few of them."""


class Near:
    """The true numbers of a group of unknown counts, and the small programs around each of them."""

    def __init__(self, rows: Sequence[Row], truth: Numbers, floor: Numbers) -> None:
        self._rows, self._truth, self._floor = rows, truth, floor
        self._holding: list[list[int]] = [[] for _ in truth]
        for number, row in enumerate(rows):
            for column, _ in row.terms:
                self._holding[column].append(number)
        self._made: dict[tuple[int, int], _Moves | None] = {}

    def other(self, column: int, known: Collection[int]) -> Numbers | None:
        """Give a table in which a count is one off the true one; what is known stands still."""
        for reach in REACHES:
            moves = self._moves(column, reach)
            found = moves.least(column, known) if moves is not None else None
            if moves is not None and found is not None:
                whole = self._truth.copy()
                whole[moves.columns] += found
                return whole
        return None

    def _moves(self, column: int, reach: int) -> _Moves | None:
        """Give the program around a count; none where the count cannot move in it, whoever asks."""
        if (column, reach) not in self._made:
            made = self._around(column, reach)
            self._made[column, reach] = made if made.least(column, ()) is not None else None
        return self._made[column, reach]

    def _around(self, column: int, reach: int) -> _Moves:
        columns = self._reached(column, reach)
        place = {held: number for number, held in enumerate(columns)}
        rows = []
        for number in sorted({number for held in columns for number in self._holding[held]}):
            row = self._rows[number]
            terms = tuple((place[c], factor) for c, factor in row.terms if c in place)
            truth = sum(factor * self._truth[c] for c, factor in row.terms)
            rows.append(Row(terms, row.low - truth, row.high - truth))
        return _Moves(columns, rows, (self._truth - self._floor)[columns])

    def _reached(self, column: int, reach: int) -> list[int]:
        """Give the counts around one; those that many tables share lead elsewhere, and are followed last."""
        reached, seen = {column}, set[int]()
        ahead = [(0, column)]
        while ahead and len(reached) < reach:
            _, here = heappop(ahead)
            for number in self._holding[here]:
                if number not in seen:
                    seen.add(number)
                    for held, _ in self._rows[number].terms:
                        if held not in reached:
                            reached.add(held)
                            heappush(ahead, (len(self._holding[held]), held))
        return sorted(reached)


class _Moves:
    """How far some counts may stand from their true numbers, more and less, all others standing still."""

    def __init__(self, columns: list[int], rows: Sequence[Row], down: Numbers) -> None:
        self.columns = columns
        size = len(columns)
        both = [
            Row((*row.terms, *((place + size, -factor) for place, factor in row.terms)), row.low, row.high)
            for row in rows
        ]
        self._most = np.concatenate([np.full(size, UNLIMITED), down])
        self._costs = np.ones(2 * size)
        self._program = Program(both, np.zeros(2 * size), self._most)

    def least(self, column: int, known: Collection[int]) -> Numbers | None:
        """Give the shortest way to a table in which a count is one less, or else one more."""
        size, at = len(self.columns), self.columns.index(column)
        still = [place for place, held in enumerate(self.columns) if held in known]
        still += [place + size for place in still]
        self._bound(still, 0.0)
        found = None
        for place in (at + size, at):
            if found is None and self._most[place] >= 1:
                self._program.bound([place], np.ones(1), np.ones(1))
                self._bound([2 * at + size - place], 0.0)
                found = self._program.minimise(self._costs)
                self._program.bound([at, at + size], np.zeros(2), self._most[[at, at + size]])
        self._program.bound(still, np.zeros(len(still)), self._most[still])
        return None if found is None else found[:size] - found[size:]

    def _bound(self, places: Sequence[int], most: float) -> None:
        self._program.bound(places, np.zeros(len(places)), np.full(len(places), most))
