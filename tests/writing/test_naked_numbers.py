"""Naked numbers: what a count could hide in is said, what cannot be a count stands."""

from __future__ import annotations

import pytest

from avis.errors import tell
from avis.writing.text import naked_numbers, standing_numbers


def found(text: str) -> list[str]:
    return [str(dict(problem.facts)["number"]) for problem in naked_numbers(text, "a.md")]


@pytest.mark.parametrize(
    "text",
    [
        "En 2024, puis de 2021 à 2024, et la saison 2023-24.",
        "Le 15 mars 2024, le 1er avril, on 15 March 2024, March 15, 2024 et 2024-03-15 ou 15/03/2024.",
        "La 2e fois, le 18e arrondissement, le XVIe, the 3rd, the 21st, 1re.",
        "L’article 3, art. 5, articles 3 et 4, art. L. 225-4-1, l’article L225-4-1 du code.",
        "Le n° 12, the no. 5, N° 2024/18.",
        "Voir p. 4, pp. 3-5, § 12, al. 2, vol. 3.",
        'Voir https://a.example/12/34 et [la page](https://a.example/5 "6").',
        "Le rapport A/HRC/53/28 des Nations Unies.",
        "En Seine-Saint-Denis (93), à Paris (75), en Corse (2A).",
        "Écrire au 75018 Paris.",
        "Elle a dit « j’ai attendu 3 heures » et “waited 3 hours”.",
        "> Nous avons vu 12 personnes.\n> Et 13.",
        "# 2. Un titre\n\n## 2.1 Un autre\n\n1. Une cause\n2. Une autre\n   3) encore",
        "{chiffre}`rendez-vous[annee=2024].n` et {nombre}`18` et {cite}`loi, p. 4`.",
        "```{tableau} rendez-vous-2024\n```\n\n:::{graphique} g12\n:::",
        "---\nplace: question:q1\ntitle: 3 choses\n---\nBonjour.",
        "COVID-19, P3, q1 et le code at03-02.",
    ],
)
def test_what_cannot_be_a_count_stands(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Nous avons vu 18 femmes.", ["18"]),
        ("Nous avons vu 2000 personnes en 2024.", ["2000"]),
        ("We met 2000 women.", ["2000"]),
        ("Environ 12 000 jeunes, 12\u202f000 en tout, 12,000 people.", ["12 000", "12\u202f000", "12,000"]),
        ("62 % des femmes, 2,5 fois plus.", ["62", "2,5"]),
        ("1899 et 2101.", ["1899", "2101"]),
        ("Les membres (28) sont venues.", ["28"]),
        ("Nos 18 membres.", ["18"]),
        ("Entre 18-25 ans.", ["18"]),
        ("`18` rendez-vous", ["18"]),
        ("# 18 femmes", ["18"]),
        ("- 12 ateliers", ["12"]),
        ("| a | 12 |\n|---|---|\n| b | 13 |", ["12", "13"]),
        ("Il y en a 7.", ["7"]),
    ],
)
def test_what_could_be_a_count_is_said(text: str, numbers: list[str]) -> None:
    assert found(text) == numbers


def test_years_are_years_from_1900_to_2100() -> None:
    assert found("1899, 1900, 2100, 2101.") == ["1899", "2101"]


def test_the_place_counts_lines_and_columns_as_an_editor_does() -> None:
    text = "---\nplace: plain\n---\nBonjour.\n\nIci {chiffre}`x` et 18.\n"
    (problem,) = naked_numbers(text, "textes/a.fr.md")
    assert (problem.place.file, problem.place.line, problem.place.column) == ("textes/a.fr.md", 6, 21)
    assert problem.severity == "warning"
    assert text.splitlines()[5][20:22] == "18"


def test_it_is_told_in_both_languages() -> None:
    problems = naked_numbers("18 femmes", "a.md")
    assert "{nombre}`18 <la raison>`" in tell(problems, "fr")
    assert "naked number" in tell(problems, "en")


def test_numbers_let_stand_are_listed_with_their_reason() -> None:
    stood = standing_numbers("Au {nombre}`119 <numéro d'appel>`\nou {nombre}`18`.", "a.md")
    assert [(item.number, item.reason, item.place.line) for item in stood] == [
        ("119", "numéro d'appel", 1),
        ("18", "", 2),
    ]
