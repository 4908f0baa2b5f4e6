"""Merged cells: a label that stands for several rows is written on each; a number never is."""

from __future__ import annotations

import re
from dataclasses import replace

from avis.errors import Place, Problems
from avis.sources.files.celltext import column_letters
from avis.sources.files.grids import Grid

_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")


def fill_merged(grid: Grid, place: Place, problems: Problems) -> None:
    """Repeat the text of a cell merged over several rows on each of them, in its first column.

    A workbook holds the value in the first row only. Repeated, a number (but for a year) would be counted
    several times: it stays where it is. Remarks: SRC-205 repeated, SRC-206 a number left on its first row.
    """
    rows = {line: number for number, line in enumerate(grid.lines)}
    for top, left, bottom, _ in grid.merged:
        below = [rows[line] for line in range(top + 1, bottom + 1) if line in rows] if top in rows else []
        text = grid.rows[rows[top]][left - 1] if below and left <= len(grid.rows[rows[top]]) else ""
        if not text.strip():
            continue
        is_label = not _NUMBER.fullmatch(text.strip()) or _YEAR.fullmatch(text.strip())
        here = replace(place, line=top, column=left)
        problems.warn("SRC-205" if is_label else "SRC-206", here, column=column_letters(left))
        for number in below if is_label else ():
            row = grid.rows[number]
            if left <= len(row) and not row[left - 1]:
                row[left - 1] = text
