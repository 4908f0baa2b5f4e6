"""What `avis check` says of calls: asked without questions, answered too long, agreed for nobody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from avis.checking.calls import check_answers, tell_calls, tell_recipients
from avis.errors import Problem, Problems
from avis.evaluation import Evaluation, check_evaluation
from avis.exhibits import Exhibits, Verdict
from avis.handover.assembling import make_setting
from avis.pipeline.plan import tasks
from avis.sources.method import Method

CALL = """\
  - id: onu
    to: {fr: Rapporteuse}
    recipient: rapporteuse
    asked_by: {fr: le groupe}
    words: 12
    questions: [{id: a1, text: {fr: Quoi ?}, answers: [q1]}]
"""
YAML = """\
title: {fr: Titre}
organisation: {name: Association}
period: {start: 2024-01, end: 2024-12}
status: running
languages: [fr]
documents: [avis, contribution]
request: {by: {fr: ville}, questions: [{id: q1, text: {fr: Quoi ?}}]}
calls:
"""
Make = Callable[..., tuple[Evaluation, Problems]]


@pytest.fixture
def opened(tmp_path: Path) -> Make:
    def make(calls: str = CALL, *changes: tuple[str, str]) -> tuple[Evaluation, Problems]:
        text = YAML + calls
        for before, after in changes:
            assert before in text
            text = text.replace(before, after)
        (tmp_path / "evaluation.yaml").write_text(text, encoding="utf-8")
        problems = Problems()
        found = check_evaluation_of(tmp_path, problems)
        return found, problems

    return make


def check_evaluation_of(root: Path, problems: Problems) -> Evaluation:
    from avis.evaluation import check_rest
    from avis.folders import Folders

    found = check_evaluation(Folders(root), problems)
    return found or check_rest(Folders(root), problems)[0]


def told(opened: Evaluation) -> list[Problem]:
    problems = Problems()
    tell_calls(opened, problems)
    return list(problems)


def test_a_call_that_is_right_is_not_spoken_of(opened: Make) -> None:
    found, problems = opened()
    assert list(problems) == [] and told(found) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (("[{id: a1, text: {fr: Quoi ?}, answers: [q1]}]", "[]"), "EVA-090"),
        (("answers: [q1]", "answers: [q7]"), "EVA-091"),
        (("documents: [avis, contribution]", "documents: [avis]"), "EVA-092"),
        (("    asked_by: {fr: le groupe}\n", ""), "EVA-094"),
    ],
)
def test_each_mistake_has_its_place_and_what_to_do(opened: Make, change: tuple[str, str], code: str) -> None:
    found, _ = opened(CALL, change)
    (item,) = told(found)
    assert item.code == code and item.place.file == "evaluation.yaml" and item.place.line


def test_a_contribution_to_no_call_is_told(opened: Make) -> None:
    found, _ = opened("  []\n")
    assert [item.code for item in told(found)] == ["EVA-093"]


def test_two_calls_of_one_name_and_two_questions_of_one_name_are_refused(opened: Make) -> None:
    twice = CALL.replace("answers: [q1]}]", "answers: [q1]}, {id: a1, text: {fr: Qui ?}}]")
    assert [item.code for item in opened(CALL + CALL)[1].errors] == ["EVA-020"]
    assert [item.code for item in opened(twice)[1].errors] == ["EVA-020"]


def test_a_recipient_that_no_call_names_is_told_and_a_withdrawal_from_one_is_an_error(opened: Make) -> None:
    found, _ = opened()
    blank = dict.fromkeys(("withdrawn_on", "suspended_on"), "")
    rows = [
        blank | {"recipient": "rapporteuse"},
        blank | {"recipient": "onu"},
        blank | {"recipient": ""},
        blank | {"recipient": "raporteuse"},
        blank | {"recipient": "comite", "withdrawn_on": "2024-02-01"},
    ]
    consents, problems = pd.DataFrame(rows).assign(file="c.csv", row=range(2, 7)), Problems()
    tell_recipients(found, consents, problems)
    assert [(item.code, item.place.line) for item in problems] == [("CON-032", 5), ("CON-033", 6)]


def answers(found: Evaluation, root: Path, text: str) -> Problems:
    (root / "textes").mkdir(exist_ok=True)
    (root / "textes" / "a.fr.md").write_text(f"---\nplace: appel:onu:a1\n---\n{text}\n", encoding="utf-8")
    verdict = Verdict(passed=True, threshold=11, cells=0, hidden=0, checks={})
    setting = make_setting("x", found.settings, Method())
    held = Exhibits(setting=setting, sources=(), exhibits=(), verdict=verdict)
    return check_answers(found, "fr", held, True, ())


def test_an_answer_that_is_too_long_is_an_error_with_both_numbers(opened: Make, tmp_path: Path) -> None:
    found, _ = opened(CALL, ("words: 12", "words: 20"))
    assert list(answers(found, tmp_path, "Court.")) == []
    (item,) = answers(found, tmp_path, "Un mot, et encore un mot, et encore un autre mot.")
    facts = dict(item.facts)
    assert item.code == "DOC-040" and facts["most"] == "20" and int(str(facts["words"])) > 20


def test_an_answer_goes_to_the_audience_of_its_call_whatever_is_asked_for(opened: Make) -> None:
    found, _ = opened(CALL + CALL.replace("id: onu", "id: ville\n    confidentiality: public"))

    def stems(audience: str = "") -> set[str]:
        planned = tasks(found.settings, ["avis", "contribution"], ["fr"], audience)
        return {task.stem for task in planned if task.step.document}

    answers = {"contribution-onu.recipient.fr", "contribution-ville.public.fr"}
    assert stems() == {"avis.public.fr", *answers}
    assert stems("public") == {"avis.public.fr", "contribution-ville.public.fr"}
    assert stems("recipient") == {"contribution-onu.recipient.fr"}
    assert stems("members") == {"avis.members.fr"}
