"""What the tests of people's rights share: a copy of the example that each may change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("AVIS_BUILD", raising=False)
    monkeypatch.setenv("AVIS_LANG", "fr")
    monkeypatch.setenv("AVIS_AS_OF", "2026-01-01")
    copied = tmp_path / "essai"
    shutil.copytree(EXAMPLE, copied, ignore=shutil.ignore_patterns("build", "publications", "generateur"))
    return copied
