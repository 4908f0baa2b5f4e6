"""Real projects: every published figure, none made up, no sentence copied, nobody named."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from avis.evaluation import open_evaluation

ROOT = Path(__file__).parents[2]
EVALUATIONS = ROOT / "evaluations"
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
REAL = (
    "all-in-favor",
    "autonomisation-juridique",
    "cinema-crepitement",
    "dont-pay-with-your-life",
    "emploi-territoire-rural",
    "empowering-survivors",
    "entre-pairs",
    "eva",
    "force-du-groupe",
    "history-ourstory",
    "hors-la-rue",
    "mpeio",
    "traite-protection-enfance",
    "true-talk",
)
FIGURES = {
    "force-du-groupe": {
        "rendez-vous-individuels": ("150", "acts", ""),
        "femmes-rendez-vous": ("88", "people", "femmes-en-rendez-vous"),
        "femmes-groupes": ("32", "people", "femmes-en-groupe"),
        "groupes-de-parole": ("27", "acts", ""),
        "ateliers-art-therapie": ("13", "acts", ""),
        "pair-aidantes-formees": ("4", "engaged", "pair-aidantes"),
    },
    "history-ourstory": {
        "membres": ("28", "people", "membres"),
        "ateliers": ("15", "acts", ""),
        "ateliers-2022": ("7", "acts", ""),
        "ateliers-2023": ("8", "acts", ""),
        "intervenantes": ("7", "engaged", "intervenantes"),
    },
}
needs_seeds = pytest.mark.skipif(not SEEDS, reason="the public pages are not beside the project")


def figures(slug: str) -> dict[str, dict[str, str]]:
    path = EVALUATIONS / slug / "sources" / "chiffres-publies.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file, delimiter=";")}


def written(slug: str) -> str:
    files = sorted(
        path for path in (EVALUATIONS / slug).rglob("*") if path.suffix in (".yaml", ".csv", ".md")
    )
    return "\n".join(path.read_text(encoding="utf-8") for path in files if "build" not in path.parts)


@pytest.mark.parametrize("slug", FIGURES)
def test_every_figure_of_the_page_is_there_with_its_measure_and_population(slug: str) -> None:
    told = {id: (row["valeur"], row["mesure"], row["population"]) for id, row in figures(slug).items()}
    assert told == FIGURES[slug]


def test_the_workshops_of_both_years_make_the_total() -> None:
    held = figures("history-ourstory")
    assert int(held["ateliers-2022"]["valeur"]) + int(held["ateliers-2023"]["valeur"]) == int(
        held["ateliers"]["valeur"]
    )


def test_women_of_appointments_and_of_groups_are_never_added() -> None:
    settings = open_evaluation(EVALUATIONS / "force-du-groupe").settings
    people = [item for item in settings.indicators if item.measure == "people"]
    assert len({item.population for item in people}) == len(people) == 2
    assert not re.search(r"\b120\b", written("force-du-groupe"))
    assert all("additionnent pas" in figures("force-du-groupe")[item.figure]["note_fr"] for item in people)


def test_a_film_whose_title_holds_a_comma_is_one_film() -> None:
    said = [text["fr"] for text in open_evaluation(EVALUATIONS / "history-ourstory").settings.activities]
    films = [re.findall(r"«\s([^»]+)\s»", text) for text in said if text.startswith("Films vus")]
    assert [len(titles) for titles in films] == [7, 8]
    assert films[0][0] == "Roots, The story of Kunta Kinte"


@pytest.mark.parametrize("slug", REAL)
def test_a_page_about_a_real_project_says_its_source_what_is_missing_and_whom_to_ask(slug: str) -> None:
    settings = open_evaluation(EVALUATIONS / slug).settings
    assert settings.public_source is not None
    assert settings.public_source.consulted_on == "2026-11"
    assert settings.documents == ("fiche",)
    assert not settings.organisation.fictional
    assert len(settings.not_documented) >= 3
    assert set(settings.removal_contact) == {"fr", "en"}


@pytest.mark.parametrize("slug", REAL)
def test_nothing_but_public_figures_is_kept_about_a_real_project(slug: str) -> None:
    sources = open_evaluation(EVALUATIONS / slug).settings.sources
    kept = {name for name in sources.__struct_fields__ if getattr(sources, name)}
    assert kept <= {"published"}


@needs_seeds
@pytest.mark.parametrize("slug", REAL)
def test_no_sentence_of_the_public_page_is_copied(slug: str) -> None:
    page = {words for seed in SEEDS for words in _runs(_spoken(seed.read_text(encoding="utf-8")))}
    told = open_evaluation(EVALUATIONS / slug).settings
    texts = [text["fr"] for text in (*told.objectives, *told.activities, *told.not_documented)]
    prose = [re.sub(r"«[^»]+»", "", text) for text in texts]  # titles of films are quoted whole
    assert [words for text in prose for words in _runs(_spoken(text)) if words in page] == []


def _spoken(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", text.lower().replace("'", "’"))


def _runs(words: list[str], length: int = 7) -> list[str]:
    return [" ".join(words[start : start + length]) for start in range(len(words) - length + 1)]


@needs_seeds
def test_no_speaker_is_named() -> None:
    page = "\n".join(seed.read_text(encoding="utf-8") for seed in SEEDS)
    thanked = re.search(r"grand Merci à (.*)", page)
    assert thanked is not None
    names = re.findall(r"(?:^|, | et |Dr\. )(?:Dr\. )?([A-ZÉ][a-zé]+ [A-ZÉ][a-zé]+)", thanked[1])
    assert len(names) >= 5
    assert [name for name in names if name in written("history-ourstory")] == []
