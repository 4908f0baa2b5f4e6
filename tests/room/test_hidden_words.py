"""Words that their author took back, suspended or has just changed: nobody brings them before the room."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from table import Table, make_evaluation

from avis.evaluation import Evaluation

WORDS: dict[str, Any] = {"language": "fr", "confirmed": True}


@pytest.fixture
def evaluation(tmp_path: Path) -> Evaluation:
    return make_evaluation(tmp_path)


@pytest.fixture
def table(evaluation: Evaluation) -> Table:
    return Table(evaluation).begin()


@pytest.fixture
def code(table: Table) -> str:
    """The code of a text that everybody has seen."""
    code = str(table.propose("Ouvrir la grange.").given["code"])
    table.lead("show", what="texts", items=["s1"])
    return code


def amend(table: Table, text: str = "Ouvrir la grange le soir.") -> str:
    return str(table.phone("b", "amend", item="s1", text=text, **WORDS).given["code"])


def kept(evaluation: Evaluation) -> str:
    files = (path for path in evaluation.folders.root.rglob("*") if path.is_file())
    return "".join(path.read_text(encoding="utf-8") for path in files)


def test_an_amendment_that_was_reworded_goes_with_the_text_whose_words_it_repeats(
    table: Table, code: str, evaluation: Evaluation
) -> None:
    changed = {"code": amend(table), "text": "Ouvrir la grange le dimanche."}
    assert table.phone("b", "change", **changed, **WORDS).ok
    assert table.phone("a", "withdraw", code=code, confirmed=True).ok
    assert "grange" not in kept(evaluation)


def test_an_amendment_that_its_author_suspended_does_not_come_back_as_a_text_of_its_own(
    table: Table, code: str
) -> None:
    hers = amend(table)
    assert table.phone("b", "suspend", code=hers).ok
    decided = {"item": "s1", "amendment": "s1-a1"}
    assert table.lead("reject_amendment", **decided).ok
    assert table.lead("stand_alone", **decided).code == "SAL-025"
    assert table.phone("b", "resume", code=hers).ok
    assert table.lead("stand_alone", **decided).ok
