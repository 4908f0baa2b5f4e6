"""Levels that no name and no file tells: a reader knows the towns of each region, the tool only counts."""

from __future__ import annotations

import csv
import itertools
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from calling import protect, table
from own_reader import guessed

TOWNS = {"A": "rome", "B": "rome", "C": "oslo", "D": "solo", "E": "solo"}
"""Towns with their regions: oslo is a single town."""

CONTAINS = {
    "rome": ("A", "B"),
    "oslo": ("C",),
    "solo": ("D", "E"),
    "minors": ("kids", "teens"),
    "adults": ("grown", "old"),
}
AGES = ("kids", "teens", "grown", "old")
WITH = {"town": [*TOWNS], "region": ["rome", "oslo", "solo"], "age": [*AGES], "band": ["minors", "adults"]}


def counted(folder: Path, name: str, people: Sequence[tuple[str, str, str]], *levels: Sequence[str]) -> Path:
    """Write a table of town, age and sex at the levels that are named."""
    heads = ["place", "age", "sex"]
    values = [[*itertools.chain(*(WITH.get(one, [one]) for one in chosen)), "Total"] for chosen in levels]
    used = [at for at in range(3) if levels[at]]
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow([*(heads[at] for at in used), "n"])
        for row in itertools.product(*(values[at] for at in used)):
            n = sum(
                all(
                    value == "Total" or one[at] in CONTAINS.get(value, (value,))
                    for at, value in zip(used, row, strict=True)
                )
                for one in people
            )
            out.writerow([*row, n])
    return path


@pytest.mark.parametrize("shape", ["one column", "two columns", "two files"])
@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, 9))])
def test_levels_are_found_where_counts_add_up(tmp_path: Path, shape: str, seed: int) -> None:
    draw = random.Random(f"{shape} {seed}")
    weights = [draw.random() ** 3 for _ in range(5 * 4 * 2)]
    kinds = [*itertools.product(TOWNS, AGES, "fm")]
    people = draw.choices(kinds, weights, k=draw.randrange(40, 250))
    made = {
        "one column": [(("town", "region"), (), ("f", "m"))],
        "two columns": [(("town", "region"), ("age", "band"), ()), (("region",), (), ("f", "m"))],
        "two files": [
            (("town",), (), ("f", "m")),
            (("region",), (), ("f", "m")),
            (("region",), ("age",), ()),
        ],
    }[shape]
    files = [counted(tmp_path, f"t{at}.csv", people, *levels) for at, levels in enumerate(made)]
    done = protect(*files, "--out", tmp_path / "out", "--json")
    assert done.status == 0, done.err
    assert guessed(files, [tmp_path / "out" / path.name for path in files], 11, CONTAINS) == []


def test_a_region_that_is_its_only_town_is_hidden_with_it(tmp_path: Path) -> None:
    rows = ["A,f,20", "A,m,14", "B,f,4", "B,m,30", "nord,f,20", "nord,m,14", "sud,f,4", "sud,m,30"]
    margins = ["Total,f,24", "Total,m,44"]
    done = protect(table(tmp_path, "t.csv", "place,sex,n", *rows, *margins), "--json")
    hidden = {(one["where"].get("place"), one["where"]["sex"]) for one in done.data["hidden_cells"]}
    assert {("B", "f"), ("sud", "f")} <= hidden and "LIN-036" in done.codes


def test_two_rows_with_the_same_numbers_are_both_placed(tmp_path: Path) -> None:
    """A region whose second town is nobody counts like its first; every zero of that town is known."""
    rows = ["A,f,20", "A,m,4", "B,f,0", "B,m,0", "C,f,5", "C,m,40", "D,f,9", "D,m,30"]
    regions = ["nord,f,20", "nord,m,4", "sud,f,14", "sud,m,70", "Total,f,34", "Total,m,74"]
    given = table(tmp_path, "t.csv", "place,sex,n", *rows, *regions)
    done = protect(given, "--json")
    assert "LIN-036" in done.codes and not done.codes & {"LIN-033", "LIN-034"}
    assert not [one for one in done.data["hidden_cells"] if one["where"].get("place") == "B"]


def test_rows_that_are_more_than_their_total_and_add_up_nowhere_are_said(tmp_path: Path) -> None:
    done = protect(table(tmp_path, "t.csv", "topic,n", "law,41", "home,33", "work,27", "Total,60"), "--json")
    assert done.status == 0 and "LIN-033" in done.codes and "LIN-036" not in done.codes
