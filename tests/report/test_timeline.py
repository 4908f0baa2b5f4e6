"""The timeline: to the month, in words beside the axis, and the same words in its table."""

from __future__ import annotations

import io
import re

import msgspec
import pytest
from docx import Document as read_docx
from given_compose import EMPTY, RICH
from given_document import sample_document
from pypdf import PdfReader
from test_charts import _extent, texts

from avis.exhibits import Table
from avis.i18n import LANGUAGES, Language
from avis.report.charts.frieze import draw_timeline, told
from avis.report.compose import compose_avis, compose_fiche
from avis.report.document import Column, Document, Grid, Moment, Slot, Timeline, Words
from avis.report.docx.document import render_docx
from avis.report.html.page import render_html
from avis.report.outline import plain
from avis.report.pdf.paper import render_pdf

MOMENTS = (
    Moment(on="2023-01", until="2024-12", label="Période évaluée"),
    Moment(on="2024-03", label="Saisine reçue"),
    *(Moment(on=month, label="Ateliers") for month in ("2023-03", "2023-06", "2024-01")),
    Moment(on="2024", label="Une année entière, dont le nom est long et se coupe sur plusieurs lignes"),
)


def row(*words: str) -> tuple[Slot, ...]:
    return tuple(Slot(content=(Words(text=text),)) for text in words)


GRID = Grid(
    id="dates", caption="Les dates", columns=(Column(label="Quoi"), Column(label="Quand")),
    rows=(row("Ateliers", "mars et juin 2023, janvier 2024"),),
)  # fmt: skip
NODE = Timeline(id="dates-2", title="Les dates", description="Ateliers : 2023.", moments=MOMENTS, grid=GRID)


def timelines(document: Document) -> list[Timeline]:
    return [block for block in document.blocks if isinstance(block, Timeline)]


@pytest.mark.parametrize("narrow", [False, True])
def test_every_line_has_its_name_and_its_dates_in_words(narrow: bool) -> None:
    svg = draw_timeline(NODE, "fr", "p", narrow)
    drawn = texts(svg)
    assert all(moment.label in drawn for moment in MOMENTS)
    assert "mars et juin 2023, janvier 2024" in drawn and "2023" in drawn and "2024" in drawn
    left, right = _extent(svg)
    assert left >= -0.5 and right <= (272 if narrow else 640) + 0.5
    assert svg == draw_timeline(NODE, "fr", "p", narrow)


def test_places_follow_the_time() -> None:
    svg = draw_timeline(NODE, "fr", "p")
    places = [float(x) for x in re.findall(r'cx="([\d.]+)"', svg)]
    march, *months = places[0], *places[1:]
    assert months == sorted(months) and march > months[-1]  # March 2024 stands after January 2024


def test_a_first_year_cut_short_does_not_take_the_word_of_the_next() -> None:
    moments = (
        Moment(on="2020-10", until="2022-08", label="a"),
        Moment(on="2021", until="2024", label="b"),
    )
    drawn = texts(draw_timeline(msgspec.structs.replace(NODE, moments=moments), "en", "p"))
    assert drawn.startswith("2021 2022 2023 2024 a ")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_months_of_a_year_are_said_together(lang: Language) -> None:
    words = told([Moment(on="2024-03", label="x"), Moment(on="2024-05", label="x")], lang)
    assert words == {"fr": "mars et mai 2024", "en": "March and May 2024"}[lang]


def test_the_avis_tells_period_request_meetings_and_adoption_to_the_month() -> None:
    course = (("2024-02", "workshop"), ("2024-04", "workshop"), ("2024-11", "session"))
    given = msgspec.structs.replace(RICH, setting=msgspec.structs.replace(RICH.setting, course=course))
    (found,) = timelines(compose_avis(given, (), "fr", "public"))
    met = ["2024-02", "2024-04", "2024-11"]
    assert [moment.on for moment in found.moments] == ["2023-01", "2024-03", *met, "2024-11"]
    rows = [[plain(slot.content) for slot in line] for line in found.grid.rows]
    assert ["Ateliers", "février et avril 2024"] in rows
    assert all(f"{label}\u00a0: {dates}" in found.description for label, dates in rows)


def test_a_sheet_tells_when_things_were_made_where_their_names_hold_the_month() -> None:
    works = next(item for item in RICH.exhibits if isinstance(item, Table))
    items = tuple((f"onu-{month}", {"fr": month}) for month in ("2023-03", "2024-01", "2024-06"))
    for named, drawn in ((items, 1), (items[:2], 0), ((("onu-a", {"fr": "a"}),) * 3, 0)):
        held = msgspec.structs.replace(works, items=named)
        given = msgspec.structs.replace(RICH, exhibits=(held,))
        assert len(timelines(compose_fiche(given, "fr", "public"))) == drawn


def test_too_little_that_is_dated_makes_no_timeline() -> None:
    assert not timelines(compose_avis(EMPTY, (), "fr", "public"))


def test_page_paper_and_word_file_hold_its_words() -> None:
    document = msgspec.structs.replace(sample_document("fr"), blocks=(NODE,), notes=())
    page = render_html(document)
    assert page.count("Saisine reçue") == 2 and "Les dates en tableau" in page  # wide and narrow
    assert 'aria-labelledby="tsl-t tsl-d"' in page and page.count("<desc") == 1
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(render_pdf(document))).pages]
    assert any("Les dates" in text for text in pages)
    word = read_docx(io.BytesIO(render_docx(document)))
    assert any("Ateliers" in cell.text for table in word.tables for cell in table._cells)
    assert len(word.inline_shapes) == 1
