"""Protection by itself: what is missing or stale is counted again before anything is sealed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from avis.steps.protection import protect_together

EXAMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AVIS_BUILD", str(tmp_path / "build"))
    monkeypatch.setenv("AVIS_AS_OF", "2026-01-01")
    folder = tmp_path / "exemple-fictif"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("build"))
    return folder


def appointments(folder: Path) -> float | None:
    tables = protect_together(str(folder)).tables
    return next(table.cells[0].n for table in tables if table.id == "rendez-vous")


def test_counts_that_were_never_made_are_made(copy: Path) -> None:
    shielded = protect_together(str(copy))
    assert len(shielded.tables) > 20
    assert {item.kind for item in shielded.sources} >= {"activities", "survey", "notes"}


def test_counts_whose_source_changed_are_made_again(copy: Path) -> None:
    before = appointments(copy)
    log = copy / "sources" / "activites.csv"
    lines = log.read_text(encoding="utf-8").splitlines()
    kept = [line for number, line in enumerate(lines) if number == 0 or number % 2]
    log.write_text("\n".join(kept) + "\n", encoding="utf-8")
    after = appointments(copy)
    assert before is not None and after is not None
    assert 0 < after < before
