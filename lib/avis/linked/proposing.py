"""Which two values of loose tables, combined, would let more counts be shown.

Only a protection done again can tell, and each costs as much as the first. So every pair is judged first by
what no protection can go beyond: a count that is small after combining cannot be shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from avis.disclosure.combining.proposing import is_ordered
from avis.disclosure.combining.trying import worth_it
from avis.disclosure.protected import Protected
from avis.disclosure.rules import Rules, is_small_count
from avis.errors import AvisError, Problems
from avis.exhibits import Dimension, Value
from avis.linked.bringing import Read, bring_together
from avis.linked.combining import Combined, combine_tables
from avis.linked.known import KnownCell
from avis.linked.model import CountTable
from avis.linked.outcome import Proposed
from avis.linked.protecting import protect_read

MOST_TRIALS = 8
"""Combinations that are really tried, those first that may give most back."""

MOST_WORK = 1_200
"""Cells of the tables of all trials together: trying should not take much longer than protecting."""

MOST_TRIED = 600
"""Cells of tables for which combinations are tried at all."""


def propose(
    read: Read,
    found: Protected,
    rules: Rules,
    known: Sequence[KnownCell],
    declared: Mapping[str, Sequence[tuple[str, str]]],
) -> list[Proposed]:
    """Try the most promising pairs of values, by protecting again; best first."""
    if not found.hidden or found.cells > MOST_TRIED:
        return []
    shown = found.cells - found.hidden

    def given_back(one: Combined) -> int:
        tables, _, levels = combine_tables(read.tables, [one])
        names = dict.fromkeys([*declared, *levels])
        both = {name: [*declared.get(name, ()), *levels.get(name, ())] for name in names}
        try:
            again = protect_read(bring_together(tables, known, both, Problems()), rules)
        except AvisError:  # values of two levels, for one: together they are nobody's group
            return 0
        return again.cells - again.hidden - shown if again.passed else 0

    trials = ((one, found.cells) for one in _promising(read, found, rules)[:MOST_TRIALS])
    return [
        Proposed(f"{_printed(read, one)}: {one.label}", given)
        for given, one in worth_it(trials, given_back, MOST_WORK)
    ]


def _printed(read: Read, one: Combined) -> str:
    return next(t.dimensions[one.dimension] for t in read.tables if one.dimension in t.dimensions)


def _promising(read: Read, found: Protected, rules: Rules) -> list[Combined]:
    """Give the pairs that may give something back, those first that may give most back."""
    shown = found.cells - found.hidden
    most = {}
    for one, weight in _candidates(read, found).items():
        tables, _, _ = combine_tables(read.tables, [one])
        most[one] = _most_shown(tables, rules) - shown, weight
    fair = [one for one in most if most[one][0] > 0]
    return sorted(fair, key=lambda one: (-most[one][0], -most[one][1], one))


def _most_shown(tables: Sequence[CountTable], rules: Rules) -> int:
    """Count the cells that are not small: whatever protects, it shows no more of them."""
    large = {
        (row.population, row.where)
        for table in tables
        for row in table.rows
        if row.n is not None and not is_small_count(row.n, rules.threshold_for(row.minors))
    }
    return len(large)


def _candidates(read: Read, found: Protected) -> dict[Combined, int]:
    """Give pairs of values, neighbours where they have an order, with how many hidden counts they hold."""
    weights: dict[Combined, int] = {}
    for name, population in read.gathered.populations.items():
        hidden: dict[tuple[str, str], int] = {}
        for pair in (pair for key in found.hidden_keys if key.population == name for pair in key.where):
            hidden[pair] = hidden.get(pair, 0) + 1
        for view in population.views:
            for dimension, values in view.values.items():
                if dimension in read.structures[name].several or len(values) < 3:
                    continue
                for one, other in _pairs(dimension, values):
                    both = hidden.get((dimension, one), 0), hidden.get((dimension, other), 0)
                    if all(both):
                        weights[Combined(dimension, (one, other))] = sum(both)
    return weights


def _pairs(dimension: str, values: Sequence[str]) -> list[tuple[str, str]]:
    as_dimension = Dimension(
        id=dimension, label={}, values=tuple(Value(id=value, label={}) for value in values)
    )
    if is_ordered(as_dimension):
        return list(pairwise(values))
    return [(one, other) for at, one in enumerate(values) for other in values[at + 1 :]]
