"""Who stands behind hours: how many people contribute to each cell, and how much of it is one person's.

Only rows with person codes tell it. A row with several codes is shared equally between them: the log does
not say who brought how much. Where the rows without codes hold a good part of a cell, it is an amount of
nobody in particular, and tells of nobody. The team is told by role, as those who are engaged are: hours of
which every row names one (interpreters, reception) are not protected.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from avis.exhibits import Where
from avis.findings.measures import is_by_role
from avis.findings.model import Contribution
from avis.findings.tally import whole_minutes

KNOWN_PART = 0.85
"""Part of a cell that people with codes must hold for it to tell of them: that of the rule of dominance."""


def contributions(
    parts: Mapping[Where, pd.DataFrame], codes: pd.DataFrame, count: str
) -> tuple[Contribution, ...]:
    """Give who stands behind each part; `parts` are rows by the place of their cell.

    Empty where no row carries a code: the whole finding is then nobody's, and is not protected.
    """
    if count != "hours" or is_by_role(pd.concat(parts.values()) if parts else None):
        return ()
    return tuple(_contributions(parts, codes, count))


def is_owned(rows: pd.DataFrame, codes: pd.DataFrame, count: str) -> bool:
    """Tell whether somebody with a code stands behind any of these hours, who is not of the team."""
    if count != "hours" or is_by_role(rows):
        return False
    given = pd.to_numeric(rows[count], errors="coerce").dropna()
    return not shared(given, codes).empty


def _contributions(
    parts: Mapping[Where, pd.DataFrame], codes: pd.DataFrame, count: str
) -> Iterator[Contribution]:
    for where, rows in parts.items():
        amounts = whole_minutes(pd.to_numeric(rows[count], errors="coerce").dropna())
        own = shared(amounts, codes)
        if own.sum() > 0 and own.sum() >= KNOWN_PART * amounts.sum() - 1e-9:
            yield Contribution(where=where, people=len(own), largest=float(own.max()))


def shared(amounts: pd.Series[float], codes: pd.DataFrame) -> pd.Series[float]:
    """Share the amount of each row equally between its codes, and add up person by person.

    >>> rows = pd.DataFrame({"at": [0, 0, 1], "code": ["A", "B", "A"]})
    >>> shared(pd.Series([3.0, 2.0, 9.0]), rows).to_dict()
    {'A': 3.5, 'B': 1.5}
    """
    held = codes[codes["at"].isin(amounts.index)]
    among = held["at"].map(held["at"].value_counts())
    each = held["at"].map(amounts) / among
    own = each.groupby(held["code"]).sum()
    return own[own > 0]
