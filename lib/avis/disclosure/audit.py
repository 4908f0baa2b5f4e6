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

from avis.disclosure.deducing.deduction import Deduction, Interval, contradictions
from avis.disclosure.deducing.knowledge import Facts, learn, without_ours
from avis.disclosure.editions import Editions
from avis.disclosure.frame import frame
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
    around = frame(findings, published)
    facts = learn(findings, rules, around)
    _refuse_contradictions(facts)
    kept = set(hidden) - facts.public
    known = (facts.printed - kept) | facts.public
    asked = facts.protected | (kept & facts.printed)
    open_facts = Deduction(facts, known)
    intervals = open_facts.intervals(asked - known, facts.protected)
    narrow = [key for key in sorted(facts.protected) if not _is_safe(key, facts, intervals)]
    failures = [Failure(key) for key in _unpardoned(narrow, facts, known, intervals)]
    if not failures:
        alone = open_facts.pinned_alone(facts.protected - known)
        failures = [Failure(key, one) for key, one in alone if not _pinned_by_public(key, one, facts)]
    cells, unseen = len(facts.printed), len(kept & facts.printed)
    return Audit(intervals, tuple(failures), cells, unseen, around.remarks)


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
    narrow: list[Key], facts: Facts, known: set[Key], intervals: Mapping[Key, Interval]
) -> list[Key]:
    """Leave out what public figures alone already bound as narrowly."""
    if not narrow or (known == facts.public and not facts.ours):
        return []
    before = Deduction(without_ours(facts), facts.public).intervals(set(narrow) - facts.public)
    return [key for key in narrow if key not in facts.public and before[key] != intervals.get(key)]


def _pinned_by_public(key: Key, one: Key, facts: Facts) -> bool:
    """Tell whether whoever is alone in a cell pins another with public figures alone."""
    return Deduction(without_ours(facts), facts.public).pinned_with(one, key)
