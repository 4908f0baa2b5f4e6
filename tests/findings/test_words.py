"""What the two rooms say stands in both languages, with the same keys and the same facts."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from avis.i18n import words


def leaves(table: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{path}.{name}")
        else:
            yield f"{path}.{name}", value


@pytest.mark.parametrize("room", ["findings", "disclosure"])
def test_both_languages_say_the_same_things_with_the_same_facts(room: str) -> None:
    french, english = (dict(leaves(words(room, lang))) for lang in ("fr", "en"))
    assert french.keys() == english.keys()
    for key, text in french.items():
        assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)}", english[key])), key


@pytest.mark.parametrize("room", ["findings", "disclosure"])
def test_every_error_says_what_and_what_to_do(room: str) -> None:
    for lang in ("fr", "en"):
        for code, entry in words(room, lang)["errors"].items():
            assert entry["what"] and entry["do"], code


@pytest.mark.parametrize("room", ["findings", "disclosure"])
def test_french_has_its_spaces_and_quotes(room: str) -> None:
    for key, text in leaves(words(room, "fr")):
        assert not re.search(r" [;:!?%»]|« |\w'\w", text), key
