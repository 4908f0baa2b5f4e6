"""Headers that associations give to the columns of an activity log."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from avis.errors import Problems
from avis.sources.activities import read_activity_files


def read(path: Path, *lines: str) -> tuple[pd.DataFrame, list[str]]:
    path.write_text("\n".join(lines), "utf-8")
    problems = Problems()
    table = read_activity_files([(path, path.name)], problems)
    return table, [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("column", "header"),
    [
        *(("participants", "Nombre de participants"), ("participants", "Nb de participants")),
        *(("participants", "Nb de personnes présentes"), ("participants", "Nombre de participant·e·s")),
        *(("participants", "Participant(e)s"), ("participants", "Nb présents")),
        *(("people", "Nombre de personnes"), ("people", "Nb de personnes différentes")),
        *(("hours", "Durée (h)"), ("hours", "Durée"), ("hours", "Durée en heures"), ("hours", "Nb d’heures")),
        *(("count", "Nb d’ateliers"), ("count", "Nombre d’actions")),
    ],
)
def test_usual_headers_of_figures_are_known(tmp_path: Path, column: str, header: str) -> None:
    table, told = read(tmp_path / "a.csv", f"Date;Type;{header}", "2024-03-05;atelier;12")
    assert table[column].tolist() == [12] and not told


@pytest.mark.parametrize("header", ["Date de l’atelier", "Date de la séance", "Date du RDV", "Date activité"])
def test_usual_headers_of_dates_are_known(tmp_path: Path, header: str) -> None:
    table, told = read(tmp_path / "a.csv", f"{header};Type", "05/03/2024;atelier")
    assert table["period_start"].tolist() == ["2024-03-05"] and not told


@pytest.mark.parametrize("header", ["Nombre d’inscrits", "Effectif", "Nombre de femmes"])
def test_a_header_that_may_count_others_is_not_taken(tmp_path: Path, header: str) -> None:
    table, told = read(tmp_path / "a.csv", f"Date;Type;{header}", "2024-03-05;atelier;12")
    assert table["participants"].isna().all() and table["people"].isna().all() and told == ["SRC-014"]


def test_a_column_of_workshops_is_the_type_alone_and_the_title_beside_one(tmp_path: Path) -> None:
    alone, told = read(tmp_path / "a.csv", "Date de l’atelier;Atelier;Durée (h)", "05/03/2024;Cuisine;2")
    assert alone["type"].tolist() == ["Cuisine"] and not told
    beside, told = read(tmp_path / "b.csv", "Date;Atelier;Type", "05/03/2024;Cuisine;atelier")
    assert beside[["type", "title"]].to_numpy().tolist() == [["atelier", "Cuisine"]] and not told
    three, told = read(tmp_path / "c.csv", "Date;Thème;Atelier;Type;Titre", "05/03/2024;x;y;atelier;Cuisine")
    assert three["title"].tolist() == ["Cuisine"] and told == ["SRC-014", "SRC-014"]


def test_two_columns_of_the_same_figure_are_told(tmp_path: Path) -> None:
    _, told = read(tmp_path / "a.csv", "Date;Type;Nb participants;Nb de participants", "2024-03-05;a;12;11")
    assert told == ["SRC-012"]
