"""Every way in which people could stand in small tables is listed; the audit must give exactly its ends."""

from random import Random

import numpy as np
import pytest
from small_records import Counted, Shape, agreeing_people, counted_in, crossing, some_people
from small_tables import where

from avis.disclosure.audit import audit
from avis.disclosure.rules import Rules
from avis.findings.model import Finding, Key, Relation, changed

SETS: dict[str, tuple[Shape, int, list[str]]] = {
    "2 × 2": ({"a": 2, "b": 2}, 9, ["ab"]),
    "2 × 3": ({"a": 2, "b": 3}, 7, ["ab"]),
    "3 × 3": ({"a": 3, "b": 3}, 6, ["ab"]),
    "two linked tables": ({"a": 2, "b": 2, "c": 2}, 7, ["ab", "bc"]),
    "a cycle of three": ({"a": 2, "b": 2, "c": 2}, 7, ["ab", "bc", "ac"]),
    "a cycle and its cube": ({"a": 2, "b": 2, "c": 2}, 7, ["ab", "bc", "ac", "abc"]),
    "a cycle with a tail": ({"a": 2, "b": 2, "c": 2, "d": 2}, 4, ["ab", "bc", "ac", "cd"]),
    "two cycles on one side": ({"a": 2, "b": 2, "c": 2, "d": 2}, 4, ["ab", "bc", "ac", "bd", "cd"]),
    "all pairs of four": ({"a": 2, "b": 2, "c": 2, "d": 2}, 4, ["ab", "ac", "ad", "bc", "bd", "cd"]),
}


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("name", SETS)
def test_the_audit_gives_the_ends_of_the_list(name: str, seed: int) -> None:
    shape, most, crossings = SETS[name]
    random = Random(f"{name} {seed}")
    n = random.randint(1, most)
    people = some_people(random, shape, n, random.choice([0, 0.5]))
    tables = [crossing(people, shape, variables) for variables in crossings]
    check(random, shape, n, tables)


@pytest.mark.parametrize("seed", range(20))
def test_a_hierarchy_is_known_too(seed: int) -> None:
    """Four places in two regions, by sex: regions are printed by sex as well."""
    random = Random(seed)
    shape: Shape = {"place": 4, "sex": 2}
    n = random.randint(2, 6)
    people = some_people(random, shape, n)
    table = crossing(people, shape, ["place", "sex"])
    regions = crossing(
        [(place // 2, sex) for place, sex in people], {"region": 2, "sex": 2}, ["region", "sex"], id="regions"
    )
    tied = tuple(
        Relation(
            total=tuple(sorted((*rest, ("region", str(region))))),
            parts=tuple(
                tuple(sorted((*rest, ("place", str(place))))) for place in (2 * region, 2 * region + 1)
            ),
        )
        for rest in ((), where(sex="0"), where(sex="1"))
        for region in range(2)
    )
    regions = changed(
        regions,
        relations=(*regions.relations, *table.relations, *tied),
        cells=(*regions.cells, *(cell for cell in table.cells if "place" in dict(cell.where))),
    )
    check(random, shape | {"region": 2}, n, [regions], [(p, s, p // 2) for p, s in people])


def check(
    random: Random, shape: Shape, n: int, tables: list[Finding], people: list[tuple[int, ...]] | None = None
) -> None:
    keys = sorted({key for table in tables for key, _ in table.keyed() if key.where})
    share = random.choice([0.3, 0.6, 0.9])
    hidden = {key for key in keys if random.random() < share}
    ways = agreeing_people(shape, n, tables, hidden)
    if people is not None:  # the region is known from the place: others cannot be
        ways = ways[_in_regions(ways, shape)]
    found = audit(tables, hidden, Rules(3))
    for cell in hidden:
        possible = counted_in(ways, shape, cell.where)
        interval = found.intervals[cell]
        assert (interval.low, interval.high) == (possible.min(), possible.max()), cell


def _in_regions(ways: Counted, shape: Shape) -> Counted:
    wrong = sum(
        counted_in(ways, shape, where(place=str(place), region=str(1 - place // 2))) for place in range(4)
    )
    return np.asarray(wrong == 0)


@pytest.mark.parametrize("seed", range(40))
def test_whoever_is_alone_pins_what_the_list_says_that_she_pins(seed: int) -> None:
    """She knows her own cell, and of each cell inside it whether she is there."""
    random = Random(seed)
    shape: Shape = {"a": 2, "b": 2, "c": 2}
    n = random.randint(3, 7)
    people = some_people(random, shape, n)
    tables = [crossing(people, shape, pair) for pair in ("ab", "bc")]
    counts: dict[Key, int] = {key: int(cell.n or 0) for table in tables for key, cell in table.keyed()}
    hidden = {key for key in counts if key.where and random.random() < 0.8}
    found = audit(tables, hidden, Rules(2))
    for failure in found.failures:
        shown = [key for key in counts if key not in hidden]
        if failure.known_by is not None:
            own = set(failure.known_by.where)
            shown += [
                key for key in counts if own <= set(key.where) or (counts[key] == 1 and set(key.where) <= own)
            ]
        ways = agreeing_people(shape, n, tables, hidden - set(shown))
        possible = counted_in(ways, shape, failure.key.where)
        width = 2 if failure.known_by is None else 1
        assert possible.max() - possible.min() < width
