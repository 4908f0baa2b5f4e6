"""A breakdown by what each row says (year, place, type, role): a count a value, with whose it is."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from avis.exhibits import Cell, Value, Where
from avis.findings.contributions import contributions
from avis.findings.log import Log
from avis.findings.model import Contribution
from avis.findings.rows import (
    SEVERAL,
    STEPS,
    UNKNOWN,
    first_spellings,
    listed_value,
    period_of,
    steps_between,
    time_value,
)
from avis.findings.tally import tally
from avis.settings import Indicator
from avis.spelling import folded


class Parts(NamedTuple):
    """The values of a breakdown, their cells, and the people of each."""

    values: list[Value]
    cells: list[Cell]
    sets: list[frozenset[str]]
    """The codes of each cell."""
    contributions: tuple[Contribution, ...] = ()


def part_rows(indicator: Indicator, rows: pd.DataFrame, by: str, log: Log) -> Parts:
    """Count the rows of each value; a kind that the log has is zero in a year that holds other rows."""
    step = next((step for step in STEPS if step == by), None)
    if step is not None:
        names, covered = period_of(rows, step), set(period_of(log.rows, step))
        ids = steps_between(log.start, log.end, step)
        ids += [id for id in (SEVERAL, UNKNOWN) if (names == id).any()]
        values = [time_value(id) for id in ids]
    else:
        written = rows[by].fillna("").astype(str)
        labels, names = first_spellings(written), folded(written).replace("", UNKNOWN)
        ids = sorted(set(names), key=lambda id: (id == UNKNOWN, id))
        values, covered = (
            [listed_value(by, id, labels.get(id, id), log.words(by, id)) for id in ids],
            set(ids),
        )
    parts: dict[Where, pd.DataFrame] = {((by, id),): rows[names == id] for id in ids}
    counts = {where: tally(held, log.codes, indicator.count) for where, held in parts.items()}
    documented = not rows.empty
    filled = {
        where: replace(t, n=0) if documented and t.n is None and not t.rows and where[0][1] in covered else t
        for where, t in counts.items()
    }
    return Parts(
        values,
        [t.cell(where) for where, t in filled.items()],
        [t.codes for t in filled.values()],
        contributions(parts, log.codes, indicator.count),
    )
