"""One table of an export: its header, and its columns as text, taken out one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

import numpy as np
import numpy.typing as npt
import pandas as pd

from avis.errors import Place, Problems
from avis.files.grids import Grid
from avis.sources.surveys.answers import Bools, Spot
from avis.sources.surveys.choices import tidy
from avis.sources.surveys.exports import Export
from avis.sources.surveys.identity import safe_headers

Cells = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Table:
    """The rows of an export; `title` is the sheet's name, or the file's without its ending."""

    place: Place
    title: str
    headers: list[str] = field(repr=False)
    rows: Sequence[Sequence[str]] = field(repr=False)
    lines: npt.NDArray[np.int64] = field(repr=False)

    def column(self, number: int) -> Cells:
        """Give the cells of one column; the other columns cost nothing."""
        cells = np.empty(len(self.rows), dtype=object)
        cells[:] = [row[number] for row in self.rows]
        return cells

    def text(self, *numbers: int | None) -> pd.Series[str]:
        """Give the trimmed text of the first column that is there; blanks where there is none."""
        number = next((number for number in numbers if number is not None), None)
        if number is None:
            return pd.Series([""] * len(self.rows), dtype="str")
        return pd.Series([row[number].strip() for row in self.rows], dtype="str")

    def find(self, *names: str) -> int | None:
        """Give the number of the first header that has one of these names, case aside."""
        folded = [tidy(header).casefold() for header in self.headers]
        return next((folded.index(name.casefold()) for name in names if name.casefold() in folded), None)

    def has(self, *names: str) -> bool:
        """Tell whether every one of these columns is there."""
        return all(self.find(name) is not None for name in names)

    def spot(self, number: int, header: str, problems: Problems) -> Spot:
        """Say where the cells of a column stand; `number` counts from 0."""
        return Spot(self.place.file, self.place.sheet, header, number + 1, self.lines, problems)

    def only(self, kept: Bools) -> Table:
        """Keep some rows."""
        if kept.all():
            return self
        rows = [row for row, keep in zip(self.rows, kept, strict=True) if keep]
        return replace(self, rows=rows, lines=self.lines[kept])


def read_table(grid: Grid, name: str, problems: Problems) -> Table:
    """Take the first filled row for the header. Errors: SRC-011 a row too short or too long, left out."""
    title = grid.name or PurePosixPath(name).stem
    at = next((n for n, row in enumerate(grid.rows) if any(map(str.strip, row))), None)
    if at is None:
        return Table(Place(name, grid.name), title, [], [], np.empty(0, dtype=np.int64))
    header, rows, lines = safe_headers(grid.rows[at]), [], []
    for row, line in zip(grid.rows[at + 1 :], grid.lines[at + 1 :], strict=True):
        if len(row) == len(header):
            if any(map(str.strip, row)):
                rows.append(row)
                lines.append(line)
        elif any(map(str.strip, row)):
            problems.add("SRC-011", Place(name, grid.name, line), found=len(row), expected=len(header))
    return Table(Place(name, grid.name, grid.lines[at]), title, header, rows, np.array(lines, dtype=np.int64))


def read_tables(exports: Sequence[Export], problems: Problems) -> list[list[Table]]:
    """Read the tables of each export that has cells at all."""
    found = [[read_table(grid, export.name, problems) for grid in export.grids] for export in exports]
    return [[table for table in tables if table.headers] for tables in found]
