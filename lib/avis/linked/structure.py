"""What a reader can reckon in the tables of one population: sums over each dimension, printed or not.

For every cell and every dimension that is `Total` in it, the cell is the sum over that dimension's values.
Cells that no file prints but that follow from such sums are latent counts. Missing rows are zeros where sums
come out without them, else latent counts. Where rows come to more than their total, people are in several.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from avis.exhibits import Where
from avis.linked.gathering import KNOWN, Population, View
from avis.linked.levels import Levels
from avis.linked.model import inside, without
from avis.linked.ties import OTHERS, REST, Structure, Sum, Tie
from avis.linked.unsaid import adds_up, leave_unsaid, tops_of

MOST_CELLS = 60_000
"""Cells of one population, printed or latent: beyond, the linear programs would take hours."""


class _Sum(NamedTuple):
    """A cell and its parts in one dimension of one view; `found`: nothing but counts that add up say it."""

    total: Where
    dimension: str
    values: tuple[str, ...]
    view: int
    found: bool = False


def structure(population: Population, levels: Levels, loose: bool = False) -> Structure:
    """Find all cells and ties of a population; `loose` admits a rest beside hidden counts.

    It does so where a row is missing, and in dimensions in which others are seen to stand in no row.
    """
    told: dict[Where, int | None] = {**population.printed, **population.known}
    views = [*population.views, *population.known_views]
    closed = _closed(views, told)
    sums = list(_sums(views, closed, levels))
    found = Structure(dict(told))
    _find_several(sums, told, found)
    _fill(sums, closed, found)
    kept = [one for one in sums if one.total in found.counts]
    found.nobody = _nobody(kept, told)
    unsaid = dict.fromkeys(one for one in kept if _is_unsaid(one, population))
    _tie([one for one in kept if one not in unsaid], found, {view.table: view for view in views}, loose)
    for one in unsaid:
        _tie_unsaid(one, population, tops_of(population, levels, one.dimension), found)
    return found


def _is_unsaid(one: _Sum, population: Population) -> bool:
    """Tell whether nothing but our true counts could say that these parts are all of their total."""
    is_known = one.view == KNOWN and one.dimension not in dict(one.total)  # else it is what contains what
    return is_known and not adds_up(population, one.total, _parts(one))


def _tie_unsaid(one: _Sum, population: Population, tops: Sequence[str], found: Structure) -> None:
    """Tie what the public knows, which is complete only where the tables have no other values (`tops`)."""
    parts = tuple(part for part in _parts(one) if part in found.counts)
    n, total = _amount(found.counts, parts), found.counts[one.total]
    if one.dimension in found.several or (n is not None and total is not None and n > total):
        _part(one, parts, found)
    elif (
        n == total is not None and tops and {*tops} <= {*one.values} and one.dimension not in found.uncounted
    ):
        found.ties.append(Tie(one.total, parts, "sum", KNOWN, one.dimension))
    else:
        leave_unsaid(population, one.total, one.dimension, _parts(one), found)


def _nobody(sums: Sequence[_Sum], told: Mapping[Where, int | None]) -> set[Where]:
    """Give the zeros in the longer of two sums that are one total and differ by nothing but zeros."""
    longest: dict[tuple[Where, str], list[frozenset[Where]]] = {}
    for one in sums:
        if one.found:
            longest.setdefault((one.total, one.dimension), []).append(frozenset(_parts(one)))
    more = {where for sets in longest.values() for a in sets for b in sets if a < b for where in b - a}
    return {where for where in more if told.get(where) == 0}


def _closed(views: Sequence[View], told: Mapping[Where, int | None]) -> dict[Where, int]:
    """Give every cell that is told and all that contain it, each with the first view that has it."""
    closed: dict[Where, int] = {}
    for view in views:
        for where in view.cells:
            for size in range(len(where), -1, -1):
                for chosen in combinations(where, size):
                    closed.setdefault(chosen, view.table)
    for where in told:
        closed.setdefault(where, -1)
    return closed


def _sums(views: Sequence[View], closed: Mapping[Where, int], levels: Levels) -> Iterator[_Sum]:
    """Give each cell with its parts along one dimension: the topmost values, and each value's own parts."""
    seen = set[tuple[Where, str, tuple[str, ...]]]()
    offered: dict[tuple[Where, str], tuple[View, set[str]]] = {}
    for view in views:
        kids: dict[tuple[Where, str], dict[str, None]] = {}
        for where in _closed([view], {}):
            for name, value in where:
                kids.setdefault((without(where, name), name), {})[value] = None
        for (total, name), held in kids.items():
            offered.setdefault((total, name), (view, set()))[1].update(view.values[name])
            if levels.is_mixed(name, view.values[name]):
                continue
            there = [v for v in view.values[name] if v in held or inside(total, name, v) in closed]
            for tops in levels.ways(name, there, view.values[name]):
                one = _Sum(total, name, tops, view.table)
                if (total, name, one.values) not in seen:
                    seen.add((total, name, one.values))
                    yield one
    yield from _told_sums(closed, levels)
    yield from _found_sums(offered, closed, levels)


