"""Fourteen real projects: each number of their pages stands in its fiche, and no other number does."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from given_fourteen import ALSO, EVALUATIONS, READ, SYSTEMS, Fiche, fiche_of, numbers
from given_mist import figures, has_number, portfolio_of, said, under

from avis.evaluation import open_evaluation
from avis.exhibits import Exhibits, Figure, Table

Lang = Literal["fr", "en"]
LANGUAGES: tuple[Lang, ...] = ("fr", "en")
NOT_USED = (
    *("bénéficiaire", "public cible", "usagère", "suivie", "prostituée", "clandestin", "réseau nigérian"),
    *(
        "mineur délinquant",
        "prétendu mineur",
        "accroch",
        "témoignage",
        "donner la parole",
        "sans-voix",
        "FALC",
    ),
    *("survivante", "Pyramide"),
)
"""Words that texts do not use (DOMAIN), and a place that would be too precise."""
SHARED = {
    ("dont-pay-with-your-life", "true-talk"): {f"true-talk-1-{n}" for n in range(1, 9)},
    ("cinema-crepitement", "true-talk"): {"true-talk-2-5"},
    ("autonomisation-juridique", "true-talk"): {f"true-talk-2-{n}" for n in range(6, 11)},
}
ASKED = {
    "all-in-favor": ("Mission d’information et d’évaluation du Conseil de Paris", "avis-bois"),
    "emploi-territoire-rural": ("Non documenté", "avis-emploi-rural"),
    "autonomisation-juridique": ("Nations unies", "onu-2024-06"),
    "traite-protection-enfance": ("Non documenté", "recommandations-enfance"),
}
every = pytest.mark.parametrize("slug", SYSTEMS)
both = pytest.mark.parametrize("lang", LANGUAGES)
Made = Callable[[str, Lang], Fiche]


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Exhibits]:
    """What each evaluation hands over to its documents: counted, protected, sealed; no kernel runs."""
    from avis.steps.protection import hand_exhibits_over, protect_together

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AVIS_BUILD", str(tmp_path_factory.mktemp("build")))
        patch.setenv("AVIS_AS_OF", "2026-12-01")
        return {
            slug: hand_exhibits_over(protect_together(str(EVALUATIONS / slug))).exhibits for slug in SYSTEMS
        }


@pytest.fixture(scope="module")
def made(handed: dict[str, Exhibits]) -> Made:
    """Compose a fiche once, whatever number of tests reads it."""
    kept: dict[tuple[str, str], Fiche] = {}

    def make(slug: str, lang: Lang) -> Fiche:
        return kept.get((slug, lang)) or kept.setdefault((slug, lang), fiche_of(handed[slug], lang))

    return make


def test_all_real_evaluations_are_among_the_fourteen() -> None:
    folders = {path.parent.name for path in EVALUATIONS.glob("*/evaluation.yaml")}
    assert folders - {"exemple-fictif"} == set(SYSTEMS) == set(ALSO)
    assert len(SYSTEMS) == 14


@every
@both
def test_every_number_stands_in_the_row_of_its_label(made: Made, slug: str, lang: Lang) -> None:
    rows = {label: slots[0] for label, slots in made(slug, lang).rows.items()}
    if slug == "true-talk":
        assert list(rows.values()) == ["non documenté" if lang == "fr" else "not documented"]
    else:
        assert rows == {told.label(lang): told.printed(lang) for told in SYSTEMS[slug]}


@every
@both
def test_no_other_number_is_printed(made: Made, slug: str, lang: Lang) -> None:
    told = {one.n for one in SYSTEMS[slug]}
    assert numbers(made(slug, lang).text) <= told | ALSO[slug] | {READ}


@pytest.mark.slow
@every
@both
def test_the_paper_holds_each_number_behind_its_label(made: Made, slug: str, lang: Lang) -> None:
    paper = made(slug, lang).paper
    for told in SYSTEMS[slug]:
        behind = re.findall(rf"{re.escape(told.label(lang))}\s(.+?)\s?\(\d+\)", paper)
        assert told.printed(lang) in behind, told.fr
    body = re.split(r"Notes : |Notes: ", paper)[0]
    calls = re.sub(r"\(\d+\)|\b\d ?/ ?\d\b", " ", body)
    assert numbers(calls) <= {one.n for one in SYSTEMS[slug]} | ALSO[slug] | {READ}


@every
@both
def test_each_fiche_says_that_it_is_from_a_public_page_and_what_is_missing(
    made: Made, slug: str, lang: Lang
) -> None:
    text = made(slug, lang).text.lower()
    said = ("ni relue ni approuvée", "page publique", "novembre 2026", "n’est pas documenté")
    told = ("neither reviewed nor endorsed", "public page", "november 2026", "not documented")
    assert [words for words in (said if lang == "fr" else told) if words not in text] == []


@every
def test_every_kind_of_record_is_printed_with_its_number_or_without_one(made: Made, slug: str) -> None:
    settings = open_evaluation(EVALUATIONS / slug).settings
    assert settings.records, "what can be counted is told"
    counted = {one.id: one.measure for one in settings.indicators}
    for kind in settings.records:
        if kind.id in counted:
            assert kind.measure == counted[kind.id]
        else:
            assert kind.label["fr"] in made(slug, "fr").text
            assert kind.label["en"] in made(slug, "en").text
    assert set(counted) <= {kind.id for kind in settings.records}


@every
def test_each_figure_names_its_source_its_place_and_the_month_it_was_read(slug: str) -> None:
    path = EVALUATIONS / slug / "sources" / "chiffres-publies.csv"
    if not path.exists():
        assert not SYSTEMS[slug], "a page without figures needs no file of figures"
        return
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert rows
    for row in rows:
        assert all(row[name] for name in ("source_fr", "source_en", "editeur", "reperage"))
        assert row["consulte_le"] == "2026-11"
        assert row["qualificatif"] in (("exact", "environ") if row["valeur"] else ("",))


def test_the_figures_of_the_earlier_project_are_no_results_of_this_one(
    made: Made, handed: dict[str, Exhibits]
) -> None:
    exhibits = handed["dont-pay-with-your-life"]
    earlier = {item.id: item.n for item in exhibits.exhibits if isinstance(item, Figure) and item.earlier}
    assert earlier == {"communaute-packing": 12000, "webseries-packing": 4, "paroles-packing": 6}
    counted = {cell.n for item in exhibits.exhibits if isinstance(item, Table) for cell in item.cells}
    assert counted == {8, 1}
    for item in exhibits.exhibits:
        if isinstance(item, Figure) and item.earlier:
            assert "2018–2019" in item.earlier["fr"] and "2018–2019" in item.remark["fr"]
    for lang in LANGUAGES:
        rows = made("dont-pay-with-your-life", lang).rows
        word = "Projet d’avant" if lang == "fr" else "Earlier project"
        assert [slots[0] for label, slots in rows.items() if label.startswith(word)][1:] == ["4", "6"]


def test_what_two_projects_made_bears_one_name_in_both() -> None:
    named: dict[str, dict[str, dict[str, str]]] = {}
    for slug in SYSTEMS:
        for indicator in open_evaluation(EVALUATIONS / slug).settings.indicators:
            named.setdefault(slug, {}).update({item.id: item.label for item in indicator.items})
    for (one, other), ids in SHARED.items():
        assert named[one].keys() & named[other].keys() == ids
        assert all(named[one][id] == named[other][id] for id in ids)
    pairs = {frozenset((a, b)) for a in named for b in named if a != b and named[a].keys() & named[b].keys()}
    assert pairs == {frozenset(pair) for pair in SHARED}


def test_a_number_that_no_page_gives_is_not_said_to_be_taken_from_one(handed: dict[str, Exhibits]) -> None:
    (table,) = tables(handed["true-talk"])
    assert table.cells[0].status == "not_documented" and len(table.items) == 14
    assert table.evidence.rule["en"].startswith("The source does not give this number.")


@both
def test_women_of_appointments_and_of_groups_are_never_added(made: Made, lang: Lang) -> None:
    fiche = made("force-du-groupe", lang)
    assert 120 not in numbers(fiche.text)
    assert ("ne s’additionnent pas" if lang == "fr" else "do not add up") in fiche.text


@both
def test_seven_films_stand_for_seven_workshops_and_eight_for_eight(made: Made, lang: Lang) -> None:
    said = [item.get_text() for item in made("history-ourstory", lang).page.select("li")]
    sign = r"«\s*([^»]+?)\s*»" if lang == "fr" else r"“([^”]+)”"
    films = [re.findall(sign, text) for text in said if text.startswith(("Films vus", "Films seen"))]
    assert [len(titles) for titles in films] == [7, 8]
    assert "Roots, The story of Kunta Kinte" in films[0]


@pytest.mark.parametrize("slug", ASKED)
def test_where_a_paper_was_published_its_request_and_setting_are_told(
    made: Made, handed: dict[str, Exhibits], slug: str
) -> None:
    by, item = ASKED[slug]
    request = handed[slug].setting.request
    assert request is not None and by in request.by["fr"] and not request.questions
    names = {id: name for table in tables(handed[slug]) for id, name in table.items}
    for lang in LANGUAGES:
        text = made(slug, lang).text
        assert names[item][lang] in text and request.by[lang] in text and request.occasion[lang] in text
        unknown = (
            ("Les questions et le texte", "non documenté"),
            ("The questions and the text", "not documented"),
        )
        assert " ".join(unknown[LANGUAGES.index(lang)]) in text


def tables(exhibits: Exhibits) -> list[Table]:
    return [item for item in exhibits.exhibits if isinstance(item, Table)]


def test_each_rural_project_and_each_partner_at_the_borders_is_named(made: Made) -> None:
    rural = ("Drôme", "Ardèche", "Lozère", "France Fraternités", "Magdalena")
    assert [name for name in rural if name not in made("emploi-territoire-rural", "fr").text] == []
    partners = open_evaluation(EVALUATIONS / "eva").settings.partners
    assert (
        len(partners) == 6
        and len(open_evaluation(EVALUATIONS / "emploi-territoire-rural").settings.partners) == 5
    )
    assert all(partner["en"] in made("eva", "en").text for partner in partners)
    assert "moins de 30 ans" in made("eva", "fr").text


def test_months_of_the_contributions_are_told(made: Made) -> None:
    for lang, months in (
        ("fr", ("mars 2023", "janvier 2024", "juin 2024")),
        ("en", ("March 2023", "January 2024")),
    ):
        assert all(month in made("autonomisation-juridique", lang).text for month in months)  # type: ignore[arg-type]


def test_a_page_without_a_date_does_not_get_one(made: Made) -> None:
    assert "période non documentée, page lue en novembre 2026" in made("hors-la-rue", "fr").text
    assert "period not documented, page read in November 2026" in made("hors-la-rue", "en").text
    assert open_evaluation(EVALUATIONS / "hors-la-rue").settings.organisation.name == "Hors la Rue"


@every
def test_words_that_are_not_used_are_in_no_fiche(made: Made, slug: str) -> None:
    text = made(slug, "fr").text.casefold()
    assert [word for word in NOT_USED if word.casefold() in text] == []


@every
def test_what_is_unknown_of_ages_is_protected_as_minors_are(slug: str) -> None:
    told = (EVALUATIONS / slug / "evaluation.yaml").read_text(encoding="utf-8")
    assert re.search(r"^minors: (all|some)$", told, re.MULTILINE)


@both
def test_the_portfolio_prints_the_figures_of_the_fiches_and_adds_no_people(
    handed: dict[str, Exhibits], lang: Lang
) -> None:
    document = portfolio_of(handed, lang)
    for slug in set(SYSTEMS) - {"hors-la-rue", "true-talk"}:
        own = {told.printed(lang) for told in SYSTEMS[slug] if not told.beside}
        printed = set(figures(under(document, f"project-{slug}")))
        assert own <= printed <= {told.printed(lang) for told in SYSTEMS[slug]}, slug
    totals = under(document, "part-totals")
    assert figures(under(document, "part-productions"))[0].startswith("21 ")
    assert figures(under(document, "part-people")) == ["88", "32"]
    assert not any(has_number(said(totals), wrong) for wrong in (120, 12000, 148, 29, 26))


@pytest.mark.slow
def test_avis_build_all_makes_every_fiche(tmp_path: Path) -> None:
    home = tmp_path / "evaluations"
    shutil.copytree(EVALUATIONS, home, ignore=shutil.ignore_patterns("build", "exemple-fictif"))
    command = (sys.executable, "-m", "avis.cli", "build", "--all", "--document", "fiche", "--lang", "all")
    set_here = os.environ | {
        "AVIS_BUILD": str(tmp_path / "build"),
        "AVIS_LANG": "fr",
        "AVIS_AS_OF": "2026-12-01",
    }
    done = subprocess.run(command, cwd=tmp_path, env=set_here, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for slug in SYSTEMS:
        drafts = {path.name for path in (tmp_path / "build" / slug / "brouillon").iterdir()}
        assert {f"fiche.public.{lang}.{kind}" for lang in LANGUAGES for kind in ("html", "pdf")} <= drafts, (
            slug
        )
