"""The figures of a count table: whole counts, and percentages with the rounding that they show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from avis.errors import Place, Problems

MOST = 999_999
"""Largest count of people: the bounds of the audit end there (see `disclosure.solver`)."""

HIDDEN = -1
"""Stands for an empty count."""

_KINDS: tuple[tuple[str, str], ...] = (
    (r"[0-9]{1,18}", ""),
    (r"-[0-9]+([.,][0-9]+)?", "LIN-006"),
    (r"[0-9]{1,3}([ '.,\u00a0\u202f\u2009][0-9]{3})+", "LIN-007"),
    (r"[0-9]+[.,][0-9]+", "LIN-008"),
    (r"[0-9]{19,}", "LIN-009"),
)
"""What a count may look like, the first that fits; anything else is LIN-005."""


def read_counts(
    column: pd.Series[str], lines: pd.Series[int], place: Place, problems: Problems, hidden: bool
) -> Sequence[int]:
    """Read whole counts; an empty one is HIDDEN.

    Errors: LIN-014 empty where nothing may be hidden, LIN-005 no number, LIN-006 negative, LIN-007 thousands,
    LIN-008 decimals, LIN-009 too large.
    """
    left = column != ""
    place = replace(place, field="n")
    if not hidden:
        _tell("LIN-014", lines[~left], place, problems)
    for pattern, code in _KINDS:
        fits = left & column.str.fullmatch(pattern)
        if code:
            _tell(code, lines[fits], place, problems)
        left &= ~fits
    _tell("LIN-005", lines[left], place, problems)
    counts = pd.to_numeric(column.where(column.str.fullmatch(_KINDS[0][0]), str(HIDDEN)))
    _tell("LIN-009", lines[counts > MOST], place, problems)
    told: list[int] = counts.astype("int64").tolist()
    return told


def _tell(code: str, lines: pd.Series[int], place: Place, problems: Problems) -> None:
    for line in lines.tolist():
        problems.add(code, replace(place, line=line))


def read_percents(
    column: pd.Series[str], lines: pd.Series[int], place: Place, problems: Problems
) -> list[tuple[float, float]]:
    """Bound each percentage by the rounding that its decimals show; an empty one has bounds that cross.

    Errors: LIN-011 no percentage.

    >>> read_percents(pd.Series(["66,7", "50 %", ""]), pd.Series([2, 3, 4]), Place(), Problems())
    [(66.65, 66.75), (49.5, 50.5), (1.0, 0.0)]
    """
    plain = column.str.replace(r"[\s\u00a0\u202f]*%$", "", regex=True).str.replace(",", ".")
    fits = plain.str.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,12})?")
    _tell("LIN-011", lines[(column != "") & ~fits], replace(place, field="percent"), problems)
    found = []
    for text, good in zip(plain, fits, strict=True):
        if not good:
            found.append((1.0, 0.0))
            continue
        decimals = len(text.partition(".")[2])
        half, value = 0.5 * 10.0**-decimals, float(text)
        found.append((round(max(0.0, value - half), decimals + 2), round(value + half, decimals + 2)))
    return found
