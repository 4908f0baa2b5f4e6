"""Calls for contributions: questions that are missing, answers that are too long or that nobody may read."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING

from avis.errors import AvisError, Place, Problems
from avis.evaluation import Evaluation
from avis.exhibits import Exhibits
from avis.i18n import Language, number
from avis.spelling import suggest

if TYPE_CHECKING:
    import pandas as pd


def tell_calls(opened: Evaluation, problems: Problems) -> None:
    """Tell what is wrong with the calls themselves.

    Errors: EVA-090 a call without questions, EVA-091 `answers` that names no question of the request.
    Warnings: EVA-092 a call that no document answers, EVA-093 a contribution to no call, EVA-094 nobody told
    who asked that it be confidential.
    """
    settings = opened.settings
    known = [one.id for one in settings.request.questions] if settings.request else []
    listed = ", ".join(known) or "–"
    for at, call in enumerate(settings.calls):
        if not call.questions:
            problems.add("EVA-090", opened.place("calls", at), id=call.id)
        for index, question in enumerate(call.questions):
            for asked in (one for one in question.answers if one not in known):
                place = opened.place("calls", at, "questions", index, "answers")
                problems.add("EVA-091", place, id=asked, known=listed, **suggest(asked, known))
        if call.confidentiality != "public" and not any(call.asked_by.values()):
            problems.warn("EVA-094", opened.place("calls", at), id=call.id)
    if settings.calls and "contribution" not in settings.documents:
        problems.warn("EVA-092", opened.place("documents"))
    if "contribution" in settings.documents and not settings.calls:
        problems.warn("EVA-093", opened.place("documents"))


def tell_recipients(opened: Evaluation, consents: pd.DataFrame, problems: Problems) -> None:
    """Tell rows of the ledger for a recipient that no call names.

    Errors: CON-033 a withdrawal, since nobody can tell from whom. Warnings: CON-032 a grant.
    """
    known = sorted({name for call in opened.settings.calls for name in (call.id, call.recipient) if name})
    lost = consents[(consents["recipient"] != "") & ~consents["recipient"].isin(known)]
    for row in lost.to_dict("records"):
        place = Place(str(row["file"]), line=int(row["row"]), field="recipient")
        stopped = bool(row["withdrawn_on"] or row["suspended_on"])
        tell = problems.add if stopped else problems.warn
        tell("CON-033" if stopped else "CON-032", place, known=", ".join(known) or "–")


def check_answers(
    opened: Evaluation, language: Language, exhibits: Exhibits, built: bool, alone: Container[str]
) -> Problems:
    """Read the texts for each call as its answer would, and compose it where a build has made its exhibits.

    Without a build only the codes of `alone` are told: what a consent allows is in the exhibits.
    Errors: those of the texts, TXT-050 words that the recipient may not have; those of
    `compose_contribution`; DOC-040 longer than the call takes.
    """
    from avis.report.compose import compose
    from avis.report.compose.addressed import addressed
    from avis.report.compose.contribution import PLACE, words_of_body
    from avis.writing.text import read_passages

    told = Problems()
    for call in exhibits.setting.calls:
        found, held = Problems(), addressed(exhibits, call)
        places = (f"{PLACE}:{call.id}",)
        passages = read_passages(opened.folders.texts, language, held, found, call.audience, places)
        told.extend(item for item in found if built or item.code in alone)
        if found.errors or not built or "contribution" not in opened.settings.documents:
            continue
        try:
            made = compose("contribution", held, passages, language, call.audience, variant=call.id)
        except AvisError as error:
            told.extend(error.problems)
            continue
        words = words_of_body(made)
        if 0 < call.words < words:
            told.add(
                "DOC-040",
                Place(made.stem),
                id=call.id,
                language=language,
                words=number(words, language),
                most=number(call.words, language),
            )
    return told
