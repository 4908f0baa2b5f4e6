"""Whether a file holds codes or labels is decided once, by all of it: a label that is a code shifts none."""

from __future__ import annotations

from pathlib import Path

import pytest
from survey_files import read_files, write_csv, write_form

from avis.sources.surveys.wave import Survey

SURVEY = [
    ["type", "name", "label::fr", "label::en"],
    ["select_one note", "note", "Quelle note ?", "Which score?"],
    ["select_multiple mois", "mois", "Lesquels ?", "Which?"],
    ["select_one oui", "venu", "Êtes-vous venue ?", "Did you come?"],
]
CHOICES = [
    ["list_name", "name", "label::fr", "label::en"],
    *[["note", str(code), str(code - 1), str(code - 1)] for code in range(1, 12)],
    ["mois", "1", "2", "2"],
    ["mois", "2", "3", "3"],
    ["mois", "3", "Plus", "More"],
    ["oui", "o", "Oui", "Yes"],
    ["oui", "n", "Non", "No"],
]
LABELLED = ["Quelle note ?", "Lesquels ?"]


def read(folder: Path, head: list[str], *rows: list[str], survey: list[list[str]] = SURVEY) -> Survey:
    form = write_form(folder / "form.csv", survey, CHOICES)
    ids = [[str(number), f"u{number}"] for number in range(1, len(rows) + 1)]
    table = [[*head, "_id", "_uuid"], *([*row, *id] for row, id in zip(rows, ids, strict=True))]
    return read_files([write_csv(folder / "a.csv", table)], form)[0]


def test_headers_in_words_say_that_cells_are_labels(tmp_path: Path) -> None:
    survey = read(tmp_path, LABELLED, ["5", "2 3"], ["10", "3"])
    assert list(survey.values["note"]) == ["6", "11"]
    assert list(survey.values["mois"]) == ["1 2", "2"]


def test_headers_by_names_say_that_cells_are_codes(tmp_path: Path) -> None:
    survey = read(tmp_path, ["note", "mois"], ["5", "2 3"], ["10", "3"])
    assert list(survey.values["note"]) == ["5", "10"]
    assert list(survey.values["mois"]) == ["2 3", "3"]


@pytest.mark.parametrize(("cells", "found"), [(["Oui", "5"], "6"), (["o", "5"], "5")])
def test_another_column_decides_where_the_headers_do_not(
    cells: list[str], found: str, tmp_path: Path
) -> None:
    same = [SURVEY[0], *([kind, name, name, name] for kind, name, *_ in SURVEY[1:])]
    survey = read(tmp_path, ["venu", "note"], cells, survey=same)
    assert list(survey.values["note"]) == [found]


def test_where_nothing_decides_a_cell_that_reads_two_ways_is_no_answer(tmp_path: Path) -> None:
    same = [SURVEY[0], *([kind, name, name, name] for kind, name, *_ in SURVEY[1:])]
    form = write_form(tmp_path / "form.csv", same, CHOICES)
    table = [["note", "_id", "_uuid"], ["5", "1", "a"], ["10", "2", "b"]]
    survey, problems = read_files([write_csv(tmp_path / "a.csv", table)], form)
    assert list(survey.statuses["note"]) == ["invalid", "invalid"]
    assert [item.code for item in problems.items].count("SRC-064") == 2


def test_split_columns_have_labels_in_the_language_of_their_question(tmp_path: Path) -> None:
    head = ["Lesquels ?/2", "Lesquels ?/3", "Lesquels ?/Plus"]
    survey = read(tmp_path, head, ["1", "0", "0"], ["0", "1", "1"])
    assert list(survey.values["mois"]) == ["1", "2 3"]


def test_split_columns_under_a_name_have_codes(tmp_path: Path) -> None:
    survey = read(tmp_path, ["mois/1", "mois/2", "mois/3"], ["1", "0", "0"], ["0", "1", "1"])
    assert list(survey.values["mois"]) == ["1", "2 3"]


def test_the_language_of_labels_is_that_of_the_file(tmp_path: Path) -> None:
    form = write_form(
        tmp_path / "form.csv",
        [SURVEY[0], ["select_one ton", "ton", "Le ton ?", "The tone?"]],
        [CHOICES[0], ["ton", "a", "Plus", "More"], ["ton", "b", "Moins", "Plus"]],
    )
    for header, code in (("Le ton ?", "a"), ("The tone?", "b")):
        table = [[header, "_id", "_uuid"], ["Plus", "1", "u"]]
        survey, _ = read_files([write_csv(tmp_path / "a.csv", table)], form)
        assert list(survey.values["ton"]) == [code]
