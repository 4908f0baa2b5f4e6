"""`avis protect`: the same files with what could be guessed left empty."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from calling import protect, table

AGES = (
    "âge,sexe,n",
    "15-17,f,3",
    "15-17,h,14",
    "18-24,f,40",
    "18-24,h,22",
    "25+,f,30",
    "25+,h,31",
    "Total,f,73",
    "Total,h,67",
    "15-17,Total,17",
    "18-24,Total,62",
    "25+,Total,61",
    "Total,Total,140",
)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_only_hidden_counts_differ_in_the_bytes_that_are_written(
    tmp_path: Path, mark: str, encoding: str
) -> None:
    given = table(tmp_path, "t.csv", *AGES, mark=mark, encoding=encoding)
    assert protect(given, "--out", tmp_path / "out").status == 0
    before = given.read_bytes().decode(encoding).splitlines()
    after = (tmp_path / "out" / "t.csv").read_bytes().decode(encoding).splitlines()
    assert len(before) == len(after)
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 4
    assert all(new == old.rpartition(mark)[0] + mark for old, new in changed)
    assert f"15-17{mark}f{mark}" in after


def test_quotes_line_ends_a_first_line_for_excel_and_a_last_line_without_end_stay(tmp_path: Path) -> None:
    given = tmp_path / "t.csv"
    given.write_bytes(b'sep=;\n"a";"n"\n"x; y";"3"\n\n"two\nlines";"14"\r\n z ;30\nTotal;47')
    assert protect(given, "--out", tmp_path / "out").status == 0
    after = (tmp_path / "out" / "t.csv").read_bytes()
    assert after in (
        b'sep=;\n"a";"n"\n"x; y";""\n\n"two\nlines";""\r\n z ;30\nTotal;47',
        b'sep=;\n"a";"n"\n"x; y";""\n\n"two\nlines";"14"\r\n z ;\nTotal;47',
    )


def test_a_margin_that_two_files_share_is_one_cell_whatever_the_order_of_columns(tmp_path: Path) -> None:
    one = table(tmp_path, "a.csv", "age,town,n", "x,p,5", "x,q,20", "y,p,30", "y,q,40", "x,Total,25")
    two = table(tmp_path, "b.csv", "n,sex,AGE", "12,f,x", "13,h,x", "25,total,x", "40,f,y", "30,h,y")
    done = protect(one, two, "--json")
    assert (done.status, done.data["cells"]) == (0, 9)
    other = table(tmp_path, "c.csv", "age,sex,n", "x,Total,24")
    wrong = protect(one, other, "--json")
    assert wrong.status == 1 and wrong.codes == {"LIN-020"} and not wrong.data["passed"]


@pytest.mark.parametrize("word", ["Total", "TOTAL", "total", "Totaux", " Total "])
def test_a_margin_is_marked_by_total_in_any_case(tmp_path: Path, word: str) -> None:
    given = table(tmp_path, "t.csv", "a,n", "x,4", "y,20", "z,30", f"{word},54")
    assert protect(given, "--json").data["hidden"] == 2


def test_ensemble_is_a_margin_where_counts_say_so_and_else_a_value(tmp_path: Path) -> None:
    margin = protect(table(tmp_path, "t.csv", "a,n", "x,4", "y,20", "z,30", "Ensemble,54"), "--json")
    assert margin.data["hidden"] == 2 and "LIN-031" in margin.codes
    value = protect(table(tmp_path, "u.csv", "a,n", "seul,4", "ensemble,20", "autre,30"), "--json")
    assert value.data["hidden"] == 1 and "LIN-031" not in value.codes


def test_two_populations_are_not_mixed(tmp_path: Path) -> None:
    given = table(
        tmp_path, "t.csv", "population,a,n", "women,x,20", "men,x,30", "women,Total,24", "men,Total,41"
    )
    assert protect(given, "--json").status == 0


def test_a_document_for_programs_has_the_form_that_its_schema_says(tmp_path: Path) -> None:
    from jsonschema import Draft202012Validator

    from avis.schema import resource

    schema = json.loads(resource("schema", "protect.schema.json").read_text(encoding="utf-8"))
    given = table(tmp_path, "t.csv", *AGES)
    for arguments in ((given,), (given, "--audit-only"), (given, "--threshold", "7"), (tmp_path / "no.csv",)):
        done = protect(*arguments, "--json")
        Draft202012Validator(schema).validate(done.data)
    done = protect(given, "--out", tmp_path / "out", "--json")
    Draft202012Validator(schema).validate(done.data)
    assert done.data["hidden_cells"][0] == {
        "file": "t.csv",
        "line": 2,
        "population": "",
        "where": {"âge": "15-17", "sexe": "f"},
    }
    assert done.data["files"] == [{"table": "t.csv", "written": "t.csv"}]
    assert (done.data["cells"], done.data["hidden"], done.data["passed"]) == (12, 4, True)


def test_words_say_the_verdict_first_in_both_languages(tmp_path: Path) -> None:
    given = table(tmp_path, "t.csv", *AGES)
    french, english = protect(given), protect(given, lang="en")
    assert french.out.startswith("Protégés : 1 tableau, 12 cases, dont 4 masquées (33\u202f%).")
    assert english.out.startswith("Protected: 1 table, 12 cells, 4 hidden (33%).")
    assert "--combine" in french.out and "--out" in french.out


def test_what_is_proposed_can_be_asked_for_and_gives_back_what_it_says(tmp_path: Path) -> None:
    given = table(tmp_path, "t.csv", *AGES)
    before = protect(given, "--json").data
    (best, *_) = before["proposals"]
    after = protect(given, "--combine", best["combine"], "--out", tmp_path / "out", "--json").data
    shown = (before["cells"] - before["hidden"], after["cells"] - after["hidden"])
    assert shown[1] - shown[0] == best["gives_back"] > 0
    rows = (tmp_path / "out" / "t.csv").read_text(encoding="utf-8").splitlines()
    assert "15-17 + 18-24,f,43" in rows and len(rows) == 10


def test_a_file_that_keeps_values_apart_is_tied_to_one_that_combines_them(tmp_path: Path) -> None:
    one = table(tmp_path, "a.csv", "age,sex,n", "x,f,5", "y,f,20", "z,f,40", "x,h,30", "y,h,30", "z,h,30")
    two = table(tmp_path, "b.csv", "age,n", "y,50", "Total,155")
    done = protect(one, two, "--combine", "age: x + y", "--out", tmp_path / "out", "--json")
    assert done.status == 0
    assert (
        "y,50" not in (tmp_path / "out" / "b.csv").read_text()
        or "x + y,f," in (tmp_path / "out" / "a.csv").read_text()
    )


def test_everything_hidden_leaves_nothing_to_publish(tmp_path: Path) -> None:
    done = protect(table(tmp_path, "t.csv", "a,n", "x,3", "y,4"), "--out", tmp_path / "out")
    assert done.status == 1 and "rien à publier" in done.out
    assert (tmp_path / "out" / "t.csv").read_text().splitlines() == ["a,n", "x,", "y,"]


def test_minors_keep_eleven_and_a_lower_threshold_is_said(tmp_path: Path) -> None:
    given = table(tmp_path, "t.csv", "a,minors,n", "x,oui,8", "y,non,8", "z,,30")
    done = protect(given, "--threshold", "5", "--json")
    assert [one["line"] for one in done.data["hidden_cells"]] == [2]
    assert "LIN-037" in done.codes


@pytest.mark.parametrize("threshold", ["4", "0", "-3"])
def test_a_threshold_under_five_is_wrong_use(tmp_path: Path, threshold: str) -> None:
    done = protect(table(tmp_path, "t.csv", *AGES), "--threshold", threshold)
    assert done.status == 2 and "LIN-024" in done.err
    assert protect(table(tmp_path, "t.csv", *AGES), "--threshold", "onze").status == 2


def test_percentages_stay_only_beside_shown_counts_and_bases(tmp_path: Path) -> None:
    given = table(
        tmp_path, "t.csv", "a,n,percent", "x,25,50", "y,14,28", "z,3,6", "w,8,16", "Total,50,100", mark=";"
    )
    assert protect(given, "--out", tmp_path / "out").status == 0
    rows = (tmp_path / "out" / "t.csv").read_text().splitlines()
    assert rows == ["a;n;percent", "x;25;50", "y;14;28", "z;;", "w;;", "Total;50;100"]
    wrong = table(tmp_path, "u.csv", "a,n,percent", "x,25,51", "Total,50,100", mark=";")
    assert "LIN-021" in protect(wrong, "--json").codes


def test_a_percentage_may_have_its_base_in_its_own_row(tmp_path: Path) -> None:
    rows = ("a;b;n;percent;percent_of", "x;p;20;66,7;b", "x;q;10;33,3;b", "x;Total;30;100;b")
    assert "LIN-021" not in protect(table(tmp_path, "t.csv", *rows), "--json").codes


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    given = table(tmp_path, "t.csv", *AGES)
    command = [sys.executable, "-m", "avis.cli", "protect", str(given), "--json"]
    runs = [
        subprocess.run(
            command, capture_output=True, check=True, env=os.environ | {"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
