"""People with one value of each variable, tables that cross them, and all people that agree with these."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import combinations_with_replacement, product
from random import Random

import numpy as np
from numpy.typing import NDArray
from small_tables import dimension, finding, where

from avis.exhibits import Where
from avis.findings.model import Finding, Key, Relation

Shape = dict[str, int]
"""Variables with their numbers of values."""
Record = tuple[int, ...]
Counted = NDArray[np.int64]


def crossing(
    records: Sequence[Record],
    shape: Shape,
    variables: str,
    id: str = "",
    within: Where = (),
    population: str = "p",
) -> Finding:
    """Cross some variables with all margins; `within` keeps the records of a filter that the caller made."""
    places = [list(shape).index(v) for v in variables]
    counts: dict[Where, int] = {}
    relations = []
    for chosen in product(*([None, *range(shape[v])] for v in variables)):
        at = where(**{v: str(x) for v, x in zip(variables, chosen, strict=True) if x is not None})
        counts[at] = sum(
            all(x is None or record[p] == x for p, x in zip(places, chosen, strict=True))
            for record in records
        )
        for v, x in zip(variables, chosen, strict=True):
            if x is None:
                parts = tuple(tuple(sorted((*at, (v, str(i))))) for i in range(shape[v]))
                relations.append(Relation(total=at, parts=parts))
    dimensions = tuple(dimension(v, [str(i) for i in range(shape[v])]) for v in variables)
    changes = {"within": within, "population": population, "dimensions": dimensions}
    return finding(id or f"t-{variables}", counts, relations, **changes)


def some_people(random: Random, shape: Shape, n: int, lean: float = 0.0) -> list[Record]:
    """People at random; `lean` is how often somebody stands in the first value of everything."""
    return [
        tuple(0 if random.random() < lean else random.randrange(size) for size in shape.values())
        for _ in range(n)
    ]


@cache
def all_people(sizes: tuple[int, ...], n: int) -> Counted:
    """Every way in which `n` people may stand in the cells: one row each, one column a cell."""
    cells = int(np.prod(sizes))
    chosen = np.array(list(combinations_with_replacement(range(cells), n)), dtype=np.int64).reshape(-1, n)
    counts = np.zeros((len(chosen), cells), dtype=np.int64)
    for column in range(n):
        np.add.at(counts, (np.arange(len(chosen)), chosen[:, column]), 1)
    return counts


def counted_in(ways: Counted, shape: Shape, at: Where) -> Counted:
    """Count one cell in each of the ways."""
    place = dict(at)
    cells = [
        number
        for number, record in enumerate(product(*map(range, shape.values())))
        if all(v not in place or str(x) == place[v] for v, x in zip(shape, record, strict=True))
    ]
    return np.asarray(ways[:, cells].sum(axis=1))


def agreeing_people(shape: Shape, n: int, tables: Iterable[Finding], hidden: Iterable[Key]) -> Counted:
    """All ways of `n` people that agree with what the tables show; the number of people itself is shown."""
    ways, unseen = all_people(tuple(shape.values()), n), set(hidden)
    for table in tables:
        for key, cell in table.keyed():
            if key not in unseen:
                ways = ways[counted_in(ways, shape, key.where) == cell.n]
    return ways
