"""Tables in HTML, PDF and DOCX alike: groups, spanners, units, marks, decimal signs under each other."""

from __future__ import annotations

import io
import re
from typing import Any

import docx
import page as checker
import pytest
from docx.oxml.ns import qn
from given_document import sample_document
from lxml import html as markup
from msgspec.structs import replace
from pypdf import PdfReader

from avis.exhibits import Cell, Dimension, Evidence, Table, Value
from avis.i18n import LANGUAGES, Language
from avis.report import tabular
from avis.report.compose.grids import grid
from avis.report.document import Column, Document, Grid, RowGroup, Slot, Words
from avis.report.docx.document import render_docx
from avis.report.html.page import render_html
from avis.report.outline import plain
from avis.report.pdf.paper import render_pdf

WORDS = {"fr": "mots", "en": "words"}


def words(text: str, **more: Any) -> Slot:
    return Slot(content=(Words(text=text),), **more)


def shown(text: str, **more: Any) -> Slot:
    return words(text, state="shown", **more)


RICH = Grid(
    id="t-rich",
    caption="Heures et venues",
    columns=(
        Column(label="Quoi"),
        Column(label="2023", align="decimal", unit="heures", spanner="Année"),
        Column(label="2024", align="decimal", unit="heures", spanner="Année"),
        Column(label="Part", align="decimal", unit="base : 71"),
    ),
    rows=(
        (words("matin"), shown("1\u202f447,5"), shown("12"), shown("62\u202f%")),
        (words("soir"), Slot(content=(), state="hidden"), shown("8,25"), words("–")),
        (words("ailleurs"), shown("3"), shown("4"), words("–")),
        (words("Ensemble", total=True, mark="a"), shown("2\u202f000"), shown("24,25"), words("–")),
    ),
    groups=(RowGroup(label="Ici", rows=2), RowGroup(label="Là-bas", rows=1), RowGroup(label="", rows=1)),
    marks=(("a", (Words(text="Ce total comprend aussi ce qui est masqué."),)),),
    remark=(Words(text="Du plus au moins."),),
)  # fmt: skip


