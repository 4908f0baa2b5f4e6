"""Any table file is opened safely: nothing shifts, nothing is lost without a word, nothing hangs."""

from __future__ import annotations

import datetime as dt
import io
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from avis.errors import Place, Problems
from avis.files import delimited, kinds, opening, sheets
from avis.files.delimited import decode, find_delimiter
from avis.files.sheets import Sheet, read_sheets

ODS_MIME = "application/vnd.oasis.opendocument.spreadsheet"
ODS_XML = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="a">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)

HANGS = 60
"""Seconds. Latency never gates a test (a busy machine is slow); only a hang does. `make bench` measures."""


def sheets_of(content: bytes | str, tmp_path: Path, name: str = "table.csv") -> tuple[list[Sheet], Problems]:
    path, problems = tmp_path / name, Problems()
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_sheets(path, name, problems), problems


def codes(problems: Problems) -> list[str]:
    return [problem.code for problem in problems]


def workbook(*rows: list[object], hidden: bool = False) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Feuille")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    if hidden:
        book.add_worksheet("autre").activate()
        sheet.hide()
    book.close()
    return out.getvalue()


def ods(rows: str, manifest: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", ODS_MIME)
        archive.writestr("content.xml", ODS_XML.format(rows=rows))
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_MIME}"/>{manifest}'
            "</manifest:manifest>",
        )
    return out.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


# --- text ---


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_delimiter_inside_quotes_is_text(delimiter: str, tmp_path: Path) -> None:
    (sheet,), problems = sheets_of(f'a{delimiter}b\n"x{delimiter}y"{delimiter}z\n', tmp_path)
    assert sheet.frame.to_dict("list") == {"a": [f"x{delimiter}y"], "b": ["z"]}
    assert not codes(problems)


def test_commas_in_texts_do_not_win_over_the_semicolon() -> None:
    assert find_delimiter("date;titre\n2024;un, deux, trois\n2024;quatre\n") == ";"


def test_a_single_column_is_not_cut_at_its_commas(tmp_path: Path) -> None:
    (sheet,), _ = sheets_of("titre\nun, deux\ntrois\n", tmp_path)
    assert sheet.frame["titre"].tolist() == ["un, deux", "trois"]


def test_excels_own_line_about_the_separator_is_followed(tmp_path: Path) -> None:
    (sheet,), _ = sheets_of("sep=,\r\na,b\r\n1;2,3\r\n", tmp_path)
    assert sheet.frame.to_dict("list") == {"a": ["1;2"], "b": ["3"]}
    assert sheet.lines.tolist() == [3]


def test_text_is_never_turned_into_something_else(tmp_path: Path) -> None:
    (sheet,), _ = sheets_of("a;b;c;d\n01001;N/A;NA;null\n", tmp_path)
    assert sheet.frame.iloc[0].tolist() == ["01001", "N/A", "NA", "null"]


@pytest.mark.parametrize(
    ("encoding", "kept"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("cp1252", "cp1252")],
)
def test_french_is_read_in_every_encoding_of_a_french_office(
    encoding: str, kept: str, tmp_path: Path
) -> None:
    (sheet,), _ = sheets_of("été;cœur\nà l’accueil;12 €\n".encode(encoding), tmp_path)
    assert sheet.frame.to_dict("list") == {"été": ["à l’accueil"], "cœur": ["12 €"]}
    assert sheet.encoding == kept


def test_a_line_of_windows_text_inside_utf8_is_read_and_said(tmp_path: Path) -> None:
    content = b"nom;note\n" + "é;utf\n".encode() + "é;windows\n".encode("cp1252")
    (sheet,), problems = sheets_of(content, tmp_path)
    assert sheet.frame["nom"].tolist() == ["é", "é"]
    assert [(p.code, p.place.line, p.severity) for p in problems] == [("SRC-010", 3, "warning")]


def test_bytes_that_are_no_text_at_all_are_an_error_on_their_line() -> None:
    problems = Problems()
    decode(b"a;b\n\x81;\xe9\n", Place("x.csv"), problems)
    assert ("SRC-024", 2) in [(p.code, p.place.line) for p in problems]


@pytest.mark.parametrize("row", ["1", "1;2;3", "1;2;"])
def test_a_row_of_another_width_is_an_error_and_shifts_nothing(row: str, tmp_path: Path) -> None:
    (sheet,), problems = sheets_of(f"a;b\n1;2\n{row}\n3;4\n", tmp_path)
    assert sheet.frame.to_dict("list") == {"a": ["1", "3"], "b": ["2", "4"]}
    assert [(p.code, p.place.line) for p in problems] == [("SRC-011", 3)]


