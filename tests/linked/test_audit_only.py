"""`--audit-only`: tables that somebody else protected, safe ones and others; every interval is told."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from calling import Called, protect, table
from own_reader import Reader, read_table, write_tables


def audit(*files: Path, known: Path | None = None) -> Called:
    return protect(*files, "--audit-only", "--json", *(("--known", known) if known else ()))


def whys(done: Called) -> set[str]:
    return {one["why"] for one in done.data["weak"]}


@pytest.mark.parametrize("seed", [1, 4, *(pytest.param(n, marks=pytest.mark.slow) for n in (0, 2, 3, 5))])
def test_intervals_are_those_that_a_reader_reckons(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    records = [
        tuple(f"{name}{draw.choice('0012')}" for name in "abc") for _ in range(draw.randrange(40, 200))
    ]
    crossed = [[("a", "b"), ("b", "c"), ("a", "c")], [("a", "b"), ("a", "c")], [("a", "b", "c")]][seed % 3]
    files = write_tables(tmp_path, "abc", records, crossed)
    cells = sorted({cell for path in files for cell, _ in read_table(path)}, key=str)
    hidden = set(draw.sample(cells, len(cells) // 3))
    for path in files:
        kept = path.read_text().splitlines()[:1]
        for line, (cell, n) in zip(path.read_text().splitlines()[1:], read_table(path), strict=True):
            kept.append(line[: -len(n)] if cell in hidden else line)
        path.write_text("\n".join(kept) + "\n")
    done = audit(*files)
    reader = Reader(files)
    assert len(done.data["hidden_cells"]) >= len(hidden) == done.data["hidden"]
    for one in done.data["hidden_cells"]:
        low, high = reader.bounds(frozenset(one["where"].items()))
        assert (one["low"], one["high"]) == (low, None if high >= 10_000 else high), one
        weak = low == high or (low < 11 and high - low < 11)
        assert one["ok"] is not weak
    small = any(0 < n < 11 for n in reader.shown.values())
    if small or not all(one["ok"] for one in done.data["hidden_cells"]):
        assert done.status == 1 and not done.data["passed"]


def test_one_hidden_cell_beside_its_total_is_pinned(tmp_path: Path) -> None:
    done = audit(table(tmp_path, "t.csv", "a,n", "x,", "y,31", "Total,40"))
    assert done.status == 1
    assert done.data["weak"] == [
        {
            "why": "pinned",
            "file": "t.csv",
            "line": 2,
            "population": "",
            "where": {"a": "x"},
            "low": 9,
            "high": 9,
        }
    ]


def test_a_cell_hidden_here_and_shown_there_is_not_hidden(tmp_path: Path) -> None:
    one = table(tmp_path, "a.csv", "a,b,n", "x,p,20", "x,q,30", "x,Total,", "y,Total,70")
    two = table(tmp_path, "b.csv", "a,n", "x,50", "y,70")
    assert "shown_elsewhere" in whys(audit(one, two))


def test_a_shown_small_count_and_a_group_that_is_all_in_one_row_are_told(tmp_path: Path) -> None:
    assert whys(audit(table(tmp_path, "t.csv", "a,n", "x,4", "y,50"))) == {"shown_small"}
    done = audit(
        table(tmp_path, "u.csv", "a,answer,n", "x,yes,12", "x,no,0", "x,Total,12", "y,yes,40", "y,no,30")
    )
    assert whys(done) == {"unanimous"}


def test_two_cells_that_share_a_small_sum_are_too_narrow(tmp_path: Path) -> None:
    done = audit(table(tmp_path, "t.csv", "a,n", "x,", "y,", "z,40", "Total,48"))
    assert whys(done) == {"narrow"} and len(done.data["weak"]) == 2


def test_a_wide_enough_pattern_passes_and_nothing_published_bounds_a_cell_without_margins(
    tmp_path: Path,
) -> None:
    done = audit(table(tmp_path, "t.csv", "a,n", "x,", "y,", "z,40", "Total,60"))
    assert (done.status, done.data["passed"]) == (0, True)
    assert [(one["low"], one["high"]) for one in done.data["hidden_cells"]] == [(0, 20), (0, 20)]
    free = audit(table(tmp_path, "u.csv", "a,n", "x,", "y,40"))
    assert [(one["low"], one["high"]) for one in free.data["hidden_cells"]] == [(0, None)]


def test_the_same_margin_unprinted_in_two_files_ties_them(tmp_path: Path) -> None:
    one = table(tmp_path, "a.csv", "a,b,n", "x,p,20", "x,q,", "y,p,40", "y,q,50")
    two = table(tmp_path, "b.csv", "a,c,n", "x,r,12", "x,s,11", "y,r,45", "y,s,45")
    done = audit(one, two)
    assert done.data["hidden_cells"][0]["low"] == done.data["hidden_cells"][0]["high"] == 3


def test_printed_percentages_give_hidden_counts_away(tmp_path: Path) -> None:
    rows = ("a;n;percent", "x;25;50", "y;14;28", "z;;6", "w;;16", "Total;50;100")
    done = audit(table(tmp_path, "t.csv", *rows))
    assert [(one["low"], one["high"]) for one in done.data["hidden_cells"]] == [(3, 3), (8, 8)]


def test_what_the_public_knows_narrows_intervals(tmp_path: Path) -> None:
    given = table(tmp_path, "t.csv", "a,n", "x,", "y,", "z,40", "Total,60")
    known = table(tmp_path, "known.csv", "a,low,high", "y,15,17")
    done = audit(given, known=known)
    assert [(one["low"], one["high"]) for one in done.data["hidden_cells"]] == [(3, 5), (15, 17)]
    assert done.status == 1


def test_a_known_number_of_a_population_that_no_table_has_is_said_and_not_dropped_in_silence(
    tmp_path: Path,
) -> None:
    given = table(tmp_path, "t.csv", "population,a,n", "city,x,", "city,y,", "city,z,40", "city,Total,60")
    known = table(tmp_path, "known.csv", "population,a,n", "ciyt,y,16")
    told = [one for one in audit(given, known=known).data["remarks"] if one["code"] == "LIN-038"]
    assert [one["line"] for one in told] == [2]


def test_tables_that_contradict_each_other_are_an_error_with_their_rows(tmp_path: Path) -> None:
    one = table(
        tmp_path, "t.csv", "a,b,n", "x,p,", "x,q,30", "x,Total,50", "y,p,4", "Total,p,10", "Total,q,60"
    )
    done = audit(one)
    assert done.status == 1 and done.data["problems"], done.out
    assert {"LIN-025", "LIN-027"} & done.codes


def test_nothing_is_written(tmp_path: Path) -> None:
    given = table(tmp_path, "t.csv", "a,n", "x,", "y,40")
    protect(given, "--audit-only", "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_words_give_every_interval(tmp_path: Path) -> None:
    given = table(tmp_path, "t.csv", "a,n", "x,", "y,", "z,40", "Total,60")
    done = protect(given, "--audit-only", lang="en")
    assert "t.csv, line 2: a = x → between 0 and 20" in done.out
    done = protect(table(tmp_path, "u.csv", "a,n", "x,", "y,31", "Total,40"), "--audit-only")
    assert "u.csv, ligne 2 : a = x : c’est 9, exactement" in done.out


def test_what_hidden_rows_leave_may_stand_in_a_row_that_is_missing(tmp_path: Path) -> None:
    """x has no row q: what is left of it is counted nowhere, and that is no contradiction."""
    rows = (
        "a,b,n",
        "x,p,20",
        "y,p,40",
        "y,q,30",
        "x,Total,",
        "y,Total,70",
        "Total,p,60",
        "Total,q,",
        "Total,Total,130",
    )
    done = audit(table(tmp_path, "t.csv", *rows))
    assert "LIN-025" not in done.codes
    bounds = {tuple(one["where"].items()): (one["low"], one["high"]) for one in done.data["hidden_cells"]}
    assert bounds[("a", "x"),] == (60, 60)


def test_crossed_tables_whose_records_pin_what_sums_leave_open_are_refused(tmp_path: Path) -> None:
    """45 are in the north at the station, and 21 + 20 of them at most said otherwise: 4 said yes."""
    ends = [f"Total,{rest}" for rest in ("oui,19", "non,50", "nsp,46")]
    places = [f"{row}," for row in ("gare,oui", "gare,non", "marche,oui", "marche,non")]
    teams = [f"{row}," for row in ("nord,oui", "nord,nsp", "sud,oui", "sud,nsp")]
    done = audit(
        table(
            tmp_path,
            "ab.csv",
            "lieu,equipe,n",
            "gare,nord,45",
            "gare,sud,0",
            "marche,nord,0",
            "marche,sud,70",
        ),
        table(tmp_path, "ac.csv", "lieu,rep,n", *places, "gare,nsp,21", "marche,nsp,25", *ends),
        table(tmp_path, "bc.csv", "equipe,rep,n", *teams, "nord,non,20", "sud,non,30", *ends),
    )
    assert done.status == 1 and "LIN-043" not in done.codes
    ends_of = {tuple(one["where"].values()): (one["low"], one["high"]) for one in done.data["hidden_cells"]}
    assert ends_of["gare", "oui"] == ends_of["nord", "oui"] == (4, 4)


def test_shown_numbers_that_no_records_have_are_said_and_their_sums_audited(tmp_path: Path) -> None:
    pairs = ("0,0", "0,1", "1,0", "1,1")
    same, other = ("40", "0", "0", "40"), ("0", "40", "40", "0")
    files = [
        table(
            tmp_path, f"{a}{b}.csv", f"{a},{b},n", *(f"{at},{n}" for at, n in zip(pairs, counts, strict=True))
        )
        for a, b, counts in (("a", "b", same), ("b", "c", same), ("a", "c", other))
    ]
    assert "LIN-043" in audit(*files).codes
    files[2].write_text(files[2].read_text().replace("1,1,0", "1,1,"))
    assert "LIN-043" in audit(*files).codes
