"""Words for one recipient: whoever agreed names who gets them, and nobody else does."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from ledgers import DAY, SOME, TEXT, grant, ledger, stop, suspend

from avis.consent.judging import judge, judge_recipients
from avis.consent.ledger import read_consents
from avis.consent.minors import NO_MINORS, Minors
from avis.errors import Problems
from avis.evaluation import open_evaluation

CONTRIBUTIONS = pd.DataFrame({"contribution": ["a1"], "text": [TEXT]})
YAML = """\
title: {fr: T}
organisation: {name: A}
period: {start: 2024-01, end: 2024-12}
status: running
languages: [fr]
documents: [fiche]
sources: {consent: accords.csv}
calls: [{id: onu, recipient: rapporteuse, to: {fr: R}, questions: [{id: a1, text: {fr: Q}}]}]
"""


def to(name: str, **cells: str) -> dict[str, str]:
    return grant("recipient", recipient=name, **cells)


def recipients(*rows: dict[str, str], minors: Minors = NO_MINORS, text: str = TEXT) -> tuple[str, ...]:
    told = CONTRIBUTIONS.assign(text=text)
    return tuple(judge_recipients(told, ledger(*rows), DAY, minors=minors).iloc[0])


def test_words_go_to_the_recipients_that_she_named_and_to_no_other_reader() -> None:
    row = judge(CONTRIBUTIONS, ledger(to("onu"), to("comite")), DAY, minors=NO_MINORS).iloc[0]
    assert row["recipients"] == ("comite", "onu") and row["recipient"]
    assert not row["public"] and not row["funder"] and not row["members"]
    assert row["reason"] == "granted"


def test_neither_a_quote_nor_the_web_names_a_recipient() -> None:
    for scope in ("internal", "report", "quote", "public"):
        row = judge(CONTRIBUTIONS, ledger(grant(scope)), DAY, minors=NO_MINORS).iloc[0]
        assert row["recipients"] == () and not row["recipient"]


@pytest.mark.parametrize("scope", ["internal", "report", "quote"])
def test_taking_back_what_is_narrower_takes_it_back_from_every_recipient(scope: str) -> None:
    assert recipients(to("onu"), to("comite"), stop(scope, "2024-02-01")) == ()


def test_taking_back_the_web_leaves_the_recipient() -> None:
    assert recipients(to("onu"), grant("public"), stop("public", "2024-02-01")) == ("onu",)


def test_taking_it_back_from_one_recipient_leaves_the_other() -> None:
    back = stop("recipient", "2024-02-01", recipient="onu")
    assert recipients(to("onu"), to("comite"), back) == ("comite",)


def test_a_withdrawal_that_names_no_recipient_counts_for_all() -> None:
    assert recipients(to("onu"), to("comite"), stop("recipient", "2024-02-01", recipient="")) == ()


def test_a_withdrawal_from_one_recipient_leaves_every_other_scope() -> None:
    rows = (grant("public"), to("onu"), stop("recipient", "2024-02-01", recipient="onu"))
    row = judge(CONTRIBUTIONS, ledger(*rows), DAY, minors=NO_MINORS).iloc[0]
    assert row["public"] and row["funder"] and row["members"] and row["recipients"] == ()


def test_expiry_suspension_and_changed_words_hold_for_a_recipient_as_for_anybody() -> None:
    assert recipients(to("onu", expires_on="2024-06-14")) == ()
    assert recipients(to("onu", expires_on="2024-06-15")) == ("onu",)
    assert recipients(to("onu"), suspend("2024-03-01")) == ()
    assert recipients(to("onu"), suspend("2024-03-01", "2024-04-01")) == ("onu",)
    assert recipients(to("onu"), text=TEXT + " Really.") == ()


def test_a_suspension_that_names_one_recipient_stops_them_all_as_it_stops_the_web() -> None:
    rows = (to("onu"), grant("public"), to("comite", suspended_on="2024-03-01"))
    row = judge(CONTRIBUTIONS, ledger(*rows), DAY, minors=NO_MINORS).iloc[0]
    assert row["recipients"] == () and not row["public"] and row["reason"] == "suspended"


def test_a_minor_needs_her_own_yes_and_an_authority_for_a_recipient_too() -> None:
    assert recipients(to("onu", person="B2"), minors=SOME) == ()
    assert recipients(to("onu", person="B2", own_yes="yes", authority="judge"), minors=SOME) == ("onu",)


def read(folder: Path, *rows: str) -> tuple[pd.DataFrame, list[str]]:
    (folder / "evaluation.yaml").write_text(YAML, encoding="utf-8")
    head = "contribution;sha256;portee;destinataire;accorde_le;expire_le;retire_le"
    (folder / "accords.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    problems = Problems()
    return read_consents(open_evaluation(folder), problems), [item.code for item in problems]


def test_a_grant_to_nobody_in_particular_grants_nothing(tmp_path: Path) -> None:
    consents, codes = read(tmp_path, f"a1;{'0' * 64};destinataire;;2024-01-10;;")
    assert codes == ["CON-030"] and consents.empty


def test_a_recipient_beside_another_scope_grants_nothing(tmp_path: Path) -> None:
    consents, codes = read(tmp_path, f"a1;{'0' * 64};public;onu;2024-01-10;;")
    assert codes == ["CON-031"] and consents.empty


def test_french_and_english_names_of_scope_and_column_are_read(tmp_path: Path) -> None:
    consents, codes = read(tmp_path, f"a1;{'0' * 64};recipient;onu;2024-01-10;;")
    assert codes == [] and list(consents["scope"]) == ["recipient"] and list(consents["recipient"]) == ["onu"]
