"""What calamine does not say of an XLSX sheet: errors, formulas without a result, hidden rows, true extent.

Runs apart, imported by `office`. It looks for marks in the XML instead of parsing it: a parser that calls
Python would take ten times as long.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree

from avis.files.celltext import ERRORS, Read, TooLarge, column_number

_CHUNK = 2**22
_FARTHEST = 2**16
"""Bytes between the start of a cell and the end of its formula."""
_LONGEST_TAG = 2_000
"""Bytes of the tag of a cell, a row or a column: each has a dozen short attributes."""
_LONGEST_ROW = 2**26
"""Bytes between two ends of rows: 16 384 columns of a thousand characters are less."""
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def sheet_members(archive: zipfile.ZipFile) -> dict[str, str]:
    """Give the member that holds each sheet of an XLSX, by the sheet's name."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {item.get("Id"): item.get("Target", "") for item in relations}
    members = {}
    for item in ElementTree.fromstring(archive.read("xl/workbook.xml")).iterfind(".//{*}sheets/{*}sheet"):
        target = targets.get(item.get(_RELATION) or item.get(_STRICT), "")
        members[item.get("name", "")] = target.removeprefix("/") if target[:1] == "/" else f"xl/{target}"
    return members


class _Marks:
    """Patterns for a sheet whose elements have this prefix ("" or "x:"); all begin with fixed bytes."""

    def __init__(self, prefix: bytes) -> None:
        p = re.escape(prefix)
        nothing = rb"\s*+(?:<%bv\s*+/>|<%bv>\s*+</%bv>)?\s*+</%bc>" % (p, p, p, p)
        self.cell, self.row, self.row_end = b"<%bc " % prefix, b"<%brow " % prefix, b"</%brow>" % prefix
        formula = rb"(?:<%bf\b[^<]*+(?:</%bf>)?\s*+)?" % (p, p)
        self.error = re.compile(rb" t=[\"']e[\"'][^<>]{0,200}+>\s*+%b<%bv>([^<]*)" % (formula, p))
        self.unsolved = (
            re.compile(rb"</%bf>" % p + nothing),
            re.compile(rb"<%bf\b[^<>]*+(?<=/)>" % p + nothing),
        )
        self.hidden = re.compile(rb" hidden=[\"'](?:1|true)[\"']")
        self.tag = re.compile(rb"<%b(c|row|col)\b[^<>]{0,%d}" % (p, _LONGEST_TAG))


_REFERENCE = re.compile(rb" r=[\"']([A-Z]{1,3})?(\d{1,7})[\"']")
_TEXT_RESULT = re.compile(rb" t=[\"'](?:str|s)[\"']")
_COLUMNS = tuple(re.compile(rb" r=[\"']([A-Z]{%d})\d" % letters) for letters in (3, 2, 1))
_PREFIX = re.compile(rb"<(\w+:)?worksheet\b")


def mark(sheet: Read, member: IO[bytes]) -> tuple[int, int]:
    """Note the flaws of a sheet, and give its true extent in rows and columns."""
    start = member.read(_CHUNK)
    found = _PREFIX.search(start)
    marks = _Marks((found[1] or b"") if found else b"")
    rows = columns = 0
    hidden: list[tuple[int, int]] = []
    for part in _parts(start, member, marks.row_end):
        rows = max(rows, _last_row(part, marks))
        columns = max(columns, _last_column(part))
        _note_cells(sheet, part, marks)
        hidden += _note_hidden(sheet, part, marks)
    for first, last in hidden:
        for column in range(first, min(last, columns) + 1):
            sheet.flaw("hidden", 0, column)
    return rows, columns


def _parts(start: bytes, member: IO[bytes], row_end: bytes) -> Iterator[bytes]:
    """Cut a sheet between two rows."""
    rest = start
    while chunk := member.read(_CHUNK):
        cut = rest.rfind(row_end) + len(row_end)
        if cut >= len(row_end):
            yield rest[:cut]
            rest = rest[cut:]
        if len(rest) > _LONGEST_ROW:
            raise TooLarge
        rest += chunk
    yield rest


def _last_row(part: bytes, marks: _Marks) -> int:
    start = part.rfind(marks.row)
    found = _REFERENCE.search(part, start, start + 500) if start >= 0 else None
    return int(found[2]) if found else 0


def _last_column(part: bytes) -> int:
    for letters in _COLUMNS:  # the longest names are the last columns
        found = set(letters.findall(part))
        if found:
            return max(column_number(name.decode()) for name in found)
    return 0


def _note_cells(sheet: Read, part: bytes, marks: _Marks) -> None:
    last = 0  # a cell begins behind the mark of the one before it: no byte is looked at twice
    for found in marks.error.finditer(part):
        shown = found[1].decode("utf-8", "replace").strip()
        _note(sheet, part, marks, found.start() + 1, last, shown if ERRORS.fullmatch(shown) else "#")
        last = found.start()
    for pattern in marks.unsolved:
        last = 0
        for found in pattern.finditer(part):
            _note(sheet, part, marks, found.start() + 1, last)
            last = found.start()


def _note(sheet: Read, part: bytes, marks: _Marks, position: int, last: int, error: str = "") -> None:
    """Note an error, or a formula without a result, in the cell around a position."""
    start = part.rfind(marks.cell, max(position - _FARTHEST, last), position)
    tag = marks.tag.match(part, start) if start >= 0 else None
    reference = _REFERENCE.search(tag[0]) if tag else None
    if not tag or not reference or not reference[1] or (not error and _TEXT_RESULT.search(tag[0])):
        return
    sheet.flaw(
        "error" if error else "formula", int(reference[2]), column_number(reference[1].decode()), error
    )


def _note_hidden(sheet: Read, part: bytes, marks: _Marks) -> list[tuple[int, int]]:
    """Note the hidden rows that hold cells, and give the hidden columns as ranges."""
    columns = []
    for found in marks.hidden.finditer(part):
        tag = marks.tag.match(part, part.rfind(b"<", max(found.start() - _LONGEST_TAG, 0), found.start()))
        if tag and tag[1] == b"row" and not tag[0].endswith(b"/"):
            reference = _REFERENCE.search(tag[0])
            sheet.flaw("hidden", int(reference[2]) if reference else 0, 0)
        elif tag and tag[1] == b"col":
            ends = dict(re.findall(rb" (min|max)=[\"'](\d{1,6})[\"']", tag[0]))
            columns.append((int(ends.get(b"min", 1)), int(ends.get(b"max", 0))))
    return columns
