"""Below a first table: totals that stay are said, and a second table is refused with its line."""

from __future__ import annotations

import pytest

from avis.errors import Place, Problems
from avis.files.grids import Grid
from avis.files.layout import Layout, lay_out

DATA = [["mai", "1", "2"], ["juin", "3", "4"]]


def laid(rows: list[list[str]], lines: list[int] | None = None) -> tuple[Layout, list[tuple[str, int]]]:
    problems = Problems()
    layout = lay_out(Grid("", rows, lines or list(range(1, len(rows) + 1)), "workbook"), Place("x"), problems)
    assert layout is not None
    return layout, [(item.code, item.place.line) for item in problems]


@pytest.mark.parametrize(
    "label", ["Total", "TOTAL", "Sous-total Nord", "Ensemble", "France entière", "Moyenne"]
)
def test_a_row_that_looks_like_a_total_is_kept_and_said(label: str) -> None:
    rows = [["lieu", "n", "taux"], ["ici", "1", "10"], [label, "4", "17,5"], ["là", "3", "20"]]
    layout, told = laid(rows)
    assert (layout.rows, told) == (rows[1:], [("SRC-143", 3)])
    assert laid([*rows[:2], rows[3], rows[2]])[1] == [("SRC-143", 4)]


@pytest.mark.parametrize("name", ["Ensemble vocal", "TotalEnergies", "Franceville", "totalement"])
def test_a_name_that_begins_as_a_total_is_none(name: str) -> None:
    assert laid([["lieu", "n"], ["ici", "1"], [name, "1"]])[1] == []


def test_percentages_are_summed_too() -> None:
    rows = [["lieu", "n", "part"], ["ici", "1", "33 %"], ["là", "2", "67 %"]]
    assert laid([*rows, ["Total", "3", "100 %"]])[1] == [("SRC-210", 4)]
    assert laid([*rows, ["Total", "3", "99 %"]])[1] == [("SRC-143", 4)]


# --- a second table ---

SECOND = [["Année", "Coût", ""], ["2020", "10", ""], ["2021", "20", ""]]


@pytest.mark.parametrize(
    ("above", "lines"),
    [
        ([], [1, 2, 3, 6, 7, 8]),
        ([["Budget", "", ""]], [1, 2, 3, 6, 7, 8, 9]),
        ([["Budget", "", ""]], [1, 2, 3, 5, 7, 8, 9]),
    ],
)
def test_a_second_table_is_refused_with_its_line(above: list[list[str]], lines: list[int]) -> None:
    layout, told = laid([["Mois", "H", "F"], *DATA, *above, *SECOND], lines=lines)
    assert (layout.rows, told) == (DATA, [("SRC-144", lines[3])])
    assert layout.left_out == tuple(lines[3:])


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (["Année", "Coût", ""], 4),
        (["août", "NC", "n.d."], 5),
        (["août", "7", "autant"], 5),
        (["août", "août", ""], 5),
        (["Mois", "H", "F"], 5),
    ],
)
def test_rows_below_a_blank_row_are_no_second_table(row: list[str], line: int) -> None:
    _, told = laid([["Mois", "H", "F"], *DATA, row, ["sept.", "5", "6"]], lines=[1, 2, 3, line, line + 1])
    assert "SRC-144" not in [code for code, _ in told]
