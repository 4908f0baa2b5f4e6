"""CSV → a grid of text: the encoding and the delimiter are found, never guessed from the file's name.

Encodings: a byte-order mark decides; then strict UTF-8; then line by line UTF-8 or cp1252, and that is
said. No statistical detector: they call French cp1252 "cp1250" or "mac_latin2".
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from itertools import islice

from avis.errors import Place, Problems
from avis.sources.files.grids import Grid

MAX_CELL = 2**20
"""Characters of a cell: outlines of a municipality as GeoJSON are the longest honest ones (0.3 M)."""
DELIMITERS = ";,\t"
"""In the order of preference where a file would read equally well: the French spreadsheet's first."""
SAMPLE_ROWS = 200
"""Rows that decide on the delimiter."""

csv.field_size_limit(MAX_CELL)


def decode(data: bytes, place: Place, problems: Problems) -> tuple[str, str]:
    """Give the text and the name of its encoding.

    Errors: SRC-010 (warning) lines in cp1252, SRC-024 bytes that are neither.

    >>> decode("é".encode("cp1252"), Place(), Problems())
    ('é', 'cp1252')
    """
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return _decode_utf16(data, encoding, place, problems), encoding
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_lines(data, place, problems), "cp1252"


def _decode_utf16(data: bytes, encoding: str, place: Place, problems: Problems) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        problems.add("SRC-024", place)
        return data.decode(encoding, "replace")


def _decode_lines(data: bytes, place: Place, problems: Problems) -> str:
    lines, windows = [], []
    for number, line in enumerate(data.splitlines(keepends=True), start=1):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            windows.append(number)
            lines.append(_decode_windows(line, Place(place.file, line=number), problems))
    problems.warn("SRC-010", Place(place.file, line=windows[0]), n=len(windows))
    return "".join(lines)


def _decode_windows(line: bytes, place: Place, problems: Problems) -> str:
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:  # five bytes mean nothing in cp1252
        problems.add("SRC-024", place)
        return line.decode("cp1252", "replace")


def find_delimiter(text: str) -> str:
    r"""Find the delimiter by which most rows have as many cells as the header, quotes respected.

    >>> find_delimiter('nom;"a, b, c"\nx;y\n'), find_delimiter("a\tb\n1\t2\n")
    (';', '\t')
    """
    best = max(DELIMITERS, key=lambda delimiter: consistency(text, delimiter))
    return best if consistency(text, best)[0] else DELIMITERS[0]


def consistency(text: str, delimiter: str) -> tuple[float, int]:
    """Give the share of the first rows that a delimiter cuts as it cuts the header, and into how many cells.

    >>> consistency("a;b\\n1;2\\n3\\n4;5\\n", ";")
    (0.75, 2)
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        widths = [len(row) for row in islice(reader, SAMPLE_ROWS) if row]
    except csv.Error:
        widths = []
    if not widths or widths[0] == 1:
        return 0.0, 0
    return Counter(widths)[widths[0]] / len(widths), widths[0]


def read_delimited(data: bytes, name: str, problems: Problems) -> Grid:
    """Read a CSV file; rows keep the line on which they begin.

    Errors: those of `decode`, and SRC-020 for a quotation mark that is not closed.
    """
    place = Place(name)
    text, encoding = decode(data, place, problems)
    text = text.removeprefix("\ufeff")
    delimiter, skipped = find_delimiter(text), 0
    if text[:4].lower() == "sep=" and text[4:5] in DELIMITERS:  # Excel's own way to say it
        delimiter, text, skipped = text[4], text[5:].lstrip("\r").removeprefix("\n"), 1
    rows, lines = _rows(text, delimiter, skipped, place, problems)
    return Grid("", rows, lines, encoding, delimiter=delimiter)


def _rows(
    text: str, delimiter: str, skipped: int, place: Place, problems: Problems
) -> tuple[list[list[str]], list[int]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    while True:
        line = reader.line_num + 1 + skipped
        try:
            row = next(reader)
        except StopIteration:
            return rows, lines
        except csv.Error:
            problems.add("SRC-020", Place(place.file, line=line))
            continue
        rows.append(row)
        lines.append(line)
