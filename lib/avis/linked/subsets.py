"""Which counts add up to another in every context: a search in steps, which says where it was cut off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]

MOST_STEPS = 20_000
"""Steps of one search for values that add up; a clock would make two runs differ."""


MOST_IN_ALL = 200_000
"""Steps of all searches in one dimension: a few seconds."""


class Steps:
    """What the searches in one dimension may take; `ended` says whether all of them came to their end."""

    def __init__(self) -> None:
        """Begin before any search."""
        self.left = MOST_IN_ALL
        self.ended = True


def adding_up(whole: Counts, parts: Mapping[str, Counts], taken: Steps) -> Iterator[tuple[str, ...]]:
    """Give the parts whose counts are those of the whole in every context, in every way, largest first.

    >>> parts = {"a": np.array([4, 1]), "b": np.array([1, 2]), "c": np.array([9, 0])}
    >>> list(adding_up(np.array([5, 3]), parts, Steps()))
    [('a', 'b')]
    """
    fitting = [(value, n) for value, n in parts.items() if bool(np.all(n <= whole))]
    fitting.sort(key=lambda one: -int(one[1].sum()))
    after = [np.zeros_like(whole)]
    for _, n in reversed(fitting):
        after.append(after[-1] + n)
    after.reverse()
    last = taken.left - MOST_STEPS

    def seek(at: int, left: Counts, chosen: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        taken.left -= 1
        if not left.any():
            yield chosen
            return
        if at == len(fitting) or bool(np.any(after[at] < left)):
            return
        if taken.left < max(last, 0):
            taken.ended = False
            return
        value, n = fitting[at]
        if bool(np.all(n <= left)):
            yield from seek(at + 1, left - n, (*chosen, value))
        yield from seek(at + 1, left, chosen)

    if whole.any():
        yield from seek(0, whole, ())
