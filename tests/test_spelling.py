"""One list of what yes and no may be, one way to propose a word: every reader uses them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from avis.spelling import NO, TRUTHS, YES, fold, suggest

LIB = Path(__file__).parents[1] / "lib" / "avis"


def test_no_word_is_both_yes_and_no_and_each_is_folded() -> None:
    assert not set(YES) & set(NO)
    assert all(fold(word) == word for word in TRUTHS)


@pytest.mark.parametrize(
    ("word", "known", "hint"),
    [
        ("statu", ["status", "title"], "status"),
        ("Rendez\u2011vous ", ["rendez-vous"], "rendez-vous"),
        ("TRANCHE D'AGE", ["tranche_age", "sexe"], "tranche_age"),
        ("permanance", ["atelier", "permanence"], "permanence"),
        ("zzz", ["atelier"], None),
        ("", ["atelier"], None),
        ("atelier", [], None),
        ("a" * 100_000, ["atelier"], None),
    ],
)
def test_the_nearest_known_word_is_proposed_as_it_is_written(
    word: str, known: list[str], hint: str | None
) -> None:
    assert suggest(word, known) == ({"hint": hint} if hint else {})


def test_no_other_module_looks_for_near_words_or_lists_yes_and_no() -> None:
    mine = re.compile(r"get_close_matches|\"(?:oui|vrai)\",")
    found = [path.name for path in LIB.rglob("*.py") if mine.search(path.read_text(encoding="utf-8"))]
    assert found == ["spelling.py"]
