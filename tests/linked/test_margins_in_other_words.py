"""A margin under any name ties the counts beside it, so that no hidden count is found by subtraction."""

from __future__ import annotations

from pathlib import Path

import pytest
from calling import protect, table

WORDS = "Gesamt Totale Insgesamt Sous-total Total* Tot. Σ T. ∑ Ensemble Somme All Overall Suma Totaal N Base"
LONGER = ["Total (n)", "Total 2024", "TOTAL :", "Grand Total 2024", "Alle zusammen", "France entière"]


@pytest.mark.parametrize("word", [*WORDS.split(), *LONGER])
def test_a_margin_in_any_word_hides_a_second_count(tmp_path: Path, word: str) -> None:
    done = protect(table(tmp_path, "t.csv", "a,n", "x,30", "y,4", "z,40", f"{word},74"), "--json")
    assert (done.status, done.data["hidden"]) == (0, 2)


@pytest.mark.parametrize("word", ["Alle zusammen", "Sous-total"])
def test_a_margin_within_another_criterion_is_known_in_each_of_its_values(tmp_path: Path, word: str) -> None:
    rows = ["f,x,30", "f,y,4", "f,z,40", f"f,{word},74", "h,x,20", "h,y,25", "h,z,30", f"h,{word},75"]
    after = tmp_path / "out" / "t.csv"
    given = table(tmp_path, "t.csv", "s,a,n", *rows)
    assert protect(given, "--out", after.parent).status == 0
    written = [row.rpartition(",") for row in after.read_text(encoding="utf-8").splitlines()]
    assert sum(head.startswith("f,") and not n for head, _, n in written) > 1


def test_a_total_of_this_year_that_some_are_not_in_stays_a_margin(tmp_path: Path) -> None:
    done = protect(table(tmp_path, "t.csv", "a,n", "x,30", "y,4", "z,40", "Total 2024,75"), "--json")
    assert done.data["hidden"] > 1 and "LIN-034" in done.codes


def test_a_sum_that_nobody_named_is_said_and_a_row_total_makes_it_a_value(tmp_path: Path) -> None:
    rows = ["x,30", "y,14", "zz,44"]
    assert "LIN-046" in protect(table(tmp_path, "t.csv", "a,n", *rows), "--json").codes
    assert "LIN-046" not in protect(table(tmp_path, "u.csv", "a,n", *rows, "Total,88"), "--json").codes
    assert "LIN-046" not in protect(table(tmp_path, "v.csv", "a,n", "x,30", "y,30"), "--json").codes


def test_a_region_told_alone_with_its_towns_agrees_with_the_whole_country(tmp_path: Path) -> None:
    one = table(tmp_path, "a.csv", "lieu,n", "x,30", "y,14", "nord,44")
    two = table(tmp_path, "b.csv", "lieu,n", "nord,44", "sud,50", "Total,94")
    assert protect(one, two, "--json").status == 0
