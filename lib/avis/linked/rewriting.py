"""The same file with some cells changed: every other byte of a delimited file stays as it was."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from avis.errors import Place, Problems
from avis.files.charsets import wide_encoding
from avis.files.kinds import sniff
from avis.files.opening import Opened
from avis.files.sheets import grids_of
from avis.linked.model import CountTable

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass
class Changes:
    """What becomes of a table's rows, by the line on which each begins."""

    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    """New texts by column (from 0); "" hides."""
    dropped: set[int] = field(default_factory=set)
    """Rows that stand in another one now."""

    def put(self, line: int, column: int, text: str) -> None:
        """Change one cell."""
        self.cells.setdefault(line, {})[column] = text


def rewrite(data: bytes, table: CountTable, changes: Changes) -> bytes:
    """Give the bytes of a delimited file with cells changed; a workbook's sheet becomes a CSV in UTF-8."""
    if not table.delimiter:
        return _as_csv(table, changes)
    encoding = wide_encoding(data) or "latin-1"  # only ASCII is looked at: UTF-8 and others pass through
    lines = _LINE.findall(data.decode(encoding))
    ends = dict(zip(table.lines, [*table.lines[1:], len(lines) + 1], strict=True))
    for start in table.lines:
        if start in changes.dropped:
            kept = ""
        elif start in changes.cells:
            record = "".join(lines[start - 1 : ends[start] - 1])
            new = {at: _bytes_of(text, table, encoding) for at, text in changes.cells[start].items()}
            kept = _changed(record, table.delimiter, new)
        else:
            continue
        lines[start - 1 : ends[start] - 1] = [kept, *[""] * (ends[start] - start - 1)]
    return "".join(lines).encode(encoding)


def _bytes_of(text: str, table: CountTable, encoding: str) -> str:
    """Write a text as the file's bytes, each read as one Latin-1 character where the file is no UTF-16."""
    if encoding != "latin-1":
        return text
    return text.encode(table.encoding if table.encoding == "utf-8" else "cp1252", "replace").decode("latin-1")


@cache
def _cell(delimiter: str) -> re.Pattern[str]:
    """Match one cell of a row: quoted whole, or anything up to the delimiter."""
    return re.compile(rf'[ \t]*"(?:[^"]|"")*"|[^\r\n{re.escape(delimiter)}]*')


def _changed(record: str, delimiter: str, new: Mapping[int, str]) -> str:
    r"""Change cells of a row; a cell that is quoted stays so.

    >>> _changed('a;"12";3\r\n', ";", {1: ""})
    'a;"";3\r\n'
    >>> _changed("a;12\n", ";", {0: "a;b"})
    '"a;b";12\n'
    """
    pattern, at, number, kept = _cell(delimiter), 0, 0, list[str]()
    while True:
        found = pattern.match(record, at)
        text = found[0] if found else ""
        kept.append(_quoted(new[number], text, delimiter) if number in new else text)
        at += len(text)
        if at >= len(record) or record[at] != delimiter:
            return "".join(kept) + record[at:]
        kept.append(delimiter)
        at, number = at + 1, number + 1


def _quoted(text: str, before: str, delimiter: str) -> str:
    needed = before.lstrip().startswith('"') or any(char in text for char in (delimiter, '"', "\n", "\r"))
    return '"' + text.replace('"', '""') + '"' if needed else text


def _as_csv(table: CountTable, changes: Changes) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for line, row in zip(table.lines, table.cells, strict=True):
        if any(map(str.strip, row)) and line not in changes.dropped:
            new = changes.cells.get(line, {})
            writer.writerow([new.get(at, text) for at, text in enumerate(row)])
    return out.getvalue().encode("utf-8")


def check_written(data: bytes, table: CountTable, changes: Changes) -> None:
    """Read back what will be written, and compare it with what was read and decided. Errors: LIN-028."""
    told = Problems()
    opened = Opened(table.name, table.path, data, sniff(data))
    found = [one.rows for one in grids_of(opened, told)] or [[]]
    wanted = [
        [changes.cells.get(line, {}).get(at, text) for at, text in enumerate(row)]
        for line, row in zip(table.lines, table.cells, strict=True)
        if line not in changes.dropped
    ]
    same = [row for row in found[0] if any(row)] == [row for row in wanted if any(map(str.strip, row))]
    if not same:
        problems = Problems()
        problems.add("LIN-028", Place(table.name, table.sheet))
        problems.raise_errors()
