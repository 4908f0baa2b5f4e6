"""Pseudonyms: drawn at random, stable inside an evaluation, different elsewhere unless linking is wanted."""

from __future__ import annotations

from avis.redaction.pseudonyms import LINKED, PSEUDONYMS, pseudonym_for
from avis.spelling import fold
from avis.vault.contents import Contents, Name

EMPTY = Contents(recipients=("age1a", "age1b"))


def test_the_same_person_keeps_hers_inside_an_evaluation_and_gets_another_elsewhere() -> None:
    held, first = pseudonym_for(EMPTY, "a", "K7M2")
    assert pseudonym_for(held, "a", "K7M2") == (held, first)
    for _ in range(20):
        assert pseudonym_for(held, "b", "K7M2")[1] != first


def test_two_people_never_share_one_in_any_evaluation() -> None:
    held, given = EMPTY, []
    for number in range(len(PSEUDONYMS) + 5):
        held, name = pseudonym_for(held, "ab"[number % 2], f"P{number}")
        given.append(name)
    assert len({fold(name) for name in given}) == len(given)


def test_where_evaluations_are_linked_the_person_keeps_hers() -> None:
    held, first = pseudonym_for(EMPTY, LINKED, "K7M2")
    assert pseudonym_for(held, LINKED, "K7M2")[1] == first


def test_a_name_of_the_register_or_a_word_of_the_texts_is_never_drawn() -> None:
    free = {"Sauge", "Tilleul"}
    names = tuple(Name((fold(name),)) for name in PSEUDONYMS[::2])
    taken = [name.upper() for name in PSEUDONYMS[1::2] if name not in free]
    held = Contents(
        recipients=(), names=tuple(name for name in names if name.words[0] not in map(fold, free))
    )
    assert {pseudonym_for(held, "a", f"P{n}", taken)[1] for n in range(60)} == free


def test_which_one_is_drawn_cannot_be_foretold() -> None:
    assert len({pseudonym_for(EMPTY, "a", "K7M2")[1] for _ in range(40)}) > 5
