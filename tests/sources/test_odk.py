"""ODK Central's sets: several CSV files whose rows hang together by their keys, loose or in a zip."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from survey_files import Rows, read_files, told, write_csv, write_form

from avis.errors import tell

FORM: Rows = [
    ["type", "name", "label", "relevant"],
    ["text", "name", "Nom", ""],
    ["begin group", "g1", "Groupe", ""],
    ["select_multiple l", "q2", "Quoi ?", ""],
    ["geopoint", "lieu", "Lieu", ""],
    ["end group", "", "", ""],
    ["begin group", "children", "", ""],
    ["begin repeat", "child", "Enfant", ""],
    ["text", "name", "Nom", ""],
    ["integer", "age", "Âge", ""],
    ["begin repeat", "toy", "Jouet", ""],
    ["text", "what", "Quoi", "${age} > 3"],
    ["end repeat", "", "", ""],
    ["end repeat", "", "", ""],
    ["end group", "", "", ""],
]
LIST: Rows = [["list_name", "name", "label"], ["l", "x", "X"], ["l", "y", "Y"]]
SYSTEM = [
    *("KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent", "AttachmentsExpected", "Status"),
    *("ReviewState", "DeviceID", "Edits", "FormVersion"),
]
LEFT_OUT = {
    *("meta-instanceName", "g1-lieu-Latitude", "g1-lieu-Longitude", "g1-lieu-Altitude", "g1-lieu-Accuracy"),
    *("SubmitterID", "SubmitterName", "DeviceID"),
}


def system(key: str, state: str = "") -> list[str]:
    return [key, "CANARI", "CANARI", "0", "0", "", state, "CANARI", "0", "v1"]


PLACE = [f"g1-lieu-{part}" for part in ("Latitude", "Longitude", "Altitude", "Accuracy")]
META = ["meta-instanceID", "meta-instanceName"]
MAIN: Rows = [
    ["SubmissionDate", *META, "name", "g1-q2", "g1-q2/x", "g1-q2/y", *PLACE, *SYSTEM],
    ["2024-01-01T10:00", "uuid:1", "CANARI", "a", "x y", "1", "1", *["CANARI"] * 4, *system("uuid:1")],
    ["2024-01-02T10:00", "uuid:2", "CANARI", "b", "", "", "", *[""] * 4, *system("uuid:2", "rejected")],
]
CHILDREN: Rows = [
    ["name", "age", "PARENT_KEY", "KEY"],
    ["c", "4", "uuid:2", "uuid:2/children/child[1]"],
    ["d", "2", "uuid:2", "uuid:2/children/child[2]"],
    ["e", "9", "uuid:1", "uuid:1/children/child[1]"],
]
TOYS: Rows = [
    ["what", "PARENT_KEY", "KEY"],
    ["ours", "uuid:2/children/child[1]", "uuid:2/children/child[1]/toy[1]"],
    ["", "uuid:2/children/child[2]", "uuid:2/children/child[2]/toy[1]"],
]
TABLES = {"Enquête.csv": MAIN, "Enquête-child.csv": CHILDREN, "Enquête-toy.csv": TOYS}


def loose(folder: Path) -> list[tuple[Path, str]]:
    return [write_csv(folder / name, rows, ",") for name, rows in TABLES.items()]


def zipped(folder: Path) -> list[tuple[Path, str]]:
    with zipfile.ZipFile(folder / "Enquête.zip", "w") as archive:
        for path, name in loose(folder):
            archive.write(path, name)
        archive.writestr("media/photo.csv", "CANARI")
    return [(folder / "Enquête.zip", "Enquête.zip")]


@pytest.mark.parametrize("given", [loose, zipped])
def test_a_set_reads_alike_loose_or_zipped(
    tmp_path: Path, given: Callable[[Path], list[tuple[Path, str]]]
) -> None:
    survey, problems = read_files(given(tmp_path), write_form(tmp_path / "form.csv", FORM, LIST))
    assert survey.tool == "ODK Central"
    assert survey.records["id"].tolist() == ["1", "2"]
    assert survey.records["version"].tolist() == ["v1", "v1"]
    assert survey.values[["name", "q2"]].fillna("").to_numpy().tolist() == [["a", "x y"], ["b", ""]]
    assert survey.statuses["q2"].tolist() == ["answered", "no_answer"]
    children, toys = survey.repeats["children/child"], survey.repeats["children/child/toy"]
    assert children.records["parent"].tolist() == ["2", "2", "1"]
    assert children.records["index"].tolist() == [1, 2, 1]
    assert children.values["children/child/name"].tolist() == ["c", "d", "e"]
    assert toys.records["parent"].tolist() == children.records["id"].tolist()[:2]
    assert toys.statuses["what"].tolist() == ["answered", "not_asked"]
    assert [item.code for item in problems] == ["SRC-246", "SRC-313"]


def test_whoever_sent_it_from_where_and_with_what_stands_in_no_table(tmp_path: Path) -> None:
    survey, problems = read_files(loose(tmp_path), write_form(tmp_path / "form.csv", FORM, LIST))
    assert set(survey.left_out) == LEFT_OUT
    tables = [survey.records, survey.raw, survey.answers(), survey.questions]
    assert "CANARI" not in "".join(table.to_csv() for table in tables) + tell(problems)


def test_a_repeat_without_its_main_file_hangs_on_nothing_and_that_is_said(tmp_path: Path) -> None:
    form = write_form(tmp_path / "form.csv", FORM, LIST)
    survey, problems = read_files([write_csv(tmp_path / "x-child.csv", CHILDREN, ",")], form)
    assert survey.records.empty
    assert survey.repeats["children/child"].records["parent"].tolist() == [""] * 3
    assert told(problems) == [("SRC-244", "", line, "PARENT_KEY") for line in (2, 3, 4)]


def test_the_rank_is_what_the_key_says(tmp_path: Path) -> None:
    form = write_form(tmp_path / "form.csv", FORM, LIST)
    rows = [CHILDREN[0], CHILDREN[2], CHILDREN[1]]
    files = [write_csv(tmp_path / "x.csv", MAIN, ","), write_csv(tmp_path / "x-child.csv", rows, ",")]
    survey, _ = read_files(files, form)
    assert survey.repeats["children/child"].records["index"].tolist() == [2, 1]


def test_names_without_their_groups_are_found(tmp_path: Path) -> None:
    form = write_form(tmp_path / "form.csv", FORM, LIST)
    rows = [
        ["SubmissionDate", "instanceID", "name", "q2", "KEY"],
        ["2024-01-01", "uuid:1", "a", "y", "uuid:1"],
    ]
    survey, problems = read_files([write_csv(tmp_path / "x.csv", rows, ",")], form)
    assert survey.values[["name", "q2"]].to_numpy().tolist() == [["a", "y"]]
    assert {item.code for item in problems} == {"SRC-252", "SRC-313"}
