"""`avis check` says where words tell a number that the tables suppress, and says it without the number."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from avis.checking.groups import groups_of
from avis.checking.numerals import numerals
from avis.checking.told import Said, Secrets, _tell, keep_secret
from avis.errors import Place, Problems, tell
from avis.exhibits import Cell, Dimension, Evidence, Exhibits, Setting, Table, Value, Verdict
from avis.findings.model import Finding

EVALUATIONS = Path(__file__).parents[2] / "evaluations"
HIDDEN = Secrets(
    counts={11, 4}, subjects={"avant.accueil": ("Accueil au guichet", frozenset({"accueil", "guichet"}))}
)


def told(text: str, secrets: Secrets = HIDDEN) -> list[tuple[str, int, int]]:
    problems = Problems()
    _tell(Said(text, Place("textes/10-q1.fr.md"), in_file=True), secrets, problems)
    return [(one.code, one.place.line, one.place.column) for one in problems]


@pytest.mark.parametrize(
    "text",
    [
        "Nous avons reçu {nombre}`11 <compté à la main>` femmes.",
        "« Nous étions 11 ce jour-là », dit l’une d’elles.",
        "> 11 sur 40 ont dit non.",
        "Onze femmes ont dit non.",
        "Onze d’entre nous ont dit non.",
        "Nous étions onze.",
        "« Onze sur douze sont parties. »",
        "Eleven women said no.",
        "Eleven of us said no.",
        "We were eleven.",
    ],
)
def test_a_number_equal_to_a_suppressed_count_is_told_by_its_place(text: str) -> None:
    assert [code for code, *_ in told(text)] == ["TXT-038"]


@pytest.mark.parametrize(
    "text",
    [
        "Le 11 mars 2024, tout a changé.",
        "L’article 11 de la loi.",
        "Le 11e atelier.",
        "En 2011, onze ateliers ont eu lieu.",
        "Pendant 11 ans, {chiffre}`rendez-vous` rendez-vous.",
        "Douze femmes ont dit non.",
        "Elle a attendu onze mois.",
        "1. Venir\n4. Partir",
        "Une porte sur quatre roues.",
        "Le numéro d’appel est le {nombre}`119 <numéro d’appel>`.",
    ],
)
def test_dates_years_ordinals_and_other_things_are_no_such_number(text: str) -> None:
    assert told(text) == []


def test_the_place_is_told_by_line_and_column() -> None:
    assert told("---\nplace: plain\n---\nRien.\n\nIci, onze femmes.") == [("TXT-038", 6, 6)]


@pytest.mark.parametrize("word", ["Toutes les femmes", "Aucune d’entre elles", "La moitié", "None of them"])
def test_all_none_and_half_are_told_beside_what_is_suppressed(word: str) -> None:
    assert [code for code, *_ in told(f"{word} : voir {{tableau}}`avant.accueil-sex`.")] == ["TXT-039"]
    assert [code for code, *_ in told(f"{word} : l’accueil au guichet.")] == ["TXT-039"]


def test_all_and_none_of_something_else_are_not_told() -> None:
    assert told("Toutes les femmes ont droit à une interprète.") == []
    assert told("Toutes viennent.\n\nL’accueil au guichet est fermé.") == []


def table_by(variable: str, *labels: str, shown: str = "") -> Table:
    """A table of people by a variable that hides all rows but one."""
    words = {"fr": "Personnes reçues"}
    values = tuple(Value(id=label, label={"fr": label}) for label in (*labels, shown) if label)
    return Table(
        id=f"personnes-{variable}",
        subject="personnes",
        title=words,
        measure="people",
        population="activities",
        unit=words,
        dimensions=(Dimension(id=variable, label=words, values=values),),
        evidence=Evidence(rule={}),
        cells=tuple(
            Cell(where=((variable, value.id),), status="shown" if value.id == shown else "hidden", n=None)
            for value in values
        ),
    )


def of_groups(text: str, *tables: Table) -> list[str]:
    groups = [group for table in tables for group in groups_of(table)]
    return [code for code, *_ in told(text, Secrets(counts=set(), groups=groups))]


OLD = table_by("age_band", "46-59", "60+", shown="18-25")


@pytest.mark.parametrize(
    "text",
    [
        "Toutes les personnes de plus de 60 ans savent où aller.",
        "Presque toutes les plus de 60 ans ont compris.",
        "Chez les plus de soixante ans, presque toutes ont compris.",
        "Nous avons entendu les aînées. Presque toutes ont dit oui.",
        "Pas une seule des 60 ans et plus n’est venue.",
        "Les femmes de 59 ans ont été unanimes.",
        "Tout le monde a compris, parmi les plus âgées.",
        "nearly everyone over 60 understood",
        "None of the women aged 60 and over came.",
        "No women over sixty said so.",
        "Almost all of the older women said yes.",
    ],
)
def test_all_and_none_of_a_group_with_hidden_numbers_are_told_wherever_they_stand(text: str) -> None:
    assert of_groups(text, OLD) == ["TXT-039"]


@pytest.mark.parametrize(
    "text",
    [
        "Toutes les femmes ont droit à une interprète.",
        "Les plus de 60 ans viennent tous les mois.",
        "The women over 60 came every week, and stayed half an hour.",
        "Toutes les 18-25 ans sont venues.",
        "Toutes ont attendu plus de 60 jours.",
        "Il a fallu plus de 60 personnes pour que tout le monde entende.",
        "Toutes viennent. Elles attendent le bus. Des femmes de 60 ans restent chez elles.",
        "Toutes viennent.\n\nDes femmes de 60 ans restent chez elles.",
        "Des femmes de plus de 60 ans disent oui.",
        "It is not at all for the elderly.",
    ],
)
def test_what_is_said_of_nobody_hidden_or_of_something_else_is_not_told(text: str) -> None:
    assert of_groups(text, OLD) == []


def test_the_texts_of_the_evaluations_raise_no_alarm_though_every_age_is_hidden() -> None:
    every = table_by("age_band", "18-25", "26-35", "36-45", "46-59", "60+")
    texts = [path.read_text(encoding="utf-8") for path in sorted(EVALUATIONS.glob("*/textes/*.md"))]
    assert len(texts) > 10 and [code for text in texts for code in of_groups(text, every)] == []


def test_places_and_kinds_of_people_are_groups_and_answers_are_not() -> None:
    place, sex = table_by("place", "Port-Neuf", "La Source"), table_by("sex", "hommes", shown="femmes")
    assert of_groups("À Port-Neuf, toutes ont dit oui.", place) == ["TXT-039"]
    assert of_groups("Toutes ont un port d’attache neuf ailleurs.", table_by("place", "Port-Louis")) == []
    assert of_groups("Tous les hommes sont partis.", sex) == ["TXT-039"]
    assert of_groups("Toutes les femmes sont venues.", sex) == []
    answers = table_by("horaires", "les horaires", "le trajet")
    asked = msgspec.structs.replace(answers, subject="avant.horaires")
    assert of_groups("Toutes ont parlé du trajet.", asked) == []


def test_the_message_holds_neither_the_number_nor_the_cell() -> None:
    problems = Problems()
    _tell(Said("Onze femmes.", Place("a.md"), in_file=True), HIDDEN, problems)
    for lang in ("fr", "en"):
        message = tell(problems, lang)
        assert "11" not in message and "onze" not in message.casefold() and "eleven" not in message


def test_what_is_suppressed_is_read_from_the_tables_and_counted_from_the_findings() -> None:
    words, evidence = {"fr": "Accueil"}, Evidence(rule={})
    answers = Dimension(
        id="q", label=words, values=(Value(id="oui", label=words), Value(id="non", label=words))
    )
    common = {
        "id": "avant.q",
        "subject": "avant.q",
        "title": words,
        "measure": "people",
        "population": "avant",
        "unit": words,
        "dimensions": (answers,),
        "evidence": evidence,
    }
    yes, no = (("q", "oui"),), (("q", "non"),)
    finding = Finding(**common, cells=(Cell(n=40), Cell(where=yes, n=37), Cell(where=no, n=3)))
    shown = (Cell(n=40), Cell(where=yes, status="hidden"), Cell(where=no, status="hidden"))
    table = Table(**common, cells=shown)
    setting = Setting(slug="x", title=words, organisation="x", status="finished", start="2023", end="2024")
    verdict = Verdict(passed=True, threshold=11, cells=3, hidden=2, checks={})
    exhibits = Exhibits(setting=setting, sources=(), exhibits=(table,), verdict=verdict)
    secrets = keep_secret(exhibits, [finding])
    assert secrets.counts == {37, 3}
    assert list(secrets.subjects) == ["avant.q"]


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("vingt et une", 21), ("vingt-et-un", 21), ("soixante-dix", 70), ("soixante et onze", 71),
        ("quatre-vingts", 80), ("quatre-vingt-une", 81), ("quatre-vingt-dix-neuf", 99), ("dix-sept", 17),
        ("Ninety-nine", 99), ("twelve", 12), ("une douzaine", 12), ("une quarantaine", 40),
    ],
)  # fmt: skip
def test_a_number_in_letters_is_read_whole(text: str, n: int) -> None:
    assert [found.n for found in numerals(text)] == [n]
