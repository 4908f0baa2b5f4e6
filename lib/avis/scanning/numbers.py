"""Numbers that stand together in one record, found where they stand together in what is to be published.

A text may write 1 234,5 or 1,234.5, and a comma may part two numbers: each text is read in every way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

FEWEST = 4
"""Numbers that must stand together: three meet by chance in any table."""
_POINT = re.compile(r"(?<![\w.])[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?(?![\w]|\.\d)", re.I)
_COMMA = re.compile(r"(?<![\w,])[-+]?\d+(?:,\d+)?(?![\w]|,\d)")
_THOUSANDS = re.compile(r"(?<=\d)[ \u00a0\u202f'](?=\d{3}(?!\d))")

Row = tuple[float, ...]


def index(rows: Iterable[Row]) -> dict[Row, list[Row]]:
    """Index rows of numbers by their first four; shorter ones are left out."""
    found: dict[Row, list[Row]] = {}
    for row in rows:
        plain = tuple(_rounded(one) for one in row)
        if len(plain) >= FEWEST:
            found.setdefault(plain[:FEWEST], []).append(plain)
    return found


def rows_in(text: str, indexed: Mapping[Row, list[Row]]) -> set[Row]:
    """Give the rows whose numbers all stand in a text, in their order, with no number between.

    >>> rows_in('{"age":34,"x":[1984, 17.50, 3]}', index([(34, 1984, 17.5, 3)]))
    {(34.0, 1984.0, 17.5, 3.0)}
    >>> rows_in("34;1984;17,5;3", index([(34, 1984, 17.5, 3), (1, 2, 3, 4)]))
    {(34.0, 1984.0, 17.5, 3.0)}
    """
    found: set[Row] = set()
    if not indexed:
        return found
    for numbers in _readings(text):
        starts = indexed.keys() & set(zip(*(numbers[at:] for at in range(FEWEST)), strict=False))
        if starts:
            found.update(_whole(numbers, {row for start in starts for row in indexed[start]}))
    return found


def _whole(numbers: list[float], rows: set[Row]) -> Iterator[Row]:
    firsts: dict[float, list[Row]] = {}
    for row in rows:
        firsts.setdefault(row[0], []).append(row)
    for at, number in enumerate(numbers):
        yield from (row for row in firsts.get(number, ()) if tuple(numbers[at : at + len(row)]) == row)


def _readings(text: str) -> Iterator[list[float]]:
    first = [_rounded(float(one)) for one in _POINT.findall(text)]
    yield first
    if "," in text:
        yield [_rounded(float(one.replace(",", "."))) for one in _COMMA.findall(text)]
    if _THOUSANDS.search(text):
        closed = _THOUSANDS.sub("", text)
        yield [_rounded(float(one)) for one in _POINT.findall(closed)]
        yield [_rounded(float(one.replace(",", "."))) for one in _COMMA.findall(closed)]


def _rounded(number: float) -> float:
    return float(f"{number:.9g}")
