"""The activity log: acts, attendances and people, with what was not said told as such."""

from __future__ import annotations

import io
from collections.abc import Callable

import pandas as pd
import pytest
import xlsxwriter

from avis.errors import Problems, tell
from avis.evaluation import Evaluation
from avis.sources.activities import read_activities

Association = Callable[..., Evaluation]
HEADER = "date;debut;fin;type;lieu;nombre;participants;personnes;codes;role;qualificatif\n"


def read(association: Association, text: str, header: str = HEADER) -> tuple[pd.DataFrame, Problems]:
    problems = Problems()
    evaluation = association({"sources/a.csv": header + text}, activities=("sources/*.csv",))
    return read_activities(evaluation, problems), problems


def told(problems: Problems) -> list[tuple[str, int]]:
    return [(problem.code, problem.place.line) for problem in problems]


def test_a_row_without_a_count_is_one_act(association: Association) -> None:
    table, problems = read(association, "2024-03-15;;;atelier;;;;;;;\n2024;;;atelier;;0;;;;;\n")
    assert table["count"].tolist() == [1, 0]
    assert table["participants"].isna().all()  # missing is not zero
    assert not list(problems)


def test_words_beside_a_number_become_its_qualifier(association: Association) -> None:
    written = ["environ 12 000", "plus de 40", "7 000 à 10 000", "3"]
    rows = "".join(f"2024;;;a;;{figure};;;;;\n" for figure in written)
    table, problems = read(association, rows)
    assert table["count"].tolist() == [12000, 40, 7000, 3]
    assert table["qualifier"].tolist() == ["about", "at_least", "range", "exact"]
    assert table["high"].fillna(0).tolist() == [0, 0, 10000, 0]
    assert not list(problems)


def test_each_figure_of_a_row_has_its_own_qualifier(association: Association) -> None:
    table, _ = read(association, "2024;;;a;;;environ 40;;;;\n")
    row = table.iloc[0]
    assert (row["count"], row["count_qualifier"]) == (1, "exact")
    assert (row["participants"], row["participants_qualifier"], row["qualifier"]) == (40, "about", "about")
    assert row["people_qualifier"] == ""


def test_a_declared_qualifier_holds_for_the_figures_that_are_given(association: Association) -> None:
    table, problems = read(association, "2024;;;a;;4;20;;;;environ\n2024;;;a;;4;;;;;entre\n")
    assert table["count_qualifier"].tolist() == ["about", "at_least"]
    assert told(problems) == [("SRC-034", 3)]


def test_two_qualifiers_that_differ_are_said(association: Association) -> None:
    table, problems = read(association, "2024;;;a;;environ 40;;;;;au moins\n")
    assert table["qualifier"].tolist() == ["about"]
    assert told(problems) == [("SRC-040", 2)]


def test_dates_and_periods_keep_their_precision(association: Association) -> None:
    rows = (
        "15/03/2024;;;a;;;;;;;\nT1 2024;;;a;;;;;;;\n;2021;2024;a;;66;;;;;\n;janv. 2023;mars 2023;a;;;;;;;\n"
    )
    table, problems = read(association, rows)
    assert table["period_start"].tolist() == ["2024-03-15", "2024-T1", "2021", "2023-01"]
    assert table["period_end"].tolist() == ["2024-03-15", "2024-T1", "2024", "2023-03"]
    assert table["year"].fillna(0).tolist() == [2024, 2024, 0, 2023]
    assert not list(problems)


@pytest.mark.parametrize(
    ("row", "code", "kept"),
    [
        ("31/02/2024;;;a;;;;;;;", "SRC-017", ""),
        (";;;a;;;;;;;", "SRC-028", ""),
        ("2024;2023;2024;a;;;;;;;", "SRC-027", "2024"),
        (";2023;;a;;;;;;;", "SRC-029", "2023"),
        (";2024-04;2024-T1;a;;;;;;;", "SRC-021", ""),
    ],
)
def test_a_doubtful_date_is_said_once_with_its_line(
    row: str, code: str, kept: str, association: Association
) -> None:
    table, problems = read(association, f"2024;;;a;;;;;;;\n{row}\n")
    assert told(problems) == [(code, 3)]
    assert table["period_start"].tolist() == ["2024", kept]


