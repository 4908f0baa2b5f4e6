"""Count tables → which counts to hide, so that nothing small can be reckoned from all of them together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from avis.disclosure.choosing.prices import Costs
from avis.disclosure.combining.proposing import is_ordered
from avis.disclosure.protect import protect
from avis.disclosure.protected import Protected
from avis.disclosure.rules import Rules
from avis.errors import AvisError, Problems
from avis.exhibits import Dimension, Value, Where
from avis.linked.bringing import Read, bring_together
from avis.linked.combining import Combined, combine_tables
from avis.linked.counted import to_findings
from avis.linked.known import KnownCell
from avis.linked.model import key_of
from avis.linked.outcome import HiddenCell, Outcome, Proposed, called, printed_where
from avis.linked.percentages import is_kept
from avis.linked.rewriting import Changes

MOST_TRIALS = 8
"""Combinations that are really tried."""

MOST_TRIED = 600
"""Cells of tables for which combinations are tried: beyond, trying would take longer than protecting."""


def protect_read(read: Read, rules: Rules, cost: Costs = "useful", exact: bool = False) -> Protected:
    """Protect all cells together; `cost` and `exact` say what to hide by preference and how hard to look."""
    findings = to_findings(read.gathered, read.structures, read.rough, read.tables)
    return protect(findings, rules, costs=cost, exact=exact)


def tell_hidden(read: Read, found: Protected, outcome: Outcome) -> None:
    """Put into the outcome what is hidden, row by row."""
    outcome.passed, outcome.cells, outcome.hidden_cells = found.passed, found.cells, found.hidden
    for number, table in enumerate(read.tables):
        for at, row in enumerate(table.rows):
            spot = read.gathered.names[number][at], read.gathered.wheres[number][at]
            if key_of(spot) in found.hidden_keys:
                outcome.hidden.append(
                    HiddenCell(called(table), row.line, spot[0], printed_where(table, row.where))
                )


def hide(read: Read, found: Protected, changes: Sequence[Changes]) -> None:
    """Empty hidden counts, and the percentages that would tell them or their base."""
    hidden: dict[str, frozenset[Where]] = {
        name: frozenset(key.where for key in found.hidden_keys if key.population == name)
        for name in read.gathered.populations
    }
    for number, table in enumerate(read.tables):
        for at, row in enumerate(table.rows):
            spot = read.gathered.names[number][at], read.gathered.wheres[number][at]
            if key_of(spot) in found.hidden_keys:
                changes[number].put(row.line, table.n_at, "")
            if row.percent is not None and table.percent_at is not None:
                kept = {name for name, _ in row.percent.base}
                base = tuple(pair for pair in spot[1] if pair[0] in kept)
                if not is_kept(row.percent, spot, base, read.structures[spot[0]], hidden[spot[0]]):
                    changes[number].put(row.line, table.percent_at, "")


def propose(
    read: Read,
    found: Protected,
    rules: Rules,
    known: Sequence[KnownCell],
    declared: dict[str, list[tuple[str, str]]],
) -> list[Proposed]:
    """Try which two values, combined, would let more counts be shown, by protecting again; best first."""
    if not found.hidden or found.cells > MOST_TRIED:
        return []
    gained = []
    for one in _candidates(read, found)[:MOST_TRIALS]:
        tables, _, levels = combine_tables(read.tables, [one])
        both = {name: [*declared.get(name, ()), *levels.get(name, ())] for name in {**declared, **levels}}
        try:
            again = protect_read(bring_together(tables, known, both, Problems()), rules)
        except AvisError:  # values of two levels, for one: together they are nobody's group
            continue
        given = (again.cells - again.hidden) - (found.cells - found.hidden)
        if again.passed and given > 0:
            printed = next(t.dimensions[one.dimension] for t in read.tables if one.dimension in t.dimensions)
            gained.append((-given, Proposed(f"{printed}: {one.label}", given)))
    return [proposed for _, proposed in sorted(gained, key=lambda item: item[0])]


def _candidates(read: Read, found: Protected) -> list[Combined]:
    """Give pairs of values, neighbours where they have an order, those with most hidden counts first."""
    weights: dict[Combined, int] = {}
    for name, population in read.gathered.populations.items():
        wheres = [key.where for key in found.hidden_keys if key.population == name]
        for view in population.views:
            for dimension, values in view.values.items():
                if dimension in read.structures[name].several or len(values) < 3:
                    continue
                for pair in _pairs(dimension, values):
                    weight = sum((dimension, value) in where for where in wheres for value in pair)
                    if all(any((dimension, value) in where for where in wheres) for value in pair):
                        weights[Combined(dimension, pair)] = weight
    return sorted(weights, key=lambda one: (-weights[one], one))


def _pairs(dimension: str, values: Sequence[str]) -> list[tuple[str, str]]:
    as_dimension = Dimension(
        id=dimension, label={}, values=tuple(Value(id=value, label={}) for value in values)
    )
    if is_ordered(as_dimension):
        return list(pairwise(values))
    return [(one, other) for at, one in enumerate(values) for other in values[at + 1 :]]
