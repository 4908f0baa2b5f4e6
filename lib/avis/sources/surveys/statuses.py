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
    told = _Told(form, answers, above or {})
    # Where nobody declared the questions, nobody said to whom each was asked.
    complete = answers.records["complete"].to_numpy(dtype=bool) & form.declared
    settled: dict[str, pd.Categorical[str]] = {}
    against: dict[str, Bools] = {}
    rows = form.questions[["name", "relevance", "version"]]
    for name, condition, versions in rows.itertuples(index=False, name=None):
        column = answers.columns.get(name)
        if column is None:
            codes = np.full(length, CODE["not_asked"], dtype=np.int8)
        else:
            asked, lacking = told.asked(condition), told.lacking(versions)
            within = Truth(asked.yes & ~lacking, asked.no | lacking)
            codes = _settled(column, within, complete & ~told.silent(column))
            # Zeros in split columns are no answer: some tools write them for a question that was not put.
            against[name] = (codes != CODE["not_asked"]) & (codes != CODE["no_answer"]) & asked.no
        settled[name] = pd.Categorical.from_codes(codes, categories=pd.Index(STATUSES))
    return pd.DataFrame(settled, index=answers.records.index), against


class _Told:
    """What conditions and versions say of the records; each answer is made comparable once, if at all."""

    def __init__(self, form: Form, answers: Answers, above: Mapping[str, Operand]) -> None:
        self.answers, self.operands = answers, dict(above)
        self.length, self.dated = len(answers.records), _dated(form)
        self.known = set(form.version.split(BETWEEN))
        self.numbers, self.versions = pd.factorize(answers.records["version"])

    def asked(self, condition: str) -> Truth:
        """Judge a condition for every record."""
        if not condition:
            return Truth(np.ones(self.length, dtype=bool), np.zeros(self.length, dtype=bool))
        try:
            node = parse(condition)
        except RelevanceError:
            return Truth(np.zeros(self.length, dtype=bool), np.zeros(self.length, dtype=bool))
        return evaluate(node, {name: self.operand(name) for name in names(node)}, self.length)

    def operand(self, name: str) -> Operand:
        """Give the answers that a condition names; those of the rows themselves before those above."""
        if name in self.answers.columns:
            self.operands[name] = _operand(self.answers.columns[name], name in self.dated)
            return self.operands[name]
        absent = Operand(np.full(self.length, "", dtype=object), np.zeros(self.length, dtype=bool))
        return self.operands.get(name, absent)

    def lacking(self, versions: str) -> Bools:
        """Tell the records whose version of the form is known, and does not hold the question."""
        others = self.known - set(versions.split(BETWEEN)) - {""}
        return np.array([version in others for version in self.versions], dtype=bool)[self.numbers]

    def silent(self, column: Column) -> Bools:
        """Tell the records of a version in which nobody answered a question that others answered."""
        filled = column.status != UNDECIDED
        if len(self.versions) < 2 or not filled.any():
            return np.zeros(self.length, dtype=bool)
        spoken = np.bincount(self.numbers, weights=filled, minlength=len(self.versions)) > 0
        return np.asarray(~spoken[self.numbers], dtype=bool)


def operands(form: Form, answers: Answers) -> dict[str, Operand]:
    """Give the columns as conditions see them."""
    dated = _dated(form)
    return {str(name): _operand(column, name in dated) for name, column in answers.columns.items()}


def _dated(form: Form) -> frozenset[str]:
    """Give the questions that ask for a date."""
    return frozenset(form.questions.loc[form.questions["type"].isin(["date", "datetime"]), "name"])


def _operand(column: Column, dated: bool) -> Operand:
    text = column.values.astype("object").where(column.values.notna(), "").astype(str)
    return Operand(text.to_numpy(dtype=object), column.status != CODE["invalid"], dated)


def _settled(column: Column, asked: Truth, complete: Bools) -> Codes:
    status = column.status.copy()
    blank = status == UNDECIDED
    status[blank] = CODE["unknown_empty"]
    status[blank & asked.no] = CODE["not_asked"]
    status[blank & asked.yes & complete] = CODE["no_answer"]
    return status
