"""Which values of a table mark a margin: `Total` always, softer words where the counts say so."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from avis.linked.columns import SOFT_TOTALS, TOTALS, Columns
from avis.spelling import folded


def read_totals(
    frame: pd.DataFrame, columns: Columns, counts: Sequence[int]
) -> tuple[dict[str, frozenset[str]], set[tuple[str, str]]]:
    """Give the folded words that mark a margin in each dimension, and those that the counts decided.

    « Ensemble » is a margin where, in every context in which it stands with all other values, its count is
    their sum or, where nothing can be compared, where the column has no `Total`. Else it is a value.
    """
    chosen: dict[str, frozenset[str]] = {}
    softened: set[tuple[str, str]] = set()
    spelled = {name: folded(frame[at]) for name, at in columns.dimensions.items()}
    for name, values in spelled.items():
        present = frozenset(values.unique())
        soft = present & SOFT_TOTALS
        held = present & TOTALS
        if len(soft) == 1 and not held and len(present) > 1:
            (word,) = soft
            others = [spelled[other] for other in spelled if other != name]
            if _adds_up(values, word, others, pd.Series(counts)):
                held |= soft
                softened.add((name, word))
        chosen[name] = held
    return chosen, softened


def _adds_up(
    values: pd.Series[str], word: str, others: Sequence[pd.Series[str]], counts: pd.Series[int]
) -> bool:
    """Compare a word's count with the sum of the other values, context by context."""
    context = others or [pd.Series("", index=values.index)]
    known = counts.where(counts >= 0)
    whole = known[values == word].groupby([one[values == word] for one in context], sort=False)
    parts = known[values != word].groupby([one[values != word] for one in context], sort=False)
    wholes, sums, holes = whole.max(), parts.sum(), parts.apply(lambda one: one.isna().any())
    shared = wholes.index.intersection(sums.index)
    clear = [at for at in shared if pd.notna(wholes[at]) and not holes[at]]
    return all(wholes[at] == sums[at] for at in clear) if clear else True
