"""What holds for any ledger: nothing that stops ever allows, and who may be a minor is one."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from ledgers import ALL, OTHER, SOME, TEXT, Row, grant, said, states, stop, suspend

from avis.consent.judging import words_hash
from avis.consent.ledger import APART, SCOPES
from avis.consent.minors import NO_MINORS, Minors

_DAYS = ["2024-01-01", "2024-02-01", "2024-06-15", "2024-06-16", "2025-01-01", "9999-12-31"]
_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "scope": st.sampled_from([*SCOPES, *APART]),
            "granted_on": st.sampled_from(["", *_DAYS[:5]]),
            "expires_on": st.sampled_from(["", "", "0001-01-01", *_DAYS]),
            "withdrawn_on": st.sampled_from(["", "", "", *_DAYS]),
            "suspended_on": st.sampled_from(["", "", "", *_DAYS]),
            "resumed_on": st.sampled_from(["", *_DAYS]),
            "sha256": st.sampled_from([words_hash(TEXT), words_hash(TEXT), OTHER]),
            "person": st.sampled_from(["", "A1", "B2", "Z9"]),
            "minor": st.sampled_from(["", "yes", "no"]),
            "own_yes": st.sampled_from(["", "yes", "yes", "no"]),
            "authority": st.sampled_from(["", "judge"]),
        }
    ),
    max_size=5,
)
_MORE = st.one_of(
    st.builds(stop, st.sampled_from([*SCOPES, *APART]), st.sampled_from(_DAYS)),
    st.builds(suspend, st.sampled_from(_DAYS)),
    st.builds(grant, st.sampled_from([*SCOPES, *APART]), sha256=st.just(OTHER)),
)
_MINORS = st.sampled_from([NO_MINORS, SOME, ALL])


def allowed(rows: list[Row], minors: Minors) -> set[str]:
    return {scope for scope, state in states(said(rows), minors).items() if state == "granted"}


@settings(max_examples=40)
@given(_ROWS, _MORE, _MINORS, st.integers(0, 5))
def test_a_withdrawal_a_suspension_or_a_yes_to_other_words_never_allows_more(
    rows: list[Row], more: Row, minors: Minors, at: int
) -> None:
    assert allowed([*rows[:at], more, *rows[at:]], minors) <= allowed(rows, minors)


@settings(max_examples=40)
@given(_ROWS, _MINORS)
def test_a_yes_to_other_words_is_never_a_yes_to_these(rows: list[Row], minors: Minors) -> None:
    assert allowed([row | {"sha256": OTHER} for row in rows], minors) == set()


@settings(max_examples=40)
@given(_ROWS)
def test_of_unknown_age_nobody_is_allowed_more_than_a_minor(rows: list[Row]) -> None:
    unknown = [row | {"person": "Z9", "minor": ""} for row in rows]
    assert allowed(unknown, SOME) == allowed([row | {"minor": "yes"} for row in unknown], SOME)
    alone = [row | {"own_yes": "", "authority": ""} for row in unknown]
    assert allowed(alone, SOME) == set()


@settings(max_examples=40)
@given(_ROWS, st.integers(0, 4))
def test_to_declare_somebody_a_minor_never_allows_more(rows: list[Row], at: int) -> None:
    declared = [row | ({"minor": "yes"} if number == at else {}) for number, row in enumerate(rows)]
    assert allowed(declared, SOME) <= allowed(rows, SOME)
