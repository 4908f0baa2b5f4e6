"""Who allowed what: the ledger of consents, judged on a day against the exact words.

The default is no. Consent is per contribution and per scope, ends on a day, can be withdrawn, and holds for
the words that were agreed to: a letter changed, and it is no consent any more (GDPR art. 7).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from avis.descriptors import read_descriptor
from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.periods import first_day, last_day
from avis.sources.files.sheets import Sheet, read_sheets
from avis.spelling import suggest
from avis.tables import check_table

SCOPES = ("internal", "report", "quote", "public")
"""From the narrowest to the widest: to withdraw one is to withdraw the wider ones."""
COLUMNS = [field.name for field in read_descriptor("consents").fields]

_TOLD_AS = {
    "SRC-004": "SRC-132",
    "SRC-013": "SRC-130",
    "SRC-014": "SRC-131",
    "SRC-015": "SRC-135",
    "SRC-017": "SRC-133",
}
"""What is wrong with a table means here that a row allows nothing: the same, told with that."""


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
    word (`doubtful` in the descriptor), on every scope where the scope cannot be read either. Person and
    return code are here for withdrawal alone; they never reach an exhibit.
    Errors: those of `read_sheets` and `check_table`, of which SRC-130 missing column, SRC-131 (warning)
    unknown column, SRC-132 unknown scope, SRC-133 unreadable date, SRC-135 no contribution or scope; SRC-134
    unreadable hash, SRC-138 no date. Warning SRC-036 hidden sheet.
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
    problems.extend(replace(item, code=_TOLD_AS.get(item.code, item.code)) for item in told)
    if any(item.code in ("SRC-013", "SRC-023") for item in told):
        return no_consents()
    table = table.assign(
        sha256=table["sha256"].str.lower(),
        granted_on=_days(table["granted_on"], first_day),
        expires_on=_days(table["expires_on"], last_day),
        withdrawn_on=_days(table["withdrawn_on"], last_day),
        file=file,
        row=sheet.lines,
    )
    withdraws, named = table["withdrawn_on"] != "", table["contribution"] != ""
    table["scope"] = table["scope"].mask((table["scope"] == "") & withdraws, SCOPES[0])
    hashed = table["sha256"].str.fullmatch("[0-9a-f]{64}")
    table["sha256"] = table["sha256"].where(hashed, "")
    dated = (table["granted_on"] != "") | withdraws
    _report(named & ~withdraws & ~hashed, "SRC-134", "sha256", table, problems)
    _report(named & ~dated, "SRC-138", "granted_on", table, problems)
    return table[named & dated & (table["scope"] != "")].reset_index(drop=True)


def _days(periods: pd.Series[str], end: Callable[[str], dt.date]) -> pd.Series[str]:
    days = {period: end(period).isoformat() if period else "" for period in periods.unique()}
    return periods.map(days).astype("str")


def _report(wrong: pd.Series[bool], code: str, name: str, table: pd.DataFrame, problems: Problems) -> None:
    shown = next(field.shown for field in read_descriptor("consents").fields if field.name == name)
    for file, line in table.loc[wrong, ["file", "row"]].itertuples(index=False):
        problems.add(code, Place(file, line=int(line), field=shown))


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
