"""The same file with some cells emptied: every other byte of a delimited file stays as it was."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from functools import cache

from avis.files.charsets import wide_encoding
from avis.linked.model import CountTable

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")

Emptied = Mapping[int, frozenset[int]]
"""Columns (from 0) to empty, by the line on which the row begins."""


def emptied(data: bytes, table: CountTable, cells: Emptied) -> bytes:
    r"""Give the bytes of a delimited file with cells emptied; a workbook's sheet becomes a CSV in UTF-8."""
    if not table.delimiter:
        return _as_csv(table, cells)
    wide = wide_encoding(data)
    encoding = wide or "latin-1"  # of ASCII marks only: bytes of any 8-bit encoding and of UTF-8 pass through
    lines = _LINE.findall(data.decode(encoding))
    starts = [line for line in table.lines if line in cells]
    ends = dict(zip(table.lines, [*table.lines[1:], len(lines) + 1], strict=True))
    for start in starts:
        record = "".join(lines[start - 1 : ends[start] - 1])
        lines[start - 1 : ends[start] - 1] = [
            _without(record, table.delimiter, cells[start]),
            *[""] * (ends[start] - start - 1),
        ]
    return "".join(lines).encode(encoding)


@cache
def _cell(delimiter: str) -> re.Pattern[str]:
    """Match one cell of a row: quoted whole, or anything up to the delimiter."""
    return re.compile(rf'[ \t]*"(?:[^"]|"")*"|[^\r\n{re.escape(delimiter)}]*')


def _without(record: str, delimiter: str, columns: frozenset[int]) -> str:
    r"""Empty cells of a row, whose quotation marks stay.

    >>> _without('a;"12";3\r\n', ";", frozenset({1}))
    'a;"";3\r\n'
    """
    pattern, at, number, kept = _cell(delimiter), 0, 0, []
    while True:
        found = pattern.match(record, at)
        text = found[0] if found else ""
        if number in columns:
            kept.append('""' if text.lstrip().startswith('"') else "")
        else:
            kept.append(text)
        at += len(text)
        if at >= len(record) or record[at] != delimiter:
            return "".join(kept) + record[at:]
        kept.append(delimiter)
        at, number = at + 1, number + 1


def _as_csv(table: CountTable, cells: Emptied) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for line, row in zip(table.lines, table.cells, strict=True):
        if any(map(str.strip, row)):
            gone = cells.get(line, frozenset())
            writer.writerow(["" if at in gone else text for at, text in enumerate(row)])
    return out.getvalue().encode("utf-8")
