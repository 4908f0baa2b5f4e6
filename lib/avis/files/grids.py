"""Rows of text as they stand in a file, before anything is taken for a header."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Grid:
    """One sheet, or one delimited file, or one table of a web page.

    `lines` is the file's line (or the sheet's row) of each row, counted from 1; `encoding` is utf-8, cp1252,
    utf-16 or workbook; `delimiter` is "" for a workbook. `merged` holds merged cells: first line, first
    column (counted from 1, as in `rows`), last line, last column. `left` counts the columns to the left of
    the table that are blank and that `rows` does not hold.
    """

    name: str
    rows: list[list[str]] = field(repr=False)
    lines: list[int] = field(repr=False)
    encoding: str
    hidden: bool = False
    delimiter: str = ""
    merged: tuple[tuple[int, int, int, int], ...] = field(default=(), repr=False)
    left: int = 0
