"""The paper as an object that somebody reads: cover, heads, feet, references, pages that it points at."""

from __future__ import annotations

import io
import re
from typing import Any

import msgspec
import page
import pytest
from pypdf import PdfReader

from avis.look import Logo, Look
from avis.report import outline
from avis.report.document import (
    Agreed,
    Column,
    Document,
    Grid,
    Heading,
    Link,
    Mention,
    Note,
    Paragraph,
    Slot,
    Voice,
    Words,
)
from avis.report.pdf.dressing import HEAD, LISTED, PAGE, WHOLE, Dresser, lines_of, paired, running_heads
from avis.report.pdf.paper import render_pdf

LOGO = "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCA0IDQiPjxwYXRoIGQ9Ik0wIDBoNHY0eiIvPjwvc3ZnPg=="  # fmt: skip # noqa: E501


def words(text: str) -> tuple[Words, ...]:
    return (Words(text=text),)


def long_paper(document: Document) -> Document:
    """A paper of several pages: parts, a reference cited twice, a note called twice, a link, a long table."""
    source = Note(id="s1", title="Cox, 2001", lines=(("Référence", words("Cox, L., Sur les cases, 2001")),))
    counted = Note(id="n1", title="Rendez-vous", lines=(("Règle", words("Somme des actes.")),))
    blocks: list[Any] = []
    for number in range(1, 6):
        blocks += [
            Heading(level=2, id=f"p{number}", content=words(f"Partie {number}")),
            Paragraph(content=words("Des mots. " * 330)),
        ]
    cited = Paragraph(content=(Words(text="Voir "), Mention(text="Cox, 2001", note="s1"), Words(text=".")))
    led = Paragraph(content=(Link(href="#p5", content=words("la suite")),))
    stated = Agreed(id="a1", role="statement", voices=(Voice(text="Ouvrir.", language="fr"),), outcome="Accord.", note="n1")  # fmt: skip # noqa: E501
    blocks[2:2] = [cited, led, stated]
    blocks += [cited, msgspec.structs.replace(stated, id="a2")]
    return msgspec.structs.replace(document, blocks=tuple(blocks), notes=(source, counted), language="fr")


def pages_of(pdf: bytes) -> list[str]:
    return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages]


@pytest.fixture(scope="module")
def paper(french: Document) -> Document:
    return long_paper(french)


@pytest.fixture(scope="module")
def pages(paper: Document) -> list[str]:
    pdf = render_pdf(paper)
    assert page.is_pdf_compliant_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    return pages_of(pdf)


def test_a_cover_says_who_asked_and_how_the_paper_is_called(french: Document) -> None:
    asked = (("Qui a demandé", words("la mairie")), ("Quand", words("mars 2024")))
    cover = pages_of(render_pdf(msgspec.structs.replace(french, cover=asked)))[0]
    for told in (french.title.split(",")[0], french.author, "la mairie", "mars 2024", *french.banners):
        assert re.sub(r"\s", "", told) in re.sub(r"\s", "", cover)
    assert not re.search(r"1 / \d", cover)


@pytest.mark.parametrize("kind", ["fiche", "restitution"])
def test_a_sheet_and_a_restitution_begin_with_their_first_words(french: Document, kind: str) -> None:
    first = pages_of(render_pdf(msgspec.structs.replace(french, kind=kind)))[0]
    assert re.search(r"1 / \d", first)


def test_each_page_says_in_which_part_it_is(pages: list[str]) -> None:
    for number in (2, 4):
        held = [text for text in pages[2:] if f"Partie {number}" in text]
        assert held, number
    assert all("Partie" in text or "Notes" in text for text in pages[1:])


def test_a_page_that_goes_on_bears_the_name_of_the_part_that_goes_on(french: Document) -> None:
    """Its first line belongs to the part before, though another begins further down."""
    blocks = [
        Heading(level=2, id="un", content=words("Première")),
        Paragraph(content=words("Des mots. " * 520)),
        Heading(level=2, id="deux", content=words("Seconde")),
        Paragraph(content=words("D’autres mots.")),
    ]
    told = pages_of(render_pdf(msgspec.structs.replace(french, blocks=tuple(blocks))))
    (shared,) = [text for text in told[2:] if "Seconde" in text and "Des mots" in text]
    assert shared.index("Première") < shared.index("Des mots") < shared.index("Seconde")


