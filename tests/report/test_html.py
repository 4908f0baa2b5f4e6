"""The page: one file, no script, readable by everybody, and every figure leads to its note and back."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from base64 import b64encode
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from bs4 import BeautifulSoup, Tag
from given_compose import RICH
from given_document import sample_document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from avis.errors import AvisError
from avis.exhibits import Table
from avis.report.compose import compose_avis
from avis.report.document import Count, Document, Heading, Link, Paragraph, Saying, Words
from avis.report.html.page import render_html


def soup(document: Document) -> BeautifulSoup:
    return BeautifulSoup(render_html(document), "html.parser")


def bare(document: Document, *blocks: object) -> Document:
    return msgspec.structs.replace(document, blocks=blocks, notes=())


@pytest.fixture(scope="module")
def page(document: Document) -> BeautifulSoup:
    return soup(document)


def one(page: BeautifulSoup, selector: str) -> Tag:
    found = page.select_one(selector)
    assert found is not None, selector
    return found


def test_one_file_without_script_style_attribute_or_foreign_address(page: BeautifulSoup) -> None:
    assert {tag["type"] for tag in page.select("script")} <= {"application/ld+json"}
    assert not page.select("iframe, object, embed, form, [style], img, link:not([rel=icon])")
    assert not [name for tag in page.find_all(True) for name in tag.attrs if name.startswith("on")]
    loaded = {
        value for tag in page.find_all(True) for name in ("src", "srcset", "data") if (value := tag.get(name))
    }
    assert loaded == set()
    assert "url(" not in one(page, "style").get_text() and "@import" not in one(page, "style").get_text()


def test_the_policy_holds_the_hash_of_the_one_stylesheet(page: BeautifulSoup) -> None:
    (style,) = page.select("style")
    digest = b64encode(hashlib.sha256(style.get_text().encode()).digest()).decode()
    policy = one(page, "meta[http-equiv=Content-Security-Policy]")["content"]
    assert str(policy).startswith(f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:")


def test_it_asks_not_to_be_indexed_and_fits_small_screens(page: BeautifulSoup) -> None:
    for name, content in (
        ("robots", "noindex"),
        ("color-scheme", "light dark"),
        ("viewport", "width=device-width"),
    ):
        assert content in str(one(page, f"meta[name={name}]")["content"])


def test_language_is_told_for_the_page_and_for_each_foreign_word(
    page: BeautifulSoup, document: Document
) -> None:
    assert one(page, "html")["lang"] == document.language
    said = one(page, ".saying blockquote")
    assert said["lang"] == "pcm" and "Dem close door" in said.get_text()
    other = "en" if document.language == "fr" else "fr"
    assert one(page, f"#constat-horaires .further .said[lang={other}]")
    assert "No be small thing." in one(page, "main p[lang=pcm]").get_text()


def test_headings_start_with_one_title_and_never_skip_a_level(page: BeautifulSoup) -> None:
    levels = [int(tag.name[1]) for tag in page.find_all(re.compile("^h[1-6]$"))]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_contents_name_every_part_in_order(page: BeautifulSoup) -> None:
    entries = [a.get_text() for a in page.select("nav.contents li a")]
    parts = [h.get_text() for h in page.select("main h2:not(#cite-title)")]
    assert entries == parts and len(entries) >= 5


def test_ids_are_unique_and_no_link_leads_nowhere(page: BeautifulSoup) -> None:
    ids = [str(tag["id"]) for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))
    wanted = {str(a["href"])[1:] for a in page.select('a[href^="#"]')}
    for name in ("aria-labelledby", "aria-describedby"):
        wanted |= {id for tag in page.select(f"[{name}]") for id in str(tag[name]).split()}
    assert wanted <= set(ids)


def test_every_figure_in_the_text_leads_to_its_note_and_the_note_leads_back(page: BeautifulSoup) -> None:
    calls = page.select("main [id^=call-]")
    assert len(calls) > 8
    for call in calls:
        link, button = one(call, "a[role=doc-noteref]"), one(call, "button[aria-label]")
        note = one(page, f'[id="{str(link["href"])[1:]}"][popover]')
        assert button["popovertarget"] == note["id"]
        assert note.select_one(f'a[role=doc-backlink][href="#{call["id"]}"]'), call


def test_a_figure_is_plain_text_so_that_copying_and_readers_views_lose_none(french: Document) -> None:
    page = soup(french)
    for tag in page.select("main button"):
        assert not tag.get_text()
        tag.decompose()
    for tag in page.select("a.ref"):
        tag.decompose()
    figures = [tag.get_text() for tag in page.select("main .count")]
    assert figures and all(re.search(r"\w", text) for text in figures)


def test_every_statement_recommendation_quote_and_chart_has_a_link_to_itself(page: BeautifulSoup) -> None:
    blocks = page.select("article[id], figure[id], .asked[id], .grid[id]")
    assert len(blocks) > 8
    for block in blocks:
        assert block.select_one(f'a.here[aria-label][href="#{block["id"]}"]'), block["id"]


def test_anchors_are_the_same_in_both_languages() -> None:
    fr, en = (soup(sample_document(language)) for language in ("fr", "en"))
    assert [tag["id"] for tag in fr.select("main [id]")] == [tag["id"] for tag in en.select("main [id]")]


def test_figures_of_a_table_share_the_note_of_its_caption(page: BeautifulSoup) -> None:
    table = one(page, "#t-publics table")
    assert one(page, "#t-publics caption .ref")["href"] == "#n-activites"
    assert not table.select("td a, td button")


def test_tables_have_captions_and_headers_with_their_scope(page: BeautifulSoup) -> None:
    tables = page.select("table")
    assert len(tables) == 8
    for table in tables:
        assert table.caption is not None and table.caption.get_text(strip=True)
        assert {th.get("scope") for th in table.select("thead th")} == {"col"}
        assert all(row.th is not None and row.th.get("scope") == "row" for row in table.select("tbody tr"))
    frames = page.select(".scroll")
    assert all(f.get("role") == "region" and f.get("tabindex") == "0" for f in frames)
    names = [f["aria-label"] for f in frames]
    assert len(set(map(str, names))) == len(names) == len(tables)


def test_hidden_not_documented_and_not_asked_are_three_things_in_words(
    page: BeautifulSoup, document: Document
) -> None:
    words = {
        "fr": {"hidden": "masqué", "not_documented": "non documenté", "not_asked": "question non posée"},
        "en": {"hidden": "suppressed", "not_documented": "not documented", "not_asked": "question not asked"},
    }[document.language]
    for state, word in words.items():
        cells = page.select(f"#t-publics td.{state}")
        assert cells and {cell.get_text(strip=True) for cell in cells} == {word}
    assert all(cell.select_one(".mark[aria-hidden=true]") for cell in page.select("td.hidden"))


def test_each_chart_is_named_described_and_has_its_figures_behind(page: BeautifulSoup) -> None:
    figures = page.select("figure.picture")
    assert len(figures) == 6
    for figure in figures:
        for svg in figure.select("svg"):
            assert svg["role"] == "img"
            title, told = (one(page, f'[id="{id}"]') for id in str(svg["aria-labelledby"]).split())
            assert title.get_text() and len(told.get_text()) > 40
        assert figure.select_one("figcaption .base")
        assert figure.select_one("details table tbody tr")


def test_a_dissent_stands_in_the_section_of_what_it_disputes(page: BeautifulSoup) -> None:
    section = one(page, "article#constat-horaires")
    assert section.select_one("aside.dissent .said") and section.select_one(".outcome")
    assert len(page.select("article#preco-2 aside.dissent")) == 2
    assert not page.select("article#preco-1 aside")


def test_banners_stand_first(page: BeautifulSoup, document: Document) -> None:
    shown = [p.get_text() for p in page.select("body > aside.banners p")]
    assert shown == list(document.banners)
    assert all(banner in one(page, "title").get_text() for banner in document.banners)


def test_it_is_light(document: Document) -> None:
    assert len(render_html(document).encode()) < 150_000


def test_the_same_document_gives_the_same_bytes_elsewhere(french: Document) -> None:
    """Another time zone, locale and hash seed, in another process."""
    script = (
        "import hashlib, sys; sys.path.insert(0, 'tests/report');"
        "from given_document import sample_document as s;"
        "from avis.report.html.page import render_html as h;"
        "from avis.report.pdf.paper import render_pdf as p; d = s('fr');"
        "print(hashlib.sha256(h(d).encode()).hexdigest(), hashlib.sha256(p(d)).hexdigest())"
    )
    seen = set()
    for zone, locale, seed in (("Asia/Tokyo", "C", "1"), ("America/Lima", "en_US.UTF-8", "2")):
        env = {**os.environ, "TZ": zone, "LANG": locale, "LC_ALL": locale, "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", script],
            env=env,
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[2],
        )
        seen.add(done.stdout)
    assert len(seen) == 1
    assert hashlib.sha256(render_html(french).encode()).hexdigest() in seen.pop()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1))
def test_any_text_stays_text(french: Document, text: str) -> None:
    block = Paragraph(content=(Words(text=text, language=text),), language=text)
    saying = Saying(id=text, text=text, language=text, setting=text)
    page = soup(bare(french, block, saying))
    normal = soup(
        bare(
            french, Paragraph(content=(Words(text="x"),)), Saying(id="x", text="x", language="", setting="x")
        )
    )
    assert {tag.name for tag in page.find_all(True)} <= {tag.name for tag in normal.find_all(True)} | {"span"}
    assert not page.select("[style], script:not([type='application/ld+json'])")


def test_marks_of_html_appear_as_they_were_written(french: Document) -> None:
    nasty = '<script>alert(1)</script> & "x" \' {{ 7 * 7 }} {% raw %}'
    page = soup(bare(french, Paragraph(content=(Words(text=nasty),))))
    assert one(page, "main p").get_text() == nasty


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "//example.org", "file:///etc", "JAVASCRIPT:x"]
)
def test_a_link_to_anything_but_an_address_is_refused(french: Document, href: str) -> None:
    with pytest.raises(AvisError, match="DOC-003"):
        render_html(bare(french, Paragraph(content=(Link(href=href, content=(Words(text="x"),)),))))


def test_a_link_to_a_passage_that_is_not_there_is_refused(french: Document) -> None:
    with pytest.raises(AvisError, match="DOC-004"):
        render_html(bare(french, Paragraph(content=(Link(href="#nulle-part", content=(Words(text="x"),)),))))


@pytest.mark.parametrize("note", ["", "n-inconnue"])
def test_a_figure_without_its_note_does_not_build(french: Document, note: str) -> None:
    with pytest.raises(AvisError, match="DOC-004"):
        render_html(bare(french, Paragraph(content=(Count(text="12", note=note),))))


def test_a_block_shown_twice_keeps_the_first_anchor(french: Document) -> None:
    saying = Saying(id="p1", text="a", language="fr", setting="b")
    page = soup(bare(french, Heading(level=2, id="p", content=(Words(text="P"),)), saying, saying))
    assert [str(tag["id"]) for tag in page.select(".saying")] == ["p1", "p1-2"]


def test_a_phone_leaves_out_the_slots_that_hold_a_dash_alone() -> None:
    told = {"fr": "Des travaux ont fermé la salle au printemps."}
    longer = tuple(
        msgspec.structs.replace(one, gap=told) if isinstance(one, Table) and one.target else one
        for one in RICH.exhibits
    )
    html = render_html(compose_avis(msgspec.structs.replace(RICH, exhibits=longer), (), "fr", "public"))
    stacked = "".join(re.findall(r'<table class="stack".*?</table>', html, re.S))
    assert stacked and "Sans nombre prévu" in html
    voids = re.findall(r'<td class="[^"]*void[^"]*"[^>]*><span>([^<]*)</span>', stacked)
    assert voids and set(voids) == {"–"}


def test_charts_carry_no_attribute_that_says_nothing() -> None:
    html = render_html(compose_avis(RICH, (), "fr", "public"))
    assert "<svg" in html
    assert "rotate(-0" not in html and 'text-anchor="start"' not in html
