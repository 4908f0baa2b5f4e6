"""A survey: one wave of answers to a form, as the counting rooms want it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pandas as pd

from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.exhibits import Words
from avis.settings import AnswerScale, SurveySource
from avis.sources.surveys.answers import Answers, Bools
from avis.sources.surveys.form import Form, empty_form
from avis.sources.surveys.kobo import no_answers, read_answers
from avis.sources.surveys.statuses import settle
from avis.sources.surveys.xlsform import read_form
from avis.spelling import suggest


@dataclass(frozen=True)
class Survey:
    """One wave of a survey, read.

    `questions` and `choices`: see `Form` (`scale` holds the list where evaluation.yaml declares its order).
    `records`: id, version, start, end, complete, person, wave, row. `values` and `statuses`: the records'
    index, a column a question; a value is missing wherever the status is not `answered`, `dont_know` or
    `refused`. `chosen`: by question with several choices, a bool a choice. `raw`: cells as found.
    """

    id: str
    wave: int
    title: Words
    population: Words
    questions: pd.DataFrame
    choices: pd.DataFrame
    records: pd.DataFrame = field(repr=False)
    values: pd.DataFrame = field(repr=False)
    statuses: pd.DataFrame = field(repr=False)
    chosen: Mapping[str, pd.DataFrame] = field(repr=False)
    raw: pd.DataFrame = field(repr=False)

    def __repr__(self) -> str:
        """Say how much there is, and nothing of what people said."""
        records, questions = self.values.shape
        return f"Survey({self.id!r}, wave={self.wave}, records={records}, questions={questions})"

    def answers(self) -> pd.DataFrame:
        """Give the long table, for exchange: record, question, value, raw, status.

        `record` is the index of `records`. A question with several choices has one row for its status,
        without a value, and one more for each chosen code.
        """
        parts = []
        for question in self.values.columns:
            several = question in self.chosen
            values = self.values[question].astype("object").map(str, na_action="ignore")
            parts.append(
                pd.DataFrame(
                    {
                        "record": self.records.index,
                        "question": question,
                        "value": None if several else values.to_numpy(),
                        "raw": self.raw[question].to_numpy(),
                        "status": self.statuses[question].astype("str").to_numpy(),
                    }
                )
            )
            if several:
                parts.append(_chosen_rows(question, self.chosen[question]))
        columns = ["record", "question", "value", "raw", "status"]
        return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def _chosen_rows(question: str, chosen: pd.DataFrame) -> pd.DataFrame:
    records, codes = chosen.to_numpy(dtype=bool).nonzero()
    return pd.DataFrame(
        {
            **{"record": chosen.index[records], "question": question, "value": chosen.columns[codes]},
            **{"raw": "", "status": "answered"},
        }
    )


def read_survey(evaluation: Evaluation, source: SurveySource, problems: Problems) -> Survey:
    """Read one wave of a survey: its form, its answers, and why each blank is blank (see `statuses`).

    Errors: those of `read_form` and `read_answers`; SRC-069 no form, SRC-076 an answer scale that is not its
    list. Remarks: SRC-070 an answer where none was to be given, SRC-075 a question without a column.
    """
    before = len(problems.errors)
    form = _form(evaluation, source, problems)
    path = evaluation.file(source.file)
    _check_scales(evaluation, form, problems)
    if path is None or len(problems.errors) > before:
        return _survey(source, form, no_answers(), pd.DataFrame())
    answers = read_answers(form, path, source.file, problems, source.person)
    kept = _in_survey(form, answers, source.person)
    statuses, against = settle(kept, answers)
    _report(kept, answers, against, source.file, problems)
    return _survey(source, form, answers, statuses)


def _form(evaluation: Evaluation, source: SurveySource, problems: Problems) -> Form:
    if not source.form:
        problems.add("SRC-069", Place("evaluation.yaml", field=source.id))
        return empty_form()
    path = evaluation.file(source.form)
    if path is None:  # said at opening
        return empty_form()
    form = read_form(path, source.form, problems)
    questions = form.questions.copy()
    declared = questions["list"].isin(list(evaluation.settings.answer_scales))
    questions["scale"] = questions["list"].where(declared, "")
    # Whoever answers is not an answer: her code goes to the records.
    questions.loc[questions["name"] == source.person, "role"] = "meta"
    return replace(form, questions=questions)


def _check_scales(evaluation: Evaluation, form: Form, problems: Problems) -> None:
    for name, scale in evaluation.settings.answer_scales.items():
        choices = form.choices[form.choices["list"] == name]
        if not choices.empty:
            _check_scale(name, scale, choices, evaluation.place("answer_scales", name), problems)


def _check_scale(
    name: str, scale: AnswerScale, choices: pd.DataFrame, place: Place, problems: Problems
) -> None:
    codes = [str(code) for code in choices["code"]]
    for level in scale.levels:
        if level not in codes:
            problems.add("SRC-076", place, list=name, code=level, **suggest(level, codes))
    owed = choices[(choices["missing"] == "") & ~choices["other"] & ~choices["code"].isin(scale.levels)]
    for code in owed["code"]:
        problems.add("SRC-079", place, list=name, code=str(code))


def _in_survey(form: Form, answers: Answers, person: str) -> Form:
    """Keep the questions of the main sheet that ask somebody something, and what was computed from them."""
    questions = form.questions
    present = questions["name"].isin(list(answers.columns))
    asked = (questions["role"] == "question") & (questions["repeat"] == "") & (questions["name"] != person)
    return replace(form, questions=questions[present | asked])


def _report(
    form: Form, answers: Answers, against: Mapping[str, Bools], file: str, problems: Problems
) -> None:
    lines = answers.records["row"]
    for name in form.questions["name"]:
        if len(lines) and name not in answers.columns:
            problems.warn("SRC-075", Place(file, field=name))
        for line in lines[against[name]] if name in against else ():
            problems.warn("SRC-070", Place(file, line=int(line), field=name))


def _survey(source: SurveySource, form: Form, answers: Answers, statuses: pd.DataFrame) -> Survey:
    index = answers.records.index
    blank = pd.Series([None] * len(index), index=index, dtype="str")
    found = answers.columns
    return Survey(
        id=source.id,
        wave=source.wave,
        title=source.title,
        population=source.population,
        questions=form.questions,
        choices=form.choices,
        records=answers.records.assign(wave=source.wave),
        values=pd.DataFrame(
            {q: found[q].values if q in found else blank for q in statuses.columns}, index=index
        ),
        statuses=statuses,
        chosen={q: column.chosen for q, column in found.items() if column.chosen is not None},
        raw=pd.DataFrame(
            {q: found[q].raw if q in found else blank.fillna("") for q in statuses.columns}, index=index
        ),
    )
