"""LimeSurvey's forms: old and new files, every type of question, conditions, and files that are broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from limesurvey_files import Question, Survey, column_of, lsa, lss

from avis.errors import Place, Problems
from avis.sources.surveys.form import Form
from avis.sources.surveys.forms import read_any_form
from avis.sources.surveys.limetables import MOST_BYTES, read_tables
from avis.sources.surveys.limetypes import KINDS


def fr(text: str, en: str = "") -> dict[str, str]:
    return {"fr": text, "en": en or text}


OPTIONS = [("A1", fr("Rouge", "Red"), 0), ("A2", fr("Vert", "Green"), 0)]
PARTS = [("SQ001", fr("Le matin", "Morning"), 0), ("SQ002", fr("Le soir", "Evening"), 0)]
AXES = [*PARTS, ("C1", fr("Lundi"), 1), ("C2", fr("Mardi"), 1)]


def read(path: Path, survey: Survey, old: bool = False) -> tuple[Form, Problems]:
    problems = Problems()
    file = path / "survey.lss"
    file.write_text(lss(survey, old), encoding="utf-8")
    return read_any_form(file, "survey.lss", problems), problems


def questions(form: Form, *columns: str) -> list[tuple[str, ...]]:
    return list(form.questions[list(columns)].itertuples(index=False, name=None))


EVERY = Survey(
    [
        (
            "1",
            [
                Question("Q1", "L", fr("Couleur ?", "Colour?"), options=OPTIONS, other=True),
                Question(
                    "Q2",
                    "M",
                    fr("Quand ?"),
                    PARTS,
                    other=True,
                    attributes={("exclude_all_others", ""): "SQ002"},
                ),
                Question("Q3", "F", fr("Vos <b>goûts</b>&nbsp;:"), PARTS, OPTIONS),
                Question("Q4", "1", fr("Deux échelles"), PARTS, [*OPTIONS, ("B1", fr("Bleu"), 1)]),
                Question("Q5", "R", fr("Classez"), options=OPTIONS),
                Question("Q6", "O", fr("Liste"), options=OPTIONS),
                Question("Q7", "K", fr("Combien ?"), PARTS),
                Question("Q8", ";", fr("Tableau"), AXES),
            ],
        ),
        ("1", [Question(f"T{n}", letter, fr(f"Type {n}"), PARTS) for n, letter in enumerate(sorted(KINDS))]),
    ],
    languages=("fr", "en"),
)


@pytest.mark.parametrize("old", [True, False])
def test_old_and_new_files_give_the_same_form(tmp_path: Path, old: bool) -> None:
    form, problems = read(tmp_path, EVERY, old)
    assert not problems.items
    assert form.languages == ("fr", "en")
    assert questions(form, "name", "path", "type", "list", "role", "parent")[:18] == [
        ("Q1", "Q1", "select_one", "Q1", "question", ""),
        ("Q1_other", "Q1/other", "text", "", "specify", "Q1"),
        ("Q2", "Q2", "select_multiple", "Q2", "question", ""),
        ("Q2_other", "Q2/other", "text", "", "specify", "Q2"),
        ("Q3", "Q3", "array", "", "array", ""),
        ("Q3_SQ001", "Q3/SQ001", "select_one", "Q3", "question", "Q3"),
        ("Q3_SQ002", "Q3/SQ002", "select_one", "Q3", "question", "Q3"),
        ("Q4", "Q4", "array", "", "array", ""),
        ("Q4_SQ001_0", "Q4/SQ001/1", "select_one", "Q4_0", "question", "Q4"),
        ("Q4_SQ001_1", "Q4/SQ001/2", "select_one", "Q4_1", "question", "Q4"),
        ("Q4_SQ002_0", "Q4/SQ002/1", "select_one", "Q4_0", "question", "Q4"),
        ("Q4_SQ002_1", "Q4/SQ002/2", "select_one", "Q4_1", "question", "Q4"),
        ("Q5", "Q5", "rank", "Q5", "question", ""),
        ("Q6", "Q6", "select_one", "Q6", "question", ""),
        ("Q6_comment", "Q6/comment", "text", "", "specify", "Q6"),
        ("Q7", "Q7", "array", "", "array", ""),
        ("Q7_SQ001", "Q7/SQ001", "decimal", "", "question", "Q7"),
        ("Q7_SQ002", "Q7/SQ002", "decimal", "", "question", "Q7"),
    ]
    cells = form.questions[form.questions["parent"] == "Q8"]
    assert cells["name"].tolist() == ["Q8_SQ001_C1", "Q8_SQ001_C2", "Q8_SQ002_C1", "Q8_SQ002_C2"]
    labels = form.questions.set_index("name")
    assert labels.loc["Q3", "label_fr"] == "Vos goûts :"
    assert (labels.loc["Q3_SQ001", "label_fr"], labels.loc["Q3_SQ001", "label_en"]) == ("Le matin", "Morning")
    choices = form.choices[form.choices["list"] == "Q1"]
    assert choices["code"].tolist() == ["A1", "A2", "-oth-"]
    assert choices["label_en"].tolist() == ["Red", "Green", "Other"]
    boxes = form.choices[form.choices["list"] == "Q2"].set_index("code")
    assert boxes["exclusive"].to_dict() == {"SQ001": False, "SQ002": True, "other": False}
    assert boxes["other"].to_dict() == {"SQ001": False, "SQ002": False, "other": True}


def test_every_letter_has_a_type_and_silent_ones_ask_nobody(tmp_path: Path) -> None:
    form, problems = read(tmp_path, EVERY)
    assert not problems.items
    assert set(form.questions["tool_type"]) == set(KINDS)
    silent = form.questions[form.questions["tool_type"].isin(["X", "*", "I"])]
    assert set(silent["role"]) == {"meta"}
    asked = form.questions[form.questions["type"] == "select_one"]
    assert set(asked["list"]) - set(form.choices["list"]) <= {
        name for name in asked["list"] if name[0] in "TQ"
    }


def test_a_type_that_nobody_knows_is_said_and_read_as_text(tmp_path: Path) -> None:
    form, problems = read(tmp_path, Survey([("1", [Question("Q1", "Z", fr("?"))])]))
    assert [item.code for item in problems] == ["SRC-272"]
    assert questions(form, "name", "type") == [("Q1", "text")]


def conditioned(condition: str, group: str = "1", **more: object) -> Survey:
    return Survey(
        [
            (
                "1",
                [
                    Question("Q1", "L", fr("Couleur"), options=OPTIONS),
                    Question("Q2", "M", fr("Quand"), PARTS),
                    Question("Q3", "N", fr("Âge")),
                    Question("Q4", "T", fr("Texte"), relevance='Q1.NAOK == "A1"'),
                ],
            ),
            (group, [Question("Q9", "T", fr("Pourquoi"), relevance=condition, **more)]),  # type: ignore[arg-type]
        ]
    )


@pytest.mark.parametrize(
    ("condition", "ours"),
    [
        ("1", ""),
        ("", ""),
        ("0", "false()"),
        ('Q1.NAOK == "A1"', "${Q1} = 'A1'"),
        ("((Q1.NAOK == 'A1'))", "${Q1} = 'A1'"),
        ('Q1.NAOK != "A1" && Q3.NAOK >= 18', "(${Q1} != 'A1' and ${Q3} >= 18)"),
        ('Q1.NAOK eq "A1" or 18 < Q3', "(${Q1} = 'A1' or ${Q3} > 18)"),
        ('Q2_SQ001.NAOK == "Y"', "selected(${Q2}, 'SQ001')"),
        ('Q2_SQ001.NAOK != "Y"', "not(selected(${Q2}, 'SQ001'))"),
        ("is_empty(Q2_SQ001.NAOK)", "not(selected(${Q2}, 'SQ001'))"),
        ("!is_empty(Q1.NAOK)", "not(${Q1} = '')"),
        ('!(Q1.NAOK == "A1") and (Q3.NAOK) > "17"', "(not(${Q1} = 'A1') and ${Q3} > 17)"),
        ('Q4 == "x"', "(${Q1} = 'A1') and (${Q4} = 'x')"),
    ],
)
def test_conditions_that_mean_the_same_are_translated(tmp_path: Path, condition: str, ours: str) -> None:
    form, problems = read(tmp_path, conditioned(condition))
    assert not problems.items
    assert form.questions.set_index("name").loc["Q9", "relevance"] == ours


@pytest.mark.parametrize(
    "condition",
    [
        *("count(Q2.NAOK) > 1", "Q1.NAOK", '!Q1.NAOK == "A1"', 'Q1.NAOK = "A1"', "Q1.shown == 'Rouge'"),
        *("Q3.NAOK + 1 > 2", "TOKEN:ATTRIBUTE_1 == 'x'", "Q8.NAOK == 1", "Q9.NAOK == 'x'", "(" * 60),
        *('Q1.NAOK < "A2"', "regexMatch('/a/', Q1.NAOK)", "Q1.NAOK == Q4.NAOK", "Q2_SQ001.NAOK == 'N'"),
        *('Q3.NAOK == "beaucoup"', 'Q1.NAOK == "A1" and', "Q1.NAOK == 'a\\'b'"),
    ],
)
def test_other_conditions_are_kept_said_and_never_judged(tmp_path: Path, condition: str) -> None:
    form, problems = read(tmp_path, conditioned(condition))
    assert [item.code for item in problems] == ["SRC-273"]
    assert form.questions.set_index("name").loc["Q9", "relevance"] == f"em({condition})"


def test_a_condition_may_name_a_column_of_the_database(tmp_path: Path) -> None:
    survey = conditioned("1")
    box, colour = column_of(survey, "Q2", "SQ001"), column_of(survey, "Q1")
    form, problems = read(tmp_path, conditioned(f'(({box}.NAOK == "Y") and ({colour}.NAOK == "A2"))'))
    assert not problems.items
    assert (
        form.questions.set_index("name").loc["Q9", "relevance"]
        == "(selected(${Q2}, 'SQ001') and ${Q1} = 'A2')"
    )


def test_the_condition_of_a_group_holds_for_its_questions(tmp_path: Path) -> None:
    form, _ = read(tmp_path, conditioned("Q3.NAOK > 5", group='Q1.NAOK == "A1"'))
    assert form.questions.set_index("name").loc["Q9", "relevance"] == "(${Q1} = 'A1') and (${Q3} > 5)"


def test_a_filtered_array_asks_the_rows_that_were_ticked(tmp_path: Path) -> None:
    array = Question("Q5", "F", fr("Notez"), PARTS, OPTIONS, attributes={("array_filter", ""): "Q2"})
    unread = Question(
        "Q6", "F", fr("Notez"), PARTS[:1], OPTIONS, attributes={("array_filter_exclude", ""): "Q5"}
    )
    boxes = Question("Q2", "M", fr("Quand"), PARTS)
    form, problems = read(tmp_path, Survey([("1", [boxes, array, unread])]))
    found = form.questions.set_index("name")["relevance"]
    assert found["Q5_SQ002"] == "selected(${Q2}, 'SQ002')"
    assert found["Q6_SQ001"] == "em(array_filter_exclude(Q5))"
    assert [(item.code, item.place.field) for item in problems] == [("SRC-273", "Q6_SQ001")]


def test_a_hidden_question_asks_nobody_and_another_word_for_other_is_kept(tmp_path: Path) -> None:
    hidden = Question("Q1", "S", fr("Origine"), attributes={("hidden", ""): "1"})
    other = Question(
        "Q2",
        "!",
        fr("Où ?"),
        options=OPTIONS,
        other=True,
        attributes={("other_replace_text", "fr"): "Ailleurs"},
    )
    form, _ = read(tmp_path, Survey([("1", [hidden, other])]))
    assert questions(form, "name", "role")[0] == ("Q1", "meta")
    assert form.choices.set_index("code").loc["-oth-", "label_fr"] == "Ailleurs"


def test_a_survey_in_other_languages_keeps_their_words(tmp_path: Path) -> None:
    words = {"pt-BR": "Cor?", "ar": "لون"}
    form, _ = read(tmp_path, Survey([("1", [Question("Q1", "T", words)])], languages=("pt-BR", "ar")))
    row = form.questions.iloc[0]
    assert (row["label_pt_br"], row["label_ar"], row["label_fr"]) == ("Cor?", "لون", "Cor?")


def test_old_tables_of_conditions_are_not_passed_over(tmp_path: Path) -> None:
    survey = Survey([("1", [Question("Q1", "T", fr("a")), Question("Q2", "T", fr("b"))])])
    text = lss(survey, old=True).replace(
        "<themes/>", "<conditions><rows><row><qid>21</qid><cqid>20</cqid></row></rows></conditions>"
    )
    (tmp_path / "old.lss").write_text(text, encoding="utf-8")
    problems = Problems()
    form = read_any_form(tmp_path / "old.lss", "old.lss", problems)
    assert [(item.code, item.place.field) for item in problems] == [("SRC-273", "Q2")]
    assert form.questions["relevance"].tolist() == ["", "em(conditions)"]


WHOLE = lss(EVERY)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE document [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    "<document><LimeSurveyDocType>Survey</LimeSurveyDocType><x>&b;</x></document>"
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (LAUGHS, "SRC-212"),
        (WHOLE[: len(WHOLE) // 2], "SRC-003"),
        (WHOLE.replace("</document>", "</documents>"), "SRC-003"),
        ("<document><LimeSurveyDocType>Survey</LimeSurveyDocType></document>", "SRC-270"),
        ("<document><LimeSurveyDocType>Survey</LimeSurveyDocType>" + "<a>" * 300, "SRC-003"),
    ],
    ids=["billion laughs", "cut", "not well formed", "no questions", "deep"],
)
def test_a_broken_form_gives_one_clear_error(tmp_path: Path, text: str, code: str) -> None:
    (tmp_path / "bad.lss").write_text(text, encoding="utf-8")
    problems = Problems()
    form = read_any_form(tmp_path / "bad.lss", "bad.lss", problems)
    assert [item.code for item in problems] == [code]
    assert form.questions.empty


def test_an_archive_gives_its_form(tmp_path: Path) -> None:
    problems = Problems()
    path = lsa(tmp_path / "all.lsa", {"survey_4711.lss": WHOLE, "survey_4711_tokens.lst": "<document/>"})
    form = read_any_form(path, "all.lsa", problems)
    assert not problems.items
    assert len(form.questions) == len(read(tmp_path, EVERY)[0].questions)


def test_what_is_ranked_may_stand_where_rows_do(tmp_path: Path) -> None:
    form, problems = read(tmp_path, Survey([("1", [Question("Q1", "R", fr("Classez"), PARTS)])]))
    assert not problems.items
    assert questions(form, "name", "type", "list") == [("Q1", "rank", "Q1")]
    assert form.choices["code"].tolist() == ["SQ001", "SQ002"]


@pytest.mark.parametrize(("more", "codes"), [(0, ["SRC-003"]), (1, ["SRC-281"])])
def test_a_form_larger_than_any_is_refused_before_it_is_parsed(more: int, codes: list[str]) -> None:
    problems = Problems()
    assert read_tables(b"<" * (MOST_BYTES + more), Place("a.lss"), problems) is None
    assert [item.code for item in problems] == codes
