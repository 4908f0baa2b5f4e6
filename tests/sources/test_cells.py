"""Cells of one column: a number, a date, or invalid; and many of them in little time."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from avis.errors import Problems
from avis.sources.surveys.answers import STATUSES, UNDECIDED, Answers, Spot, no_answers
from avis.sources.surveys.cells import read_cells
from avis.sources.surveys.exports import open_exports
from avis.sources.surveys.form import Form
from avis.sources.surveys.tools import read_responses
from avis.sources.surveys.xlsform import read_form


def read_answers(form: Form, path: Path, name: str, problems: Problems, person: str = "") -> Answers:
    """Read one file of answers to a form."""
    responses = read_responses(open_exports([(path, name)], problems), form, person, problems)
    return responses.answers if responses else no_answers()


def read(kind: str, cell: str) -> tuple[object, str, list[str]]:
    """Read a single cell: its value, its status ("" where the cell alone does not say it), the problems."""
    problems = Problems()
    spot = Spot("a.csv", "", "q", 1, np.array([2], dtype=np.int64), problems)
    column = read_cells(kind, np.array([cell], dtype=object), pd.DataFrame(), spot)
    value = column.values.astype("object").where(column.values.notna(), None).iloc[0]
    status = "" if column.status[0] == UNDECIDED else STATUSES[column.status[0]]
    return value, status, [item.code for item in problems]


@pytest.mark.parametrize(
    ("cell", "value", "status"),
    [
        ("31", 31, "answered"),
        ("31.0", 31, "answered"),
        ("0", 0, "answered"),
        ("9007199254740991", 9007199254740991, "answered"),
        ("9007199254740992", None, "invalid"),
        ("31.5", None, "invalid"),
        ("12,000", None, "invalid"),
        ("trente", None, "invalid"),
        ("1e999", None, "invalid"),
        ("", None, ""),
        ("n/a", None, "not_asked"),
    ],
)
def test_a_whole_number_is_one_or_is_invalid(cell: str, value: int | None, status: str) -> None:
    assert read("integer", cell) == (value, status, ["SRC-062"] if status == "invalid" else [])


@pytest.mark.parametrize(("cell", "value"), [("2,5", 2.5), ("2.5", 2.5), ("-1", -1.0), ("2,5 h", None)])
def test_a_decimal_takes_a_comma_or_a_point_and_no_unit(cell: str, value: float | None) -> None:
    assert read("decimal", cell)[0] == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2024-02-29", "2024-02-29"),
        ("2023-02-29", None),
        ("15/03/2024", "2024-03-15"),
        ("2024-03-15T10:00:00", "2024-03-15"),
        ("mars", None),
    ],
)
def test_a_date_exists_or_is_invalid(cell: str, value: str | None) -> None:
    assert read("date", cell) == (value, "answered" if value else "invalid", [] if value else ["SRC-063"])


def test_in_a_text_not_applicable_may_be_her_own_word() -> None:
    assert read("text", "n/a") == ("n/a", "answered", [])


@pytest.mark.slow
def test_twenty_thousand_records_of_thirty_questions_read_in_seconds(tmp_path: Path) -> None:
    survey = [f",select_one l,q{n},Q{n}" for n in range(20)] + [f",integer,n{n},N{n}" for n in range(5)]
    survey += [f",select_multiple l,m{n},M{n}" for n in range(3)] + [",text,t1,T1", ",text,t2,T2"]
    listed = [f",l,c{n},Choix numéro {n}" for n in range(6)]
    lines = ["survey,,,", ",type,name,label", *survey, "choices,,,", ",list_name,name,label", *listed]
    (tmp_path / "form.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    form = read_form(tmp_path / "form.csv", "form.csv", Problems())
    names = [
        *(f"q{n}" for n in range(20)),
        *(f"n{n}" for n in range(5)),
        *(f"m{n}" for n in range(3)),
        "t1",
        "t2",
    ]
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    rows.writerow([*names, "_id"])
    for n in range(20_000):
        one = [f"c{(n + k) % 6}" for k in range(20)] + [str(n % 90 + k) for k in range(5)]
        several = [f"Choix numéro {n % 6} Choix numéro {(n + k + 1) % 6}" for k in range(3)]
        rows.writerow([*one, *several, f"mots {n}", "", n])
    (tmp_path / "avant.csv").write_text(out.getvalue(), encoding="utf-8")
    problems = Problems()
    answers = read_answers(form, tmp_path / "avant.csv", "avant.csv", problems)
    assert len(answers.records) == 20_000
    assert not problems.items


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("integer", "1 200", 1200),
        ("integer", "1\u202f200", 1200),
        ("decimal", "12\u00a0000,5", 12000.5),
        ("integer", "12 00", None),
        ("integer", "1 2", None),
        ("integer", "0 120", None),
    ],
)
def test_groups_of_three_figures_are_one_number(kind: str, cell: str, value: float | None) -> None:
    status = "answered" if value else "invalid"
    assert read(kind, cell) == (value, status, [] if value else ["SRC-062"])
