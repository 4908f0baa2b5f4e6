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
    ],
)
def test_what_says_two_things_or_no_number_is_refused(text: str) -> None:
    assert parse_amount(text) is None


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
