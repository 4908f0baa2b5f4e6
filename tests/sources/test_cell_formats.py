"""A cell says what it shows: leading zeros stay, a month stays a month, and what cannot be known is said."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from avis.errors import Problems
from avis.files.cellformats import MONTH, YEAR, date_shown, digits_shown, hides_zeros, shown_as
from avis.files.celltext import Read
from avis.files.kinds import sniff
from avis.files.office import note_doubts
from avis.files.sheets import Sheet, read_sheets

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
DAY = dt.datetime(2024, 3, 1)


def read(data: bytes, tmp_path: Path) -> tuple[Sheet, list[str]]:
    (tmp_path / "file").write_bytes(data)
    problems = Problems()
    (sheet,) = read_sheets(tmp_path / "file", "file", problems)
    return sheet, [item.code for item in problems]


def book(cells: list[tuple[str, object]]) -> bytes:
    """Write one column a cell: its format and its value."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for column, (code, value) in enumerate(cells):
            sheet.write(2, column + 1, f"c{column}")
            sheet.write(3, column + 1, value, workbook.add_format({"num_format": code}))
    return out.getvalue()


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("00000", 1000, "01000"),
        ("00000", 75011, "75011"),
        ("00000", 12.5, "12.5"),
        ("00000", "abc", "abc"),
        ('0#" "##" "##" "##" "##', 612345678, "0612345678"),
        ("mmm-yy", DAY, "2024-03"),
        ("[$-40C]mmmm\\ yyyy;@", DAY, "2024-03"),
        ("mm/yyyy", dt.datetime(2024, 3, 15), "2024-03-15"),
        ("yyyy", dt.datetime(2024, 1, 1), "2024"),
        ("yyyy", DAY, "2024-03-01"),
        ("dd/mm/yyyy", DAY, "2024-03-01"),
        ("# ##0", 1000, "1000"),
        ("0.00", 5, "5"),
    ],
)
def test_a_cell_of_an_xlsx_is_read_as_its_format_shows_it(
    code: str, value: object, shown: str, tmp_path: Path
) -> None:
    sheet, told = read(book([(code, value), ("General", 7)]), tmp_path)
    assert (sheet.frame.to_numpy().tolist(), told) == ([[shown, "7"]], [])


def test_formats_stay_with_their_cells_in_a_table_of_many_columns(tmp_path: Path) -> None:
    sheet, _ = read(book([("00000", 1), ("General", 2), ("000", 3), ("mmm-yy", DAY), ("0", 4)]), tmp_path)
    assert sheet.frame.to_numpy().tolist() == [["00001", "2", "003", "2024-03", "4"]]


@pytest.mark.parametrize(
    ("code", "how"),
    [
        ("0", 0),
        ("00", 2),
        ("000", 3),
        ("mm:ss", 0),
        ("hh:mm", 0),
        ("jj/mm/aaaa", 0),
        ("mm/aaaa", MONTH),
        ("yy", YEAR),
    ],
)
def test_a_format_shows_zeros_from_two_digits_on(code: str, how: int) -> None:
    assert shown_as(code) == how


@pytest.mark.parametrize(
    ("shown", "read_as"),
    [
        ("mars 2024", "2024-03"),
        ("03/2024", "2024-03"),
        ("mars-24", "2024-03"),
        ("03/24", "2024-03"),
        ("01/03/2024", "2024-03-01"),
        ("1 mars", "2024-03-01"),
        ("01-mars", "2024-03-01"),
        ("vendredi 1 mars 2024", "2024-03-01"),
        ("", "2024-03-01"),
    ],
)
def test_a_month_that_an_open_document_shows_stays_a_month(shown: str, read_as: str) -> None:
    assert date_shown("2024-03-01", shown) == read_as


def test_zeros_and_months_of_a_flat_open_document_are_those_that_it_shows(tmp_path: Path) -> None:
    cells = (
        '<table:table-cell office:value-type="float" office:value="1000"><text:p>01000</text:p>'
        "</table:table-cell>"
        '<table:table-cell office:value-type="date" office:date-value="2024-03-01"><text:p>mars 2024</text:p>'
        "</table:table-cell>"
    )
    names = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{name}</text:p></table:table-cell>'
        for name in "ab"
    )
    flat = (
        f'<office:document xmlns:office="{OFFICE}office:1.0" xmlns:table="{OFFICE}table:1.0" '
        f'xmlns:text="{OFFICE}text:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        '<office:body><office:spreadsheet><table:table table:name="F">'
        f"<table:table-row>{names}</table:table-row><table:table-row>{cells}</table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document>"
    )
    assert read(flat.encode(), tmp_path)[0].frame.to_numpy().tolist() == [["01000", "2024-03"]]
    assert digits_shown("1000", "0 999") == "1000"


def test_styles_that_are_not_there_change_nothing(tmp_path: Path) -> None:
    without = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book([("00000", 5)]))) as old, zipfile.ZipFile(without, "w") as new:
        for name in old.namelist():
            if name != "xl/styles.xml":
                new.writestr(name, old.read(name))
    assert read(without.getvalue(), tmp_path)[0].frame.to_numpy().tolist() == [["5"]]


def test_formats_of_old_workbooks_are_looked_for_in_their_records() -> None:
    old = b"\x1e\x04\x0a\x00\xa5\x00%b\x00\x00%b\xe0\x00"
    assert hides_zeros(old % (b"\x05", b"00000"), None)
    assert not hides_zeros(old % (b"\x04", b"0.00"), None)
    binary = b"\x2c\x10\xa5\x00%b\x00\x00\x00%b\x2d\x00"
    assert hides_zeros(b"", binary % (b"\x05", "00000".encode("utf-16-le")))
    assert not hides_zeros(b"", binary % (b"\x04", "0.00".encode("utf-16-le")))


class Cells:
    """A sheet as calamine gives it."""

    def __init__(self, rows: list[list[object]]) -> None:
        self.rows = rows

    def iter_rows(self) -> list[list[object]]:
        return self.rows


def test_dates_that_are_all_the_first_of_a_month_are_said_where_formats_are_not_known() -> None:
    first, second = dt.date(2024, 3, 1), dt.date(2024, 3, 2)
    sheet = Read("s", left=1, rows=[["x"]])
    note_doubts(sheet, Cells([["a", "b"], [first, first], [first, second], ["", 3.0]]), hidden_zeros=False)
    assert sheet.flaws == [("first", 0, 2, "")]
    note_doubts(sheet, Cells([]), hidden_zeros=True)
    assert sheet.flaws[1:] == [("zeros", 0, 0, "")]


OLD_XML = (
    b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
)
SYLK = b'ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K"Nom"\r\nC;X2;K3\r\nE\r\n'


@pytest.mark.parametrize(("data", "kind"), [(OLD_XML, "XML 2003"), (SYLK, "SYLK")])
def test_tables_of_old_spreadsheets_are_named_and_refused(data: bytes, kind: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(data)
    problems = Problems()
    assert read_sheets(tmp_path / "file", "file", problems) == []
    assert [(item.code, dict(item.facts)["kind"]) for item in problems] == [("SRC-002", kind)]


@pytest.mark.parametrize("text", [b"ID;Pays\nB;Belgique\nC;Chypre\n", b"ID;Prix;N\n1;2;3\nC;Y1\n"])
def test_a_table_of_which_the_first_name_is_id_stays_a_table(text: bytes) -> None:
    assert sniff(text) == "csv"
