"""How a document is cited, and what it tells machines: the same on the page, on paper, in Word and in CFF."""

from __future__ import annotations

import io
import json
import re

import msgspec
import yaml
from bs4 import BeautifulSoup
from docx import Document as open_docx
from given_compose import EMPTY, RICH
from msgspec.structs import replace
from pypdf import PdfReader

from avis.exhibits import Exhibits, Source
from avis.release.crate import cite
from avis.release.papers import stamp
from avis.report.compose import compose
from avis.report.document import Document
from avis.report.docx.document import render_docx
from avis.report.html.linked import describe
from avis.report.html.page import render_html
from avis.report.inlines import plain
from avis.report.pdf.paper import render_pdf

EDITION, ON = "2026-01-15-ab12cd34", "2026-01-15"


def made(exhibits: Exhibits = EMPTY, draft: bool = True, **changes: object) -> Document:
    setting = replace(exhibits.setting, **changes) if changes else exhibits.setting
    return compose("fiche", replace(exhibits, setting=setting), (), "fr", "public", draft=draft)


def dense(text: str) -> str:
    return re.sub(r"\s", "", text)


def head(document: Document) -> BeautifulSoup:
    return BeautifulSoup(render_html(document), "html.parser")


def test_a_draft_says_that_it_is_one_and_an_edition_its_name_and_day() -> None:
    draft = made()
    assert plain(draft.cite).endswith("Projet, non publié.")
    assert plain(stamp(draft, EDITION, ON).cite).endswith(f"Édition {EDITION}, 15 janvier 2026.")


def test_page_pdf_and_word_cite_in_the_same_words() -> None:
    document = stamp(made(draft=False), EDITION, ON)
    told = dense(plain(document.cite))
    page = head(document).select_one("#cite")
    assert page and told in dense(page.get_text())
    assert told in dense(
        "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(render_pdf(document))).pages)
    )
    assert told in dense("".join(p.text for p in open_docx(io.BytesIO(render_docx(document))).paragraphs))


def test_the_citation_file_agrees_with_the_block_and_has_what_its_format_asks() -> None:
    told = yaml.safe_load(cite(EMPTY, ("fr",), EDITION, ON))
    block = plain(stamp(made(draft=False), EDITION, ON).cite)
    assert set(told) == {"cff-version", "message", "type", "title", "version", "date-released", "authors"}
    assert told["cff-version"] == "1.2.0" and told["type"] == "dataset"
    (author,) = told["authors"]
    assert set(author) == {"name"}  # of a person, the format would ask family and given names
    assert all(words in block for words in (author["name"], told["title"], str(told["version"])))
    assert str(told["date-released"]) == ON


def test_the_citation_file_of_a_page_from_public_facts_names_who_made_it() -> None:
    page = Source(id="p", kind="published", title={"fr": "Page"}, url="https://example.org/p")
    given = replace(EMPTY, setting=replace(EMPTY.setting, public_source=page))
    told = yaml.safe_load(cite(given, ("fr",), EDITION, ON))
    assert told["authors"] == [{"name": made(public_source=page).maker}]


def test_members_papers_are_not_for_citing() -> None:
    assert compose("restitution", EMPTY, (), "fr", "members").cite == ()


def test_search_engines_find_what_is_published_where_the_association_wants_it_and_nothing_else() -> None:
    wanted = {"indexed": True}
    assert made(draft=False, **wanted).indexed and not made(draft=False).indexed
    assert not made(draft=True, **wanted).indexed
    for_funder = replace(RICH, setting=replace(RICH.setting, indexed=True))
    assert not compose("avis", for_funder, (), "fr", "funder", draft=False).indexed
    assert not head(made(draft=False, **wanted)).select("meta[name=robots]")
    assert head(made(draft=False)).select_one("meta[name=robots][content=noindex]")


def test_machines_are_told_no_day_of_a_draft_and_no_person() -> None:
    draft, edition = describe(made()), describe(stamp(made(draft=False), EDITION, ON))
    assert "datePublished" not in draft and draft["creativeWorkStatus"] == "Draft"
    assert edition["datePublished"] == ON and edition["version"] == EDITION
    assert "Person" not in json.dumps([draft, edition])
    assert edition["author"] == {"@type": "Organization", "name": EMPTY.setting.organisation}


def test_a_page_from_public_facts_is_about_the_association_and_not_by_it() -> None:
    page = Source(id="p", kind="published", title={"fr": "Page"}, url="https://example.org/p")
    document = made(public_source=page)
    told = describe(document)
    assert "author" not in told and told["about"]["name"] == EMPTY.setting.organisation
    assert told["isBasedOn"] == page.url and "conditionsOfAccess" not in told
    assert plain(document.cite).startswith(document.maker)


def test_a_name_that_the_document_withholds_stands_neither_in_its_citation_nor_in_its_data() -> None:
    document = replace(made(), author="Un collectif", blocks=(), notes=())
    from avis.report.compose.citing import describe as describe_document

    again = describe_document(document, EMPTY, draft=False)
    assert EMPTY.setting.organisation not in plain(again.cite) + json.dumps(describe(again))
    assert msgspec.to_builtins(again).get("origin", {}).get("organisation") is None


def test_no_title_can_close_the_script_that_holds_it() -> None:
    nasty = "</script><script>alert(1)</script>\u2028<!--&"
    page = head(made(title={"fr": nasty}))
    (script,) = page.select("script")
    assert "<" not in script.get_text() and json.loads(script.get_text())["name"] == nasty.replace(
        "\u2028", " "
    )
