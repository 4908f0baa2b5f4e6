"""Criteria that are asked for and that nothing answers, tags of nothing, codes that have ended."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.findings.coverage import cover, list_answers, unanswered
from avis.i18n import say
from avis.sources.notes.model import Notes
from avis.spelling import suggest
from avis.writing.items import Item


def tell_coverage(
    opened: Evaluation, items: Mapping[str, Item], codebook: pd.DataFrame, notes: Notes, problems: Problems
) -> None:
    """Tell criteria without evidence and tags of nothing. Warnings: FIN-040, FIN-041, FIN-042."""
    settings = opened.settings
    answers = list_answers(settings, items.values(), notes.codings["theme"])
    covered = cover(settings.request.questions if settings.request else (), settings.tags, answers)
    for criterion, questions in zip(
        *(unanswered(covered)[key] for key in ("criterion", "questions")), strict=True
    ):
        facts = {"criterion": say(f"findings.criteria.{criterion}"), "id": criterion}
        problems.warn("FIN-040", opened.place("request", "questions"), questions=questions, **facts)
    known = {*items, *(one.id for one in settings.indicators), *codebook["code"]}
    for id in settings.tags:
        if id not in known:
            problems.warn("FIN-041", opened.place("tags", id), **suggest(id, known))
    _tell_ended(opened, codebook, notes, problems)


def _tell_ended(opened: Evaluation, codebook: pd.DataFrame, notes: Notes, problems: Problems) -> None:
    """A merged code is read as the one it went into; of a split one nobody but people can say which."""
    ended = codebook[codebook["status"].isin(["split", "retired"])]
    put = notes.codings.drop_duplicates(["segment", "theme"])["theme"].value_counts()
    for code in ended["code"]:
        if code in put.index:
            problems.warn("FIN-042", Place(opened.settings.sources.codebook), theme=code, n=int(put[code]))
