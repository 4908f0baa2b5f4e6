"""A table of text becomes a typed table: every row kept, every slip said with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from avis.amounts import Amount, parse_amount
from avis.descriptors import Descriptor
from avis.errors import Problems
from avis.i18n import number
from avis.periods import first_day, last_day, parse_period
from avis.schema import resource
from avis.spelling import fold, header_key
from avis.tables import check_table, empty_table, read_descriptor

TABLES = sorted(path.stem for path in resource("schema", "tables").glob("*.json"))


def check(columns: dict[str, list[str]], name: str) -> tuple[pd.DataFrame, Problems]:
    problems = Problems()
    frame = pd.DataFrame(columns, dtype="str")
    lines = pd.Series(range(2, len(frame) + 2))
    return check_table(frame, lines, read_descriptor(name), "x.csv", problems), problems


def told(problems: Problems) -> list[tuple[str, int]]:
    return [(problem.code, problem.place.line) for problem in problems]


# --- descriptors ---


def test_every_table_of_the_design_has_a_descriptor() -> None:
    owed = (
        "activities answers attendance budget choices codebook codes codings consents events follow_up"
        " meetings persons published questions records references review segments"
    )
    assert owed.split() == TABLES


@pytest.mark.parametrize("name", TABLES)
def test_a_descriptor_is_titled_in_both_languages_and_ambiguous_in_none(name: str) -> None:
    descriptor = read_descriptor(name)
    for field in descriptor.fields:
        assert field.titles.keys() == {"fr", "en"}, field.name
    headers = [key for field in descriptor.read for key in set(map(header_key, field.own))]
    assert len(headers) == len(set(headers))
    assert not set(headers) & {header_key(word) for field in descriptor.read for word in field.otherwise}
    words = [word for field in descriptor.fields for word in {fold(choice.value) for choice in field.values}]
    assert all(words)


@pytest.mark.parametrize("name", TABLES)
def test_a_descriptor_holds_nothing_that_is_not_read(name: str) -> None:
    path: Path = resource("schema", "tables", f"{name}.json")
    known = {"name", "type", "titles", "aliases", "constraints", "values", "reads", "derived", "description"}
    known |= {"owed", "doubtful", "otherwise"}
    for field in json.loads(path.read_text("utf-8"))["fields"]:
        assert field.keys() <= known


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_table_has_the_types_of_a_full_one(name: str) -> None:
    descriptor: Descriptor = read_descriptor(name)
    assert len(empty_table(descriptor)) == 0
    filled, _ = check(
        {field.aliases[0] if field.aliases else field.name: [""] for field in descriptor.read}, name
    )
    if descriptor.read:
        assert empty_table(descriptor).dtypes.to_dict() == filled.dtypes.to_dict()


# --- headers ---


@pytest.mark.parametrize(
    "header", ["tranche_age", "Tranche d’âge", "TRANCHE D'AGE", "age_band", " Age band "]
)
def test_headers_are_known_in_both_languages_whatever_their_case_and_accents(header: str) -> None:
    table, problems = check({"code": ["A1"], header: ["18-25"]}, "persons")
    assert table["age_band"].tolist() == ["18-25"]
    assert not list(problems)


def test_an_unknown_column_is_a_remark_with_a_proposal() -> None:
    _, problems = check({"type": ["atelier"], "participnts": ["3"]}, "activities")
    (remark,) = problems
    assert (remark.code, remark.severity, dict(remark.facts)["hint"]) == (
        "SRC-014",
        "warning",
        "participants",
    )
    assert "Vouliez-vous dire" in remark.told("fr")


@pytest.mark.parametrize(("language", "name"), [("fr", "recommandation_fr"), ("en", "recommendation_fr")])
def test_a_missing_column_is_told_by_the_name_to_write(
    language: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AVIS_LANG", language)
    _, problems = check({"id": ["a"], "answer": ["none"]}, "follow_up")
    assert [(p.code, dict(p.facts)["column"]) for p in problems] == [("SRC-013", name)]


def test_a_file_without_header_shows_none_of_its_data() -> None:
    table, problems = check({"Fatou": ["x"], "0612345678": ["y"]}, "persons")
    assert [p.code for p in problems] == ["SRC-023"]
    assert "Fatou" not in problems.items[0].told("fr")
    assert len(table) == 0


def test_two_headers_that_mean_one_column_are_an_error() -> None:
    _, problems = check({"code": ["A1"], "sexe": ["f"], "sex": ["f"]}, "persons")
    assert [p.code for p in problems] == ["SRC-012"]


def test_other_columns_are_kept_where_the_table_says_so() -> None:
    table, problems = check({"code": ["A1"], "Quartier d’habitation": [" nord "]}, "persons")
    assert table["quartier_d_habitation"].tolist() == ["nord"]
    assert not list(problems)


# --- cells ---


def test_every_row_is_kept_and_every_slip_has_its_line() -> None:
    table, problems = check(
        {"id": ["a", "b", "", "A"], "ligne": ["x"] * 4, "prevu": ["12 000", "12,000", "douze", ""]}, "budget"
    )
    assert table["planned"].fillna(-1).tolist() == [12000, -1, -1, -1]
    assert told(problems) == [("SRC-015", 4), ("SRC-016", 3), ("SRC-016", 4), ("SRC-018", 2), ("SRC-018", 5)]


def test_a_value_out_of_its_list_tells_the_list_and_not_the_value() -> None:
    columns = {
        "id": ["r1", "r2"],
        "recommandation_fr": ["x", "y"],
        "reponse": ["Acceptée", "Fatou a dit non"],
    }
    table, problems = check(columns, "follow_up")
    assert table["answer"].tolist() == ["accepted", ""]
    assert told(problems) == [("SRC-004", 3)]
    assert "Fatou" not in problems.items[0].told("fr")


@pytest.mark.parametrize(("value", "codes"), [("-1", ["SRC-026"]), ("0", []), ("1", [])])
def test_the_lower_limit_of_a_number_holds(value: str, codes: list[str]) -> None:
    _, problems = check({"type": ["atelier"], "nombre": [value]}, "activities")
    assert [p.code for p in problems] == codes


def test_an_address_that_is_not_one_of_the_web_is_not_kept() -> None:
    table, problems = check(
        {
            "id": ["a", "b"],
            "mesure": ["actes"] * 2,
            "source_fr": ["x"] * 2,
            "url": ["javascript:alert(1)", "https://e.org"],
        },
        "published",
    )
    assert table["url"].tolist() == ["", "https://e.org"]
    assert told(problems) == [("SRC-033", 2)]


# --- figures ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", Amount(12)),
        ("12 000", Amount(12000)),
        ("12\u202f000,5", Amount(12000.5)),
        ("1 234,50 €", Amount(1234.5)),
        ("310 h", Amount(310)),
        ("1,234,567", Amount(1234567)),
        ("environ 12 000", Amount(12000, "about")),
        ("Env. 40", Amount(40, "about")),
        ("plus de 40", Amount(40, "at_least")),
        ("40+", Amount(40, "at_least")),
        ("at least 40", Amount(40, "at_least")),
        ("7 000 à 10 000", Amount(7000, "range", 10000)),
        ("entre 5 et 10", Amount(5, "range", 10)),
        ("between 5 and 10", Amount(5, "range", 10)),
        ("5–10", Amount(5, "range", 10)),
    ],
)
def test_a_figure_is_read_as_people_write_it(text: str, expected: Amount) -> None:
    assert parse_amount(text) == expected


@pytest.mark.parametrize(
    "text", ["12,000", "12.000", "1e5", "nan", "inf", "88²", "1 2 3", "=1+1", "", "9" * 16]
)
def test_what_reads_two_ways_or_none_is_no_figure(text: str) -> None:
    assert parse_amount(text) is None


@given(st.integers(0, 10**12), st.sampled_from(["fr", "en"]))
def test_a_number_that_we_write_is_read_back_or_refused_but_never_another(n: int, language: str) -> None:
    read = parse_amount(number(n, language))  # type: ignore[arg-type]
    assert read == Amount(n) or (read is None and language == "en" and 1000 <= n < 1_000_000)


@given(st.text(max_size=90))
def test_no_text_breaks_the_readers_of_figures_and_dates(text: str) -> None:
    parse_amount(text)
    period = parse_period(text)
    assert period == "" or first_day(period) <= last_day(period)


# --- dates ---


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15/03/2024", "2024-03-15"),
        ("1/3/2024", "2024-03-01"),
        ("2024-03-15", "2024-03-15"),
        ("2024-03-15T14:30:00+01:00", "2024-03-15"),
        ("1er mars 2024", "2024-03-01"),
        ("March 15, 2024", "2024-03-15"),
        ("mars 2024", "2024-03"),
        ("Févr. 2024", "2024-02"),
        ("03/2024", "2024-03"),
        ("T1 2024", "2024-T1"),
        ("1er trimestre 2024", "2024-T1"),
        ("2e trimestre 2024", "2024-T2"),
        ("Q3 2024", "2024-T3"),
        ("2024", "2024"),
        ("29/02/2024", "2024-02-29"),
    ],
)
def test_a_date_keeps_the_precision_it_was_given_in(text: str, expected: str) -> None:
    assert parse_period(text) == expected


@pytest.mark.parametrize(
    "text", ["31/02/2024", "29/02/2023", "03/15/2024", "15/03/24", "45366", "1899", "2100", "été"]
)
def test_a_date_that_does_not_exist_or_must_be_guessed_is_none(text: str) -> None:
    assert parse_period(text) == ""
