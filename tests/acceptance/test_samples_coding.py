"""Projects of coding tools that nobody of this project wrote, against values computed without its code."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from avis.errors import Problems, tell
from avis.sources.coding.codes_model import Coded
from avis.sources.coding.projects import read_project

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "coding"

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared/samples is not here")


def read(name: str) -> tuple[Coded, Problems]:
    problems = Problems()
    coded = read_project(SAMPLES / name, name, problems)
    assert coded is not None
    assert not problems.errors
    return coded, problems


def test_a_project_of_atlas_ti_has_its_users_codes_sets_and_sources() -> None:
    coded, _ = read("TestProject.qdpx")
    facts = {
        name: coded.facts[name] for name in ("users", "codes", "described", "sets", "sources", "codings")
    }
    assert facts == {"users": 3, "codes": 14, "described": 7, "sets": 16, "sources": 12, "codings": 16}
    assert len(coded.codes) == 14
    assert (coded.codes["definition_fr"] != "").sum() == 7
    assert len(coded.notes.meetings) == 12


def test_its_codings_are_counted_by_code() -> None:
    coded, _ = read("TestProject.qdpx")
    assert Counter(coded.notes.codings["theme"]) == {
        "cornflakes": 5,
        "bacon and eggs": 2,
        "happiness": 2,
        "waste of time": 2,
        "Coke::diet Coke": 1,
        "Feelings": 1,
        "milk": 1,
        "serene": 1,
        '"rushed"': 1,
    }


def test_its_missing_texts_are_said_and_its_quotations_kept() -> None:
    coded, problems = read("TestProject.qdpx")
    counts = Counter(item.code for item in problems)
    assert counts["SRC-351"] == 8  # six texts, and the text of two PDF
    assert counts["SRC-352"] == 1
    assert "Oh, that was great. See you tomorrow? Eleven thirty. Mm." in set(coded.notes.segments["text"])


def test_nobody_of_it_is_named() -> None:
    coded, problems = read("TestProject.qdpx")
    tables = (coded.codes, coded.notes.meetings, coded.notes.codings)
    told = (
        " ".join(table.to_csv() for table in tables)
        + tell(problems, "fr")
        + tell(problems, "en")
        + repr(coded)
    )
    assert not any(
        name in told for name in ("Friedrich", "Sebastian", "Markgraf", "Petrausch", "Jeanine", "Simon")
    )


def test_a_list_of_codes_of_qualcoder_has_codes_categories_and_memos() -> None:
    coded, _ = read("qualcoder/plain_codes_categories_for_import.txt")
    rows = coded.codes.set_index("code")
    assert (coded.facts["codes"], coded.facts["categories"]) == (6, 3)
    assert rows["parent"].to_dict() == {
        "cat1": "",
        "cat3": "",
        "cat2": "cat3",
        "code1": "",
        "code2": "cat1",
        "code3": "cat1",
        "code4": "cat2",
        "code5": "cat3",
        "code6": "",
    }
    assert rows.loc[rows["definition_fr"] != "", "definition_fr"].to_dict() == {
        "code1": "A memo for code 1",
        "code4": "another memo",
    }
