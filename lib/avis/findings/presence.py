"""Codes of people on paragraphs → which theme came up in which meeting, in their order.

What one coder put counts, whoever else did not: both readings are kept, and where they part is told beside
(`coders`), never averaged away. A memo, words of the facilitation and words taken back carry no theme.
"""

from __future__ import annotations

import pandas as pd

UNSAID = ("memo", "space", "withdrawn", "facilitation")
"""Kinds of segments that no participant said and nobody observed."""


def said_in(segments: pd.DataFrame, withdrawn: frozenset[str] = frozenset()) -> pd.DataFrame:
    """Give the segments that carry themes, without those that somebody took back (ids)."""
    return segments[~segments["kind"].isin(UNSAID) & ~segments["id"].isin(withdrawn)]


def in_order(meetings: pd.DataFrame) -> pd.DataFrame:
    """Give meetings by their date, then by their id."""
    return meetings.sort_values(["date", "id"], kind="stable")


def place_codes(
    held: pd.DataFrame, said: pd.DataFrame, codings: pd.DataFrame, codebook: pd.DataFrame
) -> pd.DataFrame:
    """Give the codings of meetings `held`, by date, then as the codebook lists them.

    Columns segment, theme, coder, against, meeting, language, at (the meeting's place), rank (the theme's);
    a code that the codebook does not have is left out.
    """
    order = pd.Series(range(len(held)), index=held["id"].array)
    rank = pd.Series(range(len(codebook)), index=codebook["code"].array)
    rows = codings[["segment", "theme", "coder", "against"]].merge(
        said[["id", "meeting", "language"]], left_on="segment", right_on="id"
    )
    rows = rows[rows["theme"].isin(rank.index) & rows["meeting"].isin(order.index)].drop(columns="id")
    rows = rows.assign(at=rows["meeting"].map(order), rank=rows["theme"].map(rank))
    return rows.sort_values(["at", "rank"], kind="stable", ignore_index=True)


def presence(coded: pd.DataFrame) -> pd.DataFrame:
    """Give one line per theme and meeting: theme, meeting, at, rank, in the order of `place_codes`."""
    return coded[["theme", "meeting", "at", "rank"]].drop_duplicates(ignore_index=True)
