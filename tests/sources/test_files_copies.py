"""Two sheets that hold the same rows are seen, so that nobody adds them together."""

from __future__ import annotations

import pandas as pd
import pytest

from avis.files.copies import same_rows
from avis.files.sheets import Sheet


def sheet(name: str, **columns: list[str]) -> Sheet:
    frame = pd.DataFrame(columns, dtype="str")
    return Sheet(name, frame, pd.Series(range(2, len(frame) + 2)), "utf-8")


YEAR = sheet("2023", mois=["mai", "juin", "juin"], n=["1", "2", "2"])


def test_a_copy_in_another_order_of_rows_and_columns_is_a_copy() -> None:
    copy = sheet("copie", N=["2", "1", "2"], Mois=["juin", " mai", "juin"])
    assert same_rows([YEAR, copy]) == [(0, 1, 3)]


def test_a_part_of_a_sheet_is_a_copy() -> None:
    assert same_rows([sheet("mai", mois=["mai"], n=["1"]), YEAR]) == [(0, 1, 1)]


def test_a_column_without_a_value_makes_no_difference() -> None:
    copy = sheet("copie", mois=["mai"], n=["1"], remarque=[""])
    assert same_rows([YEAR, copy]) == [(0, 1, 1)]


@pytest.mark.parametrize(
    "other",
    [
        sheet("one row more than there is", mois=["mai", "mai"], n=["1", "1"]),
        sheet("one cell differs", mois=["mai", "juin", "juin"], n=["1", "2", "3"]),
        sheet("other columns", mois=["mai"], nombre=["1"]),
        sheet("no row", mois=[], n=[]),
        sheet("nothing at all"),
    ],
    ids=lambda other: other.name,
)
def test_what_differs_is_no_copy(other: Sheet) -> None:
    assert same_rows([YEAR, other]) == []


def test_every_pair_is_given() -> None:
    assert same_rows([YEAR, YEAR, sheet("x", a=["1"]), YEAR]) == [(0, 1, 3), (0, 3, 3), (1, 3, 3)]
