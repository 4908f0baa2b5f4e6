# ruff: noqa: E501 - samples of code, kept whole
"""The PDF: accessible by the standard, whole, the same bytes, and no text of it is read as code."""

from __future__ import annotations

import io
import json
import re

import msgspec
import page
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from avis.errors import AvisError
from avis.report import outline
from avis.report.charts.data import read_plot
from avis.report.document import (
    Agreed,
    Column,
    Count,
    Document,
    Facts,
    Grid,
    Heading,
    Link,
    Paragraph,
    Picture,
    Saying,
    Slot,
    Voice,
    Words,
)
from avis.report.html.page import render_html
from avis.report.pdf.dressing import annexed, beside, widths_of
from avis.report.pdf.paper import render_pdf, render_typst

CODE = "#$<>@*_\\/`~'\"[]{}()=-+!|&;:,.% \n"


def read(pdf: bytes) -> list[str]:
    return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages]


def dense(text: str) -> str:
    """Words without any space: a line end of the page may fall anywhere."""
    return re.sub(r"\s+", "", text)


def bare(document: Document, *blocks: object) -> Document:
    return msgspec.structs.replace(document, blocks=blocks, notes=(), banners=())


@pytest.fixture(scope="module")
def pdf(document: Document) -> bytes:
    return render_pdf(document)


def test_it_passes_the_accessibility_standard(pdf: bytes) -> None:
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant and not report.failures


def test_the_checker_would_see_a_fault() -> None:
    import typst

    plain = typst.compile(
        b"#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>\"), format: \"svg\")"
    )
    assert not page.validate_pdf_bytes(plain, profile=page.ValidationProfile.PDF_UA_1).is_compliant


def test_all_that_the_document_says_is_in_it(pdf: bytes, document: Document) -> None:
    told = dense(" ".join(read(pdf)))
    for node in outline.walk(document):
        for name in ("text", "caption", "title", "outcome", "addressee", "setting", "translation", "base"):
            words = getattr(node, name, "")
            if isinstance(words, str) and words and not (isinstance(node, Heading) or name == "description"):
                assert dense(words) in told, (name, words)


def test_every_word_of_every_chart_is_text_in_it(pdf: bytes, document: Document) -> None:
    told = dense(" ".join(read(pdf)))
    for picture in (block for block in document.blocks if isinstance(block, Picture)):
        plot = read_plot(picture.chart, picture.tables, document.language)
        for row in plot.rows:
            assert dense(row.label) in told
            for mark in row.marks:
                assert dense(mark.text.rsplit("(", 1)[-1] if plot.form == "likert" else mark.text) in told


def test_charts_are_described_for_those_who_do_not_see_them(pdf: bytes, document: Document) -> None:
    def alts(node: object) -> list[str]:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            return [alt for child in node for alt in alts(child)]
        if not isinstance(node, dict):
            return []
        own = [str(node["/Alt"])] if "/Alt" in node else []
        return own + (alts(node["/K"]) if "/K" in node else [])

    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]
    told = set(alts(root))
    assert {block.description for block in document.blocks if isinstance(block, Picture)} <= told


def test_every_page_says_what_it_is_and_its_number(pdf: bytes, document: Document) -> None:
    pages = read(pdf)
    assert len(pages) > 3
    for number, text in enumerate(pages, start=1):
        assert all(dense(banner) in dense(text) for banner in document.banners)
        assert number == 1 or f"{number} / {len(pages)}" in text  # a cover has no number


def test_title_language_and_author_are_told_to_machines_and_no_date_is(
    pdf: bytes, document: Document
) -> None:
    reader = PdfReader(io.BytesIO(pdf))
    assert reader.metadata is not None
    assert reader.metadata.title == document.title and reader.metadata.author == document.author
    assert str(reader.trailer["/Root"]["/Lang"]).startswith(document.language)
    assert "/CreationDate" not in reader.metadata and "/ModDate" not in reader.metadata


