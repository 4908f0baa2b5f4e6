"""Whole numbers for counts that nobody told us, in agreement with all that is known of them.

A table that somebody else protected has empty cells; an earlier edition kept no true count of what it
hid; the records behind three crossed tables are in no finding. What can be deduced of such counts does
not depend on their truth: any whole numbers that agree with every equation serve as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

import numpy as np

from avis.disclosure.solver import EXACT, UNLIMITED, Program, Row, parted
from avis.findings.model import Key

Bounds: TypeAlias = tuple[tuple[tuple[Key, float], ...], float, float]
"""`low ≤ Σ factor × count ≤ high`, the counts by their keys."""

MOST_NODES = 2_000
"""Nodes of one search for whole numbers; the linear program nearly always gives them without any."""

EFFORT = 0.2
"""How much of a search looks for any solution at all; here one is needed more than a proof."""


def complete(
    known: Mapping[Key, int], near: Mapping[Key, int], rows: Iterable[Bounds]
) -> dict[Key, int] | None:
    """Find whole numbers, none negative, for the keys of `near`, in agreement with every row.

    They are as near as possible to the guesses (least sum of absolute differences, by a mixed-integer
    program for each group of linked counts). A key that stands in rows alone may be any count. None
    where no whole numbers agree, or where none is found within the node limit. Same input, same result.

    >>> total, a, b = (Key("p", "people", where) for where in ((), (("q", "a"),), (("q", "b"),)))
    >>> complete({total: 9, a: 7}, {b: 1}, [(((total, 1.0), (a, -1.0), (b, -1.0)), 0, 0)])
    {Key(population='p', measure='people', where=(('q', 'b'),)): 2}
    """
    unknown = [key for key in sorted(near) if key not in known]
    column = {key: number for number, key in enumerate(unknown)}
    left = list[Row]()
    for terms, low, high in rows:
        given, factors = 0.0, dict[int, float]()
        for key, factor in terms:
            if key in known:
                given += factor * known[key]
            else:
                number = column.setdefault(key, len(column))
                factors[number] = factors.get(number, 0.0) + factor
        open_terms = tuple((number, factor) for number, factor in factors.items() if factor)
        if open_terms:
            left.append(Row(open_terms, low - given, high - given))
        elif not low - EXACT <= given <= high + EXACT:
            return None
    found = _nearest([max(0, int(near.get(key, 0))) for key in column], left)
    if found is None:
        return None
    return {key: known[key] if key in known else found[column[key]] for key in near}


def _nearest(guesses: list[int], rows: list[Row]) -> list[int] | None:
    """Solve each group of columns that rows join by itself; what no row holds keeps its guess."""
    found = list(guesses)
    for group, numbers in parted(len(guesses), rows):
        held = [rows[number] for number in numbers]
        if not held:
            continue
        solved = _solve([guesses[column] for column in group], group, held)
        if solved is None:
            return None
        for column, n in zip(group, solved, strict=True):
            found[column] = n
    return found


def _solve(guesses: list[int], group: list[int], rows: list[Row]) -> list[int] | None:
    """Write counts as guess + up − down, and make the ups and downs as few as can be."""
    size = len(guesses)
    place = {column: number for number, column in enumerate(group)}
    moved = []
    for row in rows:
        terms = [(place[column], factor) for column, factor in row.terms]
        start = sum(factor * guesses[number] for number, factor in terms)
        both = (*terms, *((number + size, -factor) for number, factor in terms))
        moved.append(Row(both, row.low - start, row.high - start))
    start_at = np.array(guesses, dtype=np.float64)
    program = Program(
        moved,
        np.zeros(2 * size),
        np.concatenate([np.full(size, UNLIMITED), start_at]),
        nodes=MOST_NODES,
        effort=EFFORT,
    )
    best = program.minimise(np.ones(2 * size))
    if best is None:
        return None
    counts = start_at + best[:size] - best[size:]
    return [int(n) for n in np.round(counts)] if _agree(counts, place, rows) else None


def _agree(counts: np.typing.NDArray[np.float64], place: Mapping[int, int], rows: list[Row]) -> bool:
    """Read the result back: what rounding broke is no solution."""
    sums = [sum(factor * counts[place[column]] for column, factor in row.terms) for row in rows]
    return bool(np.all(counts >= 0)) and all(
        row.low - EXACT <= total <= row.high + EXACT for row, total in zip(rows, sums, strict=True)
    )
