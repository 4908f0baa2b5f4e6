"""`avis read`, `avis new --from`: what was understood, as words and as tables; nothing lost or leaked."""

from __future__ import annotations

import csv
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

SECRET = "Zébulonne"
"""A word that somebody said: it belongs into tables, and into nothing that is printed."""

FORM = """survey;type;name;label::Français (fr);label::English (en);relevant
;select_one venue;venue;Comment êtes-vous venue ?;How did you come?;
;text;prenom;Un mot ?;A word?;
;integer;age;Votre âge ?;Your age?;${venue} = 'bus'
choices;list_name;name;label::Français (fr);label::English (en);
;venue;bus;En bus;By bus;
;venue;pied;À pied;On foot;
"""
ANSWERS = f"""venue;prenom;age;_id;_uuid;_submission_time;deviceid
bus;{SECRET};31;1;a;2024-01-01;357-SECRET-DEVICE
pied;;;2;b;2024-01-02;357-SECRET-DEVICE
"""
LOG = f"""date;type;titre;lieu;participants
15/01/2024;atelier;{SECRET};mairie;9
mars 2024;rendez-vous;;mairie;1
"""
NOTE = f"""---
id: at01
date: 2024-03-05
type: atelier
langues: [fr]
---
{{#at01-01}} P1 : {SECRET} ne vient plus.
"""
BIB = "@book{voisines2024,\n  title = {Ouvrir la porte},\n  author = {Dupont, Jeanne},\n  date = {2024}\n}\n"


