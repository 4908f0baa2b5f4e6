"""Real LimeSurvey forms that nobody of this project wrote; expected values were computed elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from avis.errors import Problems
from avis.sources.surveys.exports import open_exports
from avis.sources.surveys.form import Form
from avis.sources.surveys.forms import read_any_form
from avis.sources.surveys.tools import read_responses

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples" / "limesurvey"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared/samples is absent")


def read(name: str) -> Form:
    problems = Problems()
    form = read_any_form(SAMPLES / name, name, problems)
    assert not problems.items
    return form


def test_boxes_to_tick_and_an_array_of_five_rows() -> None:
    form = read("answers.lss")
    questions = form.questions.set_index("name")
    assert questions.loc["Q01", ["type", "tool_type"]].tolist() == ["select_multiple", "M"]
    assert form.admitted("Q01")["label_en"].tolist() == ["First option", "Second option", "Third option"]
    rows = questions[questions["parent"] == "Q02"]
    assert questions.loc["Q02", ["role", "tool_type"]].tolist() == ["array", "F"]
    assert rows.index.tolist() == [f"Q02_SQ00{n}" for n in range(1, 6)]
    assert rows["path"].tolist() == [f"Q02/SQ00{n}" for n in range(1, 6)]
    assert rows["label_en"].tolist() == ["Color", "Milkiness", "Creaminess", "Mouthfeel", "Aftertaste"]
    for row in rows.index:
        assert form.admitted(row)["code"].tolist() == [f"AO0{n}" for n in range(1, 6)]


def test_two_groups_and_four_types() -> None:
    form = read("survey.lss")
    assert form.questions[["name", "tool_type"]].to_numpy().tolist() == [
        ["G01Q01", "T"],
        ["G01Q02", "5"],
        ["G02Q03", "|"],
        ["G02Q04", "Y"],
    ]
    assert form.questions["label_en"].tolist()[0] == "Text for first question"  # without its HTML
    assert form.admitted("G01Q02")["code"].tolist() == ["1", "2", "3", "4", "5"]
    assert form.languages == ("en",)
    # The sample holds its administrator's address.
    shown = form.questions.to_csv() + form.choices.to_csv() + repr(form) + str(dict(form.spellings))
    assert "@" not in shown


def test_a_form_alone_is_a_survey_without_answers() -> None:
    problems = Problems()
    exports = open_exports([(SAMPLES / "survey.lss", "survey.lss")], problems)
    found = read_responses(exports, None, "", problems)
    assert found is not None
    assert (found.tool, len(found.form.questions), len(found.answers.records)) == ("LimeSurvey", 4, 0)
    assert not problems.items
