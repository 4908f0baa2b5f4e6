"""The impact assessment and the register's sheet: begun from what is known, people's words untouched."""

from __future__ import annotations

from pathlib import Path

import pytest

from avis.checking.check import check
from avis.cli import main
from avis.errors import Problem, tell
from avis.evaluation import open_evaluation
from avis.folders import Folders
from avis.rights.assessment import FOLDER, SIGNS, compose
from avis.skeleton import create

EXAMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("AVIS_BUILD", raising=False)
    monkeypatch.setenv("AVIS_LANG", "fr")
    monkeypatch.setenv("AVIS_AS_OF", "2026-01-01")
    return create("essai", tmp_path)


def told(folder: Path, *codes: str) -> list[Problem]:
    return [item for item in check(Folders(folder)) if item.code in codes]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_new_evaluation_has_both_drafts_and_is_told_how_many_blanks_each_holds(folder: Path) -> None:
    found = told(folder, "RIG-050", "RIG-051", "RIG-052")
    assert [(item.code, item.place.file) for item in found] == [
        ("RIG-051", "protection/aipd.md"),
        ("RIG-051", "protection/registre.md"),
    ]
    for item in found:
        lines = (folder / item.place.file).read_text("utf-8").splitlines()
        blanks = [number for number, line in enumerate(lines, 1) if SIGNS["fr"] in line]
        assert dict(item.facts)["n"] == len(blanks) and item.place.line == blanks[0]


def test_a_draft_without_a_blank_is_told_no_more(folder: Path) -> None:
    path = folder / FOLDER / "aipd.md"
    change(path, SIGNS["fr"], "fait")
    assert [item.place.file for item in told(folder, "RIG-051")] == ["protection/registre.md"]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("minors: none", "minors: some", "l’âge des personnes"),
        ("disclosure: {threshold: 11}", "disclosure: {threshold: 20}", "le seuil"),
        ("end: 2024-12", "end: 2025-12", "la fin de la période"),
        ("minors: none", "retention: [{what: notes, months: 24}]\nminors: none", "les durées de garde"),
    ],
)
def test_what_contradicts_a_draft_is_told_with_the_lines_that_are_right(
    folder: Path, old: str, new: str, what: str
) -> None:
    for name in ("aipd.md", "registre.md"):
        change(folder / FOLDER / name, SIGNS["fr"], "fait")
    change(folder / "evaluation.yaml", old, new)
    found = told(folder, "RIG-052", "RIG-054")
    assert [item.code for item in found] == ["RIG-052"]  # once for both
    assert what in tell(found, "fr") and "avis assess" not in tell(found, "fr")
    assert all(f"protection/{name}" in tell(found, "fr") for name in ("aipd.md", "registre.md"))
    lines = str(dict(found[0].facts)["told"])
    for name in ("aipd.md", "registre.md"):  # whoever does what it says is told no more
        path, key = folder / FOLDER / name, lines.partition(":")[0]
        kept = [
            lines.strip() if line.startswith(f"{key}:") else line
            for line in path.read_text("utf-8").splitlines()
        ]
        path.write_text("\n".join(kept), encoding="utf-8")
    assert told(folder, "RIG-052") == []


def test_drafts_in_which_nobody_wrote_are_said_to_be_made_again_and_then_told_no_more(folder: Path) -> None:
    change(folder / FOLDER / "aipd.md", "## 2. Le but", "## 2. Le but, selon nous")
    change(folder / "evaluation.yaml", "minors: none", "minors: all")
    found = told(folder, "RIG-052", "RIG-054")
    assert {item.code: item.place.file for item in found} == {
        "RIG-052": "protection/aipd.md",
        "RIG-054": "protection/registre.md",
    }
    assert main(["assess", str(folder)]) == 0
    assert [item.code for item in told(folder, "RIG-052", "RIG-054")] == ["RIG-052"]


def test_what_people_wrote_is_never_touched_and_what_nobody_wrote_is_made_again(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written, other = folder / FOLDER / "aipd.md", folder / FOLDER / "registre.md"
    change(written, "## 2. Le but", "## 2. Le but, selon nous")
    before = written.read_bytes()
    change(folder / "evaluation.yaml", "minors: none", "minors: all")
    assert main(["assess", str(folder)]) == 0
    assert written.read_bytes() == before
    assert "minors: all" in other.read_text("utf-8")
    assert "laissé tel quel : protection/aipd.md" in capsys.readouterr().out


def test_a_draft_that_is_missing_is_asked_for_where_people_are_real(folder: Path) -> None:
    (folder / FOLDER / "aipd.md").unlink()
    assert told(folder, "RIG-050") == []
    change(folder / "evaluation.yaml", "  fictional: true ", "  # ")
    assert [item.place.file for item in told(folder, "RIG-050")] == ["protection/aipd.md"]


def test_a_draft_whose_first_lines_are_gone_is_told(folder: Path) -> None:
    path = folder / FOLDER / "registre.md"
    path.write_text("# Fiche\n\nTout est écrit.\n", encoding="utf-8")
    assert [item.place.file for item in told(folder, "RIG-053")] == ["protection/registre.md"]


def test_what_evaluation_yaml_says_stands_in_the_draft_and_leaves_no_blank(folder: Path) -> None:
    change(
        folder / "evaluation.yaml",
        "minors: none",
        'processing: {purpose: {fr: "Savoir si l’accueil aide"}, risks: [{fr: aucun autre}]}\nminors: none',
    )
    before, opened = (folder / FOLDER / "aipd.md").read_text("utf-8"), open_evaluation(folder)
    after = compose(opened, "aipd", "fr")
    assert "Savoir si l’accueil aide" in after and "aucun autre" in after
    assert after.count(SIGNS["fr"]) == before.count(SIGNS["fr"]) - 2


def test_the_example_is_filled_in_says_that_it_is_invented_and_is_clean() -> None:
    found = [item for item in check(Folders(EXAMPLE)) if item.code.startswith("RIG")]
    assert not found, tell(found)
    for name in ("aipd.md", "aipd.en.md", "registre.md", "registre.en.md"):
        text = (EXAMPLE / FOLDER / name).read_text("utf-8")
        assert "inventé" in text or "invented" in text
