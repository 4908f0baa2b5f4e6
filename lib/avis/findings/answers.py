"""Answers to a survey become counts: each choice, who did not answer, who was not asked.

Percentages have one base: those who answered. Free text is never counted by its words; "other" is a
choice, what was written beside it is not.
"""

from __future__ import annotations

import msgspec
import pandas as pd

from avis.errors import Place, Problems, fail
from avis.exhibits import Cell, Dimension, Evidence, Value, Where, Words
from avis.findings.distribution import (
    ANSWERED,
    STATUSES,
    Answered,
    Layout,
    across,
    lay_out,
    sort_answers,
    status_values,
)
from avis.findings.labels import check_groups
from avis.findings.model import Finding, Form, Relation
from avis.findings.people import holds_minors
from avis.findings.rows import UNKNOWN, first_spellings, listed_value
from avis.findings.scales import in_order
from avis.findings.words import both, same, titled
from avis.settings import AnswerScale, Settings, ShownQuestion
from avis.sources.surveys.wave import Survey
from avis.spelling import folded

COUNTED = ("select_one", "select_multiple")
"""Types of question that are counted in this edition; numbers and free text are not."""


def count_answers(
    survey: Survey,
    shown: ShownQuestion,
    persons: pd.DataFrame,
    settings: Settings,
    problems: Problems | None = None,
) -> list[Finding]:
    """Count one question: the whole survey, and by a column of the persons table where `by` asks for it.

    Remark: FIN-005 a type that is not counted. Errors: FIN-003 no such question, FIN-006 a choice has
    the code of a status, FIN-010 no such column of persons, FIN-013 a level that is no choice,
    FIN-017 to FIN-019 a column whose values would name somebody.
    """
    kind = type_of(survey, shown.question)
    if kind not in COUNTED:
        if problems is not None:
            problems.warn("FIN-005", Place("evaluation.yaml", field=shown.question))
        return []
    values = choice_values(survey, shown.question, settings)
    given = sort_answers(
        survey, shown.question, tuple(v.id for v in values), multiple=kind == "select_multiple"
    )
    codes = frozenset(survey.records["person"].fillna("").astype(str)) - {""}
    adults_only = survey.records["person"].fillna("").ne("").all() if settings.minors == "some" else True
    minors = not adults_only or holds_minors(codes, persons, settings.minors)
    whole = _whole(survey, shown, values, given, minors, settings)
    _refuse_labels(persons, shown.by)
    if not shown.by:
        return [whole]
    return [whole, _by(survey, shown, values, given, minors, persons, whole)]


def _refuse_labels(persons: pd.DataFrame, by: str) -> None:
    problems = Problems()
    check_groups(persons, by, problems)
    problems.raise_errors()


def type_of(survey: Survey, question: str) -> str:
    """Give the type of a question without its list. Errors: FIN-003."""
    found = survey.questions.loc[survey.questions["name"] == question, "type"]
    if found.empty or question not in survey.statuses.columns:
        raise fail("FIN-003", Place("evaluation.yaml", field=survey.id), question=question)
    return str(found.iloc[0]).split()[0]


def choice_values(survey: Survey, question: str, settings: Settings) -> tuple[Value, ...]:
    """Give the choices of a question in the form's order, or in its scale's. Errors: FIN-006, FIN-013."""
    name = survey.questions.loc[survey.questions["name"] == question, "list"].iloc[0]
    rows = survey.choices[survey.choices["list"] == name]
    if "missing" in rows.columns:
        rows = rows[rows["missing"].fillna("") == ""]  # "I do not know" is a status, not a choice
    codes = [str(code) for code in rows["code"]]
    taken = [code for code in codes if code in (*STATUSES, ANSWERED)]
    if taken:
        raise fail("FIN-006", Place("evaluation.yaml", field=question), code_read=taken[0])
    values = tuple(
        Value(id=code, label=_label(fr, en, code))
        for code, fr, en in zip(codes, rows["label_fr"], rows["label_en"], strict=True)
    )
    scale = _scale(survey, str(name), settings)
    return in_order(values, scale, question) if scale else values


def _label(fr: object, en: object, code: str) -> Words:
    given = {"fr": fr, "en": en}
    kept = {lang: text for lang, text in given.items() if isinstance(text, str) and text}
    return kept or same(code)


def question_title(survey: Survey, shown: ShownQuestion) -> Words:
    """Give the title that the evaluation chose, else the question as it was asked."""
    row = survey.questions[survey.questions["name"] == shown.question].iloc[0]
    return shown.title or _label(row["label_fr"], row["label_en"], shown.question)


