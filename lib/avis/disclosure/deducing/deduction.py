"""Bounds on counts that are not printed, from those that are: whole numbers that were found, never hoped for.

An interval begins at the true count and widens with every other table that a search finds. So it is never
wider than what whole people allow: a search that ends too early leaves it narrower, the safe side, where a
bound of the linear program alone would not be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from avis.disclosure.deducing.knowledge import Facts
from avis.disclosure.magnitudes import is_magnitude
from avis.disclosure.rules import is_wide
from avis.disclosure.solver import EXACT, UNLIMITED, Numbers, Program, Row, connected
from avis.findings.model import Key

MOST_EXACT = 300
"""Unknown counts that sums join, up to which every interval is worked out to its ends."""

ROUNDS = 8
"""How often many counts are pushed together before each is pushed by itself."""


@dataclass(frozen=True)
class Interval:
    """The lowest and highest count found to agree with all that is published; no upper end is infinite."""

    low: float
    high: float


class Deduction:
    """What follows from known counts: the unknown ones are the columns, linked ones together."""

    def __init__(self, facts: Facts, known: set[Key]) -> None:
        self.facts = facts
        told = _settled(facts, known)
        self.told = told - known
        """Counts that sums of known ones give away, one after the other."""
        self.unknown = [key for key in sorted(facts.truth) if key not in told]
        column = {key: number for number, key in enumerate(self.unknown)}
        rows = []
        for terms, (low, high) in facts.equations.items():
            given = sum(factor * facts.truth[key] for key, factor in terms if key not in column)
            left = tuple((column[key], factor) for key, factor in terms if key in column)
            if left:
                rows.append(Row(left, low - given, high - given))
        nested = _nested(facts)
        parts = _parts(len(self.unknown), rows)
        self.groups = [Group(facts, nested, self.unknown, *part) for part in parts]

    def intervals(self, asked: set[Key], protected: Iterable[Key] = ()) -> dict[Key, Interval]:
        """Bound each of the asked counts; in a large group the protected ones as far as their threshold."""
        found = {key: Interval(n, n) for key in self.told & asked for n in [float(self.facts.truth[key])]}
        wanted = set(protected)
        for group in self.groups:
            found |= group.intervals([key for key in group.keys if key in asked], wanted)
        return dict(sorted(found.items()))

    def pinned_alone(self, protected: set[Key]) -> list[tuple[Key, Key]]:
        """Give what somebody who is alone in a cell could pin, with her cell."""
        found = []
        for group in self.groups:
            victims = [key for key in group.keys if key in protected]
            for one in [key for key in group.keys if key in self.facts.alone and self.facts.threshold[key]]:
                found += [(victim, one) for victim in group.pinned_with(one, victims)]
        return found

    def pinned_with(self, one: Key, victim: Key) -> bool:
        """Tell whether somebody alone in one cell pins another."""
        if victim in self.told:
            return True
        group = next(group for group in self.groups if victim in group.keys)
        return bool(group.pinned_with(one, [victim])) if one in group.keys else False


def _settled(facts: Facts, known: set[Key]) -> set[Key]:
    """Follow sums with one unknown count, and sums to nothing; what they give is the truth."""
    told = set(known)
    rows = [(terms, low, high) for terms, (low, high) in facts.equations.items()]
    holding: dict[Key, list[int]] = {}
    for number, (terms, _, _) in enumerate(rows):
        for key, _ in terms:
            holding.setdefault(key, []).append(number)
    ahead = list(range(len(rows)))[::-1]
    while ahead:
        terms, low, high = rows[ahead.pop()]
        left = [(key, factor) for key, factor in terms if key not in told]
        if not left or high != low:
            continue
        given = low - sum(factor * facts.truth[key] for key, factor in terms if key in told)
        same = len({factor > 0 for _, factor in left}) == 1
        least = sum(factor * facts.floor.get(key, 0) for key, factor in left)
        if len(left) == 1 or (same and abs(given - least) <= EXACT):
            told |= {key for key, _ in left}
            ahead += [number for key, _ in left for number in holding[key]]
    return told


class _Nested(NamedTuple):
    """Which cells lie inside which, by the sums: the parts of a total, and the totals of a part."""

    parts: dict[Key, set[Key]]
    totals: dict[Key, set[Key]]


def _nested(facts: Facts) -> _Nested:
    found = _Nested({}, {})
    for terms, (low, high) in facts.equations.items():
        (total, factor), *parts = terms
        if (low, high) == (0, 0) and factor == 1 and all(held == -1 for _, held in parts):
            for part, _ in parts:
                if part[:2] == total[:2]:
                    found.parts.setdefault(total, set()).add(part)
                    found.totals.setdefault(part, set()).add(total)
    return found


def _reached(start: Key, steps: Mapping[Key, set[Key]]) -> set[Key]:
    reached, ahead = set[Key](), [start]
    while ahead:
        new = steps.get(ahead.pop(), set()) - reached
        reached |= new
        ahead += new
    return reached


def _parts(size: int, rows: Sequence[Row]) -> list[tuple[list[int], list[Row]]]:
    groups = connected(size, rows)
    group_of = {column: number for number, group in enumerate(groups) for column in group}
    own: list[list[Row]] = [[] for _ in groups]
    for row in rows:
        own[group_of[row.terms[0][0]]].append(row)
    return list(zip(groups, own, strict=True))


class Group:
    """Unknown counts that equations join, and the linear program that bounds them."""

    def __init__(
        self, facts: Facts, nested: _Nested, unknown: list[Key], columns: list[int], rows: list[Row]
    ) -> None:
        self.keys = [unknown[column] for column in columns]
        self._facts, self._nested = facts, nested
        self._truth = np.array([facts.truth[key] for key in self.keys], dtype=np.float64)
        self._floor = np.array([facts.floor.get(key, 0) for key in self.keys], dtype=np.float64)
        place = {column: number for number, column in enumerate(columns)}
        own = [Row(tuple((place[c], f) for c, f in row.terms), row.low, row.high) for row in rows]
        self._place = {key: number for number, key in enumerate(self.keys)}
        self._seen: list[Numbers] = []
        self._program = Program(own, self._floor, np.full(len(columns), UNLIMITED)) if own else None

    def intervals(self, asked: Sequence[Key], protected: set[Key]) -> dict[Key, Interval]:
        """Push many counts together first: one table found widens the intervals of many."""
        place = self._place
        lowest, highest = self._truth.copy(), self._truth.copy()
        if self._program is None:
            return {key: Interval(self._floor[place[key]], float("inf")) for key in asked}
        exact = len(self.keys) <= MOST_EXACT or not protected
        wanted = [key for key in asked if key in protected]
        for _ in range(ROUNDS if wanted else 0):
            narrow = self._narrow(wanted, lowest, highest)
            for way in (-1.0, 1.0):
                self._seek([place[key] for key in narrow], way, lowest, highest)
            if len(self._narrow(wanted, lowest, highest)) in (0, len(narrow)):
                break
        for key in asked if exact else wanted:
            column = place[key]
            for way in (-1.0, 1.0):
                if way > 0 and lowest[column] == self._floor[column]:
                    continue  # some table found before goes as low as a count can
                if exact or self._narrow([key], lowest, highest):
                    self._seek([column], way, lowest, highest)
        return {key: _interval(lowest[place[key]], highest[place[key]]) for key in asked}

    def _narrow(self, keys: Iterable[Key], lowest: Numbers, highest: Numbers) -> list[Key]:
        place, threshold = self._place, self._facts.threshold
        return [key for key in keys if not is_wide(lowest[place[key]], highest[place[key]], threshold[key])]

    def _seek(self, columns: Sequence[int], way: float, lowest: Numbers, highest: Numbers) -> None:
        """Push some counts down (`way` 1) or up (−1) together, and keep what that shows to be possible."""
        if self._program is None or not len(columns):
            return
        costs = np.zeros(len(self.keys))
        costs[list(columns)] = way
        found = self._program.minimise(costs)
        if found is not None:
            self._seen.append(found)
            np.minimum(lowest, found, out=lowest)
            np.maximum(highest, found, out=highest)

    def pinned_with(self, one: Key, victims: Sequence[Key]) -> list[Key]:
        """Fix what somebody alone in a cell knows, and see which protected counts cannot move any more.

        Tables found before that agree with her already show most that can; the others are sought all
        together, and then one by one.
        """
        if self._program is None:
            return []
        hers = self._known_to(one)
        agreeing = [found for found in self._seen if np.array_equal(found[hers], self._truth[hers])]
        lowest = np.min([self._truth, *agreeing], axis=0)
        highest = np.max([self._truth, *agreeing], axis=0)
        places = {self._place[victim]: victim for victim in victims if self._place[victim] not in set(hers)}
        if all(lowest[place] < highest[place] for place in places):
            return []
        self._program.bound(hers, self._truth[hers], self._truth[hers])
        for way in (1.0, -1.0):
            self._seek([p for p in places if lowest[p] == highest[p]], way, lowest, highest)
        for place in places:
            for way in (1.0, -1.0):
                if lowest[place] == highest[place]:
                    self._seek([place], way, lowest, highest)
        self._program.bound(hers, self._floor[hers], np.full(len(hers), UNLIMITED))
        return [victim for place, victim in places.items() if lowest[place] == highest[place]]

    def _known_to(self, one: Key) -> list[int]:
        """What somebody alone in a cell knows of it and of herself, by columns.

        Cells inside hers hold her or nobody, and she knows which; a cell around hers in which she is
        alone too is known to her as well. Of other cells she knows that she is one of those in it.
        """
        below, above = _reached(one, self._nested.parts), _reached(one, self._nested.totals)
        return [
            column
            for column, key in enumerate(self.keys)
            if key == one
            or (self._facts.threshold[key] and (key in below or (key in above and key in self._facts.alone)))
        ]


def _interval(low: float, high: float) -> Interval:
    return Interval(float(low) + 0.0, float("inf") if high >= UNLIMITED else float(high))


def contradictions(facts: Facts) -> list[str]:
    """Give the populations in which a true count breaks a row: a fault of software or data.

    >>> contradictions(Facts({}, {}, {}, set(), set(), {}, set()))
    []
    """
    wrong = {key.population for key, least in facts.floor.items() if facts.truth.get(key, least) < least}
    for terms, (low, high) in facts.equations.items():
        total = sum(factor * facts.truth[key] for key, factor in terms)
        room = len(terms) if is_magnitude(terms[0][0].measure) else EXACT  # amounts are rounded one by one
        if not low - room <= total <= high + room:
            wrong.add(terms[0][0].population)
    return sorted(wrong)
