"""Who allowed what, judged on a day against the exact words.

The default is no. Consent is per contribution and per scope, ends on a day, can be withdrawn, and holds for
the words that were agreed to: a letter changed, and it is no consent any more (GDPR art. 7).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata

import numpy as np
import pandas as pd

from avis.consent.ledger import SCOPES


def words_hash(text: str) -> str:
    """Give the sha256 of exact words: NFC, one space for every run of spaces, trimmed, UTF-8.

    >>> words_hash(" The desk\\n closes. ") == words_hash("The desk closes."), len(words_hash(""))
    (True, 64)
    """
    words = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(words.encode("utf-8")).hexdigest()


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
