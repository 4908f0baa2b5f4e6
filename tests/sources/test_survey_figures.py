"""Numbers and dates that can be read in two ways: refused and said, unless their column decides."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from given_forms import read_form_rows, statuses, values

from avis.errors import Problems
from avis.sources.surveys.answers import Spot
from avis.sources.surveys.cells import Manner, read_cells
from avis.sources.surveys.figures import read_days, unsure_numbers

BOOK = [
    ["question", "id", "type", "choix"],
    ["Revenu", "revenu", "nombre", ""],
    ["Jour", "jour", "date", ""],
]


@pytest.mark.parametrize(
    ("cells", "unsure"),
    [
        (["1.200", "2.500", "900"], [True, True, False]),
        (["1.200", "2.5"], [False, False]),
        (["1.200", "2.55"], [False, False]),
        (["1.200", "2,5"], [True, False]),
        (["1.200", "2.5", "3,5"], [True, False, False]),
        (["12,000", "0,5"], [False, False]),
        (["12,000", "0.5"], [True, False]),
        (["1.200", "0.125"], [False, False]),
        (["0.125", "1.2000", "1200.125"], [False, False, False]),
    ],
)
def test_a_column_decides_what_its_marks_mean_or_leaves_it_open(cells: list[str], unsure: list[bool]) -> None:
    assert unsure_numbers(pd.Series(cells, dtype="str")).tolist() == unsure


def test_thousands_that_may_be_decimals_are_invalid_and_said(tmp_path: Path) -> None:
    rows = [["Revenu", "Jour"], ["1.200", ""], ["2.500", ""], ["900", "15/03/2024"]]
    found, problems = read_form_rows(tmp_path, rows, BOOK)
    assert statuses(found, "revenu") == ["invalid", "invalid", "answered"]
    assert [(item.code, item.place.line) for item in problems] == [("SRC-062", 2), ("SRC-062", 3)]
    proposed, _ = read_form_rows(tmp_path, rows)
    assert values(proposed, "revenu") == ["1.200", "2.500", "900"]


def test_a_tool_that_always_writes_a_point_is_believed() -> None:
    problems = Problems()
    spot = Spot("a.csv", "", "q", 1, np.array([2, 3], dtype=np.int64), problems)
    cells = np.array(["1.200", "1,200"], dtype=object)
    column = read_cells("decimal", cells, pd.DataFrame(), spot, Manner(point=True))
    assert column.values.tolist()[0] == 1.2
    assert [(item.code, item.place.line) for item in problems] == [("SRC-062", 3)]


@pytest.mark.parametrize(
    ("cells", "day_first", "days", "unsure"),
    [
        (["3/13/2024", "3/4/2024"], False, ["2024-03-13", "2024-03-04"], [False, False]),
        (["13/3/2024", "3/4/2024"], False, ["2024-03-13", "2024-04-03"], [False, False]),
        (["3/4/2024", "5/5/2024"], True, ["", "2024-05-05"], [True, False]),
        (["03/04/2024"], True, ["2024-04-03"], [False]),
        (["03/04/2024"], False, [""], [True]),
        (["03/13/2024", "03/04/2024"], True, ["2024-03-13", "2024-03-04"], [False, False]),
        (["13/03/2024", "03/13/2024", "03/04/2024"], True, ["2024-03-13", "2024-03-13", ""], [0, 0, 1]),
        (["31/02/2024", "2024-02-30", "x"], True, ["", "", ""], [False, False, False]),
        (["12/12/2024", "12/11/2024"], False, ["2024-12-12", ""], [False, True]),
    ],
)
def test_a_number_above_twelve_proves_the_order_of_its_column(
    cells: list[str], day_first: bool, days: list[str], unsure: list[bool]
) -> None:
    found, doubt = read_days(pd.Series(cells, dtype="str"), day_first)
    assert (found.tolist(), doubt.tolist()) == (days, unsure)


def test_a_date_of_an_english_form_that_may_be_another_is_said(tmp_path: Path) -> None:
    book = [["question", "id", "type", "choix"], ["Day", "jour", "date", ""]]
    rows = [["Timestamp", "Day"], ["3/13/2024 9:00:00", "3/4/2024"], ["3/14/2024 9:00:00", "3/3/2024"]]
    found, problems = read_form_rows(tmp_path, rows, book)
    assert statuses(found, "jour") == ["invalid", "answered"]
    assert [(item.code, item.place.line) for item in problems] == [("SRC-314", 2)]
    rows[2][1] = "3/13/2024"
    found, problems = read_form_rows(tmp_path, rows, book)
    assert values(found, "jour") == ["2024-03-04", "2024-03-13"]
    assert list(problems) == []
