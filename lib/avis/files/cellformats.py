"""What a cell shows and its value does not say: leading zeros, a month, a year.

Runs apart, imported by `office` and `opendocument`. A postcode may be the number 1000 shown as 01000, and
« mars 2024 » is kept as the first of March: as values, one loses a digit and the other gains a day.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from array import array
from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree

from avis.files.celltext import as_text, column_number

MONTH, YEAR = 254, 255
"""How a cell shows its value: the month alone, the year alone, or as many digits as a smaller number says."""
_MONTH_BUILT_IN = "17"
"""The one built-in format that shows a month without its day: mmm-yy (ECMA-376, 18.8.30)."""
_UNSHOWN = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]|am/pm|a/p|general|@', re.I)
_DIGITS = re.compile(r"#*(0[0#]+)")
_CHUNK = 2**22
_REFERENCE = re.compile(rb" r=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_CELL = re.compile(rb"<(?:\w+:)?c ")
_WIDEST_TAG = 200
"""Bytes of a cell's tag."""
_OLD_FORMAT = re.compile(rb"\x1e\x04.\x00..(.)\x00\x00", re.S)
"""A format of an XLS: how many characters follow (MS-XLS, 2.4.126)."""
_BINARY_FORMAT = re.compile(rb"\x2c...(.)\x00\x00\x00", re.S)
"""A format of an XLSB: how many characters of two bytes follow (MS-XLSB, 2.4.697)."""


def shown_as(code: str) -> int:
    """Say how a number format shows a value; 0 where it shows all of it.

    In a file, format codes are English; French and German letters for the day are taken for one too.

    >>> shown_as("00000"), shown_as("0#\\" \\"##\\" \\"##"), shown_as("mmm\\\\-yy") == MONTH
    (5, 6, True)
    >>> shown_as("yyyy") == YEAR, shown_as("dd/mm/yyyy"), shown_as("0.00"), shown_as("mm:ss")
    (True, 0, 0, 0)
    """
    plain = re.sub(r"[\s/().-]", "", code := _UNSHOWN.sub("", code.split(";")[0]).lower())
    digits = _DIGITS.fullmatch(plain)
    if digits and "." not in code:
        return min(len(digits[1]), MONTH - 1)
    if re.search(r"[djths]", plain) or not re.fullmatch(r"[myae,]*", plain):
        return 0
    if "m" in plain:
        return MONTH if "y" in plain or "a" in plain or "mmm" in plain else 0
    return YEAR if re.search(r"[yae]{2}", plain) else 0


def shown_styles(archive: zipfile.ZipFile) -> dict[int, int]:
    """Give the styles of an XLSX that show less than the value, or more, with how they show it."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))
    codes = {
        item.get("numFmtId"): item.get("formatCode", "") for item in root.iterfind("{*}numFmts/{*}numFmt")
    }
    codes.setdefault(_MONTH_BUILT_IN, "mmm-yy")
    styles = {}
    for number, item in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        how = shown_as(codes.get(item.get("numFmtId"), ""))
        if how:
            styles[number] = how
    return styles


def shown_cells(member: IO[bytes], styles: dict[int, int]) -> array[int]:
    """Find the cells of a sheet that have one of these styles, in order; `position` says what is kept."""
    found: array[int] = array("Q")
    names = b"|".join(str(style).encode() for style in styles)
    styled = re.compile(rb" s=[\"'](%b)[\"']" % names)
    for part in _parts(member):
        for style in styled.finditer(part):
            start = part.rfind(b"<", max(style.start() - _WIDEST_TAG, 0), style.start())
            tag = part[start : part.find(b">", style.end())] if start >= 0 else b""
            place = _REFERENCE.search(tag) if _CELL.match(tag) else None
            if place:
                found.append(
                    position(int(place[2]), column_number(place[1].decode())) | styles[int(style[1])]
                )
    return array("Q", sorted(found))


def position(line: int, column: int) -> int:
    """Write a line and a column as one number, with room for how the cell is shown."""
    return line << 24 | column << 8


def _parts(member: IO[bytes]) -> Iterator[bytes]:
    """Cut a sheet between two tags."""
    rest = b""
    while chunk := member.read(_CHUNK):
        rest += chunk
        cut = rest.rfind(b"<")
        yield rest[:cut]
        rest = rest[cut:]
    yield rest


def as_shown(cell: object, how: int) -> str:
    """Write a cell as its format shows it; a day that is not the first was written by somebody and stays.

    >>> as_shown(1000.0, 5), as_shown(dt.date(2024, 3, 1), MONTH), as_shown(dt.date(2024, 3, 15), MONTH)
    ('01000', '2024-03', '2024-03-15')
    """
    text = as_text(cell)
    if how < MONTH:
        return text.zfill(how) if isinstance(cell, float) and text.lstrip("-").isdigit() else text
    if not isinstance(cell, dt.date) or len(text) != len("2024-03-01"):
        return text
    return _without_day(text, how)


def _without_day(day: str, how: int) -> str:
    first = "-01-01" if how == YEAR else "-01"
    return day.removesuffix(first)


def digits_shown(value: str, shown: str) -> str:
    """Give the digits that a cell shows where they begin with a zero that its number has not.

    >>> digits_shown("1000", "01000"), digits_shown("612345678", "06 12 34 56 78"), digits_shown("5", "5,00")
    ('01000', '0612345678', '5')
    """
    digits = re.sub(r"[\s\u00a0\u202f.-]", "", shown) if shown.startswith("0") else ""
    return digits if digits.isdecimal() and digits.lstrip("0") == value.lstrip("0") else value


def date_shown(day: str, shown: str) -> str:
    """Take the first of a month, or of a year, for the month or the year that the cell shows.

    >>> date_shown("2024-03-01", "mars 2024"), date_shown("2024-01-01", "2024")
    ('2024-03', '2024')
    >>> date_shown("2024-03-01", "1 mars 2024"), date_shown("2024-03-01", "01/03/24")
    ('2024-03-01', '2024-03-01')
    """
    year, month = day[:4], day[5:7]
    if not day.endswith("-01") or len(day) != len("2024-03-01"):
        return day
    if shown.strip() == year:
        return _without_day(day, YEAR)
    alike = [[month, year], [month.lstrip("0"), year], [year, month]]
    if year[2:] != "01":  # which would be a day
        alike.append([month, year[2:]])
    if re.search(r"[^\W\d_]{3}", shown):
        alike = [[year], []] + ([[year[2:]]] if shown[:1].isalpha() else [])
    return _without_day(day, MONTH) if re.findall(r"\d+", shown) in alike else day


def hides_zeros(data: bytes, styles: bytes | None) -> bool:
    """Say whether an XLS, or the styles of an XLSB, hold a format that shows leading zeros."""
    if styles is None:
        found = ((data, end := one.end(), end + one[1][0], "latin-1") for one in _OLD_FORMAT.finditer(data))
    else:
        found = (
            (styles, end := one.end(), end + 2 * one[1][0], "utf-16-le")
            for one in _BINARY_FORMAT.finditer(styles)
        )
    return any(0 < shown_as(at[start:end].decode(code, "replace")) < MONTH for at, start, end, code in found)
