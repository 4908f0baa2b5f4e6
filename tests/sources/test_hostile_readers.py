"""Small files made to cost much, or to be read as less than they hold: one message, at little cost."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree.ElementTree import Element, fromstring

import numpy as np
import pandas as pd
import pytest
import xlsxwriter

from avis.errors import Place, Problems, problem, shown
from avis.files.apart import MOST_MEMORY, MOST_SECONDS, limits_for
from avis.files.celltext import Read
from avis.files.delimited import read_delimited
from avis.files.markup import parse_xml
from avis.files.sheetmarks import mark
from avis.files.workbooks import read_workbook
from avis.sources.coding.marked_text import read_marked
from avis.sources.notes.etherpad import read_pad
from avis.sources.notes.wordstyles import read_styles
from avis.sources.references import biblatex, bibtex
from avis.sources.references.biblatex import read_biblatex
from avis.sources.references.bibtex import parse_bibtex
from avis.sources.references.csl import read_csl
from avis.sources.surveys.limetexts import cut_of, filled_of
from avis.sources.surveys.personal import LONGEST_ADDRESS, _holds_addresses

SECONDS = 4.0
"""What one of these may take of the processor; each took more than ten."""
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@contextmanager
def quick() -> Iterator[None]:
    start = time.process_time()
    yield
    assert time.process_time() - start < SECONDS


def test_abbreviations_that_hold_others_stop_at_a_limit() -> None:
    doubled = "".join(f"@string{{b{n + 1} = b{n} # b{n}}}\n" for n in range(40))
    with quick():
        entries, broken = parse_bibtex('@string{b0 = "aaaaaaaaaa"}\n' + doubled + "@misc{x, title = b40}")
    assert broken
    assert all(len(value) <= bibtex.LONGEST for entry in entries for value in entry.fields.values())


@pytest.mark.parametrize("more", [0, 1])
def test_the_values_of_a_file_have_a_limit_together(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    monkeypatch.setattr(bibtex, "MOST_TEXT", 10)
    entries, broken = parse_bibtex("@misc{a, title = {12345}}\n@misc{b, title = {12345" + "6" * more + "}}")
    assert ([entry.key for entry in entries], len(broken)) == ((["a"], 1) if more else (["a", "b"], 0))


@pytest.mark.parametrize("entries", [2, 3, 4])
def test_more_references_than_the_limit_are_said(monkeypatch: pytest.MonkeyPatch, entries: int) -> None:
    monkeypatch.setattr(biblatex, "MOST_ENTRIES", 3)
    problems = Problems()
    text = "\n".join(f"@misc{{k{n}, title = {{A}}}}" for n in range(entries))
    assert len(read_biblatex(text, "x.bib", problems)) == min(entries, 3)
    assert [(item.code, item.place.field) for item in problems] == [("SRC-391", "k3")] * (entries > 3)


def test_what_is_inherited_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(biblatex, "MOST_TEXT", 1_000)
    text = "@xdata{p, abstract = {" + "a" * 300 + "}}\n"
    text += "".join(f"@misc{{k{n}, title = {{A}}, xdata = {{p}}}}\n" for n in range(9))
    problems = Problems()
    assert len(read_biblatex(text, "x.bib", problems)) == 3
    assert [item.code for item in problems] == ["SRC-391"]


def test_half_characters_of_json_become_the_sign_for_them() -> None:
    problems = Problems()
    (record,) = read_csl('[{"id": "a\\ud800", "type": "book", "title": "\\udc00 b"}]', "x.json", problems)
    assert (record.key, record.texts["title"]) == ("a\ufffd", "\ufffd b")
    pad = (
        b'{"pad:x": {"atext": {"text": "a\\ud800b\\n", "attribs": "|1+4"}, '
        b'"pool": {"numToAttrib": {}, "nextNum": 0}}}'
    )
    body = read_pad(pad, Place("x"), problems)
    assert body is not None
    assert [block.lines for block in body.blocks] == [("a\ufffdb",)]


@pytest.mark.parametrize(
    "html",
    ["<!--" * 500_000, "<a " * 700_000, "<a b='" * 400_000, "<p " + "a='" * 700_000 + ">", "<" * 1_000_000],
    ids=["comments", "tags", "attributes", "one tag", "signs"],
)
def test_a_document_of_taguette_without_ends_is_read_in_one_go(html: str) -> None:
    with quick():
        read_marked(html)


def test_tags_comments_and_signs_are_read_as_before() -> None:
    html = '<p title="a">1 &lt; 2<!-- non --> <a href="https://example.org/?a=1&amp;b=2">lien</a></p>'
    assert read_marked(html)[0] == "1 < 2 lien"


def test_a_hundred_thousand_styles_are_read_once_each() -> None:
    styles = "".join(
        f'<w:style w:styleId="s{n}"><w:name w:val="n"/><w:basedOn w:val="s{n + 1}"/></w:style>'
        for n in range(100_000)
    )
    root: Element = fromstring(f'<w:styles xmlns:w="{WORD}">{styles}</w:styles>')
    with quick():
        assert len(read_styles(root).styles) == 100_000


SHEET = b"<worksheet><sheetData>%s</sheetData></worksheet>"


@pytest.mark.parametrize(
    "inside",
    [
        b'<c t="e">' * 200_000,
        b' t="e"' * 300_000,
        b' t="e">' * 300_000,
        b"<f " * 1_000_000,
        b"</f>" + b" " * 1_000_000,
        b"</f><v>" + b" " * 1_000_000,
        b"</f></c>" * 300_000,
        b' hidden="1"' * 300_000,
        b"<c " + b' hidden="1"' * 300_000,
        b'<c t="e"><f>' + b' t="e">' * 300_000,
    ],
)
def test_marks_of_a_sheet_are_sought_in_one_go(inside: bytes) -> None:
    with quick():
        mark(Read("x"), io.BytesIO(SHEET % inside))


def test_errors_and_formulas_without_a_result_are_still_found() -> None:
    cells = (
        b'<row r="2"><c r="A2" t="e"><v>#N/A</v></c><c r="B2" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        b'<c r="C2" t="e" cm="1"><f t="shared" si="0"/><v>#REF!</v></c><c r="D2"><f>A1</f></c>'
        b'<c r="E2"><f t="shared" si="1"/><v> </v></c><c r="F2"><f>A1</f><v>3</v></c></row>'
    )
    sheet = Read("x")
    mark(sheet, io.BytesIO(SHEET % cells))
    assert sheet.flaws == [
        ("error", 2, 1, "#N/A"),
        ("error", 2, 2, "#DIV/0!"),
        ("error", 2, 3, "#REF!"),
        ("formula", 2, 4, ""),
        ("formula", 2, 5, ""),
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_sheet_in_utf_16_is_refused_and_not_read_as_empty(encoding: str) -> None:
    made, changed = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.add_worksheet().write(0, 0, "a")
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            sheet = name.startswith("xl/worksheets/sheet")
            text = data.decode().replace("UTF-8", "UTF-16")
            new.writestr(name, text.encode(encoding) if sheet else data)
    problems = Problems()
    assert read_workbook(changed.getvalue(), "x.xlsx", problems) == []
    assert [item.code for item in problems] == ["SRC-003"]


def test_small_files_get_little_and_none_more_than_the_most() -> None:
    assert limits_for(10_000)[0] < 400 * 2**20
    assert limits_for(10_000)[1] < 5
    assert limits_for(2**32) == (MOST_MEMORY, MOST_SECONDS)


def test_definitions_of_its_own_are_named_as_such_in_any_xml() -> None:
    problems = Problems()
    assert parse_xml(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', Place("x"), problems) is None
    assert [item.code for item in problems] == ["SRC-212"]


@pytest.mark.parametrize("length", [LONGEST_ADDRESS - 1, LONGEST_ADDRESS, LONGEST_ADDRESS + 1])
def test_an_address_is_no_longer_than_addresses_are(length: int) -> None:
    address = "a" * (length - len("@example.org")) + "@example.org"
    found = _holds_addresses(np.array([address], dtype=object))
    assert found == (length <= LONGEST_ADDRESS)


def test_cells_of_many_signs_are_not_searched_for_addresses() -> None:
    cells = pd.Series(["a@" * 50_000, "b@c" * 60], dtype="str").to_numpy(dtype=object)
    with quick():
        assert not _holds_addresses(cells)


def test_headers_with_many_gaps_are_compared_without_going_back() -> None:
    cut, filled = cut_of("abcd" + "..a" * 600), filled_of("abcd" + "{x}a" * 400)
    assert cut is not None
    assert filled is not None
    with quick():
        assert cut.fullmatch("abcd" + "a" * 300_000 + "b") is None
        assert filled.fullmatch("abcd" + "a" * 300_000 + "b") is None
    assert cut.fullmatch("abcd" + "xa" * 600)
    assert cut_of("abcd.." + "a" * 2_000) is None


def test_names_that_others_chose_move_no_cursor_and_turn_no_line_around() -> None:
    nasty = "a\x1b[31m\u202eb\u2066\nc\x9b\ud800"
    told = problem("EVA-021", Place(nasty, sheet=nasty, field=nasty), pattern=nasty).told("fr")
    assert told.count("a[31mb c\ufffd") == 4
    assert not set("\x1b\u202e\u2066\n\x9b\ud800") & set(told)
    assert shown("Été : « oui\u202f» 🙂") == "Été : « oui\u202f» 🙂"
    lines = problem("RUN-001", Place("x"), cell=1, told="un\x1b\ndeux").told("fr")
    assert "un\ndeux" in lines


@pytest.mark.parametrize("columns", [16_383, 16_384, 16_385])
def test_a_table_has_no_more_columns_than_a_spreadsheet(columns: int) -> None:
    problems = Problems()
    grid = read_delimited((";".join("a" * columns) + "\n").encode(), "x.csv", problems)
    assert len(grid.rows) == (columns <= 16_384)
    assert [item.code for item in problems] == ["SRC-039"] * (columns > 16_384)
