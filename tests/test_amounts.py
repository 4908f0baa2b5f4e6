"""Figures with their reservations, as people write them in either language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avis.amounts import Amount, parse_amount
from avis.i18n import Language, Qualifier, amount


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("environ 12 000", Amount(12000, "about")), ("~12000", Amount(12000, "about"))),
        *(("près de 100", Amount(100, "about")), ("30 environ", Amount(30, "about"))),
        *(("plus de 40", Amount(40, "at_least")), ("au moins 40", Amount(40, "at_least"))),
        *(("12 000+", Amount(12000, "at_least")), ("plus d’une centaine", Amount(100, "at_least"))),
        *(("au plus 30", Amount(30, "at_most")), ("jusqu’à 30", Amount(30, "at_most"))),
        *(("moins de 30", Amount(30, "at_most")), ("30 max", Amount(30, "at_most"))),
        *(("une vingtaine", Amount(20, "about")), ("une centaine", Amount(100, "about"))),
        *(("7 000 à 10 000", Amount(7000, "range", 10000)), ("entre 3 et 7", Amount(3, "range", 7))),
        *(("about 12,000", Amount(12000, "about")), ("more than 40", Amount(40, "at_least"))),
        *(("up to 30", Amount(30, "at_most")), ("a dozen", Amount(12, "about"))),
        *(("12 personnes", Amount(12)), ("12 participant·e·s", Amount(12)), ("3 femmes", Amount(3))),
        *(("10 à 12 personnes", Amount(10, "range", 12)), ("10 ou 12", Amount(10, "range", 12))),
        *(("une centaine de personnes", Amount(100, "about")), ("presque 50", Amount(50, "about"))),
        *(("12 à 15 environ", Amount(12, "range", 15)), ("12 personnes environ", Amount(12, "about"))),
        *(("45 au minimum", Amount(45, "at_least")), ("min 45", Amount(45, "at_least"))),
        *(("10 ou plus", Amount(10, "at_least")), ("10 or 12 people", Amount(10, "range", 12))),
        *(("7,000 to 10,000", Amount(7000, "range", 10000)), ("between 3 and 7", Amount(3, "range", 7))),
    ],
)
def test_words_beside_a_number_say_how_sure_it_is(text: str, expected: Amount) -> None:
    assert parse_amount(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "environ 12,000",
        "au moins 30 maximum",
        "une bonne vingtaine",
        "plusieurs dizaines",
        "quelques",
        "20 familles",
        "12 hommages",
        "45 min",
        "45 min.",
        "45 minutes",
        "45 minimum",
        "1 h 30",
        "3 femmes et 4 hommes",
        "3 femmes à 4 hommes",
        "entre 3 femmes et 4 hommes",
    ],
)
def test_what_says_two_things_or_no_number_is_refused(text: str) -> None:
    assert parse_amount(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(("45 min", Amount(0.75)), ("45 min.", Amount(0.75)), ("90 minutes", Amount(1.5))),
        *(("1 h 30", Amount(1.5)), ("1h30", Amount(1.5)), ("1:30", Amount(1.5)), ("1 h 30 min", Amount(1.5))),
        *(("1 heure et 30 minutes", Amount(1.5)), ("59 min", Amount(59 / 60)), ("61 min", Amount(61 / 60))),
        *(("environ 45 min", Amount(0.75, "about")), ("plus de 1h30", Amount(1.5, "at_least"))),
        *(("45 min max", Amount(0.75, "at_most")), ("2 à 3 h", Amount(2, "range", 3)), ("2", Amount(2))),
        *(("30 à 45 min", Amount(0.5, "range", 0.75)), ("45 min à 1 h", Amount(0.75, "range", 1))),
        *(("1h à 1h30", Amount(1, "range", 1.5)), ("5h-7h", Amount(5, "range", 7))),
    ],
)
def test_hours_and_minutes_are_hours_in_a_column_of_durations(text: str, expected: Amount) -> None:
    read = parse_amount(text, duration=True)
    assert read and read.qualifier == expected.qualifier
    assert read.low == pytest.approx(expected.low) and read.high == pytest.approx(expected.high)


@pytest.mark.parametrize(
    "text",
    [
        *("45 minimum", "min 45", "1h60", "2h5", "14h-16h", "6h-8h", "de 14h30 à 16h", "8:30-10:00"),
        *("12 personnes", "12 €", "1 200 min", "1 6000 min", "1h30 2", "12 min 30", "1/2 journée"),
    ],
)
def test_what_may_be_no_duration_is_refused_in_such_a_column(text: str) -> None:
    assert parse_amount(text, duration=True) is None


@given(
    st.integers(0, 999), st.integers(0, 59), st.sampled_from(["{h}h{m:02}", "{h} h {m} min", "{h}:{m:02}"])
)
def test_a_duration_comes_back_and_is_no_figure_elsewhere(hours: int, minutes: int, form: str) -> None:
    text = form.format(h=hours, m=minutes)
    read = parse_amount(text, duration=True)
    assert read and read.low * 60 == pytest.approx(hours * 60 + minutes)
    assert parse_amount(text) is None


@given(st.integers(0, 9999))
def test_minutes_are_never_hours(minutes: int) -> None:
    read = parse_amount(f"{minutes} min", duration=True)
    assert read and read.low * 60 == pytest.approx(minutes)
    assert parse_amount(f"{minutes} min") is None


@given(
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.sampled_from(["", " personnes", " participant(e)s", " enfants", " women"]),
    st.sampled_from(["à", "ou", "-", "to"]),
)
def test_people_and_their_range_come_back(low: int, high: int, unit: str, between: str) -> None:
    assert parse_amount(f"{low}{unit}") == Amount(low)
    assert parse_amount(f"{low} {between} {high}{unit}") == Amount(low, "range", high)


@given(
    st.integers(0, 10**9),
    st.sampled_from(["exact", "about", "at_least", "at_most"]),
    st.sampled_from(["fr", "en"]),
)
def test_a_figure_that_the_house_prints_comes_back(n: int, qualifier: Qualifier, language: Language) -> None:
    text = amount(n, qualifier, language)
    if language == "en" and qualifier == "exact" and 1000 <= n < 10**6:
        assert parse_amount(text) is None  # « 12,000 » alone reads two ways
    else:
        assert parse_amount(text) == Amount(n, qualifier)
