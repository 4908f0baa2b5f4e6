"""A survey: one wave of answers to a form, as the counting rooms want it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.exhibits import Words
from avis.settings import AnswerScale, SurveySource
from avis.sources.surveys.answers import Answers, Bools, no_answers
from avis.sources.surveys.exports import Export, open_exports
from avis.sources.surveys.form import Form, empty_form, parent_of
from avis.sources.surveys.formversions import read_forms
from avis.sources.surveys.identity import asks_who
from avis.sources.surveys.longtable import LONG_COLUMNS
from avis.sources.surveys.longtable import answer_parts as answer_parts
from avis.sources.surveys.proposals import propose_scales
from avis.sources.surveys.relevance import Operand
from avis.sources.surveys.scales import check_scales
from avis.sources.surveys.statuses import operands, settle
from avis.sources.surveys.tools import Responses, read_responses


@dataclass(frozen=True)
class Survey:
    """One wave of a survey, read.

    `questions` and `choices`: see `Form` (`scale` holds the list where its order is declared).
    `records`: RECORD_COLUMNS and wave. `values` and `statuses`: the records'
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
    scales: Mapping[str, AnswerScale] = field(default_factory=dict, repr=False)
    """By list, the order that the form itself declares (a codebook); evaluation.yaml may say otherwise."""
    repeats: Mapping[str, Survey] = field(default_factory=dict, repr=False)
    """By the path of a repeated group, its rows; `parent` is the id of the record above."""
    proposed: Form | None = field(default=None, repr=False)
    """The form, where the tool only proposes it and nobody declared what the questions are."""

    def __repr__(self) -> str:
        """Say how much there is, and nothing of what people said."""
        records, questions = self.values.shape
        return f"Survey({self.id!r}, wave={self.wave}, records={records}, questions={questions})"

    def answers(self) -> pd.DataFrame:
        """Give the long table, for exchange: all `answer_parts` one under the other, repeats left out."""
        parts = list(answer_parts(self))
        return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(LONG_COLUMNS))


def read_survey(evaluation: Evaluation, source: SurveySource, problems: Problems) -> Survey:
    """Read one wave of a survey: its form, its answers, and why each blank is blank (see `statuses`).

    Errors: those of `read_forms` and of the tools; SRC-069 no form, SRC-076 an answer scale that is not
    its list. Remarks: SRC-070 an answer where none was to be given, SRC-075 a question without a column.
    """
    before = len(problems.errors)
    form = _form(evaluation, source, problems)
    if form is not None:
        check_scales(evaluation, form, problems)
        propose_scales(form, problems, evaluation.settings.answer_scales, source.form)
    files = [(path, evaluation.name(path)) for path in evaluation.files(source.file)]
    if not files or len(problems.errors) > before:
        return _empty(source, form)
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
        return _empty(source, form)
    told = len(problems.items)
    survey = read_exports(exports, form, source, scales, problems)
    if any(item.code == "SRC-291" for item in problems.items[told:]):  # what a tool proposes is no form
        problems.add("SRC-290", Place(exports[0].name))
    return survey


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
        return _empty(source, form)
    _tell_who(responses, problems)
    known = _declared(responses.form, source, scales)
    survey = _settled(source, _in_survey(known, responses.answers, source.person), responses, "", problems)
    repeats = {
        repeat: _settled(source, _in_repeat(known, answers, repeat), responses, repeat, problems)
        for repeat, answers in responses.repeats.items()
    }
    proposed = None if responses.form.declared else responses.form
    return replace(survey, repeats=repeats, proposed=proposed)


def _tell_who(responses: Responses, problems: Problems) -> None:
    """Say which declared texts ask who somebody is (SRC-313): they are read, since somebody declared them."""
    form, columns = responses.form, responses.answers.columns
    texts = form.questions[(form.questions["type"] == "text") & form.questions["name"].isin(list(columns))]
    words = ("name", "label_fr", "label_en")
    for name, *labels in texts[["name", *words]].itertuples(index=False) if form.declared else ():
        if any(map(asks_who, labels)) and len(responses.answers.records):
            problems.warn("SRC-313", Place(str(responses.answers.records["file"].iloc[0]), field=name))


def _form(evaluation: Evaluation, source: SurveySource, problems: Problems) -> Form | None:
    """Read the form, or the forms of several versions; those that are missing were said at opening."""
    files = [(path, evaluation.name(path)) for path in evaluation.files(source.form)] if source.form else []
    return read_forms(files, problems) if files else None


def _declared(form: Form, source: SurveySource, scales: Collection[str]) -> Form:
    questions = form.questions.copy()
    declared = questions["list"].isin([*scales, *form.scales])
    questions["scale"] = questions["list"].where(declared, "")
    # Whoever answers is not an answer: her code goes to the records.
    questions.loc[questions["name"] == source.person, "role"] = "meta"
    return replace(form, questions=questions)


def _in_survey(form: Form, answers: Answers, person: str) -> Form:
    """Keep the questions of the main sheet that ask somebody something, and what was computed from them."""
    questions = form.questions
    present = questions["name"].isin(list(answers.columns))
    asked = (questions["role"] == "question") & (questions["repeat"] == "") & (questions["name"] != person)
    return replace(form, questions=questions[present | asked])


def _in_repeat(form: Form, answers: Answers, repeat: str) -> Form:
    """Keep the questions of one repeat, by the same rule."""
    questions = form.questions
    present = questions["name"].isin(list(answers.columns))
    return replace(
        form,
        questions=questions[present | ((questions["role"] == "question") & (questions["repeat"] == repeat))],
    )


def _settled(
    source: SurveySource, form: Form, responses: Responses, repeat: str, problems: Problems
) -> Survey:
    """Settle the statuses of the main rows ("") or of a repeat, and say what disagrees with the form."""
    answers = responses.repeats[repeat] if repeat else responses.answers
    statuses, against = settle(form, answers, _above(responses, repeat))
    _report(form, answers, against, problems)
    told = {"tool": responses.tool, "languages": responses.form.languages, "left_out": responses.left_out}
    return _survey(source, form, answers, statuses, scales=form.scales, **told)


def _above(responses: Responses, repeat: str) -> dict[str, Operand]:
    """Give, for each row of a repeat, the answers of the rows on which it hangs, whatever the depth."""
    if not repeat:
        return {}
    of = parent_of(repeat, responses.repeats)
    above = responses.repeats[of] if of else responses.answers
    at = pd.Index(above.records["id"]).get_indexer(pd.Index(responses.repeats[repeat].records["parent"]))
    found = at >= 0
    columns = _above(responses, of) | operands(responses.form, above)
    if not len(above.records):
        return {}
    return {name: Operand(one.text[at], one.known[at] & found, one.dated) for name, one in columns.items()}


def _report(form: Form, answers: Answers, against: Mapping[str, Bools], problems: Problems) -> None:
    records = answers.records
    for name in form.questions["name"]:
        if len(records) and name not in answers.columns:
            problems.warn("SRC-075", Place(str(records["file"].iloc[0]), field=name))
        if name in against and against[name].any():
            told = records.loc[against[name], ["file", "sheet", "row"]]
            for file, sheet, line in told.itertuples(index=False):
                problems.warn("SRC-070", Place(file, sheet, int(line), field=name))


def _empty(source: SurveySource, form: Form | None) -> Survey:
    return _survey(source, form or empty_form(), no_answers(), pd.DataFrame())


def _survey(
    source: SurveySource, form: Form, answers: Answers, statuses: pd.DataFrame, **told: Any
) -> Survey:
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
        **told,
    )
