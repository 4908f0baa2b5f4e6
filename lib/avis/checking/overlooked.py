"""Rows of the activity log that would be counted nowhere, or twice, without a word: told by `avis check`."""

from __future__ import annotations

import pandas as pd

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.findings.rows import inside, place_in_time
from avis.sources.declared import places, shown
from avis.sources.labels import meant, nearest
from avis.spelling import fold, folded

_WHERE_IT_STANDS = ["file", "sheet", "row"]


def tell_overlooked(opened: Evaluation, rows: pd.DataFrame, problems: Problems) -> None:
    """Tell which rows count nowhere or twice; the lines, never what stands in them.

    Warnings: SRC-046 a type that no indicator counts, SRC-047 outside the period, SRC-048 the same row again,
    SRC-233 a survey of which no question is shown.
    """
    _tell_types(opened, rows, problems)
    _tell_unshown(opened, problems)
    period, dated = opened.settings.period, place_in_time(rows)
    for place in places(rows, ~inside(dated, period.start, period.end)):
        problems.warn("SRC-047", place, start=period.start, end=period.end)
    for place in places(rows, rows.duplicated([name for name in rows if name not in _WHERE_IT_STANDS])):
        problems.warn("SRC-048", place)


def _tell_unshown(opened: Evaluation, problems: Problems) -> None:
    for number, source in enumerate(opened.settings.sources.surveys):
        if not source.show:
            problems.warn("SRC-233", opened.place("sources", "surveys", number), survey=source.id)


def _tell_types(opened: Evaluation, rows: pd.DataFrame, problems: Problems) -> None:
    indicators = [one for one in opened.settings.indicators if one.count != "figure"]
    labels = opened.settings.labels
    counted = {meant(labels, "type", one.where["type"]) for one in indicators if "type" in one.where}
    if not counted:
        return
    types = folded(rows["type"])
    strange = ~types.isin([fold(word) for word in counted]) & (types != "")
    if "type" in labels:  # a word that the table of words does not know was told: SRC-228
        strange &= types.isin(list(labels["type"]))
    for written in types[strange].unique():
        near = nearest(written, counted)
        for place in places(rows, types == written, shown("activities", "type")):
            problems.warn("SRC-046", place, **near)