def test_lines_count_as_an_editor_does_over_cells_of_several_lines(tmp_path: Path) -> None:
    (sheet,), _ = sheets_of('a;b\n"un\ndeux";x\n\n;\n3;4\n', tmp_path)
    assert sheet.lines.tolist() == [2, 6]
    assert sheet.frame["a"].tolist() == ["un\ndeux", "3"]


def test_a_quotation_mark_left_open_is_told_where_it_opens(tmp_path: Path) -> None:
    _, problems = sheets_of('a;b\n1;2\n"3;4\n5;6\n', tmp_path)
    assert [(p.code, p.place.line) for p in problems] == [("SRC-020", 3)]


def test_a_header_that_stands_again_is_skipped_and_said(tmp_path: Path) -> None:
    (sheet,), problems = sheets_of("a;b\na;b\n1;2\n", tmp_path)
    assert len(sheet.frame) == 1
    assert [(p.code, p.severity) for p in problems] == [("SRC-019", "warning")]


def test_two_columns_of_one_name_are_both_kept_and_said(tmp_path: Path) -> None:
    (sheet,), problems = sheets_of("a;a;b;a;a (2)\n1;2;3;4;5\n", tmp_path)
    assert [(p.code, dict(p.facts)["name"], p.severity) for p in problems] == [
        ("SRC-201", "a (3)", "warning"),
        ("SRC-201", "a (4)", "warning"),
    ]
    assert sheet.frame.iloc[0].to_dict() == {"a": "1", "a (3)": "2", "b": "3", "a (4)": "4", "a (2)": "5"}


def test_a_filled_column_without_a_name_is_said_and_an_empty_one_is_not(tmp_path: Path) -> None:
    _, problems = sheets_of("a;;b;\n1;x;2;\n", tmp_path)
    assert [(p.code, dict(p.facts)["n"]) for p in problems] == [("SRC-025", 2)]


def test_a_header_cannot_steer_the_terminal_that_prints_it(tmp_path: Path) -> None:
    (sheet,), problems = sheets_of("a;a\x1b[2J\u202e;a\x1b[2J\n1;2;3\n", tmp_path)
    assert list(sheet.frame.columns) == ["a", "a[2J", "a[2J (2)"]
    assert not {"\x1b", "\u202e"} & set("".join(problem.told("fr") for problem in problems))


def test_formulas_and_invisible_characters_are_text(tmp_path: Path) -> None:
    cells = ["=HYPERLINK(1)", "@SUM", "\u202eabc\u202c", "\u200b"]
    (sheet,), problems = sheets_of("a;b;c;d\n" + ";".join(cells) + "\n", tmp_path)
    assert sheet.frame.iloc[0].tolist() == cells
    assert not codes(problems)


@given(
    rows=st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=8),
            min_size=3,
            max_size=3,
        ),
        min_size=1,
        max_size=5,
    ),
    delimiter=st.sampled_from(delimited.DELIMITERS),
)
def test_what_a_csv_writer_wrote_is_what_is_read(rows: list[list[str]], delimiter: str) -> None:
    import csv

    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([["h1", "h2", "h3"], *rows])
    problems = Problems()
    grid = delimited.read_delimited(out.getvalue().encode(), "x.csv", problems)
    assert grid.rows == [["h1", "h2", "h3"], *rows]
    assert not list(problems)


# --- workbooks ---


def test_cells_of_a_workbook_become_text_with_their_row(tmp_path: Path) -> None:
    content = workbook([], ["jour", "n", "x"], [dt.date(2024, 3, 15), 12, 0.5], [], ["", True, "01"])
    (sheet,), problems = sheets_of(content, tmp_path, "table.xlsx")
    assert sheet.frame.to_numpy().tolist() == [["2024-03-15", "12", "0.5"], ["", "TRUE", "01"]]
    assert sheet.lines.tolist() == [3, 5]
    assert (sheet.name, sheet.encoding, codes(problems)) == ("Feuille", "workbook", [])


def test_the_name_of_a_file_does_not_decide(tmp_path: Path) -> None:
    (sheet,), _ = sheets_of(workbook(["a"], ["1"]), tmp_path, "table.csv")
    (other,), _ = sheets_of("a\n1\n", tmp_path, "table.xlsx")
    assert sheet.frame.equals(other.frame)


def test_a_hidden_sheet_is_marked(tmp_path: Path) -> None:
    (sheet,), _ = sheets_of(workbook(["a"], ["1"], hidden=True), tmp_path)
    assert sheet.hidden


def test_a_workbook_without_a_row_gives_no_sheet(tmp_path: Path) -> None:
    assert sheets_of(workbook(), tmp_path)[0] == []


