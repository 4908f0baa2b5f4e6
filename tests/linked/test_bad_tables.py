"""What is wrong in a table is told whole, by its line, without anybody's value; nothing is half written."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from calling import protect, table

SECRET = "Ombeline-de-Valmarin"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (("a,b", "x,1"), "LIN-001"),
        (("a,a,n", "x,y,1"), "LIN-002"),
        (("a,A,n", "x,y,1"), "LIN-002"),
        (("n,n", "1,2"), "LIN-002"),
        (("a,n",), "LIN-003"),
        (("a,n", f"{SECRET},20,3"), "LIN-004"),
        (("a,n", f"{SECRET}"), "LIN-004"),
        (("a,n", f"{SECRET},douze"), "LIN-005"),
        (("a,n", f"{SECRET},NaN"), "LIN-005"),
        (("a,n", f"{SECRET},1e3"), "LIN-005"),
        (("a,n", f"{SECRET},=1+1"), "LIN-005"),
        (("a,n", f"{SECRET},\u0661\u0662"), "LIN-005"),
        (("a,n", f"{SECRET},-3"), "LIN-006"),
        (("a,n", f"{SECRET},1 234"), "LIN-007"),
        (("a,n", f"{SECRET},1\u202f234"), "LIN-007"),
        (("a,n", f"{SECRET},12.5"), "LIN-008"),
        (("a,n", f"{SECRET},1000000"), "LIN-009"),
        (("a,n", f"{SECRET},{'9' * 40}"), "LIN-009"),
        (("a,n", ",3", f"{SECRET},40"), "LIN-010"),
        (("a,n,percent", f"{SECRET},3,abc"), "LIN-011"),
        (("a,n,percent,percent_of", f"{SECRET},3,100,taille"), "LIN-012"),
        (("a,n,minors", f"{SECRET},3,peut-être"), "LIN-013"),
        (("a,n", f"{SECRET},"), "LIN-014"),
        (("a,n", f"{SECRET},3", f"{SECRET},4"), "LIN-020"),
        (("a,n", f"{SECRET},5", "y,2", "z,50", "Total,4"), "LIN-027"),
    ],
)
def test_each_fault_has_its_code_and_no_value_is_said(
    tmp_path: Path, rows: tuple[str, ...], code: str
) -> None:
    done = protect(table(tmp_path, "t.csv", *rows), "--out", tmp_path / "out", "--json")
    assert done.status == 1 and code in done.codes, done.err
    assert SECRET not in done.err + done.out
    assert not (tmp_path / "out").exists()


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    one = table(tmp_path, "a.csv", "a,n", "x,-1", "y,2.5", "z,3")
    two = table(tmp_path, "b.csv", "a", "x")
    done = protect(one, two, tmp_path / "none.csv", "--json")
    assert {"LIN-001", "LIN-006", "LIN-008", "SRC-041"} <= done.codes


@pytest.mark.parametrize(
    "content", [b"", b"\xef\xbb\xbf", b"\n\n", b"\x89PNG\r\n\x1a\n" + bytes(50), b"a,n\nx,\x003\n"]
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "t.csv").write_bytes(content)
    assert protect(tmp_path / "t.csv").status == 1


def test_a_folder_a_pipe_and_a_bomb_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("[Content_Types].xml", "<x/>")
        bomb.writestr("xl/workbook.xml", " " * 300_000_000, compresslevel=1)
    for name in (".", "pipe.csv", "bomb.xlsx"):
        assert protect(tmp_path / name).status == 1, name


def test_a_workbook_is_read_and_written_as_csv_and_its_formulas_are_not_run(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "t.xlsx")) as book:
        sheet = book.add_worksheet("Âges")
        for at, row in enumerate([["âge", "n"], ["x", 3], ["y", 15], ["z", 40], ["Total", 58]]):
            sheet.write_row(at, 0, row)
    done = protect(tmp_path / "t.xlsx", "--out", tmp_path / "out", "--json")
    assert done.status == 0 and "LIN-032" in done.codes
    (written,) = (tmp_path / "out").iterdir()
    assert written.suffix == ".csv"
    assert written.read_text(encoding="utf-8").splitlines()[0] == "âge,n"
    assert ",3" not in written.read_text(encoding="utf-8").replace("58", "")


def test_inputs_are_never_replaced(tmp_path: Path) -> None:
    given = table(tmp_path, "t.csv", "a,n", "x,3", "y,40")
    before = given.read_bytes()
    (tmp_path / "link").symlink_to(tmp_path)
    for folder in (tmp_path, tmp_path / "link", tmp_path / "x" / ".."):
        done = protect(given, "--out", folder)
        assert done.status == 2 and "LIN-023" in done.err
        assert given.read_bytes() == before
    linked = tmp_path / "out" / "t.csv"
    linked.parent.mkdir()
    linked.symlink_to(given)
    assert protect(given, "--out", tmp_path / "out").status == 2
    assert given.read_bytes() == before


def test_two_files_of_one_name_are_not_written_over_each_other(tmp_path: Path) -> None:
    one = table(tmp_path, "a/t.csv", "a,n", "x,13", "y,40")
    two = table(tmp_path, "b/t.csv", "b,n", "x,23", "y,30")
    assert protect(one, two).status == 0
    done = protect(one, two, "--out", tmp_path / "out")
    assert done.status == 2 and "LIN-022" in done.err and not (tmp_path / "out").exists()


def test_the_same_file_given_twice_is_one_table_told_twice(tmp_path: Path) -> None:
    one = table(tmp_path, "t.csv", "a,n", "x,13", "y,40")
    assert protect(one, one).status == 0
    assert protect(one, one, "--out", tmp_path / "out").status == 0


def test_where_nothing_can_be_written_nothing_is(tmp_path: Path) -> None:
    given = table(tmp_path, "t.csv", "a,n", "x,13", "y,40")
    (tmp_path / "file").write_text("")
    done = protect(given, "--out", tmp_path / "file")
    assert done.status == 1 and "RUN-01" in done.err
    other = table(tmp_path, "u.csv", "a,n", "x,13", "y,40")
    (tmp_path / "out" / "u.csv").mkdir(parents=True)
    assert protect(given, other, "--out", tmp_path / "out").status == 1
    assert not (tmp_path / "out" / "t.csv").exists()


def test_a_value_that_a_spreadsheet_would_run_is_said_and_kept(tmp_path: Path) -> None:
    given = table(tmp_path, "t.csv", "a,n", "=cmd(),13", "y,40")
    done = protect(given, "--out", tmp_path / "out", "--json")
    assert "LIN-030" in done.codes and "=cmd(),13" in (tmp_path / "out" / "t.csv").read_text()


def test_an_unknown_combination_or_level_is_said(tmp_path: Path) -> None:
    given = table(tmp_path, "t.csv", "a,n", "x,13", "y,40")
    unknown = protect(given, "--combine", "a: x + nobody")
    assert unknown.status == 2 and "x, y" in unknown.err  # the values of the criterion, to choose among
    assert protect(given, "--combine", "x").status == 2
    ring = table(tmp_path, "r.csv", "dimension,value,parent", "a,x,y", "a,y,x")
    assert "LIN-019" in protect(given, "--hierarchy", ring, "--json").codes
    assert "LIN-018" in protect(given, "--hierarchy", given, "--json").codes


@pytest.mark.slow
def test_two_hundred_thousand_rows_are_refused_in_words_and_not_in_hours(tmp_path: Path) -> None:
    rows = [f"a{at % 400},b{at // 400},{at % 50}" for at in range(200_000)]
    done = protect(table(tmp_path, "t.csv", "a,b,n", *rows), "--json")
    assert done.status == 1 and "LIN-016" in done.codes


def test_a_known_count_larger_than_what_holds_it_is_refused(tmp_path: Path) -> None:
    """It must not pass for people in several rows, who are protected less."""
    given = table(tmp_path, "t.csv", "a,n", "x,3", "y,30", "z,40", "Total,73")
    done = protect(given, "--known", table(tmp_path, "known.csv", "a,n", "w,90"), "--json")
    assert done.status == 1 and "LIN-026" in done.codes
