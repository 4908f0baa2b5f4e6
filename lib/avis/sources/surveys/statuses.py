"""Why a cell is blank: not asked, asked and not answered, or not known.

Decided in this order, the first that holds: an explicit marker or zeros in split columns (said by the file
itself) → the question has no column in the file, or is not in the record's version of the form: not asked →
its condition does not hold: not asked → its condition cannot be judged: not known → the record was received
whole: no answer → not known.

Kobo receives a record only when its form was sent, so a blank of a relevant question in a received record
(one with an id, a uuid or a time of submission) is `no_answer`. One exception: where a file mixes versions
of the form and a question has no answer at all in one of them, that version may not have held it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from avis.sources.surveys.answers import CODE, STATUSES, UNDECIDED, Answers, Bools, Codes, Column
from avis.sources.surveys.form import BETWEEN, Form
from avis.sources.surveys.formula import RelevanceError, names, parse
from avis.sources.surveys.relevance import Operand, Truth, evaluate


def settle(
    form: Form, answers: Answers, above: Mapping[str, Operand] | None = None
) -> tuple[pd.DataFrame, dict[str, Bools]]:
    """Settle every cell's status; give also, a question, the cells answered although it was not to be asked.

    The table has the records' index, a categorical column a question (STATUSES). `above`: for a repeat, the
    answers of the record on which each row hangs (see `operands`); conditions may name them too.
    """
    length = len(answers.records)
    columns = dict(above or {}) | operands(answers)
    absent = Operand(np.full(length, "", dtype=object), np.zeros(length, dtype=bool))
    # Where nobody declared the questions, nobody said to whom each was asked.
    complete = answers.records["complete"].to_numpy(dtype=bool) & form.declared
    settled: dict[str, pd.Categorical[str]] = {}
    against: dict[str, Bools] = {}
    versions = dict(zip(form.questions["name"], form.questions["version"], strict=True))
    for name, condition in zip(form.questions["name"], form.questions["relevance"], strict=True):
        column = answers.columns.get(name)
        if column is None:
            codes = np.full(length, CODE["not_asked"], dtype=np.int8)
        else:
            asked = _asked(condition, columns, absent, length)
            codes = _settled(
                column,
                _without(asked, _lacking(str(versions[name]), form, answers.records["version"])),
                complete & ~_silent(column, answers.records["version"]),
            )
            against[name] = (codes != CODE["not_asked"]) & asked.no
        settled[name] = pd.Categorical.from_codes(codes, categories=pd.Index(STATUSES))
    return pd.DataFrame(settled, index=answers.records.index), against


def operands(answers: Answers) -> dict[str, Operand]:
    """Give the columns as conditions see them."""
    return {str(name): _operand(column) for name, column in answers.columns.items()}


def _lacking(versions: str, form: Form, told: pd.Series[str]) -> Bools:
    """Tell the records whose version of the form is known, and does not hold the question."""
    others = set(form.version.split(BETWEEN)) - set(versions.split(BETWEEN))
    return told.isin(list(others - {""})).to_numpy(dtype=bool)


def _without(asked: Truth, lacking: Bools) -> Truth:
    return Truth(asked.yes & ~lacking, asked.no | lacking)


def _operand(column: Column) -> Operand:
    text = column.values.astype("object").where(column.values.notna(), "").astype(str)
    return Operand(text.to_numpy(dtype=object), column.status != CODE["invalid"])


def _asked(condition: str, columns: Mapping[str, Operand], absent: Operand, length: int) -> Truth:
    if not condition:
        return Truth(np.ones(length, dtype=bool), np.zeros(length, dtype=bool))
    try:
        node = parse(condition)
    except RelevanceError:
        return Truth(np.zeros(length, dtype=bool), np.zeros(length, dtype=bool))
    return evaluate(node, {name: columns.get(name, absent) for name in names(node)}, length)


def _silent(column: Column, versions: pd.Series[str]) -> Bools:
    """Tell the records of a form's version in which nobody answered a question that others answered."""
    filled = pd.Series(column.status != UNDECIDED, index=versions.index)
    if versions.nunique() < 2 or not filled.any():
        return np.zeros(len(filled), dtype=bool)
    return ~filled.groupby(versions).transform("any").to_numpy(dtype=bool)


def _settled(column: Column, asked: Truth, complete: Bools) -> Codes:
    status = column.status.copy()
    blank = status == UNDECIDED
    status[blank] = CODE["unknown_empty"]
    status[blank & asked.no] = CODE["not_asked"]
    status[blank & asked.yes & complete] = CODE["no_answer"]
    return status
