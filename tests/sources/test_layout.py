"""The table is found in a sheet: titles, groups, notes and totals are set apart and said, and no row else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avis.errors import Place, Problems
from avis.files.grids import Grid
from avis.files.headings import Merged
from avis.files.layout import Layout, lay_out

DATA = [["mai", "1", "2"], ["juin", "3", "4"]]


def laid(
    rows: list[list[str]], merged: tuple[Merged, ...] = (), lines: list[int] | None = None
) -> tuple[Layout, list[tuple[str, int]]]:
    problems = Problems()
    grid = Grid("", rows, lines or list(range(1, len(rows) + 1)), "workbook", merged=merged)
    layout = lay_out(grid, Place("x"), problems)
    assert layout is not None
    return layout, [(item.code, item.place.line) for item in problems]


# --- titles ---


@pytest.mark.parametrize(
    ("above", "lines"),
    [
        ([["Bilan", "", ""], ["", "", ""]], [1]),
        ([["Bilan", "", ""]], [1]),
        ([["Bilan"]], [1]),
        ([["Bilan", "", ""], ["Période :", "2024", ""], ["édité par nous", "", ""]], [1, 2, 3]),
    ],
)
def test_a_title_above_the_header_is_set_apart_and_said(above: list[list[str]], lines: list[int]) -> None:
    layout, told = laid([*above, ["Mois", "H", "F"], *DATA])
    assert layout.names == ["Mois", "H", "F"]
    assert layout.rows == DATA
    assert layout.title_rows == tuple(lines)
    assert layout.header_lines == (len(above) + 1,)
    assert told == [("SRC-207", line) for line in lines]


def test_years_may_be_names_of_columns_below_a_title() -> None:
    layout, _ = laid([["Bilan", "", ""], ["Lieu", "2023", "2024"], ["ici", "12", "15"]])
    assert layout.names == ["Lieu", "2023", "2024"]


PLAIN = {
    "one name only, over words": [["nom", "", ""], ["Anne", "Paris", "oui"], ["Zoé", "Lyon", "non"]],
    "one name only, over numbers": [["lieu", "", ""], ["ici", "2", "3"], ["là", "4", "5"]],
    "two columns, one without a name": [["lieu", ""], ["ici", "oui"], ["là", "non"]],
    "one column": [["titre"], ["un"], ["deux"]],
    "names over words that come back": [["a", "", "b"], ["oui", "x", "oui"], ["oui", "y", "non"]],
    "a first row that is nearly empty": [["a", "b", "c"], ["x", "", ""], ["y", "1", "2"]],
    "a header alone": [["a", "b", "c"]],
    "a lone cell": [["a"]],
    "numbers in the header": [["1", "2", "3"], ["4", "5", "6"]],
    "a last row that is nearly empty": [["id", "a", "b"], ["1", "x", "y"], ["R12", "", ""]],
    "words that begin as a note": [["avis", "n", "m"], ["bien", "1", "x"], ["Note le personnel", "", ""]],
    "a source that is none": [["avis", "n", "m"], ["bien", "1", "x"], ["Lecture du soir", "", ""]],
    "a star that marks nothing": [["avis", "n", "m"], ["bien", "1", "x"], ["* Très bien", "", ""]],
}


@pytest.mark.parametrize("case", PLAIN)
def test_a_plain_table_keeps_all_its_rows(case: str) -> None:
    layout, told = laid(PLAIN[case])
    assert [layout.names, *layout.rows] == PLAIN[case]
    assert told == []


CELL = st.text(st.sampled_from("abcdé 123"), max_size=6)


@settings(max_examples=60)
@given(
    names=st.lists(st.text("abcdefgh", min_size=1, max_size=5), min_size=2, max_size=5, unique=True),
    cells=st.data(),
)
def test_below_a_full_header_every_row_is_kept(names: list[str], cells: st.DataObject) -> None:
    row = st.lists(CELL, min_size=len(names), max_size=len(names)).filter(
        lambda row: any(map(str.strip, row))
    )
    rows = cells.draw(st.lists(row.filter(lambda row: row != names), max_size=6))
    layout, told = laid([names, *rows])
    assert layout.names == names
    assert layout.rows == rows
    assert {code for code, _ in told} <= {"SRC-145"}


# --- headers on several rows ---


GROUPED = [["", "Adhérents", "", "Bénévoles", ""], ["Mois", "H", "F", "H", "F"], ["mai", "1", "2", "3", "4"]]
GROUPED_NAMES = ["Mois", "Adhérents / H", "Adhérents / F", "Bénévoles / H", "Bénévoles / F"]


@pytest.mark.parametrize("merged", [(), ((1, 2, 1, 3), (1, 4, 1, 5))])
def test_names_that_come_back_follow_their_group(merged: tuple[Merged, ...]) -> None:
    layout, told = laid(GROUPED, merged)
    assert layout.names == GROUPED_NAMES
    assert layout.header_lines == (1, 2)
    assert told == [("SRC-208", 1), ("SRC-208", 2)]


def test_a_title_may_stand_above_groups() -> None:
    layout, _ = laid([["Bilan", "", "", "", ""], *GROUPED], ((1, 1, 1, 5), (2, 2, 2, 3), (2, 4, 2, 5)))
    assert layout.names == GROUPED_NAMES
    assert (layout.title_rows, layout.header_lines) == ((1,), (2, 3))


def test_a_name_that_stands_alone_needs_no_group() -> None:
    rows = [["Mois", "Public", ""], ["", "adultes", "enfants"], ["mai", "1", "2"]]
    assert laid(rows, ((1, 1, 2, 1), (1, 2, 1, 3)))[0].names == ["Mois", "adultes", "enfants"]
    assert laid(rows)[0].names == ["Mois", "Public", ""]


def test_one_group_over_some_columns_is_no_title() -> None:
    rows = [["", "", "Public", ""], ["Mois", "Lieu", "H", "F"], ["mai", "ici", "1", "2"]]
    layout, _ = laid(rows, ((1, 3, 1, 4),))
    assert layout.names == ["Mois", "Lieu", "H", "F"]
    assert layout.title_rows == ()


# --- within and below ---


def test_a_header_that_stands_again_is_left_out() -> None:
    layout, told = laid([["a", "b"], ["1", "2"], ["a", "b"], ["3", "4"]])
    assert layout.rows == [["1", "2"], ["3", "4"]]
    assert told == [("SRC-019", 3)]


def test_a_cell_merged_over_the_table_is_a_heading() -> None:
    rows = [["a", "b", "c"], ["2023", "", ""], ["1", "2", "3"], ["x", "", ""]]
    layout, told = laid(rows, ((2, 1, 2, 3),))
    assert layout.rows == [["1", "2", "3"], ["x", "", ""]]
    assert (layout.left_out, told) == ((2,), [("SRC-213", 2)])


@pytest.mark.parametrize(
    "note",
    [
        "Source : nous-mêmes",
        "(1) estimation",
        "Lecture : 3 sur 10",
        "Note: x",
        "NB : y",
        "Mis à jour le 3 mai",
    ],
)
def test_a_note_below_is_left_out_and_said_with_what_follows(note: str) -> None:
    layout, told = laid([["Mois", "H", "F"], *DATA, [note, "", ""], ["et la suite", "", ""]])
    assert layout.rows == DATA
    assert told == [("SRC-209", 4), ("SRC-209", 5)]
    assert layout.left_out == (4, 5)


@pytest.mark.parametrize(("name", "cell"), [("H*", "1"), ("H", "1*"), ("H", "1 (*)")])
def test_a_note_that_begins_with_a_mark_explains_what_is_marked_above(name: str, cell: str) -> None:
    mark = "(*)" if "(" in cell else "*"
    rows = [["Mois", name, "F"], ["mai", cell, "2"]]
    assert laid([*rows, [f"{mark} sans les enfants", "", ""]])[1] == [("SRC-209", 3)]
    assert laid([["Mois", "H", "F"], ["mai", "1", "2"], [f"{mark} sans les enfants", "", ""]])[1] == []


@pytest.mark.parametrize(
    ("last", "line", "told"),
    [
        (["merci", "", ""], 5, [("SRC-145", 5)]),
        (["merci", "", ""], 4, []),
        (["", "Fait à Lyon", ""], 4, [("SRC-145", 4)]),
        (["", "1", "2"], 5, []),
    ],
)
def test_a_lone_cell_at_the_end_is_kept_and_said(
    last: list[str], line: int, told: list[tuple[str, int]]
) -> None:
    layout, said = laid([["Mois", "H", "F"], *DATA, last], lines=[1, 2, 3, line])
    assert (layout.rows, said) == ([*DATA, last], told)


def test_a_cell_that_goes_on_over_lines_leaves_no_blank_row() -> None:
    rows = [["Avis", "n", "m"], ["un\ndeux\ntrois", "1", "2"], ["merci", "", ""]]
    assert laid(rows, lines=[1, 2, 5])[1] == []
    assert laid(rows, lines=[1, 2, 6])[1] == [("SRC-145", 6)]


def test_a_short_note_of_a_csv_shifts_nothing() -> None:
    layout, told = laid([["Mois", "H", "F"], *DATA, ["Source : nous"]])
    assert (layout.rows, told) == (DATA, [("SRC-209", 4)])


@pytest.mark.parametrize("word", ["Total", "TOTAL GÉNÉRAL", "Sous-total", "Totaux"])
def test_a_last_row_that_is_the_sum_of_the_others_is_left_out(word: str) -> None:
    layout, told = laid([["Mois", "H", "F"], *DATA, [word, "4", "6"]])
    assert (layout.rows, told) == (DATA, [("SRC-210", 4)])


def test_sums_are_told_apart_to_the_last_digit() -> None:
    rows = [["lieu", "n"], ["ici", "1 000,5"], ["là", "0,5"]]
    assert laid([*rows, ["Total", "1\u202f001"]])[1] == [("SRC-210", 4)]
    assert laid([*rows, ["Total", "1001,01"]])[1] == [("SRC-143", 4)]


# --- titles above one or two columns, and ends of lines ---


def test_a_title_above_one_column_needs_a_blank_row() -> None:
    rows = [["Titre du fichier"], ["Code"], ["A1"], ["A2"]]
    layout, told = laid(rows, lines=[1, 3, 4, 5])
    assert (layout.names, layout.rows, told) == (["Code"], [["A1"], ["A2"]], [("SRC-207", 1)])
    assert laid(rows)[0].names == ["Titre du fichier"]
    assert laid(rows, lines=[1, 3, 5, 6])[0].names == ["Titre du fichier"]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([["Rapport : 2023", ""], ["Nom", "Score"], ["A", "5"], ["B", "6"]], [1, 2, 3, 4]),
        ([["Liste", ""], ["Nom", "Ville"], ["A", "Lyon"], ["B", "Nice"]], [1, 3, 4, 5]),
    ],
)
def test_a_title_above_two_columns_needs_numbers_or_a_blank_row(
    rows: list[list[str]], lines: list[int]
) -> None:
    layout, told = laid(rows, lines=lines)
    assert (layout.names, layout.rows, told) == (rows[1], rows[2:], [("SRC-207", 1)])


def test_a_delimiter_at_the_end_of_every_row_is_cut() -> None:
    layout, told = laid([["a", "b"], ["1", "2", ""], ["3", "4", ""]])
    assert (layout.rows, told) == ([["1", "2"], ["3", "4"]], [])
    assert laid([["a", "b"], ["1", "2", ""], ["3", "4"]])[1] == [("SRC-011", 2)]
    assert laid([["a", "b"], ["1", "2", ""], ["3", "4", "5"]])[1] == [("SRC-011", 2), ("SRC-011", 3)]


def test_a_row_of_another_width_is_refused_with_its_place() -> None:
    layout, told = laid([["a", "b"], ["1"], ["1", "2", "3"], ["1", "2"]])
    assert (layout.rows, told) == ([["1", "2"]], [("SRC-011", 2), ("SRC-011", 3)])
