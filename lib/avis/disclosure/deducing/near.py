"""Other tables found near by: most counts can move with the few around them, while all others stand still.

What is found so agrees with everything printed, as the true table does; what is not found near by is then
sought in the whole group.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from heapq import heappop, heappush
from typing import Literal, TypeAlias

import numpy as np

from avis.disclosure.solver import UNLIMITED, Numbers, Program, Row

Ways: TypeAlias = tuple[Literal[-1, 1], ...]

REACHES = (60, 300, 100_000)
"""Unknown counts that may move around one, at first and then: one person moves few of them."""


class Near:
    """The true numbers of a group of unknown counts, and the small programs around each of them."""

    def __init__(self, rows: Sequence[Row], truth: Numbers, floor: Numbers) -> None:
        self._truth, self._floor = truth, floor
        self._rows = [_from_truth(row, truth) for row in rows]
        self._holding: list[list[int]] = [[] for _ in truth]
        for number, row in enumerate(rows):
            for column, _ in row.terms:
                self._holding[column].append(number)
        self._moving: dict[tuple[int, int], _Moves | None] = {}
        self._made: dict[tuple[int, ...], _Moves] = {}

    def other(
        self, column: int, known: Collection[int] = (), far: float = 1.0, ways: Ways = (-1, 1)
    ) -> Numbers | None:
        """Give a table with a count so far below the true one, or else above; what is known stands still.

        None where not even the linear program over all counts knows of one, or no whole numbers were found.
        """
        for reach in REACHES:
            moves = self._moves(column, reach)
            found = moves.least(column, known, far, ways) if moves is not None else None
            if moves is not None and found is not None:
                whole = self._truth.copy()
                whole[moves.columns] += found
                return whole
            if reach >= len(self._truth):
                break
        return None

    def _moves(self, column: int, reach: int) -> _Moves | None:
        """Give the program around a count; none where the count cannot move in it, whoever asks."""
        if (column, reach) not in self._moving:
            made = self._around(column, reach)
            self._moving[column, reach] = made if made.least(column, (), 1.0, (-1, 1)) is not None else None
        return self._moving[column, reach]

    def _around(self, column: int, reach: int) -> _Moves:
        """Make the program over some counts once, whichever of them is asked about."""
        columns = self._reached(column, reach)
        if columns not in self._made:
            place = {held: number for number, held in enumerate(columns)}
            rows = [self._rows[n] for n in sorted({n for held in columns for n in self._holding[held]})]
            near = [
                Row(tuple((place[c], factor) for c, factor in row.terms if c in place), row.low, row.high)
                for row in rows
            ]
            self._made[columns] = _Moves(list(columns), near, (self._truth - self._floor)[list(columns)])
        return self._made[columns]

    def _reached(self, column: int, reach: int) -> tuple[int, ...]:
        """Give the counts around one; those that many tables share lead elsewhere, and are followed last."""
        if reach >= len(self._holding):
            return tuple(range(len(self._holding)))
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
        return tuple(sorted(reached))


def _from_truth(row: Row, truth: Numbers) -> Row:
    """Write a row over the distances from the true counts."""
    given = float(sum(factor * truth[column] for column, factor in row.terms))
    return Row(row.terms, row.low - given, row.high - given)


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

    def least(self, column: int, known: Collection[int], far: float, ways: Ways) -> Numbers | None:
        """Give the shortest way to a table in which a count is so much lower (−1), or higher (1), or more."""
        size, at = len(self.columns), self.columns.index(column)
        still = [place for place, held in enumerate(self.columns) if held in known]
        still += [place + size for place in still]
        self._bound(still, 0.0)
        found = None
        for place in (at if way > 0 else at + size for way in ways):
            if found is None and self._most[place] >= far:
                self._program.bound([place], np.full(1, far), self._most[[place]])
                self._bound([2 * at + size - place], 0.0)
                found = self._program.some(self._costs)
                self._program.bound([at, at + size], np.zeros(2), self._most[[at, at + size]])
        self._program.bound(still, np.zeros(len(still)), self._most[still])
        return None if found is None else found[:size] - found[size:]

    def _bound(self, places: Sequence[int], most: float) -> None:
        self._program.bound(places, np.zeros(len(places)), np.full(len(places), most))
