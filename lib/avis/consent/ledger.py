"""The ledger of consents, as people keep it: who allowed what, for which words, until when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace

import pandas as pd

from avis.descriptors import read_descriptor
from avis.errors import Place, Problem, Problems
from avis.evaluation import Evaluation
from avis.files.sheets import Sheet, read_sheets
from avis.periods import first_day, last_day
from avis.spelling import header_key, suggest
from avis.tables import check_table

SCOPES = ("internal", "report", "quote", "public")
"""Of words, from the narrowest to the widest: to withdraw one is to withdraw the wider ones."""
APART = ("audio", "name")
"""A voice and a credit: each is asked for by itself, and follows from no other scope."""
RECIPIENT = "recipient"
"""These exact words for one call, or for whoever it comes from: the column `recipient` names which. It is as
wide as a quote, follows from none, and ends with it."""
COLUMNS = [field.name for field in read_descriptor("consents").fields]
_MOVES = ["withdrawn_on", "suspended_on", "resumed_on"]
"""What a row may say without granting anything."""

_TOLD_AS = {
    "SRC-004": "SRC-132",
    "SRC-013": "SRC-130",
    "SRC-014": "SRC-131",
    "SRC-015": "SRC-135",
    "SRC-017": "SRC-133",
}
"""What is wrong with a table means here that a row allows nothing: the same, told with that."""


def read_consents(evaluation: Evaluation, problems: Problems) -> pd.DataFrame:
    """Read the ledger: the columns of `data/schema/tables/consents.json` as text, then file and row.

    Days are ISO; a month counts from its first day when granted, to its last when it expires or is
    withdrawn, suspended or resumed. What cannot be read is never a yes: such an expiry has passed, such a
    withdrawal or suspension is the last word (`doubtful` in the descriptor), on every scope where the scope
    cannot be read either, and such an age is a minor's. `minor` and `own_yes` are "yes", "no" or "";
    `authority` is a role of the list. Person and return code are here for withdrawal alone; they never reach
    an exhibit.
    A grant to a recipient that names none grants nothing (CON-030), and so does one that names a recipient
    beside another scope (CON-031): nobody can tell whether more was meant.
    Errors: those of `read_sheets` and `check_table`, of which SRC-130 missing column, SRC-131 (warning)
    unknown column, SRC-004 a word out of its list, SRC-132 unknown scope, SRC-133 unreadable date, SRC-135
    no contribution or scope; SRC-134 unreadable hash, SRC-138 no date. Warning SRC-036 hidden sheet.
    """
    parts = [no_consents()]
    for path in evaluation.files(evaluation.settings.sources.consent):
        file = evaluation.name(path)
        for sheet in read_sheets(path, file, problems):
            if sheet.hidden:
                problems.warn("SRC-036", Place(file, sheet.name))
            else:
                parts.append(_read_sheet(sheet, file, problems))
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else parts[0]


def no_consents() -> pd.DataFrame:
    """Give a ledger without a row."""
    return pd.DataFrame(columns=[*COLUMNS, "file", "row"], dtype="str").astype({"row": "int64"})


def _read_sheet(sheet: Sheet, file: str, problems: Problems) -> pd.DataFrame:
    """Read a sheet; nothing of it where a column that decides is missing."""
    told = Problems()
    table = check_table(sheet.frame, sheet.lines, read_descriptor("consents"), file, told, sheet.name)
    problems.extend(_told(item) for item in told)
    if any(item.code in ("SRC-013", "SRC-023") for item in told):
        return no_consents()
    table = table.assign(
        sha256=table["sha256"].str.lower(),
        granted_on=_days(table["granted_on"], first_day),
        expires_on=_days(table["expires_on"], last_day),
        withdrawn_on=_days(table["withdrawn_on"], last_day),
        suspended_on=_days(table["suspended_on"], last_day),
        resumed_on=_days(table["resumed_on"], last_day),
        minor=_yes_or_no(table["minor"]).mask(sheet.lines.isin(_unread(told, "minor")).to_numpy(), "yes"),
        own_yes=_yes_or_no(table["own_yes"]),
        file=file,
        row=sheet.lines,
    )
    named, moved = table["contribution"] != "", (table[_MOVES] != "").any(axis=1)
    table["scope"] = table["scope"].mask((table["scope"] == "") & moved, SCOPES[0])
    hashed = table["sha256"].str.fullmatch("[0-9a-f]{64}")
    table["sha256"] = table["sha256"].where(hashed, "")
    unnamed = (table["scope"] == RECIPIENT) & (table["recipient"] == "") & (table["granted_on"] != "")
    mixed = (table["scope"] != RECIPIENT) & (table["recipient"] != "") & (table["granted_on"] != "")
    dated = (table["granted_on"] != "") | moved
    granting = (table["withdrawn_on"] == "") & ~((table["granted_on"] == "") & moved)
    _report(named & granting & ~hashed, "SRC-134", "sha256", table, problems)
    _report(named & ~dated, "SRC-138", "granted_on", table, problems)
    _report(named & unnamed, "CON-030", "recipient", table, problems)
    _report(named & mixed, "CON-031", "recipient", table, problems)
    table["granted_on"] = table["granted_on"].mask(unnamed | mixed, "")
    dated = (table["granted_on"] != "") | moved
    return table[named & dated & (table["scope"] != "")].reset_index(drop=True)


def _told(item: Problem) -> Problem:
    """Say what a problem of the table means for a consent; a scope out of its list has words of its own."""
    if item.code == "SRC-004" and not _is(item, "scope"):
        return item
    return replace(item, code=_TOLD_AS.get(item.code, item.code))


def _is(item: Problem, name: str) -> bool:
    field = next(field for field in read_descriptor("consents").fields if field.name == name)
    return header_key(item.place.field) in map(header_key, field.words)


def _unread(told: Iterable[Problem], name: str) -> list[int]:
    """The lines on which a word of a list could not be read."""
    return [item.place.line for item in told if item.code == "SRC-004" and _is(item, name)]


def _yes_or_no(truths: pd.Series[bool]) -> pd.Series[str]:
    return truths.map({True: "yes", False: "no"}).fillna("").astype("str")


def _days(periods: pd.Series[str], end: Callable[[str], dt.date]) -> pd.Series[str]:
    days = {period: end(period).isoformat() if period else "" for period in periods.unique()}
    return periods.map(days).astype("str")


def _report(wrong: pd.Series[bool], code: str, name: str, table: pd.DataFrame, problems: Problems) -> None:
    shown = next(field.shown for field in read_descriptor("consents").fields if field.name == name)
    for file, line in table.loc[wrong, ["file", "row"]].itertuples(index=False):
        problems.add(code, Place(file, line=int(line), field=shown))


def report_unknown(consents: pd.DataFrame, known: Iterable[str], problems: Problems) -> None:
    """Report the rows about a contribution that is not there: nobody can tell what they allow or stop.

    Errors: SRC-137 a withdrawal or a suspension, since what she wanted back or hidden might still appear;
    SRC-136 (warning) a grant.
    """
    ids = list(known)
    lost = consents[~consents["contribution"].isin(ids)]
    stopped = (lost["withdrawn_on"] != "") | (lost["suspended_on"] != "")
    for id, file, row, stop in zip(lost["contribution"], lost["file"], lost["row"], stopped, strict=True):
        near = suggest(id, ids)
        place = Place(file, line=int(row), field="contribution")
        if stop:
            problems.add("SRC-137", place, **near)
        else:
            problems.warn("SRC-136", place, **near)
