"""XLSX, XLS, XLSB, ODS, flat ODS and HTML tables → grids of text, by their content and never by their name.

What a workbook declares is looked at first, since that is cheap; then `office` reads it in a process of
its own under limits, because two cells far apart are enough to bring calamine's process down.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from avis.errors import Place, Problems
from avis.files.apart import run_apart
from avis.files.archives import Archive, open_archive
from avis.files.celltext import MAX_CELLS, column_letters, column_number
from avis.files.charsets import decode
from avis.files.grids import Grid
from avis.files.kinds import OLE, ZIP
from avis.files.merging import fill_merged, without_overlaps

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^>]*\bref=\"([A-Z]{1,3})?(\d+)?(?::([A-Z]{1,3})(\d+))?\"")
_READER = "avis.files.office"


def read_workbook(data: bytes, name: str, problems: Problems) -> list[Grid]:
    """Read every worksheet; an unreadable workbook gives no grid and a problem.

    Errors: SRC-002 another kind of file, SRC-003 damaged, SRC-005 password, SRC-007 bomb, SRC-008 declared
    too large, SRC-009 too much time or memory, SRC-203 formulas without a result, SRC-212 entities of its
    own; warnings SRC-202 errors of the spreadsheet, SRC-204 hidden rows or columns, SRC-141 and SRC-142
    formats that an XLS or XLSB does not tell, those of `fill_merged`.
    """
    place = Place(name)
    if data.startswith(ZIP):
        fine = _check_zip(data, place, problems)
    else:
        fine = (
            _check_ole(data, place, problems) if data.startswith(OLE) else _check_xml(data, place, problems)
        )
    return _grids(run_apart(_READER, data, place, problems), "workbook", place, problems) if fine else []


def read_webpage(data: bytes, name: str, problems: Problems) -> list[Grid]:
    """Read every table of a web page. Errors: those of `decode`, SRC-002 no table, SRC-003 cut, SRC-009."""
    place = Place(name)
    text, encoding = decode(data, place, problems)
    told = len(problems.items)
    grids = _grids(
        run_apart(_READER, text.encode("utf-8", "replace"), place, problems), encoding, place, problems
    )
    if not grids and told == len(problems.items):
        problems.add("SRC-002", place, kind="HTML")
    return grids


def _check_ole(data: bytes, place: Place, problems: Problems) -> bool:
    if _ENCRYPTED_PACKAGE in data:
        problems.add("SRC-005", place)
        return False
    return True


def _check_xml(data: bytes, place: Place, problems: Problems) -> bool:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        problems.add("SRC-212", place)
        return False
    return True


def _check_zip(data: bytes, place: Place, problems: Problems) -> bool:
    archive = open_archive(data, place, problems)
    if archive is None:
        return False
    if _ods_is_encrypted(archive):
        problems.add("SRC-005", place)
        return False
    return archive.is_whole() and all(
        _check_dimension(archive, name, place, problems) for name in archive.names
    )


def _ods_is_encrypted(archive: Archive) -> bool:
    manifest = "META-INF/manifest.xml"
    return manifest in archive.names and b"encryption-data" in (archive.read(manifest, 2**20) or b"")


def _check_dimension(archive: Archive, name: str, place: Place, problems: Problems) -> bool:
    if not name.startswith("xl/worksheets/") or not name.endswith(".xml"):
        return True
    found = _DIMENSION.search(archive.start(name))
    if not found or not found[3]:
        return True
    rows, columns = int(found[4]), column_number(found[3].decode())
    if rows * columns > MAX_CELLS:
        problems.add("SRC-008", place, rows=rows, columns=columns)
        return False
    return True


def _grids(
    sheets: list[dict[str, Any]] | None, encoding: str, place: Place, problems: Problems
) -> list[Grid]:
    grids = []
    for sheet in sheets or ():
        here = replace(place, sheet=sheet["name"])
        merged = without_overlaps([tuple(cells) for cells in sheet["merged"]])
        found = (sheet["name"], sheet["rows"], sheet["lines"], encoding, sheet["hidden"])
        grid = Grid(*found, merged=merged, left=sheet["left"])
        _tell_flaws(sheet["flaws"], here, problems)
        fill_merged(grid, here, problems)
        grids.append(grid)
    return grids


def _tell_flaws(flaws: list[tuple[str, int, int, str]], place: Place, problems: Problems) -> None:
    hidden = 0
    for kind, line, column, what in flaws:
        here = replace(place, line=line, column=column)
        if kind == "error":
            problems.warn("SRC-202", here, column=column_letters(column), error=what)
        elif kind == "formula":
            problems.add("SRC-203", here, column=column_letters(column))
        elif kind == "first":
            problems.warn("SRC-141", here, column=column_letters(column))
        elif kind == "zeros":
            problems.warn("SRC-142", here)
        else:
            hidden += 1
    if hidden:
        problems.warn("SRC-204", place, n=hidden)
