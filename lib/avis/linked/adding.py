"""Sums between values of one dimension that are true wherever all is told, where no name says so.

A sum that is true only makes protection stricter; one that is missed could be reckoned by whoever knows the
place. So all of them count, until those found imply every other: regions and their towns in one column, two
files at two levels, a region that is its only town.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from avis.exhibits import Where
from avis.linked.equations import Basis, rank
from avis.linked.gathering import KNOWN, View
from avis.linked.margins import Tops, reckoned
from avis.linked.model import inside, reached, without
from avis.linked.subsets import Counts, Steps, adding_up

MOST_VALUES = 400
"""Values of two tables whose levels are searched; that more are not, `Sums.steps` says."""

LEAST_CONTEXTS = 3
"""Where no total is told, sums that come out by chance are left out: they must hold in so many counts."""

EVERYONE = ""
"""The whole of a parting of the total itself."""

Parting = tuple[str, tuple[str, ...]]


@dataclass
class Sums:
    """What adds up in one dimension: partings of values and of everyone.

    `mixed`: sets of values of one table that hold several levels; the total is parted as found, not in all.
    """

    partings: list[Parting] = field(default_factory=list)
    mixed: set[frozenset[str]] = field(default_factory=set)
    tops: list[Parting] = field(default_factory=list)
    """Partings beside which others stand in no row."""
    steps: Steps = field(default_factory=Steps)

    @property
    def found(self) -> bool:
        """Tell whether anything adds up."""
        return bool(self.partings or self.tops)


@dataclass
class _Clear:
    """Counts by value and the totals, over the contexts in which all of them are told."""

    counts: dict[str, Counts]
    totals: Counts | None

    def sum_of(self, values: Sequence[str]) -> Counts:
        """Add the counts of some values, context by context."""
        nothing = np.zeros(len(next(iter(self.counts.values()))), dtype=np.int64)
        return sum((self.counts[value] for value in values), nothing)


@dataclass
class _Group:
    """The tables that have the same values: the contexts that they print, and those that can be reckoned."""

    values: dict[str, None] = field(default_factory=dict)
    contexts: dict[Where, None] = field(default_factory=dict)
    margins: dict[Where, None] = field(default_factory=dict)


@dataclass
class _Asked:
    """One dimension: what stands inside what already, what counts everybody once, and what is found."""

    name: str
    known: Sequence[Parting]
    tops: Tops
    found: Sums = field(default_factory=Sums)


def found_sums(
    name: str,
    views: Sequence[View],
    told: Mapping[Where, int | None],
    known: Sequence[Parting],
    tops: Tops,
) -> Sums:
    """Find what adds up inside each table's values, and between those of two tables.

    `known` says which values stand inside which already, `tops` which of them count everybody once.
    """
    asked = _Asked(name, known, tops)
    groups, everything = _grouped(name, views, told, tops)
    for group in groups:
        if clear := _clear(name, list(group.values), list(group.contexts), told):
            _inside(asked, clear)
    wholes = {whole for whole, _ in known}
    for one, other in combinations(groups, 2):
        sides = list(one.values), list(other.values)
        if any(wholes.union(a).issuperset(b) for a, b in (sides, sides[::-1])):
            continue  # what contains what is said already
        values = list(dict.fromkeys([*sides[0], *sides[1]]))
        shared = [at for at in one.contexts if at in other.contexts]
        every = [at for at in one.contexts | one.margins if at in other.contexts or at in other.margins]
        meetings = [(shared, told), (every, everything)] if len(every) > len(shared) else [(shared, told)]
        for contexts, counts in meetings:
            if clear := _clear(name, values, contexts, counts):
                _between(asked, clear, sides)
    return asked.found


def _grouped(
    name: str, views: Sequence[View], told: Mapping[Where, int | None], tops: Tops
) -> tuple[list[_Group], dict[Where, int | None]]:
    """Bring the tables together that have the same values; give all counts, those that are reckoned too."""
    groups: dict[frozenset[str], _Group] = {}
    everything = dict(told)
    for view in views:
        if name in view.values:
            group = groups.setdefault(frozenset(view.values[name]), _Group())
            margins = reckoned(name, view, told, tops) if view.table != KNOWN else {}  # no whole table
            everything = {**margins, **everything}
            group.values.update(dict.fromkeys(view.values[name]))
            group.contexts.update(_contexts(name, view.cells))
            group.margins.update(_contexts(name, margins))
    return list(groups.values()), everything


def _contexts(name: str, cells: Iterable[Where]) -> dict[Where, None]:
    """Give where some value of a dimension has a count."""
    return {without(where, name): None for where in cells if name in dict(where)}


def _clear(
    name: str, values: Sequence[str], contexts: Sequence[Where], told: Mapping[Where, int | None]
) -> _Clear | None:
    """Give every value its counts in the contexts in which all are told; a row that is missing is nobody."""
    rows = {
        at: [told.get(inside(at, name, value), 0) for value in values]
        for at in contexts
        if told.get(at, 0) is not None
    }
    clear = [at for at, row in rows.items() if None not in row]
    if not clear or len(values) < 3:
        return None
    table = np.array([rows[at] for at in clear], dtype=np.int64)
    whole = [told[at] for at in clear if at in told]
    totals = np.array(whole, dtype=np.int64) if len(whole) == len(clear) else None
    return _Clear({value: table[:, at] for at, value in enumerate(values)}, totals)


def _inside(asked: _Asked, clear: _Clear) -> None:
    """Explain rows that come to more than their total; without totals, take what adds up many times.

    Every row must have its place: two of three answers may come to everybody by chance.
    """
    values, found = list(clear.counts), asked.found
    if clear.totals is None:
        if len(clear.counts[values[0]]) >= LEAST_CONTEXTS:
            sums = _search(clear, asked.known, found.steps)
            found.partings += [one for one in sums if _is_often(one, clear)]
        return
    if bool(np.all(clear.sum_of(asked.tops(asked.name, values)) <= clear.totals)):
        return
    sums = _search(clear, asked.known, found.steps)
    placed = below([EVERYONE], [*sums, *asked.known])
    placed |= {whole for whole, parts in sums if placed.issuperset(parts)}  # it stands beside its parts
    if all(value in placed for value, n in clear.counts.items() if n.any()):
        found.partings += sums
        found.mixed.add(frozenset(values))
        return
    sums = [one for one in sums if one[0] != EVERYONE]
    lower = below(values, asked.known) | {part for _, parts in sums for part in parts}
    highest = clear.sum_of([value for value in values if value not in lower])
    if sums and bool(np.all(highest <= clear.totals)):
        found.tops += sums


def _is_often(parting: Parting, clear: _Clear) -> bool:
    """Tell whether a sum holds in so many contexts that chance is out of the question."""
    whole, parts = parting
    several = sum((clear.counts[part] > 0).astype(np.int64) for part in parts)
    return len(parts) > 1 and int((clear.counts[whole] > 0).sum()) >= LEAST_CONTEXTS <= int(
        np.sum(several > 1)
    )


def _between(asked: _Asked, clear: _Clear, sides: tuple[Sequence[str], Sequence[str]]) -> None:
    """Find what two tables that part the same people in two ways tell of each other."""
    own = [asked.tops(asked.name, side) for side in sides]
    one, other = (clear.sum_of(side) for side in own)
    if clear.totals is None:
        if not bool(np.all(one == other)):
            return
        clear.totals = one
    told = [
        (EVERYONE, tuple(side))
        for side, n in zip(own, (one, other), strict=True)
        if bool(np.all(n == clear.totals))
    ]
    asked.found.partings += _search(clear, [*told, *asked.known], asked.found.steps)


def below(values: Iterable[str], known: Iterable[Parting]) -> set[str]:
    """Give what stands inside one of these values, at any depth."""
    within: dict[str, set[str]] = {}
    for whole, parts in known:
        within.setdefault(whole, set()).update(parts)
    return reached(values, within)


def _search(clear: _Clear, known: Sequence[Parting], steps: Steps) -> list[Parting]:
    """Give partings that hold, until they imply every other; values that are nobody stand in one of them."""
    if len(clear.counts) > MOST_VALUES:
        steps.ended = False
        return []
    filled = {value: n for value, n in clear.counts.items() if n.any()}
    nobody = tuple(value for value in clear.counts if value not in filled)
    order = [*filled, EVERYONE] if clear.totals is not None else list(filled)
    basis = Basis(order)
    for whole, parts in known:
        if {whole, *parts} - {EVERYONE} <= clear.counts.keys():
            basis.add(whole, [part for part in parts if part in filled])
    counts = [clear.totals if value == EVERYONE else filled[value] for value in order]
    most = len(order) - rank([np.asarray(n) for n in counts])
    found: list[Parting] = []
    for whole in sorted(filled, key=lambda value: (int(filled[value].sum()), value)):
        rest = {value: n for value, n in filled.items() if value != whole}
        found += _new(whole, filled[whole], rest, basis, most, steps)
    if clear.totals is not None:
        found += _new(EVERYONE, clear.totals, filled, basis, most, steps)
    if found and nobody:
        whole, parts = found[-1]
        found.append((whole, (*parts, *nobody)))
    return found


def _new(
    whole: str, n: Counts, rest: Mapping[str, Counts], basis: Basis, most: int, steps: Steps
) -> Iterator[Parting]:
    for parts in adding_up(n, rest, steps):
        if len(basis.rows) >= most:
            return
        if basis.add(whole, parts):
            yield whole, parts
