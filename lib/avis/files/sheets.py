"""Any table file → sheets of text: opened by content, under limits, with the line of every row.

Nothing is typed here: dates, numbers and codes stay text until a table's descriptor says what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from avis.errors import Place, Problems
from avis.files.charsets import is_text, is_utf32, line_of
from avis.files.delimited import read_delimited
from avis.files.grids import Grid
from avis.files.layout import lay_out
from avis.files.opening import Opened, open_file
from avis.files.precision import tell_rounded
from avis.files.workbooks import read_webpage, read_workbook

MAX_COLUMNS = 4096
"""Columns of a sheet: Kobo's split columns reach about 2 000; more is a table lying on its side."""

_SPACES = re.compile(r"\s+")
_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control and direction characters: a header is printed in messages, and must not steer a terminal."""


@dataclass(frozen=True)
class Sheet:
    """One table of text, with its header.

    `frame` has a RangeIndex and the columns as found (trimmed); `lines` is the file's line, or the
    sheet's row, of each of its rows; `encoding` is utf-8, cp1252, utf-16 or workbook. `title_rows`,
    `header_lines` and `left_out` (repeated headers, headings between rows, notes, totals) are lines too.
    """

    name: str
    frame: pd.DataFrame = field(repr=False)
    lines: pd.Series[int] = field(repr=False)
    encoding: str
    hidden: bool = False
    title_rows: tuple[int, ...] = ()
    header_lines: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()


def read_sheets(path: Path, name: str, problems: Problems) -> list[Sheet]:
    """Read every table of a CSV, a workbook or a web page as text; blank rows are skipped.

    `name` is what messages call the file. A sheet without any cell is left out; hidden ones are given,
    marked. Two columns of one name are both kept, the second as `name (2)`. Errors: those of `read_grids` and
    of `lay_out`, SRC-211 identifiers that a spreadsheet rounded; warnings SRC-025 column without a name,
    SRC-201 columns of one name.
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
    elif is_utf32(opened.data):
        problems.add("SRC-002", opened.place, kind="UTF-32")
    elif opened.kind == "binary" and is_text(opened.data.replace(b"\x00", b"")):
        problems.add("SRC-200", replace(opened.place, line=line_of(opened.data, b"\x00")))
    else:
        problems.add("SRC-002", opened.place, kind=opened.kind.upper())
    return []


def _sheet(grid: Grid, file: str, problems: Problems) -> Sheet | None:
    place = Place(file, _UNSEEN.sub("", grid.name))
    layout = lay_out(grid, place, problems)
    if layout is None:
        return None
    place = replace(place, line=layout.header_lines[-1])
    if len(layout.names) > MAX_COLUMNS:
        problems.add("SRC-039", place, most=MAX_COLUMNS)
        return None
    cells = pd.DataFrame(layout.rows, columns=range(len(layout.names)), dtype="str")
    frame = _named(cells, layout.names, grid.left, place, problems)
    lines = pd.Series(layout.lines, name="line", dtype="int64")
    tell_rounded(frame, lines, place, problems)
    found = (layout.title_rows, layout.header_lines, layout.left_out)
    return Sheet(place.sheet, frame, lines, grid.encoding, grid.hidden, *found)


def _named(
    frame: pd.DataFrame, header: list[str], left: int, place: Place, problems: Problems
) -> pd.DataFrame:
    """Name the columns; one whose name is taken becomes `name (2)`, one without a name is left out."""
    names = [_SPACES.sub(" ", _UNSEEN.sub("", cell)).strip() for cell in header]
    kept: dict[str, int] = {}
    others, tried = set(names), dict.fromkeys(names, 1)
    for number, name in enumerate(names):
        here = replace(place, field=name)
        if not name:
            if (frame[number].str.strip() != "").any():
                problems.warn("SRC-025", here, n=left + number + 1)
            continue
        free = name
        while free in kept or (free != name and free in others):
            tried[name] += 1
            free = f"{name} ({tried[name]})"
        if free != name:
            problems.warn("SRC-201", here, name=free)
        kept[free] = number
    return frame[list(kept.values())].set_axis(list(kept), axis="columns")
