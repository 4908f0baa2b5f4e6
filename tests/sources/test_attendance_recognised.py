"""Attendance lists in files of their own: known by their columns, and a log without types is none."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter

from avis.errors import Problems
from avis.sources.activities import read_activity_files
from avis.sources.reading.loose import read_files, recognise

LOG = "identifiant;date;type\na1;12/03/2024;atelier\na2;19/03/2024;atelier\n"


def by_date(tmp_path: Path) -> Path:
    book = xlsxwriter.Workbook(str(tmp_path / "Emargement 2024.xlsx"), {"default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Feuil1")
    for number, row in enumerate(
        (["code", dt.date(2024, 3, 12), dt.date(2024, 3, 19)], ["A1", "x", "x"], ["B2", "", "x"])
    ):
        sheet.write_row(number, 0, row)
    book.close()
    return tmp_path / "Emargement 2024.xlsx"


def written(tmp_path: Path, name: str, text: str) -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / name


def codes(problems: Problems) -> list[str]:
    return [item.code for item in problems]


@pytest.mark.parametrize("listed", ["workbook", "csv"])
def test_a_list_beside_its_log_joins_it(listed: str, tmp_path: Path) -> None:
    log = written(tmp_path, "activites.csv", LOG)
    by_id = written(tmp_path, "presences.csv", "identifiant;code\na1;A1\na2;A1\na2;B2\n")
    path = by_date(tmp_path) if listed == "workbook" else by_id
    problems = Problems()
    (reading,) = read_files([(path, path.name), (log, log.name)], problems)
    assert not list(problems)
    assert (reading.kind, reading.counts["rows"], reading.counts["people"]) == ("activities", 2, 2)


def test_a_list_alone_is_said_to_be_one(tmp_path: Path) -> None:
    path, problems = by_date(tmp_path), Problems()
    (found,) = recognise([(path, path.name)], problems)
    assert (found.kind, codes(problems)) == ("activities", ["SRC-403"])


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("x.csv", "identifiant;code", "activities"),
        ("x.csv", "date;code", "activities"),
        ("x.csv", "identifiant;code;present", "activities"),
        ("presences.csv", "identifiant;code;salle", "activities"),
        ("x.csv", "identifiant;code;satisfaction", "survey"),
        ("x.csv", "identifiant;satisfaction", "survey"),
        ("presences.csv", "satisfaction;accueil", "survey"),
    ],
)
def test_the_name_decides_only_where_the_columns_do_not(
    name: str, head: str, kind: str, tmp_path: Path
) -> None:
    cells = ";".join("A1" for _ in head.split(";"))
    path = written(tmp_path, name, f"{head}\n{cells}\n{cells}\n")
    (found,) = recognise([(path, name)], Problems())
    assert found.kind == kind


def test_a_log_without_types_is_told_so_and_not_taken_for_a_list(tmp_path: Path) -> None:
    path = written(
        tmp_path, "a.csv", "id;date;codes;lieu\n1;12/03/2024;A1, B2;mairie\n2;13/03/2024;A1;mairie\n"
    )
    problems = Problems()
    table = read_activity_files([(path, path.name)], problems)
    assert "SRC-013" in codes(problems) and "SRC-224" not in codes(problems)
    assert table["person_codes"].tolist() == ["A1 B2", "A1"]
