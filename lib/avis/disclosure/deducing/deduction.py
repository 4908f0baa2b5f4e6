"""What follows from what is known: the unknown counts in groups that equations join, each looked at once.

What can be deduced in a group depends on which counts are unknown in it, and on nothing else: the known
ones have their true numbers. So the rounds of an audit, which differ in a few cells, share all other groups.
"""

from __future__ import annotations

from collections.abc import Iterable

from avis.disclosure.deducing.group import Group, Interval
from avis.disclosure.deducing.knowledge import Facts
from avis.disclosure.deducing.numbered import Numbered
from avis.disclosure.magnitudes import is_magnitude
from avis.disclosure.solver import EXACT
from avis.findings.model import Key


class Deductions:
    """All that can be deduced from some facts, whatever is known of them."""

    def __init__(self, numbered: Numbered) -> None:
        self._numbered = numbered
        self._groups: dict[tuple[int, ...], Group] = {}

    def knowing(self, known: Iterable[Key]) -> Deduction:
        """Give what follows from some known counts; only the groups of the last question are kept."""
        numbered, known = self._numbered, set(known)
        told = numbered.settled(known)
        self._groups = {
            columns: self._groups.get(columns) or Group(numbered, columns)
            for columns in numbered.groups(told)
        }
        given = {numbered.keys[column] for column in told} - known
        return Deduction(numbered.facts, given, list(self._groups.values()))


class Deduction:
    """What follows from known counts: the unknown ones in groups."""

    def __init__(self, facts: Facts, told: set[Key], groups: list[Group]) -> None:
        self.facts, self.groups = facts, groups
        self.told = told
        """Counts that sums of known ones give away, one after the other."""

    def intervals(self, asked: set[Key], protected: Iterable[Key] = ()) -> dict[Key, Interval]:
        """Bound each of the asked counts; in a large group the protected ones as far as their threshold."""
        found = {key: Interval(n, n) for key in self.told & asked for n in [float(self.facts.truth[key])]}
        wanted = set(protected)
        for group in self.groups:
            found |= group.intervals([key for key in group.keys if key in asked], wanted)
        return dict(sorted(found.items()))

    def wide(self, asked: set[Key]) -> set[Key]:
        """Give those of the asked counts that stay as wide as their thresholds."""
        return {key for group in self.groups for key in group.wide([k for k in group.keys if k in asked])}

    def pinned_alone(self, protected: set[Key]) -> list[tuple[Key, Key]]:
        """Give what somebody who is alone in a cell could pin, with her cell."""
        found = []
        for group in self.groups:
            victims = [key for key in group.keys if key in protected]
            for one in group.alone():
                found += [(victim, one) for victim in group.pinned_with(one, victims)]
        return found

    def surely(self, key: Key, one: Key | None = None) -> Interval:
        """Give bounds of a count that no table oversteps, also for somebody alone in a cell."""
        if key in self.told:
            return Interval(*[float(self.facts.truth[key])] * 2)
        group = next(group for group in self.groups if key in group.place)
        return group.surely(key, one if one in group.place else None)


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
