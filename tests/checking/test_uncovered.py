"""`avis check` says which criterion has no evidence, which tag names nothing, which code has ended."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from avis.checking.check import check
from avis.errors import Problems, tell
from avis.folders import Folders

EXAMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLE, tmp_path / "copie", ignore=shutil.ignore_patterns("build"))
    return tmp_path / "copie"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def checked(folder: Path) -> tuple[list[tuple[str, str, int]], Problems]:
    problems = check(Folders(folder))
    mine = ("FIN-040", "FIN-041", "FIN-042")
    return [(one.code, one.place.file, one.place.line) for one in problems if one.code in mine], problems


def test_the_example_answers_all_that_it_was_asked(copy: Path) -> None:
    assert checked(copy)[0] == []


def test_a_criterion_that_nothing_answers_is_told_with_who_asks_it(copy: Path) -> None:
    change(copy / "evaluation.yaml", "tags: [relevance, effectiveness]", "tags: [impact, effectiveness]")
    change(copy / "evaluation.yaml", "  attente: [efficiency]", "  attente: [efficiency]\n  r1: [relevance]")
    found, problems = checked(copy)
    assert [code for code, *_ in found] == ["FIN-040"]
    assert "impact\u00a0» est demandé (q1)" in tell(problems, "fr")
    assert "“impact” is asked for (q1)" in tell(problems, "en")


def test_a_tag_of_something_that_does_not_exist_is_told_on_its_line(copy: Path) -> None:
    change(copy / "evaluation.yaml", "  attente: [efficiency]", "  atente: [efficiency]")
    found, problems = checked(copy)
    assert [(code, file) for code, file, _ in found] == [("FIN-041", "evaluation.yaml")]
    lines = (copy / "evaluation.yaml").read_text(encoding="utf-8").splitlines()
    assert lines[found[0][2] - 1].strip().startswith("atente")
    assert "attente" in tell([one for one in problems if one.code == "FIN-041"], "fr")


def test_paragraphs_that_bear_a_retired_code_are_counted(copy: Path) -> None:
    book = copy / "codebook.yaml"
    book.write_text(
        book.read_text(encoding="utf-8").rstrip("\n")
        + "\n    history: [{on: 2024-12-01, change: retired, reason: {fr: Trop large.}}]\n",
        encoding="utf-8",
    )
    found, problems = checked(copy)
    assert [code for code, *_ in found] == ["FIN-042"]
    assert "« entraide » : 11." in tell(problems, "fr").replace("\u202f", " ").replace("\u00a0", " ")
