"""Several versions of a form in one export, and what an export holds that is never read."""

from __future__ import annotations

from pathlib import Path

import pytest
from survey_files import Rows, read_files, told, write_csv, write_form

from avis.errors import Problems, tell
from avis.evaluation import open_evaluation
from avis.inputs import source_files
from avis.sources.surveys.wave import read_survey

SURVEY: Rows = [
    ["type", "name", "label"],
    ["select_one avis", "avis", "Avis"],
    ["select_multiple freins", "freins", "Freins"],
    ["rank freins", "ordre", "Ordre"],
]
CHOICES: Rows = [
    ["list_name", "name", "label"],
    ["avis", "oui", "Oui"],
    ["avis", "non", "Non"],
    ["freins", "prix", "Le prix"],
    ["freins", "garde", "La garde"],
]
V2: Rows = [["version"], ["v2"]]
HEADER = ["avis", "freins", "ordre", "_id", "__version__", "_submission_time"]


def form(folder: Path, name: str = "form.csv", settings: Rows = V2) -> tuple[Path, str]:
    return write_form(folder / name, SURVEY, CHOICES, settings)


def test_codes_of_another_version_are_kept_and_said_once_a_question_and_version(tmp_path: Path) -> None:
    rows: Rows = [
        HEADER,
        ["oui", "prix", "", "1", "v2", ""],
        ["bof", "prix bus", "", "2", "v1", ""],
        ["bof", "bus", "", "3", "v1", ""],
        ["mouais", "", "", "4", "v0", ""],
    ]
    survey, problems = read_files([write_csv(tmp_path / "a.csv", rows)], form(tmp_path))
    assert survey.values["avis"].tolist() == ["oui", "bof", "bof", "mouais"]
    assert survey.values["freins"].fillna("").tolist() == ["prix", "prix bus", "bus", ""]
    assert survey.statuses["avis"].tolist() == ["answered"] * 4
    assert survey.statuses["freins"].tolist()[:3] == ["answered"] * 3
    assert survey.chosen["freins"]["bus"].tolist() == [False, True, True, False]
    lists = survey.choices.groupby("list")["code"].apply(list).to_dict()
    assert lists == {"avis": ["oui", "non", "bof", "mouais"], "freins": ["prix", "garde", "bus"]}
    said = [(item.code, item.place.field, dict(item.facts)) for item in problems]
    assert said[:3] == [
        ("SRC-240", "avis", {"n": 2, "version": "v1"}),
        ("SRC-240", "avis", {"n": 1, "version": "v0"}),
        ("SRC-240", "freins", {"n": 2, "version": "v1"}),
    ]
    assert not problems.errors
    assert "bof" not in tell(problems)


@pytest.mark.parametrize("version", ["v2", ""])
def test_a_code_that_is_none_in_the_forms_own_version_stays_invalid(tmp_path: Path, version: str) -> None:
    rows: Rows = [HEADER, ["bof", "", "", "1", version, ""], ["oui", "", "", "2", "v1", ""]]
    survey, problems = read_files([write_csv(tmp_path / "a.csv", rows)], form(tmp_path))
    assert survey.statuses["avis"].tolist() == ["invalid", "answered"]
    assert "SRC-061" in [item.code for item in problems]


def test_what_is_no_code_stays_invalid_in_every_version(tmp_path: Path) -> None:
    rows: Rows = [HEADER, ["Blessing O. a dit non", "", "", "1", "v1", ""], ["oui", "", "", "2", "v2", ""]]
    survey, problems = read_files([write_csv(tmp_path / "a.csv", rows)], form(tmp_path))
    assert survey.statuses["avis"].tolist() == ["invalid", "answered"]
    assert "Blessing" not in tell(problems)


@pytest.mark.parametrize("settings", [(), V2])
def test_where_no_version_is_named_as_the_forms_it_is_taken_for_that_of_the_last_record(
    tmp_path: Path, settings: Rows
) -> None:
    rows: Rows = [
        HEADER,
        ["bof", "", "", "1", "vKxY", "2024-03-01T10:00:00"],
        ["mouais", "", "", "2", "vAbC", "2024-01-01T10:00:00"],
    ]
    survey, _ = read_files([write_csv(tmp_path / "a.csv", rows)], form(tmp_path, settings=settings))
    assert survey.statuses["avis"].tolist() == ["invalid", "answered"]
    assert survey.values["avis"].tolist()[1] == "mouais"


def test_split_columns_of_choices_that_are_gone_are_read_and_said_once(tmp_path: Path) -> None:
    rows: Rows = [
        ["freins", "freins/prix", "freins/garde", "freins/bus", "freins/train", "_id", "__version__"],
        ["prix bus", "1", "0", "1", "0", "1", "v1"],
        ["garde", "0", "1", "", "", "2", "v2"],
    ]
    survey, problems = read_files([write_csv(tmp_path / "a.csv", rows)], form(tmp_path))
    assert survey.values["freins"].tolist() == ["prix bus", "garde"]
    codes = [item.code for item in problems if item.place.field == "freins"]
    assert codes.count("SRC-241") == 1
    assert not {"SRC-060", "SRC-065"} & set(codes)


