"""Read a workbook or an HTML table in a process of its own, which may die without taking the workbench along.

Run by `apart`: it loads nothing but the standard library and calamine, so that starting it costs little.
A workbook on standard input, JSON on standard output: a list of what `celltext.Read` holds.
Exit status: 0 read, 3 not readable, 4 protected by a password, 5 too large.
"""

import datetime as dt
import io
import json
import sys
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from avis.files.cellformats import as_shown, hides_zeros, position, shown_cells, shown_styles
from avis.files.celltext import MAX_CELLS, Damaged, Read, TooLarge, as_text
from avis.files.limits import NOT_READABLE, PASSWORD, TOO_LARGE, limit
from avis.files.opendocument import read_opendocument
from avis.files.sheetmarks import mark, sheet_members
from avis.files.webtables import read_webtables

_CHUNK = 2**20
_ZIP = b"PK\x03\x04"


def read(data: bytes) -> list[Read]:
    """Read every sheet; chart and macro sheets have no cells and are left out."""
    if not data.startswith((_ZIP, b"\xd0\xcf")):
        is_flat = b"<office:document" in data[: 2**14]
        return (
            read_opendocument(_parts(io.BytesIO(data))) if is_flat else read_webtables(data.decode("utf-8"))
        )
    if not data.startswith(_ZIP):
        return list(_read_calamine(data, {}, None))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        if "content.xml" in names and "xl/workbook.xml" not in names:
            with archive.open("content.xml") as member:
                return read_opendocument(_parts(member))
        members = sheet_members(archive) if "xl/workbook.xml" in names else {}
        return list(_read_calamine(data, members, archive))


def _parts(stream: Any) -> Iterator[bytes]:
    while part := stream.read(_CHUNK):
        yield part


def _read_calamine(data: bytes, members: dict[str, str], archive: zipfile.ZipFile | None) -> Iterator[Read]:
    import python_calamine as calamine

    book = calamine.load_workbook(io.BytesIO(data))
    styles = shown_styles(archive) if archive is not None and members else {}
    hidden_zeros = not members and _hides_zeros(data, archive)
    for meta in book.sheets_metadata:
        if meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = Read(meta.name, meta.visible != calamine.SheetVisibleEnum.Visible)
        shown: Sequence[int] = ()
        if archive is not None and meta.name in members:
            shown = _look_at(sheet, archive, members[meta.name], styles)
        cells = book.get_sheet_by_name(meta.name)
        merged = cells.merged_cell_ranges or ()
        sheet.merged = [(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in merged]
        _take_rows(sheet, cells, shown)
        if not members:
            note_doubts(sheet, cells, hidden_zeros)
        yield sheet


def _look_at(sheet: Read, archive: zipfile.ZipFile, name: str, styles: dict[int, int]) -> Sequence[int]:
    """Note the flaws of a sheet of an XLSX; give the cells that show something else than their value."""
    with archive.open(name) as member:
        rows, columns = mark(sheet, member)
    if rows * columns > MAX_CELLS:  # calamine makes them all, blank or not
        raise TooLarge
    if not styles:
        return ()
    with archive.open(name) as member:
        return shown_cells(member, styles)


def _take_rows(sheet: Read, cells: Any, shown: Sequence[int]) -> None:
    """Take the rows that hold something, with their numbers in the sheet; its first columns may be blank.

    Blank rows go here and not later: a stray cell makes a sheet of millions of them.
    """
    sheet.left = cells.start[1] if cells.start else 0  # each row begins at the first column that is filled
    at = 0
    for line, row in enumerate(cells.iter_rows(), start=1):  # counts from the first row, blank or not
        while at < len(shown) and shown[at] < position(line + 1, 0):
            column = (shown[at] >> 8) % 2**16 - sheet.left - 1
            if 0 <= column < len(row):
                row[column] = as_shown(row[column], shown[at] % 2**8)
            at += 1
        if row.count("") < len(row):
            sheet.add(line, [cell if type(cell) is str else as_text(cell) for cell in row])


def _hides_zeros(data: bytes, archive: zipfile.ZipFile | None) -> bool:
    if archive is None:
        return hides_zeros(data, None)
    return "xl/styles.bin" in archive.namelist() and hides_zeros(data, archive.read("xl/styles.bin"))


def note_doubts(sheet: Read, cells: Any, hidden_zeros: bool) -> None:
    """Note what XLS and XLSB may show otherwise: calamine tells the values of their cells, and no format."""
    if hidden_zeros and sheet.rows:
        sheet.flaw("zeros", 0, 0)
    days: dict[int, bool] = {}
    for row in cells.iter_rows():
        for column, cell in enumerate(row):
            if isinstance(cell, dt.date):
                days[column] = cell.day == 1 and days.get(column, True)
    for column in (column for column, firsts in days.items() if firsts):
        sheet.flaw("first", 0, sheet.left + column + 1)


def main(arguments: list[str]) -> int:
    """Read standard input under the limits given: memory in bytes, seconds."""
    import python_calamine as calamine

    data = sys.stdin.buffer.read()
    limit(int(arguments[0]), int(arguments[1]))
    try:
        sheets = read(data)
        for sheet in sheets:
            sheet.trim()
        text = json.dumps([sheet.as_json() for sheet in sheets], ensure_ascii=False).encode(
            "utf-8", "replace"
        )
    except calamine.PasswordError:
        return PASSWORD
    except (calamine.CalamineError, Damaged, zipfile.BadZipFile, KeyError, ValueError, SyntaxError):
        return NOT_READABLE
    except (MemoryError, TooLarge):
        return TOO_LARGE
    sys.stdout.buffer.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
