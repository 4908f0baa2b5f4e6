"""XLSX, XLS, XLSB and ODS workbooks → grids of text, by their content and never by their name.

What a workbook declares is looked at first, since that is cheap; then `office` reads it in a process of
its own under limits, because two cells far apart are enough to bring calamine's process down.
"""

from __future__ import annotations

import io
import json
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from avis.errors import Place, Problems
from avis.sources.files import office

MAX_UNPACKED = 400 * 2**20
"""Bytes a workbook may hold once unpacked: 200 000 rows of a 32-column survey take about 300 MB of XML."""
MAX_RATIO = 200
"""How much smaller than its content a workbook may be: honest XML packs 5 to 60 times, bombs 1 000."""
SMALL_UNPACKED = 20 * 2**20
"""Below this a high ratio is harmless, and normal for a sheet that repeats itself."""
MAX_DECLARED_CELLS = 20_000_000
"""Cells a sheet may declare: three times the 200 000 × 32 of the largest survey that we measure."""
MEMORY = 2**30
"""Bytes of address space of the reading process: 25 000 × 32 cells took 117 MB; eight times that."""
SECONDS = 30
"""Time of the reading process; 20 000 × 32 cells take under one second."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How XLS files begin, and password-protected XLSX files too."""
ZIP = b"PK\x03\x04"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^>]*\bref=\"([A-Z]{1,3})?(\d+)?(?::([A-Z]{1,3})(\d+))?\"")
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""All that zipfile raises over a broken archive: it has no error of its own for most of them."""
_SCRIPT = Path(__file__).with_name("office.py")


@dataclass(frozen=True)
class Grid:
    """Rows of text as they stand, before anything is taken for a header.

    `lines` is the file's line (or the sheet's row) of each row, counted from 1.
    """

    name: str
    rows: list[list[str]]
    lines: list[int]
    encoding: str
    hidden: bool = False


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
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _check_members(archive, len(data), place, problems)
    except _DAMAGED:
        problems.add("SRC-003", place)
        return False


def _check_members(archive: zipfile.ZipFile, packed: int, place: Place, problems: Problems) -> bool:
    members = archive.infolist()
    names = {member.filename for member in members}
    unpacked = sum(member.file_size for member in members)
    if not (names & {"xl/workbook.xml", "xl/workbook.bin"} or _is_ods(archive, names)):
        problems.add("SRC-002", place, kind="ZIP")
    elif unpacked > MAX_UNPACKED or (unpacked > SMALL_UNPACKED and unpacked > packed * MAX_RATIO):
        problems.add("SRC-007", place, size=unpacked // 2**20)
    elif _ods_is_encrypted(archive, names):
        problems.add("SRC-005", place)
    else:
        return all(_check_dimension(archive, member, place, problems) for member in members)
    return False


def _is_ods(archive: zipfile.ZipFile, names: set[str]) -> bool:
    kind = archive.open("mimetype").read(100) if "mimetype" in names else b""
    return kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet")


def _ods_is_encrypted(archive: zipfile.ZipFile, names: set[str]) -> bool:
    manifest = "META-INF/manifest.xml"
    return manifest in names and b"encryption-data" in archive.open(manifest).read(2**20)


def _check_dimension(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, place: Place, problems: Problems
) -> bool:
    if not member.filename.startswith("xl/worksheets/") or not member.filename.endswith(".xml"):
        return True
    found = _DIMENSION.search(archive.open(member).read(4096))
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
    command = [sys.executable, "-P", str(_SCRIPT), str(MEMORY), str(SECONDS)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        problems.add("SRC-009", place)
        return []
    if done.returncode:
        codes = {office.NOT_READABLE: "SRC-003", office.PASSWORD: "SRC-005"}
        problems.add(codes.get(done.returncode, "SRC-009"), place)
        return []
    return [
        Grid(sheet["name"], sheet["rows"], sheet["lines"], "workbook", sheet["hidden"])
        for sheet in json.loads(done.stdout)
    ]
