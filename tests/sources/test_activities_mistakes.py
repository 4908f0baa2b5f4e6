"""What people really hold: totals in odd places, one log in two formats, figures that are none."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from avis.errors import Problems, tell
from avis.sources.activities import read_activity_files


def read(*paths: Path) -> tuple[pd.DataFrame, Problems]:
    problems = Problems()
    return read_activity_files([(path, path.name) for path in paths], problems), problems


def written(tmp_path: Path, text: str, name: str = "a.csv") -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / name


def codes(problems: Problems) -> list[str]:
    return [item.code for item in problems]


@pytest.mark.parametrize(
    ("row", "refused"),
    [
        ("mars 2024;Total;;;43;", True),
        ("mars 2024;atelier;Sous-total mars;;43;", True),
        ("mars 2024;TOTAL GÉNÉRAL;;;7;", True),
        ("2024;Total ateliers;;;;", True),
        ("2024;Cumul;;;43;", True),
        ("2024;atelier;;= Ensemble;43;", True),
        ("2024;Total énergie;;;3;", True),
        ("2024;atelier;Ensemble vocal;;3;", False),
        ("2024;atelier;Tôt le matin;;3;", False),
        ("2024;totalement autre chose;;;3;", False),
    ],
)
def test_a_total_is_no_act_wherever_its_word_stands(row: str, refused: bool, tmp_path: Path) -> None:
    head = "date;type;titre;lieu;participants;codes\n12/03/2024;atelier;;;21;\n19/03/2024;atelier;;;22;\n"
    table, problems = read(written(tmp_path, f"{head}{row}\n20/03/2024;atelier;;;1;\n"))
    assert [item.place.line for item in problems.errors] == ([4] if refused else [])
    assert set(codes(problems)) <= {"SRC-080"}
    assert len(table) == 4 - refused


def test_a_note_on_an_act_may_speak_of_a_total(tmp_path: Path) -> None:
    text = (
        "date;type;nombre;note\n2024;atelier;4;\n2023;atelier;5;Total de l’année, estimé\n2022;atelier;1;\n"
    )
    table, problems = read(written(tmp_path, text))
    assert not list(problems)
    assert table["count"].sum() == 10


def test_a_type_that_is_called_total_is_told_what_to_write(tmp_path: Path) -> None:
    _, problems = read(written(tmp_path, "date;type\n2024;atelier\n2024;Total énergie\n2024;atelier\n"))
    assert "par un autre mot" in tell(problems, "fr")


@pytest.mark.parametrize(("last", "copied"), [("a", True), ("b", False)])
def test_one_log_in_two_formats_is_a_copy(last: str, copied: bool, tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet("Acts")
    for number, row in enumerate((["date", "type", "nb"], ["2024-01-03", "a", 4], ["2024-02-05", "a", 12])):
        sheet.write_row(number, 0, row)
    book.close()
    text = f"Date;Type;Nombre\n03/01/2024;a;4,0\n05/02/2024;{last};12\n"
    table, problems = read(tmp_path / "a.xlsx", written(tmp_path, text))
    assert codes(problems) == (["SRC-221"] if copied else [])
    assert table["count"].sum() == (16 if copied else 32)


def test_rows_that_a_column_of_their_own_tells_apart_are_no_copies(tmp_path: Path) -> None:
    one = written(tmp_path, "date;type;commune\n03/01/2024;a;Aulx\n04/01/2024;a;Aulx\n", "one.csv")
    two = written(tmp_path, "date;type;commune\n03/01/2024;a;Bray\n04/01/2024;a;Bray\n", "two.csv")
    table, problems = read(one, two)
    assert len(table) == 4
    assert set(codes(problems)) == {"SRC-014"}


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("participants", "12:30", "SRC-016"),
        ("participants", "1,5", "SRC-042"),
        ("participants", "entre 3 et 4,5", "SRC-042"),
        ("participants", "3 et 4", "SRC-016"),
        ("personnes", "1.5", "SRC-042"),
        ("codes", "A1-B2-C3", "SRC-043"),
    ],
)
def test_what_is_no_number_of_people_is_refused(column: str, cell: str, code: str, tmp_path: Path) -> None:
    table, problems = read(written(tmp_path, f"date;type;{column}\n2024;a;{cell}\n"))
    assert codes(problems) == [code]
    assert cell not in tell(problems, "fr")
    assert table[["participants", "people"]].isna().all(axis=None)
    assert table["person_codes"].tolist() == [""]


@pytest.mark.parametrize(
    ("column", "cell", "number"),
    [("heures", "1:30", 1.5), ("heures", "2h30", 2.5), ("participants", "12", 12), ("nombre", "0,5", 0.5)],
)
def test_a_clock_is_hours_and_a_whole_number_people(
    column: str, cell: str, number: float, tmp_path: Path
) -> None:
    table, problems = read(written(tmp_path, f"date;type;{column}\n2024;a;{cell}\n"))
    assert not list(problems)
    names = {"heures": "hours", "participants": "participants", "nombre": "count"}
    assert table[names[column]].tolist() == [number]


@pytest.mark.parametrize(("shared", "told"), [(1, []), (4, []), (5, ["SRC-234"]), (9, ["SRC-234"])])
def test_a_copy_that_somebody_went_on_with_is_told(shared: int, told: list[str], tmp_path: Path) -> None:
    def log(days: range, name: str) -> Path:
        rows = "".join(f"{day:02}/03/2024;atelier;{day}\n" for day in days)
        return written(tmp_path, f"date;type;participants\n{rows}", name)

    _, problems = read(log(range(1, 11), "suivi.csv"), log(range(11 - shared, 21 - shared), "suivi-2.csv"))
    assert codes(problems) == told
    if told:
        assert "suivi.csv" in tell(problems, "fr") and f"{shared} lignes" in tell(problems, "fr")
