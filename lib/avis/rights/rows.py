r"""Changing single rows of a CSV file and leaving every other byte as it was: encoding, quotes, line ends.

A table that people keep is theirs: only the row that has to change is written anew, in its own manner.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from avis.files.delimited import find_delimiter
from avis.rights.notes_erased import encoding_of
from avis.spelling import header_key

_END = re.compile(r"[\r\n]*\Z")
_HEADER_AMONG = 30
"""Rows at the top among which the header is looked for, below titles."""


@dataclass(frozen=True)
class Row:
    """One row as it stands in the file: its text with its line end, and its cells."""

    raw: str = field(repr=False)
    cells: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Grid:
    """A CSV file, row by row, with what is needed to write it again."""

    rows: tuple[Row, ...] = field(repr=False)
    header: int
    """The index of the header among the rows."""
    delimiter: str
    encoding: str
    mark: bytes

    @property
    def columns(self) -> tuple[str, ...]:
        """The headers as they stand."""
        return self.rows[self.header].cells

    def column(self, names: Iterable[str]) -> int:
        """Give the number of the first column that is called by one of some names; -1 where none is."""
        wanted = {header_key(name) for name in names}
        return next((n for n, cell in enumerate(self.columns) if header_key(cell) in wanted), -1)

    def bytes(self) -> bytes:
        """Give the file again."""
        return self.mark + "".join(row.raw for row in self.rows).encode(self.encoding)

    def body(self) -> Iterator[tuple[int, Row]]:
        """Give the rows below the header, each with its index."""
        return ((at, row) for at, row in enumerate(self.rows) if at > self.header and any(row.cells))

    def cell(self, row: Row, column: int) -> str:
        """Give a cell; empty where the row is shorter."""
        return row.cells[column].strip() if 0 <= column < len(row.cells) else ""

    def with_row(self, at: int, cells: Sequence[str] | None) -> Grid:
        """Give the table with one row changed, or gone."""
        if cells is None:
            return replace(self, rows=(*self.rows[:at], *self.rows[at + 1 :]))
        made = Row(self._written(cells, self.rows[at].raw), tuple(cells))
        return replace(self, rows=(*self.rows[:at], made, *self.rows[at + 1 :]))

    def with_column(self, name: str) -> Grid:
        """Give the table with an empty column at its end."""
        width = len(self.columns)
        grid = self
        for at, row in enumerate(self.rows):
            if at == self.header or (at > self.header and any(row.cells)):
                cells = [*row.cells, *[""] * (width - len(row.cells))][:width]
                grid = grid.with_row(at, [*cells, name if at == self.header else ""])
        return grid

    def _written(self, cells: Sequence[str], like: str) -> str:
        out, ended = io.StringIO(newline=""), _END.search(like)
        quoted = like.lstrip().startswith('"') and f'"{self.delimiter}"' in like
        write = csv.writer(
            out,
            delimiter=self.delimiter,
            quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL,
            lineterminator="",
        )
        write.writerow(cells)
        return out.getvalue() + (ended[0] if ended else "")


def read_rows(data: bytes, names: Iterable[str]) -> Grid | None:
    """Read a CSV file whose header has a column called by one of some names; none where it cannot be edited.

    What would not come out of it byte by byte as it went in is left alone.
    """
    encoding, mark = encoding_of(data)
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        return None
    delimiter = find_delimiter(text)
    rows = _rows(text, delimiter)
    wanted = {header_key(name) for name in names}
    header = next(
        (
            at
            for at, row in enumerate(rows[:_HEADER_AMONG])
            if wanted & {header_key(cell) for cell in row.cells}
        ),
        -1,
    )
    if header < 0:
        return None
    grid = Grid(tuple(rows), header, delimiter, encoding, mark)
    return grid if grid.bytes() == data else None


def _rows(text: str, delimiter: str) -> list[Row]:
    lines = _lines(text)
    reader, rows, start = csv.reader(iter(lines), delimiter=delimiter), list[Row](), 0
    try:
        for cells in reader:
            rows.append(Row("".join(lines[start : reader.line_num]), tuple(cells)))
            start = reader.line_num
    except csv.Error:
        return []
    return rows


def _lines(text: str) -> list[str]:
    return re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+", text)
