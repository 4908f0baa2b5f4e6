"""The command line as an evaluator types it: words in her language, exit statuses, nothing half done."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def avis(*arguments: str, cwd: Path, lang: str = "fr") -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"AVIS_LANG": lang, "AVIS_AS_OF": "2026-01-01"}
    environment.pop("AVIS_BUILD", None)
    command = [sys.executable, "-m", "avis.cli", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def test_help_speaks_the_users_language(tmp_path: Path) -> None:
    french, english = (avis("--help", cwd=tmp_path, lang=lang).stdout for lang in ("fr", "en"))
    assert "commencer une évaluation" in french and "positional" not in french
    assert "start an evaluation" in english


@pytest.mark.parametrize("arguments", [(), ("danser",), ("build", "--lang", "de"), ("build", "--jobs", "0")])
def test_wrong_use_is_status_two_with_words(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = avis(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "avis --help" in done.stderr


def test_a_folder_without_an_evaluation_is_said(tmp_path: Path) -> None:
    for arguments in (("check",), ("build",), ("build", "rien")):
        done = avis(*arguments, cwd=tmp_path)
        assert done.returncode == 2
        assert "evaluations/" in done.stderr


def test_in_a_folder_of_evaluations_all_are_checked_without_a_name(tmp_path: Path) -> None:
    for slug in ("un-projet", "autre-projet"):
        assert avis("new", slug, cwd=tmp_path).returncode == 0
    checked = avis("check", cwd=tmp_path)
    assert checked.returncode == 0, checked.stderr
    assert "un-projet" in checked.stdout and "autre-projet" in checked.stdout


def test_a_new_evaluation_has_no_problem_and_keeps_its_sources_out_of_git(tmp_path: Path) -> None:
    made = avis("new", "mon-essai", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert "*" in (tmp_path / "mon-essai" / ".gitignore").read_text(encoding="utf-8").splitlines()
    checked = avis("check", "mon-essai", cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout
    assert "0 problème" in checked.stdout


@pytest.mark.parametrize("name", ["Mon Essai", "../ailleurs", "é", "-x", ""])
def test_a_name_that_makes_no_good_folder_is_refused(name: str, tmp_path: Path) -> None:
    done = avis("new", "--", name, cwd=tmp_path)
    assert done.returncode == 2
    assert "CLI-003" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_new_never_writes_over_what_exists(tmp_path: Path) -> None:
    (tmp_path / "deja").mkdir()
    (tmp_path / "deja" / "precieux.txt").write_text("x")
    done = avis("new", "deja", cwd=tmp_path)
    assert done.returncode == 2 and "CLI-004" in done.stderr
    assert [path.name for path in (tmp_path / "deja").iterdir()] == ["precieux.txt"]


def test_check_gives_json_with_places(tmp_path: Path) -> None:
    avis("new", "essai", cwd=tmp_path)
    file = tmp_path / "essai" / "evaluation.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("status: running", "status: runing"), encoding="utf-8"
    )
    done = avis("check", "essai", "--json", cwd=tmp_path, lang="en")
    assert done.returncode == 1
    problem = json.loads(done.stdout)["essai"][0]
    assert problem["code"] == "EVA-013"
    assert problem["file"] == "evaluation.yaml" and problem["line"] > 0
    assert "Did you mean “running”?" in problem["message"]


def test_doctor_finds_this_machine_fit(tmp_path: Path) -> None:
    done = avis("doctor", cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "✗" not in done.stdout


def test_doctor_warns_of_a_synchronised_folder(tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive" / "projets"
    folder.mkdir(parents=True)
    done = avis("doctor", cwd=folder)
    assert done.returncode == 1
    assert "OneDrive" in done.stdout
