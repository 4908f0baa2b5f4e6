"""Consent: no by default, bound to exact words, ended by its day, by a withdrawal, by a letter changed."""

from __future__ import annotations

import datetime as dt
import time

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledgers import DAY, NO, TEXT, ledger, states, verdict

from avis.consent.judging import judge, next_change, words_hash
from avis.consent.ledger import COLUMNS, SCOPES, no_consents
from avis.consent.minors import NO_MINORS, Minors


def test_without_a_row_it_is_no() -> None:
    assert verdict(no_consents()) == (*NO, "none")
    assert verdict(ledger({"contribution": "a2"})) == (*NO, "none")


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("internal", (*NO, "other_scope")),
        ("report", (*NO, "other_scope")),
        ("audio", (*NO, "other_scope")),
        ("name", (*NO, "other_scope")),
        ("quote", (False, True, True, "granted")),
        ("public", (True, True, True, "granted")),
    ],
)
def test_each_scope_allows_what_it_says(scope: str, expected: tuple[bool, bool, bool, str]) -> None:
    assert verdict(ledger({"scope": scope})) == expected


@pytest.mark.parametrize(("days", "reason"), [(-1, "granted"), (0, "granted"), (1, "expired")])
def test_the_day_of_expiry_itself_is_still_yes(days: int, reason: str) -> None:
    consents = ledger({"expires_on": DAY.isoformat()})
    assert verdict(consents, DAY + dt.timedelta(days=days))[3] == reason


@pytest.mark.parametrize(("days", "reason"), [(-1, "none"), (0, "granted"), (1, "granted")])
def test_a_consent_begins_on_the_day_it_is_granted(days: int, reason: str) -> None:
    consents = ledger({"granted_on": DAY.isoformat()})
    assert verdict(consents, DAY + dt.timedelta(days=days))[3] == reason


@pytest.mark.parametrize("withdrawn_on", ["2024-01-10", "2024-06-15", "2030-01-01", "2023-12-31"])
def test_a_withdrawal_holds_as_soon_as_it_is_written_down(withdrawn_on: str) -> None:
    assert verdict(ledger({"withdrawn_on": withdrawn_on})) == (*NO, "withdrawn")


@pytest.mark.parametrize(
    "text",
    [TEXT[:-1], TEXT + "!", TEXT.upper(), TEXT.replace("I", "l"), ""],
)
def test_changed_words_are_no_consent(text: str) -> None:
    assert verdict(ledger({}), text=text) == (*NO, "changed_words")


@pytest.mark.parametrize("text", [f"  {TEXT}\n", TEXT.replace(" ", "\u00a0 "), TEXT.replace(" ", "\r\n")])
def test_spaces_alone_change_no_words(text: str) -> None:
    assert verdict(ledger({}), text=text)[3] == "granted"


def test_an_accent_written_in_two_ways_is_the_same_word() -> None:
    consents = ledger({"sha256": words_hash("L’été")})
    assert verdict(consents, text="L’e\u0301te\u0301")[3] == "granted"


def test_the_latest_decision_of_a_scope_wins() -> None:
    withdrawn = {"granted_on": "2024-01-10", "withdrawn_on": "2024-02-01"}
    assert verdict(ledger(withdrawn, {"granted_on": "2024-03-01"}))[3] == "granted"
    assert verdict(ledger({"granted_on": "2024-03-01"}, withdrawn))[3] == "granted"
    assert verdict(ledger({}, {"granted_on": "", "withdrawn_on": "2024-02-01"}))[3] == "withdrawn"
    assert (
        verdict(ledger({}, {"granted_on": "2024-02-01", "sha256": words_hash("other")}))[3] == "changed_words"
    )
    assert verdict(ledger({"expires_on": "2024-02-01"}, {"granted_on": "2024-01-20"}))[3] == "granted"


def test_of_two_yeses_on_one_day_the_one_that_stands_last_counts_whatever_the_file() -> None:
    consents = ledger({"sha256": words_hash("other")}, {}).assign(file=["2024.csv", "2025.csv"], row=[9, 2])
    assert verdict(consents)[3] == "granted"
    assert verdict(consents.iloc[::-1])[3] == "changed_words"


def test_on_the_day_of_a_new_grant_a_withdrawal_wins() -> None:
    consents = ledger({"withdrawn_on": "2024-02-01"}, {"granted_on": "2024-02-01"})
    assert verdict(consents)[3] == "withdrawn"


def test_to_withdraw_a_scope_is_to_withdraw_the_wider_ones() -> None:
    quote = {"scope": "quote", "withdrawn_on": "2024-02-01"}
    assert verdict(ledger({"scope": "public"}, quote)) == (*NO, "withdrawn")
    public = {"scope": "public", "withdrawn_on": "2024-02-01"}
    assert verdict(ledger({"scope": "quote"}, public)) == (False, True, True, "granted")
    again = {"scope": "quote", "granted_on": "2024-03-01"}
    assert verdict(ledger({"scope": "public"}, quote, again)) == (False, True, True, "granted")


def test_an_expired_scope_leaves_the_others_as_they_are() -> None:
    consents = ledger({"scope": "public", "expires_on": "2024-02-01"}, {"scope": "quote"})
    assert verdict(consents) == (False, True, True, "granted")


def test_judgements_keep_the_order_and_the_index_of_contributions() -> None:
    contributions = pd.DataFrame(
        {"contribution": ["b", "a1", "a1"], "text": ["x", TEXT, "x"]}, index=[7, 3, 9]
    )
    judged = judge(contributions, ledger({}), DAY, minors=NO_MINORS)
    assert judged.index.tolist() == [7, 3, 9]
    assert judged["reason"].tolist() == ["none", "granted", "changed_words"]
    assert judged["public"].tolist() == [False, True, False]


