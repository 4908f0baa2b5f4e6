"""Workbooks and web tables: what a spreadsheet shows and a reader drops is said, with its place."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlsxwriter

from avis.errors import Place, Problems
from avis.files.precision import tell_rounded
from avis.files.sheets import Sheet, read_grids, read_sheets

NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
MIME = "application/vnd.oasis.opendocument.spreadsheet"
HIDDEN = (
    '<office:automatic-styles><style:style style:name="ta1" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
)


def fods(*rows: str) -> bytes:
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    shown, hidden = 'table:name="a"', 'table:name="b" table:style-name="ta1"'
    sheets = "".join(f"<table:table {sheet}>{lines}</table:table>" for sheet in (shown, hidden))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {NAMES} office:mimetype="{MIME}">{HIDDEN}'
        f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document>"
    ).encode()


def text(words: str, more: str = "") -> str:
    paragraphs = "".join(f"<text:p>{part}</text:p>" for part in words.split("\n"))
    return f'<table:table-cell office:value-type="string"{more}>{paragraphs}</table:table-cell>'


COVERED = "<table:covered-table-cell/>"


def read(data: bytes, tmp_path: Path) -> tuple[list[Sheet], list[tuple[str, int, int]]]:
    (tmp_path / "file").write_bytes(data)
    problems = Problems()
    sheets = read_sheets(tmp_path / "file", "file", problems)
    return sheets, [(item.code, item.place.line, item.place.column) for item in problems]


def book(**options: object) -> tuple[io.BytesIO, xlsxwriter.Workbook]:
    out = io.BytesIO()
    return out, xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy", **options})


# --- XLSX ---


def test_cells_in_error_and_formulas_without_a_result_are_said(tmp_path: Path) -> None:
    out, workbook = book()
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, ["a", "b"])
    sheet.write_formula(1, 0, "=1/0", None, "#DIV/0!")
    sheet.write_formula(1, 1, "=1+1", None, 2)
    sheet.write_formula(2, 1, "=NA()", None, "#N/A")
    sheet.write_row(3, 0, ["#N/A", 't="e"'])
    workbook.close()
    (read_sheet,), told = read(out.getvalue(), tmp_path)
    assert told == [("SRC-202", 2, 1), ("SRC-202", 3, 2)]
    assert read_sheet.frame.to_numpy().tolist() == [["", "2"], ["#N/A", 't="e"']]


def test_a_formula_that_was_never_calculated_is_an_error(tmp_path: Path) -> None:
    workbook, out = openpyxl.Workbook(), io.BytesIO()
    workbook.active.append(["a", "b"])
    workbook.active.append([1, "=SUM(A2:A2)"])
    workbook.save(out)
    assert read(out.getvalue(), tmp_path)[1] == [("SRC-203", 2, 2)]


def test_hidden_rows_and_columns_are_read_and_said(tmp_path: Path) -> None:
    out, workbook = book()
    sheet = workbook.add_worksheet()
    for line in range(4):
        sheet.write_row(line, 0, [f"{line}a", f"{line}b", f"{line}c"])
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column(1, 1, None, None, {"hidden": True})
    sheet.set_column(5, 16_383, None, None, {"hidden": True})
    workbook.close()
    (tmp_path / "file").write_bytes(out.getvalue())
    problems = Problems()
    (read_sheet,) = read_sheets(tmp_path / "file", "file", problems)
    assert [(item.code, dict(item.facts)) for item in problems] == [("SRC-204", {"n": 2})]
    assert read_sheet.frame.shape == (3, 3)


def test_a_merged_label_stands_on_each_of_its_rows_and_a_number_does_not(tmp_path: Path) -> None:
    out, workbook = book()
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, ["lieu", "année", "public", "n"])
    sheet.merge_range(1, 0, 2, 0, "ici")
    sheet.merge_range(1, 1, 2, 1, 2024)
    sheet.merge_range(1, 3, 2, 3, 25)
    sheet.write(1, 2, "x")
    sheet.write(2, 2, "y")
    sheet.write(3, 2, "z")
    workbook.close()
    (read_sheet,), told = read(out.getvalue(), tmp_path)
    assert read_sheet.frame.to_numpy().tolist() == [
        ["ici", "2024", "x", "25"],
        ["ici", "2024", "y", ""],
        ["", "", "z", ""],
    ]
    assert told == [("SRC-205", 2, 1), ("SRC-205", 2, 2), ("SRC-206", 2, 4)]


def test_a_sheet_of_a_chart_has_no_rows(tmp_path: Path) -> None:
    out, workbook = book()
    sheet = workbook.add_worksheet("données")
    sheet.write_column(0, 0, ["a", 1])
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series({"values": "=données!$A$2:$A$2"})
    workbook.add_chartsheet("graphique").set_chart(chart)
    workbook.close()
    assert [sheet.name for sheet in read(out.getvalue(), tmp_path)[0]] == ["données"]


@pytest.mark.parametrize("since_1904", [False, True])
def test_days_are_the_same_in_both_calendars_of_excel(since_1904: bool, tmp_path: Path) -> None:
    out, workbook = book(date_1904=since_1904)
    days = [dt.date(1904, 1, 2), dt.date(1999, 12, 31), dt.date(2024, 2, 29)]
    workbook.add_worksheet().write_column(0, 0, ["jour", *days])
    workbook.close()
    (read_sheet,), _ = read(out.getvalue(), tmp_path)
    assert read_sheet.frame["jour"].tolist() == [day.isoformat() for day in days]


# --- ODS ---


def test_a_flat_ods_is_read_with_its_types_and_its_hidden_sheet(tmp_path: Path) -> None:
    cells = [
        text("x\ny"),
        text("12,00", ' office:value="12"').replace('"string"', '"float"'),
        '<table:table-cell office:value-type="percentage" office:value="0.5"/>',
        '<table:table-cell office:value-type="date" office:date-value="1906-05-16"/>',
        '<table:table-cell office:value-type="time" office:time-value="PT10H30M00S"/>',
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>',
        text('a<text:s text:c="2"/>b<text:tab/>c<text:line-break/>d'),
        text("x").replace("<text:p>", "<office:annotation><text:p>note</text:p></office:annotation><text:p>"),
    ]
    (tmp_path / "file").write_bytes(fods("".join(cells)))
    grids = read_grids(tmp_path / "file", "file", Problems())
    expected = ["x\ny", "12", "0.5", "1906-05-16", "10:30:00", "TRUE", "a  b\tc\nd", "x"]
    assert [(grid.name, grid.hidden, grid.rows) for grid in grids] == [
        ("a", False, [expected]),
        ("b", True, [expected]),
    ]


def test_an_ods_says_errors_and_merged_cells(tmp_path: Path) -> None:
    error = '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" {}>'
    shown = "<text:p>#DIV/0!</text:p></table:table-cell>"
    sheets, told = read(
        fods(
            text("a") + text("b") + text("c") + text("d"),
            text("ici", ' table:number-rows-spanned="2"') + text("x") + text("#DIV/0!") + text("1"),
            COVERED
            + error.format('calcext:value-type="error"')
            + shown
            + error.format("")
            + shown
            + text("2"),
            text("là") + text("y") + '<table:table-cell table:formula="of:=A1"/>' + text("3"),
        ),
        tmp_path,
    )
    assert told[: len(told) // 2] == [
        ("SRC-202", 3, 2),
        ("SRC-202", 3, 3),
        ("SRC-203", 4, 3),
        ("SRC-205", 2, 1),
    ]
    assert sheets[0].frame.to_numpy().tolist() == [
        ["ici", "x", "#DIV/0!", "1"],
        ["ici", "", "", "2"],
        ["là", "y", "", "3"],
    ]


def test_repeated_cells_and_rows_of_an_ods_are_all_there(tmp_path: Path) -> None:
    twice = text("a", ' table:number-columns-repeated="2"')
    blank = '<table:table-cell table:number-columns-repeated="3"/>'
    once, often = f"<table:table-row>{blank}", f'<table:table-row table:number-rows-repeated="4">{blank}'
    data = fods(text("x") + blank + text("y"), blank, twice).replace(once.encode(), often.encode())
    (tmp_path / "file").write_bytes(data)
    grid, _ = read_grids(tmp_path / "file", "file", Problems())
    assert grid.rows == [["x", "", "", "", "y"], ["a", "a", "", "", ""]]
    assert grid.lines == [1, 6]


# --- HTML ---


def page(body: str, start: str = "<html><body>") -> bytes:
    return f"{start}{body}</body></html>".encode()


def test_a_web_table_named_xls_is_read_with_its_spans(tmp_path: Path) -> None:
    rows = (
        "<tr><th rowspan=2>Mois<th colspan='2'>Public</tr><tr><td>adultes<td>enfants</tr>"
        "<tr><td>mai <b>2024</b><br>suite<td>1&nbsp;000<td>2</tr>"
    )
    (sheet,), told = read(page(f"<style>td {{}}</style><table>{rows}</table>"), tmp_path)
    assert sheet.frame.to_dict("list") == {
        "Mois": ["mai 2024\nsuite"],
        "adultes": ["1\xa0000"],
        "enfants": ["2"],
    }
    assert sheet.header_lines == (1, 2)
    assert "SRC-208" in [code for code, _, _ in told]


def test_tables_that_only_lay_out_a_page_are_looked_through(tmp_path: Path) -> None:
    inner = "<table><tr><td>{0}<td>b<tr><td>1<td>2</table>"
    tables = inner.format("a") + "<td>" + inner.format("c")
    sheets, told = read(page(f"<table><tr><td>menu<td>{tables}</table>"), tmp_path)
    assert [(sheet.name, list(sheet.frame.columns)) for sheet in sheets] == [
        ("1", ["a", "b"]),
        ("2", ["c", "b"]),
    ]
    assert told == []


def test_a_number_that_excel_shows_rounded_in_a_web_page_is_read_whole(tmp_path: Path) -> None:
    cells = '<tr><td>siret<td>n</tr><tr><td x:num="78632145698741">7,86E+13</td><td x:num>2</td></tr>'
    (sheet,), told = read(page(f"<table>{cells}</table>"), tmp_path)
    assert sheet.frame.to_numpy().tolist() == [["78632145698741", "2"]]
    assert told == []


@pytest.mark.parametrize("cut", ["<table><tr><td>a<td>b<tr><td>1<td", "<table><tr><td>a</td></tr>"])
def test_a_web_page_that_is_cut_within_a_table_is_damaged(cut: str, tmp_path: Path) -> None:
    assert read(cut.encode(), tmp_path) == ([], [("SRC-003", 0, 0)])


def test_a_tag_that_swallows_the_next_one_is_damaged(tmp_path: Path) -> None:
    rows = '<tr><td>a<td>b</tr><tr class="odd><td>1<td>2</tr><tr class="even"><td>3<td>4</tr>'
    assert read(page(f"<table>{rows}</table>"), tmp_path)[1] == [("SRC-003", 0, 0)]


# --- identifiers that were rounded ---


@pytest.mark.parametrize(
    ("name", "cells", "lines"),
    [
        ("SIRET", ["7,86E+13", "78632145698741", "1.23e+15"], [2, 4]),
        ("N° de téléphone", ["3.36123E+10"], [2]),
        ("identifiant", ["123456789012300000", "12345678901230000"], [2]),
        ("siret", ["78600000000000", "78632145600012"], [2]),
        ("colonne", ["7,86E+13", "78632145698741", "78632145698742"], [2]),
        ("colonne", ["7,86E+13", "12", "78632145698742"], []),
        ("Montant total", ["1200000000000000", "1,2E+15", "123456789", "123456780"], []),
        ("mesure", ["1.2e+15", "3.4e+12", "0.5"], []),
        ("siret", ["sans", "", "7E"], []),
    ],
)
def test_rounded_identifiers_are_told_by_column_and_line(
    name: str, cells: list[str], lines: list[int]
) -> None:
    problems = Problems()
    frame = pd.DataFrame({name: cells}, dtype="str")
    tell_rounded(frame, pd.Series(range(2, len(cells) + 2)), Place("x"), problems)
    assert [(item.code, item.place.field, item.place.line) for item in problems] == [
        ("SRC-211", name, line) for line in lines
    ]


def test_a_number_too_long_for_a_spreadsheet_is_told_and_not_repaired(tmp_path: Path) -> None:
    out, workbook = book()
    workbook.add_worksheet().write_column(0, 0, ["iban", 1234567890123456789, "FR76"])
    workbook.close()
    (sheet,), told = read(out.getvalue(), tmp_path)
    assert [code for code, _, _ in told] == ["SRC-211"]
    assert sheet.frame["iban"].tolist() == ["1.234567890123457e+18", "FR76"]


def test_elements_with_a_prefix_are_seen_as_well(tmp_path: Path) -> None:
    """Some programs write `<x:c>` where spreadsheets write `<c>`."""
    out, workbook = book()
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, ["a", "b"])
    sheet.write_formula(1, 0, "=1/0", None, "#DIV/0!")
    sheet.write(1, 1, 5)
    workbook.close()
    member, changed = "xl/worksheets/sheet1.xml", io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == member:
                content = re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", content).replace(b"xmlns=", b"xmlns:x=")
            new.writestr(name, content)
    (read_sheet,), told = read(changed.getvalue(), tmp_path)
    assert told == [("SRC-202", 2, 1)]
    assert read_sheet.frame.to_numpy().tolist() == [["", "5"]]