def test_a_reference_stands_at_the_foot_of_each_page_that_cites_it(pages: list[str]) -> None:
    cited = [number for number, text in enumerate(pages, 1) if "Voir Cox, 2001" in text]
    assert len(cited) == 2
    for number in cited:
        assert "Sur les cases" in pages[number - 1].split("Voir Cox, 2001")[1]
    assert f"au bas de la page\u00a0{cited[0]}, {cited[1]}" in pages[-1].replace("\n", " ")


def test_a_note_says_on_which_pages_it_is_called_and_the_foot_where_the_notes_are(pages: list[str]) -> None:
    called = [number for number, text in enumerate(pages, 1) if "Ouvrir." in text]
    assert len(called) == 2
    assert f"(p.\u00a0{called[0]}, {called[1]})" in pages[-1].replace("\n", " ")
    begins = next(n for n, text in enumerate(pages, 1) if "d’où viennent" in text and n > 2)
    assert all(re.search(rf"Notes\s: p\. {begins}\b", text) for text in pages[1:])


def test_a_link_shows_its_page_in_print(pages: list[str]) -> None:
    target = max(number for number, text in enumerate(pages, 1) if re.search(r"^Partie 5$", text, re.M))
    led = next(text for text in pages if "la suite" in text)
    assert re.search(r"la suite\s\(p\.\s(\d+)\)", led)
    found = int(re.search(r"la suite\s\(p\.\s(\d+)\)", led)[1])  # type: ignore[index]
    assert found <= target and "Partie 5" in pages[found - 1]


def test_the_recommendations_stay_on_one_page_and_a_long_table_may_break() -> None:
    def grid(rows: int, id: str) -> Grid:
        row = (Slot(content=words("n° 1")), Slot(content=words("Ouvrir un guichet le soir. " * 6)))
        return Grid(
            id=id, caption="T", columns=(Column(label="N°"), Column(label="Texte")), rows=(row,) * rows
        )

    assert lines_of(grid(2, "x")) < lines_of(grid(4, "x"))
    assert WHOLE < lines_of(grid(12, LISTED)) <= PAGE


def test_tables_of_charts_stand_two_by_two() -> None:
    small, wide = {"columns": [1, 2]}, {"columns": [1, 2, 3, 4]}
    assert [len(line) for line in paired([small, small, small, wide, small])] == [2, 1, 1, 1]


def test_the_look_gives_its_colour_and_its_logo_and_the_words_stay(french: Document) -> None:
    look = Look(accent="#1d5c4f", wash="#eff4f3", logo=Logo(kind="image/svg+xml", data=LOGO, alt={"fr": "Une porte"}))  # fmt: skip # noqa: E501
    plain, dressed = (render_pdf(msgspec.structs.replace(french, look=kept)) for kept in (Look(), look))
    assert page.is_pdf_compliant_bytes(dressed, profile=page.ValidationProfile.PDF_UA_1)
    assert pages_of(plain) == pages_of(dressed)
    assert b"/Alt" in dressed and dressed == render_pdf(msgspec.structs.replace(french, look=look))


def test_every_part_has_a_head_though_its_title_is_long(french: Document) -> None:
    long = msgspec.structs.replace(
        french, blocks=(Heading(level=2, id="x", content=words("Des mots " * 30)),)
    )
    assert len(running_heads(long)["x"]) <= HEAD


def test_how_something_was_established_stays_at_the_end(french: Document) -> None:
    note = Note(id="e1", title="Constat", lines=(("Règle", words("Adopté.")), ("Source", words("Registre"))))
    called = Paragraph(content=(Mention(text="Consensus", note="e1"),))
    document = msgspec.structs.replace(french, blocks=(called,), notes=(note,))
    dresser = Dresser(document, outline.Anchors())
    assert "foot" not in dresser.node(called)["content"][0] and not dresser.footed
