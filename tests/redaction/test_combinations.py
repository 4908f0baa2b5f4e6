"""Things that meet: in one text, over what one person said; innocent sentences stay silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from avis.redaction.combinations import Said, categories, find_combinations

TOGETHER = [
    "Je suis passée par la Libye en 2017 avec mes deux enfants.",
    "I passed through Libya in 2017 with my two kids.",
    "J’avais dix-neuf ans, j’étais enceinte, je dormais à l’hôtel.",
]
INNOCENT = [
    "Deux bus, et le deuxième n’attend pas le premier.",
    "Le courrier disait quinze jours. Je l’ai compris après les quinze jours.",
    "En 2024, l’accueil a ouvert deux soirs par mois.",
    "I come on foot, forty minutes. It is fine when it does not rain.",
    "Before, I waited a month. The last time it was ten days.",
]


LINES = (Path(__file__).parent / "combinations.txt").read_text(encoding="utf-8").splitlines()


def met_in(sign: str) -> list[bool]:
    """For each line of a sign, whether something is told of it."""
    lines = [line[2:] for line in LINES if line.startswith(sign)]
    return [bool(find_combinations([Said("a1", line)])) for line in lines]


def test_nine_lines_of_ten_that_single_somebody_out_are_told_and_no_innocent_one() -> None:
    telling, innocent = met_in("+"), met_in("-")
    assert len(telling) == 60 and sum(telling) / len(telling) >= 0.9
    assert len(innocent) == 35 and not any(innocent)


def test_one_word_is_never_two_things() -> None:
    for word in ("Niger", "Mali", "Maroc", "Nigeria", "Guinée", "Turin", "Alger"):
        assert len(categories(f"Je pense au {word} ce soir.")) <= 1


@pytest.mark.parametrize("text", TOGETHER)
def test_three_things_in_one_text_are_told(text: str) -> None:
    (met,) = find_combinations([Said("a1", text)])
    assert met.ids == ("a1",) and len(met.categories) >= 3


@pytest.mark.parametrize("text", INNOCENT)
def test_innocent_words_are_not(text: str) -> None:
    assert find_combinations([Said("a1", text, "K7M2")]) == []


def test_two_things_are_not_enough_and_the_third_is() -> None:
    parts = ["Je suis passée par la Libye", " en 2017", " avec mes deux enfants."]
    found = [len(find_combinations([Said("a1", "".join(parts[: n + 1]))])) for n in range(3)]
    assert found == [0, 0, 1]


def test_what_one_person_said_in_several_places_is_put_together() -> None:
    said = [
        Said("a1", "Je suis passée par la Libye."),
        Said("a2", "C’était en 2017."),
        Said("a3", "Mes deux filles."),
    ]
    alone = [Said(one.id, one.text) for one in said]
    others = [Said(one.id, one.text, f"K{n}") for n, one in enumerate(said)]
    (met,) = find_combinations([Said(one.id, one.text, "K7M2") for one in said])
    assert met.ids == ("a1", "a2", "a3") and met.categories == ("route", "year", "children")
    assert find_combinations(alone) == find_combinations(others) == []


def test_what_one_text_says_whole_is_told_once() -> None:
    said = [Said("a1", TOGETHER[0], "K7M2"), Said("a2", "C’était en 2017.", "K7M2")]
    assert [met.ids for met in find_combinations(said)] == [("a1",)]


def test_a_group_may_write_of_courts_and_trades() -> None:
    text = "En 2024, un avocat accompagne au tribunal celles qui dorment à l’hôtel."
    assert find_combinations([Said("q1", text, collective=True)]) == []
    assert find_combinations([Said("q1", TOGETHER[0], collective=True)]) != []


def test_words_and_codes_are_in_no_repr() -> None:
    said = Said("a1", TOGETHER[0], "K7M2")
    assert "Libye" not in repr(said) and "K7M2" not in repr(said)


def test_categories_do_not_depend_on_case_or_accents() -> None:
    assert categories("AVEC MES DEUX ENFANTS, PAR LE NIGER") == categories(
        "avec mes deux enfants, par le niger"
    )
