"""`avis check` on consents: what could not be shown, what does not count, what is refused about minors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from avis.checking.check import check
from avis.consent.judging import words_hash
from avis.errors import tell
from avis.folders import Folders
from avis.skeleton import create

LEDGER = (
    "contribution;sha256;personne;portee;accorde_le;formulation;langue;temoin;expire_le;retire_le;"
    "mineur;accord_propre;autorite\n"
)
WORDS = "On ne sait pas à quelle porte frapper."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("AVIS_BUILD", raising=False)
    monkeypatch.setenv("AVIS_AS_OF", "2025-01-01")
    monkeypatch.setenv("AVIS_LANG", "fr")
    made = create("essai", tmp_path)
    change(
        made,
        "sources:\n",
        "sources:\n  persons: sources/personnes.csv\n  consent: sources/consentements.csv\n",
    )
    write(made, "personnes.csv", "code;mineur", "A1;non")
    consent(made)
    kept = made / "accord" / "versions"
    kept.mkdir(parents=True)
    (kept / "fr.2.pdf").write_bytes(b"%PDF-1.7")
    minors(made, "all")
    return made


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "evaluation.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def minors(folder: Path, among: str) -> None:
    path = folder / "evaluation.yaml"
    text = re.sub(r"(?m)^minors: \w+", f"minors: {among}", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")


def write(folder: Path, name: str, *lines: str) -> None:
    (folder / "sources" / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def found(folder: Path) -> list[tuple[str, str, int, str]]:
    return [
        (item.code, item.severity, item.place.line, item.place.field)
        for item in check(Folders(folder))
        if item.code.startswith("CON-")
    ]


def consent(folder: Path, *rows: str) -> None:
    hashed = words_hash(WORDS)
    write(folder, "consentements.csv", LEDGER + "\n".join(row.replace("HASH", hashed) for row in rows))


def test_a_consent_that_could_not_be_shown_is_told_by_its_line(folder: Path) -> None:
    minors(folder, "none")
    consent(
        folder,
        "at01-01;HASH;P1;public;2024-03-04;2;fr;interprète;;;;;",
        "at01-01;HASH;P1;public;2024-03-04;;fr;interprète;;;;;",
        "at01-01;HASH;P1;public;2024-03-04;2;;interprète;;;;;",
        "at01-01;HASH;P1;public;2024-03-04;2;fr;;;;;;",
        "at01-01;HASH;P1;public;2024-03-04;;;;;2024-05-01;;;",
    )
    assert found(folder) == [
        ("CON-001", "warning", 3, "formulation"),
        ("CON-001", "warning", 4, "langue"),
        ("CON-002", "warning", 5, "temoin"),
    ]


def test_a_sheet_that_is_not_kept_is_told_and_never_what_stands_in_its_cell(folder: Path) -> None:
    minors(folder, "none")
    consent(
        folder,
        "at01-01;HASH;P1;public;2024-03-04;2;fr;interprète;;;;;",
        "at01-01;HASH;P1;public;2024-03-04;2;FR;interprète;;;;;",
        "at01-01;HASH;P1;public;2024-03-04;2;en;interprète;;;;;",
        "at01-01;HASH;P1;public;2024-03-04;Madame Dupont;fr;interprète;;;;;",
        "at01-01;HASH;P1;public;2024-03-04;3;fr;interprète;;2024-05-01;;;",
    )
    assert found(folder) == [("CON-013", "warning", line, "formulation") for line in (4, 5)]
    (folder / "accord" / "versions" / "en.2.txt").write_text("read aloud", encoding="utf-8")
    told = [item for item in check(Folders(folder)) if item.code == "CON-013"]
    assert [item.place.line for item in told] == [5]
    assert "Dupont" not in tell(told, "fr") + tell(told, "en")


def test_an_adult_who_said_no_herself_is_told_as_a_minor_is(folder: Path) -> None:
    minors(folder, "none")
    consent(folder, "at01-01;HASH;P1;public;2024-03-04;2;fr;interprète;;;non;non;")
    assert found(folder) == [("CON-003", "warning", 2, "accord_propre")]


def test_a_minors_consent_that_does_not_count_is_told(folder: Path) -> None:
    minors(folder, "some")
    consent(
        folder,
        "at01-01;HASH;P1;quote;2024-03-04;2;fr;interprète;;;oui;oui;ASE",
        "at01-02;HASH;P2;quote;2024-03-04;2;fr;interprète;;;oui;oui;",
        "at01-03;HASH;P3;quote;2024-03-04;2;fr;interprète;;;;;juge",
        "at01-04;HASH;P4;quote;2024-03-04;2;fr;interprète;;;non;;",
    )
    assert found(folder) == [
        ("CON-003", "warning", 4, "accord_propre"),
        ("CON-004", "warning", 3, "autorite"),
    ]


def test_no_message_asks_anybody_to_call_a_parent(folder: Path) -> None:
    consent(folder, "at01-01;HASH;P1;quote;2024-03-04;2;fr;interprète;;;oui;;")
    told = [item for item in check(Folders(folder)) if item.code in ("CON-003", "CON-004")]
    words = tell(told, "fr")
    assert "Ne cherchez pas à joindre un parent" in words
    assert "P1" not in words


def test_a_minor_where_there_are_none_is_an_error(folder: Path) -> None:
    minors(folder, "none")
    consent(folder, "at01-01;HASH;P1;quote;2024-03-04;2;fr;interprète;;;oui;oui;juge")
    assert ("CON-005", "error", 2, "mineur") in found(folder)


@pytest.mark.parametrize(("among", "severity"), [("none", "warning"), ("some", "error"), ("all", "error")])
def test_a_column_of_offences_is_refused_with_minors(folder: Path, among: str, severity: str) -> None:
    minors(folder, among)
    write(folder, "activites.csv", "date;type;titre;lieu;Garde à vue", "01/03/2024;atelier;;;oui")
    (told,) = [item for item in check(Folders(folder)) if item.code == "CON-006"]
    assert (told.severity, told.place.file) == (severity, "sources/activites.csv")
    assert told.place.field == "Garde à vue"


def test_nationality_and_place_in_one_table_are_refused_and_one_alone_is_not(folder: Path) -> None:
    write(folder, "activites.csv", "date;type;titre;nationalité;lieu", "01/03/2024;atelier;;;")
    assert [code for code, *_ in found(folder)] == ["CON-007"]
    write(folder, "activites.csv", "date;type;titre;nationalité", "01/03/2024;atelier;;")
    assert found(folder) == []
    minors(folder, "none")
    write(folder, "activites.csv", "date;type;titre;nationalité;lieu", "01/03/2024;atelier;;;")
    assert found(folder) == []


def test_a_count_by_place_is_refused_where_nationalities_are_known(folder: Path) -> None:
    path = folder / "evaluation.yaml"
    text, many = re.subn(r"(?m)^    by: \[.*\]", "    by: [place]", path.read_text(encoding="utf-8"), count=1)
    path.write_text(text, encoding="utf-8")
    assert many == 1
    write(folder, "personnes.csv", "code;mineur;nationalité", "A1;oui;x")
    assert [(code, field) for code, _, _, field in found(folder)] == [("CON-007", "indicators.1.by")]


def test_a_place_that_leads_to_one_door_is_told_by_its_line_and_never_shown(folder: Path) -> None:
    rows = ("01/03/2024;atelier;;commissariats", "02/03/2024;atelier;;Foyer Les Tilleuls")
    write(folder, "activites.csv", "date;type;titre;lieu", *rows)
    told = [item for item in check(Folders(folder)) if item.code == "CON-008"]
    assert [(item.severity, item.place.line, item.place.field) for item in told] == [("error", 3, "lieu")]
    assert "Tilleuls" not in tell(told, "fr") + tell(told, "en")


def test_printed_slips_are_recalled_until_they_are_erased(folder: Path) -> None:
    printed = folder / "build" / "private" / "accord" / "papiers-a-code.pdf"
    printed.parent.mkdir(parents=True)
    printed.write_bytes(b"%PDF-1.7")
    assert [code for code, *_ in found(folder)] == ["CON-009"]
    (told,) = [item for item in check(Folders(folder)) if item.code == "CON-009"]
    assert folder / told.place.file == printed
    printed.unlink()
    assert found(folder) == []
