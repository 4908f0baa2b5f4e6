"""The page of messages is what the locale files say today."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from avis.errors import ROOMS

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reference" / "erreurs.md"
CODE = re.compile(r"\b(?:" + "|".join(ROOMS) + r")-\d{3}\b")


@pytest.fixture(scope="module")
def generator() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "docs" / "reference" / "generer.py"))


def test_the_page_of_messages_is_up_to_date(generator: dict[str, Any]) -> None:
    asked = "run .venv/bin/python docs/reference/generer.py"
    assert PAGE.read_text(encoding="utf-8") == generator["page"](), asked


def test_every_room_of_messages_has_a_part_in_the_page(generator: dict[str, Any]) -> None:
    assert set(generator["TITLES"]) == set(ROOMS)


def test_every_code_that_the_workbench_can_say_is_explained() -> None:
    explained = set(re.findall(r"^### (\S+)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    said = set[str]()
    for path in (ROOT / "lib" / "avis").rglob("*.py"):
        said |= set(re.findall(rf'"({CODE.pattern})"', path.read_text(encoding="utf-8")))
    assert said - explained == set()
