"""Seats, the code on the wall, and how often something may be tried: over sleeps and wrong clocks."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avis.room.keys import CODE_LENGTH, GRACE, HALF_DAY, TURN, Door, make_seat, read_seat, same_key
from avis.room.rates import KEPT, MOST, Limiter, Rate

SECRET = b"secret of the session"
HOUR = 3600.0


@dataclass
class Clock:
    now: float = 1_000_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("hours", "good"), [(0, True), (HALF_DAY - 1, True), (HALF_DAY + 1, False), (24, False)]
)
def test_a_seat_is_good_for_half_a_day(hours: int, good: bool) -> None:
    seat = make_seat(SECRET, now=1000 * HOUR + 60)
    assert bool(read_seat(seat, SECRET, 1000 * HOUR + 60 + hours * HOUR)) is good


def test_a_seat_tells_not_when_its_phone_came_in() -> None:
    ends = {make_seat(SECRET, now=1000 * HOUR + second).split(".")[1] for second in range(3600)}
    assert len(ends) == 1


def test_no_two_phones_have_one_seat_and_none_is_written_down() -> None:
    seats = {read_seat(make_seat(SECRET, 0.0), SECRET, 0.0) for _ in range(1000)}
    assert len(seats) == 1000


@given(st.text(max_size=60))
def test_no_text_is_a_seat(key: str) -> None:
    assert read_seat(key, SECRET, 0.0) == ""


@given(st.integers(0, 60), st.characters(min_codepoint=33, max_codepoint=126))
def test_one_changed_sign_ends_a_seat(at: int, sign: str) -> None:
    key = make_seat(SECRET, 0.0)
    at %= len(key)
    changed = key[:at] + sign + key[at + 1 :]
    assert bool(read_seat(changed, SECRET, 0.0)) is (changed == key)


def test_without_a_session_there_is_no_seat_and_no_key() -> None:
    assert read_seat(make_seat(b"", 0.0), b"", 0.0) == ""
    assert not same_key("", "") and not same_key("é", "a") and same_key("a", "a")


def test_the_code_turns_by_itself_and_the_former_one_is_good_for_a_while() -> None:
    clock = Clock()
    door = Door(clock)
    first = door.code
    assert len(first) == CODE_LENGTH and door.lets_in(f" {first[:3].lower()}-{first[3:]} ")
    clock.now += TURN - 1
    assert not door.turn_when_due() and door.lets_in(first)
    clock.now += 1
    assert door.turn_when_due() and door.code != first
    assert door.lets_in(first) and door.lets_in(door.code)
    clock.now += GRACE
    assert not door.lets_in(first) and door.lets_in(door.code)


def test_after_a_sleep_the_code_of_before_is_no_longer_good() -> None:
    clock = Clock()
    door = Door(clock)
    first = door.code
    clock.now += 8 * HOUR
    assert not door.lets_in(first)
    assert door.lets_in(door.code)


def test_a_clock_that_is_put_back_leaves_no_code_standing_for_hours() -> None:
    clock = Clock()
    door = Door(clock)
    first = door.code
    clock.now -= HOUR
    assert door.turn_when_due() and not door.lets_in(first)
    assert not door.turn_when_due()


def test_a_door_that_is_shut_lets_nobody_in() -> None:
    door = Door(Clock())
    door.open = False
    assert not door.lets_in(door.code) and not door.lets_in("")


def test_tries_come_back_with_time_each_kind_and_each_address_for_itself() -> None:
    clock = Clock()
    limiter, rate = Limiter(clock), Rate(burst=3, per_minute=6)
    assert [limiter.wait(rate, "code", "a") for _ in range(4)] == [0, 0, 0, 10]
    assert limiter.wait(rate, "code", "b") == limiter.wait(rate, "join", "a") == 0
    clock.now += 10
    assert [limiter.wait(rate, "code", "a") for _ in range(2)] == [0, 10]


def test_what_was_counted_is_forgotten_within_minutes_and_fills_no_memory() -> None:
    clock = Clock()
    limiter, rate = Limiter(clock), Rate(burst=1, per_minute=60)
    for number in range(MOST + 500):
        limiter.wait(rate, "open", f"10.0.{number // 250}.{number % 250}")
    assert len(limiter._left) <= MOST
    assert not any(b"10.0" in key for key in limiter._left)
    clock.now += KEPT
    limiter.wait(rate, "open", "a")
    assert len(limiter._left) == 1


def test_two_processes_count_one_address_under_two_names() -> None:
    first, second = Limiter(Clock()), Limiter(Clock())
    for limiter in (first, second):
        limiter.wait(Rate(1, 1), "open", "192.168.1.9")
    assert first._left.keys() != second._left.keys()
