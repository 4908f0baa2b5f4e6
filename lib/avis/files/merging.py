"""Merged cells: a label that stands for several rows is written on each; a number never is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from avis.errors import Place, Problems
from avis.files.celltext import column_letters
from avis.files.grids import Grid

_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")


Merged = tuple[int, int, int, int]


def without_overlaps(merged: Iterable[Merged]) -> tuple[Merged, ...]:
    """Leave out merged cells that begin within one above, or beside it: no spreadsheet makes them.

    >>> without_overlaps([(1, 1, 9, 1), (1, 1, 8, 1), (5, 1, 6, 1), (10, 1, 11, 1), (1, 2, 1, 3)])
    ((1, 1, 9, 1), (1, 2, 1, 3), (10, 1, 11, 1))
    """
    below: dict[int, int] = {}
    beside: dict[int, int] = {}
    kept = []
    for top, left, bottom, right in sorted(merged, key=lambda cells: (cells[0], cells[1], -cells[2])):
        if top > below.get(left, 0) and left > beside.get(top, 0):
            below[left], beside[top] = bottom, right
            kept.append((top, left, bottom, right))
    return tuple(kept)


def fill_merged(grid: Grid, place: Place, problems: Problems) -> None:
    """Repeat the text of a cell merged over several rows on each of them, in its first column.

    A workbook holds the value in the first row only. Repeated, a number (but for a year) would be counted
    several times: it stays where it is. Remarks: SRC-205 repeated, SRC-206 a number left on its first row.
    """
    rows = {line: number for number, line in enumerate(grid.lines)}
    for top, left, bottom, _ in grid.merged:
        # A merge may reach down to the end of the sheet: only lines that are filled are looked at.
        below = range(rows[top] + 1, bisect_right(grid.lines, bottom)) if top in rows else range(0)
        text = grid.rows[rows[top]][left - 1] if below and left <= len(grid.rows[rows[top]]) else ""
        if not text.strip():
            continue
        is_label = not _NUMBER.fullmatch(text.strip()) or _YEAR.fullmatch(text.strip())
        here = replace(place, line=top, column=grid.left + left)
        problems.warn("SRC-205" if is_label else "SRC-206", here, column=column_letters(here.column))
        for number in below if is_label else ():
            row = grid.rows[number]
            if left <= len(row) and not row[left - 1]:
                row[left - 1] = text
