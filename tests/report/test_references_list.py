"""References in documents: the same words in HTML and in PDF, titles in italics, the list in order."""

from __future__ import annotations

import io
from pathlib import Path

import msgspec
import page
import pytest
from given_compose import RICH
from pypdf import PdfReader

from avis.errors import Problems
from avis.exhibits import Exhibits, Run, Source
from avis.i18n import LANGUAGES, Language
from avis.report.compose import compose_avis
from avis.report.compose.evidence_parts import used_sources
from avis.report.compose.sheet import Sheet
from avis.report.document import Document
from avis.report.html.page import render_html
from avis.report.pdf.paper import render_pdf
from avis.writing.text import read_passages

ADDRESS = "https://example.org/livre?a=1&b=2"


def reference(id: str, author: str, year: str) -> Source:
    runs = (
        Run(text=f"{author}, "),
        Run(text="Livre & <loi>", italic=True, language="fr"),
        Run(text=f", {year}, "),
        Run(text=ADDRESS, href=ADDRESS),
        Run(text=", 3 mars 2024"),
    )
    words: dict[str, str] = dict.fromkeys(LANGUAGES, f"{author}, {year}")
    told: dict[str, str] = dict.fromkeys(LANGUAGES, "".join(run.text for run in runs))
    said: dict[str, tuple[Run, ...]] = dict.fromkeys(LANGUAGES, runs)
    return Source(id=id, kind="reference", title=told, reference=said, call=words)


WITH = msgspec.structs.replace(
    RICH,
    sources=(
        *RICH.sources,
        reference("a-zola", "Zola", "2019"),
        reference("b-evrard", "Évrard", "2020"),
        reference("c-eluard", "Eluard", "2020"),
    ),
)


def document(folder: Path, text: str, language: Language, exhibits: Exhibits = WITH) -> Document:
    for each in LANGUAGES:
        (folder / f"01-intro.{each}.md").write_text(
            f"---\nplace: introduction\n---\n{text}\n", encoding="utf-8"
        )
    problems = Problems()
    passages = read_passages(folder, language, exhibits, problems)
    problems.raise_errors()
    return compose_avis(exhibits, passages, language, "public")


CITED = "{cite}`a-zola, p. 12`, {cite}`b-evrard`, {cite}`c-eluard`, {source}`b-evrard, p. 3`."


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_and_a_pdf_say_the_same_reference(language: Language, tmp_path: Path) -> None:
    made = document(tmp_path, CITED, language)
    html, pdf = render_html(made), render_pdf(made)
    words = "Livre &amp; &lt;loi&gt;"
    told = words if language == "fr" else f'<span lang="fr">{words}</span>'
    assert f"<em>{told}</em>" in html
    assert '<a href="https://example.org/livre?a=1&amp;b=2">' in html
    printed = " ".join("".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf)).pages).split())
    assert "Zola, Livre & <loi>, 2019" in printed
    links = [
        item.get_object().get("/A", {}).get("/URI")
        for p in PdfReader(io.BytesIO(pdf)).pages
        for item in p.get("/Annots", ())
    ]
    assert ADDRESS in links
    assert page.is_pdf_compliant_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)


def test_the_list_is_sorted_by_family_name_accents_left_aside(tmp_path: Path) -> None:
    passages = document(tmp_path, CITED, "fr")
    problems = Problems()
    sheet = Sheet(WITH, read_passages(tmp_path, "fr", WITH, problems), "fr", "public")
    listed = [source.id for source in used_sources(sheet) if source.kind == "reference"]
    assert listed == ["c-eluard", "b-evrard", "a-zola"]
    assert passages.notes


def test_a_call_says_author_year_and_locator(tmp_path: Path) -> None:
    html = render_html(document(tmp_path, CITED, "en"))
    assert ">Zola, 2019, p. 12<" in html and ">Évrard, 2020, p. 3<" in html


def test_the_source_role_asks_where_a_reference_says_it(tmp_path: Path) -> None:
    (tmp_path / "01-intro.fr.md").write_text(
        "---\nplace: introduction\n---\n{source}`a-zola`\n", encoding="utf-8"
    )
    problems = Problems()
    read_passages(tmp_path, "fr", WITH, problems)
    assert [item.code for item in problems] == ["TXT-037"]
    assert "{cite}`a-zola`" in problems.items[0].told("en")