def told_by(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.fixture(scope="module")
def lone() -> Document:
    return replace(sample_document("fr"), blocks=(RICH,), notes=(), banners=())


@pytest.fixture(scope="module")
def table(lone: Document) -> Any:
    tree = markup.fromstring(render_html(lone))
    (found,) = tree.xpath("//table")
    return found


def test_a_header_cell_says_what_it_heads(table: Any) -> None:
    heads = {" ".join(th.text_content().split()): th for th in table.xpath(".//th")}
    assert heads["Année"].get("scope") == "colgroup" and heads["Année"].get("colspan") == "2"
    assert heads["Quoi"].get("rowspan") == heads["Part base : 71"].get("rowspan") == "2"
    assert heads["2023 heures"].get("scope") == "col"
    assert heads["Ici"].get("scope") == "rowgroup" and heads["Ici"].get("colspan") == "4"
    assert heads["matin"].get("scope") == "row"
    assert [len(body.xpath("tr")) for body in table.xpath("tbody")] == [3, 2, 1]


def test_every_line_of_a_table_is_as_wide_as_the_others(table: Any) -> None:
    below: dict[int, int] = {}
    for at, line in enumerate(table.xpath(".//tr")):
        wide = sum(int(cell.get("colspan", 1)) for cell in line.xpath("th|td")) + below.get(at, 0)
        assert wide == 4
        below[at + 1] = below.get(at + 1, 0) + len(line.xpath("*[@rowspan]"))


def test_a_mark_leads_to_what_it_says(table: Any) -> None:
    (link,) = table.xpath(".//a[@class='sign-of']")
    (told,) = table.getroottree().xpath(f"//*[@id='{link.get('href')[1:]}']")
    assert " ".join(told.text_content().split()) == "a Ce total comprend aussi ce qui est masqué."


def test_decimal_signs_stand_under_each_other() -> None:
    fr = [
        [plain(slot.content) + pad for slot, pad in zip(row, line, strict=True)]
        for row, line in zip(RICH.rows, tabular.pads(RICH, "fr"), strict=True)
    ]
    second = [row[2].replace(tabular.POINT_SPACE, ",").replace(tabular.FIGURE_SPACE, "0") for row in fr]
    assert {len(text.partition(",")[2]) for text in second} == {2}
    assert fr[1][1] == ""  # what is hidden has its word and no more
    assert not any(
        pad for line in tabular.pads(RICH, "en") for pad in line[2:3]
    )  # "8,25" has no decimals there


def test_word_repeats_all_header_lines_and_keeps_a_group_with_its_rows(lone: Document) -> None:
    (made,) = docx.Document(io.BytesIO(render_docx(lone))).tables
    lines: Any = made._tbl.tr_lst
    heads = [bool(line.xpath("w:trPr/w:tblHeader")) for line in lines]
    assert heads == [True, True, *[False] * 6]
    assert [cell.text for cell in made.rows[2].cells] == ["Ici"] * 4  # one cell, over all columns
    assert lines[2].xpath(".//w:keepNext") and made.cell(0, 0).text == made.cell(1, 0).text == "Quoi"
    raised = made._tbl.xpath(".//w:r[w:rPr/w:vertAlign[@w:val='superscript']]")
    assert ["".join(run.itertext(qn("w:t"))).strip() for run in raised] == ["a"]


def test_paper_tags_lines_of_headers_and_groups(lone: Document) -> None:
    made = render_pdf(lone)
    assert checker.is_pdf_compliant_bytes(made, profile=checker.ValidationProfile.PDF_UA_1)
    text = told_by(made)
    for told in ("Année", "Là-bas", "base : 71", "masqué", "Du plus au moins.", "1 447,5"):
        assert told in text, told


def test_rows_that_no_group_names_are_drawn(lone: Document) -> None:
    short = replace(RICH, groups=(RowGroup(label="Ici", rows=1),))
    tree = markup.fromstring(render_html(replace(lone, blocks=(short,))))
    assert "ailleurs" in tree.text_content()
    assert "Ensemble" in told_by(render_pdf(replace(lone, blocks=(short,))))


# --- what tables of figures say


def asked(*cells: tuple[str, int | None], whole: int | None) -> Table:
    values = tuple(
        Value(id=id, label={"fr": id, "en": id}, role="status" if id == "none" else "choice")
        for id, _ in cells
        if id != "answered"
    )
    found = [Cell(where=(("q", id),), n=n, status="shown" if n is not None else "hidden") for id, n in cells]
    return Table(
        id="q", subject="q", title=WORDS, measure="people", population="p", unit=WORDS,
        dimensions=(Dimension(id="q", label=WORDS, values=values),),
        cells=(Cell(n=whole, status="shown" if whole is not None else "hidden"), *found),
        evidence=Evidence(rule=WORDS), base=(("q", "answered"),),
    )  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_those_who_did_not_answer_stand_apart_from_the_base(lang: Language) -> None:
    made = grid(asked(("yes", 30), ("no", 42), ("answered", 72), ("none", 12), whole=84), lang)
    names = [plain(row[0].content) for row in made.rows]
    assert names[:2] == ["yes", "no"] and names[3] == "none"
    assert [group.rows for group in made.groups] == [3, 1, 1] and not made.groups[-1].label
    assert [row[0].total for row in made.rows] == [False, False, True, False, True]
    assert not made.marks and "84" in plain(made.rows[-1][1].content)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_total_says_that_it_holds_what_is_hidden(lang: Language) -> None:
    made = grid(asked(("yes", 30), ("no", None), ("answered", None), ("none", 12), whole=84), lang)
    marks = {plain(row[0].content): row[0].mark for row in made.rows if row[0].mark}
    assert list(marks.values()) == ["a", "b"] and [mark for mark, _ in made.marks] == ["a", "b"]
    assert all(slot.mark == "" for row in made.rows for slot in row[1:])  # a hidden number has one sign


def test_what_is_said_of_a_hidden_total_does_not_tell_which_number_guards_which() -> None:
    """The words are the same whichever of the lines is hidden for its own sake."""
    one = grid(asked(("yes", None), ("no", 42), ("answered", None), ("none", 12), whole=84), "fr")
    other = grid(asked(("yes", 30), ("no", None), ("answered", None), ("none", 12), whole=84), "fr")
    assert one.marks == other.marks


def test_decimals_are_the_same_down_a_column_and_hidden_numbers_have_no_say() -> None:
    given = asked(("yes", 30), ("no", 43), ("answered", 73), whole=73)
    hours = replace(
        given, measure="hours", cells=(*given.cells[:1], replace(given.cells[1], n=21.5), *given.cells[2:])
    )
    texts = [plain(row[1].content) for row in grid(hours, "fr").rows]
    assert texts == ["21,5", "43,0", "73,0"]
    assert [plain(row[1].content) for row in grid(given, "fr").rows] == ["30", "43", "73"]
    assert (
        re.fullmatch(r"30,00", plain(grid(replace(hours, measure="money"), "fr").rows[0][1].content)) is None
    )


def test_an_order_is_told_where_it_means_something() -> None:
    given = asked(("a", 40), ("b", 30), ("c", 20), ("d", None), ("answered", None), whole=84)
    told = "".join(plain((one,)) for one in grid(replace(given, multiple=True), "fr").remark)
    assert "Du plus grand nombre au plus petit" in told and "sans rang" in told
    other = asked(("a", 30), ("b", 40), ("c", 20), ("answered", 84), whole=84)
    told = "".join(plain((one,)) for one in grid(replace(other, multiple=True), "fr").remark)
    assert "plus grand" not in told
