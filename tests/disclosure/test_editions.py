"""Two editions compared must not tell who left, who came, or what the first one hid."""

from itertools import product

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_tables import Tables, as_printed, crossed, key, one_question, several_answers, where

from avis.disclosure.audit import audit
from avis.disclosure.editions import MOVED
from avis.disclosure.protect import protect
from avis.disclosure.rules import Rules
from avis.findings.model import Finding, Key

THEN = one_question(oui=30, non=21, parfois=20)
ONE_LESS = one_question(oui=29, non=21, parfois=20)
NONE: frozenset[Key] = frozenset()


def shown(finding: Finding) -> list[tuple[Finding, ...]]:
    return [as_printed([finding], NONE)]


def who_moved(answer: str) -> Key:
    return Key("p@1", "people", tuple(sorted((*where(q=answer), MOVED))))


def test_one_woman_less_is_told_by_two_editions_that_are_each_safe() -> None:
    assert audit([THEN], NONE, Rules()).passed and audit([ONE_LESS], NONE, Rules()).passed
    assert not audit([ONE_LESS], NONE, Rules(), shown(THEN)).passed


def test_after_protection_the_two_editions_do_not_tell_what_she_had_said() -> None:
    protected = protect([ONE_LESS], Rules(), shown(THEN))
    assert protected.passed and key() in protected.hidden_keys
    for answer in ("oui", "non", "parfois"):
        interval = protected.audit.intervals[who_moved(answer)]
        assert interval.low == 0 and interval.high >= 11


def test_a_lone_answer_left_in_sight_would_rule_it_out_for_her() -> None:
    """The others of a small group are told by its zeros: she did not say no, nor sometimes."""
    hidden = {key(), key(q="oui")}
    assert not audit([ONE_LESS], hidden, Rules(), shown(THEN)).passed


def test_one_woman_more_is_protected_as_one_less() -> None:
    assert not audit([THEN], NONE, Rules(), shown(ONE_LESS)).passed
    assert protect([THEN], Rules(), shown(ONE_LESS)).hidden > 0


def test_the_same_edition_again_hides_nothing_more() -> None:
    assert protect([THEN], Rules(), shown(THEN)).hidden == 0


@pytest.mark.parametrize(("left", "hides"), [(10, True), (11, False), (12, False)])
def test_changes_that_come_in_a_batch_may_be_shown(left: int, hides: bool) -> None:
    now = one_question(oui=30, non=40 - left, parfois=40 - left)
    then = one_question(oui=30, non=40, parfois=40)
    assert bool(protect([now], Rules(), shown(then)).hidden) is hides


def test_all_who_left_having_said_the_same_is_told_to_nobody() -> None:
    now, then = one_question(oui=40, non=20), one_question(oui=40, non=40)
    assert protect([now], Rules(), shown(then)).hidden > 0


def test_what_the_first_edition_hid_cannot_be_had_from_the_second() -> None:
    """Nobody moved: hiding other cells than last time would give both away."""
    table = one_question(oui=30, non=4, autre=20)
    first, other = frozenset({key(q="non"), key(q="autre")}), frozenset({key(q="non"), key(q="oui")})
    assert audit([table], other, Rules()).passed
    before = [as_printed([table], first)]
    assert audit([table], first, Rules(), before).passed
    assert not audit([table], other, Rules(), before).passed
    assert protect([table], Rules(), before).hidden_keys == first


def test_what_was_printed_once_is_not_held_against_us_again() -> None:
    table = one_question(telling=False, oui=30, non=7)
    assert protect([table], Rules(5)).hidden == 0
    assert protect([table], Rules(), shown(table)).passed


def test_earlier_editions_are_not_counted_as_cells_of_this_one() -> None:
    assert protect([THEN], Rules(), shown(THEN)).cells == protect([THEN], Rules()).cells


def test_those_who_did_not_tick_are_compared_too() -> None:
    then, now = several_answers(71, horaires=40), several_answers(70, horaires=40)
    assert not audit([now], NONE, Rules(), shown(then)).passed
    assert protect([now], Rules(), shown(then)).passed


def test_a_question_that_is_no_longer_asked_is_no_matter() -> None:
    gone = msgspec.structs.replace(THEN, population="other")
    assert protect([ONE_LESS], Rules(), shown(gone)).hidden == 0


def test_three_editions_are_compared_with_each_other() -> None:
    """Each step is a batch from the one before; from the first to the third a single person left."""
    first, second = one_question(oui=40, non=40), one_question(oui=20, non=20)
    third = one_question(oui=39, non=40)
    assert audit([third], NONE, Rules(), shown(second)).passed
    assert not audit([third], NONE, Rules(), [*shown(first), *shown(second)]).passed


@given(
    st.lists(st.integers(0, 6), min_size=4, max_size=4),
    st.lists(st.integers(0, 3), min_size=4, max_size=4),
)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_any_second_edition_can_be_protected(counts: list[int], left: list[int]) -> None:
    now = [n - min(n, gone) for n, gone in zip(counts, left, strict=True)]
    then_table, now_table = crossed("t", [counts[:2], counts[2:]]), crossed("t", [now[:2], now[2:]])
    before = [as_printed([then_table], protect([then_table], Rules(3)).hidden_keys)]
    protected = protect([now_table], Rules(3), before)
    assert protected.passed
    assert audit([now_table], protected.hidden_keys, Rules(3), before).passed


@given(
    st.lists(st.integers(0, 7), min_size=3, max_size=3),
    st.lists(st.integers(0, 3), min_size=3, max_size=3),
)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_listing_every_pair_of_editions_leaves_those_who_left_in_doubt(
    counts: list[int], gone: list[int]
) -> None:
    left = [n - min(n, away) for n, away in zip(counts, gone, strict=True)]
    then, now = (one_question(**dict(zip("abc", held, strict=True))) for held in (counts, left))
    first = protect([then], Rules(3)).hidden_keys
    second = protect([now], Rules(3), [as_printed([then], first)]).hidden_keys
    places = [cell.where for cell in then.cells]
    before, after = agreeing_answers(then, first, 11), agreeing_answers(now, second, 11)
    pairs = (before[:, None, :] >= after[None, :, :]).all(axis=2)
    possible = [np.unique((before[:, None, at] - after[None, :, at])[pairs]) for at in range(len(places))]
    for place, seen in zip(places, possible, strict=True):
        known = then.key(place) not in first and then.n(place) < 3  # so few, and printed: a zero
        if 0 < then.n(place) - now.n(place) < 3 and not known:
            assert seen.max() - seen.min() >= 3


def agreeing_answers(table: Finding, hidden: frozenset[Key], most: int) -> Tables:
    """List the whole and the answers of every table that agrees with what is shown."""
    truth = [int(cell.n or 0) for cell in table.cells]
    fixed = [table.key(cell.where) not in hidden for cell in table.cells]
    ranges = [[n] if told else range(most + 1) for n, told in zip(truth[1:], fixed[1:], strict=True)]
    every = np.array([(sum(answers), *answers) for answers in product(*ranges)])
    return np.asarray(every[every[:, 0] == truth[0]] if fixed[0] else every)
