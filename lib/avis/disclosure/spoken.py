"""What people said and decided → exhibits: quotes with consent, statements with agreement and dissent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

import pandas as pd

from avis.exhibits import (
    Adoption,
    Audience,
    Evidence,
    Quote,
    Recommendation,
    Statement,
    Wording,
    Words,
)
from avis.i18n import both
from avis.settings import Scale
from avis.writing.deliberation import Deliberation, Item, outcome

AUDIENCES: tuple[Audience, ...] = get_args(Audience)


def make_quotes(
    segments: pd.DataFrame,
    meetings: pd.DataFrame,
    codings: pd.DataFrame,
    judged: pd.DataFrame,
    deliberation: Deliberation,
) -> tuple[Quote, ...]:
    """Give the exact words that their speaker allowed, each for the audiences that she allowed.

    Words whose approval was taken back in the room stay out, whatever the ledger still says.
    """
    allowed = segments.merge(judged, left_on="id", right_on="contribution", how="inner")
    allowed = allowed[allowed[list(AUDIENCES)].any(axis="columns")]
    held = meetings[["id", "kind", "date"]].rename(
        columns={"id": "meeting", "kind": "held_as", "date": "held_on"}
    )
    allowed = allowed.merge(held, on="meeting", how="left")
    themes = {str(segment): list(codes) for segment, codes in codings.groupby("segment")["theme"]}
    found = []
    for row in allowed.to_dict("records"):
        approval = deliberation.quotes.get(str(row["id"]))
        if approval is not None and approval.revoked:
            continue
        found.append(
            Quote(
                id=str(row["id"]),
                wordings=(Wording(language=str(row["language"]), text=str(row["text"]), original=True),),
                audiences=tuple(audience for audience in AUDIENCES if row[audience]),
                setting=_generalised(str(row["held_as"]), str(row["held_on"])),
                themes=tuple(themes.get(str(row["id"]), ())),
                evidence=Evidence(rule=both("disclosure.handover.quote_rule"), sources=("notes",)),
            )
        )
    return tuple(found)


def _generalised(kind: str, date: str) -> Words:
    """Say how words were said: the kind of meeting and the year, never role, place and day together."""
    if not date:
        return both(f"disclosure.handover.undated.{kind}")
    return both(f"disclosure.handover.setting.{kind}", year=date[:4])


def make_statements(
    deliberation: Deliberation, scales: Mapping[str, Scale]
) -> tuple[Statement | Recommendation, ...]:
    """Give the adopted statements and recommendations, each with its agreement and its dissent."""
    adopted = [item for item in deliberation.items.values() if item.adopted and item.wordings]
    statements = [_statement(item, scales) for item in adopted if item.kind == "statement"]
    asked = [item for item in adopted if item.kind == "recommendation"]
    return (*statements, *(_recommendation(item, n, scales) for n, item in enumerate(asked, start=1)))


def _statement(item: Item, scales: Mapping[str, Scale]) -> Statement:
    return Statement(
        id=item.id,
        question=item.question,
        wordings=item.wordings,
        adoption=_adoption(item, scales),
        dissents=tuple(dissent for dissent in item.dissents if dissent.wordings),
        evidence=_evidence(item),
    )


def _recommendation(item: Item, number: int, scales: Mapping[str, Scale]) -> Recommendation:
    return Recommendation(
        id=item.id,
        question=item.question,
        number=number,
        wordings=item.wordings,
        addressee=dict(item.addressee),
        adoption=_adoption(item, scales),
        dissents=tuple(dissent for dissent in item.dissents if dissent.wordings),
        evidence=_evidence(item),
    )


def _adoption(item: Item, scales: Mapping[str, Scale]) -> Adoption:
    """How it was agreed, in words; the month is enough, the day would help to tell who was there."""
    return Adoption(
        outcome=outcome(item, scales[item.scale]),
        month=item.adopted_on[:7],
        amendments=item.amendments_accepted,
        objections_resolved=item.objections_resolved,
        scale=item.scale,
    )


def _evidence(item: Item) -> Evidence:
    return Evidence(rule=both("disclosure.handover.statement_rule"), sources=("session",))
