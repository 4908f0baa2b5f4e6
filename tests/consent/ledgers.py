"""Ledgers as they are read, and what they allow, for the tests of consent."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from avis.consent.judging import judge, judge_scopes, words_hash
from avis.consent.ledger import COLUMNS, no_consents
from avis.consent.minors import NO_MINORS, Minors

TEXT = "The desk closes before I finish work."
DAY = dt.date(2024, 6, 15)
HEADER = (
    "contribution;sha256;personne;code_retour;portee;accorde_le;formulation;langue;temoin;expire_le;retire_le"
)
OTHER = words_hash("other words")
SOME = Minors("some", adults=frozenset({"A1"}), declared=frozenset({"B2"}))
ALL = Minors("all")
Row = dict[str, str]


def ledger(*rows: dict[str, str]) -> pd.DataFrame:
    """A ledger as it is read; a row is a grant of `public` unless it says otherwise."""
    usual = dict.fromkeys(COLUMNS, "") | {"contribution": "a1", "sha256": words_hash(TEXT), "scope": "public"}
    frame = pd.DataFrame([usual | {"granted_on": "2024-01-10"} | row for row in rows], dtype="str")
    return frame.assign(file="c.csv", row=range(2, len(frame) + 2))


def verdict(
    consents: pd.DataFrame, on: dt.date = DAY, text: str = TEXT, minors: Minors = NO_MINORS
) -> tuple[bool, bool, bool, str]:
    contributions = pd.DataFrame({"contribution": ["a1"], "text": [text]})
    row = judge(contributions, consents, on, minors=minors).iloc[0]
    return bool(row["public"]), bool(row["funder"]), bool(row["members"]), str(row["reason"])


NO = (False, False, False)


def states(consents: pd.DataFrame, minors: Minors = NO_MINORS) -> dict[str, str]:
    contributions = pd.DataFrame({"contribution": ["a1"], "text": [TEXT]})
    row = judge_scopes(contributions, consents, DAY, minors=minors).iloc[0]
    return {str(scope): str(state) for scope, state in row.items() if state}


def grant(scope: str = "public", **cells: str) -> Row:
    """Granted on 2024-01-10 unless said otherwise, and judged on 2024-06-15."""
    return {"scope": scope} | cells


def stop(scope: str, on: str, **cells: str) -> Row:
    return {"scope": scope, "granted_on": "", "sha256": "", "withdrawn_on": on} | cells


def suspend(on: str, until: str = "", **cells: str) -> Row:
    row = {"scope": "internal", "granted_on": "", "sha256": "", "suspended_on": on, "resumed_on": until}
    return row | cells


def said(rows: list[Row]) -> pd.DataFrame:
    return ledger(*rows) if rows else no_consents()
