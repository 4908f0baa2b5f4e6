"""One record a person ties tables that cross in a cycle; elsewhere the sums of the tables say all."""

from random import Random

import msgspec
import pytest
from small_records import Shape, agreeing_people, counted_in, crossing, some_people
from small_tables import crossed, where

from avis.disclosure.audit import audit
from avis.disclosure.frame import frame
from avis.disclosure.joint.latent import joint
from avis.disclosure.joint.triangulation import cliques_of
from avis.disclosure.rules import Rules
from avis.findings.model import Finding, Key, Relation

CUBE: Shape = {"a": 2, "b": 2, "c": 2}
SQUARE: Shape = {"a": 2, "b": 2, "c": 2, "d": 2}


def hidden_at_random(random: Random, tables: list[Finding], share: float) -> set[Key]:
    """Cells to hide, never the number of all people."""
    keys = sorted({key for table in tables for key, _ in table.keyed() if key.where})
    return {key for key in keys if random.random() < share}


def check_against_a_list(
    random: Random, shape: Shape, n: int, crossings: list[str], share: float, lean: float = 0.0
) -> None:
    people = some_people(random, shape, n, lean)
    tables = [crossing(people, shape, variables) for variables in crossings]
    hidden = hidden_at_random(random, tables, share)
    ways = agreeing_people(shape, n, tables, hidden)
    found = audit(tables, hidden, Rules(3))
    for cell in hidden:
        possible = counted_in(ways, shape, cell.where)
        interval = found.intervals[cell]
        assert (interval.low, interval.high) == (possible.min(), possible.max()), (cell, people)


@pytest.mark.parametrize("seed", range(25))
def test_three_tables_in_a_cycle_allow_what_people_allow(seed: int) -> None:
    random = Random(seed)
    n = random.randint(2, 8)
    check_against_a_list(random, CUBE, n, ["ab", "bc", "ac"], random.choice([0.3, 0.6, 0.9]))


@pytest.mark.parametrize("seed", range(12))
def test_four_tables_in_a_ring_allow_what_people_allow(seed: int) -> None:
    random = Random(seed)
    check_against_a_list(random, SQUARE, random.randint(2, 5), ["ab", "bc", "cd", "ad"], 0.5, 0.3)


@pytest.mark.parametrize("seed", range(12))
def test_tables_of_three_values_in_a_cycle_allow_what_people_allow(seed: int) -> None:
    random = Random(seed)
    check_against_a_list(random, {"a": 3, "b": 2, "c": 2}, random.randint(3, 6), ["ab", "bc", "ac"], 0.5)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("crossings", [["ab", "bc"], ["ab", "ac", "ad"], ["ab", "bc", "cd"], ["abc", "cd"]])
def test_tables_in_a_tree_need_no_joint_counts(seed: int, crossings: list[str]) -> None:
    """The proof in `joint`, tried: sums alone give exactly what people allow."""
    random = Random(seed)
    shape = dict.fromkeys(sorted(set("".join(crossings))), 2)
    check_against_a_list(random, shape, random.randint(2, 5), crossings, 0.6)
    people = some_people(random, shape, 5)
    assert joint([crossing(people, shape, variables) for variables in crossings]).findings == ()


def test_the_equations_alone_would_allow_more() -> None:
    """In both places only women said yes: a man who said yes in either cannot be."""
    tables = [
        crossed("ab", [[0, 3], [3, 0]], "a", "b"),
        crossed("bc", [[0, 3], [3, 0]], "b", "c"),
        crossed("ac", [[3, 0], [0, 3]], "a", "c"),
    ]
    hidden = {Key("p", "people", where(a=i, c=j)) for i in "01" for j in "01"}
    found = audit(tables, hidden, Rules(3))
    assert {(found.intervals[one].low, found.intervals[one].high) for one in hidden} == {(0, 0), (3, 3)}
    apart = [msgspec.structs.replace(table, population=table.id) for table in tables]
    loose = audit(apart, {one._replace(population="ac") for one in hidden}, Rules(3))
    assert {(held.low, held.high) for held in loose.intervals.values()} == {(0, 3)}


def without_margins(table: Finding) -> Finding:
    inner = [cell for cell in table.cells if len(cell.where) == len(table.dimensions)]
    return msgspec.structs.replace(table, cells=tuple(inner), relations=())


