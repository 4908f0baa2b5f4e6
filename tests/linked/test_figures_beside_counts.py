"""Figures beside the counts under any header: protected with them, or refused, and never left in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
from calling import protect, table

ANSWERS = (("oui", 30, "71,4"), ("non", 4, "9,5"), ("nsp", 8, "19,0"), ("Total", 42, "100,0"))
HEADERS = (
    "pct",
    "part",
    "taux",
    "share",
    "pourcentages",
    "% du total",
    "proportion",
    "fréquence",
    "x",
    "Percentage",
)


def written(folder: Path, header: str, *rows: str) -> list[str]:
    """Protect a table and give its lines as they are written."""
    given = table(folder, "t.csv", header, *rows, mark=";")
    assert protect(given, "--out", folder / "out").status == 0
    return (folder / "out" / "t.csv").read_text(encoding="utf-8").splitlines()


def raw(folder: Path, *rows: str) -> Path:
    """Write a table parted by semicolons, whose figures may have commas."""
    path = folder / "t.csv"
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("form", ["{}", "{} %", "{}\u00a0%", "{}%"])
def test_percentages_are_emptied_with_their_counts_under_any_header(
    tmp_path: Path, header: str, form: str
) -> None:
    rows = [f"{value};{n};{form.format(told)}" for value, n, told in ANSWERS]
    given = raw(tmp_path, f"q;n;{header}", *rows)
    assert protect(given, "--out", tmp_path / "out").status == 0
    after = (tmp_path / "out" / "t.csv").read_text(encoding="utf-8").splitlines()
    assert "non;;" in after and "nsp;;" in after and f"oui;30;{form.format('71,4')}" in after


def test_whole_percentages_are_known_by_what_they_follow(tmp_path: Path) -> None:
    after = written(tmp_path, "q,x,n", "oui,71,30", "non,10,4", "nsp,19,8", "Total,100,42")
    assert "non;;" in after and "nsp;;" in after and "oui;71;30" in after


def test_percentages_of_a_row_have_that_row_as_their_base(tmp_path: Path) -> None:
    rows = [
        "f,oui,40,80.0",
        "f,non,10,20.0",
        "h,oui,60,93.8",
        "h,non,4,6.2",
        "f,Total,50,100.0",
        "h,Total,64,100.0",
    ]
    after = written(tmp_path, "sexe,q,n,part", *rows)
    assert "h;non;;" in after and "h;oui;60;93.8" not in after


@pytest.mark.parametrize(
    "figures",
    [
        ("34,2", "41,0", "19,5", "33,0"),  # a mean age
        ("0,714", "0,095", "0,190", "1"),  # shares of one
        ("71,4", "n.d.", "19,0", "100"),
        ("104", "98", "120", "100"),
        ("30/42", "4/42", "8/42", "42/42"),
        ("30 (71,4 %)", "4 (9,5 %)", "8 (19 %)", "42 (100 %)"),
        ("714 ‰", "95 ‰", "190 ‰", "1000 ‰"),
    ],
)
@pytest.mark.parametrize("header", ["moyenne", "x"])
def test_other_figures_are_refused_by_the_name_of_their_column(
    tmp_path: Path, figures: tuple[str, ...], header: str
) -> None:
    rows = [f"{value};{n};{one}" for (value, n, _), one in zip(ANSWERS, figures, strict=True)]
    done = protect(raw(tmp_path, f"q;n;{header}", *rows), "--json")
    (problem,) = done.data["problems"]
    assert done.status == 1 and problem["code"] == "LIN-045" and header in str(problem)


def test_a_second_column_of_percentages_and_one_without_a_name_are_refused(tmp_path: Path) -> None:
    rows = [f"{value};{n};{told};{told}" for value, n, told in ANSWERS]
    for header in ("q;n;percent;part", "q;n;percent;", "q;n;pct;part"):
        assert protect(raw(tmp_path, header, *rows), "--json").codes == {"LIN-045"}


@pytest.mark.parametrize(
    "rows",
    [
        ("âge,n", "15,30", "16,40", "17,20"),
        ("x,n", "1,30", "2,40", "3,20"),
        ("année,q,n", "2023,oui,30", "2023,non,40", "2024,oui,20", "2024,non,30"),
        ("vague,q,n", "1,oui,30", "1,non,40"),
        ("q,classe,n", "oui,1,30", "oui,2,40", "non,1,20", "non,3,50"),
        ("taux,n", "faible,30", "élevé,40", "Total,70"),
        (",q,n", "0,oui,30", "1,non,40"),
    ],
)
def test_numbers_that_name_rows_stay_criteria(tmp_path: Path, rows: tuple[str, ...]) -> None:
    done = protect(table(tmp_path, "t.csv", *rows), "--json")
    assert done.status == 0 and "LIN-045" not in done.codes


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_error_says_what_to_do_and_no_count(tmp_path: Path, lang: str) -> None:
    rows = [f"{value};{n};{n}" for value, n, _ in ANSWERS]
    done = protect(raw(tmp_path, "q;n;effectif", *rows), lang=lang)
    assert done.status != 0 and "effectif" in done.err and "percent" in done.err and "30" not in done.err
