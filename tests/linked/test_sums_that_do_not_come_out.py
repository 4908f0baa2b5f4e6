"""A printed total that does not agree with its parts is told by its lines, and no count is repeated."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from pathlib import Path

import pytest
from calling import protect, table

AGES, SEXES = ("15-24", "25-59", "60+"), ("f", "h")
COUNTS = dict(zip(itertools.product(AGES, SEXES), (31, 42, 53, 24, 65, 36), strict=True))


def crossed(changes: Mapping[tuple[str, str], int], absent: tuple[tuple[str, str], ...] = ()) -> list[str]:
    """A table with all its margins, in which some numbers are changed afterwards."""
    cells: dict[tuple[str, str], int] = dict(COUNTS)
    for age in AGES:
        cells[age, "Total"] = sum(COUNTS[age, sex] for sex in SEXES)
    for sex in (*SEXES, "Total"):
        cells["Total", sex] = sum(cells[age, sex] for age in AGES)
    cells = {at: n + changes.get(at, 0) for at, n in cells.items() if at not in absent}
    return ["age,sexe,n", *(f"{age},{sex},{n}" for (age, sex), n in cells.items())]


def line_of(rows: list[str], start: str) -> int:
    return next(number for number, row in enumerate(rows, 1) if row.startswith(start))


@pytest.mark.parametrize("change", [-10, -1, 1, 9])
@pytest.mark.parametrize("at", [("25-59", "h"), ("60+", "Total"), ("Total", "f")])
def test_one_number_that_is_wrong_in_all_of_its_sums_is_refused_at_its_line(
    tmp_path: Path, at: tuple[str, str], change: int
) -> None:
    rows = crossed({at: change})
    done = protect(table(tmp_path, "t.csv", *rows), "--out", tmp_path / "out")
    line = line_of(rows, f"{','.join(at)},")
    assert done.status == 1 and f"LIN-040 t.csv, ligne {line}, « n »" in done.err.replace("\u00a0", " ")
    assert "LIN-033" not in done.err and not (tmp_path / "out").exists()
    wrong = rows[line - 1].rpartition(",")[2]
    assert wrong not in done.err.partition("LIN-040")[2].replace(f"ligne {line}", "")


def test_the_sums_are_told_by_the_numbers_of_their_lines(tmp_path: Path) -> None:
    rows = crossed({("25-59", "h"): 5})
    done = protect(table(tmp_path, "t.csv", *rows))
    total, column = line_of(rows, "25-59,Total"), line_of(rows, "Total,h")
    parts = [line_of(rows, f"25-59,{sex},") for sex in SEXES]
    assert f"{total} ≠ {parts[0]} + {parts[1]}" in done.err
    assert f"{column} ≠ " + " + ".join(str(line_of(rows, f"{age},h,")) for age in AGES) in done.err


def test_every_wrong_number_is_told_at_once(tmp_path: Path) -> None:
    rows = crossed({("15-24", "f"): 5, ("60+", "h"): -7})
    done = protect(table(tmp_path, "t.csv", *rows))
    assert done.err.count("LIN-040") == 2


def test_people_without_an_age_are_no_slip_of_the_pen(tmp_path: Path) -> None:
    """Two women gave no age: their column comes to less, and so does the whole."""
    rows = crossed({("Total", "f"): 2, ("Total", "Total"): 2})
    done = protect(table(tmp_path, "t.csv", *rows), "--json")
    assert done.status == 0 and "LIN-034" in done.codes and "LIN-040" not in done.codes


def test_people_of_whom_neither_is_known_are_no_slip_of_the_pen(tmp_path: Path) -> None:
    done = protect(table(tmp_path, "t.csv", *crossed({("Total", "Total"): 12})), "--json")
    assert done.status == 0 and "LIN-034" in done.codes and "LIN-040" not in done.codes


def test_a_row_that_is_missing_may_hold_what_is_left(tmp_path: Path) -> None:
    done = protect(table(tmp_path, "t.csv", *crossed({}, absent=(("60+", "h"),))), "--json")
    assert done.status == 0 and "LIN-040" not in done.codes


def test_several_answers_are_said_with_the_lines_of_their_sums(tmp_path: Path) -> None:
    given = table(tmp_path, "t.csv", "topic,n", "law,41", "home,33", "work,27", "Total,60")
    done = protect(given)
    told_by = done.out.replace("\u00a0", " ")
    assert done.status == 0 and "LIN-033 t.csv, ligne 5, « topic »" in told_by and "5 ≠ 2 + 3 + 4" in told_by
    assert not any(count in told_by.partition("LIN-033")[2] for count in ("41", "33", "27", "60", "101"))


def test_a_total_in_another_file_is_named_with_its_file(tmp_path: Path) -> None:
    one = table(tmp_path, "a.csv", "place,sex,n", "x,f,30", "x,m,31", "y,f,32", "y,m,33")
    two = table(tmp_path, "b.csv", "place,sex,n", "x,Total,61", "y,Total,66")
    done = protect(one, two)
    assert done.status == 0 and "LIN-034 b.csv, ligne 3" in done.out and "3 ≠ a.csv:4 + a.csv:5" in done.out


def test_a_sum_that_comes_out_counts_though_another_does_not(tmp_path: Path) -> None:
    """Men ticked several answers; of the women each ticked one, and anybody sees that: 40 − 20 − 16 is 4."""
    women, men = ["law,f,20", "home,f,16", "work,f,4", "Total,f,40"], ["law,m,50", "home,m,40", "work,m,30"]
    given = table(tmp_path, "t.csv", "topic,sex,n", *women, *men, "Total,m,80")
    done = protect(given, "--out", tmp_path / "out", "--json")
    hidden = {frozenset(one["where"].values()) for one in done.data["hidden_cells"]}
    assert done.status == 0 and "LIN-033" in done.codes
    assert {"work", "f"} in hidden and sum("f" in cell for cell in hidden) >= 2
