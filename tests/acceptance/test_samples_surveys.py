"""Real forms and exports that nobody of this project wrote; expected values were computed elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from avis.errors import Problems
from avis.settings import SurveySource
from avis.sources.surveys.answers import Answers, no_answers
from avis.sources.surveys.exports import open_exports
from avis.sources.surveys.form import Form
from avis.sources.surveys.statuses import settle
from avis.sources.surveys.tools import read_responses
from avis.sources.surveys.wave import read_wave
from avis.sources.surveys.xlsform import read_form

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared/samples is absent")

EXPORTS = [
    f"{words}_{shape}.csv"
    for words in ("xml", "English", "Esperanto")
    for shape in ("both", "details", "summary")
]


def read_answers(form: Form, path: Path, name: str, problems: Problems, person: str = "") -> Answers:
    """Read one file of answers to a form."""
    responses = read_responses(open_exports([(path, name)], problems), form, person, problems)
    return responses.answers if responses else no_answers()


@pytest.mark.parametrize("export", EXPORTS)
def test_nine_exports_of_one_survey_give_the_same_answers(export: str) -> None:
    folder = SAMPLES / "kobo" / "or_other"
    problems = Problems()
    form = read_form(folder / "form.xlsx", "form.xlsx", problems)
    answers = read_answers(form, folder / export, export, problems)
    assert not problems.items
    values = {name: column.values.fillna("").tolist() for name, column in answers.columns.items()}
    assert values == {
        "fav_emperor": ["other", "augustus", "other"],
        "fav_emperor_other": ["Nero", "", "Marcus Aurelius"],
        "fav_emperors": ["caligula other", "julius tiberius", "julius augustus"],
        "fav_emperors_other": ["Commodus", "", ""],
    }
    chosen = answers.columns["fav_emperors"].chosen
    assert chosen is not None
    assert chosen.sum().to_dict() == {"julius": 2, "augustus": 1, "tiberius": 1, "caligula": 1, "other": 1}
    statuses, against = settle(form, answers)
    assert statuses["fav_emperors"].tolist() == ["answered"] * 3  # a base of 3, not of 6 ticks
    assert statuses["fav_emperor_other"].tolist() == ["answered", "not_asked", "answered"]
    assert not any(cells.any() for cells in against.values())
    assert answers.records["version"].tolist() == ["romev1"] * 3


def test_a_workbook_with_a_spaced_header_and_an_extra_choice_column() -> None:
    problems = Problems()
    form = read_form(SAMPLES / "xlsform" / "or_other.xlsx", "or_other.xlsx", problems)
    assert [item.code for item in problems] == ["SRC-247"]  # a choice filter, which changes no answer
    questions = form.questions[form.questions["role"] == "question"]
    assert questions["type"].tolist() == ["select_one", "select_one"]
    assert form.admitted("fav_pastel")["code"].tolist() == ["red", "green", "blue", "mauve", "apricot"]
    assert form.admitted("fav_color")["code"].tolist()[-1] == "other"


def test_a_whole_form_in_one_csv() -> None:
    problems = Problems()
    form = read_form(SAMPLES / "xlsform" / "specify_other.csv", "specify_other.csv", problems)
    assert not problems.items
    assert form.languages == ("en",)
    assert form.admitted("sex")["code"].tolist() == ["male", "female", "other"]
    assert form.questions.set_index("name")["label_en"]["sex"] == "What sex are you?"
    assert form.questions["role"].tolist() == ["question", "specify"]


def test_a_form_of_former_days() -> None:
    problems = Problems()
    form = read_form(SAMPLES / "xlsform" / "widgets.xls", "widgets.xls", problems)
    assert not problems.items
    assert len(form.questions) == 32  # 40 rows, of which 8 begin or end a group
    lists = form.choices.groupby("list", sort=False).size().to_dict()
    assert lists == {"list": 4, "list2": 8, "yes_no": 2, "a_b": 2, "happy_sad": 2}
    types = form.questions.set_index("name")["type"]
    assert types[["my_string", "my_int", "my_select", "my_select1", "my_trigger"]].tolist() == [
        *("text", "integer", "select_multiple", "select_one", "acknowledge")
    ]
    assert form.admitted("my_select1")["code"].tolist() == [str(n) for n in range(1, 9)]
    assert form.questions.set_index("name")["path"]["table_list_1"] == "table_list_test/table_list_1"


@pytest.mark.parametrize("export", ["xml.xlsx", "labels.xlsx"])
def test_a_repeat_on_another_sheet_hangs_on_its_record(export: str) -> None:
    folder = SAMPLES / "kobo" / "grouped_repeatable"
    problems = Problems()
    form = read_form(folder / "form.xlsx", "form.xlsx", problems)
    source = SurveySource(id="menages", file=export)
    survey = read_wave([(folder / export, export)], form, source, (), problems)
    assert not problems.items
    assert len(survey.records) == 6
    assert survey.values["household_location"].tolist()[0] == "montreal"
    (members,) = survey.repeats.values()
    assert list(survey.repeats) == ["household_visit/houshold_member_repeat"]
    assert len(members.records) == 13
    assert members.records["parent"].isin(survey.records["id"]).all()
    sizes = members.records.groupby("parent", sort=False).size()
    assert sizes.reindex(survey.records["id"]).tolist() == [1, 2, 1, 2, 2, 5]
    assert members.records["index"].tolist() == [1, 1, 2, 1, 1, 2, 1, 2, 1, 2, 3, 4, 5]
    assert members.values["household_member_name"].tolist()[:3] == ["peter", "kyle", "linda"]
    assert set(members.statuses["household_member_name"]) == {"answered"}
