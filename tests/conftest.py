"""What all rooms' tests share: a real browser, or a visible skip; the fictional evaluation, protected."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from avis.steps.protection import Shielded

# A busy machine is no fault of a property: what takes long is measured by `make bench`. CI tries the same
# examples each time, so that a red run tells of the change; other runs go on looking for new ones.
settings.register_profile(
    "avis",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("avis")

collect_ignore_glob = ["*/conftest.py"]
"""They hold no examples to run, and bear one name: two folders could not be given to one command."""

EXEMPLE = Path(__file__).parents[1] / "evaluations" / "exemple-fictif"
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


def find_chromium() -> str:
    """Give the path of a Chromium: `AVIS_CHROMIUM`, the usual places; empty where there is none."""
    named = os.environ.get("AVIS_CHROMIUM", "")
    places = (named, "/usr/bin/chromium", shutil.which("chromium"), shutil.which("google-chrome"))
    return next((place for place in places if place and Path(place).is_file()), "")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium that calls nobody; without one the test is skipped, and fails where `CI` is set."""
    path = find_chromium()
    if not path:
        complaint = "no Chromium: set AVIS_CHROMIUM to one"
        if os.environ.get("CI"):
            pytest.fail(complaint)
        pytest.skip(complaint)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def shielded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shielded]:
    """The tables of the fictional evaluation; while a module uses it, its build folder is one of its own."""
    from avis.steps.protection import protect_together

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AVIS_BUILD", str(tmp_path_factory.mktemp("build")))
        patch.setenv("AVIS_LANG", "fr")
        patch.setenv("AVIS_AS_OF", "2026-01-01")
        yield protect_together(str(EXEMPLE))
