"""Real projects, public facts: every published number stands in the HTML and in the PDF; none is made up."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from built import Draft

LANGUAGES = ("fr", "en")
FORCE = {
    "fr": {
        "Rendez-vous individuels": 150,
        "Femmes reçues en rendez-vous": 88,
        "Femmes engagées dans les groupes et les ateliers": 32,
        "Groupes de parole": 27,
        "Ateliers d’art-thérapie": 13,
        "Pair-aidantes formées": 4,
    },
    "en": {
        "Individual appointments": 150,
        "Women received at appointments": 88,
        "Women engaged in the groups and workshops": 32,
        "Support groups": 27,
        "Art-therapy workshops": 13,
        "Peer mediators trained": 4,
    },
}
HISTORY = {
    "fr": {
        "Membres qui ont participé": 28,
        "Ateliers autour d’un film": 15,
        "Intervenantes extérieures": 7,
        "Ateliers en 2022": 7,
        "Ateliers en 2023": 8,
    },
    "en": {
        "Members who took part": 28,
        "Workshops around a film": 15,
        "Outside speakers": 7,
        "Workshops in 2022": 7,
        "Workshops in 2023": 8,
    },
}


def numbers(text: str) -> set[str]:
    return set(re.findall(r"(?<![\d,.])\d+(?![\d,.]\d)", text))


def rows(draft: Draft) -> dict[str, list[str]]:
    """Read the rows of all tables of a page: the header of a row, and its slots."""
    page = BeautifulSoup(draft.data.decode("utf-8"), "html.parser")
    for mark in page.select("sup, .ref, .why, tr.group"):
        mark.decompose()
    found = {}
    for row in page.select("#table-counted tbody tr, #table-figures tbody tr"):
        head, *slots = (" ".join(cell.get_text(" ").split()) for cell in row.select("th, td"))
        assert head not in found, "one row a label"
        found[head] = slots
    return found


def lines(draft: Draft) -> dict[str, str]:
    """Read the figure that a PDF prints behind each label, before the call to its note."""
    text = re.sub(r"\s+", " ", draft.text)
    return {label.strip(): n for label, n in re.findall(r"([^\d()]+?(?:20\d\d)?) (\d+)\(\d+\)", text)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_of_force_du_groupe_stands_in_the_row_of_its_label(
    force: dict[str, Draft], lang: str
) -> None:
    check(force, lang, FORCE[lang])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_of_history_stands_in_the_row_of_its_label(history: dict[str, Draft], lang: str) -> None:
    check(history, lang, HISTORY[lang])
    for ending in ("html", "pdf"):
        assert "The story of Kunta Kinte" in history[f"fiche.public.{lang}.{ending}"].text


def check(built: dict[str, Draft], lang: str, expected: dict[str, int]) -> None:
    """The HTML holds these rows and no other; the PDF holds each number behind its label."""
    printed = rows(built[f"fiche.public.{lang}.html"])
    assert {label: slots[0] for label, slots in printed.items()} == {k: str(n) for k, n in expected.items()}
    behind = lines(built[f"fiche.public.{lang}.pdf"])
    for label, n in expected.items():
        ending = [found for said, found in behind.items() if said.endswith(label)]
        assert ending == [str(n)], label


def test_women_of_two_counts_are_never_added(force: dict[str, Draft]) -> None:
    for draft in force.values():
        assert "120" not in numbers(draft.text), draft.path.name


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("fr", ("non documenté", "ni relu", "page publique")),
        ("en", ("not documented", "neither reviewed", "public page")),
    ],
)
def test_each_page_says_where_the_facts_are_from_and_what_is_missing(
    force: dict[str, Draft], history: dict[str, Draft], lang: str, said: tuple[str, ...]
) -> None:
    for built in (force, history):
        for ending in ("html", "pdf"):
            text = built[f"fiche.public.{lang}.{ending}"].text.lower()
            for words in said:
                assert words in text, words


def test_no_private_person_of_the_public_page_is_named(history: dict[str, Draft]) -> None:
    for draft in history.values():
        for name in ("Olufade", "Diagboya", "Apard", "Somda", "Oloukoi", "Ndiaye", "Anand"):
            assert name not in draft.text
