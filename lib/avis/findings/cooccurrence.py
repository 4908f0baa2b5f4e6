"""Which themes come up together, when first, in which languages, and where somebody says otherwise.

For those who hold the notes: nothing here is shown in a document. A theme beside a language, or in one
paragraph beside another, could say who spoke.
"""

from __future__ import annotations

import pandas as pd


def pair_themes(coded: pd.DataFrame) -> pd.DataFrame:
    """Count the paragraphs and the meetings in which two themes came up together, the most frequent first.

    Takes what `place_codes` gives; gives theme, other (the later in the codebook), paragraphs, meetings. That
    two themes stand side by side does not say that one brings the other.
    """
    together = [
        _pairs(coded, by).rename(name) for by, name in (("segment", "paragraphs"), ("meeting", "meetings"))
    ]
    frame = pd.concat(together, axis="columns").fillna(0).astype("int64").reset_index()
    frame = frame.sort_values(
        ["paragraphs", "meetings", "rank", "rank_other"], ascending=[False, False, True, True]
    )
    return frame[["theme", "other", "paragraphs", "meetings"]].reset_index(drop=True)


def _pairs(coded: pd.DataFrame, by: str) -> pd.Series[int]:
    one = coded[[by, "theme", "rank"]].drop_duplicates()
    both = one.merge(one.rename(columns={"theme": "other"}), on=by, suffixes=("", "_other"))
    both = both[both["rank"] < both["rank_other"]]
    return both.groupby(["rank", "rank_other", "theme", "other"], observed=True).size()


def saturate(held: pd.DataFrame, coded: pd.DataFrame) -> pd.DataFrame:
    """Say of each meeting, in order, how many themes came up, how many for the first time, how many so far.

    Columns meeting, date, paragraphs (coded), themes, new, so_far, absent_fr, absent_en. Few new themes in
    the last meetings say that these people, asked so, say few new things; not that all has been said.
    """
    first = coded.groupby("theme", observed=True)["at"].min().value_counts()
    by_meeting = coded.groupby("meeting", observed=True)
    rows = (
        held[["id", "date", "absent_fr", "absent_en"]]
        .rename(columns={"id": "meeting"})
        .reset_index(drop=True)
    )
    rows = rows.assign(
        paragraphs=rows["meeting"].map(by_meeting["segment"].nunique()).fillna(0).astype("int64"),
        themes=rows["meeting"].map(by_meeting["theme"].nunique()).fillna(0).astype("int64"),
        new=first.reindex(range(len(rows)), fill_value=0).to_numpy(),
    )
    rows = rows.assign(so_far=rows["new"].cumsum())
    return rows[["meeting", "date", "paragraphs", "themes", "new", "so_far", "absent_fr", "absent_en"]]


def speak_of(coded: pd.DataFrame) -> pd.DataFrame:
    """Count the meetings in which a theme came up in each language: theme, language, meetings."""
    counted = coded.groupby(["rank", "theme", "language"], observed=True)["meeting"].nunique()
    return counted.rename("meetings").reset_index().drop(columns="rank")


def otherwise(coded: pd.DataFrame) -> pd.DataFrame:
    """List where people marked that somebody says otherwise: theme, meetings (count), segments (ids)."""
    against = coded[coded["against"]].drop_duplicates(["theme", "segment"]).sort_values("rank", kind="stable")
    by_theme = against.groupby("theme", sort=False, observed=True)
    return pd.DataFrame(
        {"meetings": by_theme["meeting"].nunique(), "segments": by_theme["segment"].agg(" ".join)}
    ).reset_index()
