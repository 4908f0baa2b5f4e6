"""LimeSurvey's answers: archives, CSV and XLSX, codes or full texts, two languages, and nobody named."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from limesurvey_files import Question, Survey, column_of, csv_of, lsa, lsr, lss

from avis.errors import Problems
from avis.sources.surveys.exports import open_exports
from avis.sources.surveys.form import Form
from avis.sources.surveys.forms import read_any_form
from avis.sources.surveys.limesurvey import read, suits
from avis.sources.surveys.statuses import settle
from avis.sources.surveys.tools import Responses, read_responses


def fr(text: str, en: str = "") -> dict[str, str]:
    return {"fr": text, "en": en or text}


COLOURS = [("A1", fr("Rouge", "Red"), 0), ("A2", fr("Vert", "Green"), 0)]
TIMES = [("SQ001", fr("Le matin", "Morning"), 0), ("SQ002", fr("Le soir", "Evening"), 0)]
SURVEY = Survey(
    [
        (
            "1",
            [
                Question(
                    "Q1", "L", fr("Quelle <b>couleur</b> ?", "Which colour?"), options=COLOURS, other=True
                ),
                Question("Q2", "M", fr("Quand venez-vous ?", "When do you come?"), TIMES, other=True),
                Question("Q3", "F", fr("Vos goûts", "Your tastes"), TIMES, COLOURS),
                Question("Q4", "Y", fr("Content·e ?", "Happy?")),
                Question("Q5", "N", fr("Quel âge ?", "How old?"), relevance='Q4.NAOK == "Y"'),
                Question("Q6", "T", fr("Dites-nous", "Tell us"), relevance='Q4.NAOK == "Y"'),
                Question("Q7", "R", fr("Classez", "Rank"), options=COLOURS),
                Question("Q8", "T", fr("Un mot", "A word")),
            ],
        )
    ],
    languages=("fr", "en"),
)
META = ["id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp"]
META_FR = [
    *("ID de la réponse", "Date de soumission", "Dernière page", "Langue de départ", "Tête de série"),
    *("Date de lancement", "Date de la dernière action"),
]
CODES = [
    *("Q1", "Q1[other]", "Q2[SQ001]", "Q2[SQ002]", "Q2[other]", "Q3[SQ001]", "Q3[SQ002]", "Q4", "Q5", "Q6"),
    *("Q7[1]", "Q7[2]", "Q8"),
]
TEXTS = [
    *("Quelle couleur ?", "Quelle couleur ? [Autre]", "Quand venez-vous ? [Le matin]"),
    *("Quand venez-vous ? [Le soir]", "Quand venez-vous ? [Autre]", "Vos goûts [Le matin]"),
    *(
        "Vos goûts [Le soir]",
        "Content·e ?",
        "Quel âge ?",
        "Dites-nous",
        "Classez [Rang 1]",
        "Classez [Rang 2]",
    ),
    "Un mot",
]
WHEN = ["2024-03-02 10:00:00", "4"]
ABOUT = [
    ["1", *WHEN, "fr", "11", "2024-03-02 09:50:00", "2024-03-02 10:00:00"],
    ["2", *WHEN, "en", "12", "2024-03-02 09:50:00", "2024-03-02 10:00:00"],
    ["3", "", "1", "fr", "13", "2024-03-02 09:50:00", "2024-03-02 10:00:00"],
]
CODED = [
    [*("A1", "", "Y", "", "", "A2", "A1", "Y", "34.5000000000", "ligne 1\nligne 2", "A2", "A1", "N/A")],
    [*("-oth-", "Mauve", "Y", "Y", "à midi", "A1", "A1", "N", "", "N/A", "A1", "", "bien")],
    [*("A2", "", "", "", "", "", "", "", "", "", "", "", "")],
]
LABELLED = [
    [*("Rouge", "", "Oui", "Non", "", "Vert", "Rouge", "Oui", "34.5000000000", "ligne 1\nligne 2")],
    [*("Other", "Mauve", "Yes", "Yes", "à midi", "Red", "Red", "No", "", "N/A")],
    [*("Vert", "", "N/A", "N/A", "", "", "", "", "", "")],
]
LABELLED = [
    row + more
    for row, more in zip(LABELLED, [["Vert", "Rouge", "N/A"], ["Red", "", "bien"], ["", "", ""]], strict=True)
]
VALUES = {
    "Q1": ["A1", "-oth-", "A2"],
    "Q1_other": ["", "Mauve", ""],
    "Q2": ["SQ001", "SQ001 SQ002 other", ""],
    "Q2_other": ["", "à midi", ""],
    "Q3_SQ001": ["A2", "A1", ""],
    "Q3_SQ002": ["A1", "A1", ""],
    "Q4": ["Y", "N", ""],
    "Q5": ["34.5", "", ""],
    "Q6": ["ligne 1\nligne 2", "", ""],
    "Q7": ["A2 A1", "A1", ""],
    "Q8": ["N/A", "bien", ""],
}


@pytest.fixture
def form(tmp_path: Path) -> Form:
    (tmp_path / "survey.lss").write_text(lss(SURVEY), encoding="utf-8")
    return read_any_form(tmp_path / "survey.lss", "survey.lss", Problems())


def read_files(
    problems: Problems, form: Form | None, *files: tuple[Path, bytes], person: str = ""
) -> Responses:
    for path, data in files:
        path.write_bytes(data)
    exports = open_exports([(path, path.name) for path, _ in files], problems)
    found = read_responses(exports, form, person, problems)
    assert found is not None
    return found


def values(responses: Responses) -> dict[str, list[str]]:
    return {
        name: [
            "" if value is None or value != value else str(value) for value in column.values.astype("object")
        ]
        for name, column in responses.answers.columns.items()
    }


def rows(
    headers: Sequence[str], cells: Sequence[Sequence[str]], meta: Sequence[str] = META
) -> list[list[str]]:
    return [[*meta, *headers], *([*about, *row] for about, row in zip(ABOUT, cells, strict=True))]


def both(codes: Sequence[str], texts: Sequence[str]) -> list[str]:
    return [f"{code}. {text}" for code, text in zip(codes, texts, strict=True)]


LAYOUTS = {
    "codes": (META, CODES),
    "codes with underscores": (META, [code.replace("[", "_").removesuffix("]") for code in CODES]),
    "codes with points": (META, [code.replace("[", ".").removesuffix("]") for code in CODES]),
    "texts": (META_FR, TEXTS),
    "texts with underscores for spaces": (META_FR, [text.replace(" ", "_") for text in TEXTS]),
    "texts with HTML": (META_FR, [text.replace("couleur", "<b>couleur</b>") for text in TEXTS]),
    "codes and texts": (both(META, META_FR), both(CODES, TEXTS)),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("cells", "delimiter", "bom"), [(CODED, ",", True), (LABELLED, ";", False)], ids=["codes", "labels"]
)
def test_every_layout_gives_the_same_answers(
    tmp_path: Path, form: Form, layout: str, cells: list[list[str]], delimiter: str, bom: bool
) -> None:
    problems = Problems()
    meta, headers = LAYOUTS[layout]
    data = csv_of(rows(headers, cells, meta), delimiter, bom)
    responses = read_files(problems, form, (tmp_path / "results.csv", data))
    assert not problems.items
    assert responses.tool == "LimeSurvey"
    assert values(responses) == VALUES
    records = responses.answers.records
    assert records["id"].tolist() == ["1", "2", "3"]
    assert records["complete"].tolist() == [True, True, False]
    assert records["start"].tolist() == ["2024-03-02 09:50:00"] * 3


def test_the_statuses_tell_not_asked_from_not_answered_and_from_not_known(tmp_path: Path, form: Form) -> None:
    problems = Problems()
    responses = read_files(problems, form, (tmp_path / "r.csv", csv_of(rows(CODES, CODED))))
    statuses, _ = settle(form, responses.answers)
    found = {name: statuses[name].tolist() for name in VALUES}
    assert found["Q1_other"] == ["not_asked", "answered", "not_asked"]
    assert found["Q5"] == ["answered", "not_asked", "not_asked"]  # the third has no answer to Q4
    assert found["Q6"] == ["answered", "not_asked", "not_asked"]
    assert found["Q3_SQ001"] == ["answered", "answered", "unknown_empty"]  # unfinished: never seen, or passed
    assert found["Q2"] == ["answered", "answered", "unknown_empty"]
    assert found["Q8"] == ["answered", "answered", "unknown_empty"]  # « N/A » is her own word there


def test_not_shown_boxes_are_not_asked_and_shown_ones_without_a_tick_are_no_answer(
    tmp_path: Path, form: Form
) -> None:
    headers = ["Q2[SQ001]", "Q2[SQ002]", "Q4"]
    cells = [["N/A", "N/A", "N/A"], ["Non", "Non", "Sans réponse"], ["", "", ""]]
    responses = read_files(Problems(), form, (tmp_path / "r.csv", csv_of(rows(headers, cells))))
    statuses, _ = settle(form, responses.answers)
    assert statuses["Q2"].tolist() == ["not_asked", "no_answer", "unknown_empty"]
    assert statuses["Q4"].tolist() == ["not_asked", "no_answer", "unknown_empty"]


def test_a_workbook_is_read_like_a_csv(tmp_path: Path, form: Form) -> None:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    for n, row in enumerate(rows(TEXTS, LABELLED, META_FR)):
        book.add_worksheet() if n == 0 else None
        book.worksheets()[0].write_row(n, 0, row)
    book.close()
    problems = Problems()
    responses = read_files(problems, form, (tmp_path / "results.xlsx", stream.getvalue()))
    assert not problems.items
    assert values(responses) == VALUES


def archive(path: Path) -> bytes:
    ends = {
        **{"Q1[other]": ("Q1", "other"), "Q2[SQ001]": ("Q2", "SQ001"), "Q2[SQ002]": ("Q2", "SQ002")},
        **{"Q2[other]": ("Q2", "other"), "Q3[SQ001]": ("Q3", "SQ001"), "Q3[SQ002]": ("Q3", "SQ002")},
        **{"Q7[1]": ("Q7", "1"), "Q7[2]": ("Q7", "2")},
    }
    names = [column_of(SURVEY, *ends.get(code, (code,))) for code in CODES]
    data = [
        {**dict(zip(META, about, strict=True)), **dict(zip(names, row, strict=True)), "token": "tok-SECRET"}
        for about, row in zip(ABOUT, CODED, strict=True)
    ]
    members = {
        "survey_4711.lss": lss(SURVEY),
        "survey_4711_responses.lsr": lsr(data),
        "survey_4711_tokens.lst": "<not opened at all, not even XML",
    }
    return lsa(path, members).read_bytes()


def test_an_archive_alone_gives_form_and_answers(tmp_path: Path) -> None:
    problems = Problems()
    data = archive(tmp_path / "survey.lsa")
    responses = read_files(problems, None, (tmp_path / "survey.lsa", data))
    assert not problems.items
    assert values(responses) == VALUES
    assert responses.left_out == (".lst", "token")


def test_columns_are_known_by_their_names_of_version_7(tmp_path: Path) -> None:
    ranked = Question("Q9", "R", fr("Classez"), TIMES)
    survey = Survey([("1", [*SURVEY.groups[0][1][:3], ranked])])
    names = ["Q20", "Q20_Cother", "Q21_S2100", "Q21_S2101", "Q21_Cother", "Q22_S2200", "Q22_S2201"]
    row = dict(zip([*names, "Q23_S2300", "Q23_S2301"], [*CODED[1][:7], "SQ002", "SQ001"], strict=True))
    path = lsa(
        tmp_path / "s.lsa", {"s.lss": lss(survey), "s.lsr": lsr([{"id": "1", "submitdate": "2026", **row}])}
    )
    problems = Problems()
    found = values(read_files(problems, None, (path, path.read_bytes())))
    assert not problems.items
    assert found.pop("Q9") == ["SQ002 SQ001"]
    assert found == {name: cells[1:2] for name, cells in list(VALUES.items())[:6]}


def test_null_in_a_finished_record_of_an_archive_says_not_asked(tmp_path: Path) -> None:
    survey = Survey([("1", [Question("Q1", "L", fr("?"), options=COLOURS, relevance="count(x) > 1")])])
    q1 = column_of(survey, "Q1")
    data = [
        {"id": "1", "submitdate": "2024-01-01 10:00:00", q1: None},
        {"id": "2", "submitdate": "2024-01-01 10:00:00", q1: ""},
        {"id": "3", "submitdate": None, q1: None},
        {"id": "4", "submitdate": "2024-01-01 10:00:00", q1: "A1"},
    ]
    path = lsa(tmp_path / "s.lsa", {"s.lss": lss(survey), "s.lsr": lsr(data)})
    responses = read_files(Problems(), None, (path, path.read_bytes()))
    statuses, _ = settle(responses.form, responses.answers)
    assert statuses["Q1"].tolist() == ["not_asked", "unknown_empty", "unknown_empty", "answered"]


def test_a_form_beside_the_export_is_enough(tmp_path: Path) -> None:
    problems = Problems()
    responses = read_files(
        problems,
        None,
        (tmp_path / "survey.lss", lss(SURVEY, old=True).encode()),
        (tmp_path / "results.csv", csv_of(rows(TEXTS, LABELLED, META_FR))),
    )
    assert not problems.items
    assert values(responses) == VALUES


def test_an_export_without_its_form_asks_for_it(tmp_path: Path) -> None:
    problems = Problems()
    responses = read_files(problems, None, (tmp_path / "r.csv", csv_of(rows(CODES, CODED))))
    assert [item.code for item in problems] == ["SRC-277"]
    assert responses.answers.records.empty


def test_two_tables_of_answers_are_never_added(tmp_path: Path, form: Form) -> None:
    problems = Problems()
    data = csv_of(rows(CODES, CODED))
    responses = read_files(problems, form, (tmp_path / "a.csv", data), (tmp_path / "b.csv", data))
    assert [(item.code, item.place.file) for item in problems] == [("SRC-278", "b.csv")]
    assert len(responses.answers.records) == 3


def test_another_survey_and_unknown_columns_are_said(tmp_path: Path, form: Form) -> None:
    problems = Problems()
    read_files(problems, form, (tmp_path / "r.csv", csv_of(rows(["Z1"], [["a"], ["b"], ["c"]]))))
    assert [item.code for item in problems] == ["SRC-073"]
    problems = Problems()
    cells = [["A1", "a"], ["A1", "b"], ["A1", "c"]]
    read_files(problems, form, (tmp_path / "r.csv", csv_of(rows(["Q1", "Z1"], cells))))
    assert [(item.code, item.place.field) for item in problems] == [("SRC-060", "Z1")]


def test_a_value_outside_the_list_is_said_at_its_line(tmp_path: Path, form: Form) -> None:
    problems = Problems()
    cells = [["A1", "Y"], ["A7", "Y"], ["A2", "peut-être"]]
    data = csv_of(rows(["Q1", "Q2[SQ001]"], cells))
    responses = read_files(problems, form, (tmp_path / "r.csv", data))
    assert [(item.code, item.place.line) for item in problems] == [("SRC-061", 3), ("SRC-074", 4)]
    assert values(responses)["Q1"] == ["A1", "", "A2"]


def test_cut_headers_match_where_one_question_begins_like_that(tmp_path: Path) -> None:
    survey = Survey(
        [
            (
                "1",
                [
                    Question("Q1", "M", fr("Quelles activités suivez-vous ?"), TIMES),
                    Question("Q2", "T", fr("Pourquoi êtes-vous venue la première fois ?")),
                    Question("Q3", "T", fr("Pourquoi êtes-vous revenue ensuite ?")),
                ],
            )
        ]
    )
    (tmp_path / "s.lss").write_text(lss(survey), encoding="utf-8")
    form = read_any_form(tmp_path / "s.lss", "s.lss", Problems())
    headers = ["Quelles activit... [Le ma...]", "Pourquoi êtes-vous ven..", "Pourquoi êtes-vou..."]
    problems = Problems()
    cells = [["Oui", "a", "x"], ["Non", "b", "y"], ["Non", "c", "z"]]
    responses = read_files(problems, form, (tmp_path / "r.csv", csv_of(rows(headers, cells))))
    assert values(responses) == {"Q1": ["SQ001", "", ""], "Q2": ["a", "b", "c"]}
    assert [(item.code, item.place.column) for item in problems] == [("SRC-274", 10)]


def test_two_questions_with_one_text_match_in_order_or_not_at_all(tmp_path: Path) -> None:
    survey = Survey([("1", [Question("Q1", "T", fr("Pourquoi ?")), Question("Q2", "T", fr("Pourquoi ?"))])])
    (tmp_path / "s.lss").write_text(lss(survey), encoding="utf-8")
    form = read_any_form(tmp_path / "s.lss", "s.lss", Problems())
    three = [["a", "b"]] * 3
    responses = read_files(
        Problems(), form, (tmp_path / "r.csv", csv_of(rows(["Pourquoi ?", "Pourquoi ?"], three)))
    )
    assert values(responses) == {"Q1": ["a"] * 3, "Q2": ["b"] * 3}
    problems = Problems()
    read_files(problems, form, (tmp_path / "r.csv", csv_of(rows(["Pourquoi ?"], [["a"]] * 3))))
    assert [item.code for item in problems] == ["SRC-066", "SRC-073"]


def test_a_text_that_begins_like_a_code_is_matched_by_its_text(tmp_path: Path) -> None:
    survey = Survey(
        [("1", [Question("Q1", "T", fr("Nombre d’enfants")), Question("Q2", "T", fr("Q1. Âge"))])]
    )
    (tmp_path / "s.lss").write_text(lss(survey), encoding="utf-8")
    form = read_any_form(tmp_path / "s.lss", "s.lss", Problems())
    responses = read_files(Problems(), form, (tmp_path / "r.csv", csv_of(rows(["Q1. Âge"], [["a"]] * 3))))
    assert values(responses) == {"Q2": ["a"] * 3}


def test_labels_are_read_in_the_language_of_each_record(tmp_path: Path) -> None:
    swapped = [("A1", fr("Chat", "Chien"), 0), ("A2", fr("Chien", "Chat"), 0)]
    survey = Survey([("1", [Question("Q1", "L", fr("?"), options=swapped)])], languages=("fr", "en"))
    (tmp_path / "s.lss").write_text(lss(survey), encoding="utf-8")
    form = read_any_form(tmp_path / "s.lss", "s.lss", Problems())
    data = csv_of(rows(["Q1"], [["Chat"], ["Chat"], ["Chien"]]))
    assert values(read_files(Problems(), form, (tmp_path / "r.csv", data))) == {"Q1": ["A1", "A2", "A2"]}


def test_codes_that_are_labels_of_others_are_said_where_nothing_decides(tmp_path: Path) -> None:
    swapped = [("1", fr("2"), 0), ("2", fr("1"), 0)]
    questions = [Question("Q1", "L", fr("?"), options=swapped), Question("Q2", "Y", fr("??"))]
    (tmp_path / "s.lss").write_text(lss(Survey([("1", questions)])), encoding="utf-8")
    form = read_any_form(tmp_path / "s.lss", "s.lss", Problems())
    for words, codes, expected in (("N", ["SRC-280"], "1"), ("Oui", [], "2"), ("Y", [], "1")):
        headers, cells = (["Q1"], [["1"]] * 3) if words == "N" else (["Q1", "Q2"], [["1", words]] * 3)
        problems = Problems()
        found = read_files(problems, form, (tmp_path / "r.csv", csv_of(rows(headers, cells))))
        assert [item.code for item in problems] == codes
        assert values(found)["Q1"] == [expected] * 3


def test_dual_scales_comments_cells_and_files(tmp_path: Path) -> None:
    axes = [*TIMES, ("C1", fr("Lundi"), 1)]
    survey = Survey(
        [
            (
                "1",
                [
                    Question("D", "1", fr("Deux"), TIMES[:1], [*COLOURS, ("B1", fr("Bleu"), 1)]),
                    Question("O", "O", fr("Liste"), options=COLOURS),
                    Question("P", "P", fr("Cases"), TIMES[:1]),
                    Question("N", ":", fr("Nombres"), axes),
                    Question("F", "|", fr("Fichier")),
                ],
            )
        ]
    )
    (tmp_path / "s.lss").write_text(lss(survey), encoding="utf-8")
    form = read_any_form(tmp_path / "s.lss", "s.lss", Problems())
    cells = [["A1", "B1", "A2", "car", "Y", "tôt", "3", "", '[{"name":"dupont.pdf"},{"name":"b.pdf"}]']]
    cells += [["", "", "", "", "", "", "", "2", ""]] * 2
    expected = {
        **{"D_SQ001_0": "A1", "D_SQ001_1": "B1", "O": "A2", "O_comment": "car", "P": "SQ001"},
        **{"P_SQ001comment": "tôt", "N_SQ001_C1": "3.0", "N_SQ002_C1": "", "F": "2"},
    }
    for headers in (
        [*("D[SQ001][1]", "D[SQ001][2]", "O", "O[comment]", "P[SQ001]", "P[SQ001comment]", "N[SQ001_C1]")],
        [
            *("Deux [Le matin][Échelle 1]", "Deux [Le matin][Scale 2]", "Liste", "Liste [Commentaire]"),
            *("Cases [Le matin]", "Cases [Le matin] [Comment]", "Nombres [Le matin][Lundi]"),
        ],
    ):
        whole = [*headers, headers[-1].replace("SQ001", "SQ002").replace("Le matin", "Le soir")]
        whole.append("F" if "[SQ001]" in headers[0] else "Fichier")
        problems = Problems()
        found = read_files(problems, form, (tmp_path / "r.csv", csv_of(rows(whole, cells))))
        assert not problems.items
        assert {name: column[0] for name, column in values(found).items()} == expected
        assert "dupont" not in repr(found.answers.columns["F"].raw.tolist())


def test_an_unticked_exclusive_and_a_missing_form_of_submission(tmp_path: Path, form: Form) -> None:
    table = rows(["Q1"], [["A1"], ["A2"], ["A1"]])
    table[1][1] = "1980-01-01 00:00:00"  # a survey that keeps no dates
    responses = read_files(Problems(), form, (tmp_path / "r.csv", csv_of(table)))
    records = responses.answers.records
    assert records["end"].tolist() == ["", "2024-03-02 10:00:00", ""]
    assert records["complete"].tolist() == [True, True, False]


def test_ids_that_stand_twice_are_kept_and_said(tmp_path: Path, form: Form) -> None:
    table = rows(["Q1"], [["A1"], ["A2"], ["A1"]])
    table[2][0] = "1"
    problems = Problems()
    responses = read_files(problems, form, (tmp_path / "r.csv", csv_of(table)))
    assert [(item.code, item.place.line) for item in problems] == [("SRC-067", 2), ("SRC-067", 3)]
    assert responses.answers.records["id"].tolist() == ["1", "1#3", "3"]


def test_person_codes_come_from_a_question_and_never_from_an_access_code(tmp_path: Path, form: Form) -> None:
    table = rows(["Q1", "Q8", "token"], [["A1", "a1 ", "tok1"], ["A2", "Fatima", "tok2"], ["A1", "", "tok3"]])
    problems = Problems()
    found = read_files(problems, form, (tmp_path / "r.csv", csv_of(table)), person="Q8")
    assert found.answers.records["person"].tolist() == ["A1", "", ""]
    assert "Q8" not in found.answers.columns
    assert [(item.code, item.place.line) for item in problems] == [("SRC-078", 3)]
    for person, code in (("token", "SRC-279"), ("Code d'accès", "SRC-279"), ("rien", "SRC-068")):
        problems = Problems()
        found = read_files(problems, form, (tmp_path / "r.csv", csv_of(table)), person=person)
        assert [item.code for item in problems] == [code]
        assert set(found.answers.records["person"]) == {""}


def test_suits_tells_limesurvey_from_other_tables(tmp_path: Path, form: Form) -> None:
    def given(data: bytes, known: Form | None) -> bool:
        (tmp_path / "x.csv").write_bytes(data)
        return suits(open_exports([(tmp_path / "x.csv", "x.csv")], Problems()), known)

    assert given(csv_of(rows(CODES, CODED)), None)
    assert given(csv_of(rows(TEXTS, LABELLED, META_FR)), None)
    assert given(csv_of([["Q1", "Q2"], ["a", "b"]]), form)
    assert not given(csv_of([["_id", "_uuid", "q1"], ["1", "2", "3"]]), None)
    assert not given(csv_of([["Horodateur", "id"], ["1", "2"]]), None)


SECRETS = (
    "ada@secret.example",
    "tok-SECRET",
    "192.0.2.7",
    "Lovelace",
    "Adélaïde",
    "https://secret.example/r",
)
PRIVATE = ["token", "ipaddr", "refurl", "firstname", "lastname", "email", "attribute_1"]
PRIVATE_FR = [
    "Code d'accès",
    "Adresse IP",
    "URL référente",
    "Prénom",
    "Nom",
    "Adresse courriel",
    "Attribut 1",
]


@pytest.mark.parametrize("headers", [PRIVATE, PRIVATE_FR], ids=["codes", "texts"])
def test_nobody_is_named_anywhere(
    tmp_path: Path, form: Form, headers: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    who = [
        "tok-SECRET",
        "192.0.2.7",
        "https://secret.example/r",
        "Adélaïde",
        "Lovelace",
        "ada@secret.example",
    ]
    table = rows([*headers, "Q1", "Q8"], [[*who, "Lovelace", "ada@secret.example", "ada@secret.example"]] * 3)
    data = archive(tmp_path / "x.lsa")
    cases = [(form, (tmp_path / "r.csv", csv_of(table)), ""), (None, (tmp_path / "x.lsa", data), "")]
    cases += [
        (None, (tmp_path / "r.csv", csv_of(table)), ""),
        (form, (tmp_path / "r.csv", csv_of(table)), "token"),
    ]
    for known, file, person in cases:
        problems = Problems()
        found = read_files(problems, known, file, person=person)
        told = [item.told(lang) for item in problems for lang in ("fr", "en")]
        parts = [repr(found), repr(problems.items), repr(found.left_out), *told]
        for frame in (found.answers.records, found.form.questions, found.form.choices):
            parts.append(frame.to_csv())
        for column in found.answers.columns.values():
            parts += [repr(column), column.raw.to_csv(), column.values.to_csv()]
        parts += list(capfd.readouterr())
        for secret in SECRETS:
            assert secret not in "\n".join(parts)
    columns = read_files(Problems(), form, (tmp_path / "r.csv", csv_of(table)))
    assert columns.left_out == tuple(headers)
    statuses, _ = settle(form, columns.answers)
    assert statuses["Q8"].tolist() == ["answered"] * 3  # counted, and not kept


def test_an_archive_without_answers_or_without_a_form_is_said(tmp_path: Path) -> None:
    for members, code in (
        ({"s.lss": lss(SURVEY)}, "SRC-275"),
        ({"s.lss": lss(SURVEY), "s.lsr": "<a"}, "SRC-003"),
    ):
        problems = Problems()
        path = lsa(tmp_path / "s.lsa", members)
        found = read(open_exports([(path, "s.lsa")], problems), None, "", problems)
        assert [item.code for item in problems] == [code]
        assert found.answers.records.empty
        assert not found.form.questions.empty
