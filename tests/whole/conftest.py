"""The whole way, in real kernels: one build of each evaluation is shared by all tests of this folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from built import ROOT, Draft, built_drafts


@pytest.fixture(scope="session")
def build_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("build")


@pytest.fixture(scope="session")
def exemple(build_folder: Path) -> dict[str, Draft]:
    return built_drafts("exemple-fictif", build_folder)


@pytest.fixture(scope="session")
def force(build_folder: Path) -> dict[str, Draft]:
    return built_drafts("force-du-groupe", build_folder)


@pytest.fixture(scope="session")
def history(build_folder: Path) -> dict[str, Draft]:
    return built_drafts("history-ourstory", build_folder)


@pytest.fixture
def copy_of_exemple(tmp_path: Path) -> Path:
    """A copy of the fictional evaluation to change at will."""
    copy = tmp_path / "evaluations" / "exemple-fictif"
    shutil.copytree(ROOT / "evaluations" / "exemple-fictif", copy, ignore=shutil.ignore_patterns("build"))
    return copy
