"""Counts and equations by numbers: made once, for every question about the same facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from avis.disclosure.deducing.knowledge import Facts
from avis.disclosure.solver import EXACT, Row, connected
from avis.findings.model import Key

Steps: TypeAlias = Mapping[int, set[int]]


class Numbered:
    """Every count as a column, in the order of the keys, and every equation as a row over all of them."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.keys = sorted(facts.truth)
        self.column = {key: number for number, key in enumerate(self.keys)}
        self.truth = [facts.truth[key] for key in self.keys]
        self.floor = [facts.floor.get(key, 0) for key in self.keys]
        self.threshold = [facts.threshold[key] for key in self.keys]
        self.alone = {self.column[key] for key in facts.alone if key in self.column}
        self.rows: list[Row] = []
        self._holding: list[list[int]] = [[] for _ in self.keys]
        for terms, (low, high) in facts.equations.items():
            row = Row(tuple((self.column[key], factor) for key, factor in terms), low, high)
            for column, _ in row.terms:
                self._holding[column].append(len(self.rows))
            self.rows.append(row)
        self._parts, self._totals = self._nested()

    def settled(self, known: Iterable[Key]) -> set[int]:
        """Follow sums with one unknown count, and sums to nothing; what they give is the truth."""
        truth, floor = self.truth, self.floor
        told = {self.column[key] for key in known if key in self.column}
        ahead = list(range(len(self.rows)))[::-1]
        while ahead:
            row = self.rows[ahead.pop()]
            if row.low != row.high:
                continue
            left = [(column, factor) for column, factor in row.terms if column not in told]
            if not left:
                continue
            given = row.low - sum(factor * truth[column] for column, factor in row.terms if column in told)
            same = len({factor > 0 for _, factor in left}) == 1
            least = sum(factor * floor[column] for column, factor in left)
            if len(left) == 1 or (same and abs(given - least) <= EXACT):
                told.update(column for column, _ in left)
                ahead += [number for column, _ in left for number in self._holding[column]]
        return told

    def groups(self, told: set[int]) -> list[tuple[int, ...]]:
        """Part the columns that nobody was told into groups that no row joins, by their first columns."""
        open_ = ([column for column, _ in row.terms if column not in told] for row in self.rows)
        return [tuple(group) for group in connected(len(self.keys), open_) if group[0] not in told]

    def rows_over(self, columns: tuple[int, ...]) -> list[Row]:
        """Write the rows that hold some columns over their places; every other count in them is known."""
        place = {column: number for number, column in enumerate(columns)}
        found = []
        for number in sorted({number for column in columns for number in self._holding[column]}):
            row = self.rows[number]
            terms = tuple((place[c], factor) for c, factor in row.terms if c in place)
            given = sum(factor * self.truth[c] for c, factor in row.terms if c not in place)
            found.append(Row(terms, row.low - given, row.high - given))
        return found

    def known_to(self, one: int) -> set[int]:
        """What somebody alone in a cell knows of it and of herself, by columns.

        Cells inside hers hold her or nobody, and she knows which; a cell around hers in which she is
        alone too is known to her as well. Of other cells she knows that she is one of those in it.
        """
        known = _reached(one, self._parts) | (_reached(one, self._totals) & self.alone)
        return {one, *(column for column in known if self.threshold[column])}

    def _nested(self) -> tuple[Steps, Steps]:
        """Which cells lie inside which, by the sums: the parts of a total, and the totals of a part."""
        inside, around = dict[int, set[int]](), dict[int, set[int]]()
        for row in self.rows:
            (total, factor), *parts = row.terms
            if (row.low, row.high) == (0, 0) and factor == 1 and all(held == -1 for _, held in parts):
                for part, _ in parts:
                    if self.keys[part][:2] == self.keys[total][:2]:
                        inside.setdefault(total, set()).add(part)
                        around.setdefault(part, set()).add(total)
        return inside, around


def _reached(start: int, steps: Steps) -> set[int]:
    reached, ahead = set[int](), [start]
    while ahead:
        new = steps.get(ahead.pop(), set()) - reached
        reached |= new
        ahead += new
    return reached
