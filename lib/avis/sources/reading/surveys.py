"""A survey or a form → what was understood of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pandas as pd

from avis.errors import Problems
from avis.settings import SurveySource
from avis.sources.reading.model import FileFacts, Frames, Reading
from avis.sources.reading.shape import shaped
from avis.sources.surveys.exports import Export
from avis.sources.surveys.form import Form
from avis.sources.surveys.wave import Survey, answer_parts, read_exports

_SCALES = "answer_scales.yaml"

_FORMULA = r"^([=+@\t\r-])"
"""How a cell begins that a spreadsheet takes for a formula."""


def read_survey_exports(
    exports: Sequence[Export],
    facts: Sequence[FileFacts],
    form: Form | None,
    person: str,
    problems: Problems,
) -> Reading:
    """Read the answers to one survey; see `read_exports` for the errors."""
    source = SurveySource(id="lecture", file=exports[0].name, person=person)
    survey = read_exports(exports, form, source, (), problems)
    waves = [survey, *survey.repeats.values()]
    return Reading(
        kind="survey",
        tool=survey.tool,
        files=tuple(facts),
        languages=survey.languages,
        versions=tuple(sorted(set(survey.records["version"]) - {""})),
        counts=_counts(survey, waves),
        left_out=survey.left_out,
        tables=_tables(survey, waves),
        proposed=_proposed(survey),
        shown=(_SCALES,) if form is not None and survey.proposed is None else (),
    )


def _counts(survey: Survey, waves: Sequence[Survey]) -> dict[str, int]:
    return {
        **_form_counts(survey.questions, survey.choices),
        "records": len(survey.records),
        "complete": int(survey.records["complete"].astype("bool").sum()),
        "repeats": len(survey.repeats),
        "repeated": sum(len(repeat.records) for repeat in survey.repeats.values()),
        **_statuses(waves),
    }


def _tables(survey: Survey, waves: Sequence[Survey]) -> dict[str, Frames]:
    return {
        "questions": lambda: (shaped(wave.questions, "questions") for wave in waves),
        "choices": lambda: [shaped(survey.choices, "choices")],
        "records": lambda: (shaped(wave.records, "records") for wave in waves),
        "answers": lambda: _answers(waves),
    }


def read_form_file(form: Form, facts: FileFacts) -> Reading:
    """Tell what a form holds, without answers."""
    return Reading(
        kind="form",
        tool="",
        files=(facts,),
        languages=form.languages,
        versions=(form.version,) if form.version else (),
        counts=_form_counts(form.questions, form.choices),
        tables={
            "questions": lambda: [shaped(form.questions, "questions")],
            "choices": lambda: [shaped(form.choices, "choices")],
        },
    )


def _form_counts(questions: pd.DataFrame, choices: pd.DataFrame) -> dict[str, int]:
    asked = questions[questions["role"] == "question"]
    return {
        "questions": len(asked),
        "several": int((asked["type"] == "select_multiple").sum()),
        "specify": int((questions["role"] == "specify").sum()),
        "lists": int(choices["list"].nunique()),
    }


def _statuses(waves: Iterable[Survey]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for wave in waves:
        for question in wave.statuses.columns:
            counted = wave.statuses[question].value_counts()
            found.update({str(status): int(n) for status, n in counted.items()})
    return {f"status_{status}": int(n) for status, n in found.items() if n}


def _answers(waves: Iterable[Survey]) -> Iterator[pd.DataFrame]:
    for wave in waves:
        for part in answer_parts(wave):
            yield shaped(part, "answers")


def _proposed(survey: Survey) -> Mapping[str, str]:
    from avis.sources.surveys.proposals import propose_scales, scales_as_yaml
    from avis.sources.surveys.proposedbook import propose_codebook

    known = Form(survey.questions, survey.choices, survey.languages)
    scales = propose_scales(known, Problems())
    found = {_SCALES: scales_as_yaml(scales)} if scales else {}
    if survey.proposed is not None:
        frame = propose_codebook(survey.proposed)
        # It is opened in a spreadsheet, where a cell that begins so would be a formula of somebody else's.
        inert = frame.astype("str").replace(_FORMULA, r"'\1", regex=True)
        found["codebook.csv"] = inert.to_csv(index=False, sep=";", lineterminator="\n")
    return found
