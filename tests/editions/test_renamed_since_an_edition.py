"""A row that was renamed since an edition: drafts are made and say so, an edition waits for the answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_next_edition import hand_over, issue

from avis.cli.build import tell_compared
from avis.errors import Problem, Problems
from avis.evaluation import open_evaluation
from avis.release.ready import prepare

PLAIN = "disclosure: {threshold: 11}"


def rename(folder: Path, old: str, new: str) -> None:
    persons = folder / "sources" / "personnes.csv"
    text = persons.read_text(encoding="utf-8")
    assert f";{old};" in text
    persons.write_text(text.replace(f";{old};", f";{new};"), encoding="utf-8")


def refused(folder: Path) -> list[Problem]:
    problems = Problems()
    prepare(open_evaluation(folder), ("fr",), "public", problems)
    return [item for item in problems.errors if item.code.startswith("DIS-05")]


@pytest.mark.slow
def test_an_edition_waits_until_the_evaluator_says_what_became_of_a_row(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_over(folder)
    issue(folder, "2026-01-01-aaaaaaaa")
    rename(folder, "60+", "aînées")
    first = hand_over(folder)
    assert [item.code for item in first.problems if item.severity == "error"] == []
    tell_compared(open_evaluation(folder))
    told = capsys.readouterr().err
    line = '- {variable: "age_band", value: "ainees", was: ["60+"]}'
    assert "DIS-056" in told and line in told.splitlines()
    (reason,) = refused(folder)
    assert reason.code == "DIS-056" and reason.place.file == "evaluation.yaml" and reason.place.line

    settings = folder / "evaluation.yaml"
    text = settings.read_text(encoding="utf-8")
    assert PLAIN in text
    settings.write_text(text.replace(PLAIN, f"disclosure:\n  formerly:\n    {line}"), encoding="utf-8")
    second = hand_over(folder)
    assert refused(folder) == [] and "DIS-056" not in {item.code for item in second.problems}
    assert second.compared == 0, "in the names of today the edition printed the very same"
