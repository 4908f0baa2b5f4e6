"""Before and after: who is paired, who is not, and what is only proposed."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import settings as trials
from hypothesis import strategies as st
from logs import n, persons, settings, survey

from avis.errors import Problems, tell
from avis.findings.answers import count_answers
from avis.findings.change import before_after, pairing
from avis.findings.pairs import compare_codes, near_pairs
from avis.settings import AnswerScale, ShownQuestion
from avis.sources.surveys.wave import Survey

Q = ShownQuestion(question="q")


def wave(id: str, *people: str) -> Survey:
    return survey(id, {"q": ["oui"] * len(people)}, {"q": ["oui", "non"]}, person=people)


def counts(before: Survey, after: Survey) -> list[float | None]:
    found = pairing(before, after, settings())
    return [n(found, pairing=id) for id in ("matched", "before_only", "after_only")]


def told(before: Survey, after: Survey) -> Problems:
    problems = Problems()
    before_after(before, after, Q, settings(), problems)
    return problems


@pytest.mark.parametrize("other", ["x2j5", " X2J5 ", "Ｘ２Ｊ５", "x2j5\u200b"])
def test_two_spellings_of_a_code_are_one_person(other: str) -> None:
    before, after = wave("avant", "X2J5"), wave("apres", other)
    (found,) = before_after(before, after, Q, settings())
    assert counts(before, after) == [1, 0, 0]
    assert (n(found), n(found, moment="after", q="oui")) == (1, 1)


def test_matched_before_only_and_after_only_are_three_counts() -> None:
    assert counts(wave("avant", "A1", "A2", "A3", ""), wave("apres", "A2", "A4")) == [1, 2, 1]


def test_a_code_that_stands_twice_pairs_nobody_and_its_lines_are_told() -> None:
    before, after = wave("avant", "A1", "B2", "a1"), wave("apres", "A1", "B2", "B2")
    assert counts(before, after) == [0, 1, 1]
    found = [(item.code, item.place.file, item.place.line) for item in told(before, after)]
    assert found == [
        ("FIN-008", "avant.csv", 2),
        ("FIN-008", "avant.csv", 4),
        ("FIN-008", "apres.csv", 3),
        ("FIN-008", "apres.csv", 4),
    ]


@pytest.mark.parametrize(
    ("one", "two"),
    [("XO75", "X075"), ("A1B7", "AIB7"), ("P-01", "P01"), ("P01", "P1"), ("KT52", "KT2"), ("KT52", "TK52")],
)
def test_a_near_match_is_proposed_by_its_lines_and_never_used(one: str, two: str) -> None:
    before, after = wave("avant", "Z9Z9", one), wave("apres", "Z9Z9", "", two)
    assert counts(before, after) == [1, 1, 1]
    problems = told(before, after)
    assert [(item.code, item.place.file, item.place.line) for item in problems] == [
        ("FIN-030", "apres.csv", 4)
    ]
    for words in (tell(problems, "fr"), tell(problems, "en"), repr(problems)):
        assert "avant.csv" in words
        assert one not in words
        assert two not in words


def test_what_has_an_exact_match_or_two_counterparts_is_not_proposed() -> None:
    assert not told(wave("avant", "XO75", "X075"), wave("apres", "X075")).items
    assert near_pairs(["AB12"], ["AB13", "AB14"]) == []
    assert near_pairs(["AB12", "AB13"], ["AB1"]) == []


@pytest.mark.parametrize(
    ("one", "two", "found"), [("AB1", "AB2", 0), ("AB13", "AB12", 1), ("AB13", "AC12", 0)]
)
def test_one_slip_counts_from_four_characters(one: str, two: str, found: int) -> None:
    assert len(near_pairs([one], [two])) == found


@trials(deadline=None, max_examples=60)
@given(*[st.lists(st.sampled_from(["", "A1", "B2", "C3", "D4", "E5"]), max_size=8)] * 2)
def test_everybody_with_one_code_is_in_one_of_three_counts(first: list[str], last: list[str]) -> None:
    before, after = wave("avant", *first, "Z0"), wave("apres", *last, "Z0")
    lone = [{code for code in codes if code and codes.count(code) == 1} for codes in (first, last)]
    both, left, right = counts(before, after)
    assert both == len(lone[0] & lone[1]) + 1
    assert (left, right) == (len(lone[0] - lone[1]), len(lone[1] - lone[0]))


def test_a_scale_that_the_form_declares_stands_in_its_order_too() -> None:
    scale = AnswerScale(levels=("non", "oui"), better="low")
    declared = replace(survey("avant", {"q": ["oui"]}, {"q": ["oui", "non"]}), scales={"q": scale})
    (found,) = count_answers(declared, Q, persons(), settings())
    assert [value.id for value in found.dimensions[0].values][:2] == ["non", "oui"]
    assert (found.dimensions[0].better, found.chart) == ("low", "likert")
    other = {"q": {"levels": ["oui", "non"], "better": "high"}}
    (found,) = count_answers(declared, Q, persons(), settings(answer_scales=other))
    assert found.dimensions[0].better == "high"


def test_numbers_in_a_row_are_not_compared_each_with_each_and_that_is_counted() -> None:
    left, right = [f"C{n:05}" for n in range(0, 20_000, 2)], [f"C{n:05}" for n in range(1, 20_000, 2)]
    begun = time.process_time()
    pairs, crowded = compare_codes([*left, "MARTIN7"], [*right, "MARTN7"])
    assert time.process_time() - begun < 4
    assert pairs == [("MARTIN7", "MARTN7")]
    assert len(crowded) > 9_000


@pytest.mark.parametrize(("n", "left_out"), [(19, 0), (20, 0), (21, 1)])
def test_a_code_with_too_many_look_alikes_is_left_out(n: int, left_out: int) -> None:
    right = [f"ABC{chr(ord('D') + at)}" for at in range(n)]
    pairs, crowded = compare_codes(["ABC9"], right)
    assert (pairs, len(crowded)) == ([], left_out)