def _told_sums(closed: Mapping[Where, int], levels: Levels) -> Iterator[_Sum]:
    """Give the cells of each value that contains others, with its parts."""
    for name, partings in levels.partings.items():
        contexts = {without(where, name) for where in closed if any(pair[0] == name for pair in where)}
        for context in sorted(contexts):
            for whole, parts in partings:
                total = inside(context, name, whole)
                there = [value for value in parts if inside(context, name, value) in closed]
                if total in closed and there:
                    yield _Sum(total, name, tuple(there), closed[total])


def _found_sums(
    offered: Mapping[tuple[Where, str], tuple[View, set[str]]], closed: Mapping[Where, int], levels: Levels
) -> Iterator[_Sum]:
    """Give what adds up, wherever tables have all these values: a row that is missing there is nobody."""
    for (context, name), (view, values) in offered.items():
        for whole, parts in levels.sums.get(name, ()):
            total = inside(context, name, whole) if whole else context
            there = [value for value in parts if inside(context, name, value) in closed]
            if values.issuperset((*parts, *([whole] if whole else ()))) and total in closed and there:
                yield _Sum(total, name, tuple(there), view.table, found=True)


def _amount(counts: Mapping[Where, int | None], wheres: Sequence[Where]) -> int | None:
    """Add counts; none where one of them is unknown."""
    told = [counts.get(where) for where in wheres]
    return None if None in told else sum(n for n in told if n is not None)


def _parts(one: _Sum) -> tuple[Where, ...]:
    """Give the parts: values of the dimension in the context of the total (whose own value they replace)."""
    context = without(one.total, one.dimension)
    return tuple(inside(context, one.dimension, value) for value in one.values)


def _find_several(sums: Sequence[_Sum], told: Mapping[Where, int | None], found: Structure) -> None:
    """A dimension whose rows come to more than their total counts people in several rows."""
    for one in sums:
        total = told.get(one.total)
        if total is None or one.found or one.view == KNOWN or one.dimension in dict(one.total):
            continue
        n = sum(told.get(part) or 0 for part in _parts(one))
        if n > total:
            found.several.add(one.dimension)


def _fill(sums: Sequence[_Sum], closed: Mapping[Where, int], found: Structure) -> None:
    """Reckon the cells that nobody prints, from the finest up; what cannot be reckoned is left out."""
    ways: dict[Where, list[_Sum]] = {}
    for one in sums:
        if one.dimension not in found.several and one.dimension not in dict(one.total):
            ways.setdefault(one.total, []).append(one)
    for where in sorted(closed, key=lambda where: (-len(where), where)):
        if where in found.counts:
            continue
        wanted = [_parts(one) for one in ways.get(where, ())]
        amounts = [
            _amount(found.counts, parts) for parts in wanted if all(part in found.counts for part in parts)
        ]
        if amounts:
            found.counts[where] = None if None in amounts else max(n for n in amounts if n is not None)
            found.latent[where] = closed[where]


