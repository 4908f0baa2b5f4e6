"""Which values of a table mark a margin: `Total` always, softer words where the counts say so."""

from __future__ import annotations

from collections.abc import Sequence

from avis.linked.columns import SOFT_TOTALS, TOTALS, Columns
from avis.linked.numbers import each
from avis.spelling import fold


def read_totals(
    texts: Sequence[Sequence[str]], columns: Columns, counts: Sequence[int]
) -> tuple[dict[str, frozenset[str]], set[tuple[str, str]]]:
    """Give the folded words that mark a margin in each dimension, and those that the counts decided.

    « Ensemble » is a margin where the column has no `Total` and its count is the sum of the other values in
    every context in which all of them are told, or where nothing can be compared. Else it is a value.
    """
    chosen: dict[str, frozenset[str]] = {}
    softened: set[tuple[str, str]] = set()
    spelled = {name: each(texts[at], fold) for name, at in columns.dimensions.items()}
    for name, values in spelled.items():
        present = frozenset(values)
        soft, held = present & SOFT_TOTALS, present & TOTALS
        if len(soft) == 1 and not held and len(present) > 1:
            (word,) = soft
            others = [spelled[other] for other in spelled if other != name]
            if _adds_up(values, word, others, counts):
                held |= soft
                softened.add((name, word))
        chosen[name] = held
    return chosen, softened


def _adds_up(
    values: Sequence[str], word: str, others: Sequence[Sequence[str]], counts: Sequence[int]
) -> bool:
    """Compare a word's count with the sum of the other values, context by context; −1 is not told."""
    wholes: dict[tuple[str, ...], int] = {}
    parts: dict[tuple[str, ...], list[int]] = {}
    for value, n, *context in zip(values, counts, *others, strict=True):
        at = tuple(context)
        if value == word:
            wholes[at] = n
        else:
            parts.setdefault(at, []).append(n)
    clear = [at for at in wholes if at in parts and wholes[at] >= 0 and min(parts[at]) >= 0]
    return all(wholes[at] == sum(parts[at]) for at in clear)
