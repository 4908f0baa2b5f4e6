"""The budget's sides, accounts and gifts in kind; a budget of before, with lines alone, reads as it did."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.sources.registers import read_budget

Association = Callable[..., Evaluation]


def test_side_follows_from_the_account_and_gifts_stand_in_86_and_87(association: Association) -> None:
    text = "id;ligne;compte;prevu\na;x;641;1\nb;x;74 - État;1\nc;x;86;1\nd;x;875;1\ne;x;;1\n"
    problems = Problems()
    table = read_budget(association({"b.csv": text}, budget="b.csv"), problems)
    assert table["account"].tolist() == ["64", "74", "86", "87", ""]
    assert table["side"].tolist() == ["expense", "income", "expense", "income", "expense"]
    assert table["in_kind"].tolist() == [False, False, True, True, False]
    assert not table["indirect"].any() and not list(problems)


def test_words_for_sides_are_taken_as_people_write_them(association: Association) -> None:
    text = (
        "id;ligne;sens;indirecte;en nature;prevu\na;x;Charges;oui;;1\nb;x;recette;;;1\nc;x;produit;;oui;1\n"
    )
    problems = Problems()
    table = read_budget(association({"b.csv": text}, budget="b.csv"), problems)
    assert table["side"].tolist() == ["expense", "income", "income"]
    assert table["indirect"].tolist() == [True, False, False]
    assert table["in_kind"].tolist() == [False, False, True]
    assert not list(problems)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("a;x;12;;;1", "SRC-480"),
        ("a;x;rent;;;1", "SRC-480"),
        ("a;x;64;produit;;1", "SRC-481"),
        ("a;x;74;charge;;1", "SRC-481"),
        ("a;x;64;;oui;1", "SRC-481"),
        ("a;x;86;;non;1", "SRC-481"),
        ("a;x;64;dette;;1", "SRC-004"),
    ],
)
def test_an_account_that_is_none_or_says_otherwise_is_told(
    association: Association, row: str, code: str
) -> None:
    problems = Problems()
    read_budget(
        association({"b.csv": f"id;ligne;compte;sens;en_nature;prevu\n{row}\n"}, budget="b.csv"), problems
    )
    assert [item.code for item in problems.errors] == [code]
    assert problems.errors[0].place.line == 2
