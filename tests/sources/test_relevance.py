"""Conditions of questions: read once, judged over columns, unknown where they rest on the unknown."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from avis.sources.surveys.formula import RelevanceError, names, parse
from avis.sources.surveys.relevance import Operand, Truth, evaluate


def column(*cells: str | None) -> Operand:
    """Make a column; None stands for a cell that is not known."""
    text = np.array([cell or "" for cell in cells], dtype=object)
    return Operand(text, np.array([cell is not None for cell in cells]))


def judged(formula: str, **columns: Operand) -> str:
    """Judge a formula; a letter a record: y(es), n(o), ? (not known)."""
    length = len(next(iter(columns.values())).text)
    truth = evaluate(parse(formula), columns, length)
    assert not (truth.yes & truth.no).any()
    return "".join("y" if yes else "n" if no else "?" for yes, no in zip(truth.yes, truth.no, strict=True))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("${age} >= 18", "nyynn"),
        ("${age} > 18", "nnynn"),
        ("${age} < 18", "ynnnn"),
        ("${age} <= 18", "yynnn"),
        ("${age} = 18", "nynnn"),
        ("${age} = 18.0", "nynnn"),
        ("${age} != 18", "ynyyy"),
        ("${age} = '18'", "nynnn"),
        ("${age} = ''", "nnnyn"),
        ("${age} != ''", "yyyny"),
        ("18 <= ${age}", "nyynn"),
        ("${age} > -1", "yyynn"),
    ],
)
def test_a_comparison_with_a_number_is_numeric_and_a_blank_is_no_number(formula: str, expected: str) -> None:
    assert judged(formula, age=column("17", "18", "19", "", "x")) == expected


def test_selected_looks_for_a_whole_code_among_the_ticked_ones() -> None:
    ticked = column("fr en", "fre", "", "en", None)
    assert judged("selected(${langues}, 'fr')", langues=ticked) == "ynnn?"


def test_how_many_were_ticked_and_how_long_a_text_is_are_numbers() -> None:
    ticked = column("fr en", "fr", "", None)
    assert judged("count-selected(${langues}) > 1", langues=ticked) == "ynn?"
    assert judged("count-selected(${langues}) = 0", langues=ticked) == "nny?"
    assert judged("count-selected(${langues})", langues=ticked) == "yyn?"
    assert judged("string-length(${langues}) <= 2", langues=ticked) == "nyy?"


def test_and_binds_tighter_than_or_and_brackets_change_it() -> None:
    a, b, c = column("1", "1", "0"), column("0", "1", "1"), column("0", "0", "0")
    assert judged("${a} = 1 or ${b} = 1 and ${c} = 1", a=a, b=b, c=c) == "yyn"
    assert judged("(${a} = 1 or ${b} = 1) and ${c} = 1", a=a, b=b, c=c) == "nnn"


def test_the_unknown_stays_unknown_unless_the_other_side_decides() -> None:
    unknown, yes, no = column(None), column("1"), column("0")
    assert judged("${u} = 1 and ${v} = 1", u=unknown, v=yes) == "?"
    assert judged("${u} = 1 and ${v} = 1", u=unknown, v=no) == "n"
    assert judged("${u} = 1 or ${v} = 1", u=unknown, v=yes) == "y"
    assert judged("${u} = 1 or ${v} = 1", u=unknown, v=no) == "?"
    assert judged("not(${u} = 1)", u=unknown) == "?"


def test_a_condition_may_be_compared_with_true_and_false() -> None:
    cells = column("fr", "en")
    assert judged("selected(${l}, 'fr') = true()", l=cells) == "yn"
    assert judged("selected(${l}, 'fr') = false()", l=cells) == "ny"


def test_a_condition_names_what_it_rests_on() -> None:
    assert names(parse("selected(${a}, 'x') and not(${b} > 2 or ${c} = 'y')")) == {"a", "b", "c"}


@pytest.mark.parametrize(
    "formula",
    [
        "count(${a}) > 1",
        "count-selected('a') > 1",
        "${a} = ",
        "(${a} = 1",
        "${a} = 1 1",
        "selected(${a}, ${b})",
        "regex(., '[a-z]')",
        "${a} == 1",
        "'open",
        "${a} = ${b} = ${c}",
        "",
        "(" * 5000 + "1" + ")" * 5000,
    ],
)
def test_what_is_outside_the_subset_is_refused_and_never_guessed(formula: str) -> None:
    with pytest.raises(RelevanceError):
        parse(formula)


TRUTHS = st.lists(st.sampled_from(["1", "0", None]), min_size=3, max_size=3).map(lambda cells: column(*cells))


@given(TRUTHS, TRUTHS)
def test_not_of_and_is_or_of_nots(a: Operand, b: Operand) -> None:
    one = judged("not(${a} = 1 and ${b} = 1)", a=a, b=b)
    assert one == judged("not(${a} = 1) or not(${b} = 1)", a=a, b=b)


def test_a_truth_knows_where_it_is_known() -> None:
    truth = Truth(np.array([True, False, False]), np.array([False, True, False]))
    assert truth.known.tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("condition", "dated", "yes", "no"),
    [
        ("${jour} >= '2024-02-01'", False, [False, True, True, False], [True, False, False, True]),
        ("${jour} < date('2024-02-01')", False, [True, False, False, False], [False, True, True, True]),
        ("${jour} != '2024-02-01'", True, [True, False, True, True], [False, True, False, False]),
        ("${jour} > 5", True, [False] * 4, [False, False, False, True]),
        ("${jour} > '12:30'", False, [False] * 4, [False] * 4),
    ],
)
def test_days_are_compared_as_days_and_what_is_none_is_not_known(
    condition: str, dated: bool, yes: list[bool], no: list[bool]
) -> None:
    text = np.array(["2024-01-31", "2024-02-01", "2024-02-02", ""], dtype=object)
    jour = Operand(text, np.ones(4, dtype=bool), dated)
    truth = evaluate(parse(condition), {"jour": jour}, 4)
    assert truth.yes.tolist() == yes
    assert truth.no.tolist() == no


def test_one_day_with_a_time_on_one_side_is_not_known() -> None:
    text = np.array(["2024-02-01T12:00", "2024-02-02T00:00"], dtype=object)
    truth = evaluate(parse("${j} > '2024-02-01'"), {"j": Operand(text, np.ones(2, dtype=bool), True)}, 2)
    assert (truth.yes.tolist(), truth.no.tolist()) == ([False, True], [False, False])


@pytest.mark.parametrize("formula", ["${j} < today()", "${j} > date(${k})", "${j} > date('hier')"])
def test_other_days_are_not_read(formula: str) -> None:
    with pytest.raises(RelevanceError):
        parse(formula)
