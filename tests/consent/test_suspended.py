"""Suspended for an asylum procedure or a trial: hidden at once, until she says so."""

from __future__ import annotations

import datetime as dt

import pytest
from ledgers import DAY, NO, ledger, verdict

from avis.consent.judging import next_change


def test_a_suspension_hides_every_scope_until_it_is_lifted() -> None:
    suspended = {"scope": "quote", "suspended_on": "2024-03-01"}
    assert verdict(ledger({}, suspended)) == (*NO, "suspended")
    assert verdict(ledger({}, suspended | {"resumed_on": "2024-05-01"}))[3] == "granted"
    assert verdict(ledger({}, suspended | {"resumed_on": "2024-06-16"}))[3] == "suspended"
    assert verdict(ledger({}, suspended, {"granted_on": "2024-04-01"}))[3] == "suspended"


@pytest.mark.parametrize("day", ["2023-01-01", "2024-06-15", "2030-01-01"])
def test_a_suspension_holds_as_soon_as_it_is_written_down(day: str) -> None:
    assert verdict(ledger({"suspended_on": day})) == (*NO, "suspended")


def test_of_several_suspensions_and_resumptions_the_latest_day_wins() -> None:
    first = {"suspended_on": "2024-02-01", "resumed_on": "2024-03-01"}
    assert verdict(ledger(first))[3] == "granted"
    assert verdict(ledger(first, {"granted_on": "", "suspended_on": "2024-04-01"}))[3] == "suspended"
    assert verdict(ledger(first, {"granted_on": "", "suspended_on": "2024-03-01"}))[3] == "suspended"
    lifted = {"granted_on": "", "resumed_on": "2024-05-01"}
    assert verdict(ledger(first, {"granted_on": "", "suspended_on": "2024-04-01"}, lifted))[3] == "granted"
    again = {"suspended_on": "2024-05-01", "resumed_on": "2024-04-01"}
    assert verdict(ledger(again))[3] == "suspended"


def test_a_suspension_by_mistake_is_lifted_on_the_same_day_in_the_same_row() -> None:
    assert verdict(ledger({"suspended_on": "2024-06-15", "resumed_on": "2024-06-15"}))[3] == "granted"


def test_a_withdrawal_says_more_than_a_suspension() -> None:
    assert verdict(ledger({"suspended_on": "2024-03-01", "withdrawn_on": "2024-02-01"}))[3] == "withdrawn"


def test_words_suspended_before_anybody_allowed_them_are_suspended_too() -> None:
    assert verdict(ledger({"granted_on": "", "suspended_on": "2024-03-01"})) == (*NO, "suspended")


def test_the_next_change_knows_the_day_of_a_resumption() -> None:
    later = ledger({"suspended_on": "2024-03-01", "resumed_on": "2024-07-01"})
    assert next_change(later, DAY) == dt.date(2024, 7, 1)
    assert [verdict(later, dt.date(2024, 7, day))[3] for day in (1, 2)] == ["granted", "granted"]
    assert verdict(later, dt.date(2024, 6, 30))[3] == "suspended"


def test_an_expiry_on_the_last_day_of_the_calendar_never_comes() -> None:
    assert next_change(ledger({"expires_on": "9999-12-31"}), DAY) is None
