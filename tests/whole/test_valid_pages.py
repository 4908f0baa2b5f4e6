"""Every page that is built: valid HTML, no fault of access, no link to nowhere, each foreign word marked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup, NavigableString
from built import Draft
from playwright.sync_api import Browser

Pages = dict[str, BeautifulSoup]


@pytest.fixture(scope="module")
def paths(exemple: dict[str, Draft], force: dict[str, Draft]) -> list[Path]:
    """Every page of the fictional evaluation and of one that public facts alone make."""
    made = [draft.path for draft in (*exemple.values(), *force.values()) if draft.path.suffix == ".html"]
    assert len(made) >= 8
    return made


@pytest.fixture(scope="module")
def pages(paths: list[Path]) -> Pages:
    return {
        "/".join(path.parts[-3::2]): BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for path in paths
    }


@pytest.mark.slow
def test_no_page_has_a_fault_of_form(
    paths: list[Path], faults_of: Callable[[Iterable[Path]], list[str]]
) -> None:
    assert faults_of(paths) == []


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(
    ("width", "scheme"), [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")]
)
def test_no_page_has_a_fault_of_access(paths: list[Path], browser: Browser, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 740}, color_scheme=scheme)  # type: ignore[arg-type]
    sheet, found = context.new_page(), {}
    for path in paths:
        sheet.goto(path.as_uri())
        sheet.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        told = Axe().run(sheet)
        if told.violations_count:
            found[path.name] = told.generate_report()
    context.close()
    assert found == {}


def test_every_link_of_a_page_leads_somewhere_and_every_anchor_is_one(pages: Pages) -> None:
    for name, page in pages.items():
        ids = [str(tag["id"]) for tag in page.select("[id]")]
        assert len(ids) == len(set(ids)), name
        wanted = {str(a["href"])[1:] for a in page.select('a[href^="#"]')}
        wanted |= {str(button["popovertarget"]) for button in page.select("[popovertarget]")}
        assert wanted <= set(ids), name
        others = {str(a["href"]) for a in page.select("a[href]:not([href^='#'])")}
        assert all(address.startswith(("https://", "http://", "mailto:")) for address in others), name


def test_statements_recommendations_and_figures_keep_their_anchors_in_both_languages(pages: Pages) -> None:
    fr = {name: page for name, page in pages.items() if ".fr." in name}
    for name, page in fr.items():
        other = pages[name.replace(".fr.", ".en.")]
        ours, theirs = ({str(tag["id"]) for tag in one.select("main [id]")} for one in (page, other))
        assert ours == theirs, name
        assert page.select("a.here"), name


FRENCH = {
    "a space before ; ! ?": r"\w[;!?](?=\s|$)",
    "an ordinary space before : ; ! ?": r"\w [:;!?](?=\s|$)",
    "ordinary spaces inside « »": r"« (?=\S)|(?<=\S) »",
    "straight quotation marks": r"[\"“]\w|\w[\"”]",
    "a straight apostrophe": r"\w'\w",
    "n° without its space": r"\bn°\d|\bn° \d",
    "three full stops": r"\.\.\.",
}


@pytest.mark.parametrize("rule", FRENCH)
def test_french_pages_are_set_as_french_is(pages: Pages, rule: str) -> None:
    found = [
        (name, text[max(0, fault.start() - 30) : fault.end() + 10])
        for name, page in pages.items()
        if ".fr." in name
        for text in spoken(page, "fr")
        for fault in re.finditer(FRENCH[rule], text)
    ]
    assert found == []


SENTENCES = {
    "fr": {"est", "sont", "nous", "elles", "ne", "pas", "avec", "dans", "une", "cette", "au", "du", "des"},
    "en": {"is", "are", "was", "were", "have", "has", "not", "we", "they", "with", "this", "that"},
}
"""Words that make sentences; names of institutions hold none, and may stand unmarked (WCAG 3.1.2)."""


PROJECT = "La force du groupe en santé mentale"
"""Where on the public page a project stands: its own name there."""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_sentence_in_another_language_says_which_it_is(pages: Pages, language: str) -> None:
    own, other = SENTENCES[language], SENTENCES["en" if language == "fr" else "fr"]
    found = []
    for name, page in pages.items():
        for text in spoken(page, language):
            said = set(re.findall(r"[^\W\d_]+", text.casefold()))
            if said & other and not said & own and PROJECT not in text:
                found.append((name, text))
    assert found == []


def spoken(page: BeautifulSoup, language: str) -> list[str]:
    """Give the texts of a page that are in a language, not addresses."""
    texts = []
    for text in page.body.find_all(string=True) if page.body else ():
        nearest = text.find_parent(lang=True)
        address = text.find_parent("a", href=str(text))
        if type(text) is NavigableString and nearest and nearest["lang"] == language and not address:
            texts.append(str(text))
    return texts


def test_a_page_tells_machines_what_it_tells_people_and_no_day_before_it_is_published(pages: Pages) -> None:
    for name, page in pages.items():
        if not page.select("script"):
            assert ".recipient." in name  # an answer to a call may withhold the name
            continue
        (script,) = page.select("script")
        told = json.loads(script.get_text())
        assert script["type"] == "application/ld+json" and told["@context"] == "https://schema.org", name
        assert told["name"] == page.h1.get_text() and told["creativeWorkStatus"] == "Draft"  # type: ignore[union-attr]
        assert told["inLanguage"] == page.html["lang"] and "datePublished" not in told  # type: ignore[index]
        assert page.select_one("meta[name=robots][content=noindex]"), name
        assert bool(page.select_one("#cite")) == (".members." not in name), name


def test_who_made_a_page_from_public_facts_is_never_told_to_be_the_association(pages: Pages) -> None:
    told = json.loads(pages["force-du-groupe/fiche.public.fr.html"].select_one("script").get_text())  # type: ignore[union-attr]
    assert "author" not in told and told["about"]["@type"] == "Organization"
    assert "Association The Mist" in told["isBasedOn"]["name"]
