"""Counts that nobody told are completed to whole numbers that agree with all that is known."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_tables import crossed, key

from avis.disclosure.completion import Bounds, complete
from avis.findings.model import Key

A, B, C, TOTAL = key(q="a"), key(q="b"), key(q="c"), key()


def sums_to(total: Key, *parts: Key) -> Bounds:
    return (((total, 1.0), *((part, -1.0) for part in parts)), 0, 0)


def test_guesses_that_agree_already_stay() -> None:
    assert complete({TOTAL: 9}, {A: 2, B: 7}, [sums_to(TOTAL, A, B)]) == {A: 2, B: 7}


def test_guesses_move_as_little_as_they_must() -> None:
    found = complete({TOTAL: 9}, {A: 2, B: 4}, [sums_to(TOTAL, A, B)])
    assert found is not None and found[A] + found[B] == 9 and found[A] >= 2 and found[B] >= 4


def test_a_total_may_be_unknown_too() -> None:
    assert complete({A: 2, B: 7}, {TOTAL: 0}, [sums_to(TOTAL, A, B)]) == {TOTAL: 9}


def test_no_count_is_negative() -> None:
    assert complete({TOTAL: 3, A: 5}, {B: 0}, [sums_to(TOTAL, A, B)]) is None
    assert complete({}, {A: -4}, []) == {A: 0}


def test_known_counts_that_contradict_each_other_have_no_completion() -> None:
    assert complete({TOTAL: 3, A: 1, B: 1}, {C: 5}, [sums_to(TOTAL, A, B)]) is None


def test_whole_numbers_are_needed_not_halves() -> None:
    """2 a = 5 holds for two and a half, and for no number of people."""
    assert complete({}, {A: 0}, [(((A, 2.0),), 5, 5)]) is None


def test_a_row_may_leave_room() -> None:
    rows: list[Bounds] = [(((A, 1.0),), 3, 8), (((A, 1.0), (B, -1.0)), -float("inf"), 0)]
    assert complete({}, {A: 10, B: 2}, rows) in ({A: 3, B: 3}, {A: 8, B: 8})
    assert complete({}, {A: 5, B: 9}, rows) == {A: 5, B: 9}


def test_a_key_that_stands_in_rows_alone_may_be_any_count() -> None:
    assert complete({TOTAL: 9}, {A: 12}, [sums_to(TOTAL, A, B)]) == {A: 9}
    assert complete({TOTAL: 9}, {A: 4}, [sums_to(TOTAL, A, B)]) == {A: 4}


def test_a_key_that_is_known_keeps_its_count_whatever_the_guess() -> None:
    assert complete({TOTAL: 9, A: 3}, {A: 8, B: 0}, [sums_to(TOTAL, A, B)]) == {A: 3, B: 6}


def test_one_contradiction_anywhere_is_no_completion_at_all() -> None:
    rows = [sums_to(TOTAL, A, B), (((C, 1.0),), 4, 2)]
    assert complete({TOTAL: 9}, {A: 2, B: 7, C: 0}, rows) is None


@pytest.mark.parametrize("parity", [0, 1])
def test_records_of_three_pairs_that_no_people_could_give_are_refused(parity: int) -> None:
    """Two faces say a = b and a = c for everybody, the third b ≠ c: each margin agrees, nobody fits."""
    cube = {
        p: Key("p", "people", tuple(zip("abc", p, strict=True))) for p in itertools.product("01", repeat=3)
    }
    faces = {(x, y): [[1, 0], [0, 1]] for x, y in ((0, 1), (0, 2), (1, 2))}
    faces[1, 2] = [[0, 1], [1, 0]] if parity else [[1, 0], [0, 1]]
    rows: list[Bounds] = []
    for (x, y), held in faces.items():
        for i, j in itertools.product((0, 1), repeat=2):
            parts = [cube[p] for p in cube if p[x] == str(i) and p[y] == str(j)]
            rows.append((tuple((part, 1.0) for part in parts), held[i][j], held[i][j]))
    found = complete({}, dict.fromkeys(cube.values(), 0), rows)
    assert (found is None) is bool(parity)


@given(st.lists(st.integers(0, 9), min_size=9, max_size=9), st.data())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_any_hidden_part_of_a_table_is_completed_to_agree_with_the_rest(
    counts: list[int], data: st.DataObject
) -> None:
    table = crossed("t", [counts[:3], counts[3:6], counts[6:]])
    truth = {table.key(cell.where): int(cell.n or 0) for cell in table.cells}
    hidden = data.draw(st.sets(st.sampled_from(sorted(truth))))
    guesses = {one: data.draw(st.integers(0, 12)) for one in sorted(hidden)}
    rows = [sums_to(table.key(r.total), *map(table.key, r.parts)) for r in table.relations]
    known = {one: n for one, n in truth.items() if one not in hidden}
    found = complete(known, guesses, rows)
    assert found is not None and found.keys() == guesses.keys()
    whole = known | found
    for terms, _, _ in rows:
        assert sum(factor * whole[one] for one, factor in terms) == 0
    moved = sum(abs(found[one] - guesses[one]) for one in found)
    assert moved <= sum(abs(truth[one] - guesses[one]) for one in found), (
        "the truth agrees too: never farther"
    )
    assert complete(dict(reversed(known.items())), dict(reversed(guesses.items())), rows) == found
