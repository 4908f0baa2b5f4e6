"""Real projects, public facts: every published number stands in the HTML and in the PDF; none is made up."""

from __future__ import annotations

import re

import pytest
from built import Draft

FORCE = {
    "150": "appointments",
    "88": "women at appointments",
    "32": "women in groups",
    "27": "groups",
    "13": "workshops",
    "4": "peers trained",
}
HISTORY = {
    "28": "members",
    "15": "workshops",
    "7": "workshops in 2022, outside speakers",
    "8": "workshops in 2023",
}


def numbers(text: str) -> set[str]:
    return set(re.findall(r"(?<![\d,.])\d+(?![\d,.]\d)", text))


@pytest.mark.parametrize("ending", ["html", "pdf"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_number_of_force_du_groupe_is_there(force: dict[str, Draft], lang: str, ending: str) -> None:
    assert set(FORCE) <= numbers(force[f"fiche.public.{lang}.{ending}"].text)


@pytest.mark.parametrize("ending", ["html", "pdf"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_number_of_history_is_there(history: dict[str, Draft], lang: str, ending: str) -> None:
    draft = history[f"fiche.public.{lang}.{ending}"]
    assert set(HISTORY) <= numbers(draft.text)
    assert "The story of Kunta Kinte" in draft.text


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
