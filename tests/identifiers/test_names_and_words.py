"""Words that are names too, names without a capital, and numbers far from the word that explains them."""

from __future__ import annotations

from pathlib import Path

import pytest

from avis.errors import Problems
from avis.identifiers.flags import find_flags
from avis.identifiers.people import Known, read_people, words_of


def told(text: str, known: Known | None = None, language: str = "") -> list[tuple[str, str, bool]]:
    flags = find_flags(text, known or Known(), language)
    return [(text[flag.start : flag.end], flag.kind, flag.asked) for flag in flags]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("avec blessing on a pris le bus", "blessing"),
        ("Happiness et sa voisine ont proposé de changer l'heure.", "Happiness"),
        ("Bl\u200bessing a signé la feuille.", "Bl\u200bessing"),
        ("Précieuse, celle qui lisait le texte, est partie.", "Précieuse"),
        ("ma copine destiny a dit oui", "destiny"),
        ("my friend blessing dey come", "blessing"),
        ("my sister osaruyi dey wait", "osaruyi"),
        ("bisilola a pris la parole en dernier.", "bisilola"),
        ("contacte karim pour la salle", "karim"),
        ("on a parlé avec pierre hier", "pierre"),
        ("Wisdom pay my transport.", "Wisdom"),
        ("Bousso, tu peux relire ?", "Bousso"),
    ],
)
def test_a_name_is_found_without_its_capital_where_somebody_stands(text: str, name: str) -> None:
    assert [(found, kind) for found, kind, _ in told(text)] == [(name, "name")]


@pytest.mark.parametrize(
    "text",
    [
        "le joy de cuisiner ensemble",
        "they were full of joy and hope",
        "my brother will come tomorrow",
        "my friend happy too much",
        "grâce à ma sœur, on a compris",
        "une pierre dans le jardin",
        "la patience a payé, dit-on",
        "elle répète que faith is the key",
        "La justice a été lente.",
    ],
)
def test_the_same_words_are_left_where_they_are_words(text: str) -> None:
    assert told(text) == []


def test_the_language_of_a_note_tells_where_the_words_around_do_not() -> None:
    assert told("Rappel : contacte joy", language="fr") == [("joy", "name", True)]
    assert told("Rappel : contacte joy", language="pcm") == []


@pytest.mark.parametrize(
    ("text", "number", "kind"),
    [
        ("Il a été écroué à Fresnes sous le numéro 467 812.", "467 812", "prison_number"),
        ("Incarcéré sous le numéro 98431, il attend.", "98431", "prison_number"),
        ("écrou 467 812", "467 812", "prison_number"),
        ("dans le dossier n° 22/A/00431", "22/A/00431", "case_number"),
        ("Réf. ASE 75-2022-1184 à citer", "75-2022-1184", "case_number"),
    ],
)
def test_a_number_is_found_far_from_the_word_that_explains_it(text: str, number: str, kind: str) -> None:
    assert (number, kind, False) in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Appelez le numéro 116 006 ou le numéro 3919.",
        "L'OFPRA a reçu 142 649 demandes.",
        "Le règlement (UE) n° 604/2013 s'applique.",
        "CEDH, n° 60561/14, 25 juin 2020.",
        "Le dossier compte 45 000 pages.",
        "Hors la Rue et la Mist travaillent ensemble.",
        "une Clio grise, devant le garage Renault et la Médiathèque",
        "Le Père Noël est passé au local.",
    ],
)
def test_what_belongs_to_everybody_is_left(text: str) -> None:
    assert told(text) == []


def test_an_age_that_somebody_reaches_is_found() -> None:
    assert [found for found, _, _ in told("She don reach twenty-one.")] == ["twenty-one"]


def test_an_age_in_the_wake_of_another_is_found() -> None:
    assert [found for found, _, _ in told("j'avais quinze ans et mon frère douze")] == ["quinze ans", "douze"]


def test_a_small_word_of_the_register_is_sought_with_a_capital_only_and_that_is_told(
    tmp_path: Path,
) -> None:
    path = tmp_path / "registre.csv"
    path.write_text("code;surnoms\nP1;La\nP2;Rose\n", encoding="utf-8")
    problems = Problems()
    known = read_people(path, path.name, problems)
    assert [item.code for item in problems] == ["IDE-003"]
    assert told("la salle est à la mairie, la rose aussi", known) == [("rose", "known_person", True)]
    assert told("on a vu La hier", known) == [("La", "known_person", False)]
    assert words_of("La") in known.people