def test_pages_are_a4_and_parts_are_bookmarks(pdf: bytes, document: Document) -> None:
    reader = PdfReader(io.BytesIO(pdf))
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in reader.pages} == {(595, 842)}
    heads = [outline.plain(b.content) for b in document.blocks if isinstance(b, Heading) and b.level == 2]
    marks = [entry.title for entry in _flat(reader.outline)]
    assert [mark for mark in marks if mark in heads] == heads


def _flat(entries: list[object]) -> list[object]:
    return [leaf for entry in entries for leaf in (_flat(entry) if isinstance(entry, list) else [entry])]


def test_two_makings_give_the_same_bytes(pdf: bytes, document: Document) -> None:
    assert render_pdf(document) == pdf


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet=CODE + "abcéÀœ0149«»’", min_size=1, max_size=120))
def test_any_text_appears_as_it_was_written(french: Document, text: str) -> None:
    agreed = Agreed(
        id=text, role="statement", voices=(Voice(text=text, language=text),), outcome=text, label=text
    )
    blocks = (
        Heading(level=5, id="h" + text, content=(Words(text=text),)),
        Paragraph(content=(Words(text=text, language=text),)),
        Facts(items=((text, (Words(text=text),)),)),
        agreed,
        Saying(id="s" + text, text=text, language="pcm", setting=text, translation=text),
        Paragraph(content=(Words(text=text),)),
    )
    told = dense(" ".join(read(render_pdf(bare(french, *blocks)))))
    assert told.count(dense(text)) >= 9


@pytest.mark.parametrize(
    "text",
    ['#read("/etc/passwd")', "#panic()", "$ x^2 $", "<label> @label", "// gone", "/* gone */", "\\u{41}", "= Title", "- a", "`raw`", "https://a.b/c", '"; #let x = 1; "', "--- ...", "\u2028x", "a\tb"],
)  # fmt: skip
def test_code_is_printed_not_run(french: Document, text: str) -> None:
    told = dense(" ".join(read(render_pdf(bare(french, Paragraph(content=(Words(text=text),)))))))
    assert dense(text) in told


@pytest.mark.parametrize("text", ["ẹ ọ ẸDO", "日", "🙂", "\x00\x07zéro", "\ud800x", "עברית"])
def test_a_letter_without_a_face_stops_nothing(french: Document, text: str) -> None:
    pdf = render_pdf(bare(french, Paragraph(content=(Words(text=text),))))
    assert page.is_pdf_compliant_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    letters = {letter for letter in outline.tidy(text) if not letter.isspace()}
    assert letters <= set("".join(read(pdf)))


def test_an_accent_typed_apart_is_told_once(french: Document) -> None:
    pdf = render_pdf(bare(french, Paragraph(content=(Words(text="me\u0301diatrice"),))))
    assert "médiatrice" in " ".join(read(pdf))


def test_a_long_table_repeats_its_head_and_a_long_statement_may_break(french: Document) -> None:
    rows = tuple(
        (Slot(content=(Words(text=f"ligne {n}"),)), Slot(content=(Words(text=str(n)),), state="shown"))
        for n in range(90)
    )
    grid = msgspec.structs.replace(
        next(b for b in french.blocks if isinstance(b, Grid)),
        rows=tuple((*row, *[row[1]] * 4) for row in rows),
        note="",
    )
    long = Agreed(id="l", role="statement", voices=(Voice(text="Des mots. " * 900, language="fr"),), outcome="Fini.", dissents=((Voice(text="Non.", language="fr"),),))  # fmt: skip
    pages = read(render_pdf(bare(french, grid, long)))
    with_rows = [text for text in pages if "ligne" in text]
    assert len(with_rows) >= 2 and all("Tranche" in text for text in with_rows)
    told = dense(" ".join(pages))
    assert told.count("Desmots.") == 900 and "Fini." in told and "ligne89" in told


