"""The figures of a count table: whole counts, and percentages with the rounding that they show."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from avis.errors import Place, Problems

T = TypeVar("T")

MOST = 999_999
"""Largest count of people: the bounds of the audit end there (see `disclosure.solver`)."""

SLACK = 1e-6
"""Beyond it a percentage is not that of n over its base."""

HIDDEN = -1
"""Stands for an empty count."""

_WHOLE = re.compile(r"[0-9]{1,18}")
_OTHERS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"-[0-9]+([.,][0-9]+)?"), "LIN-006"),
    (re.compile(r"[0-9]{1,3}([ '.,\u00a0\u202f\u2009][0-9]{3})+"), "LIN-007"),
    (re.compile(r"[0-9]+[.,][0-9]+"), "LIN-008"),
    (re.compile(r"[0-9]{19,}"), "LIN-009"),
)
"""What a wrong count may look like, the first that fits; anything else is LIN-005."""

_PERCENT = re.compile(r"([0-9]{1,4})(?:[.,]([0-9]{1,12}))?[\s\u00a0\u202f]*%?")


def each(column: Iterable[str], read: Callable[[str], T]) -> list[T]:
    """Read a column of text, each different text once: a column of 200 000 rows holds few different ones.

    >>> each(["a", "b", "a"], str.upper)
    ['A', 'B', 'A']
    """
    texts = list(column)
    told = {text: read(text) for text in dict.fromkeys(texts)}
    return [told[text] for text in texts]


def trim(text: str) -> str:
    """Take away outer spaces of every kind, and invisible characters at the ends.

    >>> trim("\ufeff\u00a0n ")
    'n'
    """
    return text.strip().strip("\u200b\u200e\u200f\u2060\ufeff").strip()


def read_counts(
    column: Sequence[str], lines: Sequence[int], place: Place, problems: Problems, hidden: bool
) -> list[int]:
    """Read whole counts; an empty one is HIDDEN.

    Errors: LIN-014 empty where nothing may be hidden, LIN-005 no number, LIN-006 negative, LIN-007 thousands,
    LIN-008 decimals, LIN-009 too large.
    """
    read = each(column, lambda text: _count(text, hidden))
    for one, line in zip(read, lines, strict=True):
        if isinstance(one, str):
            problems.add(one, replace(place, line=line, field="n"))
    return [one if isinstance(one, int) else HIDDEN for one in read]


def _count(text: str, hidden: bool) -> int | str:
    """Read one count, or say by which error it is none.

    >>> [_count(text, False) for text in ("12", "", "1 234", "-3", "2,5", "douze", "9999999")]
    [12, 'LIN-014', 'LIN-007', 'LIN-006', 'LIN-008', 'LIN-005', 'LIN-009']
    """
    if not text:
        return HIDDEN if hidden else "LIN-014"
    if _WHOLE.fullmatch(text):
        return int(text) if int(text) <= MOST else "LIN-009"
    return next((code for pattern, code in _OTHERS if pattern.fullmatch(text)), "LIN-005")


def read_percents(
    column: Sequence[str], lines: Sequence[int], place: Place, problems: Problems
) -> list[tuple[float, float] | None]:
    """Bound each percentage by the rounding that its decimals show; none where the cell is empty.

    Errors: LIN-011 no percentage.

    >>> read_percents(["66,7", "50 %", ""], [2, 3, 4], Place(), Problems())
    [(66.65, 66.75), (49.5, 50.5), None]
    """
    read = each(column, _percent)
    for one, text, line in zip(read, column, lines, strict=True):
        if one is None and text:
            problems.add("LIN-011", replace(place, line=line, field="percent"))
    return read


def _percent(text: str) -> tuple[float, float] | None:
    found = _PERCENT.fullmatch(text)
    if not found:
        return None
    decimals = len(found[2] or "")
    half, value = 0.5 * 10.0**-decimals, float(f"{found[1]}.{found[2] or 0}")
    return round(max(0.0, value - half), decimals + 2), round(value + half, decimals + 2)


def fits(low: float, high: float, n: int, of: int) -> bool:
    """Tell whether n is a percentage of its base between two bounds.

    >>> fits(66.65, 66.75, 2, 3), fits(66.65, 66.75, 3, 4)
    (True, False)
    """
    return low * of - SLACK <= 100 * n <= high * of + SLACK
