"""XLSX, XLS, XLSB and ODS workbooks → grids of text, by their content and never by their name.

What a workbook declares is looked at first, since that is cheap; then `office` reads it in a process of
its own under limits, because two cells far apart are enough to bring calamine's process down.
"""

from __future__ import annotations

import re

from avis.errors import Place, Problems
from avis.sources.files.apart import run_apart
from avis.sources.files.archives import Archive, open_archive
from avis.sources.files.grids import Grid
from avis.sources.files.kinds import ZIP

MAX_DECLARED_CELLS = 20_000_000
"""Cells a sheet may declare: three times the 200 000 × 32 of the largest survey that we measure."""
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^>]*\bref=\"([A-Z]{1,3})?(\d+)?(?::([A-Z]{1,3})(\d+))?\"")


def read_workbook(data: bytes, name: str, problems: Problems) -> list[Grid]:
    """Read every worksheet; an unreadable workbook gives no grid and a problem.

    Errors: SRC-002 another kind of file, SRC-003 damaged, SRC-005 password, SRC-007 bomb,
    SRC-008 declared too large, SRC-009 too much time or memory.
    """
    place = Place(name)
    fine = _check_zip(data, place, problems) if data.startswith(ZIP) else _check_ole(data, place, problems)
    return _run(data, place, problems) if fine else []


def _check_ole(data: bytes, place: Place, problems: Problems) -> bool:
    if _ENCRYPTED_PACKAGE in data:
        problems.add("SRC-005", place)
        return False
    return True


def _check_zip(data: bytes, place: Place, problems: Problems) -> bool:
    archive = open_archive(data, place, problems)
    if archive is None:
        return False
    if _ods_is_encrypted(archive):
        problems.add("SRC-005", place)
        return False
    return all(_check_dimension(archive, name, place, problems) for name in archive.names)


def _ods_is_encrypted(archive: Archive) -> bool:
    manifest = "META-INF/manifest.xml"
    return manifest in archive.names and b"encryption-data" in (archive.read(manifest, 2**20) or b"")


def _check_dimension(archive: Archive, name: str, place: Place, problems: Problems) -> bool:
    if not name.startswith("xl/worksheets/") or not name.endswith(".xml"):
        return True
    found = _DIMENSION.search(archive.start(name))
    if not found or not found[3]:
        return True
    rows, columns = int(found[4]), _column_number(found[3].decode())
    if rows * columns > MAX_DECLARED_CELLS:
        problems.add("SRC-008", place, rows=rows, columns=columns)
        return False
    return True


def _column_number(letters: str) -> int:
    """Count columns as spreadsheets name them.

    >>> _column_number("A"), _column_number("AA"), _column_number("XFD")
    (1, 27, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _run(data: bytes, place: Place, problems: Problems) -> list[Grid]:
    sheets = run_apart("avis.sources.files.office", data, place, problems)
    return [
        Grid(sheet["name"], sheet["rows"], sheet["lines"], "workbook", sheet["hidden"])
        for sheet in sheets or ()
    ]
