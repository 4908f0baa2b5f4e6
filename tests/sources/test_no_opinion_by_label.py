"""« Ne sait pas » is no opinion whatever its code, in every tool; the form may say otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from survey_files import read_files, write_csv, write_form

from avis.errors import Problems
from avis.sources.surveys.questiontypes import read_type
from avis.sources.surveys.xlsform import read_form

SURVEY = [["type", "name", "label::fr"], ["select_one avis", "avis", "Votre avis"]]
CHOICES = [
    ["list_name", "name", "label::fr", "label::en"],
    ["avis", "1", "Mauvais", "Bad"],
    ["avis", "2", "Bon", "Good"],
    ["avis", "98", "Ne souhaite pas répondre", ""],
    ["avis", "99", "", "Don't know"],
]
ROWS = [["avis", "_id", "_uuid"], ["99", "1", "a"], ["98", "2", "b"], ["2", "3", "c"]]


def test_a_code_is_no_opinion_by_its_label_in_any_language(tmp_path: Path) -> None:
    form = write_form(tmp_path / "form.csv", SURVEY, CHOICES)
    survey, _ = read_files([write_csv(tmp_path / "a.csv", ROWS)], form)
    assert list(survey.statuses["avis"]) == ["dont_know", "refused", "answered"]


def test_it_is_said_once_a_list_which_codes_were_taken(tmp_path: Path) -> None:
    problems = Problems()
    read_form(*write_form(tmp_path / "form.csv", SURVEY, CHOICES), problems)
    said = [item for item in problems.items if item.code == "SRC-256"]
    assert [dict(item.facts)["codes"] for item in said] == ["98, 99"]


def test_the_form_may_say_that_such_a_choice_is_an_opinion(tmp_path: Path) -> None:
    said = ["missing", "", "", "non", "refused"]
    choices = [[*row, cell] for row, cell in zip(CHOICES, said, strict=True)]
    form = write_form(tmp_path / "form.csv", SURVEY, choices)
    survey, problems = read_files([write_csv(tmp_path / "a.csv", ROWS)], form)
    assert list(survey.statuses["avis"]) == ["refused", "answered", "answered"]
    assert "SRC-256" not in [item.code for item in problems.items]


@pytest.mark.parametrize("cell", ["add text prompt", "Add Text Prompt"])
def test_the_oldest_spelling_of_a_type_is_read(cell: str) -> None:
    assert read_type(cell).kind == "text"
