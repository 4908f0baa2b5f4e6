"""What was asked, criterion by criterion, and what answers it: which criterion has no evidence.

Criteria of the OECD's Development Assistance Committee (2019) are tags, and no score. A question asks for the
criteria that it bears (`request.questions[].tags`). What answers bears some by `tags:` of evaluation.yaml;
an adopted text that bears none answers those of its question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

import pandas as pd

from avis.exhibits import Cell, Dimension, Evidence, Value
from avis.findings.model import Finding
from avis.findings.words import both
from avis.settings import AskedQuestion, Settings
from avis.writing.items import Item

CRITERIA = ("relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability")
ANSWERS = ("texts", "indicators", "themes")
COLUMNS = ["criterion", "questions", *ANSWERS]


class Answer(NamedTuple):
    """Something that may answer a question: an adopted text, an indicator, a theme that came up."""

    id: str
    kind: Literal["texts", "indicators", "themes"]
    question: str = ""
    """That a text answers."""


def list_answers(settings: Settings, items: Iterable[Item], themes: Iterable[str]) -> list[Answer]:
    """List what may answer: adopted texts with their question, indicators, themes that came up."""
    return [
        *(Answer(item.id, "texts", item.question) for item in items if item.adopted and item.wordings),
        *(Answer(indicator.id, "indicators") for indicator in settings.indicators),
        *(Answer(theme, "themes") for theme in dict.fromkeys(themes)),
    ]


def cover(
    questions: Iterable[AskedQuestion], tags: Mapping[str, tuple[str, ...]], answers: Iterable[Answer]
) -> pd.DataFrame:
    """Give a line for each criterion that is asked or answered (COLUMNS), with ids between spaces.

    >>> asked = AskedQuestion(id="q1", text={}, tags=("impact",))
    >>> cover([asked], {}, [Answer("s1", "texts", "q1")]).values.tolist()
    [['impact', 'q1', 's1', '', '']]
    """
    asked = {question.id: question.tags for question in questions}
    found: dict[str, dict[str, list[str]]] = {one: {key: [] for key in COLUMNS[1:]} for one in CRITERIA}
    for question, criteria in asked.items():
        for criterion in criteria:
            found[criterion]["questions"].append(question)
    for answer in answers:
        for criterion in tags.get(answer.id, asked.get(answer.question, ())):
            found[criterion][answer.kind].append(answer.id)
    rows = [
        {"criterion": criterion} | {key: " ".join(ids) for key, ids in columns.items()}
        for criterion, columns in found.items()
        if any(columns.values())
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype("str")


def unanswered(covered: pd.DataFrame) -> pd.DataFrame:
    """Give the criteria that are asked for and that nothing answers (criterion, questions)."""
    nothing = (covered[list(ANSWERS)] == "").all(axis="columns") & (covered["questions"] != "")
    return covered.loc[nothing, ["criterion", "questions"]]


def count_coverage(covered: pd.DataFrame) -> list[Finding]:
    """Count what answers each criterion, for the part of an avis on its method; nothing without a criterion.

    It counts questions, texts, indicators and themes: nobody's words and nobody. Zero is none.
    """
    if covered.empty:
        return []
    criteria = tuple(Value(id=one, label=both(f"criteria.{one}")) for one in covered["criterion"])
    kinds = tuple(Value(id=one, label=both(f"answers.{one}")) for one in COLUMNS[1:])
    rows = covered.set_index("criterion")
    cells = tuple(
        Cell(
            where=(("answer", kind.id), ("criterion", criterion.id)),
            n=len(str(rows.at[criterion.id, kind.id]).split()),
        )
        for criterion in criteria
        for kind in kinds
    )
    return [
        Finding(
            id="coverage",
            subject="coverage",
            title=both("coverage"),
            measure="acts",
            population="coverage",
            dimensions=(
                Dimension(id="criterion", label=both("variable.criterion"), values=criteria),
                Dimension(id="answer", label=both("variable.answer"), values=kinds),
            ),
            cells=cells,
            base=None,
            unit=both("unit.answers"),
            evidence=Evidence(rule=both("rule.coverage"), base=both("base.coverage"), sources=("session",)),
            protect=False,
        )
    ]
