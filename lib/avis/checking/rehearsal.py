"""All is counted once for `avis check`, to hear what counting has to say; the counts are thrown away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from avis.disclosure.rules import MINORS_THRESHOLD
from avis.errors import AvisError, Place, Problem, Problems, problem
from avis.evaluation import Evaluation
from avis.findings.answers import count_answers
from avis.findings.change import before_after
from avis.findings.counts import count_indicators
from avis.findings.model import Finding
from avis.findings.themes import count_themes
from avis.settings import Indicator, ShownQuestion
from avis.sources.labels import meant
from avis.sources.notes.model import Notes
from avis.sources.surveys.wave import Survey
from avis.spelling import fold, folded, suggest

LISTED = ("type", "place", "role")
"""Columns of the log that hold words of a list, which a message may propose; a title may hold a name."""


@dataclass(frozen=True)
class Tables:
    """What the readers gave."""

    activities: pd.DataFrame
    persons: pd.DataFrame
    published: pd.DataFrame
    codebook: pd.DataFrame
    notes: Notes
    waves: tuple[Survey, ...]


def rehearse_activities(opened: Evaluation, tables: Tables, problems: Problems) -> list[Finding]:
    """Count the indicators. Problems: those of `count_indicators`; EVA-035 a value that no row has."""
    settings = opened.settings
    places = {one.id: opened.place("indicators", index) for index, one in enumerate(settings.indicators)}
    places["period"] = opened.place("period")
    told = Problems()
    counted = _hear(
        told,
        lambda: count_indicators(
            *(tables.activities, tables.persons, tables.published, settings.indicators),
            *(settings.period.start, settings.period.end, settings.minors, told),
            threshold=max(settings.disclosure.threshold, MINORS_THRESHOLD),
            labels=settings.labels,
        ),
    )
    figures = [str(id) for id in tables.published["id"]]
    for item in told:
        near = suggest(str(dict(item.facts)["figure"]), figures) if item.code == "FIN-007" else {}
        problems.extend([_placed(item, places.get(item.place.field), near)])
    for index, indicator in enumerate(settings.indicators):
        if indicator.count != "figure" and len(tables.activities):
            _check_filter(opened, index, indicator, tables.activities, problems)
    return counted


def _check_filter(
    opened: Evaluation, index: int, indicator: Indicator, rows: pd.DataFrame, problems: Problems
) -> None:
    """A filter that no row passes counts nothing, and the document says « non documenté »."""
    for column, value in indicator.where.items():
        id = meant(opened.settings.labels, column, value)
        if column in rows and not (folded(rows[column]) == fold(id)).any():
            near = suggest(value, set(rows[column]) - {""}) if column in LISTED else {}
            place = opened.place("indicators", index, "where", column)
            problems.warn("EVA-035", place, column=column, value=value, **near)


def rehearse_survey(opened: Evaluation, tables: Tables, problems: Problems) -> list[Finding]:
    """Count every question that is shown, and the changes. Problems: those of the counting, with hints."""
    counted = list[Finding]()
    waves = sorted(range(len(tables.waves)), key=lambda index: tables.waves[index].wave)
    for index in waves:
        for at, shown in enumerate(opened.settings.sources.surveys[index].show):
            compared = [tables.waves[waves[0]]] if shown.change and index == waves[-1] != waves[0] else []
            asked = [*compared, tables.waves[index]]
            here = ("sources", "surveys", index, "show", at)
            if _can_be_shown(opened, here, shown, asked, tables.persons, problems):
                counted += _count(opened, here, shown, asked, tables.persons, problems)
    return counted


def _can_be_shown(
    opened: Evaluation,
    here: tuple[str | int, ...],
    shown: ShownQuestion,
    asked: list[Survey],
    persons: pd.DataFrame,
    problems: Problems,
) -> bool:
    before = len(problems.errors)
    for wave in asked:
        known = [str(name) for name in wave.statuses.columns]
        if known and shown.question not in known:
            near = suggest(shown.question, known)
            problems.add("FIN-003", opened.place(*here, "question"), question=shown.question, **near)
    if shown.by and shown.by not in persons.columns:
        near = suggest(shown.by, map(str, persons.columns))
        problems.add("FIN-010", opened.place(*here, "by"), by=shown.by, **near)
    return len(problems.errors) == before and all(len(wave.statuses.columns) for wave in asked)


def _count(
    opened: Evaluation,
    here: tuple[str | int, ...],
    shown: ShownQuestion,
    asked: list[Survey],
    persons: pd.DataFrame,
    problems: Problems,
) -> list[Finding]:
    told = Problems()
    if len(asked) == 2:
        counted = _hear(told, lambda: before_after(asked[0], asked[1], shown, opened.settings, told, persons))
    else:
        counted = _hear(told, lambda: count_answers(asked[0], shown, persons, opened.settings, told))
    place = opened.place(*here)
    problems.extend(_placed(item, place) for item in told)
    return counted


def rehearse_notes(tables: Tables, problems: Problems) -> list[Finding]:
    """Count the themes of the meetings, and give the counts."""
    notes = tables.notes
    return _hear(
        problems,
        lambda: count_themes(notes.meetings, notes.segments, notes.codings, tables.codebook),
    )


def _hear(problems: Problems, count: Callable[[], list[Finding]]) -> list[Finding]:
    try:
        return count()
    except AvisError as error:
        problems.extend(error.problems)
        return []


def _placed(item: Problem, place: Place | None, near: Mapping[str, str] | None = None) -> Problem:
    """Say on which line of evaluation.yaml it was asked for, where counting only knew its name."""
    facts = dict(item.facts) | dict(near or {})
    where = item.place
    if place is not None and where.file == place.file and not where.line:
        where = replace(where, line=place.line, column=place.column)
    return replace(problem(item.code, where, **facts), severity=item.severity)
