"""Answer scales: their order is declared in `evaluation.yaml`, held against the form, and never inferred."""

from __future__ import annotations

import pandas as pd

from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.settings import AnswerScale
from avis.sources.surveys.form import Form
from avis.spelling import suggest


def check_scales(evaluation: Evaluation, form: Form, problems: Problems) -> None:
    """Hold the scales against the lists of a form. Errors: SRC-076 no such code, SRC-079 one is missing."""
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
