"""Who allowed what: the ledger of consents, judged on a day against the exact words.

The default is no. Consent is per contribution and per scope, ends on a day, can be withdrawn, and holds for
the words that were agreed to: a letter changed, and it is no consent any more (GDPR art. 7).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from collections.abc import Iterable

import numpy as np
import pandas as pd

from avis.descriptors import Field, read_descriptor
from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.periods import first_day, last_day, read_periods
from avis.sources.files import Sheet, read_sheets
from avis.spelling import folded, header_key, suggest, trimmed

SCOPES = ("internal", "report", "quote", "public")
"""From the narrowest to the widest: to withdraw one is to withdraw the wider ones."""
OTHER_SCOPES = ("audio", "name")
COLUMNS = [field.name for field in read_descriptor("consents").fields]

_DOUBTFUL_END = "0001-01-01"
"""An expiry that cannot be read is one that has passed."""
_DOUBTFUL_WITHDRAWAL = "9999-12-31"
"""A withdrawal whose day cannot be read is later than any grant."""


def words_hash(text: str) -> str:
    """Give the sha256 of exact words: NFC, one space for every run of spaces, trimmed, UTF-8.

    >>> words_hash(" The desk\\n closes. ") == words_hash("The desk closes."), len(words_hash(""))
    (True, 64)
    """
    words = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(words.encode("utf-8")).hexdigest()


def read_consents(evaluation: Evaluation, problems: Problems) -> pd.DataFrame:
    """Read the ledger: the columns of `data/schema/tables/consents.json` as text, then file and row.

    Days are ISO; a month counts from its first day when granted, to its last when it expires or is
    withdrawn. What cannot be read is never a yes: such an expiry has passed, such a withdrawal is the last
    word, on every scope where the scope cannot be read either. Person and return code are here for
    withdrawal alone; they never reach an exhibit.
    Errors: those of `read_sheets`; SRC-130 missing column, SRC-131 (warning) unknown column, SRC-132
    unknown scope, SRC-133 unreadable date, SRC-134 unreadable hash, SRC-135 no contribution, SRC-138 no date.
    """
    parts = [
        _read_sheet(sheet, evaluation.name(path), problems)
        for path in evaluation.files(evaluation.settings.sources.consent)
        for sheet in read_sheets(path, evaluation.name(path), problems)
        if not sheet.hidden
    ]
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else no_consents()


def no_consents() -> pd.DataFrame:
    """Give a ledger without a row."""
    return pd.DataFrame(columns=[*COLUMNS, "file", "row"], dtype="str").astype({"row": "int64"})


def _read_sheet(sheet: Sheet, file: str, problems: Problems) -> pd.DataFrame:
    table = _named(sheet, file, problems)
    if table is None:
        return no_consents()
    lines = sheet.lines
    table = table.apply(trimmed)
    withdraws = table["withdrawn_on"] != ""
    hashes = table["sha256"].str.lower()
    hashed = hashes.str.fullmatch("[0-9a-f]{64}")
    table["sha256"] = hashes.where(hashed, "")
    table["scope"] = _scopes(table["scope"], withdraws, lines, file, problems)
    for column, doubtful in (
        ("granted_on", ""),
        ("expires_on", _DOUBTFUL_END),
        ("withdrawn_on", _DOUBTFUL_WITHDRAWAL),
    ):
        table[column] = _days(table[column], column, doubtful, lines, file, problems)
    undated = (table["granted_on"] == "") & ~withdraws
    unnamed = table["contribution"] == ""
    _report(~hashed & ~withdraws & ~unnamed, "SRC-134", lines, Place(file, field="sha256"), problems)
    _report(unnamed, "SRC-135", lines, Place(file, field="contribution"), problems)
    _report(undated & ~unnamed, "SRC-138", lines, Place(file, field="granted_on"), problems)
    whole = table.assign(file=file, row=lines)
    return whole[~unnamed & ~undated & (whole["scope"] != "")].reset_index(drop=True)


def _named(sheet: Sheet, file: str, problems: Problems) -> pd.DataFrame | None:
    """Give the columns their names; none where one that decides is missing."""
    fields = read_descriptor("consents").fields
    names = {header_key(word): field.name for field in fields for word in _headers(field)}
    found: dict[str, pd.Series[str]] = {}
    for header in sheet.frame.columns:
        name = names.get(header_key(str(header)))
        if name is None:
            problems.warn("SRC-131", Place(file, sheet.name, field=str(header)))
        else:
            found.setdefault(name, sheet.frame[header])
    missing = [field for field in fields if field.name in _NEEDED and field.name not in found]
    for field in missing:
        problems.add("SRC-130", Place(file, sheet.name), column=_headers(field)[-1])
    if missing:
        return None
    empty = pd.Series("", index=sheet.frame.index, dtype="str")
    return pd.DataFrame({name: found.get(name, empty) for name in COLUMNS}).astype("str")


_NEEDED = {"contribution", "sha256", "scope", "granted_on", "expires_on", "withdrawn_on"}
"""Without the last two, nobody could tell a consent that ended from one that stands."""


def _headers(field: Field) -> list[str]:
    return [field.name, *field.titles.values(), *field.aliases]


def _scopes(
    column: pd.Series[str], withdraws: pd.Series[bool], lines: pd.Series[int], file: str, problems: Problems
) -> pd.Series[str]:
    known = {scope: scope for scope in (*SCOPES, *OTHER_SCOPES)}
    for choice in next(field for field in read_descriptor("consents").fields if field.name == "scope").values:
        words = pd.Series([*choice.titles.values(), *choice.aliases], dtype="str")
        known |= dict.fromkeys(folded(words), choice.value)
    read = folded(column).map(known).fillna("").astype("str")
    admitted = ", ".join((*SCOPES, *OTHER_SCOPES))
    _report(read == "", "SRC-132", lines, Place(file, field="scope"), problems, admitted=admitted)
    return read.mask((read == "") & withdraws, SCOPES[0])


def _days(
    column: pd.Series[str], name: str, doubtful: str, lines: pd.Series[int], file: str, problems: Problems
) -> pd.Series[str]:
    read = read_periods(column)
    unread = (column != "") & (read == "")
    _report(unread, "SRC-133", lines, Place(file, field=name), problems)
    end = first_day if name == "granted_on" else last_day
    days = read.map({period: end(period).isoformat() for period in read[read != ""].unique()})
    return days.astype("object").fillna("").mask(unread, doubtful).astype("str")


def _report(
    wrong: pd.Series[bool], code: str, lines: pd.Series[int], place: Place, problems: Problems, **facts: str
) -> None:
    for line in lines[wrong.to_numpy()]:
        problems.add(code, Place(place.file, line=int(line), field=place.field), **facts)


def judge(contributions: pd.DataFrame, consents: pd.DataFrame, on: dt.date) -> pd.DataFrame:
    """Say for whom each contribution may be quoted on a day.

    Takes contributions (contribution, text) and a ledger; gives, in the same order and index,
    contribution, public, funder, members (bool) and reason (granted, none, other_scope, expired, withdrawn,
    changed_words). The web needs the scope `public`; a funder and the members need `quote` or `public`;
    `report` never allows exact words. For each scope the latest grant counts, until the end of the day on
    which it expires. A withdrawal holds from when it is written down, and takes the wider scopes with it;
    on the day of a grant it wins.
    """
    ids = contributions["contribution"]
    hashes = np.array([words_hash(text) for text in contributions["text"]], dtype=object)
    states = _states(ids, hashes, consents, on.isoformat())
    public = states["public"] == "granted"
    quoted = (states["quote"] == "granted") | public
    exact = states[["quote", "public"]]
    withdrawn = (states == "withdrawn").any(axis=1)
    reasons = np.select(
        [quoted, withdrawn, *((exact == reason).any(axis=1) for reason in ("changed_words", "expired"))],
        ["granted", "withdrawn", "changed_words", "expired"],
        default=np.where(ids.isin(_granted(consents, on.isoformat())["contribution"]), "other_scope", "none"),
    )
    return pd.DataFrame(
        {
            "contribution": ids,
            "public": public.to_numpy(),
            "funder": quoted.to_numpy(),
            "members": quoted.to_numpy(),
            "reason": pd.Series(reasons, index=ids.index, dtype="str"),
        }
    )


def _granted(consents: pd.DataFrame, on: str) -> pd.DataFrame:
    """The grants that were made by a day, the latest of each contribution and scope last."""
    made = consents[(consents["granted_on"] != "") & (consents["granted_on"] <= on)]
    return made.sort_values(["granted_on", "row"], kind="stable")


def _states(ids: pd.Series[str], hashes: np.ndarray, consents: pd.DataFrame, on: str) -> pd.DataFrame:
    """Tell, per contribution and scope, whether it is granted, or why not; empty for never asked."""
    latest = _granted(consents, on).drop_duplicates(["contribution", "scope"], keep="last")
    stops = consents[consents["withdrawn_on"] != ""]
    stops = stops.assign(withdrawn_on=stops[["withdrawn_on", "granted_on"]].max(axis=1))
    stopped = pd.Series("", index=ids.index, dtype="object")
    states = {}
    for scope in SCOPES:
        days = stops[stops["scope"] == scope].groupby("contribution")["withdrawn_on"].max()
        day = ids.map(days).astype("object").fillna("")
        stopped = stopped.where(stopped >= day, day)
        rows = latest[latest["scope"] == scope].set_index("contribution").reindex(ids)
        granted = rows["granted_on"].fillna("").to_numpy(dtype=object)
        ends = rows["expires_on"].fillna("").to_numpy(dtype=object)
        stop = stopped.to_numpy(dtype=object)
        states[scope] = np.select(
            [
                (day != "").to_numpy() & (granted == ""),
                granted == "",
                (stop != "") & (stop >= granted),
                rows["sha256"].to_numpy(dtype=object) != hashes,
                (ends != "") & (ends < on),
            ],
            ["withdrawn", "", "withdrawn", "changed_words", "expired"],
            default="granted",
        )
    return pd.DataFrame(states, index=ids.index)


def next_change(consents: pd.DataFrame, on: dt.date) -> dt.date | None:
    """Give the first day after `on` on which a consent begins or has ended; none where nothing will change.

    A consent still holds on the day on which it expires: the change comes on the day after.
    """
    standing = consents[consents["withdrawn_on"] == ""]
    today = on.isoformat()
    ends = standing.loc[standing["expires_on"] >= today, "expires_on"]
    begins = standing.loc[standing["granted_on"] > today, "granted_on"]
    days = [dt.date.fromisoformat(day) + dt.timedelta(days=1) for day in ends.unique()]
    return min([*days, *(dt.date.fromisoformat(day) for day in begins.unique())], default=None)


def report_unknown(consents: pd.DataFrame, known: Iterable[str], problems: Problems) -> None:
    """Report the rows about a contribution that is not there: nobody can tell what they allow or stop.

    Errors: SRC-137 a withdrawal, since what she wanted back might still appear; SRC-136 (warning) a grant.
    """
    ids = list(known)
    lost = consents[~consents["contribution"].isin(ids)]
    for id, file, row, withdrawn in zip(
        lost["contribution"], lost["file"], lost["row"], lost["withdrawn_on"], strict=True
    ):
        near = suggest(id, ids)
        place = Place(file, line=int(row), field="contribution")
        if withdrawn:
            problems.add("SRC-137", place, **near)
        else:
            problems.warn("SRC-136", place, **near)
