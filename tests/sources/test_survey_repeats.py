"""Repeated parts: rows on sheets of their own, each joined to the answer that it belongs to."""

from __future__ import annotations

from pathlib import Path

import pytest
from survey_files import Rows, read_files, told, write_csv, write_form, write_workbook

FORM: Rows = [
    ["type", "name", "label", "relevant"],
    ["begin group", "foyer", "Foyer", ""],
    ["text", "lieu", "Lieu", ""],
    ["integer", "combien", "Combien d'enfants ?", ""],
    ["begin repeat", "membre_du_menage_et_de_la_famille", "Membre", ""],
    ["text", "prenom", "Prénom", ""],
    ["integer", "age", "Âge", ""],
    ["text", "ecole", "École", "${combien} > 0 and ${age} < 18"],
    ["begin repeat", "jour", "Jour", ""],
    ["text", "quoi", "Quoi", "${age} >= 3"],
    ["end repeat", "", "", ""],
    ["end repeat", "", "", ""],
    ["end group", "", "", ""],
]
CUT = "membre_du_menage_et_de_la_f..."
MAIN: Rows = [
    ["lieu", "combien", "_id", "_index"],
    ["A", "2", "71", "1"],
    ["B", "0", "72", "2"],
]
LINKS = ["_index", "_parent_table_name", "_parent_index"]
MEMBERS: Rows = [
    ["prenom", "age", "ecole", *LINKS],
    ["x", "8", "oui", "1", "Ménages et familles du quartier", "1"],
    ["y", "2", "", "2", "Ménages et familles du quartier", "2"],
    ["z", "40", "", "3", "Ménages et familles du quartier", "1"],
]
DAYS: Rows = [
    ["quoi", *LINKS],
    ["jeu", "1", "membre_du_menage_et_de_la_famille", "1"],
    ["", "2", "membre_du_menage_et_de_la_famille", "2"],
    ["rien", "3", "membre_du_menage_et_de_la_famille", "1"],
]
MEMBER, DAY = (
    "foyer/membre_du_menage_et_de_la_famille",
    "foyer/membre_du_menage_et_de_la_famille/jour",
)


def sheets(members: Rows = MEMBERS, days: Rows = DAYS) -> dict[str, Rows]:
    return {"Ménages et familles du quar...": MAIN, CUT: members, "jour": days}


def test_children_know_their_record_their_rank_and_their_own_children(tmp_path: Path) -> None:
    form = write_form(tmp_path / "form.csv", FORM)
    survey, problems = read_files([write_workbook(tmp_path / "a.xlsx", sheets())], form)
    assert not problems.items
    assert list(survey.values.columns) == ["lieu", "combien"]
    members, days = survey.repeats[MEMBER], survey.repeats[DAY]
    assert members.records["parent"].tolist() == ["71", "72", "71"]
    assert members.records["index"].tolist() == [1, 1, 2]
    assert members.records["repeat"].tolist() == [MEMBER] * 3
    assert members.records["id"].is_unique
    first = members.records["id"].tolist()[0]
    assert days.records["parent"].tolist() == [first, members.records["id"].tolist()[1], first]
    assert days.records["index"].tolist() == [1, 1, 2]
    assert members.values["prenom"].tolist() == ["x", "y", "z"]


def test_a_condition_may_rest_on_the_answers_above(tmp_path: Path) -> None:
    form = write_form(tmp_path / "form.csv", FORM)
    survey, _ = read_files([write_workbook(tmp_path / "a.xlsx", sheets())], form)
    members, days = survey.repeats[MEMBER], survey.repeats[DAY]
    assert members.statuses["ecole"].tolist() == ["answered", "not_asked", "not_asked"]
    assert days.statuses["quoi"].tolist() == ["answered", "not_asked", "answered"]


def test_sheets_saved_as_files_of_their_own_are_joined_too(tmp_path: Path) -> None:
    form = write_form(tmp_path / "form.csv", FORM)
    files = [write_csv(tmp_path / f"menages{name}.csv", rows) for name, rows in (("", MAIN), ("-2", MEMBERS))]
    survey, problems = read_files(files, form)
    assert survey.repeats[MEMBER].records["parent"].tolist() == ["71", "72", "71"]
    assert told(problems) == [("SRC-252", "", 0, DAY)]


