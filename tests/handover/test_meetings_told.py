"""When a group met goes to the documents by month and kind; of interviews and places nothing."""

from __future__ import annotations

import pandas as pd

from avis.handover.meetings import course
from avis.writing.items import Session

MEETINGS = pd.DataFrame(
    [
        ("at02", "2024-05-04", "workshop", "médiathèque"),
        ("at01", "2023-03-18", "workshop", "médiathèque"),
        ("at03", "2023-03-25", "workshop", "salle des fêtes"),
        ("en01", "2024-01-10", "interview", "chez elle"),
        ("at04", "", "workshop", ""),
        ("at05", "2024", "meeting", ""),
    ],
    columns=["id", "date", "kind", "place"],
)


def session(date: str) -> Session:
    return Session(id=f"{date}-x", date=date, languages=("fr",), scale="accord", scale_version=1, present=12)


def test_meetings_are_told_by_month_once_and_in_order() -> None:
    told = course(MEETINGS, [session("2024-12-14"), session("2024-11-16"), session("2024-11-30")])
    workshops = [("2023-03", "workshop"), ("2024-05", "workshop")]
    assert told == (*workshops, ("2024-11", "session"), ("2024-12", "session"))


def test_neither_day_nor_place_nor_interview_is_told() -> None:
    told = str(course(MEETINGS))
    assert "interview" not in told and "2024-01" not in told and "médiathèque" not in told
    assert "18" not in told and course(None) == ()
