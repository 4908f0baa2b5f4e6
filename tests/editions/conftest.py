"""What the tests of editions share: the fictional evaluation, as if nothing had gone out yet."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

EXEMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AVIS_AS_OF", "2026-01-01")
    monkeypatch.setenv("AVIS_LANG", "fr")
    monkeypatch.delenv("AVIS_BUILD", raising=False)
    ignored = shutil.ignore_patterns("build", "publications", "registre*", "revue.yaml")
    return Path(shutil.copytree(EXEMPLE, tmp_path / "exemple", ignore=ignored))
