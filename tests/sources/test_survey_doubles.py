"""The same answers in two tables: counted once where something proves it, said where nothing does."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pandas as pd
import pytest
from given_forms import written

from avis.errors import Problems, tell
from avis.sources.surveys.exports import open_exports
from avis.sources.surveys.form import Form
from avis.sources.surveys.forms import read_any_form
from avis.sources.surveys.together import unique
from avis.sources.surveys.tools import Responses, read_responses

Rows = list[list[str]]


def read(folder: Path, names: list[str], form: Form | None = None) -> tuple[Responses, Problems]:
    problems = Problems()
    exports = open_exports([(folder / name, name) for name in names], problems)
    found = read_responses(exports, form, "", problems)
    assert found is not None
    return found, problems


def told(problems: Problems) -> list[tuple[str, str, str]]:
    return [(item.code, item.place.file, item.place.sheet) for item in problems if item.code != "SRC-291"]


def write(folder: Path, name: str, rows: Rows) -> str:
    (folder / name).write_text(written(rows), encoding="utf-8")
    return name


@pytest.mark.parametrize("order", [("a.csv", "b.xlsx"), ("b.xlsx", "a.csv")])
def test_one_google_form_as_csv_and_as_a_workbook_counts_once(tmp_path: Path, order: tuple[str, str]) -> None:
    times = [dt.datetime(2024, 3, 12, 14, 5, second) for second in range(7)]
    said = ["Oui", "Non", "Oui", "Oui", "", "Oui", "Non"]
    rows = [[f"{at:%d/%m/%Y %H:%M:%S}", word, "4"] for at, word in zip(times, said, strict=True)]
    write(tmp_path, "a.csv", [["Horodateur", "Vient", "Note"], *rows])
    frame = pd.DataFrame({"Horodateur": times, "Vient": said, "Note": [4] * 7})
    frame.to_excel(tmp_path / "b.xlsx", sheet_name="R", index=False)
    found, problems = read(tmp_path, list(order))
    assert found.tool == "Google Forms"
    assert len(found.answers.records) == 7
    assert [(code, file) for code, file, _ in told(problems)] == [("SRC-308", order[1])]


def test_two_people_who_sent_at_one_second_are_two_people(tmp_path: Path) -> None:
    for name, words in (("a.csv", ["un", "deux"]), ("b.csv", ["trois", "quatre"])):
        write(tmp_path, name, [["Horodateur", "P", "Q"], ["12/03/2024 14:05:33", *words]])
    found, problems = read(tmp_path, ["a.csv", "b.csv"])
    assert len(found.answers.records) == 2
    assert told(problems) == []


def test_sheets_of_two_groups_that_answered_alike_are_an_error_that_names_both(tmp_path: Path) -> None:
    with pd.ExcelWriter(tmp_path / "r.xlsx") as book:
        pd.DataFrame({"q": ["oui", "non"]}).to_excel(book, sheet_name="Groupe A", index=False)
        pd.DataFrame({"q": ["oui", "non", "oui", "oui"]}).to_excel(book, sheet_name="Groupe B", index=False)
    _, problems = read(tmp_path, ["r.xlsx"])
    assert told(problems) == [("SRC-311", "r.xlsx", "Groupe A")]
    assert [item.code for item in problems.errors] == ["SRC-311"]
    assert "r.xlsx › Groupe B" in tell(problems, "fr")


def test_a_column_that_tells_groups_apart_keeps_both(tmp_path: Path) -> None:
    with pd.ExcelWriter(tmp_path / "r.xlsx") as book:
        for name, n in (("A", 2), ("B", 4)):
            frame = pd.DataFrame({"groupe": [name] * n, "q": ["oui", "non", "oui", "oui"][:n]})
            frame.to_excel(book, sheet_name=name, index=False)
    found, problems = read(tmp_path, ["r.xlsx"])
    assert len(found.answers.records) == 6
    assert told(problems) == []


def test_rows_of_a_table_with_ids_that_stand_in_two_files_count_once(tmp_path: Path) -> None:
    rows = [["id", "q", "mots"], *([str(n), "oui", f"mots {n}"] for n in range(1, 9))]
    write(tmp_path, "a.csv", rows[:6])
    write(tmp_path, "b.csv", rows[:1] + rows[4:])
    found, problems = read(tmp_path, ["a.csv", "b.csv"])
    assert len(found.answers.records) == 8
    assert told(problems) == [("SRC-243", "b.csv", "")]


def test_ids_that_begin_again_in_another_form_tell_nothing(tmp_path: Path) -> None:
    for name, word in (("a.csv", "un"), ("b.csv", "deux")):
        write(tmp_path, name, [["id", "q", "mots"], *([str(n), word, f"{word} {n}"] for n in range(3))])
    found, _ = read(tmp_path, ["a.csv", "b.csv"])
    assert len(found.answers.records) == 6


@pytest.fixture
def kobo(tmp_path: Path) -> Form:
    with pd.ExcelWriter(tmp_path / "form.xlsx") as book:
        pd.DataFrame({"type": ["text", "integer"], "name": ["q", "n"], "label": ["Q", "N"]}).to_excel(
            book, sheet_name="survey", index=False
        )
        pd.DataFrame({"list_name": [], "name": [], "label": []}).to_excel(
            book, sheet_name="choices", index=False
        )
    return read_any_form(tmp_path / "form.xlsx", "form.xlsx", Problems())


@pytest.mark.parametrize(
    ("uuids", "counted"),
    [(("", ""), 8), (("u", "u"), 8), (("u", ""), 8), (("", "u"), 8), (("u", "other"), 13)],
)
def test_overlapping_kobo_exports_count_once_by_id_where_a_uuid_is_missing(
    tmp_path: Path, kobo: Form, uuids: tuple[str, str], counted: int
) -> None:
    for name, last, uuid in (("a.csv", 5, uuids[0]), ("b.csv", 8, uuids[1])):
        rows = [["q", "n", "_id", "_uuid"]]
        rows += [[f"m{n}", "1", str(n), uuid and f"{uuid}{n}"] for n in range(last)]
        write(tmp_path, name, rows)
    found, problems = read(tmp_path, ["a.csv", "b.csv"], kobo)
    assert len(found.answers.records) == counted
    assert [code for code, _, _ in told(problems)] == (["SRC-243"] if counted == 8 else [])


def test_kobo_exports_without_any_id_are_never_added_up_where_one_holds_the_other(
    tmp_path: Path, kobo: Form
) -> None:
    rows = [["q", "n"], *([f"m{n}", "1"] for n in range(8))]
    write(tmp_path, "a.csv", rows[:6])
    write(tmp_path, "b.csv", rows)
    found, problems = read(tmp_path, ["a.csv", "b.csv"], kobo)
    assert [item.code for item in problems.errors] == ["SRC-311"]
    assert len(found.answers.records) == 8


def test_an_id_that_stands_in_every_row_is_told_apart_at_once() -> None:
    ids = pd.Series(["7"] * 20_000, dtype="str")
    begun = time.process_time()
    found = unique(ids)
    assert time.process_time() - begun < 2
    assert found.is_unique
    assert found.iloc[-1] == "7~20000"