@pytest.mark.parametrize("seed", range(12))
def test_margins_that_no_table_prints_must_agree_all_the_same(seed: int) -> None:
    """By a, b and c, and by a, b and d, without totals: whoever adds has a × b from either."""
    random, crossings = Random(seed), ["abc", "abd"]
    people = some_people(random, SQUARE, 5)
    tables = [without_margins(crossing(people, SQUARE, variables)) for variables in crossings]
    tables += [crossing(people, SQUARE, variable) for variable in "abcd"]
    (found,) = joint(tables).findings
    assert {latent.cell.where for latent in found.latent} == {where(a=i, b=j) for i in "01" for j in "01"}
    hidden = hidden_at_random(random, tables, 0.6)
    ways = agreeing_people(SQUARE, 5, tables, hidden)
    intervals = audit(tables, hidden, Rules(3)).intervals
    for cell in hidden:
        possible = counted_in(ways, SQUARE, cell.where)
        assert (intervals[cell].low, intervals[cell].high) == (possible.min(), possible.max())


def test_a_known_zero_has_no_joint_counts() -> None:
    people = some_people(Random(1), {"a": 2, "b": 2, "c": 3}, 30)
    people = [record for record in people if record[2] != 2]
    tables = [crossing(people, {"a": 2, "b": 2, "c": 3}, pair) for pair in ("ab", "bc", "ac")]
    (whole,) = joint(tables).findings
    assert len(whole.latent) == 12
    known = [
        msgspec.structs.replace(table, public=(where(c="2"),) if "c" in table.id else ()) for table in tables
    ]
    (fewer,) = joint(known).findings
    assert len(fewer.latent) == 8


def test_places_where_somebody_may_come_twice_part_nobody() -> None:
    """Where the values of c overlap, each of them is a group of its own: in or out."""
    people = some_people(Random(1), CUBE, 30)
    tables = [crossing(people, CUBE, pair) for pair in ("ab", "bc", "ac")]
    twice = [
        msgspec.structs.replace(
            table,
            relations=tuple(
                msgspec.structs.replace(one, kind="cover") if _is_about("c", one) else one
                for one in table.relations
            ),
        )
        for table in tables
    ]
    for made in joint(twice).findings:
        for link in made.links:
            places = {dict(part.where).get("c") for part in link.parts} - {None}
            assert len(places) <= 1, "who came to one place may have come to the other too"


def _is_about(variable: str, relation: Relation) -> bool:
    return variable not in dict(relation.total) and variable in dict(relation.parts[0])


def test_tables_that_no_people_could_give_are_tied_by_their_sums_alone_and_it_is_said() -> None:
    tables = [
        crossed("ab", [[0, 3], [3, 0]], "a", "b"),
        crossed("bc", [[0, 3], [3, 0]], "b", "c"),
        crossed("ac", [[0, 3], [3, 0]], "a", "c"),
    ]
    found = joint(tables)
    assert found.findings == () and [remark.code for remark in found.remarks] == ["DIS-032"]


def test_a_group_inside_a_population_is_part_of_the_cycle() -> None:
    """By a and b of everybody; by b and c, and by a and c, of those who came to a workshop."""
    found = 0
    for seed in range(12):
        random = Random(seed)
        shape = {"a": 2, "b": 2, "c": 2, "came": 2}
        people = some_people(random, shape, 5)
        inner = [record for record in people if record[3] == 0]
        came = where(type="atelier")
        tables = [
            crossing(people, shape, "ab"),
            crossing(inner, shape, "bc", within=came),
            crossing(inner, shape, "ac", within=came),
        ]
        hidden = hidden_at_random(random, tables, 0.5)
        ways = agreeing_people(
            shape,
            5,
            [
                msgspec.structs.replace(
                    table,
                    within=(),
                    cells=tuple(
                        msgspec.structs.replace(
                            cell,
                            where=tuple(sorted((*cell.where, *((("came", "0"),) if table.within else ())))),
                        )
                        for cell in table.cells
                    ),
                )
                for table in tables
            ],
            {_told(one) for one in hidden},
        )
        intervals = audit(tables, hidden, Rules(3)).intervals
        for one in hidden:
            possible = counted_in(ways, shape, _told(one).where)
            assert (intervals[one].low, intervals[one].high) == (possible.min(), possible.max())
            found += 1
    assert found > 50


def _told(one: Key) -> Key:
    pairs = (("came", "0") if pair == ("type", "atelier") else pair for pair in one.where)
    return one._replace(where=tuple(sorted(pairs)))


def test_a_graph_with_a_ring_is_made_of_triangles() -> None:
    ring = [frozenset(pair) for pair in ("ab", "bc", "cd", "da")]
    assert sorted(map(len, cliques_of(ring))) == [3, 3]


def test_the_frame_holds_records_and_remarks_once_for_protecting_and_for_the_audit() -> None:
    people = some_people(Random(1), CUBE, 30)
    tables = [crossing(people, CUBE, pair) for pair in ("ab", "bc", "ac")]
    first, again = frame(tables), frame(list(tables))
    assert first == again and len(first.findings[0].latent) == 8
    assert all(latent.harmless and len(latent.cell.where) == 3 for latent in first.findings[0].latent)
