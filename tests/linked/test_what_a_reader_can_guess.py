"""Random people in random linked tables, and a reader who shares no code: she learns nothing small."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from calling import protect, table
from own_reader import Reader, guessed, pinned_by_one, read_table, write_tables

from avis.errors import Problems
from avis.linked.bringing import bring_together
from avis.linked.known import read_known
from avis.linked.reading import read_tables

CROSSINGS = {
    "one table": [("a", "b")],
    "a shared margin": [("a", "b"), ("a", "c")],
    "a cycle of three": [("a", "b"), ("b", "c"), ("a", "c")],
    "a cycle of four": [("a", "b"), ("b", "c"), ("c", "d"), ("d", "a")],
    "three criteria": [("a", "b", "c")],
    "a table inside another": [("a", "b", "c"), ("b", "c"), ("c",)],
    "four criteria of two": [("a", "b"), ("c", "d"), ("a", "b", "c")],
}


def people(draw: random.Random, criteria: int, values: int, n: int) -> list[tuple[str, ...]]:
    weights = [[draw.random() ** 2 + 0.02 for _ in range(values)] for _ in range(criteria)]
    names = [[f"{'abcd'[at]}{value}" for value in range(values)] for at in range(criteria)]
    return [tuple(draw.choices(names[at], weights[at])[0] for at in range(criteria)) for _ in range(n)]


def published(tmp_path: Path, files: Sequence[Path], *arguments: str | Path) -> list[Path]:
    done = protect(*files, *arguments, "--out", tmp_path / "out", "--json")
    assert done.data["passed"], done.err
    return [tmp_path / "out" / path.name for path in files]


@pytest.mark.parametrize("seed", [0])
@pytest.mark.parametrize("crossing", CROSSINGS)
def test_no_small_count_can_be_guessed_and_nobody_alone_can_pin_another(
    tmp_path: Path, crossing: str, seed: int
) -> None:
    draw = random.Random(f"{crossing} {seed}")
    records = people(draw, 4, draw.choice([2, 3]), draw.randrange(60, 500))
    files = write_tables(tmp_path, "abcd", records, CROSSINGS[crossing], draw.random() < 0.8, draw)
    out = published(tmp_path, files)
    assert guessed(files, out, 11) == []
    assert pinned_by_one(files, out, 11) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 5))
@pytest.mark.parametrize("crossing", CROSSINGS)
def test_none_can_be_guessed_from_many_more(tmp_path: Path, crossing: str, seed: int) -> None:
    test_no_small_count_can_be_guessed_and_nobody_alone_can_pin_another(tmp_path, crossing, seed)


def test_every_table_that_agrees_is_listed_in_a_small_case(tmp_path: Path) -> None:
    """Without any program of numbers: all whole tables of at most 23 people a cell are tried one by one."""
    given = table(
        tmp_path, "t.csv", "a,b,n", "x,p,3", "x,q,15", "y,p,17", "y,q,12", "x,Total,18", "Total,p,20"
    )
    (out,) = published(tmp_path, [given])
    shown = {cell: n for cell, n in read_table(out) if n}
    cells = [frozenset({("a", a), ("b", b)}) for a in "xy" for b in "pq"]
    possible = {cell: set[int]() for cell in cells}
    for counts in itertools.product(range(24), repeat=4):
        one = dict(zip(cells, counts, strict=True))
        if all(int(n) == sum(m for inner, m in one.items() if cell <= inner) for cell, n in shown.items()):
            for cell, n in one.items():
                possible[cell].add(n)
    small = cells[0]
    assert small not in shown and max(possible[small]) - min(possible[small]) >= 11


def test_bands_of_age_that_hold_others_give_nothing_away(tmp_path: Path) -> None:
    rows = ["18-24,20", "25-34,4", "18-34,24", "35+,50", "Total,74"]
    done = protect(table(tmp_path, "t.csv", "age,n", *rows), "--json")
    hidden = {one["where"]["age"] for one in done.data["hidden_cells"]}
    assert "25-34" in hidden and hidden & {"18-24", "18-34"} and "LIN-035" in done.codes
    assert hidden >= {"25-34", "18-24"} or len(hidden) > 2


@pytest.mark.parametrize(
    ("fine", "coarse"),
    [
        (("2024-01", "2024-02", "2024-03"), "2024-T1"),
        (("2024-T1", "2024-T2", "2024-S2"), "2024"),
        (("2024", "2025"), "2024-2025"),
        (("moins de 18 ans", "18-25 ans"), "0-25 ans"),
        (("65-74 ans", "75 ans et plus"), "65 ans et plus"),
        (("janvier 2024", "février 2024", "mars 2024"), "1er trimestre 2024"),
    ],
)
def test_periods_and_ages_in_two_files_are_tied_by_their_names(
    tmp_path: Path, fine: Sequence[str], coarse: str
) -> None:
    """The coarse count minus the large fine ones would give the small one."""
    large = table(tmp_path, "a.csv", "when,n", f"{coarse},{4 + 20 * (len(fine) - 1)}")
    parts = [f"{value},{4 if at == 0 else 20}" for at, value in enumerate(fine)]
    small = table(tmp_path, "b.csv", "when,n", *parts)
    done = protect(large, small, "--json")
    assert done.data["hidden"] >= 2


def test_a_declared_level_ties_a_region_to_its_departments(tmp_path: Path) -> None:
    regions = table(tmp_path, "r.csv", "place,n", "Nord,64", "Sud,90")
    departments = table(tmp_path, "d.csv", "place,n", "D1,60", "D2,4", "D3,40", "D4,50")
    levels = table(
        tmp_path,
        "levels.csv",
        "dimension,value,parent",
        *(f"place,D{n},{'NNSS'[n - 1]}" for n in (1, 2, 3, 4)),
    )
    levels.write_text(levels.read_text().replace(",N\n", ",Nord\n").replace(",S\n", ",sud\n"))
    done = protect(regions, departments, "--hierarchy", levels, "--json")
    hidden = {one["where"]["place"] for one in done.data["hidden_cells"]}
    assert "D2" in hidden and hidden & {"Nord", "D1"}


def test_levels_without_names_are_found_because_they_add_up(tmp_path: Path) -> None:
    rows = ["N,f,30", "N1,f,26", "N2,f,4", "S,f,50", "S1,f,23", "S2,f,27", "Total,f,80"]
    rows += ["N,h,44", "N1,h,20", "N2,h,24", "S,h,61", "S1,h,30", "S2,h,31", "Total,h,105"]
    done = protect(table(tmp_path, "t.csv", "place,sex,n", *rows), "--json")
    assert "LIN-036" in done.codes and "LIN-033" not in done.codes
    hidden = {tuple(one["where"].values()) for one in done.data["hidden_cells"]}
    assert ("N2", "f") in hidden and hidden & {("N1", "f"), ("N", "f")}


def test_two_levels_in_two_files_are_found_because_they_add_up(tmp_path: Path) -> None:
    one = table(tmp_path, "r.csv", "place,sex,n", "N,f,30", "S,f,50", "N,h,44", "S,h,61")
    rows = ("N1,f,26", "N2,f,4", "S1,f,23", "S2,f,27", "N1,h,20", "N2,h,24", "S1,h,30", "S2,h,31")
    two = table(tmp_path, "d.csv", "place,sex,n", *rows)
    done = protect(one, two, "--json")
    hidden = {tuple(one["where"].values()) for one in done.data["hidden_cells"]}
    assert ("N2", "f") in hidden and hidden & {("N1", "f"), ("N", "f")}


def test_a_missing_row_is_a_zero_where_sums_come_out_without_it_and_else_a_count(tmp_path: Path) -> None:
    margins = ["x,Total,23", "y,Total,40", "Total,p,60", "Total,q,3", "Total,Total,63"]
    zero = protect(table(tmp_path, "t.csv", "a,b,n", "x,p,20", "x,q,3", "y,p,40", *margins), "--json")
    hidden = {tuple(one["where"].items()) for one in zero.data["hidden_cells"]}
    assert {(("a", "x"), ("b", "q")), (("b", "q"),)} <= hidden, "the column holds one row: it tells the same"
    left = protect(table(tmp_path, "u.csv", "a,n", "x,25", "y,11", "Total,40"), "--json")
    assert left.data["hidden"] >= 1 and "LIN-034" in left.codes


def test_people_in_several_rows_are_protected_with_those_who_are_not_in_them(tmp_path: Path) -> None:
    done = protect(table(tmp_path, "t.csv", "answer,n", "x,25", "y,31", "z,38", "Total,40"), "--json")
    hidden = {one["where"]["answer"] for one in done.data["hidden_cells"]}
    assert "z" in hidden and "LIN-033" in done.codes, "2 people did not tick z"


def test_margins_that_no_file_prints_are_reckoned_with(tmp_path: Path) -> None:
    """Σb ab = Σc ac: the small count alone hidden in one file would follow from the other."""
    one = table(tmp_path, "t.csv", "a,b,n", "x,p,20", "x,q,3", "y,p,40", "y,q,50")
    two = table(tmp_path, "u.csv", "a,c,n", "x,r,12", "x,s,11", "y,r,45", "y,s,45")
    files = [one, two]
    out = published(tmp_path, files)
    assert guessed(files, out, 11) == []
    alone = Reader([out[0]])
    assert len(alone.hidden) == 1 and len(Reader(out).hidden) > 1


def test_what_the_public_knows_already_is_counted_with(tmp_path: Path) -> None:
    given = table(tmp_path, "t.csv", "a,b,n", "x,p,20", "x,q,3", "y,p,40", "y,q,50")
    assert protect(given, "--json").data["hidden"] == 1
    for row in ("x,23", "X,environ 23", "x,de 22 à 24"):
        known = table(tmp_path, "known.csv", "a,n", row)
        assert protect(given, "--known", known, "--json").data["hidden"] > 1, row
    bounds = table(tmp_path, "bounds.csv", "a,low,high", "x,20,25")
    assert protect(given, "--known", bounds, "--json").data["hidden"] > 1
    wrong = table(tmp_path, "wrong.csv", "a,b,n", "x,p,21")
    assert "LIN-026" in protect(given, "--known", wrong, "--json").codes


def test_a_small_count_that_the_public_knows_is_not_hidden(tmp_path: Path) -> None:
    given = table(tmp_path, "t.csv", "a,n", "x,3", "y,40", "Total,43")
    known = table(tmp_path, "known.csv", "a,n", "x,3", "y,40", "Total,43")
    assert protect(given, "--known", known, "--json").data["hidden"] == 0


def test_known_rows_that_come_to_their_total_only_by_what_is_hidden_pardon_nothing(tmp_path: Path) -> None:
    """That 30 and « at most 10 » are all of the 34 nobody knows: only the 4 that is to be hidden tells it."""
    given = table(tmp_path, "t.csv", "q,n", "oui,30", "non,4", "autre,0", "Total,34")
    known = table(tmp_path, "known.csv", "q,n", "oui,30", "non,au plus 10", "Total,34")
    done = protect(given, "--known", known, "--json")
    hidden = {one["where"]["q"] for one in done.data["hidden_cells"]}
    assert hidden == {"non", "autre"}


def test_known_numbers_that_add_up_by_themselves_are_all_there_is(tmp_path: Path) -> None:
    given = table(tmp_path, "t.csv", "q,n", "oui,30", "non,4", "autre,0", "Total,34")
    known = table(tmp_path, "known.csv", "q,n", "oui,30", "non,4", "Total,34")
    assert protect(given, "--known", known, "--json").data["hidden"] == 0


def test_what_is_known_beside_a_row_that_is_missing_leaves_the_sums_of_the_table(tmp_path: Path) -> None:
    """Two rests of one total, that of the table and that of what is known, are two counts."""
    given = table(tmp_path, "t.csv", "q,n", "oui,30", "non,14", "Total,50")
    known = table(tmp_path, "known.csv", "q,n", "oui,30", "Total,50")
    done = protect(given, "--known", known, "--json")
    assert done.status == 0 and done.data["hidden"] > 0


def test_a_hidden_total_holds_at_least_what_is_known_inside_it(tmp_path: Path) -> None:
    given = table(tmp_path, "t.csv", "q,n", "oui,", "non,", "Total,60")
    known = table(tmp_path, "known.csv", "q,sexe,n", "oui,f,20", "non,h,au moins 25")
    done = protect(given, "--known", known, "--audit-only", "--json")
    ends = {one["where"]["q"]: (one["low"], one["high"]) for one in done.data["hidden_cells"]}
    assert ends == {"oui": (20, 35), "non": (25, 40)}


def test_known_rows_with_every_value_that_tables_have_are_their_total(tmp_path: Path) -> None:
    """Nobody is of a third sex anywhere: whoever knows the 2 women and the 6 men knows the 8."""
    answers = table(tmp_path, "q.csv", "q,n", "oui,8", "non,40", "nsp,30", "Total,78")
    sexes = table(tmp_path, "s.csv", "sexe,n", "f,38", "h,40", "Total,78")
    known = table(tmp_path, "known.csv", "q,sexe,n", "oui,f,2", "oui,h,6")
    for given, kept in (((answers, sexes), 0), ((answers,), 1)):
        problems = Problems()
        tables = [one for path in given for one in read_tables(path, path.name, problems, False)]
        told = read_known(known, known.name, problems)
        held = bring_together(tables, told, {}, problems).structures[""]
        (tie,) = [tie for tie in held.ties if tie.total == (("q", "oui"),)]
        assert len(tie.parts) == 2 + kept and not problems.errors
