"""Who was asked a question: the form tells it, so two questions together tell what one of them hides.

`Q2` is asked of those who said no to `Q1`. Then asked(Q2) and no(Q1) are one number under two names, and
whoever reads one knows the other. Each value of the first question lies among those who were asked, among
those who were not, or in both; what the form leaves no room for is no count at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain, combinations

import numpy as np
import pandas as pd

from avis.sources.surveys.formula import Node, RelevanceError, names, parse
from avis.sources.surveys.relevance import Operand, evaluate
from avis.sources.surveys.wave import Survey

MOST_TICKS = 12
"""Choices of a question whose every combination is tried; with more, any may have been asked."""

UNREAD = "invalid"
"""An answer that nobody could read: the form may have understood it."""


@dataclass(frozen=True)
class Gate:
    """A question that a condition names: for each of its values, what the form says of who was asked.

    True: all of them are asked. False: none. None: some may be, some not.
    """

    question: str
    parts: tuple[Mapping[str, bool | None], ...]
    """Values that part everybody: all choices, or one choice and its complement; with every status."""


def condition_of(survey: Survey, question: str) -> str:
    """Give the condition on which a question is asked, empty where everybody is."""
    if "relevance" not in survey.questions.columns:
        return ""
    found = survey.questions.loc[survey.questions["name"] == question, "relevance"]
    return "" if found.empty else str(found.iloc[0] or "")


def gates(survey: Survey, question: str, statuses: tuple[str, ...]) -> tuple[Gate, ...]:
    """Give the questions with choices that decide who was asked this one."""
    try:
        node = parse(condition_of(survey, question))
    except RelevanceError:
        return ()
    return tuple(
        gate
        for name in sorted(names(node) - {question})
        if (gate := _gate(survey, node, name, statuses)) is not None
    )


def choices_of(survey: Survey, question: str) -> pd.DataFrame:
    """Give the rows of the list of a question, those that mean "no answer" included."""
    lists = survey.questions.loc[survey.questions["name"] == question, "list"]
    return survey.choices[survey.choices["list"] == (lists.iloc[0] if len(lists) else "")]


def missing_of(choices: pd.DataFrame) -> dict[str, str]:
    """Give the codes of a list that are a status ("I do not know"), with the status."""
    if "missing" not in choices.columns:
        return {}
    told = choices["missing"].fillna("").astype(str)
    return dict(zip(choices["code"].astype(str)[told != ""], told[told != ""], strict=True))


def _gate(survey: Survey, node: Node, name: str, statuses: tuple[str, ...]) -> Gate | None:
    kind = survey.questions.loc[survey.questions["name"] == name, "type"]
    multiple = not kind.empty and str(kind.iloc[0]).startswith("select_multiple")
    if kind.empty or not (multiple or str(kind.iloc[0]).startswith("select_one")):
        return None
    rows = choices_of(survey, name)
    missing = missing_of(rows)
    codes = [str(code) for code in rows["code"] if str(code) not in missing]
    reasons = {status: _status(node, name, status, missing) for status in statuses}
    if not multiple:
        return Gate(name, ({code: _all(node, name, [code]) for code in codes} | reasons,))
    every = _combinations(codes)
    parted = []
    for code in codes:
        with_it = [ticked for ticked in every if code in ticked.split()]
        without = [ticked for ticked in every if code not in ticked.split()]
        sides = {code: _all(node, name, with_it), f"not:{code}": _all(node, name, without)}
        parted.append(sides | reasons)
    return Gate(name, tuple(parted))


def _combinations(codes: list[str]) -> list[str]:
    if len(codes) > MOST_TICKS:
        return []
    sets = chain.from_iterable(combinations(codes, size) for size in range(1, len(codes) + 1))
    return [" ".join(held) for held in sets]


def _status(node: Node, name: str, status: str, missing: Mapping[str, str]) -> bool | None:
    if status == UNREAD:
        return None
    said = [code for code, means in missing.items() if means == status]
    return _all(node, name, said or [""])


def _all(node: Node, name: str, texts: list[str]) -> bool | None:
    """Judge a condition for every text that an answer may have, whatever the other answers are."""
    if not texts:
        return None
    every = np.array(texts, dtype=object)
    unknown = Operand(np.full(len(texts), "", dtype=object), np.zeros(len(texts), dtype=bool))
    columns = dict.fromkeys(names(node), unknown)
    columns[name] = Operand(every, np.ones(len(texts), dtype=bool))
    truth = evaluate(node, columns, len(texts))
    if truth.yes.all():
        return True
    return False if truth.no.all() else None
