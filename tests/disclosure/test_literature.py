"""Tables and bounds that others published, with their source, reckoned again by the audit."""

import itertools
from random import Random

import msgspec
import pytest
from small_records import Shape, crossing, some_people
from small_tables import crossed, finding, key, one_question, where

from avis.disclosure.audit import Interval, audit
from avis.disclosure.protect import protect
from avis.disclosure.rules import Rules
from avis.findings.model import Finding, Key, Link, Ref, Relation

INVESTMENT = [[20, 50, 10], [8, 19, 22], [17, 32, 12]]
"""Investment by activity (lines) and region: Fischetti & Salazar, Management Science 47 (2001)."""


def test_fischetti_and_salazar_investment_by_activity_and_region() -> None:
    """With (II, C), (II, A), (III, C) and (III, A) hidden, a reader knows that 22 lies from 5 to 30."""
    table = crossed("t", INVESTMENT, "activity", "region")
    hidden = {table.key(where(activity=i, region=j)) for i in "12" for j in "02"}
    found = audit([table], hidden, Rules())
    assert found.intervals[table.key(where(activity="1", region="2"))] == Interval(5, 30)


def test_fischetti_and_salazar_hiding_the_sensitive_cell_alone_hides_nothing() -> None:
    table = crossed("t", INVESTMENT, "activity", "region")
    cell = table.key(where(activity="1", region="2"))
    assert audit([table], {cell}, Rules()).intervals[cell] == Interval(22, 22)


def test_acro_a_margin_of_200_recomputed_beside_one_of_204_gives_4() -> None:
    """One table leaves the small cell out of its total, another table prints the true total."""
    table = one_question(a=120, b=80, c=4)
    shown = finding("sum", {where(q="ab"): 200}, [])
    told = Link(
        total=Ref(population="p", where=where(q="ab")),
        parts=(Ref(population="p", where=where(q="a")), Ref(population="p", where=where(q="b"))),
    )
    other = msgspec.structs.replace(
        shown, links=(told,), relations=(Relation(total=(), parts=(where(q="ab"), where(q="c"))),)
    )
    hidden = {key(q="b"), key(q="c")}
    assert audit([table], hidden, Rules()).passed
    found = audit([table, other], hidden, Rules())
    assert found.intervals[key(q="c")] == Interval(4, 4) and not found.passed


@pytest.mark.parametrize("seed", range(10))
def test_frechet_bounds_of_a_two_by_two_table_with_its_margins(seed: int) -> None:
    """max(0, line + column − all) ≤ count ≤ min(line, column): Fréchet (1940), Bonferroni."""
    random = Random(seed)
    counts = [[random.randint(0, 9) for _ in range(2)] for _ in range(2)]
    table = crossed("t", counts)
    found = audit([table], {cell.key for cell in _inner(table)}, Rules())
    for cell in _inner(table):
        (_, i), (_, j) = cell.key.where
        line, column, whole = (
            sum(counts[int(i)]),
            counts[0][int(j)] + counts[1][int(j)],
            sum(map(sum, counts)),
        )
        assert found.intervals[cell.key] == Interval(max(0, line + column - whole), min(line, column))


class _Cell(msgspec.Struct, frozen=True):
    key: Key
    n: int


def _inner(table: Finding) -> list[_Cell]:
    size = len(table.dimensions)
    return [_Cell(key, int(cell.n or 0)) for key, cell in table.keyed() if len(cell.where) == size]


CUBE: Shape = {"a": 2, "b": 2, "c": 2}


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("n", [8, 40])
def test_dobra_and_fienberg_bounds_of_a_decomposable_set(seed: int, n: int) -> None:
    """Given A×B and B×C: max(0, ab + bc − b) ≤ abc ≤ min(ab, bc). Dobra & Fienberg, PNAS 97 (2000)."""
    people = some_people(Random(seed), CUBE, n, 0.2)
    table = crossing(people, CUBE, "abc")
    hidden = {k for k, cell in table.keyed() if set(dict(cell.where)) >= {"a", "c"}}
    found = audit([table], hidden, Rules())
    for i, j, k in itertools.product("012"[:2], repeat=3):
        ab, bc, b = (table.n(where(**at)) for at in ({"a": i, "b": j}, {"b": j, "c": k}, {"b": j}))
        cell = table.key(where(a=i, b=j, c=k))
        assert found.intervals[cell] == Interval(max(0, ab + bc - b), min(ab, bc))


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("n", [8, 40])
def test_bounds_of_a_cube_with_its_three_faces(seed: int, n: int) -> None:
    """The smallest set that is not decomposable: Fienberg, Fréchet and Bonferroni bounds for multi-way tables
    (1999); the upper bound has the count of nobody's values as a fourth term."""
    people = some_people(Random(seed), CUBE, n, 0.2)
    table = crossing(people, CUBE, "abc")
    hidden = {cell.key for cell in _inner(table)}
    found = audit([table], hidden, Rules())
    for cell in _inner(table):
        at = dict(cell.key.where)
        face = {pair: table.n(where(**{v: at[v] for v in pair})) for pair in ("ab", "ac", "bc")}
        line = {v: table.n(where(**{v: at[v]})) for v in "abc"}
        low = max(
            0,
            *(
                face[p] + face[q] - line[next(iter(set(p) & set(q)))]
                for p, q in itertools.combinations(face, 2)
            ),
        )
        high = min(*face.values(), sum(face.values()) - sum(line.values()) + n)
        assert found.intervals[cell.key] == Interval(low, high)


@pytest.mark.parametrize("seed", range(6))
def test_the_same_bounds_hold_where_no_table_prints_the_cube(seed: int) -> None:
    """The faces with one of them hidden: what the joint records say of it is what the cube would say."""
    people = some_people(Random(seed), CUBE, 12, 0.2)
    faces = [crossing(people, CUBE, pair) for pair in ("ab", "bc", "ac")]
    cube = crossing(people, CUBE, "abc")
    hidden = {cell.key for cell in _inner(faces[2])}
    alone = audit(faces, hidden, Rules()).intervals
    within = audit([*faces, cube], hidden | {cell.key for cell in _inner(cube)}, Rules()).intervals
    assert all(alone[one] == within[one] for one in hidden)


def test_the_investment_table_is_protected_and_nothing_small_stays_narrow() -> None:
    table = crossed("t", INVESTMENT, "activity", "region")
    protected = protect([table], Rules(11))
    assert protected.passed
    small = [cell for cell in _inner(table) if 0 < cell.n < 11]
    assert {cell.n for cell in small} == {8, 10}
    for cell in small:
        interval = protected.audit.intervals[cell.key]
        assert interval.high - interval.low >= 11