def _tie(sums: Sequence[_Sum], found: Structure, views: Mapping[int, View], loose: bool) -> None:
    """Write the ties, with a rest where the parts leave something of their total."""
    left: dict[tuple[Where, str], tuple[_Sum, int | None]] = {}
    told: list[tuple[_Sum, tuple[Where, ...], int | None]] = []
    for one in sums:
        parts = tuple(part for part in _parts(one) if part in found.counts)
        if parts:
            total, n = found.counts[one.total], _amount(found.counts, parts)
            rest = None if total is None or n is None else total - n
            if one.found and rest:
                continue
            if rest is not None or one.view != KNOWN:  # what the public knows need not be complete
                told.append((one, parts, rest))
    found.sums = [
        Sum(
            one.total,
            parts,
            one.dimension,
            rest,
            not _lacks(one, found, views),
            one.total not in found.latent,
        )
        for one, parts, rest in told
        if rest is not None and not one.found and one.view != KNOWN
    ]
    found.uncounted |= {one.dimension for one, _, rest in told if rest and rest > 0 and one.view != KNOWN}
    found.uncounted -= found.several
    for one, parts, rest in told:
        if one.dimension in found.several or (rest is not None and rest < 0):
            if rest is None or rest <= 0:
                found.ties.append(Tie(one.total, parts, "cover", one.view, one.dimension))
            _part(one, parts, found)
            if rest == 0:  # here nobody is in two rows: whoever sees that subtracts
                found.ties.append(Tie(one.total, parts, "sum", one.view, one.dimension))
        elif rest == 0 or (rest is None and not (loose and _may_leave(one, found, views))):
            found.ties.append(Tie(one.total, parts, "sum", one.view, one.dimension))
        else:
            left[one.total, one.dimension] = (one, rest)
    _leave(left, found, views)


def _may_leave(one: _Sum, found: Structure, views: Mapping[int, View]) -> bool:
    """Tell whether hidden parts may leave a rest: some do in this dimension, or a row is missing here."""
    return _lacks(one, found, views) or one.dimension in found.uncounted


def _lacks(one: _Sum, found: Structure, views: Mapping[int, View]) -> bool:
    """Tell whether a row that the table has elsewhere is missing here."""
    values = views[one.view].values.get(one.dimension, ()) if one.view in views else ()
    context = without(one.total, one.dimension)
    return any(inside(context, one.dimension, value) not in found.counts for value in values)


def _part(one: _Sum, parts: tuple[Where, ...], found: Structure) -> None:
    """Each part is at most its total, and those who are not in it are a count; so are those in none."""
    for part in parts:
        value = OTHERS + dict(part)[one.dimension]
        others = inside(without(one.total, one.dimension), one.dimension, value)
        if others in found.counts:
            continue
        total, n = found.counts[one.total], found.counts[part]
        if total is not None and n is not None and n > total:
            found.wrong.append(part)
            continue
        found.counts[others] = None if total is None or n is None else total - n
        found.latent[others] = one.view
        found.ties.append(Tie(one.total, (part, others), "sum", one.view, one.dimension))


def _leave(
    left: Mapping[tuple[Where, str], tuple[_Sum, int | None]], found: Structure, views: Mapping[int, View]
) -> None:
    """Place what is left of each total: in the rows that are missing, else in no row at all."""
    missing = {key: _missing(key, one, left, found, views) for key, (one, _) in left.items()}
    for (total, name), (one, rest) in left.items():
        parts = tuple(part for part in _parts(one) if part in found.counts)
        absent = missing[total, name]
        if len(absent) == 1 and (rest is None or found.counts.get(absent[0], rest) == rest):
            where = absent[0]
        else:
            where = inside(without(total, name), name, REST + dict(total).get(name, ""))
        if where not in found.counts:
            found.counts[where] = rest
            found.latent[where] = one.view
        found.ties.append(Tie(total, (*parts, where), "sum", one.view, name))


def _missing(
    key: tuple[Where, str],
    one: _Sum,
    left: Mapping[tuple[Where, str], tuple[_Sum, int | None]],
    found: Structure,
    views: Mapping[int, View],
) -> tuple[Where, ...]:
    """Give the rows that the view does not have and that could hold what is left of this total.

    A row could hold it only if every other total above it leaves something too.
    """
    total, name = key
    view = views.get(one.view)
    if view is None or name in dict(total):
        return ()
    absent = []
    for value in view.values.get(name, ()):
        where = inside(total, name, value)
        if where in found.counts:
            continue
        above = [(without(where, other), other) for other, _ in total]
        if all(parent in left or parent[0] not in found.counts for parent in above):
            absent.append(where)
    return tuple(absent)
