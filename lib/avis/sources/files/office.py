"""Read a workbook or an HTML table in a process of its own, which may die without taking the workbench along.

Run by `apart`: it loads nothing but the standard library and calamine, so that starting it costs little.
A workbook on standard input, JSON on standard output: a list of what `celltext.Read` holds.
Exit status: 0 read, 3 not readable, 4 protected by a password, 5 too large.
"""

import io
import json
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

from avis.sources.files.celltext import MAX_CELLS, Damaged, Read, TooLarge, as_text
from avis.sources.files.limits import NOT_READABLE, PASSWORD, TOO_LARGE, limit
from avis.sources.files.opendocument import read_opendocument
from avis.sources.files.sheetmarks import mark, sheet_members
from avis.sources.files.webtables import read_webtables

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
    for meta in book.sheets_metadata:
        if meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = Read(meta.name, meta.visible != calamine.SheetVisibleEnum.Visible)
        if archive is not None and meta.name in members:
            with archive.open(members[meta.name]) as member:
                rows, columns = mark(sheet, member)
            if rows * columns > MAX_CELLS:  # calamine makes them all, blank or not
                raise TooLarge
        cells = book.get_sheet_by_name(meta.name)
        merged = cells.merged_cell_ranges or ()
        sheet.merged = [(top + 1, left + 1, bottom + 1, right + 1) for (top, left), (bottom, right) in merged]
        _take_rows(sheet, cells)
        yield sheet


def _take_rows(sheet: Read, cells: Any) -> None:
    """Take the rows that hold something, with their numbers in the sheet; its first columns may be blank.

    Blank rows go here and not later: a stray cell makes a sheet of millions of them.
    """
    sheet.left = cells.start[1] if cells.start else 0  # each row begins at the first column that is filled
    for line, row in enumerate(cells.iter_rows(), start=1):  # counts from the first row, blank or not
        if row.count("") < len(row):
            sheet.add(line, [cell if type(cell) is str else as_text(cell) for cell in row])


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
