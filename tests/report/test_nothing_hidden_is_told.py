"""No document tells a hidden number: in no cell, share, base, sentence, alternative text or length of a bar.

The threshold is far higher than in life, so that hidden counts are large and strange: a number of four
digits that stands somewhere stands there for no other reason.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from functools import cache

import msgspec
import pytest
from given_compose import RICH
from pypdf import PdfReader

from avis.disclosure.protect import protect
from avis.disclosure.rules import Rules
from avis.disclosure.tables import protected_tables
from avis.exhibits import Cell, Dimension, Evidence, Exhibits, Table, Value, Where
from avis.findings.model import Contribution, Finding, Form, Relation
from avis.handover.assembling import make_charts
from avis.i18n import LANGUAGES, Language, percent, say
from avis.report.charts.data import description
from avis.report.charts.interactive import plotly_figure
from avis.report.compose import COMPOSERS, compose
from avis.report.compose.grids import covered
from avis.report.html.page import render_html
from avis.report.masked import sentence_for_hidden
from avis.report.pdf.paper import render_pdf, render_typst
from avis.sealing import seal

THRESHOLD = 5000
WORDS = {"fr": "mots", "en": "words"}


def dimension(id: str, values: list[str], better: str = "") -> Dimension:
    named = tuple(Value(id=value, label={"fr": value, "en": value}) for value in values)
    return Dimension(id=id, label={"fr": id, "en": id}, values=named, better=better)  # type: ignore[arg-type]


def simple(id: str, chart: Form, counts: dict[str, float], **changes: object) -> Finding:
    parts: list[Where] = [((id, value),) for value in counts]
    fields: dict[str, object] = {
        "id": id,
        "subject": id,
        "title": {"fr": f"sujet {id}", "en": f"subject {id}"},
        "measure": "people",
        "population": id,
        "dimensions": (dimension(id, list(counts), "high" if chart == "likert" else ""),),
        "cells": (
            Cell(n=sum(counts.values())),
            *(Cell(where=at, n=n) for at, n in zip(parts, counts.values(), strict=True)),
        ),
        "relations": (Relation(total=(), parts=tuple(parts), telling=tuple(parts)),),
        "base": (),
        "unit": WORDS,
        "evidence": Evidence(rule=WORDS, base={"fr": "les personnes", "en": "the people"}),
        "chart": chart,
    }
    return Finding(**(fields | changes))  # type: ignore[arg-type]


def crossed(id: str, chart: Form, second: str, grid: list[list[int]]) -> Finding:
    rows, columns = [f"r{i}" for i in range(len(grid))], [f"c{j}" for j in range(len(grid[0]))]

    def at(row: str = "", column: str = "") -> Where:
        pairs = ([(id, row)] if row else []) + ([(second, column)] if column else [])
        return tuple(sorted(pairs))

    counted: dict[Where, int] = {(): sum(map(sum, grid))}
    relations = [
        Relation(total=(), parts=tuple(at(row) for row in rows)),
        Relation(total=(), parts=tuple(at(column=column) for column in columns)),
    ]
    for i, row in enumerate(rows):
        counted[at(row)] = sum(grid[i])
        counted |= {at(row, column): grid[i][j] for j, column in enumerate(columns)}
        relations.append(Relation(total=at(row), parts=tuple(at(row, column) for column in columns)))
    for j, column in enumerate(columns):
        counted[at(column=column)] = sum(line[j] for line in grid)
        relations.append(Relation(total=at(column=column), parts=tuple(at(row, column) for row in rows)))
    return simple(
        id,
        chart,
        {"x": 0},
        dimensions=(dimension(id, rows), dimension(second, columns)),
        cells=tuple(Cell(where=where, n=n) for where, n in counted.items()),
        relations=tuple(relations),
    )


FINDINGS = (
    simple("bars", "bars", {"a": 1723, "b": 2741, "c": 19413, "d": 28887}),
    simple("likert", "likert", {"a": 3313, "b": 14519, "c": 23327, "d": 17747}),
    simple(
        "whole", "planned", {}, dimensions=(), relations=(), cells=(Cell(n=4177),), target=9000, gap=WORDS
    ),
    simple("unanimous", "columns", {"yes": 31337, "no": 0}),
    crossed("moments", "change", "moment", [[1409, 17077], [26113, 2903], [33311, 41843]]),
    crossed("dots", "dots", "place", [[1213, 18181, 27277], [21611, 3847, 35353], [44449, 51511, 61613]]),
    simple(
        "hours",
        "bars",
        {"a": 1447.5, "b": 20011.25, "c": 30103.0},
        measure="hours",
        contributions=(
            Contribution(where=(("hours", "a"),), people=6000, largest=1400),
            Contribution(where=(("hours", "b"),), people=6000, largest=30),
        ),
    ),
)
PROTECTED = protect(FINDINGS, Rules(THRESHOLD))
TABLES = protected_tables(FINDINGS, PROTECTED)
EXHIBITS = msgspec.structs.replace(
    RICH, exhibits=(*TABLES, *make_charts(TABLES, FINDINGS)), verdict=RICH.verdict
)


def hidden_numbers() -> set[str]:
    """The hidden counts that are shown nowhere else, and the whole part of hidden hours."""
    cells = {(one.id, cell.where): cell.n for one in FINDINGS for cell in one.cells}
    shown, hidden = set[str](), set[str]()
    for table in TABLES:
        for cell in table.cells:
            n = cells[table.id, cell.where]
            assert n is not None
            (hidden if cell.status == "hidden" else shown).add(str(int(n)))
    return hidden - shown - {"0"}


def numbers(text: str) -> set[str]:
    """Every number of a text, however its thousands are parted."""
    joined = re.sub(r"(?<=\d)[\s\u00a0\u202f,](?=\d{3}(?!\d))", "", html.unescape(text))
    return set(re.findall(r"\d+", joined))


def percentages(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,]\d+)?(?=[\s\u00a0\u202f]?%)", html.unescape(text)))


def without_styles(page: str) -> str:
    return re.sub(r"<style.*?</style>", "", page, flags=re.DOTALL)


@cache
def written(lang: Language) -> tuple[tuple[str, str], ...]:
    """Everything that is written of these exhibits, by its name."""
    return tuple(_written(EXHIBITS, lang))


def _written(exhibits: Exhibits, lang: Language) -> Iterator[tuple[str, str]]:
    yield "exhibits.json", seal(exhibits).decode()
    for kind in COMPOSERS:
        document = compose(kind, exhibits, (), lang, "public")
        yield f"{kind} html", without_styles(render_html(document))
        yield f"{kind} typst", str(render_typst(document))
        reader = PdfReader(io.BytesIO(render_pdf(document)))
        yield f"{kind} pdf", "\n".join(page.extract_text() for page in reader.pages)
        yield f"{kind} json", msgspec.json.encode(document).decode()
    for chart in (item for item in exhibits.exhibits if not isinstance(item, Table)):
        tables = covered(chart, exhibits)  # type: ignore[arg-type]
        yield f"{chart.id} words", description(chart, tables, lang)  # type: ignore[arg-type]
        yield f"{chart.id} notebook", plotly_figure(chart, tables, lang).to_json() or ""  # type: ignore[arg-type]
    for table in TABLES:
        for cell in table.cells:
            yield f"{table.id} sentence", sentence_for_hidden(table, cell.where, lang, THRESHOLD)


def test_there_is_something_to_hide_in_every_form() -> None:
    assert PROTECTED.passed
    assert {"1723", "4177", "1447"} <= hidden_numbers()
    assert len(hidden_numbers()) > 12
    for table in TABLES:
        assert any(cell.status == "hidden" for cell in table.cells), table.id
        assert table.id in ("whole", "unanimous") or any(cell.status == "shown" for cell in table.cells)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_number_of_a_document_is_a_hidden_one(lang: Language) -> None:
    secret, seen = hidden_numbers(), 0
    for name, text in written(lang):
        assert not (numbers(text) & secret), name
        seen += bool(numbers(text))
    assert seen > 10
    shown = numbers(dict(written(lang))["avis html"])
    assert {"19413", "23327", "33311"} & shown  # the tables are really there


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_percentage_is_of_two_shown_counts(lang: Language) -> None:
    shares = {cell.share for table in TABLES for cell in table.cells if cell.share is not None}
    known = {re.sub(r"[^\d.,]", "", percent(share, lang)) for share in shares}
    cells = {(table.id, cell.where): cell for table in TABLES for cell in table.cells}
    for (_, where), cell in cells.items():
        assert cell.share is None or (cell.status == "shown" and where)
    for name, text in written(lang):
        if name.endswith(("pdf", "words")):
            assert percentages(text) <= known | {"85"}, name  # 85 %: the rule itself


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_length_of_a_bar_is_drawn_from_shown_counts_alone(lang: Language) -> None:
    """The same chart, of other hidden counts: not a pixel differs."""
    others = [
        msgspec.structs.replace(
            finding,
            cells=tuple(
                msgspec.structs.replace(cell, n=7)
                if finding.key(cell.where) in PROTECTED.hidden_keys
                else cell
                for cell in finding.cells
            ),
        )
        for finding in FINDINGS
    ]
    tables = protected_tables(others, PROTECTED)
    assert tables == TABLES
    assert make_charts(tables, others) == make_charts(TABLES, FINDINGS)
    assert compose("avis", EXHIBITS, (), lang, "public") == compose(
        "avis",
        msgspec.structs.replace(EXHIBITS, exhibits=(*tables, *make_charts(tables, others))),
        (),
        lang,
        "public",
    )


@pytest.mark.parametrize(
    ("lang", "term", "sign"), [("fr", "Masqué", "masqué"), ("en", "Suppressed", "suppressed")]
)
@pytest.mark.parametrize("kind", sorted(set(COMPOSERS) - {"restitution"}))  # it prints no number
def test_what_hidden_means_is_said_once_before_the_first_hidden_number(
    kind: str, lang: Language, term: str, sign: str
) -> None:
    text = re.sub(r"<[^>]+>", " ", dict(written(lang))[f"{kind} html"])
    means = say("report.compose.hidden_means", lang)
    assert text.count(means) == 1
    assert text.index(means) < re.search(rf"\b{sign}\b", text).start()  # type: ignore[union-attr]
    assert term in text[: text.index(means)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_nothing_is_hidden_nothing_is_explained(lang: Language) -> None:
    shown = msgspec.structs.replace(
        RICH, exhibits=tuple(item for item in RICH.exhibits if item.id == "rendez-vous")
    )
    assert say("report.compose.hidden_means", lang) not in render_html(
        compose("avis", shown, (), lang, "public")
    )


def test_every_hidden_cell_bears_one_sign_and_a_word_that_is_read_aloud() -> None:
    page = dict(written("fr"))["avis html"]
    cells = re.findall(r'<td class="hidden[^"]*">(.*?)</td>', page)
    assert len(cells) > 10
    bare = {re.sub(r'<span class="count"[^>]*>(\w+)<button.*?</span>', r"\1", cell) for cell in cells}
    assert bare == {'<span class="mark" aria-hidden="true"></span> masqué'}
    assert not re.search(r'<td class="hidden[^"]*">\s*0', page)