def test_what_typst_refuses_is_said_in_words(french: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("avis.report.pdf.paper.render_typst", lambda document: "#panic()")
    with pytest.raises(AvisError, match="DOC-006"):
        render_pdf(french)


def test_the_source_is_one_line_of_data_and_the_fixed_template(french: Document) -> None:
    first, rest = render_typst(french).split("\n", 1)
    other = render_typst(bare(french)).split("\n", 1)[1]
    assert first.startswith("#let data = json(bytes(") and rest == other
    assert "Port-Exemple" not in rest


def test_a_figure_without_its_note_does_not_build(french: Document) -> None:
    with pytest.raises(AvisError, match="DOC-004"):
        render_pdf(bare(french, Paragraph(content=(Count(text="12", note="n-inconnue"),))))


def test_small_charts_stand_side_by_side_and_a_lone_one_beside_its_figures() -> None:
    blocks = [
        {"t": "picture", "half": half, "id": n, "grid": {"t": "grid", "id": f"g{n}"}}
        for n, half in enumerate((True, True, True, False, True))
    ]
    placed = beside(blocks)
    rows = [[b["id"] for b in row["blocks"]] if row["t"] == "row" else row["id"] for row in placed]
    assert rows == [[0, 1], [2, "g2"], 3, [4, "g4"]]
    assert [grid["id"] for grid in annexed([block["grid"] for block in blocks], placed)] == ["g0", "g1", "g3"]


def test_a_column_of_figures_is_as_wide_as_its_figures() -> None:
    grid = Grid(
        id="g",
        caption="G",
        columns=(Column(label="Quoi"), Column(label="Nombre", align="end"), Column(label="Pourquoi")),
        rows=(tuple(Slot(content=(Words(text=text),)) for text in ("Accueil", "au moins 70", "x" * 90)),),
    )
    widths = widths_of(grid)
    assert widths[1] == 0 and widths[0] > 0 and widths[2] > widths[0]


@pytest.mark.parametrize("word", ["é" * 40_000, "ع" * 40_000])
def test_a_word_without_end_is_broken_over_lines_and_none_of_it_is_lost(french: Document, word: str) -> None:
    told = dense("".join(read(render_pdf(bare(french, Paragraph(content=(Words(text=word),)))))))
    assert told.count(word[0]) >= len(word)


def test_an_address_is_never_broken_by_a_hyphen(french: Document) -> None:
    address = "https://exemple.fr/" + "a" * 80
    source = render_typst(
        bare(french, Paragraph(content=(Link(href=address, content=(Words(text="ici"),)),)))
    )
    assert address in source


def test_a_panic_of_the_typesetter_is_told_as_an_error_and_nothing_else_is_caught(
    french: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    panic = type("PanicException", (BaseException,), {"__module__": "pyo3_runtime"})
    for raised, caught in ((panic, AvisError), (KeyboardInterrupt, KeyboardInterrupt)):

        def fail(*_: object, raised: type[BaseException] = raised, **__: object) -> bytes:
            raise raised("start byte index 65535")

        monkeypatch.setattr("avis.report.pdf.paper.typst.compile", fail)
        with pytest.raises(caught) as found:
            render_pdf(french)
        if isinstance(found.value, AvisError):
            assert [problem.code for problem in found.value.problems] == ["DOC-006"]


UNSEEN = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\ufeff\u2028\u2029"


def test_marks_that_turn_or_hide_words_reach_neither_page_nor_paper(french: Document) -> None:
    words = f"gau{UNSEEN}che \u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    picture = next(block for block in french.blocks if isinstance(block, Picture))
    titled = msgspec.structs.replace(picture.chart, title={"fr": words})
    drawn = msgspec.structs.replace(
        picture,
        chart=titled,
        title=words,
        description=words,
        note="",
        grid=Grid(id="g", caption=words, columns=(), rows=()),
    )
    document = msgspec.structs.replace(
        bare(french, Heading(level=2, id="h", content=(Words(text=words),)), drawn), title=words
    )
    for rendered in (render_html(document), _data(render_typst(document))):
        assert [
            rendered[rendered.find(m) - 60 : rendered.find(m) + 20] for m in UNSEEN if m in rendered
        ] == []
        assert "\u200c" in rendered


def _data(source: str) -> str:
    """The data that the template reads, as words and not as escapes."""
    literal = source.split("\n", 1)[0].removeprefix('#let data = json(bytes("').removesuffix('"))')
    return json.dumps(json.loads(json.loads(f'"{literal}"')), ensure_ascii=False)
