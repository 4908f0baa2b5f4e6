"""Why words are not handed over to the documents: consent first, then rereading, then coding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import get_args

import pandas as pd

from avis.exhibits import Audience
from avis.redaction.reviewed import Reviewed

AUDIENCES: tuple[Audience, ...] = get_args(Audience)
"""One call that may have words is somebody who reads them."""
REREADING = ("unread", "changed", "open_flag", "one_reader")
UNCODED = "uncoded"


def consented(segments: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """Give the segments whose exact words somebody may read, as far as consent goes: what is to be reread."""
    allowed = judged.loc[judged[list(AUDIENCES)].any(axis="columns"), "contribution"]
    return segments[segments["id"].isin(list(allowed))]


def uncoded(ids: Iterable[str], codings: pd.DataFrame, declared: bool) -> frozenset[str]:
    """Give the contributions that nobody coded, where the evaluation has a codebook."""
    return frozenset(ids) - frozenset(map(str, codings["segment"])) if declared else frozenset()


def why_absent(judged: pd.DataFrame, reviewed: Reviewed, left: frozenset[str]) -> dict[str, str]:
    """Say of each contribution why it is not handed over; "" where it is.

    The reasons are those of `judge`, of `weigh_review`, and `uncoded`, in this order.
    """
    anyone = judged[list(AUDIENCES)].any(axis="columns")
    reasons = {}
    for id, allowed, reason in zip(judged["contribution"], anyone, judged["reason"], strict=True):
        after = reviewed.open.get(id) or (UNCODED if id in left else "")
        reasons[str(id)] = str(after) if allowed else str(reason)
    return reasons


def count_absent(reasons: Mapping[str, str]) -> dict[str, int]:
    """Count contributions by reason, the most frequent first; how many, never which.

    >>> count_absent({"a": "none", "b": "", "c": "unread", "d": "none"})
    {'none': 2, 'unread': 1}
    """
    return dict(Counter(reason for reason in reasons.values() if reason).most_common())