def test_a_period_may_end_on_the_day_it_begins(association: Association) -> None:
    _, problems = read(association, ";2024-03-31;2024-T1;a;;;;;;;\n")
    assert not list(problems)


def test_one_person_has_one_code_however_it_is_typed(association: Association) -> None:
    table, _ = read(association, "2024;;;a;;;;;a1, A1 b\u20112;;\n2024;;;a;;;;;;;\n")
    assert table["person_codes"].tolist() == ["A1 B-2", ""]


NAME = "Mme Fatima Ben Ali"


@pytest.mark.parametrize(
    "cell", [NAME, "Fatima", "?", "idem", "anonyme", "A1, " + NAME, "A1 à A5", "A1-A5", "1-5"]
)
def test_a_name_is_never_cut_into_several_people(cell: str, association: Association) -> None:
    table, problems = read(association, f"2024;;;a;;;;;A1;;\n2024;;;a;;;;;{cell};;\n")
    assert told(problems) == [("SRC-043", 3)]
    assert table["person_codes"].tolist() == ["A1", ""]
    assert [problem.place.field for problem in problems] == ["codes"]
    assert problems.errors
    assert "Fatima" not in tell(problems, "fr") + tell(problems, "en")


@pytest.mark.parametrize(
    "cell", ["A1, A3", "A1 + A3", "A1 et A3", "a1 AND a3", "A1/A3", "A1|A3", "A1 A3", '"A1\nA3"']
)
def test_what_stands_between_two_codes_is_no_person(cell: str, association: Association) -> None:
    table, problems = read(association, f"2024;;;a;;;;;{cell};;\n")
    assert table["person_codes"].tolist() == ["A1 A3"]
    assert not list(problems)


@pytest.mark.parametrize(
    ("participants", "fits"),
    [("1", False), ("2", True), ("3", True), ("1 à 2", True), ("environ 1", True), ("", True)],
)
def test_more_codes_than_participants_are_said(
    participants: str, fits: bool, association: Association
) -> None:
    table, problems = read(association, f"2024;;;a;;;{participants};;A1 A2;;\n")
    assert told(problems) == ([] if fits else [("SRC-044", 2)])
    assert not problems.errors
    assert table["person_codes"].tolist() == ["A1 A2"]


def test_spellings_that_differ_by_case_and_accents_are_one_type(association: Association) -> None:
    table, _ = read(association, "2024;;;Permanence d’été;x;;;;;;\n2024;;;PERMANENCE D'ETE;X;;;;;;\n")
    assert table["type"].unique().tolist() == ["Permanence d’été"]
    assert table["place"].unique().tolist() == ["x"]


def test_english_headers_are_read(association: Association) -> None:
    header = "date,type,attendances,people,person_codes\n"
    table, problems = read(association, "2024-03-15,workshop,12,8,P1 P2\n", header)
    assert table.loc[0, ["participants", "people", "person_codes"]].tolist() == [12, 8, "P1 P2"]
    assert not list(problems)


def test_rows_say_where_they_came_from(association: Association) -> None:
    table, _ = read(association, "2024;;;a;;;;;;;\n\n2024;;;b;;;;;;;\n")
    assert table[["file", "row"]].to_numpy().tolist() == [["sources/a.csv", 2], ["sources/a.csv", 4]]


def test_no_activities_are_an_empty_table_of_the_same_columns(association: Association) -> None:
    full, _ = read(association, "2024;;;a;;;;;;;\n")
    empty = read_activities(association({}), Problems())
    assert len(empty) == 0
    assert list(empty.columns) == list(full.columns)
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()


