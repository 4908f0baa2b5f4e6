"""Values that contain others: declared, read from ages and periods, or found because counts add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from avis.exhibits import Where
from avis.linked.adding import Parting, below, found_sums
from avis.linked.gathering import Population
from avis.linked.model import inside, reached, without
from avis.linked.spans import disjoint, overlap, partings

Declared = Mapping[str, Sequence[tuple[str, str]]]
"""For each dimension, pairs of a value and the value that contains it."""


@dataclass(frozen=True)
class Levels:
    """For each dimension, what its values are made of; `found` says in which that was found, and how."""

    partings: Mapping[str, tuple[Parting, ...]] = field(default_factory=dict)
    found: tuple[tuple[str, str], ...] = ()
    sums: Mapping[str, tuple[Parting, ...]] = field(default_factory=dict)
    """What adds up besides, without being one tree; the whole `EVERYONE` is the total."""
    mixed: Mapping[str, frozenset[frozenset[str]]] = field(default_factory=dict)
    """For each dimension, the values of tables whose total is parted as `sums` say, not in all values."""
    cut: tuple[str, ...] = ()
    """Dimensions in which the search for what adds up stopped before its end."""

    def is_mixed(self, dimension: str, values: Sequence[str]) -> bool:
        """Tell whether these values of one table are several levels, which `sums` part."""
        return frozenset(values) in self.mixed.get(dimension, ())

    def ways(self, dimension: str, there: Sequence[str], values: Sequence[str]) -> list[tuple[str, ...]]:
        """Give all ways to count everybody once with the values that are there, of those that a table has.

        A band that is missing is nobody: where those that are there overlap, the table's own ways hold.
        """
        tops = self.topmost(dimension, there)
        ways = disjoint(tops, there)
        if len(there) < len(values) and ways == [tuple(tops)] and overlap(tops):
            every = disjoint(self.topmost(dimension, values), values)
            left = [tuple(value for value in way if value in there) for way in every]
            return [way for way in dict.fromkeys(left) if way and not overlap(way)] or ways
        return ways

    def once(self, dimension: str, values: Sequence[str]) -> tuple[str, ...]:
        """Give one way to count everybody once with all these values."""
        return self.ways(dimension, values, values)[0]

    def topmost(self, dimension: str, values: Sequence[str]) -> list[str]:
        """Leave out the values that stand inside another of these values."""
        covered = below(values, self.partings.get(dimension, ()))
        return [value for value in values if value not in covered]


def find_levels(population: Population, declared: Declared, arithmetic: bool = True) -> Levels:
    """Find what contains what in the dimensions of a population.

    What is declared holds, and what the names of ages and periods say; what adds up everywhere besides.
    """
    views = [*population.views, *population.known_views]
    told: dict[Where, int | None] = {**population.printed, **population.known}
    chosen: dict[str, tuple[Parting, ...]] = {}
    added: dict[str, tuple[Parting, ...]] = {}
    mixed: dict[str, frozenset[frozenset[str]]] = {}
    ways: list[tuple[str, str]] = []
    cut: list[str] = []
    names = sorted({name for view in views for name in view.values})
    for name in names:
        values = list(dict.fromkeys(v for view in views for v in view.values.get(name, ())))
        said = _declared(declared.get(name, ()), values)
        named = [one for one in partings(values) if one[0] not in dict(said) and _holds(name, one, told)]
        if kept := _laminar(dict.fromkeys([*said, *named])):
            chosen[name] = kept
        ways += [(name, "named")] if named else []
    said_so = Levels(dict(chosen))
    for name in names if arithmetic else ():
        kept = chosen.get(name, ())
        sums = found_sums(name, views, told, kept, said_so.once)
        if kept := _laminar(dict.fromkeys([*kept, *sums.tops])):
            chosen[name] = kept
        added[name] = tuple(dict.fromkeys(sums.partings))
        mixed[name] = frozenset(sums.mixed)
        ways += [(name, "added")] if sums.found else []
        cut += [] if sums.steps.ended else [name]
    return Levels(chosen, tuple(ways), added, mixed, tuple(cut))


def _declared(pairs: Iterable[tuple[str, str]], values: Sequence[str]) -> list[Parting]:
    """Give each declared parent its values; a parent that no table has stands for nothing."""
    parts: dict[str, list[str]] = {}
    for value, parent in pairs:
        if value in values and parent in values:
            parts.setdefault(parent, []).append(value)
    return [(parent, tuple(dict.fromkeys(below))) for parent, below in parts.items()]


def _holds(name: str, parting: Parting, told: Mapping[Where, int | None]) -> bool:
    """Tell whether parts come to no more than their whole wherever all are told."""
    whole, parts = parting
    for where, total in told.items():
        if total is not None and (name, whole) in where:
            context = without(where, name)
            if sum(told.get(inside(context, name, part)) or 0 for part in parts) > total:
                return False
    return True


def _laminar(known: Iterable[Parting]) -> tuple[Parting, ...]:
    """Leave out what would put a value inside itself."""
    kept: list[Parting] = []
    within: dict[str, set[str]] = {}
    for whole, parts in known:
        if whole not in parts and whole not in reached(parts, within):
            kept.append((whole, parts))
            within.setdefault(whole, set()).update(parts)
    return tuple(kept)
