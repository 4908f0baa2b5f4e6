"""Building: only what is stale, nothing lost on a failure, no data in a message."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from built import ROOT, Draft, drafts, run_avis


def test_nothing_changed_nothing_is_run(exemple: dict[str, Draft], build_folder: Path) -> None:
    done = run_avis("build", "evaluations/exemple-fictif", "--lang", "all", build=build_folder)
    assert done.returncode == 0
    assert "rien n'a changé" in done.stdout
    assert drafts(build_folder / "exemple-fictif").keys() == exemple.keys()


def test_explain_says_what_would_be_made_and_makes_nothing(tmp_path: Path) -> None:
    done = run_avis("build", "evaluations/exemple-fictif", "--explain", build=tmp_path)
    assert "50-avis.public.fr : à refaire (jamais fait)" in done.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_changed_text_rebuilds_the_document_alone(copy_of_exemple: Path, tmp_path: Path) -> None:
    build = tmp_path / "b"
    assert run_avis("build", str(copy_of_exemple), build=build).returncode == 0
    text = sorted((copy_of_exemple / "textes").glob("*.fr.md"))[0]
    text.write_text(text.read_text(encoding="utf-8") + "\nUne phrase de plus.\n", encoding="utf-8")
    told = run_avis("build", str(copy_of_exemple), "--explain", build=build).stdout
    stale = [line for line in told.splitlines() if "à refaire" in line]
    assert [line.split(" ")[0] for line in stale] == ["50-avis.public.fr"]
    assert run_avis("build", str(copy_of_exemple), build=build).returncode == 0
    assert "Une phrase de plus." in drafts(build)["avis.public.fr.html"].text


@pytest.mark.slow
def test_a_failed_build_says_where_and_leaves_the_last_good_drafts(
    copy_of_exemple: Path, tmp_path: Path
) -> None:
    build = tmp_path / "b"
    assert run_avis("build", str(copy_of_exemple), build=build).returncode == 0
    before = {name: draft.data for name, draft in drafts(build).items()}
    text = sorted((copy_of_exemple / "textes").glob("*.fr.md"))[0]
    text.write_text(text.read_text(encoding="utf-8") + "\n{chiffre}`rien-de-tel`\n", encoding="utf-8")
    done = run_avis("build", str(copy_of_exemple), build=build)
    assert done.returncode == 1
    assert "RUN-001 50-avis.ipynb" in done.stderr and text.name in done.stderr
    assert "Traceback" not in done.stderr
    assert {name: draft.data for name, draft in drafts(build).items()} == before


@pytest.mark.slow
def test_a_word_taken_back_leaves_no_draft_even_when_the_build_then_fails(
    copy_of_exemple: Path, tmp_path: Path
) -> None:
    build = tmp_path / "b"
    assert run_avis("build", str(copy_of_exemple), build=build).returncode == 0
    consents = copy_of_exemple / "sources" / "consentements.csv"
    withdrawn, words = withdraw_a_quote(copy_of_exemple)
    assert words in drafts(build)["avis.public.fr.html"].text
    consents.write_text(withdrawn, encoding="utf-8")
    done = run_avis("build", str(copy_of_exemple), build=build)
    assert done.returncode == 1, "a text still calls the quote"
    for path in build.rglob("*"):
        assert not path.is_file() or words not in path.read_text(encoding="utf-8", errors="replace"), path


def withdraw_a_quote(folder: Path) -> tuple[str, str]:
    """Give the ledger in which a quote that a text calls is withdrawn, and the words of that quote."""
    with (folder / "sources" / "consentements.csv").open(encoding="utf-8", newline="") as source:
        reader = csv.DictReader(source, delimiter=";")
        heads, rows = list(reader.fieldnames or ()), list(reader)
    notes, texts = (
        "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob(pattern)))
        for pattern in ("sources/ateliers/*.md", "textes/*.fr.md")
    )
    called = re.search(r"\{parole\}`([^`]+)`", texts)
    assert called
    said = re.search(r"\{#" + called.group(1) + r"\}[^:]*: ([^#\n]*)", notes)
    assert said
    for row in rows:
        if row["contribution"] == called.group(1):
            row["retire_le"] = "2025-06-01"
    out = io.StringIO()
    writer = csv.DictWriter(out, heads, delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue(), said.group(1).strip()


@pytest.mark.slow
def test_bad_data_is_told_without_a_persons_value(copy_of_exemple: Path, tmp_path: Path) -> None:
    log = copy_of_exemple / "sources" / "activites.csv"
    lines = log.read_text(encoding="utf-8").splitlines()
    lines[5] = lines[5].replace(lines[5].split(";")[0], "31/02/2024 Zorglane")
    log.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run_avis("build", str(copy_of_exemple), build=tmp_path / "b")
    assert done.returncode == 1
    assert "activites.csv, ligne 6" in done.stderr
    assert "Zorglane" not in done.stderr + done.stdout


@pytest.mark.slow
def test_two_builds_in_two_time_zones_and_locales_give_the_same_bytes(
    exemple: dict[str, Draft], tmp_path: Path
) -> None:
    os.environ |= {"TZ": "Asia/Tokyo"}
    try:
        done = run_avis("build", "evaluations/exemple-fictif", "--lang", "all", build=tmp_path, lang="en")
    finally:
        del os.environ["TZ"]
    assert done.returncode == 0, done.stderr
    again = drafts(tmp_path / "exemple-fictif")
    assert {name: draft.data for name, draft in again.items()} == {
        name: draft.data for name, draft in exemple.items()
    }


@pytest.mark.slow
def test_plain_papermill_and_nbconvert_make_the_same_documents(
    exemple: dict[str, Draft], tmp_path: Path
) -> None:
    """What a Jupyter user types, from the repository's root, without the command line of avis."""
    environment = os.environ | {
        "AVIS_BUILD": str(tmp_path / "b"),
        "AVIS_LANG": "fr",
        "AVIS_AS_OF": "2026-01-01",
    }
    bin = Path(sys.executable).parent
    names = ("10-activites", "20-questionnaire", "30-ateliers", "40-protection", "50-avis")
    for name in names:
        output = tmp_path / f"{name}.ipynb"
        command = [
            bin / "papermill",
            f"notebooks/{name}.ipynb",
            output,
            "-p",
            "evaluation",
            "evaluations/exemple-fictif",
        ]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    for kind in ("html", "pdf"):
        command = [bin / "jupyter", "nbconvert", "--to", f"avis_{kind}", tmp_path / "50-avis.ipynb"]
        subprocess.run(command, cwd=tmp_path, env=environment, check=True, capture_output=True)
        made = (tmp_path / f"50-avis.{kind}").read_bytes()
        assert made == exemple[f"avis.public.fr.{kind}"].data


@pytest.mark.slow
def test_a_parameter_that_nobody_declared_stops_plain_papermill(tmp_path: Path) -> None:
    papermill = Path(sys.executable).with_name("papermill")
    command = [papermill, "notebooks/40-protection.ipynb", tmp_path / "o.ipynb", "-p", "seuil", "1"]
    environment = os.environ | {"AVIS_BUILD": str(tmp_path / "b"), "AVIS_LANG": "fr"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "RUN-005" in done.stderr and "seuil" in done.stderr
