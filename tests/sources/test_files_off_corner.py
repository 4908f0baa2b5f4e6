"""Tables that do not begin in the first cell of a sheet: merged cells keep their place; many cost little."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest

from avis.errors import Problems
from avis.files.sheets import Sheet, read_sheets

NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
MIME = "application/vnd.oasis.opendocument.spreadsheet"
Cells = list[list[str]]
Merged = list[tuple[int, int, int, int]]
Write = Callable[[Path, Cells, Merged, int, int], None]
CORNERS = [(0, 0), (1, 0), (0, 1), (4, 2), (9, 25)]
"""Blank rows above the table and blank columns beside it."""


def write_xlsx(path: Path, cells: Cells, merged: Merged, down: int, across: int) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row, texts in enumerate(cells, 1 + down):
        for column, text in enumerate(texts, 1 + across):
            sheet.cell(row, column, text or None)
    for top, left, bottom, right in merged:
        sheet.merge_cells(
            start_row=top + down,
            start_column=left + across,
            end_row=bottom + down,
            end_column=right + across,
        )
    book.save(path)


def write_fods(path: Path, cells: Cells, merged: Merged, down: int, across: int) -> None:
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in merged}
    rows = f'<table:table-row table:number-rows-repeated="{down}"><table:table-cell/></table:table-row>'
    rows = rows if down else ""
    for number, texts in enumerate(cells, 1):
        blank = f'<table:table-cell table:number-columns-repeated="{across}"/>' if across else ""
        row = "".join(_cell(text, *spans.get((number, at), (1, 1))) for at, text in enumerate(texts, 1))
        rows += f"<table:table-row>{blank}{row}</table:table-row>"
    table = f'<table:table table:name="a">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    page = f'<office:document {NAMES} office:mimetype="{MIME}">{body}</office:document>'
    path.write_text(page, encoding="utf-8")


def _cell(text: str, down: int, across: int) -> str:
    spans = f'table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"'
    words = f"<text:p>{escape(text)}</text:p>" if text else ""
    return f'<table:table-cell {spans} office:value-type="string">{words}</table:table-cell>'


def read(path: Path) -> tuple[Sheet, Problems]:
    problems = Problems()
    (sheet,) = read_sheets(path, "x", problems)
    return sheet, problems


@pytest.mark.parametrize("write", [write_xlsx, write_fods])
@pytest.mark.parametrize(("down", "across"), CORNERS)
def test_a_merged_label_is_repeated_in_its_own_column(
    down: int, across: int, write: Write, tmp_path: Path
) -> None:
    cells = [["lieu", "qui", "n"], ["parc", "A1", "1"], ["", "", "2"], ["mairie", "A2", "3"]]
    write(tmp_path / "x", cells, [(2, 1, 3, 1)], down, across)
    sheet, problems = read(tmp_path / "x")
    assert sheet.frame.to_numpy().tolist() == [["parc", "A1", "1"], ["parc", "", "2"], ["mairie", "A2", "3"]]
    assert sheet.lines.tolist() == [down + 2, down + 3, down + 4]
    assert [(item.code, item.place.line, item.place.column) for item in problems] == [
        ("SRC-205", down + 2, across + 1)
    ]


@pytest.mark.parametrize("write", [write_xlsx, write_fods])
@pytest.mark.parametrize(("down", "across"), CORNERS)
def test_titles_and_groups_are_found_wherever_the_table_stands(
    down: int, across: int, write: Write, tmp_path: Path
) -> None:
    cells = [
        ["Bilan des ateliers", "", "", "", ""],
        ["", "2023", "", "2024", ""],
        ["lieu", "H", "F", "H", "F"],
        ["mairie", "1", "2", "3", "4"],
        ["parc", "5", "6", "7", "8"],
    ]
    write(tmp_path / "x", cells, [(1, 1, 1, 5), (2, 2, 2, 3), (2, 4, 2, 5)], down, across)
    sheet, _ = read(tmp_path / "x")
    assert sheet.title_rows == (down + 1,)
    assert list(sheet.frame.columns) == ["lieu", "2023 / H", "2023 / F", "2024 / H", "2024 / F"]


@pytest.mark.parametrize("write", [write_xlsx, write_fods])
def test_a_column_without_a_name_is_told_by_its_place_in_the_sheet(write: Write, tmp_path: Path) -> None:
    write(tmp_path / "x", [["a", "", "c"], ["1", "2", "3"]], [], 0, 2)
    _, problems = read(tmp_path / "x")
    assert [(item.code, dict(item.facts)) for item in problems] == [("SRC-025", {"n": 4})]


def _seconds(path: Path) -> float:
    start = time.process_time()
    read_sheets(path, "x", Problems())
    return time.process_time() - start


def test_merged_cells_down_to_the_end_of_the_sheet_cost_nothing(tmp_path: Path) -> None:
    cells = [["a", "b"], *[["x", "1"]] * 2000]
    write_fods(tmp_path / "x", cells, [(n, 1, 2**20, 1) for n in range(1, 2001)], 0, 0)
    assert _seconds(tmp_path / "x") < 2


def test_a_label_and_its_neighbour_merged_on_every_row_are_no_header_without_end(tmp_path: Path) -> None:
    cells = [["7", "", "1", ""], ["7", "", "", "1"]] * 800 + [["7", "", "1", "1"]]
    write_fods(tmp_path / "x", cells, [(n, 1, n, 2) for n in range(1, 1602)], 0, 0)
    sheet, _ = read(tmp_path / "x")
    assert len(sheet.frame) + len(sheet.left_out) == 1600


def test_names_that_stand_a_thousand_times_are_told_apart_at_little_cost(tmp_path: Path) -> None:
    names = ["a"] * 4000 + ["a (2)"]
    (tmp_path / "x").write_text(f"{';'.join(names)}\n{';'.join('1' for _ in names)}\n", encoding="utf-8")
    start = time.process_time()
    sheet, _ = read(tmp_path / "x")
    assert time.process_time() - start < 3
    assert sheet.frame.columns.is_unique
    assert list(sheet.frame.columns[:3]) == ["a", "a (3)", "a (4)"]
    assert sheet.frame.columns[-1] == "a (2)"
