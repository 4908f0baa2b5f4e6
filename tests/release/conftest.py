"""One build of the fictional evaluation, read by two people, for all tests of releases."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from avis.cli import main

EXEMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"
AS_OF = "2026-01-01"


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Where the fictional evaluation was built, and a copy to put it back from.

    A build knows where it was made: elsewhere all notebooks would run again.
    """
    folder = tmp_path_factory.mktemp("released") / "exemple-fictif"
    kept = tmp_path_factory.mktemp("kept") / "exemple-fictif"
    ignored = shutil.ignore_patterns("build", "publications", "registre*", "revue.yaml")
    shutil.copytree(EXEMPLE, folder, ignore=ignored)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AVIS_AS_OF", AS_OF)
        patch.delenv("AVIS_BUILD", raising=False)
        assert main(["build", str(folder), "--lang", "all"]) == 0
    shutil.copytree(folder, kept)
    return folder, kept


@pytest.fixture
def exemple(built_once: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The fictional evaluation, built and not yet released, to change at will."""
    monkeypatch.setenv("AVIS_AS_OF", AS_OF)
    monkeypatch.setenv("AVIS_LANG", "fr")
    monkeypatch.delenv("AVIS_BUILD", raising=False)
    folder, kept = built_once
    shutil.rmtree(folder)
    shutil.copytree(kept, folder)
    return folder
