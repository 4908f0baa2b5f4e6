"""HTML tables, as web tools write them under the name of a workbook → sheets of text.

Runs apart, imported by `office`. Tables that hold tables only lay a page out: the inner ones are read.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from avis.files.celltext import MAX_CELLS, Damaged, Read, TooLarge

MAX_ACROSS, MAX_DOWN = 1_000, 65_534
"""What the HTML standard lets a cell span."""
MAX_WIDTH = 2**14
"""Columns of a table, as in a spreadsheet."""
MAX_DEPTH = 50
"""Tables within tables."""
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BREAKS = frozenset({"br", "p", "div", "li"})


class _Table:
    """A table that is being read; `covered` counts, by column, the rows that a cell above still covers."""

    def __init__(self) -> None:
        self.sheet, self.line, self.outer = Read(""), 0, False
        self.row: list[str] | None = None
        self.text: list[str] | None = None
        self.across = self.down = 1
        self.number = ""  # Excel's own attribute: the number that the text shows rounded
        self.covered: dict[int, int] = {}
        self.cells = 0

    def open_row(self) -> None:
        self.close_row()
        self.line, self.row = self.line + 1, []

    def open_cell(self, across: int, down: int, number: str) -> None:
        if self.row is None:
            self.open_row()
        self.close_cell()
        self.text, self.across, self.down, self.number = [], across, down, number

    def close_cell(self) -> None:
        if self.text is None or self.row is None:
            return
        self._skip_covered(self.row)
        lines = (_SPACES.sub(" ", line).strip(" ") for line in "".join(self.text).split("\x00"))
        text, column = self.number or "\n".join(lines).strip("\n"), len(self.row) + 1
        if len(self.row) + self.across > MAX_WIDTH:
            raise TooLarge
        self.row.extend([text, *[""] * (self.across - 1)])
        self.cells += self.across
        if self.cells > MAX_CELLS:
            raise TooLarge
        if self.across * self.down > 1:
            last = (self.line + self.down - 1, column + self.across - 1)
            self.sheet.merged.append((self.line, column, *last))
        for number in range(column, column + self.across) if self.down > 1 else ():
            self.covered[number] = self.down
        self.text = None

    def _skip_covered(self, row: list[str]) -> None:
        while self.covered.get(len(row) + 1):
            row.append("")

    def close_row(self) -> None:
        self.close_cell()
        if self.row is None:
            return
        self._skip_covered(self.row)
        self.covered = {column: rows - 1 for column, rows in self.covered.items() if rows > 1}
        if any(self.row):
            self.sheet.add(self.line, self.row)
        self.row = None


class _Page(HTMLParser):
    """A page of which only tables are kept."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[_Table] = []
        self.sheets: list[Read] = []
        self.code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if "<" in (self.get_starttag_text() or "")[1:]:
            raise Damaged  # a mark that is not closed swallows what follows
        if tag == "table":
            self._open_table()
        elif tag in ("script", "style"):
            self.code += 1
        elif self.open and tag == "tr":
            self.open[-1].open_row()
        elif self.open and tag in ("td", "th"):
            found = dict(attrs)
            across, down = _span(found.get("colspan"), MAX_ACROSS), _span(found.get("rowspan"), MAX_DOWN)
            self.open[-1].open_cell(across, down, found.get("x:num") or "")
        elif tag in _BREAKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self.code = max(self.code - 1, 0)
        elif tag == "table" and self.open:
            table = self.open.pop()
            table.close_row()
            if not table.outer and table.sheet.rows:
                self.sheets.append(table.sheet)
        elif self.open and tag == "tr":
            self.open[-1].close_row()
        elif self.open and tag in ("td", "th"):
            self.open[-1].close_cell()

    def handle_data(self, data: str) -> None:
        if self.open and not self.code and self.open[-1].text is not None:
            self.open[-1].text.append(data.replace("\x00", ""))

    def _open_table(self) -> None:
        if len(self.open) > MAX_DEPTH:
            raise Damaged
        for table in self.open:
            table.outer = True
        self.open.append(_Table())

    def _break(self) -> None:
        if self.open and self.open[-1].text:
            self.open[-1].text.append("\x00")


def _span(value: str | None, most: int) -> int:
    number = (value or "1").strip()
    return min(max(int(number), 1), most) if number.isdecimal() and len(number) < 9 else 1


def read_webtables(text: str) -> list[Read]:
    """Read every table that holds a filled row; a page that is cut within one is damaged."""
    page = _Page()
    page.feed(text)
    page.close()
    if page.open:
        raise Damaged
    for number, sheet in enumerate(page.sheets, start=1) if len(page.sheets) > 1 else ():
        sheet.name = str(number)
    return page.sheets
