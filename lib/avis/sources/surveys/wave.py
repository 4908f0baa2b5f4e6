"""A survey: one wave of answers to a form, as the counting rooms want it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.exhibits import Words
from avis.settings import AnswerScale, SurveySource
from avis.sources.surveys.answers import Answers, Bools, no_answers
from avis.sources.surveys.exports import Export, open_exports
from avis.sources.surveys.form import Form, empty_form
from avis.sources.surveys.forms import read_any_form
from avis.sources.surveys.statuses import settle
from avis.sources.surveys.tools import read_responses
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
    tool: str = ""
    """What wrote the answers, as people call it."""
    languages: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    """Columns that were not read, on purpose."""

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

    Errors: those of `read_any_form` and of the tools; SRC-069 no form, SRC-076 an answer scale that is not
    its list. Remarks: SRC-070 an answer where none was to be given, SRC-075 a question without a column.
    """
    before = len(problems.errors)
    form = _form(evaluation, source, problems)
    if form is not None:
        _check_scales(evaluation, form, problems)
    files = [(path, evaluation.name(path)) for path in evaluation.files(source.file)]
    if not files or len(problems.errors) > before:
        return _survey(source, form or empty_form(), no_answers(), pd.DataFrame())
    return read_wave(files, form, source, evaluation.settings.answer_scales, problems)


def read_wave(
    files: Sequence[tuple[Path, str]],
    form: Form | None,
    source: SurveySource,
    scales: Collection[str],
    problems: Problems,
) -> Survey:
    """Read the files of one wave, which need not belong to an evaluation; `form` where one is known."""
    before = len(problems.errors)
    exports = open_exports(files, problems)
    if not exports or len(problems.errors) > before:
        return _survey(source, form or empty_form(), no_answers(), pd.DataFrame())
    return read_exports(exports, form, source, scales, problems)


def read_exports(
    exports: Sequence[Export],
    form: Form | None,
    source: SurveySource,
    scales: Collection[str],
    problems: Problems,
) -> Survey:
    """Read one wave of files that are open."""
    responses = read_responses(exports, form, source.person, problems)
    if responses is None:
        problems.add("SRC-069", Place("evaluation.yaml", field=source.id))
        return _survey(source, form or empty_form(), no_answers(), pd.DataFrame())
    known = _declared(responses.form, source, scales)
    kept = _in_survey(known, responses.answers, source.person)
    statuses, against = settle(kept, responses.answers)
    _report(kept, responses.answers, against, exports[0].name, problems)
    survey = _survey(source, kept, responses.answers, statuses)
    return replace(
        survey, tool=responses.tool, languages=responses.form.languages, left_out=responses.left_out
    )


def _form(evaluation: Evaluation, source: SurveySource, problems: Problems) -> Form | None:
    path = evaluation.file(source.form) if source.form else None  # one that is missing was said at opening
    return read_any_form(path, source.form, problems) if path else None


def _declared(form: Form, source: SurveySource, scales: Collection[str]) -> Form:
    questions = form.questions.copy()
    declared = questions["list"].isin(list(scales))
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