def test_no_contribution_gives_an_empty_table() -> None:
    empty = pd.DataFrame({"contribution": pd.Series(dtype="str"), "text": pd.Series(dtype="str")})
    assert judge(empty, ledger({}), DAY, minors=NO_MINORS).empty


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "scope": st.sampled_from([*SCOPES, "audio", "name"]),
                "granted_on": st.sampled_from(["", "2024-01-01", "2024-06-15", "2024-06-16", "2025-01-01"]),
                "expires_on": st.sampled_from(["", "2024-06-14", "2024-06-15", "2026-01-01"]),
                "withdrawn_on": st.sampled_from(["", "", "2024-01-01", "2024-06-15", "2025-01-01"]),
                "sha256": st.sampled_from([words_hash(TEXT), words_hash("other")]),
            }
        ),
        max_size=6,
    )
)
def test_whatever_the_ledger_the_web_never_sees_more_than_a_funder(rows: list[dict[str, str]]) -> None:
    consents = ledger(*rows) if rows else no_consents()
    public, funder, members, reason = verdict(consents)
    assert funder == members
    assert funder or not public
    assert (reason == "granted") == funder
    live = [row for row in rows if row["granted_on"] and row["sha256"] == words_hash(TEXT)]
    assert not funder or any(row["scope"] in ("quote", "public") for row in live)
    everything = [*rows, {"scope": "internal", "granted_on": "", "withdrawn_on": "2026-01-01"}]
    assert verdict(ledger(*everything)) == (*NO, "withdrawn")


def test_the_next_change_is_the_day_after_an_expiry() -> None:
    consents = ledger(
        {"expires_on": "2024-06-15"}, {"expires_on": "2024-07-01"}, {"expires_on": "2024-06-14"}
    )
    assert next_change(consents, dt.date(2024, 6, 14)) == dt.date(2024, 6, 15)
    assert next_change(consents, DAY) == dt.date(2024, 6, 16)
    assert next_change(consents, dt.date(2024, 6, 16)) == dt.date(2024, 7, 2)
    assert next_change(consents, dt.date(2024, 7, 2)) is None


def test_a_withdrawn_consent_changes_no_more_and_a_future_one_will() -> None:
    assert next_change(ledger({"expires_on": "2024-07-01", "withdrawn_on": "2024-06-01"}), DAY) is None
    assert next_change(ledger({"granted_on": "2024-08-01"}), DAY) == dt.date(2024, 8, 1)
    assert next_change(no_consents(), DAY) is None


@given(st.dates(dt.date(2024, 6, 1), dt.date(2024, 7, 10)))
def test_between_today_and_the_next_change_no_judgement_changes(day: dt.date) -> None:
    consents = ledger(
        {"expires_on": "2024-06-20", "scope": "quote"},
        {"granted_on": "2024-07-01"},
        {"granted_on": "2024-06-05", "expires_on": "2024-06-10"},
    )
    change = next_change(consents, day)
    last = (change or dt.date(2024, 8, 1)) - dt.timedelta(days=1)
    assert verdict(consents, day) == verdict(consents, last)


# A voice and a credit


def test_a_voice_and_a_name_follow_from_no_other_scope() -> None:
    assert states(ledger({"scope": "public"})) == {"public": "granted"}
    assert states(ledger({"scope": "audio"}, {"scope": "name"})) == {"audio": "granted", "name": "granted"}


@pytest.mark.parametrize("scope", ["report", "quote", "public"])
def test_to_take_back_words_leaves_the_voice_to_its_own_consent(scope: str) -> None:
    told = states(ledger({"scope": "audio"}, {"scope": scope, "withdrawn_on": "2024-02-01"}))
    assert told["audio"] == "granted"


def test_to_take_everything_back_takes_the_voice_and_the_name() -> None:
    told = states(ledger({"scope": "audio"}, {"scope": "internal", "withdrawn_on": "2024-02-01"}))
    assert told["audio"] == "withdrawn"
    alone = states(ledger({"scope": "public"}, {"scope": "audio", "withdrawn_on": "2024-02-01"}))
    assert alone["public"] == "granted"


def test_fifty_thousand_rows_are_judged_in_a_moment() -> None:
    many = 50_000
    hashed = words_hash(TEXT)
    consents = pd.DataFrame(
        {
            "contribution": [f"a{n // 2}" for n in range(many)],
            "sha256": hashed,
            "scope": ["quote", "public"] * (many // 2),
            "person": [f"P{n % 900}" for n in range(many)],
            "granted_on": "2024-01-10",
            "suspended_on": ["2024-02-01" if n % 40 < 2 else "" for n in range(many)],
        }
    )
    consents = consents.reindex(columns=COLUMNS, fill_value="").assign(file="c.csv", row=range(many))
    contributions = pd.DataFrame({"contribution": [f"a{n}" for n in range(many)], "text": TEXT})
    known = Minors("some", adults=frozenset(f"P{n}" for n in range(450)))
    start = time.perf_counter()
    judged = judge(contributions, consents, DAY, minors=known)
    took = time.perf_counter() - start
    counted = judged["reason"].value_counts()
    assert counted[["none", "suspended"]].tolist() == [many // 2, many // 40]
    assert counted["granted"] + counted["not_own_yes"] == many // 2 - many // 40
    assert took < 10  # a loop over rows takes minutes; a busy machine does not