def _whole(
    survey: Survey,
    shown: ShownQuestion,
    values: tuple[Value, ...],
    given: Answered,
    minors: bool,
    settings: Settings,
) -> Finding:
    layout = Layout()
    everyone = pd.Series(True, index=survey.statuses.index)
    lay_out(layout, given, (), everyone, (), survey.id)
    return Finding(
        id=f"{survey.id}.{shown.question}",
        subject=f"{survey.id}.{shown.question}",
        title=titled(question_title(survey, shown)),
        measure="people",
        population=survey.id,
        dimensions=(question_dimension(survey, shown, values, settings),),
        cells=(Cell(n=len(everyone)), *layout.cells),
        relations=tuple(layout.relations),
        links=tuple(layout.links),
        latent=tuple(layout.latent),
        public=tuple(layout.public),
        base=((shown.question, ANSWERED),),
        multiple=given.multiple,
        unit=both("unit.people"),
        evidence=Evidence(
            rule=both("rule.multiple" if given.multiple else "rule.single"),
            base=both("base.answered", population=survey.population or both("base.answers")),
            sources=(f"questionnaire-{survey.id}",),
        ),
        minors=minors,
        chart=_form(survey, shown, settings),
    )


def question_dimension(
    survey: Survey, shown: ShownQuestion, values: tuple[Value, ...], settings: Settings
) -> Dimension:
    """Describe the question as a dimension: its choices, then why there is no answer; which end is better."""
    scale = _scale(survey, _list_of(survey, shown.question), settings)
    return Dimension(
        id=shown.question,
        label=question_title(survey, shown),
        values=(*values, *status_values()),
        better=scale.better if scale else "",
    )


def _list_of(survey: Survey, question: str) -> str:
    return str(survey.questions.loc[survey.questions["name"] == question, "list"].iloc[0])


def _scale(survey: Survey, of: str, settings: Settings) -> AnswerScale | None:
    """Give the order of a list: as evaluation.yaml declares it, else as the form does."""
    return settings.answer_scales.get(of) or survey.scales.get(of)


def _form(survey: Survey, shown: ShownQuestion, settings: Settings) -> Form:
    return "likert" if _scale(survey, _list_of(survey, shown.question), settings) else "bars"


def _by(
    survey: Survey,
    shown: ShownQuestion,
    values: tuple[Value, ...],
    given: Answered,
    minors: bool,
    persons: pd.DataFrame,
    whole: Finding,
) -> Finding:
    """Break a question down by a column of the persons table, with all margins of the two."""
    groups, labels = groups_of(survey, persons, shown.by)
    layout = Layout(
        list(whole.cells), list(whole.latent), list(whole.relations), list(whole.links), list(whole.public)
    )
    wheres: list[Where] = []
    for id, among in groups.items():
        where = ((shown.by, id),)
        wheres.append(where)
        layout.cells.append(Cell(where=where, n=int(among.sum())))
        lay_out(layout, given, where, among, where, survey.id)
    across(layout, given, tuple(wheres))
    layout.relations.append(Relation(total=(), parts=tuple(wheres)))
    by = Dimension(
        id=shown.by,
        label=_variable(shown.by),
        values=tuple(listed_value(shown.by, id, labels.get(id, id)) for id in groups),
    )
    dimensions = (by, *whole.dimensions) if whole.chart == "likert" else (*whole.dimensions, by)
    return msgspec.structs.replace(
        whole,
        id=f"{whole.id}-{shown.by}",
        title=titled(both("by", label=whole.title, by=by.label)),
        dimensions=dimensions,
        cells=tuple(layout.cells),
        latent=tuple(layout.latent),
        relations=tuple(layout.relations),
        links=tuple(layout.links),
        public=tuple(layout.public),
        minors=minors,
    )


def _variable(name: str) -> Words:
    return both(f"variable.{name}") if name in ("age_band", "sex") else same(name)


def groups_of(
    survey: Survey, persons: pd.DataFrame, by: str
) -> tuple[dict[str, pd.Series[bool]], dict[str, str]]:
    """Part the records by a band of the person, and give each band's first spelling.

    Every band of the register is listed, and `unknown`. Errors: FIN-010.
    """
    if by not in persons.columns:
        raise fail("FIN-010", Place("evaluation.yaml", field=by), by=by)
    known = persons.drop_duplicates("code").set_index("code")[by].fillna("").astype(str).str.strip()
    labels = first_spellings(known)
    codes = survey.records["person"].fillna("").astype(str)
    held = codes.map(folded(known)).fillna("").replace("", UNKNOWN)
    ids = [*sorted(set(labels) - {"", UNKNOWN}), UNKNOWN]
    return {id: held == id for id in ids}, labels
