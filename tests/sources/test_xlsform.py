"""Forms: real ones break rules; only what has no meaning is refused, with its row."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import xlsxwriter

from avis.errors import Problems, tell
from avis.sources.surveys.form import Form
from avis.sources.surveys.verdict import pyxform_verdict
from avis.sources.surveys.xlsform import read_form

Rows = list[list[str]]


def read(folder: Path, survey: Rows, choices: Rows | None = None, **others: Rows) -> tuple[Form, Problems]:
    """Write a workbook and read it as a form."""
    path = folder / "form.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, rows in {"survey": survey, "choices": choices or [], **others}.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    problems = Problems()
    return read_form(path, "form.xlsx", problems), problems


def codes(problems: Problems) -> list[tuple[str, int]]:
    return [(item.code, item.place.line) for item in problems]


YES_NO = [["list_name", "name", "label"], ["yn", "yes", "Oui"], ["yn", "no", "Non"]]


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("label", "label_fr"),
        ("label::French (fr)", "label_fr"),
        ("Label::Français (fr)", "label_fr"),
        ("label::fr", "label_fr"),
        ("label:French", "label_fr"),
        ("label : English", "label_en"),
        ("label::English (en)", "label_en"),
        ("LABEL::en", "label_en"),
        ("label::Esperanto (eo)", "label_eo"),
    ],
)
def test_a_label_finds_its_language_however_its_header_is_spelled(
    tmp_path: Path, header: str, column: str
) -> None:
    form, problems = read(tmp_path, [["Type", "NAME", header], ["text", "q", "Mots"]])
    assert form.questions[column].tolist() == ["Mots"]
    assert not problems.items


def test_types_of_today_and_of_former_days_mean_the_same(tmp_path: Path) -> None:
    spelled = {
        "select_one yn": "select_one",
        "select one from yn": "select_one",
        "select1 yn": "select_one",
        "select_multiple yn": "select_multiple",
        "select_multiple  yn": "select_multiple",
        "select all that apply from yn": "select_multiple",
        "select yn": "select_multiple",
        "string": "text",
        "int": "integer",
        "INTEGER": "integer",
        "note": "note",
        "calculate": "calculate",
    }
    rows = [["type", "name"], *([cell, f"q{n}"] for n, cell in enumerate(spelled))]
    form, problems = read(tmp_path, rows, YES_NO)
    assert form.questions["type"].tolist() == list(spelled.values())
    assert not problems.items


def test_groups_give_the_path_and_their_conditions_hold_together(tmp_path: Path) -> None:
    survey = [
        ["type", "name", "relevant"],
        ["begin group", "g", "${a} = 1"],
        ["begin_group", "h", ""],
        ["text", "q", "${b} = 2"],
        ["end_group", "", ""],
        ["end group", "", ""],
        ["integer", "a", ""],
        ["integer", "b", ""],
    ]
    form, problems = read(tmp_path, survey)
    assert form.questions["path"].tolist() == ["g/h/q", "a", "b"]
    assert form.questions["relevance"].tolist() == ["(${a} = 1) and (${b} = 2)", "", ""]
    assert not problems.items


def test_or_other_adds_a_choice_for_its_own_question_only_and_a_text_linked_to_it(tmp_path: Path) -> None:
    survey = [["type", "name"], ["select_one yn or_other", "q"], ["select_one yn", "r"]]
    form, _ = read(tmp_path, survey, YES_NO)
    assert form.admitted("q")["code"].tolist() == ["yes", "no", "other"]
    assert form.admitted("r")["code"].tolist() == ["yes", "no"]
    specify = form.questions[form.questions["role"] == "specify"]
    assert specify[["name", "parent"]].to_numpy().tolist() == [["q_other", "q"]]


def test_a_declared_text_asked_of_other_is_a_specify_and_never_a_choice(tmp_path: Path) -> None:
    choices = [*YES_NO, ["yn", "autre", "Autre"]]
    survey = [["type", "name", "relevant"], ["select_one yn", "q", ""], ["text", "quoi", "${q} = 'autre'"]]
    form, _ = read(tmp_path, survey, choices)
    assert form.questions[["role", "parent"]].to_numpy().tolist() == [["question", ""], ["specify", "q"]]


def test_choices_that_are_no_opinion_are_recognised_by_their_codes(tmp_path: Path) -> None:
    choices = [*YES_NO, ["yn", "nsp", "Ne sait pas"], ["yn", "refus", "Refus"]]
    form, _ = read(tmp_path, [["type", "name"], ["select_one yn", "q"]], choices)
    assert form.choices["missing"].tolist() == ["", "", "dont_know", "refused"]


def test_blank_rows_extra_columns_and_extra_sheets_disturb_nothing(tmp_path: Path) -> None:
    survey = [
        ["type", "name", "hint", "my column"],
        ["", "", "", ""],
        ["text", "q", "h", "x"],
        ["", "", "", ""],
    ]
    form, problems = read(tmp_path, survey, cascades=[["a"], ["b"]])
    assert form.questions[["name", "line"]].to_numpy().tolist() == [["q", 3]]
    assert not problems.items


def test_a_select_without_its_list_is_refused_with_its_row_and_the_likely_name(tmp_path: Path) -> None:
    _, problems = read(tmp_path, [["type", "name"], ["text", "p"], ["select_one yesno", "q"]], [
        ["list_name", "name"], ["yes_no", "yes"],
    ])  # fmt: skip
    assert [(item.code, item.place.line) for item in problems.errors] == [("SRC-051", 3)]
    assert "yes_no" in tell(problems, "fr")


def test_the_same_name_twice_in_a_group_is_refused_but_not_in_two_groups(tmp_path: Path) -> None:
    _, problems = read(tmp_path, [["type", "name"], ["text", "q"], ["text", "q"]])
    assert codes(problems) == [("SRC-052", 3)]
    twice = [["begin group", "g"], ["text", "q"], ["end group", ""], ["begin group", "h"], ["text", "q"]]
    form, problems = read(tmp_path, [["type", "name"], *twice, ["end group", ""]])
    assert form.questions["name"].tolist() == ["g/q", "h/q"]
    assert not problems.items


def test_a_workbook_without_a_survey_sheet_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Feuil1").write_row(0, 0, ["type", "name"])
    problems = Problems()
    assert read_form(path, "form.xlsx", problems).questions.empty
    assert codes(problems) == [("SRC-050", 0)]


def test_a_duplicate_choice_an_unknown_type_and_an_open_group_are_remarks(tmp_path: Path) -> None:
    survey = [["type", "name"], ["begin group", "g"], ["smell", "q"], ["select_one yn", "r"]]
    form, problems = read(tmp_path, survey, [*YES_NO, ["yn", "no", "Non merci"]])
    assert not problems.errors
    assert sorted(codes(problems)) == [("SRC-054", 2), ("SRC-055", 3), ("SRC-056", 4)]
    assert form.choices["label_fr"].tolist() == ["Oui", "Non"]
    assert form.questions["type"].tolist() == ["text", "select_one"]


def test_a_condition_that_cannot_be_judged_is_said_with_the_likely_name(tmp_path: Path) -> None:
    survey = [
        ["type", "name", "relevant"],
        ["integer", "enfants", ""],
        ["text", "q", "${enfant} > 0"],
        ["text", "r", "sum(${enfants}) > 1"],
    ]
    _, problems = read(tmp_path, survey)
    assert codes(problems) == [("SRC-058", 3), ("SRC-057", 4)]
    assert "enfants" in tell(problems, "en")


def test_a_form_in_one_csv_reads_as_its_workbook(tmp_path: Path) -> None:
    survey = [["type", "name", "label"], ["select_one yn", "q", "Alors, oui ?"]]
    workbook, _ = read(tmp_path, survey, YES_NO)
    out = io.StringIO()
    for sheet, rows in (("survey", survey), ("choices", YES_NO)):
        csv.writer(out).writerows([[sheet, "", "", ""], *(["", *row] for row in rows), [""] * 4])
    (tmp_path / "form.csv").write_text(out.getvalue(), encoding="utf-8")
    problems = Problems()
    single = read_form(tmp_path / "form.csv", "form.csv", problems)
    assert not problems.items
    assert single.questions.drop(columns="line").equals(workbook.questions.drop(columns="line"))
    assert single.choices.drop(columns="line").equals(workbook.choices.drop(columns="line"))


def test_two_filled_columns_of_one_meaning_are_refused_and_a_blank_one_is_not(tmp_path: Path) -> None:
    header = ["type", "name", "label::fr", "label::French (fr)"]
    _, problems = read(tmp_path, [header, ["text", "q", "Mots", "Des mots"]])
    assert [(item.code, item.place.sheet, item.place.column) for item in problems.errors] == [
        ("SRC-248", "survey", 4)
    ]
    form, problems = read(tmp_path, [header, ["text", "q", "", "Des mots"]])
    assert form.questions["label_fr"].tolist() == ["Des mots"]
    assert not problems.items


def test_an_extra_column_may_stand_twice(tmp_path: Path) -> None:
    form, problems = read(tmp_path, [["type", "name", "avis", "avis"], ["text", "q", "a", "b"]])
    assert form.questions["name"].tolist() == ["q"]
    assert not problems.items


def test_a_sheet_of_questions_alone_is_the_survey_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text("type,name,label\ntext,q,Mots\n", encoding="utf-8")
    problems = Problems()
    assert read_form(path, "form.csv", problems).questions["name"].tolist() == ["q"]
    assert not problems.items


def test_choice_filters_are_said_once_and_the_whole_list_is_admitted(tmp_path: Path) -> None:
    survey = [["type", "name", "choice_filter"], *(["select_one yn", f"q{n}", "x = ${a}"] for n in (1, 2))]
    form, problems = read(tmp_path, survey, YES_NO)
    assert [(item.code, dict(item.facts)["n"]) for item in problems] == [("SRC-247", 2)]
    assert form.admitted("q1")["code"].tolist() == ["yes", "no"]


def test_choices_are_taken_from_the_file_beside_the_form(tmp_path: Path) -> None:
    (tmp_path / "communes.csv").write_text("name,label\n63113,Clermont\n63300,Riom\n", encoding="utf-8")
    (tmp_path / "pays.csv").write_text("code;nom\nfr;France\n", encoding="utf-8")
    survey = [
        ["type", "name", "parameters"],
        ["select_one_from_file communes.csv", "c", ""],
        ["select_multiple_from_file pays.csv", "p", "value=code, label=nom"],
    ]
    form, problems = read(tmp_path, survey)
    assert not problems.items
    assert form.questions["type"].tolist() == ["select_one", "select_multiple"]
    assert form.admitted("c")[["code", "label_fr"]].to_numpy().tolist() == [
        ["63113", "Clermont"],
        ["63300", "Riom"],
    ]
    assert form.admitted("p")[["code", "label_fr"]].to_numpy().tolist() == [["fr", "France"]]


@pytest.mark.parametrize("file", ["absent.csv", "../form.csv", "lieux.geojson"])
def test_a_file_of_choices_that_is_not_there_leaves_answers_as_they_are_written(
    tmp_path: Path, file: str
) -> None:
    form, problems = read(tmp_path, [["type", "name"], [f"select_one_from_file {file}", "c"]])
    assert form.questions["type"].tolist() == ["external"]
    assert codes(problems) == [("SRC-249", 2)]
    assert not problems.errors


def test_external_choices_and_rankings_are_choices(tmp_path: Path) -> None:
    survey = [["type", "name"], ["select_one_external villes", "v"], ["rank yn", "r"]]
    external = [["list_name", "name", "label"], ["villes", "riom", "Riom"]]
    form, problems = read(tmp_path, survey, YES_NO, external_choices=external)
    assert not problems.items
    assert form.questions["type"].tolist() == ["select_one", "rank"]
    assert form.admitted("v")["code"].tolist() == ["riom"]


def test_a_question_keeps_its_type_as_written_its_version_and_the_path_of_its_repeat(tmp_path: Path) -> None:
    survey = [
        ["type", "name"],
        ["begin group", "foyer"],
        ["begin_repeat", "membre"],
        ["int", "age"],
        ["begin repeat", "jour"],
        ["string", "mots"],
        ["end repeat", ""],
        ["end_repeat", ""],
        ["end group", ""],
        ["geopoint", "lieu"],
    ]
    form, problems = read(tmp_path, survey, settings=[["version"], ["v3"]])
    assert not problems.items
    asked = form.questions.set_index("name")
    assert asked["tool_type"].tolist() == ["int", "string", "geopoint"]
    assert asked["version"].tolist() == ["v3"] * 3
    assert asked["repeat"].tolist() == ["foyer/membre", "foyer/membre/jour", ""]
    assert form.repeats == ("foyer/membre", "foyer/membre/jour")
    assert asked["role"].tolist() == ["question", "question", "meta"]  # a place can identify somebody


def test_pyxforms_verdict_is_a_remark_and_the_form_is_read(tmp_path: Path) -> None:
    pytest.importorskip("pyxform")
    survey = [["type", "name", "label"], ["select_one yn", "q", "Q"]]
    _, problems = read(tmp_path, survey, [*YES_NO, ["yn", "no", "Non merci"]])
    assert not problems.errors
    before = len(problems.items)
    pyxform_verdict(tmp_path / "form.xlsx", "form.xlsx", problems)
    (verdict,) = problems.items[before:]
    assert (verdict.code, verdict.severity) == ("SRC-254", "warning")
    assert "\n" not in str(dict(verdict.facts)["verdict"])
    read(tmp_path, survey, YES_NO)
    fine = Problems()
    pyxform_verdict(tmp_path / "form.xlsx", "form.xlsx", fine)
    assert not fine.items
