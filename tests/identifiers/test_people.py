"""The register of people, from the tables that evaluators keep."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from avis.errors import Problems
from avis.identifiers.people import NOBODY, Known, read_people, together, words_of


def read(path: Path) -> tuple[Known, Problems]:
    problems = Problems()
    return read_people(path, path.name, problems), problems


@pytest.mark.parametrize(
    "text",
    [
        "code;nom;prénom;surnom(s);lieu(x)\nP1;Valmont-Fictif;Amina;Mina, La Reine;Les Tanneurs\n",
        "code,last name,first name,nicknames,places\nP1,Valmont-Fictif,Amina,Mina; La Reine,Les Tanneurs\n",
    ],
)
def test_columns_may_be_french_or_english_and_hold_several_names(tmp_path: Path, text: str) -> None:
    path = tmp_path / "registre.csv"
    path.write_text(text, encoding="utf-8")
    known, problems = read(path)
    for name in (
        "Amina",
        "valmont fictif",
        "Amina Valmont-Fictif",
        "Valmont-Fictif Amina",
        "MINA",
        "la reine",
    ):
        assert known.people[words_of(name)] == ("P1",), name
    assert known.places == {("les", "tanneurs"): ("P1",)}
    assert not problems.errors


def test_any_column_may_be_missing_and_a_workbook_will_do(tmp_path: Path) -> None:
    path = tmp_path / "registre.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_column(0, 0, ["Prénom", "Ombeline", "Zénaïde"])
    known, problems = read(path)
    assert known.people == {("ombeline",): ("",), ("zenaide",): ("",)} and not problems.items


def test_a_table_without_names_or_places_is_told(tmp_path: Path) -> None:
    path = tmp_path / "registre.csv"
    path.write_text("code;couleur\nP1;bleu\n", encoding="utf-8")
    known, problems = read(path)
    assert not known and [item.code for item in problems.errors] == ["IDE-001"]


def test_one_letter_is_no_name_and_that_is_told(tmp_path: Path) -> None:
    path = tmp_path / "registre.csv"
    path.write_text("code;prenom\nP1;A\nP2;Lô\n", encoding="utf-8")
    known, problems = read(path)
    assert set(known.people) == {("lo",)} and [item.code for item in problems] == ["IDE-002"]


def test_a_register_shows_nobody_when_printed() -> None:
    assert "amina" not in repr(Known({("amina",): ("P1",)})).lower() and not NOBODY


def test_registers_are_put_together() -> None:
    both = together(Known({("amina",): ("P1",)}), Known({("amina",): ("P2",), ("osas",): ("",)}))
    assert both.people == {("amina",): ("P1", "P2"), ("osas",): ("",)}
