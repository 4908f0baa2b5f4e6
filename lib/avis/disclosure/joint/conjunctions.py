"""Counts of one population as conjunctions of what one record says: which variables each of them is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import TypeAlias

from avis.disclosure.joint.partitions import Sum, Values, View, split_of, views_of
from avis.exhibits import Where
from avis.findings.model import Finding, Key, ref_key

Spot: TypeAlias = Mapping[str, Values]
"""Where a count stands: for each of its variables the leaves that it holds."""

Edge: TypeAlias = frozenset[str]
Atoms: TypeAlias = tuple[Values, ...]

RECORDS = ("people", "attendances")
"""What a record is of: hours and money are not whole, and have rules of their own."""

INSIDE, OUTSIDE = frozenset({"in"}), frozenset({"out"})


@dataclass
class People:
    """All that is counted of one population by one measure, printed or not, with every sum between counts."""

    sample: Finding
    counts: dict[Key, int] = field(default_factory=dict)
    printed: set[Key] = field(default_factory=set)
    nobody: set[Key] = field(default_factory=set)
    """Zeros that anybody knows."""
    sums: list[Sum] = field(default_factory=list)


def peoples(findings: Iterable[Finding]) -> list[People]:
    """Gather the counts of people by population and measure, in the order of their names."""
    found: dict[tuple[str, str], People] = {}
    protected = [finding for finding in findings if finding.protect and finding.measure in RECORDS]
    for finding in protected:
        counted = [(key, int(cell.n or 0), True) for key, cell in finding.keyed()]
        counted += [(ref_key(held.cell, finding.measure), int(held.n), False) for held in finding.latent]
        for key, n, printed in counted:
            people = found.setdefault(key[:2], People(finding))
            people.counts.setdefault(key, n)
            if printed:
                people.printed.add(key)
        for where in finding.public:
            key = finding.key(where)
            if key[:2] in found and found[key[:2]].counts.get(key) == 0:
                found[key[:2]].nobody.add(key)
    for finding in protected:
        for one in _sums(finding):
            held = found.get(one.total[:2])
            if held is not None and all(key in held.counts for key in (one.total, *one.parts)):
                held.sums.append(one)
    return [found[name] for name in sorted(found)]


def _sums(finding: Finding) -> Iterator[Sum]:
    for relation in finding.relations:
        parts = tuple(finding.key(where) for where in relation.parts)
        yield Sum(finding.key(relation.total), parts, relation.kind == "sum")
    for link in finding.links:
        parts = tuple(ref_key(ref, finding.measure) for ref in link.parts)
        yield Sum(ref_key(link.total, finding.measure), parts, link.kind == "sum")


class Records:
    """One reading of a population: its variables, their atoms, and the tables that cross them.

    A condition on something that parts nobody (people who came to a workshop, who may have come to an
    appointment too) makes a group inside the population: a variable of its own, in or out. Several such
    conditions together are one group, for "a workshop in Lyon" is no overlap of two groups.
    """

    def __init__(self, people: People, groups: bool = True) -> None:
        self.people = people
        self._views = views_of(people.sums)
        self._value: dict[tuple[str, str], list[View]] = {
            (variable, value): [view for view in views if value in view.under]
            for variable, views in self._views.items()
            for view in views
            for value in view.under
        }
        self._variable = {view.name: name for name, views in self._views.items() for view in views}
        self._view = {view.name: view for views in self._views.values() for view in views}
        self.split = {one.total for one in people.sums if one.exact and _parts_one_variable(one)}
        self._exact = [one for one in people.sums if one.exact]
        self._holding: dict[Key, list[int]] = {}
        for number, one in enumerate(self._exact):
            for part in dict.fromkeys(one.parts):
                self._holding.setdefault(part, []).append(number)
        wheres = [set(key.where) for key in people.printed]
        self.common = frozenset(set.intersection(*wheres) if wheres else ())
        self._named: dict[str, Where] = {}
        self._zeros: dict[Edge, list[Spot]] = {}
        self.spots: dict[Key, list[Spot]] = {}
        for key in sorted(people.counts):
            spots = self._place(key, groups)
            if spots:
                self.spots[key] = spots
        self.atoms = self._atoms()
        self.edges: dict[Edge, dict[tuple[Values, ...], Key]] = {}
        for key, places in self.spots.items():
            for spot in places:
                self.edges.setdefault(frozenset(spot), {})[tuple(spot[name] for name in sorted(spot))] = key

    def _place(self, key: Key, groups: bool) -> list[Spot]:
        """Say which leaves of which variables a count holds; nothing where it cannot be said."""
        pairs = set(key.where) - self.common
        apart = tuple(sorted(pair for pair in pairs if pair not in self._value))
        if apart and (not groups or key not in self.people.printed):
            return []
        spot: dict[str, Values] = {}
        if apart:
            name = f"group {apart}"
            self._named[name] = apart
            spot[name] = INSIDE
        plain = sorted(pairs - set(apart))
        several = next((pair for pair in plain if len(self._value[pair]) > 1), None)
        for pair in plain:
            view = self._value[pair][0]
            if pair != several:
                spot[view.name] = view.under[pair[1]]
        if several is None:
            return [spot]
        return [spot | {view.name: view.under[several[1]]} for view in self._value[several]]

    def _atoms(self) -> dict[str, Atoms]:
        """Part the leaves of each variable as finely as some table that crosses it needs, and no finer."""
        used: dict[str, set[Values]] = {}
        for spot in (spot for spots in self.spots.values() for spot in spots):
            if len(spot) > 1:
                for name, leaves in spot.items():
                    used.setdefault(name, set()).add(leaves)
        found: dict[str, Atoms] = {}
        for name, sets in sorted(used.items()):
            if name in self._named:
                found[name] = (INSIDE, OUTSIDE)
                continue
            alike: dict[tuple[bool, ...], set[str]] = {}
            ordered = sorted(sets, key=sorted)
            for leaf in sorted(self._view[name].leaves):
                alike.setdefault(tuple(leaf in one for one in ordered), set()).add(leaf)
            found[name] = tuple(sorted((frozenset(one) for one in alike.values()), key=sorted))
        return found

    def is_group(self, name: str) -> bool:
        """Tell whether a variable is only a group, in or out, of which the outside is printed nowhere."""
        return name in self._named

    def grid(self, names: Edge) -> list[tuple[Values, ...]]:
        """All combinations of atoms of some variables, in the order of their names."""
        return list(product(*(self.atoms[name] for name in sorted(names))))

    def size(self, names: Edge) -> int:
        """How many combinations of atoms there are."""
        return prod(len(self.atoms[name]) for name in names)

    def complete(self, names: Edge) -> bool:
        """Tell whether one table counts every combination; outside a group, the group is subtracted."""
        held = self.edges.get(names, {})
        groups = [name for name in names if self.is_group(name)]
        if len(groups) > 1 or not names <= self.atoms.keys():
            return False
        wanted = [at for at in self.grid(names) if OUTSIDE not in at or not groups]
        return all(at in held for at in wanted) and (not groups or self.complete(names - set(groups)))

    def key(self, names: Edge, at: Sequence[Values]) -> Key:
        """Name the count of a combination of atoms: the key of a cell where one has these conditions."""
        known = self.edges.get(names, {}).get(tuple(at))
        if known is not None:
            return known
        pairs = set(self.common)
        for name, atom in zip(sorted(names), at, strict=True):
            if self.is_group(name):
                pairs |= set(self._named[name]) if atom == INSIDE else {(name, "out")}
                continue
            value = next((v for v, under in sorted(self._view[name].under.items()) if under == atom), None)
            pairs.add((name, "|".join(sorted(atom))) if value is None else (self._variable[name], value))
        sample = next(iter(self.people.counts))
        return Key(sample.population, sample.measure, tuple(sorted(pairs)))

    def is_empty(self, names: Edge, at: Sequence[Values]) -> bool:
        """Tell whether anybody knows that nobody is here: inside a known zero."""
        if names not in self._zeros:
            known = [spot for key in sorted(self.people.nobody) for spot in self.spots.get(key, ())]
            self._zeros[names] = [spot for spot in known if spot.keys() <= names]
        place = dict(zip(sorted(names), at, strict=True))
        return any(all(place[name] <= leaves for name, leaves in spot.items()) for spot in self._zeros[names])

    def fits(self, place: Spot) -> bool:
        """Tell whether a count is made of whole atoms: not when it is finer than every table that crosses."""
        return all(
            leaves == frozenset().union(*(atom for atom in self.atoms[name] if atom <= leaves))
            for name, leaves in place.items()
        )

    def tied(self, inside: Iterable[Key]) -> set[Key]:
        """Give the counts that sums lead to from the cells of a table, one after the other."""
        found, left = set(inside), dict[int, int]()
        ahead = sorted(found)
        while ahead:
            for number in self._holding.get(ahead.pop(), ()):
                one = self._exact[number]
                left[number] = left.get(number, len(set(one.parts))) - 1
                if not left[number] and one.total not in found:
                    found.add(one.total)
                    ahead.append(one.total)
        return found


def _parts_one_variable(one: Sum) -> bool:
    return split_of(one.total.where, [part.where for part in one.parts]) is not None
