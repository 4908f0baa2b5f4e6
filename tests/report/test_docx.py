"""The DOCX: the words of the document and no others, real headings and header rows, nothing of its maker."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from typing import Any

import docx
import msgspec
import pytest
from docx.oxml.ns import qn
from given_document import sample_document
from lxml import html as markup

from avis.errors import AvisError
from avis.report import outline
from avis.report.document import Document, Heading, Items, Link, Paragraph, Picture, Words
from avis.report.docx.document import render_docx
from avis.report.docx.styles import COUNTRIES
from avis.report.html.page import render_html

Opened = Any


@pytest.fixture(scope="module")
def made(document: Document) -> bytes:
    return render_docx(document)


@pytest.fixture(scope="module")
def opened(made: bytes) -> Opened:
    return docx.Document(io.BytesIO(made))


def lines(opened: Opened) -> list[str]:
    """Every paragraph in reading order, those of tables included."""
    return ["".join(p.itertext(qn("w:t"))) for p in opened.element.body.iter(qn("w:p"))]


def tokens(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def page_words(document: Document) -> Counter[str]:
    """What a reader of the page reads: without what only leads around it, and the words inside drawings."""
    tree = markup.fromstring(render_html(document))
    leading = ("skip", "back", "hint", "menu", "shut")
    skipped = "//svg | //style | //script | //title | " + " | ".join(f"//*[@class='{n}']" for n in leading)
    for node in tree.xpath(skipped):
        node.drop_tree()
    return tokens(" ".join(tree.itertext()))


def test_it_says_all_that_the_document_says(opened: Opened, document: Document) -> None:
    told = re.sub(r"\s", "", "".join(lines(opened)))
    for node in outline.walk(document):
        for name in ("text", "title", "outcome", "addressee", "setting", "translation", "base", "label"):
            words = getattr(node, name, "")
            if isinstance(words, str):
                assert re.sub(r"\s", "", outline.tidy(words)) in told, (name, words)


def test_its_words_are_those_of_the_page(opened: Opened, document: Document) -> None:
    told, page = tokens(" ".join(lines(opened))), page_words(document)
    assert set(told) == set(page)
    repeated = [picture for picture in document.blocks if isinstance(picture, Picture)]
    titles = sum((tokens(one.grid.caption) for one in repeated), Counter[str]())
    assert page - told <= titles, page - told - titles  # a chart's title stands once above its table
    assert not told - page


def test_headings_are_headings_and_skip_no_level(opened: Opened, document: Document) -> None:
    found = [
        (int(one.style.name[-1]) + 1, one.text)
        for one in opened.paragraphs
        if one.style.name[:7] == "Heading"
    ]
    levels = [level for level, _ in found]
    asked = [node for node in outline.levelled(document.blocks) if isinstance(node, Heading)]
    assert [text for _, text in found][:-1] == [outline.plain(node.content) for node in asked]
    assert levels[:-1] == [node.level for node in asked] and levels[-1] == 2  # the notes
    assert opened.paragraphs[2].style.name == "Title"


def test_each_table_has_a_header_row_and_words_for_who_does_not_see_it(opened: Opened) -> None:
    assert len(opened.tables) > 6
    for table in opened.tables:
        first, *rest = table._tbl.tr_lst
        assert first.xpath("w:trPr/w:tblHeader") and not any(row.xpath("w:trPr/w:tblHeader") for row in rest)
        (look,) = table._tbl.xpath("w:tblPr/w:tblLook")
        assert look.get(qn("w:firstRow")) == look.get(qn("w:firstColumn")) == "1"
        assert table._tbl.xpath("w:tblPr/w:tblCaption/@w:val")


def test_what_is_hidden_has_its_word_in_each_cell(opened: Opened, document: Document) -> None:
    word = {"fr": "masqué", "en": "suppressed"}[document.language]
    (reach,) = (table for table in opened.tables if table.cell(0, 1).text == "2021")
    assert [cell.text for cell in reach.rows[3].cells].count(word) == 2
    assert all(cell.text for row in reach.rows for cell in row.cells)


def test_a_picture_has_the_words_of_its_chart_and_the_name_of_no_file(
    opened: Opened, document: Document
) -> None:
    drawn = opened.element.body.xpath(".//wp:docPr")
    pictures = [node for node in document.blocks if isinstance(node, Picture)]
    assert [one.get("descr") for one in drawn] == [outline.tidy(node.description) for node in pictures]
    assert [one.get("name") for one in opened.element.body.xpath(".//pic:cNvPr")] == [
        p.title for p in pictures
    ]


def test_it_tells_its_language_and_that_of_foreign_words(opened: Opened, document: Document) -> None:
    (own,) = opened.styles.element.xpath("w:docDefaults//w:lang/@w:val")
    assert own == COUNTRIES[document.language] and opened.core_properties.language == document.language
    runs = [run for run in opened.element.body.iter(qn("w:r")) if "Dem close door" in "".join(run.itertext())]
    assert runs and all(run.xpath("w:rPr/w:lang/@w:val") == ["pcm"] for run in runs)
    other = {"fr": "en-GB", "en": "fr-FR"}[document.language]
    assert opened.element.body.xpath(f".//w:lang[@w:val='{other}']")
    assert not opened.element.body.xpath(f".//w:lang[@w:val='{own}']")


def test_letters_written_from_right_to_left_say_so(french: Document) -> None:
    block = Paragraph(content=(Words(text="الباب مفتوح", language="ar"),))
    one = docx.Document(io.BytesIO(render_docx(msgspec.structs.replace(french, blocks=(block,), notes=()))))
    (run,) = (run for run in one.element.body.iter(qn("w:r")) if "الباب" in "".join(run.itertext()))
    assert run.xpath("w:rPr/w:lang/@w:bidi") == ["ar"] and run.xpath("w:rPr/w:rtl")


def test_links_lead_somewhere(opened: Opened) -> None:
    marks = opened.element.body.xpath(".//w:bookmarkStart/@w:name")
    assert len(marks) == len(set(marks))
    inside = opened.element.body.xpath(".//w:hyperlink/@w:anchor")
    assert inside and set(inside) <= set(marks)
    outside = {opened.part.rels[id].target_ref for id in opened.element.body.xpath(".//w:hyperlink/@r:id")}
    assert {"https://example.org/plan", "https://www.legifrance.gouv.fr/"} == outside


def test_a_list_begins_its_numbers_anew(french: Document) -> None:
    def item(text: str) -> tuple[Paragraph, ...]:
        return (Paragraph(content=(Words(text=text),)),)

    both = (Items(ordered=True, items=(item("a"), item("b"))), Items(ordered=True, items=(item("c"),)))
    one = docx.Document(io.BytesIO(render_docx(msgspec.structs.replace(french, blocks=both, notes=()))))
    numbers = one.element.body.xpath(".//w:p/w:pPr/w:numPr/w:numId/@w:val")
    assert numbers[0] == numbers[1] != numbers[2]


def test_every_page_says_what_it_must_say(opened: Opened, document: Document) -> None:
    assert opened.sections[0].header.paragraphs[0].text == " · ".join(document.banners)
    assert [one.text for one in opened.paragraphs[:2]] == list(document.banners)


def test_nothing_in_it_tells_who_made_it_or_when(made: bytes, document: Document) -> None:
    with zipfile.ZipFile(io.BytesIO(made)) as members:
        assert {member.date_time for member in members.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = members.namelist()
        core = members.read("docProps/core.xml").decode()
        settings = members.read("word/settings.xml").decode()
    assert not [name for name in names if "thumbnail" in name or "customXml" in name or "app.xml" in name]
    assert re.findall(r"<(?:dc|dcterms|cp):(\w+)", core) == ["coreProperties", "title", "language"]
    assert document.title in core and "rsid" not in settings


def test_the_same_document_gives_the_same_bytes(made: bytes, document: Document) -> None:
    assert render_docx(document) == made


def test_a_link_to_nowhere_does_not_become_a_document(french: Document) -> None:
    lost = Paragraph(content=(Link(href="javascript:x", content=(Words(text="x"),)),))
    with pytest.raises(AvisError) as refused:
        render_docx(msgspec.structs.replace(french, blocks=(lost,)))
    assert [item.code for item in refused.value.problems] == ["DOC-003"]


def test_signs_that_xml_cannot_hold_are_left_out() -> None:
    document = sample_document("fr")
    odd = Paragraph(content=(Words(text="avant\x00\x0b\ufffe \ud800après <b>&amp;</b>"),))
    made = render_docx(msgspec.structs.replace(document, title="A\x01B", blocks=(odd,), notes=()))
    told = docx.Document(io.BytesIO(made))
    assert told.core_properties.title == "AB" and "avant après <b>&amp;</b>" in lines(told)
