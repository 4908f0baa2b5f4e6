"""CSV → a grid of text: the encoding and the delimiter are found, never guessed from the file's name."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from avis.errors import Place, Problems
from avis.files.charsets import decode, decoded_lines, start_of_text
from avis.files.grids import Grid

__all__ = ["DELIMITERS", "consistency", "decode", "find_delimiter", "read_delimited"]

MAX_CELL = 2**20
"""Characters of a cell: outlines of a municipality as GeoJSON are the longest honest ones (0.3 M)."""
DELIMITERS = ";,\t|"
"""In the order of preference where a file would read equally well: the French spreadsheet's first."""
SAMPLE_ROWS = 200
"""Rows that decide on the delimiter."""
MOST_COLUMNS = 16_384
"""Columns of a table: no spreadsheet has more."""
MOST_REFUSED = 1_000
"""Damaged rows after which reading stops: nobody corrects more by hand."""
_MEMO = 100_000
"""Different cells that are remembered, so that the same answer of many people is one text in memory."""
_BELOW_TITLES = 0.9
"""How many rows below title lines must be cut alike; a text with commas never is."""

csv.field_size_limit(MAX_CELL)


def find_delimiter(text: str) -> str:
    r"""Find the delimiter by which most rows have as many cells as the header, quotes respected.

    Where no delimiter cuts the first row, lines of a title may stand above the header: then one that cuts
    nearly all rows below into three cells or more, and is not followed by spaces as in a sentence.

    >>> find_delimiter('nom;"a, b, c"\nx;y\n'), find_delimiter("a\tb\n1\t2\n")
    (';', '\t')
    >>> find_delimiter("Report\n\na,b,c\n1,2,3\n4,5,6\n"), find_delimiter("titre\nun, deux\ntrois, quatre\n")
    (',', ';')
    """
    for measure in (consistency, _below_titles):
        best = max(DELIMITERS, key=lambda delimiter, by=measure: by(text, delimiter))  # type: ignore[misc]
        if measure(text, best)[0]:
            return best
    return DELIMITERS[0]


def consistency(text: str, delimiter: str) -> tuple[float, int]:
    """Give the share of the first rows that a delimiter cuts as it cuts the header, and into how many cells.

    >>> consistency("a;b\\n1;2\\n3\\n4;5\\n", ";")
    (0.75, 2)
    """
    widths = _widths(text, delimiter)
    if not widths or widths[0] == 1:
        return 0.0, 0
    return Counter(widths)[widths[0]] / len(widths), widths[0]


def _below_titles(text: str, delimiter: str) -> tuple[float, int]:
    widths = _widths(text, delimiter)
    wide = Counter(width for width in widths if width > 2).most_common(1)
    if not wide or text.count(delimiter + " ") * 2 > text.count(delimiter):
        return 0.0, 0
    below = widths[widths.index(wide[0][0]) :]
    share = wide[0][1] / len(below)
    return (share, wide[0][0]) if len(below) > 1 and share >= _BELOW_TITLES else (0.0, 0)


def _widths(text: str, delimiter: str) -> list[int]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [len(row) for row in islice(reader, SAMPLE_ROWS) if row]
    except csv.Error:
        return []


def read_delimited(data: bytes, name: str, problems: Problems) -> Grid:
    """Read a CSV file; rows keep the line on which they begin.

    A row in which a quotation mark is opened, closed or left alone where it should not is refused, since what
    follows could stand in another column. Errors: those of `decode`, SRC-020 for such a row, SRC-214
    too many, SRC-039 too many columns.
    """
    place = Place(name)
    text, whole = start_of_text(data)
    declared = _declared(text)
    if not whole and "\n" in text:  # the last row of a sample is cut
        text = text[: text.rindex("\n")]
    delimiter = declared or find_delimiter(text)
    lines, encoding = decoded_lines(data, place, problems)
    if declared:
        next(lines)
    rows, numbers = _rows(_Counted(lines), delimiter, 1 if declared else 0, place, problems)
    if max(map(len, rows), default=0) > MOST_COLUMNS:
        problems.add("SRC-039", place, most=MOST_COLUMNS)
        rows, numbers = [], []
    return Grid("", rows, numbers, encoding, delimiter=delimiter)


def _declared(text: str) -> str:
    """Give the delimiter that Excel's own first line says: `sep=;`, alone on its line."""
    found = re.match(r'"?sep=([;,\t|])"?(?:[\r\n]|$)', text, re.I)
    return found[1] if found else ""


class _Counted:
    """Lines of a file, of which it keeps the last ones and the number of their quotation marks."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines, self.taken, self.quotes = lines, list[str](), 0

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            quotes = line.count('"')
            if quotes:
                self.quotes += quotes
                self.taken.append(line)
            elif self.taken:
                self.taken.append(line)
            yield line

    def forget(self) -> None:
        self.quotes = 0
        self.taken.clear()


def _rows(
    lines: _Counted, delimiter: str, skipped: int, place: Place, problems: Problems
) -> tuple[list[list[str]], list[int]]:
    reader = csv.reader(iter(lines), delimiter=delimiter, strict=True)
    well_quoted = _well_quoted(delimiter)
    rows: list[list[str]] = []
    numbers: list[int] = []
    memo: dict[str, str] = {}
    refused = 0
    row: list[str] | None
    while True:
        line = reader.line_num + 1 + skipped
        lines.forget()
        try:
            row = next(reader)
        except StopIteration:
            return rows, numbers
        except csv.Error:
            row = None
        if row is None or (
            lines.quotes and '"' in "".join(row) and not well_quoted.fullmatch("".join(lines.taken))
        ):
            problems.add("SRC-020", Place(place.file, line=line))
            refused += 1
            if refused == MOST_REFUSED:
                problems.add("SRC-214", Place(place.file, line=line), most=MOST_REFUSED)
                return rows, numbers
            continue
        rows.append(list(map(memo.setdefault, row, row)))
        numbers.append(line)
        if len(memo) > _MEMO:
            memo.clear()


def _well_quoted(delimiter: str) -> re.Pattern[str]:
    """Match a row whose every cell is quoted whole, or holds quotation marks in pairs within itself.

    Where a mark was lost or added, some cell holds an odd number of them: it may not be split there.
    """
    plain = rf'[^"\r\n{re.escape(delimiter)}]*+'
    cell = rf'(?:"(?:[^"]|"")*+"|{plain}(?:"{plain}"{plain})*+)'
    return re.compile(rf"{cell}(?:{re.escape(delimiter)}{cell})*+[\r\n]*")
