"""Consent: no by default, bound to exact words, ended by its day, by a withdrawal, by a letter changed."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from avis.consent.judging import judge, judge_scopes, next_change, words_hash
from avis.consent.ledger import COLUMNS, SCOPES, no_consents, read_consents, report_unknown
from avis.consent.minors import NO_MINORS, Minors, minors_of
from avis.errors import Problems, tell
from avis.evaluation import Evaluation
from avis.folders import Folders
from avis.marked import Marked
from avis.settings import Organisation, Period, Settings, Sources

TEXT = "The desk closes before I finish work."
DAY = dt.date(2024, 6, 15)
HEADER = (
    "contribution;sha256;personne;code_retour;portee;accorde_le;formulation;langue;temoin;expire_le;retire_le"
)


def ledger(*rows: dict[str, str]) -> pd.DataFrame:
    """A ledger as it is read; a row is a grant of `public` unless it says otherwise."""
    usual = dict.fromkeys(COLUMNS, "") | {"contribution": "a1", "sha256": words_hash(TEXT), "scope": "public"}
    frame = pd.DataFrame([usual | {"granted_on": "2024-01-10"} | row for row in rows], dtype="str")
    return frame.assign(file="c.csv", row=range(2, len(frame) + 2))


def verdict(
    consents: pd.DataFrame, on: dt.date = DAY, text: str = TEXT, minors: Minors = NO_MINORS
) -> tuple[bool, bool, bool, str]:
    contributions = pd.DataFrame({"contribution": ["a1"], "text": [text]})
    row = judge(contributions, consents, on, minors=minors).iloc[0]
    return bool(row["public"]), bool(row["funder"]), bool(row["members"]), str(row["reason"])


NO = (False, False, False)


@pytest.fixture(autouse=True, scope="module")
def _in_french() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AVIS_LANG", "fr")
        yield


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


# Suspended: an asylum procedure, a trial


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


# A voice and a credit


def states(consents: pd.DataFrame) -> dict[str, str]:
    contributions = pd.DataFrame({"contribution": ["a1"], "text": [TEXT]})
    row = judge_scopes(contributions, consents, DAY, minors=NO_MINORS).iloc[0]
    return {str(scope): str(state) for scope, state in row.items() if state}


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


# Minors


YOUNG = {"minor": "yes", "own_yes": "yes", "authority": "child_protection"}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (YOUNG, "granted"),
        (YOUNG | {"own_yes": ""}, "not_own_yes"),
        (YOUNG | {"own_yes": "no"}, "not_own_yes"),
        (YOUNG | {"authority": ""}, "no_authority"),
        (YOUNG | {"own_yes": "", "authority": ""}, "not_own_yes"),
        ({"minor": "", "own_yes": "", "authority": ""}, "not_own_yes"),
        ({"minor": "no"}, "granted"),
        ({"minor": "", "person": "A1"}, "granted"),
        ({"minor": "yes", "person": "A1"}, "not_own_yes"),
        ({"minor": "no", "person": "B2"}, "not_own_yes"),
    ],
)
def test_a_minors_consent_needs_her_own_yes_and_an_authority(row: dict[str, str], reason: str) -> None:
    known = Minors("some", adults=frozenset({"A1"}), declared=frozenset({"B2"}))
    assert verdict(ledger(row), minors=known)[3] == reason


def test_where_all_are_minors_so_is_everybody_and_where_there_are_none_only_who_is_declared() -> None:
    adult = Minors("all", adults=frozenset({"A1"}))
    assert verdict(ledger({"person": "A1", "minor": "no"}), minors=adult)[3] == "not_own_yes"
    assert verdict(ledger({"person": "?"}), minors=Minors("none"))[3] == "granted"
    assert verdict(ledger({"minor": "yes"}), minors=Minors("none"))[3] == "not_own_yes"


def test_a_person_is_found_however_her_code_is_spelled() -> None:
    known = Minors("some", adults=frozenset({"P-01"}))
    assert verdict(ledger({"person": " p\u201101"}), minors=known)[3] == "granted"


def test_an_age_band_that_ends_before_eighteen_declares_a_minor() -> None:
    persons = pd.DataFrame({"code": ["A1", "B2", "C3"], "age_band": ["15-17", "18-25", ""]})
    persons = persons.assign(
        minor=[True, False, True], minor_declared=pd.array([None, False, None], "boolean")
    )
    known = minors_of("none", persons)
    assert (known.declared, known.adults) == ({"A1"}, {"B2"})


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


def test_rows_about_unknown_contributions_are_reported() -> None:
    problems = Problems()
    consents = ledger(
        {"contribution": "at03-2"}, {"contribution": "at03-3", "withdrawn_on": "2024-02-01"}, {}
    )
    report_unknown(consents, ["a1", "at03-02"], problems)
    told = [(item.code, item.severity, item.place.line, dict(item.facts).get("hint")) for item in problems]
    assert told == [("SRC-136", "warning", 2, "at03-02"), ("SRC-137", "error", 3, "at03-02")]


# Reading the ledger from a file


def read(
    folder: Path, *rows: str, header: str = HEADER
) -> tuple[pd.DataFrame, list[tuple[str, int, str]], str]:
    (folder / "c.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    settings = Settings(
        title={"fr": "Essai"},
        organisation=Organisation(name="Association Exemple"),
        period=Period(start="2024", end="2024"),
        status="finished",
        sources=Sources(consent="c.csv"),
    )
    problems = Problems()
    consents = read_consents(
        Evaluation(Folders(folder), settings, Marked("evaluation.yaml", {}, {})), problems
    )
    found = [(item.code, item.place.line, item.place.field) for item in problems]
    return consents, found, tell(problems, "fr") + tell(problems, "en")


def test_a_ledger_is_read_by_its_french_headers(tmp_path: Path) -> None:
    row = f"a1;{words_hash(TEXT).upper()};P07;X9;Citation;15/01/2024;2;en;interprète;2024-06-15;"
    consents, problems, _ = read(tmp_path, row)
    assert problems == []
    assert verdict(consents) == (False, True, True, "granted")
    assert consents.loc[0, ["person", "return_code", "granted_on", "row"]].tolist() == [
        "P07",
        "X9",
        "2024-01-15",
        2,
    ]


@pytest.mark.parametrize(
    ("row", "problem", "reason"),
    [
        ("a1;HASH;P;X;public;2024-01-10;1;fr;;bientôt;", ("SRC-133", 2, "expire_le"), "expired"),
        ("a1;HASH;P;X;public;2024-01-10;1;fr;;;je ne sais plus", ("SRC-133", 2, "retire_le"), "withdrawn"),
        ("a1;HASH;P;X;tout;2024-01-10;1;fr;;;oui", ("SRC-132", 2, "portee"), "withdrawn"),
        ("a1;HASH;P;X;tout;2024-01-10;1;fr;;;", ("SRC-132", 2, "portee"), "none"),
        ("a1;HASH;P;X;public;31/02/2024;1;fr;;;", ("SRC-133", 2, "accorde_le"), "none"),
        ("a1;HASH;P;X;public;;1;fr;;;", ("SRC-138", 2, "accorde_le"), "none"),
        ("a1;abc;P;X;public;2024-01-10;1;fr;;;", ("SRC-134", 2, "sha256"), "changed_words"),
        (";HASH;P;X;public;2024-01-10;1;fr;;;", ("SRC-135", 2, "contribution"), "none"),
        ("a1;HASH;P;X;;2024-01-10;1;fr;;;", ("SRC-135", 2, "portee"), "none"),
        ("a1;HASH;P;X;;2024-01-10;1;fr;;;2024-02-01", ("SRC-135", 2, "portee"), "withdrawn"),
    ],
)
def test_what_cannot_be_read_is_never_a_yes(
    tmp_path: Path, row: str, problem: tuple[str, int, str], reason: str
) -> None:
    consents, problems, told = read(tmp_path, row.replace("HASH", words_hash(TEXT)))
    assert problem in problems
    assert verdict(consents) == (*NO, reason)
    assert not any(word in told for word in ("bientôt", "je ne sais", "tout;"))


def test_a_withdrawal_that_cannot_be_dated_stops_later_grants_too(tmp_path: Path) -> None:
    rows = [
        f"a1;{words_hash(TEXT)};P;X;public;{day};1;fr;;;{end}"
        for day, end in (("2024-01-10", "?"), ("2024-05-01", ""))
    ]
    assert verdict(read(tmp_path, *rows)[0]) == (*NO, "withdrawn")


@pytest.mark.parametrize(
    "missing", ["contribution", "sha256", "portee", "accorde_le", "expire_le", "retire_le"]
)
def test_without_a_column_that_decides_nothing_is_allowed(tmp_path: Path, missing: str) -> None:
    header = HEADER.replace(missing, "autre")
    consents, problems, _ = read(
        tmp_path, f"a1;{words_hash(TEXT)};P;X;public;2024-01-10;1;fr;;;", header=header
    )
    assert ("SRC-130", 0, "") in problems
    assert ("SRC-131", 0, "autre") in problems
    assert verdict(consents) == (*NO, "none")


def test_a_month_counts_from_its_first_day_and_to_its_last(tmp_path: Path) -> None:
    hash = words_hash(TEXT)
    consents, problems, _ = read(
        tmp_path, f"a1;{hash};;;public;janvier 2024;1;fr;;06/2024;", "a2;;;;public;;;;;;2024"
    )
    assert problems == []
    assert consents[["granted_on", "expires_on", "withdrawn_on"]].to_numpy().tolist() == [
        ["2024-01-01", "2024-06-30", ""],
        ["", "", "2024-12-31"],
    ]


def test_two_columns_of_one_name_are_an_error(tmp_path: Path) -> None:
    header = HEADER.replace("temoin", "retire_le")
    codes = [code for code, _, _ in read(tmp_path, header=header)[1] if code != "SRC-131"]
    assert codes == ["SRC-201", "SRC-012"]


MORE = HEADER + ";suspendu_le;retabli_le;mineur;accord_propre;autorite"


@pytest.mark.parametrize(
    ("cells", "codes", "reason"),
    [
        ("bientôt;;non;;", {"SRC-133"}, "suspended"),
        ("2024-03;;non;;", set(), "suspended"),
        ("2024-03-01;2024-04;non;;", set(), "granted"),
        ("2024-03-01;plus tard;non;;", {"SRC-133"}, "suspended"),
        (";;non;;", set(), "granted"),
        (";;vrai;oui;ASE", set(), "granted"),
        (";;oui;oui;Madame Dupont", {"SRC-004"}, "no_authority"),
        (";;16 ans;oui;juge", {"SRC-004"}, "granted"),
        (";;16 ans;;", {"SRC-004"}, "not_own_yes"),
        (";;oui;peut-être;administratrice ad hoc", {"SRC-004"}, "not_own_yes"),
    ],
)
def test_suspensions_and_ages_are_read_and_what_is_unclear_is_a_no(
    tmp_path: Path, cells: str, codes: set[str], reason: str
) -> None:
    row = f"a1;{words_hash(TEXT)};P7;X;public;2024-01-10;1;fr;interprète;;;{cells}"
    consents, problems, told = read(tmp_path, row, header=MORE)
    assert {code for code, _, _ in problems} == codes
    assert verdict(consents)[3] == reason
    assert not any(word in told for word in ("Dupont", "16 ans", "peut-être", "plus tard"))


def test_a_row_may_suspend_without_granting_anything(tmp_path: Path) -> None:
    grant = f"a1;{words_hash(TEXT)};;;public;2024-01-10;1;fr;interprète;;;;;;;"
    consents, problems, _ = read(tmp_path, grant, "a1;;;;;;;;;;;2024-03-01;;;;", header=MORE)
    assert [code for code, _, _ in problems] == ["SRC-135"]
    assert verdict(consents)[3] == "suspended"


def test_no_ledger_is_an_empty_one_with_its_columns() -> None:
    assert no_consents().columns.tolist() == [*COLUMNS, "file", "row"]
