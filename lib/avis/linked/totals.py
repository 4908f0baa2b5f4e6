"""Which values of a table mark a margin: `Total` always, softer words where the counts say so."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from avis.linked.columns import SOFT_TOTALS, Columns, is_total, plain
from avis.linked.numbers import each
from avis.spelling import fold

Contexts: TypeAlias = Mapping[tuple[str, ...], Mapping[str, int]]
"""What each value counts, by the values of all other criteria; below zero is not told."""

_BEGINS = re.compile(r"(grand |sous |sub )?total\b.+")
"""« Total 2024 », « Total (n) »: a margin where nothing beside it is larger."""


def read_totals(
    texts: Sequence[Sequence[str]], columns: Columns, counts: Sequence[int]
) -> tuple[dict[str, frozenset[str]], set[tuple[str, str]]]:
    """Give the folded words that mark a margin in each dimension, and those that the counts decided.

    « Ensemble » is a margin where no `Total` stands beside it and its count is the sum of the other values in
    every context in which all of them are told, or where nothing can be compared. Else it is a value.
    """
    chosen: dict[str, frozenset[str]] = {}
    softened: set[tuple[str, str]] = set()
    spelled = {name: each(texts[at], fold) for name, at in columns.dimensions.items()}
    role = columns.roles.get("population")
    people = [each(texts[role], fold)] if role is not None else []
    for name, values in spelled.items():
        present = frozenset(values)
        held = frozenset(value for value in present if is_total(value))
        soft = sorted(word for word in present - held if _is_soft(word))
        if soft and len(present) > 1:
            contexts = _contexts(values, [*people, *(spelled[one] for one in spelled if one != name)], counts)
            for word in sorted(soft, key=_begins):
                if _is_margin(word, contexts, held, len(soft) == 1):
                    held |= {word}
                    softened.add((name, word))
        chosen[name] = held
    return chosen, softened


def _is_soft(word: str) -> bool:
    return plain(word) in SOFT_TOTALS or _begins(word)


def _begins(word: str) -> bool:
    return _BEGINS.fullmatch(plain(word)) is not None


def _contexts(values: Sequence[str], others: Sequence[Sequence[str]], counts: Sequence[int]) -> Contexts:
    found: dict[tuple[str, ...], dict[str, int]] = {}
    for value, n, *context in zip(values, counts, *others, strict=True):
        found.setdefault(tuple(context), {})[value] = n
    return found


def _is_margin(word: str, contexts: Contexts, held: frozenset[str], alone: bool) -> bool:
    """Compare a word's count with the other values, context by context; one margin is enough for each.

    `alone`: no other soft word in the column; then it is a margin where nothing can be compared, and what
    begins with « total » is one where nothing beside it is larger.
    """
    mine = [told for told in contexts.values() if word in told and len(told) > 1]
    if any(held & told.keys() for told in contexts.values() if word in told):
        return False
    clear = [told for told in mine if min(told.values()) >= 0]
    if alone and _begins(word):
        return all(told[word] == max(told.values()) for told in clear)
    return (alone or bool(clear)) and all(2 * told[word] == sum(told.values()) for told in clear)
