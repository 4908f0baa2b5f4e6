"""What readers get: the built documents in a real browser, through a real PDF checker, part by part."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from pathlib import Path

import page
import pytest
from axe_playwright_python.sync_playwright import Axe
from built import ROOT, Draft
from playwright.sync_api import Browser
from pypdf import PdfReader

DOCUMENTS = (
    "avis.public.fr",
    "avis.public.en",
    "fiche.public.fr",
    "restitution.members.fr",
    "restitution.members.en",
)
PARTS = {
    "fr": (
        *("La saisine", "En mots simples", "Les questions posées", "Réponse à la question 3"),
        *("Constat du groupe", "Position minoritaire", "Préconisation 5", "Adressée à"),
        *("Qui parle, et comment", "Les activités", "questionnaire", "Comment cet avis a été adopté"),
        *("Les suites données", "Notes", "Reprendre sa parole", "masqué", "non documenté"),
    ),
    "en": (
        *("In plain words", "Answer to question 3", "Minority", "Recommendation 5"),
        *("How this text was adopted", "Notes", "suppressed", "not documented"),
    ),
}


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_has_no_fault_of_access_asks_nothing_and_fits_a_phone(
    exemple: dict[str, Draft], browser: Browser, name: str, scheme: str
) -> None:
    told: list[str] = []
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme)  # type: ignore[arg-type]
    sheet = context.new_page()
    sheet.on("console", lambda message: told.append(message.text))
    sheet.on("request", lambda asked: told.append(asked.url) if asked.url.startswith("http") else None)
    sheet.goto(exemple[f"{name}.html"].path.as_uri())
    sheet.wait_for_load_state("networkidle")
    sheet.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert sheet.evaluate("document.documentElement.scrollWidth") == 320
    result = Axe().run(sheet)
    assert result.violations_count == 0, result.generate_report()
    assert told == []
    context.close()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_page_is_light_and_carries_no_script(exemple: dict[str, Draft], name: str) -> None:
    html = exemple[f"{name}.html"].data.decode("utf-8")
    assert len(html.encode("utf-8")) < 300_000  # a phone on a slow line; the annex of standards counts
    assert (
        '<script type="application/ld+json">' in html and html.count("<script") == 1 and " style=" not in html
    )
    style = re.search(r"<style>(.*?)</style>", html, re.S)
    assert style
    digest = hashlib.sha256(style.group(1).encode("utf-8")).digest()
    assert f"'sha256-{base64.b64encode(digest).decode()}'" in html.replace("&#39;", "'")
    assert html.count("<h1") == 1


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_pdf_meets_its_standard_and_stays_small(exemple: dict[str, Draft], name: str) -> None:
    pdf = exemple[f"{name}.pdf"].data
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    assert report.is_compliant and not report.failures
    assert len(pdf) < 1_000_000


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_page_says_that_the_association_is_fictional(exemple: dict[str, Draft], name: str) -> None:
    word = "fictive" if name.endswith("fr") else "fictional"
    for sheet in PdfReader(io.BytesIO(exemple[f"{name}.pdf"].data)).pages:
        assert word in sheet.extract_text().lower()
    assert word in exemple[f"{name}.html"].text.lower()


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("ending", ["html", "pdf"])
def test_the_avis_has_every_part(exemple: dict[str, Draft], lang: str, ending: str) -> None:
    text = re.sub(r"\s+", "", exemple[f"avis.public.{lang}.{ending}"].text).lower()
    for part in PARTS[lang]:
        assert re.sub(r"\s+", "", part).lower() in text, part


def test_the_dissent_stands_beside_what_it_disputes(exemple: dict[str, Draft]) -> None:
    html = exemple["avis.public.fr.html"].data.decode("utf-8")
    sections = re.findall(r'<article[^>]*id="statement-[^"]+".*?</article>', html, re.S)
    with_dissent = [section for section in sections if "Position minoritaire" in section]
    assert len(sections) == 6 and len(with_dissent) == 1


def test_every_chart_and_figure_of_the_page_is_in_the_pdf(exemple: dict[str, Draft]) -> None:
    html, pdf = (exemple[f"avis.public.fr.{ending}"] for ending in ("html", "pdf"))
    titles = re.findall(r"<figcaption[^>]*>\s*(?:<[^>]+>)*([^<(]+)", html.data.decode("utf-8"))
    assert len(titles) > 10
    printed = re.sub(r"\W+", "", pdf.text)
    for title in titles:
        assert re.sub(r"\W+", "", title) in printed, title


def test_nothing_hidden_has_a_number_anywhere_in_the_hand_over(
    exemple: dict[str, Draft], build_folder: Path
) -> None:
    sealed = json.loads((build_folder / "exemple-fictif" / "private" / "exhibits.json").read_text("utf-8"))
    hidden = [
        cell
        for exhibit in sealed["content"]["exhibits"]
        for cell in exhibit.get("cells", ())
        if cell.get("status") == "hidden"
    ]
    assert hidden
    for cell in hidden:
        assert set(cell) <= {"where", "status"}


def test_the_fictional_sources_are_where_git_keeps_them() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8")
    assert "!evaluations/exemple-fictif/seances/*.mots.json" in ignored


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_was_established_alike_has_one_note(exemple: dict[str, Draft], lang: str) -> None:
    html = exemple[f"avis.public.{lang}.html"].data.decode("utf-8")
    told = re.findall(r'<li id="(?:note|source)-[^"]*">.*?</li>', html, re.S)
    lines = ["".join(re.findall(r"<dd>(.*?)</dd>", note, re.S)) for note in told]
    assert len(told) < 60 and len(set(lines)) == len(lines)
    assert len(re.findall(r'role="doc-noteref"', html)) > 2 * len(told)


def test_a_project_sheet_of_public_facts_takes_two_pages_at_most(
    force: dict[str, Draft], history: dict[str, Draft]
) -> None:
    for draft in (*force.values(), *history.values()):
        if draft.path.suffix == ".pdf":
            assert len(PdfReader(io.BytesIO(draft.data)).pages) <= 2, draft.path.name


def test_what_every_page_says_stands_on_one_line(
    exemple: dict[str, Draft], force: dict[str, Draft], history: dict[str, Draft]
) -> None:
    for draft in (*exemple.values(), *force.values(), *history.values()):
        if draft.path.suffix == ".pdf":
            first, second = PdfReader(io.BytesIO(draft.data)).pages[1].extract_text().splitlines()[:2]
            if draft.path.name.startswith("restitution"):  # in large letters, each has a line of its own
                assert " · " not in first and second.endswith("."), (first, second)
            elif draft.path.name.startswith("contribution"):  # a confidential one says more than a line holds
                assert " · " in first and second.endswith("."), (first, second)
            else:
                assert " · " in first and first.endswith("."), first


def test_no_id_of_a_segment_stands_in_a_published_byte(exemple: dict[str, Draft]) -> None:
    notes = ROOT / "evaluations" / "exemple-fictif" / "sources" / "ateliers"
    ids = {id for path in notes.glob("*.md") for id in re.findall(r"\{#([\w-]+)\}", path.read_text("utf-8"))}
    assert len(ids) > 20
    read = {
        name: (draft.decoded + draft.data.decode("latin-1")).casefold() for name, draft in exemple.items()
    }
    assert {(name, id) for name, text in read.items() for id in ids if id in text} == set()
