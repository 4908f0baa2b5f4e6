"""Real tables that nobody declared: read as plain tables, numbers with leading zeros kept as text."""

from __future__ import annotations

from pathlib import Path

import pytest

from avis.errors import Problems, tell
from avis.sources.surveys.exports import open_exports
from avis.sources.surveys.tools import Responses, read_responses

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real samples are not on this computer")


def read(name: str) -> tuple[Responses, Problems]:
    problems = Problems()
    found = read_responses(open_exports([(SAMPLES / name, name)], problems), None, "", problems)
    assert found is not None
    assert found.tool == "plain"
    assert not problems.errors, tell(problems)
    assert "SRC-291" in [item.code for item in problems]
    return found, problems


def types(found: Responses) -> dict[str, str]:
    return dict(zip(found.form.questions["path"], found.form.questions["type"], strict=True))


def test_a_table_whose_header_stands_three_times() -> None:
    found, _ = read("tables/a_test_file.csv")
    assert len(found.answers.records) == 404
    communes = found.answers.columns["NUMCOM"].values
    assert (communes.iloc[0], communes.nunique()) == ("01001", 397)
    covered = found.answers.columns["TXCOUVGLO_COM_2014"]
    assert round(covered.values.sum(), 1) == 23888.2
    assert int((covered.raw == "").sum()) == 3
    assert found.answers.columns["STRUCTURED_INFO"].values.iloc[0] == '{"champ_1": 0, "champ_2": -1.0}'
    assert found.answers.records["row"].iloc[0] == 4
    assert len(found.form.questions) == 11


def test_a_small_ods_with_dates_as_text() -> None:
    found, _ = read("tables/laureats_dataconnexions.ods")
    assert len(found.answers.records) == 3
    assert types(found)["Date de la cérémonie"] == "date"
    assert set(found.answers.columns["date_de_la_ceremonie"].values) == {"2012-05-29"}


def test_an_ods_that_is_called_xls_and_breaks_lines_in_its_headers() -> None:
    found, _ = read("tables/frup_ods_named.xls")
    assert len(found.answers.records) == 5
    assert len(found.form.questions) == 8
    dates = [path for path, kind in types(found).items() if kind == "date"]
    assert len(dates) == 2
    days = found.answers.columns[found.form.questions.set_index("path").loc[dates[0], "name"]]
    assert days.values.iloc[0] == "1906-05-16"


@pytest.mark.parametrize(
    ("name", "rows", "columns", "age"),
    [
        ("cases123.csv", 3, 4, [20, 22, 45]),
        ("survey456.csv", 3, 5, [24, 67]),
        ("survey789.xlsx", 3, 6, [33, 55]),
    ],
)
def test_cases_and_surveys_of_qualcoder(name: str, rows: int, columns: int, age: list[int]) -> None:
    found, _ = read(f"coding/qualcoder/{name}")
    assert len(found.answers.records) == rows
    assert len(found.form.questions) == columns
    assert types(found)["Age"] == "integer"
    assert found.answers.columns["age"].values.dropna().astype(int).tolist() == age
