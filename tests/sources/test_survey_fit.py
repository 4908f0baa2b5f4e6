"""A file that shares a few names with a form by accident is not read with it; scales are proposed once."""

from __future__ import annotations

from pathlib import Path

import pytest
from survey_files import read_files, write_csv, write_form
from yaml import safe_load

from avis.errors import Place, Problems, tell
from avis.sources.surveys.fit import check_fit
from avis.sources.surveys.form import QUESTION_COLUMNS, Form, form_frame
from avis.sources.surveys.forms import read_any_form
from avis.sources.surveys.proposals import propose_scales


def form_of(n: int) -> Form:
    row = dict.fromkeys(QUESTION_COLUMNS, "") | {"role": "question", "or_other": False, "line": 0}
    rows = [row | {"name": f"q{number}"} for number in range(n)]
    return Form(form_frame(rows, QUESTION_COLUMNS, ()), form_frame([], (), ()))


@pytest.mark.parametrize(
    ("asked", "explained", "unknown", "fits"),
    [
        (7, 2, 5, False),
        (6, 2, 5, True),
        (7, 2, 4, True),
        (2, 2, 90, True),
        (90, 2, 0, True),
        (9, 0, 0, False),
    ],
)
def test_a_third_of_the_questions_or_of_the_columns_is_enough(
    asked: int, explained: int, unknown: int, fits: bool
) -> None:
    problems = Problems()
    found = [f"q{number}" for number in range(min(explained, 2))]
    assert check_fit(form_of(asked), found, explained, unknown, Place("a.csv"), problems) is fits
    assert [item.code for item in problems] == ([] if fits else ["SRC-073"])


def test_a_file_that_fits_by_accident_is_refused_with_its_counts(tmp_path: Path) -> None:
    names = ["age", "lieu", *(f"k{n}" for n in range(8))]
    form = write_form(tmp_path / "form.csv", [["type", "name", "label"], *(["text", n, n] for n in names)])
    header = ["age", "lieu", *(f"autre{n}" for n in range(8))]
    survey, problems = read_files([write_csv(tmp_path / "r.csv", [header, ["x"] * 10])], form)
    assert [item.code for item in problems.errors] == ["SRC-073"]
    told = tell(problems, "fr")
    assert "2 questions sur 10" in told
    assert "2 colonnes sur 10" in told
    assert survey.records.empty


def test_an_export_of_limesurvey_with_the_form_of_kobo_asks_for_its_own(tmp_path: Path) -> None:
    form = write_form(tmp_path / "form.csv", [["type", "name", "label"], ["text", "age", "Age"]])
    rows = [["id", "submitdate", "lastpage", "startlanguage", "age"], ["1", "2024-03-12", "1", "fr", "31"]]
    _, problems = read_files([write_csv(tmp_path / "r.csv", rows)], form)
    assert [item.code for item in problems.errors] == ["SRC-277"]
    assert ".lss" in tell(problems, "fr")


def test_scales_are_proposed_in_one_block_that_can_be_pasted(tmp_path: Path) -> None:
    book = [["question", "id", "type", "choix"]]
    book += [
        [f"Q{n}", f"q{n}", "choix", f"Jamais; Parfois; {last}"]
        for n, last in ((1, "Souvent"), (2, "Toujours"))
    ]
    problems = Problems()
    form = read_any_form(*write_csv(tmp_path / "book.csv", book), problems)
    propose_scales(form, problems)
    assert [item.code for item in problems] == ["SRC-310"]
    told = tell(problems, "fr")
    assert told.count("answer_scales:") == 1
    assert set(safe_load(told[told.index("answer_scales:") :])["answer_scales"]) == {"q1", "q2"}
