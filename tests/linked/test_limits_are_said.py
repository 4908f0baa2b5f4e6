"""Where a search stops before its end, or people cannot be written down one by one, somebody is told."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest
from calling import protect, table


def pairs(folder: Path, people: np.ndarray, sizes: Sequence[int]) -> list[Path]:
    """Write the table of every two criteria, with all totals."""
    made = []
    for a, b in combinations(range(len(sizes)), 2):
        path = folder / f"{a}{b}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            out = csv.writer(file)
            out.writerow([f"v{a}", f"v{b}", "n"])
            for x, y in product([*range(sizes[a]), None], [*range(sizes[b]), None]):
                here = [n for at, n in ((a, x), (b, y)) if n is not None]
                columns = [at for at, n in ((a, x), (b, y)) if n is not None]
                n = int((people[:, columns] == here).all(axis=1).sum())
                out.writerow([*("Total" if one is None else f"w{one}" for one in (x, y)), n])
        made.append(path)
    return made


@pytest.mark.parametrize("odd", [True, False])
def test_a_search_for_levels_that_stops_before_its_end_is_said(tmp_path: Path, odd: bool) -> None:
    """Only even towns: none of all their sums is an odd number, and nobody can try them all."""
    towns = [2 * (40 + at * at % 37) for at in range(40 if odd else 3)]
    rows = [f"town {at},{n}" for at, n in enumerate(towns)]
    whole = [f"nord,{sum(towns[: len(towns) // 2]) + odd}", f"Total,{sum(towns)}"]
    done = protect(table(tmp_path, "t.csv", "place,n", *rows, *whole), "--json")
    assert ("LIN-041" in done.codes) is odd


@pytest.mark.parametrize("size", [9, 3])
@pytest.mark.parametrize("asked", [[], ["--audit-only"]])
def test_too_many_combinations_of_people_are_said(tmp_path: Path, size: int, asked: list[str]) -> None:
    people = np.random.default_rng(1).integers(0, size, (60 * size * size, 4))
    done = protect(*pairs(tmp_path, people, [size] * 4), "--json", *asked)
    assert done.data["passed"] and ("LIN-042" in done.codes) is (size == 9)


@pytest.mark.parametrize("asked", [[], ["--audit-only"]])
def test_tables_of_which_no_people_can_be_are_said(tmp_path: Path, asked: list[str]) -> None:
    """Who says a says b, who says b says c, and nobody who says a says c."""
    same = ["x,x,30", "x,y,12", "y,x,12", "y,y,30", "x,Total,42", "Total,x,42", "y,Total,42", "Total,y,42"]
    less = [row.replace("30", "0").replace("12", "42") for row in same]
    files = [
        table(tmp_path, f"{a}{b}.csv", f"{a},{b},n", *rows)
        for a, b, rows in (("a", "b", same), ("b", "c", same), ("a", "c", less))
    ]
    assert "LIN-043" in protect(*files, "--json", *asked).codes
    assert "LIN-043" not in protect(*files[:2], "--json", *asked).codes
