"""What a reader could deduce from everything published: the audit decides, not the suppressor.

It reckons from the findings and the list of hidden cells alone, by its own path: it shares with
`protect` the named rules, the solver and the reading of earlier editions, not the pool, the choice of
primary cells or the costs.

The rule. Every count that the primary rules protect (see `rules`), printed or not, must keep an
interval at least as wide as its threshold, over all tables at once, in whole non-negative numbers.
Such an interval reaches the threshold, so nobody can conclude that 1 to k − 1 people stand there;
it is never one number; and it does not tell on which side the truth lies. Somebody who is alone in
a cell knows that count, and every count inside it: with her knowledge no other protected count may be
pinned to one number. One pardon: what public figures alone allow to deduce, our tables need not hide,
and cannot; what we state ourselves (a percentage, a mean) is never pardoned.

Limits. Whoever shares a cell with one other person, and knows it, knows more than is tried here; so do
several people who put together what they know. Of tables that cross hers in other variables, somebody is
not taken to know her own place: the findings do not tell it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from avis.disclosure.deducing.deduction import Deduction, Deductions, contradictions
from avis.disclosure.deducing.group import Interval
from avis.disclosure.deducing.knowledge import Facts, learn, without_ours
from avis.disclosure.deducing.numbered import Numbered
from avis.disclosure.editions import Editions
from avis.disclosure.frame import Frame, frame
from avis.disclosure.rules import Rules, is_wide
from avis.errors import Problem, Problems
from avis.exhibits import Table
from avis.findings.model import Finding, Key

__all__ = ["Audit", "Failure", "Interval", "audit", "audit_tables", "read_tables"]


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
    remarks: tuple[Problem, ...] = ()
    """What could not be taken into account (DIS-031, DIS-032)."""

    @property
    def passed(self) -> bool:
        """Publishing is allowed only where nothing failed."""
        return not self.failures


def audit(
    findings: Sequence[Finding], hidden: Iterable[Key], rules: Rules, published: Editions = ()
) -> Audit:
    """Bound each hidden count by all that is shown, earlier editions included; refuse what is narrow.

    Errors: DIS-030 the true counts contradict each other: nothing could be promised of them.
    """
    held = _question(findings, rules, frame(findings, published))
    facts = held.facts
    kept = set(hidden) - facts.public
    known = (facts.printed - kept) | facts.public
    asked = facts.protected | (kept & facts.printed)
    open_facts = held.deductions.knowing(known)
    intervals = open_facts.intervals(asked - known, facts.protected)
    narrow = [key for key in sorted(facts.protected) if not _is_safe(key, facts, intervals)]
    failures = [Failure(key) for key in _unpardoned(narrow, held, known, intervals)]
    if not failures:
        alone = open_facts.pinned_alone(facts.protected - known)
        failures = [Failure(key, one) for key, one in alone if not _is_pinned(held.public.surely(key, one))]
    cells, unseen = len(facts.printed), len(kept & facts.printed)
    return Audit(intervals, tuple(failures), cells, unseen, held.around.remarks)


class _Question:
    """What is asked again for every choice of hidden cells: it depends on none of them."""

    def __init__(self, findings: tuple[Finding, ...], rules: Rules, around: Frame) -> None:
        self.asked = findings, rules
        self.around = around
        self.facts = learn(findings, rules, around)
        _refuse_contradictions(self.facts)
        self.deductions = Deductions(Numbered(self.facts))

    @cached_property
    def public(self) -> Deduction:
        """Give what public figures alone tell."""
        return Deductions(Numbered(without_ours(self.facts))).knowing(self.facts.public)


_LAST: list[_Question] = []
"""The last question: `protect` asks again after each round of hiding, and so does whoever prints."""


def _question(findings: Sequence[Finding], rules: Rules, around: Frame) -> _Question:
    asked = tuple(findings), rules
    if not _LAST or _LAST[0].around is not around or _LAST[0].asked != asked:
        _LAST[:] = []
        _LAST.append(_Question(*asked, around))
    return _LAST[0]


def _refuse_contradictions(facts: Facts) -> None:
    problems = Problems()
    for population in contradictions(facts):
        problems.add("DIS-030", population=population)
    problems.raise_errors()


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
    return replace(found, failures=(*wrong, *found.failures))


def _is_safe(key: Key, facts: Facts, intervals: Mapping[Key, Interval]) -> bool:
    found = intervals.get(key)
    return found is not None and is_wide(found.low, found.high, facts.threshold[key])


def _unpardoned(
    narrow: list[Key], held: _Question, known: set[Key], intervals: Mapping[Key, Interval]
) -> list[Key]:
    """Leave out what public figures alone bound as narrowly: proven, for a search may end too early."""
    public = held.facts.public
    if not narrow or (known == public and not held.facts.ours):
        return []
    asked = [key for key in narrow if key not in public]
    return [key for key in asked if not _holds(intervals.get(key), held.public.surely(key))]


def _holds(found: Interval | None, proven: Interval) -> bool:
    return found is not None and found.low <= proven.low and proven.high <= found.high


def _is_pinned(proven: Interval) -> bool:
    return proven.low == proven.high
