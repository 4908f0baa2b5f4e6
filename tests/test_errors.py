"""Messages: whole, in two languages, grouped, and without a person's value."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path
from typing import Any

import pytest

from avis.errors import ROOMS, AvisError, Place, fail, problem, tell

LOCALES = Path(__file__).parents[1] / "lib" / "avis" / "locales"
ROOM_FILES = sorted(path.relative_to(LOCALES / "fr").as_posix() for path in (LOCALES / "fr").rglob("*.toml"))


def leaves(table: dict[str, Any], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        path = f"{prefix}{key}"
        found |= leaves(value, f"{path}.") if isinstance(value, dict) else {path: value}
    return found


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("name", ROOM_FILES)
def test_both_languages_say_the_same_things_with_the_same_facts(name: str) -> None:
    french, english = (
        leaves(tomllib.loads((LOCALES / lang / name).read_text("utf-8"))) for lang in ("fr", "en")
    )
    assert french.keys() == english.keys()
    if name != "cli/common.toml":
        for key in french:
            assert placeholders(french[key]) == placeholders(english[key]), key


def test_every_locale_file_exists_in_both_languages() -> None:
    english = (path.relative_to(LOCALES / "en").as_posix() for path in (LOCALES / "en").rglob("*.toml"))
    assert sorted(english) == ROOM_FILES


def test_no_code_has_words_in_two_files() -> None:
    codes = [
        code
        for name in ROOM_FILES
        for code in tomllib.loads((LOCALES / "fr" / name).read_text("utf-8")).get("errors", {})
    ]
    assert len(codes) == len(set(codes)) > 100


def test_every_code_that_has_words_is_told_somewhere() -> None:
    worded = {
        code
        for name in ROOM_FILES
        for code in tomllib.loads((LOCALES / "fr" / name).read_text("utf-8")).get("errors", {})
    }
    modules = LOCALES.parent.rglob("*.py")
    told = {code for path in modules for code in re.findall(r'"([A-Z]{3}-\d{3})"', path.read_text("utf-8"))}
    assert worded == told


@pytest.mark.parametrize("name", ROOM_FILES)
def test_every_error_says_what_and_what_to_do(name: str) -> None:
    for lang in ("fr", "en"):
        errors = tomllib.loads((LOCALES / lang / name).read_text("utf-8")).get("errors", {})
        for code, entry in errors.items():
            assert entry.get("what") and entry.get("do"), (lang, code)
            assert set(entry) <= {"what", "why", "do", "fate"}, (lang, code)
            assert ROOMS[code[:3]] == name.removesuffix(".toml").split("/")[0], code


def test_problems_that_differ_by_line_alone_are_told_once() -> None:
    rows = [problem("EVA-012", Place("a.yaml", line=n, field="x"), admitted="oui") for n in (9, 2, 30)]
    assert tell(rows, "fr").count("EVA-012") == 1
    assert "lignes 2, 9 et 30" in tell(rows, "fr")


def test_an_error_in_a_notebook_shows_its_message_and_no_traceback() -> None:
    error = fail("EVA-001", Place("evaluations/x"))
    assert isinstance(error, AvisError)
    assert error._render_traceback_() == str(error).splitlines()
    assert "Traceback" not in str(error)
