"""Trials that protect again, each dear: no more of them than a page may wait for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def worth_it(
    trials: Iterable[tuple[T, int]], given_back: Callable[[T], int], most: int
) -> list[tuple[int, T]]:
    """Give what gives counts back, most first; each trial comes with how many counts it protects again.

    Trials end where they would protect more than `most` counts in all, a clock would make two runs differ;
    the first is always made.

    >>> worth_it([("a", 9), ("bcde", 9), ("fgh", 9)], len, 20)
    [(4, 'bcde'), (1, 'a')]
    """
    found, work = list[tuple[int, T]](), 0
    for trial, size in trials:
        work += size
        if work > max(most, size):
            break
        if (given := given_back(trial)) > 0:
            found.append((given, trial))
    return sorted(found, key=lambda item: -item[0])