def avis(*arguments: str | Path, cwd: Path, lang: str = "fr") -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"AVIS_LANG": lang, "AVIS_AS_OF": "2026-01-01"}
    command = [sys.executable, "-m", "avis.cli", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Make a folder of files as an association holds them."""
    files = {
        "reponses.csv": ANSWERS,
        "formulaire.csv": FORM,
        "activités.csv": LOG,
        "note.md": NOTE,
        "biblio.bib": BIB,
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def test_a_survey_is_told_in_words_and_written_as_tables(desk: Path) -> None:
    done = avis("read", "reponses.csv", "--form", "formulaire.csv", "--out", "lu", cwd=desk)
    assert done.returncode == 0, done.stdout + done.stderr
    for words in ("Kobo", "questions : 3", "réponses reçues : 2", "cases non posées : 1", "deviceid"):
        assert words in done.stdout
    assert SECRET not in done.stdout + done.stderr
    answers = {(row["record"], row["question"]): row for row in table(desk / "lu" / "answers.csv")}
    assert answers["1", "age"] | {"raw": ""} == {
        **{"record": "1", "question": "age", "value": "31", "raw": "", "status": "answered"}
    }
    assert answers["1", "prenom"]["value"] == SECRET
    assert answers["2", "age"]["status"] == "not_asked"
    assert answers["2", "prenom"]["status"] == "no_answer"
    written = "".join(path.read_text(encoding="utf-8") for path in (desk / "lu").iterdir())
    assert "SECRET-DEVICE" not in written


def test_the_tables_are_for_their_owner_alone(desk: Path) -> None:
    avis("read", "note.md", "--out", "lu", cwd=desk)
    assert stat.S_IMODE((desk / "lu").stat().st_mode) == 0o700
    assert stat.S_IMODE((desk / "lu" / "segments.csv").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("file", "kind", "tables"),
    [
        ("formulaire.csv", "form", {"questions", "choices"}),
        ("reponses.csv", "survey", {"questions", "choices", "records", "answers"}),
        ("activités.csv", "activities", {"activities"}),
        ("note.md", "notes", {"meetings", "segments", "codings"}),
        ("biblio.bib", "references", {"references"}),
    ],
)
def test_what_a_file_is_is_found_by_its_content(file: str, kind: str, tables: set[str], desk: Path) -> None:
    disguised = (desk / file).rename(desk / "fichier.dat")
    done = avis("read", disguised.name, "--json", "--out", "lu", cwd=desk)
    told = json.loads(done.stdout)["readings"]
    assert [reading["kind"] for reading in told] == [kind]
    assert {path.stem for path in (desk / "lu").glob("*.csv")} - {"codebook"} == tables
    assert SECRET not in done.stdout


def test_tables_always_have_the_columns_of_their_schema(desk: Path) -> None:
    schemas = Path(__file__).parents[1] / "data" / "schema" / "tables"
    avis("read", *sorted(path.name for path in desk.iterdir()), "--out", "lu", cwd=desk)
    found = sorted((desk / "lu").glob("*.csv"))
    assert len(found) == 9
    for path in found:
        fields = json.loads((schemas / path.name.replace(".csv", ".json")).read_text("utf-8"))["fields"]
        with path.open(encoding="utf-8", newline="") as source:
            assert next(csv.reader(source)) == [field["name"] for field in fields]


def test_a_folder_that_holds_something_else_is_never_written_over(desk: Path) -> None:
    (desk / "lu").mkdir()
    (desk / "lu" / "answers.csv").write_text("précieux", encoding="utf-8")
    done = avis("read", "note.md", "--out", "lu", cwd=desk)
    assert done.returncode == 2 and "CLI-005" in done.stderr
    assert [path.name for path in (desk / "lu").iterdir()] == ["answers.csv"]


def test_reading_again_replaces_our_tables_and_keeps_what_somebody_corrected(desk: Path) -> None:
    avis("read", "reponses.csv", "--out", "lu", cwd=desk)
    (desk / "lu" / "codebook.csv").write_text("corrigé", encoding="utf-8")
    avis("read", "activités.csv", "--out", "lu", cwd=desk)
    assert (desk / "lu" / "codebook.csv").read_text(encoding="utf-8") == "corrigé"
    assert not (desk / "lu" / "answers.csv").exists()
    avis("read", "reponses.csv", "--out", "lu", cwd=desk)
    assert (desk / "lu" / "codebook.csv").read_text(encoding="utf-8") == "corrigé"


def test_a_file_that_cannot_be_read_is_told_in_both_languages_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(b"PK\x03\x04" + SECRET.encode() * 9)
    for lang, word in (("fr", "À corriger"), ("en", "To mend")):
        done = avis("read", "x.csv", "--out", "lu", cwd=tmp_path, lang=lang)
        assert done.returncode == 1
        assert "SRC-003" in done.stdout and word.lower() in done.stdout.lower()
        assert SECRET not in done.stdout
    assert not (tmp_path / "lu").exists()


def test_tables_never_take_the_place_of_what_is_read(desk: Path) -> None:
    avis("read", "note.md", "--out", "lu", cwd=desk)
    before = (desk / "lu" / "segments.csv").read_bytes()
    done = avis("read", "lu/segments.csv", "--out", "lu", cwd=desk)
    assert done.returncode == 2 and "CLI-008" in done.stderr
    assert (desk / "lu" / "segments.csv").read_bytes() == before


def test_a_codebook_goes_out_for_other_tools(desk: Path) -> None:
    (desk / "codes.txt").write_text("lieux>>bus\tune note\npied\n", encoding="utf-8")
    done = avis("read", "codes.txt", "--out", "lu", cwd=desk)
    assert done.returncode == 0 and "codes.qdc" in done.stdout
    again = avis("read", "lu/codes.qdc", "--out", "relu", cwd=desk)
    assert again.returncode == 0, again.stdout
    assert table(desk / "relu" / "codes.csv") == table(desk / "lu" / "codes.csv")


def test_a_proposed_codebook_holds_no_formula_and_is_read_back(desk: Path) -> None:
    rows = "".join(f"{n};oui\n" for n in range(9))
    (desk / "x.csv").write_text(f"n;=cmd|' /c calc'!A1\n{rows}", encoding="utf-8")
    avis("read", "x.csv", "--as", "survey", "--out", "lu", cwd=desk)
    with (desk / "lu" / "codebook.csv").open(encoding="utf-8", newline="") as source:
        cells = [cell for row in csv.reader(source, delimiter=";") for cell in row]
    assert any("=cmd" in cell for cell in cells)
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    done = avis("read", "x.csv", "--form", "lu/codebook.csv", "--out", "relu", cwd=desk)
    assert done.returncode == 0, done.stdout
    assert {row["status"] for row in table(desk / "relu" / "answers.csv")} == {"answered"}


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    done = avis("read", "rien.csv", cwd=tmp_path)
    assert done.returncode == 1 and "SRC-041" in done.stdout


def test_an_evaluation_begins_with_the_files_that_are_there(desk: Path) -> None:
    files = ("reponses.csv", "formulaire.csv", "activités.csv", "note.md", "biblio.bib")
    done = avis("new", "mon-evaluation", "--from", *files, cwd=desk)
    assert done.returncode == 0, done.stderr
    settings = yaml.safe_load((desk / "mon-evaluation" / "evaluation.yaml").read_text(encoding="utf-8"))
    assert settings["sources"] == {
        "activities": ["sources/activites.csv"],
        "surveys": [
            {
                "id": "reponses",
                "file": "sources/questionnaire/reponses.csv",
                "form": "sources/questionnaire/formulaire.csv",
                "title": {"fr": "[à compléter] Titre du questionnaire"},
                "population": {"fr": "[à compléter] À qui il a été posé"},
                "show": [{"question": "venue"}],
            }
        ],
        "notes": ["sources/ateliers/note.md"],
        "codebook": "codebook.yaml",
        "method": "methode.yaml",
        "references": "biblio.bib",
    }
    assert [item["id"] for item in settings["indicators"]] == ["activites"]  # what stands once may be a name
    assert "fictional" not in settings["organisation"]  # these are somebody's data
    assert settings["minors"] == "all"  # nobody said that there are none
    checked = avis("check", "mon-evaluation", cwd=desk)
    assert "0 problème" in checked.stdout, checked.stdout


def test_without_a_name_only_the_part_is_proposed(desk: Path) -> None:
    done = avis("new", "--from", "note.md", cwd=desk)
    assert done.returncode == 0
    assert yaml.safe_load(done.stdout)["sources"]["notes"] == ["sources/ateliers/note.md"]
    assert not (desk / "sources").exists()


def test_files_that_cannot_be_opened_make_no_evaluation(desk: Path) -> None:
    done = avis("new", "mon-evaluation", "--from", "note.md", "rien.csv", cwd=desk)
    assert done.returncode == 1 and "SRC-041" in done.stderr
    assert not (desk / "mon-evaluation").exists()


def test_neither_a_name_nor_files_is_wrong_use(tmp_path: Path) -> None:
    done = avis("new", cwd=tmp_path)
    assert done.returncode == 2 and "CLI-007" in done.stderr
