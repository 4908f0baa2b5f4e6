"""Margins that no file prints and anybody can add up, so that files of different detail meet in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from avis.exhibits import Where
from avis.linked.gathering import View
from avis.linked.model import without

Tops = Callable[[str, Sequence[str]], Sequence[str]]
"""Gives, of a dimension's values, those that together count everybody once."""


def reckoned(name: str, view: View, told: Mapping[Where, int | None], tops: Tops) -> dict[Where, int | None]:
    """Sum what a table tells over every dimension but one, finest cells first; none where one is hidden.

    Of two ways to the same margin the larger holds: a row that is missing leaves the other too small.
    """
    once = {one: set(tops(one, values)) for one, values in view.values.items() if one != name}
    found: dict[Where, int | None] = {}
    for size in range(max(map(len, view.cells), default=0), 0, -1):
        ways: dict[tuple[Where, str], list[int | None]] = {}
        for where in [one for one in (*view.cells, *found) if len(one) == size]:
            n = told.get(where, found.get(where))
            for dimension, value in where:
                if value in once.get(dimension, ()):
                    ways.setdefault((without(where, dimension), dimension), []).append(n)
        for (where, _), parts in ways.items():
            if where not in told:
                found[where] = _larger(found.get(where), _sum(parts))
    return found


def _sum(parts: Sequence[int | None]) -> int | None:
    """Add counts; none where one of them is hidden."""
    return None if None in parts else sum(n for n in parts if n is not None)


def _larger(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else max(one, other)
