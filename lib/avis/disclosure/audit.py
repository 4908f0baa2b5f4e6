"""What a reader could deduce from everything published: the audit decides, not the suppressor.

It reckons from the findings and the list of hidden cells alone, by its own path: it shares with
`protect` the named rules, the solver and the reading of earlier editions, not the pool, the choice of
primary cells or the costs.

The rule. Every count that the primary rules protect (see `rules`), printed or not, must keep an
interval at least as wide as its threshold, over all tables at once, in whole non-negative numbers.
Such an interval reaches the threshold, so nobody can conclude that 1 to k − 1 people stand there;
it is never one number; and it does not tell on which side the truth lies. Somebody who is alone in
a cell knows that count: with her knowledge no other protected count may be pinned to one number.
One pardon: what public figures alone allow to deduce, our tables need not hide, and cannot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from avis.disclosure.editions import Editions
from avis.disclosure.frame import frame
from avis.disclosure.knowledge import Facts, learn
from avis.disclosure.rules import Rules, is_wide
from avis.disclosure.solver import UNLIMITED, Numbers, Program, Row, connected
from avis.exhibits import Table
from avis.findings.model import Finding, Key


@dataclass(frozen=True)
class Interval:
    """The lowest and highest count that agree with all that is published; no upper end is infinite."""

    low: float
    high: float


@dataclass(frozen=True)
class Failure:
    """A count that could be deduced; `known_by` names the cell of somebody who could do it alone."""

    key: Key
    known_by: Key | None = None


@dataclass(frozen=True)
class Audit:
    """The verdict, with what could be deduced of each hidden or unprinted count."""

    intervals: Mapping[Key, Interval]
    failures: tuple[Failure, ...]
    cells: int
    hidden: int

    @property
    def passed(self) -> bool:
        """Publishing is allowed only where nothing failed."""
        return not self.failures


def audit(
    findings: Sequence[Finding], hidden: Iterable[Key], rules: Rules, published: Editions = ()
) -> Audit:
    """Bound each hidden count by all that is shown, earlier editions included; refuse what is narrow."""
    facts = learn(findings, rules, frame(findings, published))
    kept = set(hidden) - facts.public
    known = (facts.printed - kept) | facts.public
    asked = facts.protected | (kept & facts.printed)
    open_facts = _Deduction(facts, known)
    intervals = open_facts.intervals(asked - known)
    narrow = [key for key in sorted(facts.protected) if not _is_safe(key, facts, intervals)]
    failures = [Failure(key) for key in _unpardoned(narrow, facts, known, intervals)]
    if not failures:
        failures = open_facts.deduced_alone(facts.protected - known)
        failures = [f for f in failures if not _pinned_by_public(f, facts)]
    return Audit(intervals, tuple(failures), len(facts.printed), len(kept & facts.printed))


def read_tables(
    findings: Sequence[Finding], tables: Sequence[Table]
) -> tuple[frozenset[Key], tuple[Failure, ...]]:
    """Read from the tables themselves what they hide, and where a number betrays it.

    A count that is hidden in one table and printed in another is not hidden. A hidden cell that
    still carries a number, or a shown one that differs from the count, is a failure.
    """
    printed = {table.id: table for table in tables}
    shown, hidden, wrong = set[Key](), set[Key](), list[Failure]()
    for finding in findings:
        table = printed.get(finding.id)
        places = {} if table is None else {cell.where: cell for cell in table.cells}
        for key, cell in finding.keyed():
            there = places.get(cell.where)
            if there is not None and there.status == "hidden":
                hidden.add(key)
                if (there.n, there.share, there.high) != (None, None, None):
                    wrong.append(Failure(key))
            else:
                shown.add(key)
                if there is not None and there.n != cell.n:
                    wrong.append(Failure(key))
    return frozenset(hidden - shown), tuple(wrong)


def audit_tables(
    findings: Sequence[Finding], tables: Sequence[Table], rules: Rules, published: Editions = ()
) -> Audit:
    """Audit what is really printed: tables as they will be handed over, not a list of intentions."""
    hidden, wrong = read_tables(findings, tables)
    found = audit(findings, hidden, rules, published)
    return Audit(found.intervals, (*wrong, *found.failures), found.cells, found.hidden)


def _is_safe(key: Key, facts: Facts, intervals: Mapping[Key, Interval]) -> bool:
    found = intervals.get(key)
    return found is not None and is_wide(found.low, found.high, facts.threshold[key])


def _unpardoned(
    narrow: list[Key], facts: Facts, known: set[Key], intervals: Mapping[Key, Interval]
) -> list[Key]:
    """Leave out what public figures alone already bound as narrowly."""
    if not narrow or known == facts.public:
        return [] if known == facts.public else narrow
    before = _Deduction(facts, facts.public).intervals(set(narrow) - facts.public)
    return [key for key in narrow if key not in facts.public and before[key] != intervals.get(key)]


def _pinned_by_public(failure: Failure, facts: Facts) -> bool:
    known = facts.public | ({failure.known_by} if failure.known_by else set())
    found = _Deduction(facts, known).intervals({failure.key})[failure.key]
    return found.low == found.high


class _Deduction:
    """What follows from known counts: the unknown ones are the columns, linked ones together."""

    def __init__(self, facts: Facts, known: set[Key]) -> None:
        self.facts = facts
        self.unknown = [key for key in sorted(facts.truth) if key not in known]
        column = {key: number for number, key in enumerate(self.unknown)}
        rows = []
        for terms, (low, high) in facts.equations.items():
            given = sum(factor * facts.truth[key] for key, factor in terms if key not in column)
            left = tuple((column[key], factor) for key, factor in terms if key in column)
            if left:
                rows.append(Row(left, low - given, high - given))
        self.groups = [_Group(facts, self.unknown, *part) for part in _parts(len(self.unknown), rows)]

    def intervals(self, asked: set[Key]) -> dict[Key, Interval]:
        """Bound each of the asked counts."""
        found: dict[Key, Interval] = {}
        for group in self.groups:
            found |= group.intervals([key for key in group.keys if key in asked])
        return dict(sorted(found.items()))

    def deduced_alone(self, protected: set[Key]) -> list[Failure]:
        """Find what somebody who knows that a cell is herself alone could pin."""
        found = []
        for group in self.groups:
            victims = [key for key in group.keys if key in protected]
            for one in [key for key in group.keys if key in self.facts.alone]:
                found += group.pinned_with(one, victims)
        return found


def _parts(size: int, rows: Sequence[Row]) -> list[tuple[list[int], list[Row]]]:
    groups = connected(size, rows)
    group_of = {column: number for number, group in enumerate(groups) for column in group}
    own: list[list[Row]] = [[] for _ in groups]
    for row in rows:
        own[group_of[row.terms[0][0]]].append(row)
    return list(zip(groups, own, strict=True))


class _Group:
    """Unknown counts that equations join, and the linear program that bounds them."""

    def __init__(self, facts: Facts, unknown: list[Key], columns: list[int], rows: list[Row]) -> None:
        self.keys = [unknown[column] for column in columns]
        self.truth = np.array([facts.truth[key] for key in self.keys], dtype=np.float64)
        self.floor = np.array([facts.floor.get(key, 0) for key in self.keys], dtype=np.float64)
        place = {column: number for number, column in enumerate(columns)}
        own = [Row(tuple((place[c], f) for c, f in row.terms), row.low, row.high) for row in rows]
        self._place = {key: number for number, key in enumerate(self.keys)}
        self._seen: list[Numbers] = []
        self._program = Program(own, self.floor, np.full(len(columns), UNLIMITED)) if own else None

    def intervals(self, asked: Sequence[Key]) -> dict[Key, Interval]:
        place = self._place
        lowest, highest = self.truth.copy(), self.truth.copy()
        if self._program is None:
            return {key: Interval(self.floor[place[key]], float("inf")) for key in asked}
        for key in asked:
            column = place[key]
            for way in (1.0, -1.0):
                if way > 0 and lowest[column] == self.floor[column]:
                    continue  # some table found before goes as low as a count can
                self._seek([column], way, lowest, highest)
        return {key: _interval(lowest[place[key]], highest[place[key]]) for key in asked}

    def _seek(self, columns: Sequence[int], way: float, lowest: Numbers, highest: Numbers) -> None:
        """Push some counts down (`way` 1) or up (−1) together, and keep what that shows to be possible."""
        costs = np.zeros(len(self.keys))
        costs[columns] = way
        found = self._program.minimise(costs) if self._program else None
        if found is not None:
            self._seen.append(found)
            np.minimum(lowest, found, out=lowest)
            np.maximum(highest, found, out=highest)

    def pinned_with(self, one: Key, victims: Sequence[Key]) -> list[Failure]:
        """Fix one cell at its truth and see which protected ones cannot move any more.

        Tables found before in which that cell is true already show most that can; the others are
        sought all together, and then one by one.
        """
        if self._program is None:
            return []
        column = self._place[one]
        hers = self.truth[[column]]
        agreeing = [found for found in self._seen if found[column] == hers[0]]
        lowest = np.min([self.truth, *agreeing], axis=0)
        highest = np.max([self.truth, *agreeing], axis=0)
        places = {self._place[victim]: victim for victim in victims if victim != one}
        self._program.bound([column], hers, hers)
        for way in (1.0, -1.0):
            self._seek([p for p in places if lowest[p] == highest[p]], way, lowest, highest)
        for place in places:
            for way in (1.0, -1.0):
                if lowest[place] == highest[place]:
                    self._seek([place], way, lowest, highest)
        self._program.bound([column], self.floor[[column]], np.full(1, UNLIMITED))
        return [Failure(victim, one) for place, victim in places.items() if lowest[place] == highest[place]]


def _interval(low: float, high: float) -> Interval:
    return Interval(float(low), float("inf") if high >= UNLIMITED else float(high))
