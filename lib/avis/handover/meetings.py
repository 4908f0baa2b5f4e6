"""When a group met, as far as it may be told: the month and the kind of meeting, never the day nor where."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from avis.writing.items import Session

TOLD = ("workshop", "session", "meeting")
"""Kinds of meetings of several people. Of an interview not even the month is told: one person was there."""


def course(meetings: pd.DataFrame | None, sessions: Iterable[Session] = ()) -> tuple[tuple[str, str], ...]:
    """Give the months in which people met, by kind, in order; a day without a month is left out.

    `meetings` has the columns `date` and `kind`; `sessions` are those at which the group wrote.
    """
    found = {(session.date[:7], "session") for session in sessions}
    if meetings is not None:
        dated = zip(meetings["date"], meetings["kind"], strict=True)
        found |= {(str(date)[:7], str(kind)) for date, kind in dated}
    rank = {kind: at for at, kind in enumerate(TOLD)}
    told = [(month, kind) for month, kind in found if kind in rank and len(month) == 7]
    return tuple(sorted(told, key=lambda one: (rank[one[1]], one[0])))
