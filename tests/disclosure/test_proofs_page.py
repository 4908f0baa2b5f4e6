"""The examples of `docs/explications/protection-preuves.md` are reckoned here: what the page says is so."""

from __future__ import annotations

import pytest
from small_tables import crossed, key

from avis.disclosure.audit import Interval, audit
from avis.disclosure.protect import protect
from avis.disclosure.rules import Rules

ANSWERS = [[4, 20, 21], [15, 30, 25]]
PLACE_BY_ANSWER = crossed("lieu", ANSWERS, rows="a", columns="c")
TEAM_BY_ANSWER = crossed("equipe", ANSWERS, rows="b", columns="c")
PLACE_BY_TEAM = crossed("lieu-equipe", [[45, 0], [0, 70]], rows="a", columns="b")
HIDDEN = {
    *(key(a=row, c=column) for row in "01" for column in "01"),
    *(key(b=row, c=column) for row in "01" for column in "02"),
}
STATION_YES = key(a="0", c="0")


def test_two_tables_of_the_example_are_safe_by_their_sums() -> None:
    found = audit([PLACE_BY_ANSWER, TEAM_BY_ANSWER], HIDDEN, Rules())
    assert found.passed and found.intervals[STATION_YES] == Interval(0, 19)


def test_the_third_table_of_the_example_gives_the_number_away_although_no_sum_says_it() -> None:
    tables = [PLACE_BY_ANSWER, TEAM_BY_ANSWER, PLACE_BY_TEAM]
    found = audit(tables, HIDDEN, Rules())
    assert not found.passed and found.intervals[STATION_YES] == Interval(4, 4)
    again = protect(tables, Rules())
    assert again.passed and again.hidden_keys >= {STATION_YES, key(b="0", c="0")}


@pytest.mark.parametrize("digits", [0, 1])
def test_a_percentage_of_a_base_below_the_bound_of_the_lemma_gives_one_number_back(digits: int) -> None:
    """Up to 99 for whole percentages, 999 for one digit: each count is told from all others."""
    for base in {99 * 10**digits + 9 * (10**digits > 1), 17, 50}:
        told = [round(100 * n / base, digits) for n in range(base + 1)]
        assert len(set(told)) == len(told)
    over = 250 * 10**digits
    assert len({round(100 * n / over, digits) for n in range(over + 1)}) < over + 1
