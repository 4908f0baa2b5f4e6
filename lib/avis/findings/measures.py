"""What a count is: by how it was counted, never by what an evaluation calls it.

A wrong word in `evaluation.yaml` must not take the protection from people.
"""

from __future__ import annotations

import pandas as pd

from avis.exhibits import Measure
from avis.settings import Indicator

ADDITIVE = ("acts", "attendances", "productions", "hours", "money")
"""Measures that add up. People do not: the same person may stand in two rows, years or places."""
SHIELDED = ("people", "attendances")
"""Measures that protection hides: people, and their attendances, few of which tell about few people."""
MAGNITUDES = ("hours", "money")
"""Measures that protection hides where people stand behind them: one of them may bring most of it."""
SUMMED = ("rows", "count", "participants", "hours")
"""Ways of counting whose total is the sum of its parts."""


def true_measure(indicator: Indicator, rows: pd.DataFrame) -> Measure:
    """Say what an indicator counts over these rows of the activity log (remark FIN-016 where it differs).

    Person codes and declared people are people, and participants are attendances, whatever the label.
    Codes of people engaged are so only by role: every row that is counted names one. Hours are hours, which
    may belong to somebody; only money is told by its name, since it is summed like hours.
    """
    if indicator.count == "participants":
        return "attendances"
    if indicator.count == "hours":
        return indicator.measure if indicator.measure in MAGNITUDES else "hours"
    if indicator.count not in ("person_codes", "people"):
        return indicator.measure
    return "engaged" if indicator.measure == "engaged" and is_by_role(rows) else "people"


def is_by_role(rows: pd.DataFrame | None) -> bool:
    """Tell whether every row names a role in the team: its people are engaged, and told by role."""
    return rows is not None and bool(rows["role"].fillna("").ne("").all())
