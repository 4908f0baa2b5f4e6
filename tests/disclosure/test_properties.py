"""Random linked sets, protected and then read by a program that shares nothing with ours.

The reader writes down every person (one unknown per combination of all values), the sums to all that is
printed, and asks a mixed-integer program for the lowest and highest count of each small cell. It knows
neither the pool, nor the frame, nor joint records, nor the solver of the project.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import product
from random import Random

import highspy
import numpy as np
import pytest
from small_records import Record, Shape, crossing, some_people
from small_tables import where

from avis.disclosure.protect import protect
from avis.disclosure.rules import Rules
from avis.exhibits import Cell, Where
from avis.findings.model import Finding, Key, Relation, changed

MOST_ASKED = 14
"""Small counts asked in one set, at random."""

GRAPHS = (
    ["ab"],
    ["ab", "bc"],
    ["ab", "bc", "ac"],
    ["ab", "bc", "cd", "ad"],
    ["ab", "ac", "ad"],
    ["ab", "bc", "ac", "cd"],
    ["abc", "cd"],
    ["ab", "ac", "ad", "bc", "bd", "cd"],
)


class Reader:
    """Whole people behind what is printed, by their full records."""

    def __init__(self, records: Sequence[Record], names: str, shown: Iterable[tuple[Where, int]]) -> None:
        self._records, self._names = records, names
        self._program = highspy.Highs()
        self._program.setOptionValue("output_flag", False)
        self._program.setOptionValue("threads", 1)
        for _ in records:
            self._program.addVar(0, 10_000)
        everybody = np.arange(len(records), dtype=np.int32)
        kinds = np.full(len(records), highspy.HighsVarType.kInteger.value, dtype=np.uint8)
        self._program.changeColsIntegrality(len(records), everybody, kinds)
        self._everybody = everybody
        for at, n in shown:
            columns = self._columns(at)
            if len(columns):
                self._program.addRow(n, n, len(columns), columns, np.ones(len(columns)))

    def _columns(self, at: Where) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        place = [(self._names.index(name), int(value)) for name, value in at]
        return np.array(
            [n for n, record in enumerate(self._records) if all(record[p] == v for p, v in place)],
            dtype=np.int32,
        )

    def holds(self, outer: Where, inner: Where) -> bool:
        """Tell whether everybody of one cell is in another."""
        return set(self._columns(inner)) <= set(self._columns(outer))

    def ends(self, at: Where) -> tuple[int, int]:
        """The lowest and the highest count of a cell."""
        costs = np.zeros(len(self._records))
        costs[self._columns(at)] = 1
        found = []
        for way in (1.0, -1.0):
            self._program.changeColsCost(len(costs), self._everybody, way * costs)
            self._program.run()
            assert self._program.getModelStatus() == highspy.HighsModelStatus.kOptimal
            found.append(round(way * self._program.getInfo().objective_function_value))
        return found[0], found[1]


def a_set(random: Random) -> tuple[list[Finding], list[Record], str]:
    """Tables of one population, the records that may exist, and the names of their variables."""
    crossings = random.choice(GRAPHS)
    names = "".join(sorted(set("".join(crossings))))
    shape: Shape = {name: random.choice([2, 2, 3]) for name in names}
    lean = random.choice([0, 0, 0.4, 0.8])
    people = some_people(random, shape, random.choice([5, 12, 25, 60]), lean)
    if random.random() < 0.15:
        people = [(0, *record[1:]) for record in people]  # everybody in one category
    records = list(product(*map(range, shape.values())))
    tables = [crossing(people, shape, variables) for variables in crossings]
    if random.random() < 0.4:
        tables[0], people, records, names = grouped(tables[0], people, records, names, crossings[0][0], shape)
    return tables, records, names


def grouped(
    table: Finding, people: list[Record], records: list[Record], names: str, variable: str, shape: Shape
) -> tuple[Finding, list[Record], list[Record], str]:
    """Print also the values of one variable in two groups, as months in quarters or places in regions."""
    place = names.index(variable)
    groups = {str(v): str(v // 2) for v in range(shape[variable])}
    cells = {cell.where: int(cell.n or 0) for cell in table.cells}
    more: dict[Where, int] = {}
    relations = []
    for rest in {tuple(pair for pair in at if pair[0] != variable) for at in cells}:
        for group in sorted(set(groups.values())):
            parts = tuple(tuple(sorted((*rest, (variable, v)))) for v in groups if groups[v] == group)
            at = tuple(sorted((*rest, ("z", group))))
            more[at] = sum(cells[part] for part in parts)
            relations.append(Relation(total=at, parts=parts))
    made = (*table.cells, *(Cell(where=at, n=n) for at, n in more.items()))
    wider = changed(table, cells=made, relations=(*table.relations, *relations))
    with_group = [(*record, record[place] // 2) for record in records]
    return wider, [(*record, record[place] // 2) for record in people], with_group, names + "z"


def read(
    random: Random,
    tables: Sequence[Finding],
    hidden: Collection[Key],
    records: Sequence[Record],
    names: str,
    k: int,
) -> int:
    """Ask the reader for every small count, and again with what each person alone knows; count the asks."""
    counts = {key: int(cell.n or 0) for table in tables for key, cell in table.keyed()}
    shown = [(key.where, n) for key, n in counts.items() if key not in hidden]
    reader = Reader(records, names, shown)
    small = [key for key, n in counts.items() if 0 < n < k]
    alone = [key for key, n in counts.items() if n == 1]
    small = random.sample(small, min(MOST_ASKED, len(small)))
    for key in small:
        low, high = reader.ends(key.where)
        assert key in hidden, "a small count is printed"
        assert high - low >= k, f"{key.where} is from {low} to {high}"
    alone = random.sample(alone, min(2, len(alone)))
    for one in alone:
        inside = [(key.where, n) for key, n in counts.items() if reader.holds(one.where, key.where)]
        insider = Reader(records, names, [*shown, *inside])
        for key in [key for key in small if not reader.holds(one.where, key.where)]:
            if counts[key] == 1 and reader.holds(key.where, one.where):
                continue  # hers too, maybe by a group of her value
            low, high = insider.ends(key.where)
            assert high > low, f"{key.where} is {low} for whoever is alone in {one.where}"
    return len(small)


def check(seeds: Iterable[int]) -> None:
    asked = 0
    for seed in seeds:
        random = Random(seed)
        tables, records, names = a_set(random)
        k = random.choice([3, 5, 11])
        protected = protect(tables, Rules(k))
        assert protected.passed
        asked += read(random, tables, protected.hidden_keys, records, names, k)
    assert asked > 0


@pytest.mark.parametrize("part", range(3))
def test_no_hidden_count_of_random_linked_sets_is_recovered(part: int) -> None:
    check(range(part * 10, part * 10 + 10))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(20))
def test_no_hidden_count_of_hundreds_of_random_linked_sets_is_recovered(part: int) -> None:
    check(range(1000 + part * 10, 1010 + part * 10))


def test_the_reader_sees_what_is_left_open() -> None:
    """One line hidden alone is read back: a reader that finds nothing would prove nothing."""
    people = some_people(Random(1), {"a": 2, "b": 2}, 30)
    table = crossing(people, {"a": 2, "b": 2}, "ab")
    cell = table.key(where(a="0", b="0"))
    shown = [(key.where, int(held.n or 0)) for key, held in table.keyed() if key != cell]
    reader = Reader(list(product(range(2), repeat=2)), "ab", shown)
    assert reader.ends(cell.where) == (table.n(cell.where), table.n(cell.where))
