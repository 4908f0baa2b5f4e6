"""Kobo's exports: whatever the separator, the headers and the shape, the same answers come out."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import xlsxwriter

from avis.errors import Problems, tell
from avis.sources.surveys.answers import STATUSES, UNDECIDED, Answers, no_answers
from avis.sources.surveys.exports import open_exports
from avis.sources.surveys.form import Form
from avis.sources.surveys.tools import read_responses
from avis.sources.surveys.xlsform import read_form

FORM = """\
survey,,,,
,type,name,label::fr,label::en
,begin group,profil,Profil,Profile
,select_one langues or_other,langue,Quelle langue ?,Which language?
,integer,age,Votre âge,Your age
,end group,,,
,select_multiple freins or_other,freins,"Qu'est-ce qui freine ?",What holds you back?
,date,venue,Première venue,First visit
,text,mots,Vos mots,Your words
choices,,,,
,list_name,name,label::fr,label::en
,langues,fr,Français,French
,langues,en,Anglais,English
,langues,nsp,Ne sait pas,Does not know
,freins,horaires,Les horaires,Opening hours
,freins,garde,La garde,Childcare
,freins,garde_soir,La garde le soir,Childcare in the evening
,freins,aucun,Rien,Nothing
"""


def read_answers(form: Form, path: Path, name: str, problems: Problems, person: str = "") -> Answers:
    """Read one file of answers to a form."""
    responses = read_responses(open_exports([(path, name)], problems), form, person, problems)
    return responses.answers if responses else no_answers()


@pytest.fixture
def form(tmp_path: Path) -> Form:
    path = tmp_path / "form.csv"
    path.write_text(FORM, encoding="utf-8")
    problems = Problems()
    found = read_form(path, "form.csv", problems)
    assert not problems.items
    return found


def read(form: Form, folder: Path, text: str, person: str = "") -> tuple[Answers, Problems]:
    path = folder / "avant.csv"
    path.write_text(text, encoding="utf-8")
    problems = Problems()
    return read_answers(form, path, "avant.csv", problems, person), problems


def statuses(answers: Answers, question: str) -> list[str]:
    """Tell the statuses; "" for a blank that the file alone does not explain."""
    return ["" if code == UNDECIDED else STATUSES[code] for code in answers.columns[question].status]


def values(answers: Answers, question: str) -> list[object]:
    found = answers.columns[question].values
    return found.astype("object").where(found.notna(), None).tolist()


def told(problems: Problems) -> list[tuple[str, int, str]]:
    return [(item.code, item.place.line, item.place.field) for item in problems]


@pytest.mark.parametrize(
    ("langue", "age"),
    [
        ("langue", "age"),
        ("profil/langue", "profil/age"),
        ("Quelle langue ?", "Votre âge"),
        ("Which language?", "Your age"),
        ("Profile/Which language?", "Profile/Your age"),
    ],
)
def test_a_column_is_found_by_name_by_path_or_by_label(
    form: Form, tmp_path: Path, langue: str, age: str
) -> None:
    answers, problems = read(form, tmp_path, f'"{langue}";"{age}"\n"fr";"31"\n')
    assert (values(answers, "langue"), values(answers, "age")) == (["fr"], [31])
    assert not problems.items


def test_comma_semicolon_quoted_line_breaks_and_workbooks_read_alike(form: Form, tmp_path: Path) -> None:
    rows = [["langue", "mots", "_id"], ["fr", "une ligne\nune autre ; et, encore", "7"]]
    found = []
    for delimiter in ";,":
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows(rows)
        answers, _ = read(form, tmp_path, out.getvalue())
        found.append((values(answers, "mots"), answers.records["id"].tolist()))
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    answers = read_answers(form, tmp_path / "a.xlsx", "a.xlsx", Problems())
    found.append((values(answers, "mots"), answers.records["id"].tolist()))
    assert found == [(["une ligne\nune autre ; et, encore"], ["7"])] * 3


JOINED = [
    ("horaires garde", "Les horaires La garde", "Opening hours Childcare"),
    ("aucun", "Rien", "Nothing"),
]


@pytest.mark.parametrize("kind", [0, 1, 2])
def test_joined_choices_are_read_from_codes_or_from_labels_of_any_language(
    form: Form, tmp_path: Path, kind: int
) -> None:
    answers, problems = read(form, tmp_path, "freins\n" + "\n".join(row[kind] for row in JOINED) + "\n")
    assert values(answers, "freins") == ["horaires garde", "aucun"]
    assert not problems.items


def test_a_label_that_begins_like_another_is_cut_by_its_own_words(form: Form, tmp_path: Path) -> None:
    answers, problems = read(form, tmp_path, "freins\nLa garde le soir La garde\nLa garde le soir\n")
    assert values(answers, "freins") == ["garde garde_soir", "garde_soir"]
    assert not problems.items


def test_joined_labels_with_two_meanings_are_reported_and_never_guessed(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text(
        "survey,,,\n,type,name,label\n,select_multiple l,q,Q\nchoices,,,\n,list_name,name,label\n"
        ",l,a,Rue\n,l,b,Parc\n,l,ab,Rue Parc\n",
        encoding="utf-8",
    )
    form = read_form(path, "form.csv", Problems())
    answers, problems = read(form, tmp_path, "Q\nRue Parc\nParc Rue\n")
    assert statuses(answers, "q") == ["invalid", "answered"]
    assert told(problems) == [("SRC-064", 2, "Q")]


def test_split_columns_tell_not_ticked_from_no_answer(form: Form, tmp_path: Path) -> None:
    text = "freins/horaires;freins/garde;freins/other;_id\n1;0;0;1\n0;0;0;2\n;;;3\n0;1;1;4\n"
    answers, problems = read(form, tmp_path, text)
    assert statuses(answers, "freins") == ["answered", "no_answer", "", "answered"]
    assert values(answers, "freins") == ["horaires", None, None, "garde other"]
    assert not problems.items


def test_split_columns_may_be_named_by_labels_and_hold_labels(form: Form, tmp_path: Path) -> None:
    text = "What holds you back?/Opening hours;What holds you back?/Childcare\nOpening hours;\n;Childcare\n"
    answers, problems = read(form, tmp_path, text)
    assert values(answers, "freins") == ["horaires", "garde"]
    assert not problems.items


def test_joined_and_split_columns_that_disagree_make_the_cell_invalid(form: Form, tmp_path: Path) -> None:
    text = "freins;freins/horaires;freins/garde\nhoraires;1;0\nhoraires;0;1\n;1;0\n"
    answers, problems = read(form, tmp_path, text)
    assert statuses(answers, "freins") == ["answered", "invalid", "invalid"]
    assert told(problems) == [("SRC-065", 3, "freins"), ("SRC-065", 4, "freins")]


@pytest.mark.parametrize(("lang", "label"), [("fr", "Français"), ("en", "French")])
def test_a_value_outside_the_list_is_invalid_placed_and_never_shown(
    form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, label: str
) -> None:
    monkeypatch.setenv("AVIS_LANG", lang)
    answers, problems = read(form, tmp_path, "langue;age\nfr;30\nBlessing O.;31\n")
    assert statuses(answers, "langue") == ["answered", "invalid"]
    assert told(problems) == [("SRC-061", 3, "langue")]
    assert label in tell(problems)
    assert "Blessing" not in tell(problems)


def test_other_is_a_choice_and_its_text_is_linked_and_is_none(form: Form, tmp_path: Path) -> None:
    answers, problems = read(
        form, tmp_path, "langue;langue_other;freins;freins_other\nother;edo;other;le bus\n"
    )
    assert values(answers, "langue") == ["other"]
    assert values(answers, "langue_other") == ["edo"]
    parents = form.questions.set_index("name")["parent"]
    assert (parents["langue_other"], parents["freins_other"]) == ("langue", "freins")
    assert "edo" not in form.choices["code"].tolist()
    assert not problems.items


def test_dont_know_is_a_status_of_its_own_and_keeps_its_code(form: Form, tmp_path: Path) -> None:
    answers, _ = read(form, tmp_path, "langue\nnsp\nNe sait pas\nfr\n")
    assert statuses(answers, "langue") == ["dont_know", "dont_know", "answered"]
    assert values(answers, "langue") == ["nsp", "nsp", "fr"]


def test_what_the_tool_adds_goes_to_the_records(form: Form, tmp_path: Path) -> None:
    text = (
        "start;end;langue;code;_id;_uuid;_submission_time;__version__;_index;_tags\n"
        "2024-01-01T10:00;2024-01-01T10:05;fr; p-07;12;u-1;2024-01-01T11:00;v1;1;\n"
        ";;en;;;;;v1;2;\n"
    )
    answers, problems = read(form, tmp_path, text, person="code")
    assert not problems.items
    records = answers.records
    assert records["id"].tolist() == ["12", "3"]  # without an id, the line of the file stands for one
    assert records["complete"].tolist() == [True, False]
    assert records["person"].tolist() == ["P-07", ""]
    assert records["version"].tolist() == ["v1", "v1"]
    assert records["start"].tolist() == ["2024-01-01T10:00", ""]
    assert records["row"].tolist() == [2, 3]
    assert set(answers.columns) == {"langue"}


def test_an_unknown_column_is_a_remark_with_the_likely_question(form: Form, tmp_path: Path) -> None:
    _, problems = read(form, tmp_path, "langue;agee\nfr;31\n")
    assert told(problems) == [("SRC-060", 1, "agee")]
    assert not problems.errors
    assert "« age »" in tell(problems, "fr").replace("\u00a0", " ")


def test_an_id_that_stands_twice_is_kept_and_said(form: Form, tmp_path: Path) -> None:
    answers, problems = read(form, tmp_path, "langue;_id;_uuid\nfr;1;a\nen;1;b\nfr;2;c\n")
    assert len(answers.records) == 3
    assert told(problems) == [("SRC-067", 2, "_id"), ("SRC-067", 3, "_id")]


def test_a_file_of_another_survey_is_refused_without_showing_its_first_row(
    form: Form, tmp_path: Path
) -> None:
    answers, problems = read(form, tmp_path, "Blessing O.;31\nFaith A.;22\n")
    assert answers.records.empty
    assert [item.code for item in problems.errors] == ["SRC-073"]
    assert "Blessing" not in tell(problems)


def test_a_row_too_short_is_refused_alone(form: Form, tmp_path: Path) -> None:
    answers, problems = read(form, tmp_path, "langue;age;mots\nfr;31;a\nen;22\nfr;40;b\n")
    assert answers.records["row"].tolist() == [2, 4]
    assert told(problems) == [("SRC-011", 3, "")]


def test_labels_that_repeat_are_told_apart_by_their_order(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text(
        "survey,,,\n,type,name,label\n,integer,q1,Combien ?\n,integer,q2,Combien ?\n", encoding="utf-8"
    )
    form = read_form(path, "form.csv", Problems())
    answers, problems = read(form, tmp_path, "Combien ?;Combien ?\n1;2\n")
    assert (values(answers, "q1"), values(answers, "q2")) == ([1], [2])
    assert not problems.items
    _, problems = read(form, tmp_path, "Combien ?;_id\n1;2\n")
    assert "SRC-066" in [item.code for item in problems]


def test_a_person_column_that_is_missing_is_an_error(form: Form, tmp_path: Path) -> None:
    _, problems = read(form, tmp_path, "langue\nfr\n", person="code")
    assert [item.code for item in problems.errors] == ["SRC-068"]


def test_an_excluding_choice_with_others_is_a_remark(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text(
        "survey,,,\n,type,name,\n,select_multiple l,q,\n"
        "choices,,,\n,list_name,name,exclusive\n,l,a,\n,l,rien,oui\n",
        encoding="utf-8",
    )
    form = read_form(path, "form.csv", Problems())
    answers, problems = read(form, tmp_path, "q;_id\na rien;1\nrien;2\n")
    assert values(answers, "q") == ["a rien", "rien"]
    assert told(problems) == [("SRC-071", 2, "q")]


def test_a_name_in_the_column_of_codes_leaves_the_answer_without_one(form: Form, tmp_path: Path) -> None:
    text = "code,langue\nP-07,fr\nFatima Ben,fr\nn/a,fr\n,fr\n"
    answers, problems = read(form, tmp_path, text, person="code")
    assert answers.records["person"].tolist() == ["P-07", "", "", ""]
    assert [(p.code, p.place.line, p.severity) for p in problems] == [("SRC-078", 3, "warning")]
    assert "Fatima" not in tell(problems, "fr")
