"""Any table file → sheets of text: opened by content, under limits, with the line of every row.

Nothing is typed here: dates, numbers and codes stay text until a table's descriptor says what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from avis.errors import Place, Problems
from avis.sources.files.charsets import is_text, line_of
from avis.sources.files.delimited import read_delimited
from avis.sources.files.grids import Grid
from avis.sources.files.opening import Opened, open_file
from avis.sources.files.workbooks import read_webpage, read_workbook

MAX_COLUMNS = 4096
"""Columns of a sheet: Kobo's split columns reach about 2 000; more is a table lying on its side."""

_SPACES = re.compile(r"\s+")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control and direction characters: a header is printed in messages, and must not steer a terminal."""


@dataclass(frozen=True)
class Sheet:
    """One table of text, with its header.

    `frame` has a RangeIndex and the columns as found (trimmed); `lines` is the file's line, or the
    sheet's row, of each of its rows; `encoding` is utf-8, cp1252, utf-16 or workbook.
    """

    name: str
    frame: pd.DataFrame
    lines: pd.Series[int]
    encoding: str
    hidden: bool = False


def read_sheets(path: Path, name: str, problems: Problems) -> list[Sheet]:
    """Read every sheet of a CSV, XLSX, XLS, XLSB or ODS file as text; blank rows are skipped.

    `name` is what messages call the file. A sheet without any cell is left out; hidden ones are given,
    marked. Errors: those of `read_grids`, SRC-011 row too short or too long, SRC-012 double header,
    SRC-025 column without a name; warning SRC-019 header repeated.
    """
    return sheets_of(read_grids(path, name, problems), name, problems)


def sheets_of(grids: Iterable[Grid], name: str, problems: Problems) -> list[Sheet]:
    """Find the table in each grid of a file that is open; its errors are those of `read_sheets`."""
    sheets = (_sheet(grid, name, problems) for grid in grids)
    return [sheet for sheet in sheets if sheet is not None]


def read_grids(path: Path, name: str, problems: Problems) -> list[Grid]:
    """Read every sheet as rows of text, without taking the first for a header.

    For exports with several header rows or with labels that repeat. Errors: those of `open_file` and of
    `grids_of`.
    """
    opened = open_file(path, name, problems)
    return grids_of(opened, problems) if opened is not None else []


def grids_of(opened: Opened, problems: Problems) -> list[Grid]:
    """Read the sheets of a file that is open.

    Errors: SRC-002 not a table, SRC-003 damaged, SRC-005 password, SRC-007 to 009 too large, SRC-020 and
    SRC-024 damaged text, SRC-200 a text with bytes that were never written.
    """
    if opened.kind in ("xlsx", "xlsb", "xls", "ods", "fods"):
        return read_workbook(opened.data, opened.name, problems)
    if opened.kind == "html":
        return read_webpage(opened.data, opened.name, problems)
    if opened.kind == "csv":
        return [read_delimited(opened.data, opened.name, problems)]
    if opened.kind == "damaged":
        problems.add("SRC-003", opened.place)
    elif opened.kind == "binary" and is_text(opened.data.replace(b"\x00", b"")):
        problems.add("SRC-200", replace(opened.place, line=line_of(opened.data, b"\x00")))
    else:
        problems.add("SRC-002", opened.place, kind=opened.kind.upper())
    return []


def _sheet(grid: Grid, file: str, problems: Problems) -> Sheet | None:
    filled = [
        (row, line) for row, line in zip(grid.rows, grid.lines, strict=True) if any(map(str.strip, row))
    ]
    if not filled:
        return None
    header, first = filled[0]
    place = Place(file, _UNSEEN.sub("", grid.name), first)
    if len(header) > MAX_COLUMNS:
        problems.add("SRC-039", place, most=MAX_COLUMNS)
        return None
    kept = _whole_rows(filled[1:], header, place, problems)
    frame = pd.DataFrame([row for row, _ in kept], columns=range(len(header)), dtype="str")
    lines = pd.Series([line for _, line in kept], name="line", dtype="int64")
    return Sheet(place.sheet, _named(frame, header, place, problems), lines, grid.encoding, grid.hidden)


def _whole_rows(
    rows: list[tuple[list[str], int]], header: list[str], place: Place, problems: Problems
) -> list[tuple[list[str], int]]:
    kept = []
    for row, line in rows:
        if len(row) != len(header):
            here = replace(place, line=line)
            problems.add("SRC-011", here, found=len(row), expected=len(header))
        elif row == header:
            problems.warn("SRC-019", replace(place, line=line))
        else:
            kept.append((row, line))
    return kept


def _named(frame: pd.DataFrame, header: list[str], place: Place, problems: Problems) -> pd.DataFrame:
    names = [_SPACES.sub(" ", _UNSEEN.sub("", cell)).strip() for cell in header]
    kept: dict[str, int] = {}
    for number, name in enumerate(names):
        here = Place(place.file, place.sheet, place.line, field=name)
        if not name:
            if (frame[number].str.strip() != "").any():
                problems.warn("SRC-025", here, n=number + 1)
        elif name in kept:
            problems.add("SRC-012", here)
        else:
            kept[name] = number
    return frame[list(kept.values())].set_axis(list(kept), axis="columns")
