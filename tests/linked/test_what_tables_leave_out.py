"""Margins that no file prints, zeros that have no row, bands of age that overlap: a reader fills them in."""

from __future__ import annotations

from pathlib import Path

import pytest
from calling import protect, table
from own_reader import guessed

TOWNS: dict[str, tuple[str, ...]] = {"nord": ("Lyon", "Grenoble"), "sud": ("Lille",)}
FINE = ["Lyon,f,20", "Lyon,h,35", "Grenoble,f,24", "Grenoble,h,1", "Lille,f,18", "Lille,h,12"]
BANDS: dict[str, tuple[str, ...]] = {"18-34": ("18-24", "25-34"), "25+": ("25-34", "35+")}
VOTES = ["gare,oui,24", "gare,Total,24", "port,oui,30", "port,non,20", "port,Total,50"]


def published(folder: Path, *files: Path) -> list[Path]:
    """Protect, and have the audit accept what was written."""
    done = protect(*files, "--out", folder / "out", "--json")
    assert done.status == 0 and done.data["passed"], done.err
    out = [folder / "out" / path.name for path in files]
    again = protect(*out, "--audit-only", "--json")
    assert again.status == 0 and again.data["passed"], again.out
    return out


@pytest.mark.parametrize("total", [["Total,110"], []])
def test_towns_without_margins_meet_their_regions_in_the_margins_anybody_adds_up(
    tmp_path: Path, total: list[str]
) -> None:
    towns = table(tmp_path, "towns.csv", "place,sex,n", *FINE)
    files = [towns, table(tmp_path, "regions.csv", "place,n", "nord,80", "sud,30", *total)]
    assert guessed(files, published(tmp_path, *files), 11, TOWNS) == []


def test_two_files_that_each_lack_the_others_margin_meet_too(tmp_path: Path) -> None:
    towns = table(tmp_path, "towns.csv", "place,sex,n", *FINE)
    rows = ["nord,young,50", "nord,old,30", "sud,young,16", "sud,old,14"]
    regions = table(tmp_path, "regions.csv", "place,age,n", *rows)
    done = protect(towns, regions, "--json")
    hidden = {(one["where"]["place"], one["where"].get("sex")) for one in done.data["hidden_cells"]}
    assert {("Grenoble", "h"), ("Grenoble", "f")} <= hidden or ("Lyon", "h") in hidden
    assert "LIN-036" in done.codes


def test_unanimity_is_kept_where_rows_of_nobody_are_left_out(tmp_path: Path) -> None:
    rows = [*VOTES, "Total,oui,54", "Total,non,20", "Total,Total,74"]
    given = table(tmp_path, "t.csv", "place,answer,n", *rows)
    told = protect(given, "--audit-only", "--json")
    assert {one["why"] for one in told.data["weak"]} == {"unanimous"} and told.status == 1
    shown = (published(tmp_path, given)[0]).read_text().splitlines()
    assert "gare,oui,24" not in shown and "gare,Total,24" not in shown


def test_a_variable_of_one_value_is_its_total_told_twice(tmp_path: Path) -> None:
    rows = ["gare,oui,24", "gare,Total,24", "port,oui,30", "port,Total,30", "Total,oui,54", "Total,Total,54"]
    done = protect(table(tmp_path, "t.csv", "place,answer,n", *rows), "--json")
    assert done.data["passed"] and not done.data["hidden_cells"]


@pytest.mark.parametrize("unsaid", [[], ["?,15"]])
def test_bands_of_age_that_overlap_are_laid_end_to_end(tmp_path: Path, unsaid: list[str]) -> None:
    rows = ["18-24,20", "25-34,4", "35+,30", "18-34,24", "25+,34", *unsaid]
    given = table(tmp_path, "t.csv", "age,n", *rows, f"Total,{69 if unsaid else 54}")
    done = protect(given, "--json")
    assert "LIN-033" not in done.codes and "LIN-035" in done.codes
    assert guessed([given], published(tmp_path, given), 11, BANDS) == []


def test_bands_that_overlap_in_a_group_without_some_of_them_are_no_several_answers(tmp_path: Path) -> None:
    ages = {"18-24": (20, 0), "25-34": (4, 24), "35+": (30, 0), "18-34": (24, 24), "25+": (34, 24)}
    rows = [f"{place},{age},{n[at]}" for age, n in ages.items() for at, place in enumerate("AB") if n[at]]
    rows += [f"Total,{age},{sum(n)}" for age, n in ages.items()]
    given = table(tmp_path, "t.csv", "place,age,n", *rows, "A,Total,54", "B,Total,24", "Total,Total,78")
    done = protect(given, "--json")
    assert done.data["passed"] and "LIN-033" not in done.codes
    published(tmp_path, given)


@pytest.mark.parametrize("inner", [[], ["18-24,30"]])
def test_bands_that_nothing_lays_end_to_end_stay_several_answers(tmp_path: Path, inner: list[str]) -> None:
    """One remark says what to do, and none beside it that nothing is to be done."""
    done = protect(table(tmp_path, "t.csv", "age,n", "18-34,60", "30-49,50", *inner, "Total,95"), "--json")
    assert done.data["passed"] and "LIN-033" in done.codes and "LIN-035" not in done.codes
