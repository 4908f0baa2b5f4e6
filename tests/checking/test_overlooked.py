"""What would be counted nowhere, or twice, or not appear, is told before any build, and never its words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from avis.checking.check import check
from avis.consent.judging import words_hash
from avis.errors import Problem, tell
from avis.folders import Folders
from avis.skeleton import create

HEADER = "date;type;titre;lieu;participants\n"
LEDGER = "contribution;sha256;portee;accorde_le;expire_le;retire_le\n"
WORDS = "On ne sait pas à quelle porte frapper."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("AVIS_BUILD", raising=False)
    monkeypatch.setenv("AVIS_AS_OF", "2025-01-01")
    return create("essai", tmp_path)


def told(folder: Path) -> list[tuple[str, str, int]]:
    return [(item.code, item.place.file, item.place.line) for item in check(Folders(folder))]


def log(folder: Path, *rows: str) -> list[Problem]:
    (folder / "sources" / "activites.csv").write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return [item for item in check(Folders(folder)) if item.code.startswith(("SRC", "FIN"))]


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("Rendez vous", "rendez-vous"),
        ("rendezvous", "rendez-vous"),
        ("atelié", "atelier"),
        ("repas", ""),
    ],
)
def test_a_type_that_no_indicator_counts_is_told_with_the_nearest_word(
    folder: Path, written: str, near: str
) -> None:
    rows = ["01/03/2024;rendez-vous;;;1", "02/03/2024;atelier;;;4", f"03/03/2024;{written};Fatima;;1"]
    (found,) = log(folder, *rows)
    assert (found.code, found.place.line, found.place.field) == ("SRC-046", 4, "type")
    assert dict(found.facts).get("hint", "") == near
    assert "Fatima" not in tell([found]) and "repas" not in tell([found])


def test_no_type_is_asked_for_where_no_indicator_chooses_by_type(folder: Path) -> None:
    path = folder / "evaluation.yaml"
    text = path.read_text(encoding="utf-8")
    for where in ("    where: {type: rendez-vous}\n", "    where: {type: atelier}\n"):
        text = text.replace(where, "")
    path.write_text(text, encoding="utf-8")
    assert [item.code for item in log(folder, "03/03/2024;repas;;;1")] == ["FIN-026"]  # both count all


def test_rows_outside_the_period_are_told_by_line(folder: Path) -> None:
    days = ["31/12/2023", "01/01/2024", "31/12/2024", "01/01/2025"]
    found = log(folder, *(f"{day};{kind};;;1" for day in days for kind in ("atelier", "rendez-vous")))
    assert [(item.code, item.place.line) for item in found] == [
        *(("SRC-047", line) for line in (2, 3, 8, 9)),
    ]
    assert tell(found[:1], "fr").startswith("SRC-047 sources/activites.csv, ligne 2\u00a0:")


def test_a_row_that_stands_twice_is_told_where_it_comes_again(folder: Path) -> None:
    row, other = "01/03/2024;rendez-vous;a;b;1", "02/03/2024;atelier;a;b;1"
    found = log(folder, row, other, row, "01/03/2024;rendez-vous;a;b;2")
    assert [(item.code, item.place.line, item.severity) for item in found] == [("SRC-048", 4, "warning")]


def quote(folder: Path, row: str, id: str = "at01-01") -> None:
    """Quote a paragraph, with a ledger of one row."""
    note = folder / "sources" / "ateliers" / "atelier-01.md"
    text = note.read_text(encoding="utf-8").replace("Exemple inventé. On ne sait", "On ne sait")
    note.write_text(text, encoding="utf-8")
    (folder / "sources" / "accords.csv").write_text(LEDGER + row, encoding="utf-8")
    settings = folder / "evaluation.yaml"
    asked = "  codebook: codebook.yaml\n"
    text = settings.read_text(encoding="utf-8").replace(asked, f"{asked}  consent: sources/accords.csv\n")
    settings.write_text(text, encoding="utf-8")
    with (folder / "textes" / "10-q1.fr.md").open("a", encoding="utf-8") as passage:
        passage.write(f"\n{{parole}}`{id}`\n")


GIVEN = words_hash(WORDS)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"at01-01;{GIVEN};public;2024-03-04;;\n", ""),
        (f"at01-01;{GIVEN};public;2024-03-04;2025-01-01;\n", ""),
        (f"at01-01;{GIVEN};public;2024-03-04;2024-12-31;\n", "TXT-030"),
        (f"at01-01;{GIVEN};quote;2024-03-04;;\n", "TXT-029"),
        (f"at01-01;{GIVEN};report;2024-03-04;;\n", "TXT-029"),
        (f"at01-01;{GIVEN};public;2024-03-04;;2024-05-01\n", "TXT-031"),
        (f"at01-01;{'0' * 64};public;2024-03-04;;\n", "TXT-032"),
        (f"at01-02;{GIVEN};public;2024-03-04;;\n", "TXT-028"),
    ],
)
def test_a_quote_that_cannot_appear_is_told_with_the_reason_and_both_places(
    folder: Path, row: str, code: str
) -> None:
    quote(folder, row)
    found = [item for item in check(Folders(folder)) if item.code.startswith("TXT")]
    assert [item.code for item in found] == ([code] if code else [])
    for item in found:
        assert item.place.file == "textes/10-q1.fr.md"
        assert item.place.line == len((folder / item.place.file).read_text(encoding="utf-8").splitlines())
        assert "sources/ateliers/atelier-01.md, ligne 14" in item.told("fr")
        assert "frapper" not in item.told("fr")


def test_an_observation_is_no_quote(folder: Path) -> None:
    quote(folder, f"at01-02;{GIVEN};public;2024-03-04;;\n", id="at01-02")
    assert ("TXT-034", "textes/10-q1.fr.md", 8) in told(folder)


def test_a_changed_word_is_told_though_nothing_quotes_it(folder: Path) -> None:
    quote(folder, f"at01-01;{words_hash(WORDS[:-1])};public;2024-03-04;;\n", id="at01-02")
    assert ("SRC-139", "sources/ateliers/atelier-01.md", 14) in told(folder)


@pytest.mark.parametrize("hashed", ["", "abc"])
def test_a_hash_that_is_missing_says_nothing_of_changed_words(folder: Path, hashed: str) -> None:
    quote(folder, f"at01-01;{hashed};public;2024-03-04;;\n", id="at01-02")
    codes = {code for code, _, _ in told(folder)}
    assert "SRC-134" in codes and "SRC-139" not in codes


def test_the_day_of_the_check_is_the_one_that_is_asked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quote(folder, f"at01-01;{GIVEN};public;2024-03-04;2025-01-01;\n")
    monkeypatch.setenv("AVIS_AS_OF", dt.date(2025, 1, 2).isoformat())
    assert "TXT-030" in {code for code, _, _ in told(folder)}


def test_what_the_model_left_to_write_is_told_until_it_is_written(folder: Path) -> None:
    found = [item for item in told(folder) if item[0] == "EVA-036"]
    assert {file for _, file, _ in found} == {
        *("evaluation.yaml", "methode.yaml", "textes/01-introduction.fr.md", "textes/10-q1.fr.md"),
    }
    path = folder / "evaluation.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    assert all("[à compléter]" in lines[line - 1] for _, file, line in found if file == path.name)
    path.write_text("\n".join(lines).replace("[à compléter] ", "") + "\n", encoding="utf-8")
    assert not [item for item in told(folder) if item[:2] == ("EVA-036", path.name)]
