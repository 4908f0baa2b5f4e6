"""A survey: why a blank is blank, and what was asked comes back as it was given."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from avis.errors import Problems, tell
from avis.evaluation import Evaluation, check_evaluation
from avis.folders import Folders
from avis.sources.surveys.wave import Survey, read_survey

SETTINGS = """\
title: {fr: Ouvrir la porte}
organisation: {name: Association Exemple, fictional: true}
period: {start: 2023-01, end: 2024-12}
status: finished
"""
SURVEY = """\
sources:
  surveys:
    - {id: avant, file: avant.csv, form: form.csv, person: code, title: {fr: Avant}, population: {fr: x}}
"""
SCALES = "answer_scales:\n  accord: {levels: [%s], better: high}\n"
FORM = """\
survey,,,,
,type,name,label,relevant
,text,code,Votre code,
,select_one on,garde,Gardez-vous des enfants ?,
,integer,enfants,Combien ?,${garde} = 'oui'
,select_one accord or_other,avis,Votre avis,
,select_multiple jours,jours,Vos jours,${enfants} > 0
,text,mots,Vos mots,
choices,,,,
,list_name,name,label,
,on,oui,Oui,
,on,non,Non,
,on,refus,Je préfère ne pas répondre,
,accord,peu,Peu,
,accord,assez,Assez,
,accord,tres,Très,
,accord,nsp,Ne sait pas,
,jours,lundi,Le lundi,
,jours,mardi,Le mardi,
"""


def evaluation(folder: Path, form: str, answers: str, scales: str = "") -> Evaluation:
    (folder / "evaluation.yaml").write_text(SETTINGS + SURVEY + scales, encoding="utf-8")
    (folder / "form.csv").write_text(form, encoding="utf-8")
    (folder / "avant.csv").write_text(answers, encoding="utf-8")
    problems = Problems()
    opened = check_evaluation(Folders(folder), problems)
    assert opened is not None, tell(problems)
    return opened


def read(folder: Path, answers: str, form: str = FORM, scales: str = "") -> tuple[Survey, Problems]:
    opened = evaluation(folder, form, answers, scales)
    problems = Problems()
    return read_survey(opened, opened.settings.sources.surveys[0], problems), problems


HEADER = "code;garde;enfants;avis;jours;mots;_id;__version__\n"


@pytest.mark.parametrize(
    ("row", "question", "status"),
    [
        ("a1;oui;2;peu;lundi;;7;v1", "enfants", "answered"),
        ("a1;non;;peu;;;7;v1", "enfants", "not_asked"),
        ("a1;oui;;peu;;;7;v1", "enfants", "no_answer"),
        ("a1;oui;;peu;;;;v1", "enfants", "unknown_empty"),
        ("a1;;;peu;;;7;v1", "garde", "no_answer"),
        ("a1;;;peu;;;;v1", "garde", "unknown_empty"),
        ("a1;refus;;peu;;;7;v1", "garde", "refused"),
        ("a1;oui;1;nsp;;;7;v1", "avis", "dont_know"),
        ("a1;oui;x;peu;;;7;v1", "enfants", "invalid"),
        # What she answered before is invalid: nobody knows whether this was asked.
        ("a1;oui;x;peu;;;7;v1", "jours", "unknown_empty"),
        ("a1;non;;peu;;;7;v1", "jours", "not_asked"),
        ("a1;n/a;;peu;;;7;v1", "garde", "not_asked"),
    ],
)
def test_a_blank_is_told_from_what_the_form_and_the_record_say(
    tmp_path: Path, row: str, question: str, status: str
) -> None:
    survey, _ = read(tmp_path, f"{HEADER}{row}\n")
    assert survey.statuses[question].tolist() == [status]


def test_a_question_without_a_column_was_not_asked_and_that_is_said(tmp_path: Path) -> None:
    survey, problems = read(tmp_path, "code;garde;_id\na1;oui;7\n")
    assert survey.statuses["avis"].tolist() == ["not_asked"]
    assert ("SRC-075", "avis") in [(item.code, item.place.field) for item in problems]
    assert not problems.errors


def test_a_question_that_rests_on_an_absent_one_is_unknown(tmp_path: Path) -> None:
    survey, _ = read(tmp_path, "code;enfants;_id\na1;;7\n")
    assert survey.statuses["enfants"].tolist() == ["unknown_empty"]


def test_a_question_silent_in_one_version_may_not_have_been_in_it(tmp_path: Path) -> None:
    rows = ["a1;oui;1;peu;;;1;v2", "a2;oui;1;;;;2;v2", "a3;oui;1;;;;3;v1"]
    survey, _ = read(tmp_path, HEADER + "\n".join(rows) + "\n")
    assert survey.statuses["avis"].tolist() == ["answered", "no_answer", "unknown_empty"]


def test_an_answer_that_was_not_to_be_given_is_kept_and_said(tmp_path: Path) -> None:
    survey, problems = read(tmp_path, f"{HEADER}a1;non;2;peu;;;7;v1\n")
    assert survey.statuses["enfants"].tolist() == ["answered"]
    assert [(item.code, item.place.line) for item in problems] == [("SRC-070", 2)]


def test_the_person_is_in_the_records_and_is_no_answer(tmp_path: Path) -> None:
    survey, problems = read(tmp_path, f"{HEADER} a1;oui;2;peu;lundi;;7;v1\n")
    assert survey.records[["person", "wave", "row"]].to_numpy().tolist() == [["A1", 1, 2]]
    assert "code" not in survey.values.columns
    assert not problems.items


def test_a_scale_is_declared_and_holds_every_code_that_is_an_opinion(tmp_path: Path) -> None:
    answers = f"{HEADER}a1;oui;2;peu;lundi;;7;v1\n"
    survey, problems = read(tmp_path, answers, scales=SCALES % "peu, assez, tres")
    assert survey.questions.set_index("name")["scale"][["avis", "garde"]].tolist() == ["accord", ""]
    assert not problems.items
    _, problems = read(tmp_path, answers, scales=SCALES % "peu, asez")
    assert [item.code for item in problems.errors] == ["SRC-076", "SRC-079", "SRC-079"]


def test_without_a_declared_scale_no_order_is_inferred(tmp_path: Path) -> None:
    survey, _ = read(tmp_path, f"{HEADER}a1;oui;2;peu;lundi;;7;v1\n")
    assert set(survey.questions["scale"]) == {""}


def test_the_long_table_has_a_status_a_cell_and_a_row_a_chosen_code(tmp_path: Path) -> None:
    survey, _ = read(tmp_path, f"{HEADER}a1;oui;2;peu;lundi mardi;;7;v1\n")
    long = survey.answers()
    assert long.columns.tolist() == ["record", "question", "value", "raw", "status"]
    several = long[long["question"] == "jours"]
    assert several["value"].isna().tolist() == [True, False, False]
    assert several["value"].tolist()[1:] == ["lundi", "mardi"]
    assert len(long) == survey.values.shape[1] + 2


def test_free_text_stands_in_no_representation_and_in_no_message(tmp_path: Path) -> None:
    survey, problems = read(tmp_path, f"{HEADER}a1;Precious;Precious;Precious;Precious;Precious;7;v1\n")
    assert survey.values["mots"].tolist() == ["Precious"]
    assert len(problems.items) == 4
    assert "Precious" not in repr(survey) + tell(problems, "fr") + tell(problems, "en") + repr(problems)


def test_a_refused_form_gives_an_empty_survey_and_its_reasons(tmp_path: Path) -> None:
    form = FORM.replace("select_multiple jours", "select_multiple jour")
    survey, problems = read(tmp_path, f"{HEADER}a1;oui;;;;;7;v1\n", form)
    assert survey.records.empty
    assert survey.answers().empty
    assert [(item.code, item.place.line) for item in problems.errors] == [("SRC-051", 7)]


CODES = st.lists(st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True), min_size=1, max_size=4, unique=True)
LABELS = st.from_regex(r"[A-ZÉÀ][a-zéè']{1,6}( [a-zéè']{1,5}){0,2}", fullmatch=True)


@st.composite
def surveys(draw: st.DrawFn) -> tuple[str, list[list[str]], list[tuple[str, set[str], str]]]:
    """Draw a form of two selects over one list and a text, and answers to it."""
    codes = draw(CODES)
    labels = [draw(LABELS) for _ in codes]
    form = [["survey"], ["", "type", "name", "label"], ["", "text", "code", ""]]
    form += [
        ["", "select_one l", "one", "Un"],
        ["", "select_multiple l", "many", "Plusieurs"],
        ["", "text", "t", ""],
    ]
    form += [
        ["choices"],
        ["", "list_name", "name", "label"],
        *(["", "l", *pair] for pair in zip(codes, labels, strict=True)),
    ]
    words = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=20)
    answer = st.tuples(st.sampled_from(["", *codes]), st.sets(st.sampled_from(codes)), words)
    answers = draw(st.lists(answer, min_size=1, max_size=5))
    rows = [["code", "one", "many", *(f"many/{code}" for code in codes), "t", "_id"]]
    for n, (one, many, text) in enumerate(answers):
        split = [str(int(code in many)) if many else "" for code in codes]
        rows.append(["p", one, " ".join(sorted(many)), *split, text, str(n)])
    out = io.StringIO()
    csv.writer(out).writerows([*row, *[""] * (4 - len(row))] for row in form)
    return out.getvalue(), rows, answers


@settings(deadline=None, max_examples=60)
@given(surveys())
def test_what_was_written_in_this_layout_reads_back_equal(
    drawn: tuple[str, list[list[str]], list[tuple[str, set[str], str]]],
) -> None:
    form, rows, answers = drawn
    out = io.StringIO()
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows)
    with tempfile.TemporaryDirectory() as folder:
        survey, problems = read(Path(folder), out.getvalue(), form)
    assert not problems.errors
    assert survey.values["one"].fillna("").tolist() == [one for one, _, _ in answers]
    assert survey.values["t"].fillna("").tolist() == [text for _, _, text in answers]
    chosen = survey.chosen["many"]
    assert [set(chosen.columns[row]) for row in chosen.to_numpy()] == [many for _, many, _ in answers]
    asked = survey.statuses["one"].tolist()
    assert all(
        (status == "no_answer") == (one == "") for status, (one, _, _) in zip(asked, answers, strict=True)
    )


def test_zeros_of_a_question_that_was_not_put_are_no_answer_and_no_contradiction(tmp_path: Path) -> None:
    header = "garde;enfants;jours/lundi;jours/mardi;_id\n"
    survey, problems = read(tmp_path, f"{header}oui;0;0;0;1\noui;0;1;0;2\n")
    assert survey.statuses["jours"].tolist() == ["no_answer", "answered"]
    told = [(item.code, item.place.line) for item in problems if item.place.field == "jours"]
    assert told == [("SRC-070", 3)]
