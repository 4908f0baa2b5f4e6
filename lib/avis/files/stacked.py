"""A second table below the first: its names stand, after a blank row, above columns that were numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from avis.files.headings import LOOKED_AT, Row, are_numbers, is_below_blank, is_number
from avis.spelling import fold

_NO_ANSWER = re.compile(
    r"n\.?[acdrs]\.?p?\.?|n/[acdr]|\W+|x+|inconnue?s?|neant|aucune?|rien|non|oui|yes|no|none|null|nan"
)
"""What people write in a cell instead of a number: it names no column."""


def find_second_table(rows: Sequence[Row], headers: Sequence[Sequence[str]]) -> int | None:
    """Give the first row of a second table, titles above it included; none where there is one table.

    `headers` are the rows of the first header, which may stand again. Of the row that names the columns: a
    blank row stands above, or a title and a blank row; its cells are words, all different; one column at
    least was all numbers above it, and one is all numbers below.

    >>> rows = [(["mai", "1"], 2), (["juin", "2"], 3), (["Lieu", "Coût"], 6), (["ici", "30"], 7)]
    >>> find_second_table(rows, [["Mois", "Actes"]])
    2
    """
    start: int | None = None
    for number in range(1, len(rows) - 1):
        if start is not None and not _is_lone(rows[number - 1][0]):
            start = None
        if start is None and is_below_blank(rows, number):
            start = number
        if start and rows[number][0] not in headers and _names_numbers(rows, start, number):
            return start
    return None


def _is_lone(row: Sequence[str]) -> bool:
    return sum(map(bool, map(str.strip, row))) == 1


def _names_numbers(rows: Sequence[Row], start: int, number: int) -> bool:
    names = {column: fold(cell) for column, cell in enumerate(rows[number][0]) if cell.strip()}
    if len(names) < 2 or len(set(names.values())) < len(names):
        return False
    if any(is_number(name) or _NO_ANSWER.fullmatch(name) for name in names.values()):
        return False
    above, below = rows[max(0, start - LOOKED_AT) : start], rows[number + 1 :][:LOOKED_AT]
    return any(are_numbers(above, column) for column in names) and any(
        are_numbers(below, column) for column in names
    )
