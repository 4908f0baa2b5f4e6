"""Values that are sums of others in every context, where nothing in their names says so.

A sum that is true in all that is told only makes protection stricter; one that is missed could be reckoned
by whoever knows the place. So what adds up counts as a level.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from avis.exhibits import Where
from avis.linked.gathering import View
from avis.linked.model import inside, without

MOST_STEPS = 20_000
"""Steps of one search for values that add up; a clock would make two runs differ."""

Parting = tuple[str, tuple[str, ...]]
_Counts = NDArray[np.int64]


def found_levels(
    name: str, view: View, told: Mapping[Where, int | None], others: Sequence[View]
) -> list[Parting]:
    """Find levels inside one table whose rows are more than their total, and towards another table."""
    own = _inside(name, view, told)
    if own:
        return own
    return [
        parting
        for other in others
        if other is not view and name in other.values and not set(other.values[name]) & set(view.values[name])
        for parting in _between(name, view, other, told)
    ]


def _contexts(name: str, view: View) -> list[Where]:
    """Give the cells of a view in which a dimension is `Total` and of which it prints parts."""
    found = {without(where, name): None for where in view.cells if name in dict(where)}
    return list(found)


def _matrix(
    name: str, values: Sequence[str], contexts: Sequence[Where], told: Mapping[Where, int | None]
) -> dict[str, _Counts] | None:
    """Give every value its counts by context, of the contexts in which all are told; none without any."""
    counts = [[told.get(inside(context, name, value), 0) for context in contexts] for value in values]
    clear = [at for at in range(len(contexts)) if all(row[at] is not None for row in counts)]
    if not clear:
        return None
    return {
        value: np.array([row[at] for at in clear], dtype=np.int64)
        for value, row in zip(values, counts, strict=True)
    }


def _inside(name: str, view: View, told: Mapping[Where, int | None]) -> list[Parting]:
    """Take sums of rows for levels where that makes rows add up that came to more than their total."""
    contexts = [at for at in _contexts(name, view) if told.get(at) is not None]
    values = view.values[name]
    counts = _matrix(name, values, contexts, told)
    if counts is None or len(values) < 3:
        return []
    clear = [
        at for at in contexts if all(told.get(inside(at, name, value), 0) is not None for value in values)
    ]
    totals = np.array([told[at] for at in clear], dtype=np.int64)
    if bool(np.all(sum(counts.values()) <= totals)):
        return []
    found: list[Parting] = []
    for whole in values:
        if counts[whole].any():
            rest = {value: counts[value] for value in values if value != whole and counts[value].any()}
            parts = adds_up(counts[whole], rest, at_least=2)
            found += [(whole, parts)] if parts else []
    below = {part for _, parts in found for part in parts}
    tops = sum(counts[value] for value in values if value not in below)
    return found if found and bool(np.all(tops <= totals)) else []


def _between(name: str, coarse: View, fine: View, told: Mapping[Where, int | None]) -> list[Parting]:
    """Take one table's values for sums of another's, where all of them are and none is left over."""
    values, parts = coarse.values[name], fine.values[name]
    if not 1 < len(values) < len(parts):
        return []
    shared = set(_contexts(name, fine))
    contexts = [at for at in _contexts(name, coarse) if at in shared]
    counts = _matrix(name, (*values, *parts), contexts, told)
    if counts is None:
        return []
    left = {part: counts[part] for part in parts}
    found = []
    for whole in sorted(values, key=lambda value: int(counts[value].sum())):
        chosen = adds_up(counts[whole], {p: n for p, n in left.items() if n.any()}, at_least=1)
        if not chosen:
            return []
        found.append((whole, chosen))
        left = {part: n for part, n in left.items() if part not in chosen}
    return found if not any(n.any() for n in left.values()) else []


def adds_up(whole: _Counts, parts: Mapping[str, _Counts], at_least: int) -> tuple[str, ...]:
    """Find parts whose counts are those of the whole in every context; nothing where there are none.

    >>> adds_up(np.array([5, 3]), {"a": np.array([4, 1]), "b": np.array([1, 2]), "c": np.array([9, 0])}, 2)
    ('a', 'b')
    """
    fitting = [(value, n) for value, n in parts.items() if bool(np.all(n <= whole))]
    fitting.sort(key=lambda one: -int(one[1].sum()))
    after = [np.zeros_like(whole)]
    for _, n in reversed(fitting):
        after.append(after[-1] + n)
    after.reverse()
    steps = 0

    def seek(at: int, left: _Counts, taken: tuple[str, ...]) -> tuple[str, ...]:
        nonlocal steps
        steps += 1
        if not left.any():
            return taken if len(taken) >= at_least else ()
        if steps > MOST_STEPS or at == len(fitting) or bool(np.any(after[at] < left)):
            return ()
        value, n = fitting[at]
        if bool(np.all(n <= left)):
            found = seek(at + 1, left - n, (*taken, value))
            if found:
                return found
        return seek(at + 1, left, taken)

    return seek(0, whole, ())
