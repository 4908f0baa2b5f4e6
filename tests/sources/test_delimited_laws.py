"""What is written comes back equal, and a damaged byte never shifts a cell in silence.

The law of damage. One bit of a file is changed, or its end is cut. A zip (XLSX, ODS) is read equal, or a
problem is told. A CSV or an HTML table has no checksum, so a letter may become another: a problem is told, or
the table has the same shape and differs in one cell at most. Of a CSV that is cut, a problem is told, or the
first rows are there, the last cell of them perhaps shorter; of a page that is cut, the whole table is.
The first byte of a page, and a cut within its first tag, leave nothing by which to know that it was one.
"""

from __future__ import annotations

import csv
import html
import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from avis.errors import Problems
from avis.files.sheets import read_grids

Table = list[list[str]]
LETTERS = "abcéœ’ 12,;|\t\"'<&\n🙂"
CELL = st.text(st.sampled_from(LETTERS), max_size=8).filter(lambda cell: cell == cell.strip())
NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
MIME = "application/vnd.oasis.opendocument.spreadsheet"


@st.composite
def tables(draw: st.DrawFn, cell: st.SearchStrategy[str] = CELL) -> Table:
    """Draw a header of words and rows of any text, none of which is blank or begins like a title."""
    width = draw(st.integers(3, 5))
    row = st.lists(cell, min_size=width - 1, max_size=width - 1)
    rows = draw(st.lists(row, min_size=1, max_size=5))
    return [[f"c{number}" for number in range(width)], *(["x", *row] for row in rows)]


def read(data: bytes) -> tuple[list[Table], list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        path, problems = Path(folder) / "file", Problems()
        path.write_bytes(data)
        grids = read_grids(path, "file", problems)
    rows = [[row for row in grid.rows if any(map(str.strip, row))] for grid in grids]
    return rows, [item.code for item in problems]


def as_csv(table: Table, delimiter: str = ";", end: str = "\r\n", quoting: int = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(table)
    return out.getvalue()


def as_xlsx(table: Table) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(table):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell)
    book.close()
    return out.getvalue()


def as_opendocument(table: Table, root: str) -> str:
    def cell(words: str) -> str:
        lines = escape(words).replace("\t", "<text:tab/>").replace("  ", ' <text:s text:c="1"/>').split("\n")
        paragraphs = "".join(f"<text:p>{line}</text:p>" for line in lines)
        return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'

    rows = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in table)
    sheet = f'<table:table table:name="a">{rows}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    return f'<{root} {NAMES} office:mimetype="{MIME}">{body}</{root}>'


def as_ods(table: Table) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIME)
        archive.writestr("content.xml", as_opendocument(table, "office:document-content"))
    return out.getvalue()


def as_fods(table: Table) -> bytes:
    return as_opendocument(table, "office:document").encode()


def as_html(table: Table) -> bytes:
    def cell(words: str) -> str:
        return f"<td>{html.escape(words).replace(chr(10), '<br>')}</td>"

    rows = "".join(f"<tr>{''.join(map(cell, row))}</tr>\n" for row in table)
    return f"<html><body><table>{rows}</table></body></html>".encode()


# --- equal ---


@settings(max_examples=60)
@given(
    table=tables(),
    delimiter=st.sampled_from(";,\t|"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_a_csv_comes_back_equal(table: Table, delimiter: str, encoding: str, end: str, quoting: int) -> None:
    if end == "\r":  # Python's own writer leaves the other ends unquoted then
        quoting = csv.QUOTE_ALL
    if encoding == "cp1252":
        table = [[cell.replace("🙂", "!") for cell in row] for row in table]
    grids, problems = read(as_csv(table, delimiter, end, quoting).encode(encoding))
    assert grids == [table]
    assert set(problems) <= {"SRC-010"}


@settings(max_examples=8)
@pytest.mark.parametrize("write", [as_xlsx, as_ods, as_fods])
@given(table=tables())
def test_a_workbook_comes_back_equal(write: Callable[[Table], bytes], table: Table) -> None:
    assert read(write(table)) == ([table], [])


@settings(max_examples=8)
@given(
    table=tables(
        st.text(st.sampled_from('abé’<&"12\n'), max_size=8).filter(lambda cell: cell == cell.strip())
    )
)
def test_a_web_table_comes_back_equal(table: Table) -> None:
    assert read(as_html(table)) == ([table], [])


# --- damaged ---


TABLE = [
    ["nom", "lieu", "note"],
    ["x1", "ici ; là", 'un "mot"\nsur deux lignes'],
    ["x2", "à l’accueil", ""],
    ["x3", "", "fin"],
]


def flipped(data: bytes, position: int, bit: int) -> bytes:
    changed = bytearray(data)
    changed[position % len(data)] ^= 1 << bit
    return bytes(changed)


FLIP = st.tuples(st.integers(0, 2**20), st.integers(0, 7))


def differ_in_one_cell(table: Table, other: Table) -> bool:
    if [len(row) for row in table] != [len(row) for row in other]:
        return False
    pairs = [pair for rows in zip(table, other, strict=True) for pair in zip(*rows, strict=True)]
    return sum(one != two for one, two in pairs) <= 1


@settings(max_examples=10)
@pytest.mark.parametrize("write", [as_xlsx, as_ods])
@given(flip=FLIP, cut=st.integers(0, 2**20))
def test_a_damaged_zip_is_equal_or_told(
    write: Callable[[Table], bytes], flip: tuple[int, int], cut: int
) -> None:
    data = write(TABLE)
    for damaged in (flipped(data, *flip), data[: 1 + cut % (len(data) - 1)]):
        grids, problems = read(damaged)
        assert grids == [TABLE] or problems


@settings(max_examples=60)
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("delimiter", [";", ","])
@given(flip=FLIP, cut=st.integers(0, 2**20))
def test_a_damaged_csv_is_told_or_keeps_its_shape(
    delimiter: str, quoting: int, flip: tuple[int, int], cut: int
) -> None:
    data = as_csv(TABLE, delimiter, quoting=quoting).encode()
    (damaged, told), (start, said) = read_table(flipped(data, *flip)), read_table(data[: 1 + cut % len(data)])
    assert told or differ_in_one_cell(TABLE, damaged)
    assert said or is_start(start)


@settings(max_examples=12)
@given(flip=FLIP, cut=st.integers(0, 2**20))
def test_a_damaged_web_table_is_told_or_keeps_its_shape(flip: tuple[int, int], cut: int) -> None:
    data = as_html(TABLE)
    cut, position = max(cut % len(data), 6), max(flip[0] % len(data), 1)
    damaged, told = read_table(flipped(data, position, flip[1]))
    start, said = read_table(data[:cut])
    assert told or differ_in_one_cell(TABLE, damaged)
    assert said or start == TABLE


def read_table(data: bytes) -> tuple[Table, list[str]]:
    """Read a file as a table: rows of another width than the first are a problem there."""
    grids, problems = read(data)
    widths = {len(row) for grid in grids for row in grid}
    return (grids[0] if grids else []), [*problems, *(["SRC-011"] if len(widths) > 1 else [])]


def is_start(found: Table) -> bool:
    """Say whether rows are the first ones of the table, the last cell of them perhaps cut."""
    if not found or len(found[0]) < len(TABLE[0]):
        return len(found) <= 1
    cells, whole = found[-1], TABLE[len(found) - 1]
    return (
        found[:-1] == TABLE[: len(found) - 1] and cells[:-1] == whole[:-1] and whole[-1].startswith(cells[-1])
    )