def test_the_forms_of_several_versions_are_put_together(tmp_path: Path) -> None:
    old = write_form(
        tmp_path / "form-v1.csv",
        [*SURVEY[:2], ["text", "ancien", "Ancien"]],
        [*CHOICES[:3], ["avis", "bof", "Bof"]],
        [["version"], ["v1"]],
    )
    rows: Rows = [
        ["avis", "freins", "ancien", "_id", "__version__"],
        ["bof", "", "x", "1", "v1"],
        ["oui", "prix", "", "2", "v2"],
    ]
    new = form(tmp_path, "form-v2.csv")
    survey, problems = read_files([write_csv(tmp_path / "a.csv", rows)], old, new)
    assert survey.questions.set_index("name")["version"].to_dict() == {
        "avis": "v1 | v2",
        "freins": "v2",
        "ordre": "v2",
        "ancien": "v1",
    }
    assert survey.statuses["freins"].tolist() == ["not_asked", "answered"]
    assert survey.statuses["ancien"].tolist() == ["answered", "not_asked"]
    labels = survey.choices.set_index("code")["label_fr"]
    assert labels["bof"] == "Bof"
    assert [item.code for item in problems] == ["SRC-075"]  # the ranking has no column


@pytest.mark.parametrize("cells", [("garde prix", "prix"), ("La garde Le prix", "Le prix")])
def test_a_ranking_keeps_the_order_of_its_choices(tmp_path: Path, cells: tuple[str, str]) -> None:
    rows: Rows = [["ordre", "_id"], *([cell, str(n)] for n, cell in enumerate(cells))]
    survey, _ = read_files([write_csv(tmp_path / "a.csv", rows)], form(tmp_path))
    assert survey.values["ordre"].tolist() == ["garde prix", "prix"]
    assert "ordre" not in survey.chosen


PRIVATE = [
    *("deviceid", "username", "_submitted_by", "_notes", "_attachments", "_geolocation"),
    *("lieu", "_lieu_latitude", "_lieu_longitude", "photo", "photo_URL", "tel"),
]


def test_places_pictures_and_whoever_sent_the_form_are_left_out_and_named(tmp_path: Path) -> None:
    survey = [
        *SURVEY[:2],
        ["geopoint", "lieu", "Lieu"],
        ["image", "photo", "Photo"],
        ["phonenumber", "tel", ""],
    ]
    wanted = write_form(tmp_path / "form.csv", survey, CHOICES)
    rows = [["avis", "_id", *PRIVATE], ["oui", "1", *["CANARI"] * len(PRIVATE)]]
    read, problems = read_files([write_csv(tmp_path / "a.csv", rows)], wanted)
    assert set(read.left_out) == set(PRIVATE)
    assert not problems.items
    told_all = read.answers().to_csv() + read.records.to_csv() + read.raw.to_csv() + repr(read)
    assert "CANARI" not in told_all


@pytest.mark.parametrize("state", ["Not approved", "validation_status_not_approved", "Non approuvé"])
def test_answers_refused_in_the_tool_are_kept_and_said(tmp_path: Path, state: str) -> None:
    rows: Rows = [["avis", "_id", "_validation_status"], ["oui", "1", state], ["non", "2", "Approved"]]
    survey, problems = read_files([write_csv(tmp_path / "a.csv", rows)], form(tmp_path))
    assert len(survey.records) == 2
    assert told(problems)[0] == ("SRC-246", "", 0, "_validation_status")
    assert dict(problems.items[0].facts)["n"] == 1


@pytest.mark.parametrize("separator", ["/", "-", ".", ":", "__", " > ", "|"])
def test_groups_may_be_joined_to_questions_by_anything(tmp_path: Path, separator: str) -> None:
    survey: Rows = [
        ["type", "name", "label"],
        ["begin group", "profil", "Profil"],
        ["select_multiple freins", "freins", "Vos freins ?"],
        ["integer", "age", "Âge"],
        ["end group", "", ""],
    ]
    wanted = write_form(tmp_path / "form.csv", survey, CHOICES)
    for group, question, choice in (("profil", "freins", "prix"), ("Profil", "Vos freins ?", "Le prix")):
        last = "age" if group == "profil" else "Âge"
        headers = [separator.join([group, question]), separator.join([group, question, choice])]
        rows = [[*headers, separator.join([group, last]), "_id"], ["Le prix", "1", "31", "1"]]
        read, problems = read_files([write_csv(tmp_path / "a.csv", rows)], wanted)
        assert read.values.to_numpy().tolist() == [["prix", 31]]
        assert not problems.items


EVALUATION = """\
title: {fr: Essai}
organisation: {name: Association Exemple, fictional: true}
period: {start: 2023-01, end: 2024-12}
status: finished
documents: [fiche]
sources:
  surveys:
    - {id: a, file: "reponses*.csv", form: "form-*.csv", title: {fr: A}, population: {fr: x}}
    - {id: b, file: "export [1].csv", form: form-v2.csv, wave: 2, title: {fr: B}, population: {fr: x}}
"""


def test_an_evaluation_names_several_files_by_a_pattern_and_rests_on_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "evaluation.yaml").write_text(EVALUATION, encoding="utf-8")
    form(tmp_path, "form-v1.csv", [["version"], ["v1"]])
    form(tmp_path, "form-v2.csv")
    for name, id in (("reponses 1.csv", "1"), ("reponses 2.csv", "2"), ("export [1].csv", "3")):
        write_csv(tmp_path / name, [HEADER, ["oui", "prix", "", id, "v2", ""]])
    opened = open_evaluation(tmp_path)
    found = []
    for source in opened.settings.sources.surveys:
        found.append(read_survey(opened, source, problems := Problems()))
        assert not problems.errors
    assert [survey.records["id"].tolist() for survey in found] == [["1", "2"], ["3"]]
    rests = {path.name for path in source_files(opened, ("surveys",))}
    assert {"reponses 1.csv", "reponses 2.csv", "export [1].csv", "form-v1.csv", "form-v2.csv"} <= rests
