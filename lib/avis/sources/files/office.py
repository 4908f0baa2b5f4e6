"""Read a workbook in a process of its own, which may die without taking the workbench along.

Run by `apart`: it loads nothing but the standard library and calamine, so that starting it costs little.
A workbook on standard input, JSON on standard output:
`[{"name": ..., "hidden": bool, "lines": [int, ...], "rows": [[text, ...], ...]}, ...]`.
Exit status: 0 read, 3 not readable, 4 protected by a password, 5 too large.
"""

import datetime as dt
import io
import json
import sys
from typing import Any

from avis.sources.files.limits import NOT_READABLE, PASSWORD, TOO_LARGE, limit

MAX_TEXT = 256 * 2**20
"""Bytes of text handed over, as for a CSV: a text shared by a million cells costs a workbook little."""


def as_text(cell: object) -> str:
    """Write a cell as text: ISO dates, whole numbers without a decimal part, durations h:mm.

    A number with exactly three decimals gets a fourth: as text, 7.125 could be seven thousand.

    >>> as_text(12.0), as_text(dt.date(1906, 5, 16)), as_text(0.5), as_text(7.125)
    ('12', '1906-05-16', '0.5', '7.1250')
    """
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return _float_text(cell)
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    if isinstance(cell, dt.timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def _float_text(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    whole, _, decimals = text.lstrip("-").partition(".")
    return text + "0" if len(decimals) == 3 and decimals.isdigit() and whole != "0" else text


def read(data: bytes) -> list[dict[str, Any]]:
    """Read every sheet that holds cells; chart and macro sheets have none."""
    import python_calamine as calamine

    book = calamine.load_workbook(io.BytesIO(data))
    sheets = []
    for meta in book.sheets_metadata:
        if meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        hidden = meta.visible != calamine.SheetVisibleEnum.Visible
        lines, rows = _filled_rows(sheet)
        sheets.append({"name": meta.name, "hidden": hidden, "lines": lines, "rows": rows})
    return sheets


def _filled_rows(sheet: Any) -> tuple[list[int], list[list[str]]]:
    """Give the rows that hold something, with their numbers in the sheet.

    Blank rows go here and not later: a stray cell makes a sheet of millions of them.
    """
    lines, rows = [], []
    for line, row in enumerate(sheet.iter_rows(), start=1):  # counts from the sheet's first row, blank or not
        if row.count("") < len(row):
            lines.append(line)
            rows.append([as_text(cell) for cell in row])
    return lines, rows


def main(arguments: list[str]) -> int:
    """Read standard input under the limits given: memory in bytes, seconds."""
    import python_calamine as calamine

    data = sys.stdin.buffer.read()
    limit(int(arguments[0]), int(arguments[1]))
    try:
        text = json.dumps(read(data), ensure_ascii=False).encode("utf-8", "replace")
    except calamine.PasswordError:
        return PASSWORD
    except calamine.CalamineError:
        return NOT_READABLE
    except MemoryError:
        return TOO_LARGE
    if len(text) > MAX_TEXT:
        return TOO_LARGE
    sys.stdout.buffer.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
