"""The ledger read from a file: what cannot be read is never a yes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from ledgers import HEADER, NO, TEXT, ledger, verdict

from avis.consent.judging import words_hash
from avis.consent.ledger import COLUMNS, no_consents, read_consents, report_unknown
from avis.errors import Problems, tell
from avis.evaluation import Evaluation
from avis.folders import Folders
from avis.marked import Marked
from avis.settings import Organisation, Period, Settings, Sources


@pytest.fixture(autouse=True, scope="module")
def _in_french() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AVIS_LANG", "fr")
        yield


def test_rows_about_unknown_contributions_are_reported() -> None:
    problems = Problems()
    consents = ledger(
        {"contribution": "at03-2"},
        {"contribution": "at03-3", "withdrawn_on": "2024-02-01"},
        {"contribution": "at03-4", "suspended_on": "2024-02-01"},
        {},
    )
    report_unknown(consents, ["a1", "at03-02"], problems)
    told = [(item.code, item.severity, item.place.line, dict(item.facts).get("hint")) for item in problems]
    stopped = [("SRC-137", "error", line, "at03-02") for line in (3, 4)]
    assert told == [("SRC-136", "warning", 2, "at03-02"), *stopped]


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


@pytest.mark.parametrize("header", ["Suspendue le", "suspendu", "SUSPENSION", "suspended", "Suspended on"])
def test_a_suspension_is_read_however_its_column_is_called(tmp_path: Path, header: str) -> None:
    row = f"a1;{words_hash(TEXT)};P7;X;public;2024-01-10;1;fr;interprète;;;2024-03-01;;non;;"
    consents, problems, _ = read(tmp_path, row, header=MORE.replace("suspendu_le", header))
    assert (problems, verdict(consents)[3]) == ([], "suspended")


def test_a_row_may_suspend_without_granting_anything(tmp_path: Path) -> None:
    grant = f"a1;{words_hash(TEXT)};;;public;2024-01-10;1;fr;interprète;;;;;;;"
    consents, problems, _ = read(tmp_path, grant, "a1;;;;;;;;;;;2024-03-01;;;;", header=MORE)
    assert [code for code, _, _ in problems] == ["SRC-135"]
    assert verdict(consents)[3] == "suspended"


def test_no_ledger_is_an_empty_one_with_its_columns() -> None:
    assert no_consents().columns.tolist() == [*COLUMNS, "file", "row"]
