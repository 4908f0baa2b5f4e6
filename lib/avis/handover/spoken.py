"""What people said and decided → exhibits: quotes with consent, statements with agreement and dissent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import pandas as pd

from avis.exhibits import (
    HOUSE,
    Adoption,
    Evidence,
    Quote,
    Recommendation,
    Statement,
    Table,
    Wording,
)
from avis.findings.reactions import reactions_id
from avis.handover.approving import approved_for, recipients_for
from avis.handover.circumstances import circumstances, is_replaced, with_brackets
from avis.handover.courses import Histories, changes_of, origin_of, reworded, stand_alone
from avis.i18n import both
from avis.settings import Scale
from avis.writing.deliberation import Deliberation, Item, outcome
from avis.writing.history import Step

AUDIENCES = HOUSE


def make_quotes(
    segments: pd.DataFrame,
    meetings: pd.DataFrame,
    codings: pd.DataFrame,
    judged: pd.DataFrame,
    printable: Mapping[str, str],
    deliberation: Deliberation,
) -> tuple[Quote, ...]:
    """Give the words that their speaker allowed and two people reread, for the audiences that she allowed.

    `printable` holds them by contribution as they may be printed, what was replaced in square brackets: what
    is not in it was not reread by two people, or coded by nobody, and is absent whatever the ledger says.
    Where she approved her quote in the room, it goes to the audiences that both the ledger and she
    named, in the language and the exact words that she approved; taken back, it goes to nobody, whatever
    the ledger still says. Where the room never spoke of a quote, the ledger alone decides: so it is in this
    edition.
    Only allowed words are walked through one by one, some tens of them.
    """
    allowed = segments.merge(judged, left_on="id", right_on="contribution", how="inner")
    anyone = allowed[[*AUDIENCES, "recipient"]].any(axis="columns")
    allowed = allowed[anyone & allowed["id"].isin(list(printable))]
    held = meetings[["id", "kind", "date"]].rename(
        columns={"id": "meeting", "kind": "held_as", "date": "held_on"}
    )
    allowed = allowed.merge(held, on="meeting", how="left")
    themes = {
        str(segment): list(dict.fromkeys(codes)) for segment, codes in codings.groupby("segment")["theme"]
    }
    found = []
    for row in allowed.to_dict("records"):
        ledger = [audience for audience in AUDIENCES if row[audience]]
        words = printable[str(row["id"])]
        approval = deliberation.quotes.get(str(row["id"]))
        exact = (words, str(row["text"]))
        audiences = approved_for(ledger, str(row["language"]), approval, exact)
        recipients = recipients_for(row["recipients"], str(row["language"]), approval, exact)
        if not audiences and not recipients:
            continue
        altered = is_replaced(words, str(row["text"]))
        setting = circumstances(str(row["held_as"]), str(row["held_on"]))
        found.append(
            Quote(
                id=str(row["id"]),
                wordings=(Wording(language=str(row["language"]), text=words, original=True),),
                audiences=audiences,
                recipients=recipients,
                setting=with_brackets(setting) if altered else setting,
                themes=tuple(themes.get(str(row["id"]), ())),
                evidence=Evidence(
                    rule=both("handover.quote_rule"),
                    protection=both("handover.replaced") if altered else {},
                    sources=("notes",),
                ),
            )
        )
    return tuple(found)


def make_statements(
    deliberation: Deliberation,
    scales: Mapping[str, Scale],
    tables: Iterable[Table] = (),
    histories: Histories = MappingProxyType({}),
) -> tuple[Statement | Recommendation, ...]:
    """Give the adopted statements and recommendations, each with its agreement and its dissent.

    `tables` are the protected tables of reactions, where the group decided to publish counts: a hidden
    count stays hidden, and a text without a table has no counts. `histories` are the steps of each text.
    """
    counted = {table.id: table for table in tables}
    stands = stand_alone(deliberation)
    adopted = [item for item in deliberation.items.values() if item.adopted and item.wordings]
    statements = [item for item in adopted if item.kind == "statement"]
    asked = [item for item in adopted if item.kind == "recommendation"]
    shared = {
        item.id: _shared(item, scales, counted.get(reactions_id(item)), histories.get(item.id, ()), stands)
        for item in adopted
    }
    return (
        *(Statement(**shared[item.id]) for item in statements),
        *(
            Recommendation(**shared[item.id], number=n, addressee=dict(item.addressee))
            for n, item in enumerate(asked, start=1)
        ),
    )


def _shared(
    item: Item,
    scales: Mapping[str, Scale],
    reactions: Table | None,
    steps: tuple[Step, ...],
    stands: Mapping[str, str],
) -> dict[str, Any]:
    """Give what a statement and a recommendation have in common."""
    return {
        "id": item.id,
        "question": item.question,
        "wordings": item.wordings,
        "adoption": _adoption(item, scales, reactions, reworded(steps)),
        "dissents": tuple(dissent for dissent in item.dissents if dissent.wordings),
        "changes": changes_of(item, steps, stands),
        "evidence": _evidence(reactions),
    }


def _adoption(item: Item, scales: Mapping[str, Scale], reactions: Table | None, times: int) -> Adoption:
    """How it was agreed, in words; the month is enough, the day would help to tell who was there."""
    return Adoption(
        outcome=outcome(item, scales[item.scale]),
        month=item.adopted_on[:7],
        amendments=item.amendments_accepted,
        objections_resolved=item.objections_resolved,
        counts=_counts(reactions) if reactions else (),
        scale=item.scale,
        origin=origin_of(item),
        reworded=times,
        merged=len(item.merged),
    )


def _counts(reactions: Table) -> tuple[tuple[str, int | float | None], ...]:
    """Give each level with its count, and those who gave no answer; none where it is hidden."""
    return tuple((cell.where[0][1], cell.n) for cell in reactions.cells if cell.where)


def _evidence(reactions: Table | None) -> Evidence:
    return Evidence(
        rule=both("handover.statement_rule"),
        protection=reactions.evidence.protection if reactions else {},
        sources=("session",),
    )
