"""Who allowed what, judged on a day against the exact words.

The default is no. Consent is per contribution and per scope, ends on a day, can be withdrawn or suspended,
and holds for the words that were agreed to: a letter changed, and it is no consent any more (GDPR art. 7).
A minor's holds with her own yes and the recorded authority; where her own yes is written down as a no, it is
one, at any age.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from typing import Any

import numpy as np
import pandas as pd

from avis.consent.ledger import APART, RECIPIENT, SCOPES
from avis.consent.minors import Minors

_WHY_NOT = ("changed_words", "expired", "not_own_yes", "no_authority")
"""Why a grant of the exact words does not hold, the first that applies."""


def words_hash(text: str) -> str:
    """Give the sha256 of exact words: NFC, one space for every run of spaces, trimmed, UTF-8.

    >>> words_hash(" The desk\\n closes. ") == words_hash("The desk closes."), len(words_hash(""))
    (True, 64)
    """
    words = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(words.encode("utf-8")).hexdigest()


def judge(
    contributions: pd.DataFrame, consents: pd.DataFrame, on: dt.date, *, minors: Minors
) -> pd.DataFrame:
    """Say for whom each contribution may be quoted on a day.

    Takes contributions (contribution, text), a ledger, and what is known of ages (`minors_of`); gives, in
    the same order and index, contribution, public, funder, members, recipient (bool), recipients (who may
    have the words by name) and reason (granted, none, other_scope, expired, withdrawn, suspended,
    changed_words, not_own_yes, no_authority). The web needs the scope `public`; a funder and the members need
    `quote` or `public`; the recipient of a call, its own name; `report` never allows exact words.
    """
    ids = contributions["contribution"]
    states = judge_scopes(contributions, consents, on, minors=minors)
    public = states["public"] == "granted"
    quoted = (states["quote"] == "granted") | public
    recipients = judge_recipients(contributions, consents, on, minors=minors)
    sent = recipients.map(bool).astype("bool")
    exact, words = states[["quote", "public"]], states[list(SCOPES)]
    reasons = np.select(
        [
            quoted | sent,
            *((words == reason).any(axis=1) for reason in ("withdrawn", "suspended")),
            *((exact == reason).any(axis=1) for reason in _WHY_NOT),
        ],
        ["granted", "withdrawn", "suspended", *_WHY_NOT],
        default=np.where(ids.isin(_granted(consents, on.isoformat())["contribution"]), "other_scope", "none"),
    )
    return pd.DataFrame(
        {
            "contribution": ids,
            "public": public.to_numpy(),
            "funder": quoted.to_numpy(),
            "members": quoted.to_numpy(),
            "recipient": sent.to_numpy(),
            "recipients": recipients.to_numpy(),
            "reason": pd.Series(reasons, index=ids.index, dtype="str"),
        }
    )


def judge_scopes(
    contributions: pd.DataFrame, consents: pd.DataFrame, on: dt.date, *, minors: Minors
) -> pd.DataFrame:
    """Tell of each contribution and scope whether it is granted on a day, or why not; "" for never asked.

    Takes what `judge` takes; gives its index and a column a scope. For each scope the latest grant counts,
    until the end of the day on which it expires. A withdrawal holds from when it is written down, and takes
    the wider scopes with it; on the day of a grant it wins. A suspension hides every scope from when it is
    written down until the day of the resumption that follows it, whatever is granted meanwhile. A voice and
    a credit (`audio`, `name`) follow from no other scope, and end with `internal`, which is all there is.
    """
    paused = _suspended(consents, on.isoformat())
    return _judge_all(contributions, consents, on, minors, (*SCOPES, *APART), paused)


def judge_recipients(
    contributions: pd.DataFrame, consents: pd.DataFrame, on: dt.date, *, minors: Minors
) -> pd.Series[Any]:
    """Give for each contribution the recipients who may have its exact words on a day, as a sorted tuple.

    Each name of the ledger is judged by itself, as `judge_scopes` judges. Taking back `internal`, `report` or
    `quote` takes it back from every recipient; taking back a recipient that is not named, from all of them.
    A suspension stops all of them, whichever row it stands in.
    """
    found: list[tuple[str, ...]] = [()] * len(contributions)
    asked, named = consents["scope"] == RECIPIENT, consents["recipient"]
    paused = _suspended(consents, on.isoformat())
    for name in sorted(set(named[asked]) - {""}):
        rows = consents[~asked | named.isin([name, ""])]
        states = _judge_all(contributions, rows, on, minors, (*SCOPES[:-1], RECIPIENT), paused)
        granted = states[RECIPIENT] == "granted"
        found = [(*names, name) if yes else names for names, yes in zip(found, granted, strict=True)]
    return pd.Series(found, index=contributions.index, dtype="object")


def _judge_all(
    contributions: pd.DataFrame,
    consents: pd.DataFrame,
    on: dt.date,
    minors: Minors,
    scopes: tuple[str, ...],
    paused: pd.Series[str],
) -> pd.DataFrame:
    ids, today = contributions["contribution"], on.isoformat()
    hashes = np.array([words_hash(text) for text in contributions["text"]], dtype=object)
    aged = consents.assign(is_minor=minors.hold(consents).to_numpy())
    latest = _granted(aged, today).drop_duplicates(["contribution", "scope"], keep="last")
    suspended = ids.isin(paused).to_numpy()
    stops = _stops(consents)
    states: dict[str, np.ndarray] = {}
    narrower: np.ndarray = np.full(len(ids), "", dtype=object)
    everything = narrower
    for scope in scopes:
        day = _text(_last(stops[stops["scope"] == scope], "withdrawn_on").reindex(ids))
        before = everything if scope in APART else narrower
        stop = np.where(before >= day, before, day)
        if scope == SCOPES[0]:
            everything = stop
        narrower = narrower if scope in APART else stop
        rows = latest[latest["scope"] == scope].set_index("contribution").reindex(ids)
        states[scope] = _judge(rows, day != "", stop, suspended, hashes, today)
    return pd.DataFrame(states, index=ids.index)


def _judge(
    rows: pd.DataFrame,
    stopped_here: np.ndarray,
    stop: np.ndarray,
    suspended: np.ndarray,
    hashes: np.ndarray,
    today: str,
) -> np.ndarray:
    """Judge one scope: the latest grant of each contribution, the last withdrawal that touches it."""
    granted, ends = _text(rows["granted_on"]), _text(rows["expires_on"])
    minor = (rows["is_minor"] == True).to_numpy()  # noqa: E712  # missing where nothing was granted
    return np.select(
        [
            stopped_here & (granted == ""),
            (granted == "") & suspended,
            granted == "",
            (stop != "") & (stop >= granted),
            suspended,
            rows["sha256"].to_numpy(dtype=object) != hashes,
            (ends != "") & (ends < today),
            (minor & (rows["own_yes"] != "yes").to_numpy()) | (rows["own_yes"] == "no").to_numpy(),
            minor & (_text(rows["authority"]) == ""),
        ],
        ["withdrawn", "suspended", "", "withdrawn", "suspended", *_WHY_NOT],
        default="granted",
    )


def _text(column: pd.Series[str]) -> np.ndarray:
    return column.astype("object").fillna("").to_numpy(dtype=object)


def _granted(consents: pd.DataFrame, on: str) -> pd.DataFrame:
    """The grants that were made by a day, the latest of each contribution and scope last."""
    made = consents[(consents["granted_on"] != "") & (consents["granted_on"] <= on)]
    return made.sort_values("granted_on", kind="stable")  # else as they stand, file after file


def _stops(consents: pd.DataFrame) -> pd.DataFrame:
    """The withdrawals, none of them before the grant that it stands beside."""
    stops = consents[consents["withdrawn_on"] != ""]
    return stops.assign(withdrawn_on=stops[["withdrawn_on", "granted_on"]].max(axis=1))


def _suspended(consents: pd.DataFrame, on: str) -> pd.Series[str]:
    """The contributions with a suspension that neither its own row nor a later day has lifted."""
    since, until = consents["suspended_on"], consents["resumed_on"]
    until = until.where(until <= on, "")
    last = _last(consents.assign(resumed_on=until), "resumed_on").reindex(consents["contribution"])
    lifted = (until >= since) | (_text(last) > since.to_numpy(dtype=object))
    return consents.loc[(since != "") & ~lifted, "contribution"]


def _last(rows: pd.DataFrame, day: str) -> pd.Series[str]:
    """The latest day of each contribution; sorted, since pandas takes the most of texts group by group."""
    return rows.sort_values(day).drop_duplicates("contribution", keep="last").set_index("contribution")[day]


def next_change(consents: pd.DataFrame, on: dt.date) -> dt.date | None:
    """Give the first day after `on` on which a consent begins, resumes or has ended; none if nothing will.

    A consent still holds on the day on which it expires: the change comes on the day after. A withdrawal or
    a suspension changes things when it is written down, which changes the file.
    """
    standing = consents[consents["withdrawn_on"] == ""]
    today, last = on.isoformat(), dt.date.max.isoformat()
    ends = standing["expires_on"]
    begins = pd.concat([standing["granted_on"], consents["resumed_on"]])
    days = [
        *(_day(day) + dt.timedelta(days=1) for day in ends[(ends >= today) & (ends < last)].unique()),
        *(_day(day) for day in begins[(begins > today) & (begins < last)].unique()),
    ]
    return min(days, default=None)


def _day(iso: str) -> dt.date:
    return dt.date.fromisoformat(iso)
