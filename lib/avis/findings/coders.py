"""Two people code the same notes: how far they agree, code by code, and where they part.

The unit is a paragraph; a coder either put a code on it (or on a part of it) or not. Who did not read a
meeting is missing there, and is not somebody who found nothing. There is no figure over all codes: it would
hide the code that two people do not understand alike.

Krippendorff's alpha: K. Krippendorff, « Computing Krippendorff's Alpha-Reliability » (2011), nominal data,
any number of coders, missing values. Levels .800 and .667: Content Analysis, 2nd ed. (2004), p. 241.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from avis.findings.presence import said_in

RELIABLE, TENTATIVE = 0.800, 0.667
"""From which alpha conclusions may rest on a code, and from which only tentative ones."""
_Z = 1.6449
"""Standard normal deviate at the .05 level, one tail."""
TEAM = ""
"""Codes that nobody signed."""
SETTLED = "·"
"""How these stand in a list of coders."""


@dataclass(frozen=True)
class Agreement:
    """How far coders agree.

    `codes`: code, paragraphs (read by two coders or more), put (by one coder at least), parted (by some and
    not by others), alpha (Float64; missing where the code never varies), needed (paragraphs), told (a
    level: reliable, tentative, unreliable; or few, same).
    `parted`: meeting, segment, code, put_by, not_by (codes of coders between spaces).
    """

    codes: pd.DataFrame = field(repr=False)
    parted: pd.DataFrame = field(repr=False)


def alpha(counts: np.ndarray) -> float | None:
    """Give Krippendorff's alpha of nominal values, from how many coders gave each value (units × values).

    Units with one value or none compare nothing and are left out. None where every value is the same: there
    is nothing to agree about.

    >>> alpha(np.array([[1, 1], [0, 2], [2, 0], [2, 0], [2, 0], [1, 1], [2, 0], [2, 0], [1, 1], [1, 1]]))
    0.0952...
    """
    valued = counts.sum(axis=1)
    counts, valued = counts[valued > 1], valued[valued > 1]
    unlike = valued**2 - (counts**2).sum(axis=1)
    totals = counts.sum(axis=0)
    expected = float(totals.sum() ** 2 - (totals**2).sum())
    if not expected:
        return None
    return 1 - float((totals.sum() - 1) * (unlike / (valued - 1)).sum()) / expected


def needed(share: float, coders: int = 2) -> int:
    """Say how many units are needed before an alpha of .667 can be told from less, at the .05 level.

    `share` is how often the code was put. Bloch & Kraemer (1989, eq. 3.7), as Krippendorff (2004, ch. 11)
    gives it; for more than two coders the deviate counts as often as there are coders.

    >>> needed(0.25), needed(0.5), needed(0.05)
    (81, 60, 330)
    """
    least = TENTATIVE
    spread = (1 + least) * (3 - least) / (4 * share * (1 - share) * (1 - least))
    return math.ceil(coders * _Z**2 * (spread - least))


def readings(meetings: pd.DataFrame, said: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Say who read which meeting: columns meeting, coder.

    Who signed a code in it did, and whom its note names (`codage:`). Where one coder alone signs, codes
    without a name are the other reading, the team's (`TEAM`); where several sign, they are what was settled
    together, and no reading of its own.
    """
    there = codings[["segment", "coder"]].merge(said[["id", "meeting"]], left_on="segment", right_on="id")
    named = meetings.assign(coder=meetings["coders"].str.split()).explode("coder").dropna(subset=["coder"])
    named = named.rename(columns={"id": "meeting"})[["meeting", "coder"]]
    signed = pd.concat([there.loc[there["coder"] != TEAM, ["meeting", "coder"]], named]).drop_duplicates()
    alone = signed["meeting"].value_counts()
    unsigned = there.loc[there["coder"] == TEAM, ["meeting", "coder"]].drop_duplicates()
    unsigned = unsigned[unsigned["meeting"].isin(alone[alone == 1].index)]
    return pd.concat([signed, unsigned], ignore_index=True)


def agree(
    meetings: pd.DataFrame,
    segments: pd.DataFrame,
    codings: pd.DataFrame,
    codebook: pd.DataFrame,
    withdrawn: frozenset[str] = frozenset(),
) -> Agreement:
    """Compare coders paragraph by paragraph, each code by itself; empty without two readings."""
    said = said_in(segments, withdrawn)[["id", "meeting"]]
    read = said.merge(readings(meetings, said, codings), on="meeting").rename(columns={"id": "segment"})
    coders = read.groupby("segment")["coder"].size()
    read = read[read["segment"].isin(coders[coders > 1].index)]
    put = codings[["segment", "theme", "coder"]].drop_duplicates().merge(read, on=["segment", "coder"])
    put = put[put["theme"].isin(codebook["code"])]
    return Agreement(_by_code(put, read, codebook), _parted(put, read, codebook))


def _by_code(put: pd.DataFrame, read: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    valued = read.groupby("segment")["coder"].size()
    rows = []
    counts = put.groupby(["theme", "segment"])["coder"].size()
    there = set(put["theme"])
    for code in [code for code in codebook["code"] if code in there]:
        positive = counts[code].reindex(valued.index, fill_value=0).to_numpy()
        found = alpha(np.column_stack([positive, valued.to_numpy() - positive]))
        share = float(positive.sum() / valued.sum())
        least = needed(share, int(valued.max())) if 0 < share < 1 else 0
        row = {"code": code, "paragraphs": len(valued), "put": int((positive > 0).sum())}
        row |= {"parted": int(((positive > 0) & (positive < valued.to_numpy())).sum()), "alpha": found}
        rows.append(row | {"needed": least, "told": _level(found, len(valued), least)})
    columns = ["code", "paragraphs", "put", "parted", "alpha", "needed", "told"]
    return pd.DataFrame(rows, columns=columns).astype({"alpha": "Float64"})


def _level(found: float | None, units: int, least: int) -> str:
    if found is None:
        return "same"
    if units < least:
        return "few"
    return "reliable" if found >= RELIABLE else "tentative" if found >= TENTATIVE else "unreliable"


def _parted(put: pd.DataFrame, read: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """List what some coders put on a paragraph and others, who read it too, did not."""
    rank = pd.Series(range(len(codebook)), index=codebook["code"].array)
    asked = put[["meeting", "segment", "theme"]].drop_duplicates().rename(columns={"theme": "code"})
    keys = pd.MultiIndex.from_frame(asked[["segment", "code"]])
    put_by = not_by = pd.Series("", index=asked.index)
    for coder in sorted(read["coder"].unique()):
        there = asked["segment"].isin(read.loc[read["coder"] == coder, "segment"])
        did = keys.isin(pd.MultiIndex.from_frame(put.loc[put["coder"] == coder, ["segment", "theme"]]))
        named = f" {coder or SETTLED}"
        put_by = put_by + np.where(did, named, "")
        not_by = not_by + np.where(there & ~did, named, "")
    asked = asked.assign(put_by=put_by.str.strip(), not_by=not_by.str.strip(), rank=asked["code"].map(rank))
    parted = asked[asked["not_by"] != ""].sort_values(["meeting", "segment", "rank"], kind="stable")
    return parted[["meeting", "segment", "code", "put_by", "not_by"]].reset_index(drop=True)
