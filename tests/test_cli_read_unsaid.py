"""`avis read`: answers are never printed, files left unread are named, no run leaves half a folder."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from avis.cli.read import named
from avis.errors import AvisError, Place, Problems, problem, tell
from avis.files.headernames import is_data, safe_header
from avis.sources.reading.loose import read_files
from avis.sources.reading.model import Reading
from avis.sources.reading.written import write_reading

PERSON = ("Zébulonne", "0612345678", "zeb@example.org")
HEADLESS = "Zébulonne;oui;0612345678;zeb@example.org\nAda;oui;0612345679;ada@example.org\n" * 2
SATISFIED = "code;avis\nA1;Très satisfait\nA2;Satisfait\nA3;Insatisfait\nA4;Très insatisfait\n" * 3
FORM = "survey;type;name;label\n;text;{name};Un mot ?\nchoices;list_name;name;label\n;l;a;A\n"
KOBO = "un;_id;_uuid;_submission_time\nbus;1;a;2024-01-01\n"


def avis(*arguments: str | bytes | Path, cwd: Path, **more: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "avis.cli", "read", *arguments]
    environment = os.environ | {"AVIS_LANG": "fr"} | more
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, check=False)


def test_the_first_answer_of_a_file_without_a_header_is_shown_nowhere(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(HEADLESS, encoding="utf-8")
    for more in ([], ["--json"], ["--as", "activities"], ["--as", "survey"], ["--form", "f.csv"]):
        (tmp_path / "f.csv").write_text(FORM.format(name="un"), encoding="utf-8")
        done = avis("x.csv", *more, "--out", "lu", cwd=tmp_path)
        said = (done.stdout + done.stderr + (tmp_path / "lu" / "lecture.json").read_bytes()).decode()
        assert not [word for word in PERSON if word in said], more
        assert "SRC-413" in said and "Traceback" not in said
    assert "colonne 3" in avis("x.csv", cwd=tmp_path).stdout.decode()


@pytest.mark.parametrize(
    "text", ["a@b.org", "06 12 34 56 78", "+33612345678", "192.168.0.1", "Tél 0612345678", "x" * 301]
)
def test_a_value_is_never_the_name_of_a_column(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVIS_LANG", "fr")
    assert safe_header(text, 4) == "colonne 4"


@pytest.mark.parametrize(
    "text", ["2024", "2024-01-15", "15/01/2024", "Avez-vous 3 enfants ?", "x" * 300, "1"]
)
def test_a_name_stays_as_it_is(text: str) -> None:
    assert safe_header(text, 4) == text


def test_a_header_is_no_data_where_a_word_or_two_come_back() -> None:
    below = [["A2", "oui", "x"], ["A3", "non", "vient"]]
    assert not is_data(["code", "oui", "autre"], below)
    assert is_data(["A3", "oui", "z"], [*below, ["A3", "oui", "y"]])


def test_words_of_answers_stand_in_no_proposal_that_is_printed(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(SATISFIED, encoding="utf-8")
    done = avis("x.csv", "--out", "lu", cwd=tmp_path)
    asked = avis("x.csv", "--json", cwd=tmp_path)
    summary = (tmp_path / "lu" / "lecture.json").read_bytes()
    said = (done.stdout + asked.stdout + summary).decode()
    assert "atisfait" not in said
    (reading,) = json.loads(summary)["readings"]
    assert "codebook.csv" in reading["proposed"]
    assert "satisfait" in (tmp_path / "lu" / "codebook.csv").read_text(encoding="utf-8")
    for path in (tmp_path / "lu").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text elsewhere")
def test_a_file_whose_name_is_no_text_is_read_on_a_terminal_that_knows_little(tmp_path: Path) -> None:
    name = b"r\xe9.csv"
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(SATISFIED, encoding="utf-8")
    done = avis(name, "--out", "lu", cwd=tmp_path, PYTHONIOENCODING="latin-1")
    assert b"Traceback" not in done.stderr and done.returncode == 0, done.stderr
    assert (tmp_path / "lu" / "lecture.json").is_file()


def test_names_that_steer_a_terminal_are_shown_without_their_commands() -> None:
    assert named(["a\x1b[2J\u202eb.csv"])[0][1] == "a\ufffd[2Jb.csv"


def test_a_run_that_fails_changes_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[pd.DataFrame]:
        raise OSError
        yield pd.DataFrame()

    fine = Reading("activities", "", (), tables={"activities": lambda: []})
    failing = Reading("notes", "", (), tables={"meetings": lambda: [], "segments": broken})
    folder = tmp_path / "lu"
    write_reading([fine], {"run": 1}, folder)
    with pytest.raises(AvisError):
        write_reading([failing], {"run": 2}, folder)
    assert sorted(path.name for path in folder.iterdir()) == ["activities.csv", "lecture.json"]
    assert json.loads((folder / "lecture.json").read_text())["run"] == 1
    with pytest.raises(AvisError):
        write_reading([failing], {}, tmp_path / "neuf")
    write_reading([fine], {}, tmp_path / "neuf")
    assert (tmp_path / "neuf" / "activities.csv").is_file()


def codes(tmp_path: Path, *files: str) -> tuple[list[Reading], set[tuple[str, str]]]:
    problems = Problems()
    readings = read_files([(tmp_path / name, name) for name in files], problems)
    return readings, {(item.code, item.place.file) for item in problems.errors}


def test_two_forms_stop_only_what_needs_one(tmp_path: Path) -> None:
    log = "date;type;participants\n15/01/2024;atelier;9\n"
    for name, text in {"k.csv": KOBO, "log.csv": log}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name in ("un", "deux"):
        (tmp_path / f"{name}.csv").write_text(FORM.format(name=name), encoding="utf-8")
    readings, errors = codes(tmp_path, "k.csv", "log.csv", "un.csv", "deux.csv")
    assert [reading.kind for reading in readings] == ["activities"]
    assert errors == {("SRC-401", "deux.csv"), ("SRC-404", "k.csv")}


def test_answers_of_another_tool_are_named_and_not_read_along(tmp_path: Path) -> None:
    google = "Horodateur,Votre avis ?\n2024/01/15 10:00:00 AM UTC+1,bien\n"
    (tmp_path / "a.csv").write_text(google, encoding="utf-8")
    (tmp_path / "b.csv").write_text(SATISFIED, encoding="utf-8")
    readings, errors = codes(tmp_path, "a.csv", "b.csv")
    assert ("SRC-402", "b.csv") in errors
    assert [facts.name for reading in readings for facts in reading.files] == ["a.csv"]
    assert readings[0].counts["records"] == 1


@pytest.mark.parametrize(("lines", "words"), [(7, "et 1 autre"), (8, "et 2 autres")])
def test_one_more_is_said_in_the_singular(lines: int, words: str) -> None:
    rows = [problem("EVA-012", Place("a.yaml", line=n + 1), admitted="oui") for n in range(lines)]
    said = tell(rows, "fr")
    assert words in said and ("autres" in said) == (lines > 7)