CELL = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'
BAD_FILES = {
    "empty": (b"", "SRC-001"),
    "only a mark and blanks": (b"\xef\xbb\xbf \r\n", "SRC-001"),
    "binary": (b"\x00\x01\x02\x03" * 50, "SRC-002"),
    "pdf": (b"%PDF-1.7\n%...", "SRC-002"),
    "a web page without a table": (b"<html><p>1</p></html>", "SRC-002"),
    "another zip": (zipped({"word/document.xml": b"<a/>"}), "SRC-002"),
    "cut zip": (workbook(["a"], ["1"])[:2000], "SRC-003"),
    "zip that only begins": (b"PK\x03\x04" + b"rubbish" * 20, "SRC-003"),
    "ole rubbish": (kinds.OLE + b"\x00" * 2000, "SRC-003"),
    "password on xlsx": (kinds.OLE + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "SRC-005"),
    "password on ods": (ods("", '<manifest:encryption-data manifest:checksum="x"/>'), "SRC-005"),
    "bomb": (
        zipped({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b" " * (21 * 2**20)}),
        "SRC-007",
    ),
    "declared too large": (
        zipped({"xl/workbook.xml": b"<a/>", "xl/worksheets/sheet1.xml": b'<dimension ref="A1:XFD1048576"/>'}),
        "SRC-008",
    ),
    "repeated cells without end": (
        ods(
            '<table:table-row table:number-rows-repeated="1048576">'
            + CELL.format(' table:number-columns-repeated="16384"')
            + "</table:table-row>"
        ),
        "SRC-009",
    ),
}


@pytest.mark.parametrize("case", BAD_FILES)
def test_a_file_that_cannot_be_read_is_one_clear_error_within_seconds(case: str, tmp_path: Path) -> None:
    content, code = BAD_FILES[case]
    start = time.monotonic()
    sheets, problems = sheets_of(content, tmp_path)
    assert (sheets, codes(problems)) == ([], [code])
    assert problems.items[0].told("fr")
    assert time.monotonic() - start < HANGS


def test_two_cells_far_apart_do_not_bring_the_workbench_down(tmp_path: Path) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write(0, 0, "a")
    sheet.write(1048575, 16383, "b")
    book.close()
    # The dimension is taken away: nothing declares that the sheet is large.
    source = zipfile.ZipFile(out)
    members = {name: source.read(name) for name in source.namelist()}
    members["xl/worksheets/sheet1.xml"] = members["xl/worksheets/sheet1.xml"].replace(
        b'<dimension ref="A1:XFD1048576"/>', b""
    )
    start = time.monotonic()
    _, problems = sheets_of(zipped(members), tmp_path)
    assert codes(problems) == ["SRC-009"]
    assert time.monotonic() - start < HANGS


def test_one_long_text_shared_by_many_cells_is_stopped(tmp_path: Path) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for row in range(20_000):
        sheet.write(row, 0, "long")
    book.close()
    source = zipfile.ZipFile(out)
    members = {name: source.read(name) for name in source.namelist()}
    strings = members["xl/sharedStrings.xml"].replace(b"<t>long</t>", b"<t>" + b"x" * 1_000_000 + b"</t>")
    start = time.monotonic()
    sheets, problems = sheets_of(zipped(members | {"xl/sharedStrings.xml": strings}), tmp_path)
    assert (sheets, codes(problems)) == ([], ["SRC-009"])
    assert time.monotonic() - start < HANGS


def test_a_stray_cell_far_down_costs_no_rows(tmp_path: Path) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["a", "b"])
    sheet.write_row(1, 0, [0, 0])
    sheet.write(1_000_000, 0, "x")
    book.close()
    (read,), _ = sheets_of(out.getvalue(), tmp_path)
    assert read.frame.to_numpy().tolist() == [["0", "0"], ["x", ""]]
    assert read.lines.tolist() == [2, 1_000_001]


def test_a_file_that_is_gone_is_said(tmp_path: Path) -> None:
    problems = Problems()
    assert read_sheets(tmp_path / "rien.csv", "rien.csv", problems) == []
    assert codes(problems) == ["SRC-041"]


@pytest.mark.parametrize(("size", "expected"), [(9, []), (10, []), (11, ["SRC-006"])])
def test_the_limit_of_size_holds_to_the_byte(
    size: int, expected: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "MAX_BYTES", 10)
    assert codes(sheets_of("a\n" + "1" * (size - 2), tmp_path)[1]) == expected


@pytest.mark.parametrize(("columns", "expected"), [(2, []), (3, []), (4, ["SRC-039"])])
def test_the_limit_of_columns_holds(
    columns: int, expected: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MAX_COLUMNS", 3)
    header = ";".join(f"c{n}" for n in range(columns))
    assert codes(sheets_of(header + "\n", tmp_path)[1]) == expected
