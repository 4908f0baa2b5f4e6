"""Criteria that are asked for, what answers them, and the one that nothing answers."""

from __future__ import annotations

import pytest

from avis.findings.coverage import Answer, count_coverage, cover, unanswered
from avis.settings import AskedQuestion

ASKED = (
    AskedQuestion(id="q1", text={}, tags=("relevance", "impact")),
    AskedQuestion(id="q2", text={}, tags=("efficiency",)),
)


def test_a_text_without_criteria_answers_those_of_its_question() -> None:
    covered = cover(ASKED, {}, [Answer("s1", "texts", "q1")]).set_index("criterion")
    assert covered["texts"].to_dict() == {"relevance": "s1", "impact": "s1", "efficiency": ""}


def test_a_text_with_criteria_answers_them_alone() -> None:
    covered = cover(ASKED, {"s1": ("impact",)}, [Answer("s1", "texts", "q1")])
    assert unanswered(covered).values.tolist() == [["relevance", "q1"], ["efficiency", "q2"]]


@pytest.mark.parametrize("kind", ["indicators", "themes"])
def test_an_indicator_or_a_theme_answers_only_what_the_evaluation_says(kind: str) -> None:
    answers = [Answer("x", kind)]  # type: ignore[arg-type]
    assert unanswered(cover(ASKED, {}, answers))["criterion"].tolist() == [
        "relevance",
        "efficiency",
        "impact",
    ]
    tagged = cover(ASKED, {"x": ("efficiency",)}, answers)
    assert unanswered(tagged)["criterion"].tolist() == ["relevance", "impact"]


def test_a_criterion_that_is_answered_and_was_not_asked_is_shown() -> None:
    covered = cover(ASKED, {"s1": ("sustainability",)}, [Answer("s1", "texts", "q1")])
    assert covered.set_index("criterion").loc["sustainability"].tolist() == ["", "s1", "", ""]


def test_the_table_of_an_avis_counts_and_a_zero_stays_a_zero() -> None:
    (found,) = count_coverage(cover(ASKED[1:], {}, []))
    assert {cell.where[0][1]: cell.n for cell in found.cells} == {
        "questions": 1,
        "texts": 0,
        "indicators": 0,
        "themes": 0,
    }
    assert (found.measure, found.protect) == ("acts", False)


def test_without_criteria_there_is_no_table() -> None:
    assert count_coverage(cover([AskedQuestion(id="q", text={})], {}, [Answer("s1", "texts", "q")])) == []
