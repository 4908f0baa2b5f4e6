"""What the readers that run apart share: a cell as text, a sheet, and how large it may be.

Imports nothing but the standard library, so that starting a reader costs little.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

MAX_CELLS = 12_000_000
"""Cells of a sheet, blank ones too: twice the 200 000 × 32 of the largest survey that we measure."""
MAX_TEXT = 256 * 2**20
"""Characters handed over, as for a CSV: a text shared by a million cells costs a workbook little."""
MAX_MERGED = 100_000
"""Merged cells of a sheet: two on each row of a long log."""
MAX_SAID = 10_000
"""Flaws that are said of one sheet."""
ERRORS = re.compile(
    r"#(?:N/A|REF!|DIV/0!|NUM!|NULL!|NAME\?|VALUE!|NOM\s?\?|VALEUR\s?!|NOMBRE\s?!|NUL\s?!)|Err\s?:\d+"
)
"""What a spreadsheet shows where a formula failed, in English and in French."""

Flaw = tuple[str, int, int, str]
"""What is wrong with a cell: error, formula or hidden; its row and its column, from 1; which error."""


class TooLarge(Exception):
    """The document would fill the memory."""


class Damaged(Exception):
    """The document is cut, or not what it says it is."""


@dataclass
class Read:
    """One sheet: its filled rows with their numbers, merged cells (row, column, row, column), and flaws.

    `left` counts the columns that are blank to the left of a table: rows do not hold them. The columns of
    flaws are those of the sheet; those of merged cells too, until `trim`.
    """

    name: str
    hidden: bool = False
    lines: list[int] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    flaws: list[Flaw] = field(default_factory=list)
    left: int = 0
    characters: int = 0
    width: int = 0

    def add(self, line: int, row: list[str], times: int = 1) -> None:
        """Add a filled row, as often as the document repeats it."""
        self.width = max(self.width, len(row))
        self.characters += times * sum(map(len, row))
        if (len(self.rows) + times) * self.width > MAX_CELLS or self.characters > MAX_TEXT:
            raise TooLarge
        self.lines.extend(range(line, line + times))
        self.rows.extend(row if once else list(row) for once in [True, *[False] * (times - 1)])

    def pad(self) -> None:
        """Make all rows as wide as the widest: a document leaves out the blank cells at their ends."""
        if len(self.rows) * self.width > MAX_CELLS:
            raise TooLarge
        for row in self.rows:
            row.extend([""] * (self.width - len(row)))

    def trim(self) -> None:
        """Take away the blank columns to the left, and count merged cells from the first that is left."""
        if len(self.merged) > MAX_MERGED:
            raise TooLarge
        blank = min((_leading_blanks(row) for row in self.rows), default=0)
        if blank:
            self.rows = [row[blank:] for row in self.rows]
            self.left += blank
        self.merged = [
            (top, left - self.left, bottom, right - self.left)
            for top, left, bottom, right in self.merged
            if left > self.left
        ]

    def flaw(self, kind: str, line: int, column: int, what: str = "") -> None:
        """Note what is wrong with a cell."""
        if len(self.flaws) < MAX_SAID:
            self.flaws.append((kind, line, column, what))

    def as_json(self) -> dict[str, Any]:
        """Give what the other process takes."""
        taken = ("name", "hidden", "lines", "rows", "left", "merged", "flaws")
        return {name: getattr(self, name) for name in taken}


def _leading_blanks(row: list[str]) -> int:
    return next((number for number, cell in enumerate(row) if cell), len(row))


def as_text(cell: object) -> str:
    """Write a cell as text: ISO dates, whole numbers without a decimal part, durations h:mm.

    A number with exactly three decimals gets a fourth: as text, 7.125 could be seven thousand.

    >>> as_text(12.0), as_text(dt.date(1906, 5, 16)), as_text(0.5), as_text(7.125)
    ('12', '1906-05-16', '0.5', '7.1250')
    """
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return float_text(cell)
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    if isinstance(cell, dt.timedelta):
        return duration_text(cell.total_seconds())
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def float_text(value: float) -> str:
    """Write a number; from 10¹⁵ on, a spreadsheet no longer knows the last digits, and it stays `1e+15`."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    whole, _, decimals = text.lstrip("-").partition(".")
    return text + "0" if len(decimals) == 3 and decimals.isdigit() and whole != "0" else text


def duration_text(seconds: float) -> str:
    """Write a duration as hours and minutes."""
    minutes = round(seconds / 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def column_number(letters: str) -> int:
    """Count columns as spreadsheets name them.

    >>> column_number("A"), column_number("AA"), column_number("XFD")
    (1, 27, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """Name a column as spreadsheets do.

    >>> column_letters(1), column_letters(28), column_letters(16384)
    ('A', 'AB', 'XFD')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