@pytest.mark.parametrize(("parent", "code"), [("9", "SRC-244"), ("", "SRC-244")])
def test_a_row_without_its_record_is_kept_and_said(tmp_path: Path, parent: str, code: str) -> None:
    form = write_form(tmp_path / "form.csv", FORM)
    members = [*MEMBERS, ["w", "5", "oui", "4", "Ménages", parent]]
    survey, problems = read_files([write_workbook(tmp_path / "a.xlsx", sheets(members))], form)
    records = survey.repeats[MEMBER].records
    assert records["parent"].tolist() == ["71", "72", "71", ""]
    assert records["index"].tolist() == [1, 1, 2, 0]
    assert told(problems) == [(code, CUT, 5, "_parent_index")]
    # Nobody knows what stood above, hence not whether it was asked.
    assert survey.repeats[MEMBER].statuses["ecole"].tolist()[3] == "answered"


def test_a_key_that_means_two_rows_is_an_error(tmp_path: Path) -> None:
    form = write_form(tmp_path / "form.csv", FORM)
    main = [*MAIN, ["C", "1", "73", "2"]]
    files = [write_workbook(tmp_path / "a.xlsx", {"Main": main, CUT: MEMBERS, "jour": DAYS})]
    _, problems = read_files(files, form)
    assert [item.code for item in problems.errors] == ["SRC-245"]


def test_a_second_sheet_of_answers_is_never_added(tmp_path: Path) -> None:
    form = write_form(tmp_path / "form.csv", FORM)
    notes: Rows = [["Notes", "Qui"], ["à voir", "moi"]]
    survey, problems = read_files(
        [write_workbook(tmp_path / "a.xlsx", {**sheets(), "Copie": MAIN, "Notes": notes})], form
    )
    assert len(survey.records) == 2
    assert [(item.code, item.place.sheet) for item in problems] == [
        ("SRC-250", "Copie"),
        ("SRC-251", "Notes"),
    ]


def test_two_exports_are_put_together_and_a_record_in_both_counts_once(tmp_path: Path) -> None:
    form = write_form(tmp_path / "form.csv", FORM)
    header = ["lieu", "combien", "_id", "_uuid", "_index"]
    one = {"M": [header, ["A", "1", "71", "u1", "1"]], CUT: MEMBERS[:2]}
    two = {"M": [header, ["A", "1", "71", "u1", "1"], ["B", "1", "72", "u2", "2"]], CUT: MEMBERS}
    files = [write_workbook(tmp_path / f"{name}.xlsx", book) for name, book in (("1", one), ("2", two))]
    survey, problems = read_files(files, form)
    assert survey.records[["id", "file"]].to_numpy().tolist() == [["71", "1.xlsx"], ["72", "2.xlsx"]]
    members = survey.repeats[MEMBER].records
    # The children of the record that was counted once come once: two of the second file's three are left.
    assert members[["parent", "file", "index"]].to_numpy().tolist() == [
        ["71", "1.xlsx", 1],
        ["72", "2.xlsx", 1],
    ]
    assert ("SRC-243", "M") in [(item.code, item.place.sheet) for item in problems]


def test_ids_that_stand_twice_are_told_apart_and_all_are_kept(tmp_path: Path) -> None:
    form = write_form(tmp_path / "form.csv", FORM)
    rows = [["lieu", "_id", "_uuid"], ["A", "7", "u1"], ["B", "7", "u2"], ["C", "8", "u2"]]
    survey, problems = read_files([write_csv(tmp_path / "a.csv", rows)], form)
    assert survey.records["id"].tolist() == ["7", "7~2", "8"]
    assert [item.code for item in problems][:4] == ["SRC-067"] * 4


def test_answers_to_a_question_that_one_file_lacks_were_not_asked_there(tmp_path: Path) -> None:
    form = write_form(tmp_path / "form.csv", FORM)
    one = write_csv(tmp_path / "1.csv", [["lieu", "combien", "_id"], ["A", "1", "1"]])
    two = write_csv(tmp_path / "2.csv", [["lieu", "_id"], ["B", "2"]])
    survey, _ = read_files([one, two], form)
    assert survey.statuses["combien"].tolist() == ["answered", "not_asked"]
    long = survey.answers()
    assert long[long["question"] == "combien"]["value"].fillna("").tolist() == ["1", ""]
    assert long["record"].tolist() == ["1", "2"] * 2