def test_all_problems_of_several_files_are_told_at_once_without_a_value(association: Association) -> None:
    files = {
        "sources/a.csv": HEADER + "hier;;;a;;Fatou;;;;;\n",
        "sources/b.csv": HEADER + "2024;;;a;;;\n2024;;;;;;;;;;\n",
    }
    problems = Problems()
    read_activities(association(files, activities=("sources/*.csv",)), problems)
    assert {problem.code for problem in problems} == {"SRC-011", "SRC-015", "SRC-016", "SRC-017"}
    assert "Fatou" not in tell(problems, "fr") + tell(problems, "en")


def test_a_workbook_gives_the_sheets_that_are_the_table(association: Association) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, rows in {
        "2023": [["date", "type"], ["2023", "a"]],
        "Notice": [["Comment remplir"], ["..."]],
        "2024": [["date", "type"], ["2024", "b"], ["2024", "c"]],
    }.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    problems = Problems()
    table = read_activities(association({"a.xlsx": out.getvalue()}, activities=("a.xlsx",)), problems)
    assert table[["sheet", "row", "type"]].to_numpy().tolist() == [
        ["2023", 2, "a"],
        ["2024", 2, "b"],
        ["2024", 3, "c"],
    ]
    assert [(p.code, p.place.sheet) for p in problems] == [("SRC-035", "Notice")]


def test_a_row_of_totals_is_told_and_not_counted(association: Association) -> None:
    header = "date;type;nombre;participants\n"
    rows = "2024;a;4;20\nTotal;;4;20\n;sous-total;4;20\n2024;Totalement autre;1;2\n;TOTAL général;8;40\n"
    table, problems = read(association, rows, header)
    assert told(problems) == [("SRC-080", 3), ("SRC-080", 4), ("SRC-080", 6)]
    assert table["row"].tolist() == [2, 5]


def test_a_table_without_a_date_is_told_once(association: Association) -> None:
    _, problems = read(association, "a;1\nb;1\n", "type;participants\n")
    assert [(p.code, p.place.line, dict(p.facts)) for p in problems] == [("SRC-013", 0, {"column": "date"})]


@pytest.mark.parametrize("header", ["Nom", "prénom", "Téléphone", "E-mail", "adresse", "Date de naissance"])
def test_a_column_of_names_is_to_be_deleted(header: str, association: Association) -> None:
    _, problems = read(association, "2024;a;Fatima\n", f"date;type;{header}\n")
    assert [(p.code, p.place.field) for p in problems] == [("SRC-049", header)]
    assert "Fatima" not in tell(problems, "fr")


def test_a_table_without_a_known_column_says_only_that(association: Association) -> None:
    _, problems = read(association, "Fatima;06;x;y;z\n", "Mes;donnees;;;\n")
    assert [p.code for p in problems] == ["SRC-023"]


def test_dates_with_the_month_first_are_told_once_each_and_none_is_turned(association: Association) -> None:
    rows = ["02/13/2024", "03/04/2024", "12/25/2024", "2024-03-05", "20240306", "5/3/24", "31/02/2024"]
    table, problems = read(association, "".join(f"{day};;;a;;;;;;;\n" for day in rows))
    days = ["", "", "", "2024-03-05", "2024-03-06", "", ""]
    assert table["period_start"].tolist() == days
    unsure = [("SRC-239", line) for line in (2, 3, 4, 7)]
    assert sorted(told(problems)) == [("SRC-017", 8), *unsure]
    assert "03/04" in tell(problems, "fr") and "12/25" not in tell(problems, "fr")


def test_a_year_of_two_digits_is_not_guessed_and_the_words_say_so(association: Association) -> None:
    _, problems = read(association, "12/02/24;;;a;;;;;;;\n")
    assert told(problems) == [("SRC-017", 2)]
    assert "Une année sur deux chiffres" in tell(problems, "fr")
    assert "gardée" not in tell(problems, "fr")
