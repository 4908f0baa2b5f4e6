"""Activity logs as associations keep them: years in sheets, copies, words in mixed case, attendance lists."""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from avis.errors import Problems, tell
from avis.evaluation import Evaluation
from avis.i18n import amount
from avis.settings import Label
from avis.sources.activities import read_activities, read_activity_files

Rows = Sequence[Sequence[object]]
Association = Callable[..., Evaluation]
LABELS = {
    "type": {
        "rdv": Label(fr="rendez-vous", en="appointment", spelled=("R.D.V. indiv",)),
        "atelier": Label(fr="atelier", en="workshop"),
    }
}


def workbook(path: Path, sheets: Mapping[str, Rows]) -> Path:
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


def read(path: Path, *others: Path, labels: object = None) -> tuple[pd.DataFrame, Problems]:
    problems = Problems()
    files = [(each, each.name) for each in (path, *others)]
    return read_activity_files(files, problems, labels), problems  # type: ignore[arg-type]


def told(problems: Problems) -> list[tuple[str, str, int]]:
    return [(item.code, item.place.sheet, item.place.line) for item in problems]


# --- Several years ---


def test_a_sheet_named_after_a_year_gives_it_to_times_without_one(tmp_path: Path) -> None:
    head = ["date", "type"]
    sheets = {
        "2023": [head, ["12 mars", "a"], ["mars", "b"], ["05/04/2022", "c"], ["", "d"]],
        "2024": [head, [dt.date(2024, 5, 6), "a"], ["du 3 au 7 mars", "b"]],
    }
    table, problems = read(workbook(tmp_path / "a.xlsx", sheets))
    starts = ["2023-03-12", "2023-03", "2022-04-05", "", "2024-05-06", "2024-03-03"]
    assert table["period_start"].tolist() == starts
    assert table["period_end"].tolist()[-1] == "2024-03-07"
    assert told(problems) == [
        *(("SRC-220", "2023", 2), ("SRC-220", "2023", 3), ("SRC-220", "2024", 3), ("SRC-028", "2023", 5)),
    ]


def test_a_file_named_after_a_year_does_so_and_one_named_after_a_day_does_not(tmp_path: Path) -> None:
    text = "date;type\n12 mars;a\n"
    for name, starts, codes in (
        ("activites-2023.csv", ["2023-03-12"], ["SRC-220"]),
        ("export-2024-01-05.csv", [""], ["SRC-017"]),
        ("bilan 2023 et 2024.csv", [""], ["SRC-017"]),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        table, problems = read(tmp_path / name)
        assert table["period_start"].tolist() == starts
        assert [item.code for item in problems] == codes


def test_a_sheet_of_totals_without_a_date_takes_its_year_and_no_day(tmp_path: Path) -> None:
    head = ["type", "nombre"]
    sheets = {"2023": [head, ["a", 4], ["b", 5]], "2024": [head, ["a", 4], ["b", 5]]}
    table, problems = read(workbook(tmp_path / "a.xlsx", sheets))
    assert table["period_start"].tolist() == ["2023", "2023", "2024", "2024"]
    assert told(problems) == [("SRC-222", "2023", 0), ("SRC-222", "2024", 0)]
    assert table["count"].sum() == 18  # the same counts in two years are no copy


@pytest.mark.parametrize(("rows", "code", "kept"), [(1, "SRC-227", 2), (2, "SRC-221", 2), (3, "SRC-221", 3)])
def test_the_same_rows_in_two_places_are_not_added(rows: int, code: str, kept: int, tmp_path: Path) -> None:
    acts = [["date", "type"], *([f"2024-03-{day:02}", "a"] for day in range(1, rows + 1))]
    workbook(tmp_path / "a.xlsx", {"mars": acts})
    (tmp_path / "b.csv").write_text("\n".join(";".join(map(str, row)) for row in acts), encoding="utf-8")
    table, problems = read(tmp_path / "a.xlsx", tmp_path / "b.csv")
    assert [item.code for item in problems] == [code]
    assert bool(problems.errors) == (rows > 1)
    assert len(table) == kept
    words = tell(problems, "fr")
    assert "b.csv" in words
    assert "a.xlsx › mars" in words


# --- Columns of times ---


@pytest.mark.parametrize(
    ("text", "starts", "codes"),
    [
        ("mois;type\nmars 2024;a\n", ["2024-03"], []),
        ("Trimestre;type\n2e trimestre 2024;a\n", ["2024-T2"], []),
        ("Année;type\n2024;a\n", ["2024"], []),
        ("année;mois;type\n2023;mars;a\n2024;3;a\n2024;;a\n", ["2023-03", "2024-03", "2024"], []),
        ("trimestre;année;type\n1;2023;a\nT2 2022;2024;a\n", ["2023-T1", "2022-T2"], []),
        ("mois;type\n3;a\n", [""], ["SRC-017"]),  # of which year?
        ("date;mois;type\n2024-03-05;avril;a\n", ["2024-03-05"], ["SRC-014"]),
    ],
)
def test_a_month_or_a_year_may_have_a_column_of_its_own(
    text: str, starts: list[str], codes: list[str], tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    table, problems = read(tmp_path / "a.csv")
    assert table["period_start"].tolist() == starts
    assert [item.code for item in problems] == codes


def test_a_cross_table_is_refused_and_not_counted_as_acts(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("type;2023;mars 2024\npermanence;12;4\n", encoding="utf-8")
    table, problems = read(tmp_path / "a.csv")
    assert table.empty
    assert [(item.code, item.severity) for item in problems] == [("SRC-230", "error")]


# --- Words ---


def test_words_are_read_whatever_their_case_accents_and_spaces(tmp_path: Path) -> None:
    words = ["RDV", "Rendez vous", "rdv indiv.", "APPOINTMENT", "Workshop", "rendez\u2011vous"]
    rows = [["date", "type"], *([2024, word] for word in words)]
    table, problems = read(workbook(tmp_path / "a.xlsx", {"x": rows}), labels=LABELS)
    assert table["type"].tolist() == ["rdv", "rdv", "rdv", "rdv", "atelier", "rdv"]
    assert not list(problems)


def test_an_unknown_word_is_listed_once_with_a_proposal_and_never_shown(tmp_path: Path) -> None:
    words = ["ateleir", "rdv", "Fatima B.", "Ateleir"]
    rows = [["date", "type"], *([2024, word] for word in words)]
    table, problems = read(workbook(tmp_path / "a.xlsx", {"x": rows}), labels=LABELS)
    assert table["type"].tolist() == ["ateleir", "rdv", "Fatima B.", "ateleir"]
    messages = tell(problems, "fr").splitlines()
    assert len(messages) == 2
    assert "lignes 2 et 5" in messages[0]
    assert "atelier" in messages[0]
    assert "Fatima" not in "".join(messages)
    assert "ateleir" not in "".join(messages)


def test_a_spelling_of_two_words_is_an_error(association: Association) -> None:
    evaluation = association({"a.csv": "date;type\n2024;x\n"}, activities=("a.csv",))
    words = {"type": {"a": Label(spelled=("Même mot",)), "b": Label(fr="meme-mot")}}
    import msgspec

    changed = Evaluation(
        evaluation.folders, msgspec.structs.replace(evaluation.settings, labels=words), evaluation.marked
    )
    problems = Problems()
    read_activities(changed, problems)
    assert [item.code for item in problems.errors] == ["SRC-229"]


# --- Attendance ---

ACTS = [
    ["identifiant", "date", "type", "lieu", "participants"],
    ["a1", "2024-03-12", "atelier", "gare", ""],
    ["a2", "2024-03-19", "atelier", "gare", 3],
    ["a3", "2024-03-19", "rdv", "local", "au moins 1"],
]


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("présences", [["identifiant", "code"], ["a1", "B1"], ["A1", "b2"], ["a2", "B1"]]),
        ("liste", [["id_acte", "code"], ["a1", "B1, B2"], ["a2", "B1"]]),
        (
            "Émargement",
            [
                *(["date", "type", "code"], ["12/03/2024", "", "B1"], ["12 mars 2024", "Atelier", "B2"]),
                ["19/03/2024", "atelier", "B1"],
            ],
        ),
        (
            "grille",
            [
                *(["code", "type", "12/03/2024", "19 mars 2024"], ["B1", "atelier", "x", "présent"]),
                ["B2", "atelier", 1, "absent"],
            ],
        ),
    ],
)
def test_who_was_there_is_joined_to_the_act(name: str, rows: Rows, tmp_path: Path) -> None:
    table, problems = read(workbook(tmp_path / "a.xlsx", {"2024": ACTS, name: rows}))
    assert table["person_codes"].tolist() == ["B1 B2", "B1", ""]
    assert table["participants"].tolist() == [2, 3, 1]
    assert table["participants_qualifier"].tolist() == ["exact", "exact", "at_least"]
    assert told(problems) == [("SRC-226", "2024", 3)]  # 3 declared, 1 in the list


def test_a_list_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    log = workbook(tmp_path / "a.xlsx", {"2024": ACTS})
    (tmp_path / "presences.csv").write_text("date;type;code\n2024-03-12;atelier;B1\n", encoding="utf-8")
    table, problems = read(log, tmp_path / "presences.csv")
    assert table["person_codes"].tolist() == ["B1", "", ""]
    assert not list(problems)


def test_what_joins_no_act_or_several_is_listed(tmp_path: Path) -> None:
    rows = [["date", "type", "code"], ["19/03/2024", "", "B1"], ["20/03/2024", "", "B1"], ["", "", "B1"]]
    table, problems = read(workbook(tmp_path / "a.xlsx", {"2024": ACTS, "présences": rows}))
    assert set(table["person_codes"]) == {""}
    assert told(problems) == [
        *(("SRC-224", "présences", 3), ("SRC-224", "présences", 4), ("SRC-225", "présences", 2)),
    ]


def test_a_mark_that_says_nothing_and_a_name_are_refused_and_not_shown(tmp_path: Path) -> None:
    rows = [["code", "12/03/2024"], ["B1", "peut-être"], ["Fatima Ben", "x"], ["B3", "x"]]
    table, problems = read(workbook(tmp_path / "a.xlsx", {"2024": ACTS, "présences": rows}))
    assert table["person_codes"].tolist()[0] == "B3"
    assert [(item.code, item.place.line, item.place.field) for item in problems] == [
        *(("SRC-223", 2, "12/03/2024"), ("SRC-043", 3, "code")),
    ]
    assert "Fatima" not in tell(problems, "fr")
    assert "peut-être" not in tell(problems, "fr")


def test_a_log_with_codes_alone_stays_a_log(tmp_path: Path) -> None:
    path = tmp_path / "presences.csv"
    path.write_text("date;type;code\n2024-03-12;atelier;B1\n", encoding="utf-8")
    table, problems = read(path)
    assert table["person_codes"].tolist() == ["B1"]
    assert not list(problems)


# --- Whatever the layout, the same log comes back ---

DAY_FORMS = ("yyyy-MM-dd", "dd/MM/yyyy", "d MMMM yyyy", "EEEE d MMMM yyyy")
ACT = st.fixed_dictionaries(
    {
        "day": st.dates(dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        "type": st.sampled_from(["atelier", "rdv"]),
        "n": st.integers(0, 20000),
        "qualifier": st.sampled_from(["exact", "about", "at_least", "at_most"]),
        "codes": st.lists(st.from_regex(r"[A-Z][0-9]{2}", fullmatch=True), max_size=4, unique=True),
    }
)
LAYOUT = st.tuples(st.sampled_from(DAY_FORMS), st.sampled_from([",", " ", " + ", ";", "\n"]), st.booleans())


def written(folder: Path, rows: Rows, as_workbook: bool) -> Path:
    if as_workbook:
        return workbook(folder / "a.xlsx", {"x": rows})
    with (folder / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    return folder / "a.csv"


@settings(max_examples=30)
@given(st.lists(ACT, min_size=1, max_size=6, unique_by=lambda act: (act["day"], act["type"])), LAYOUT)
def test_a_log_comes_back_whatever_its_layout(
    acts: list[dict[str, object]], layout: tuple[str, str, bool]
) -> None:
    form, between, real_dates = layout
    rows: list[list[object]] = [["Date", "TYPE", "nb participants", "codes"]]
    for act in acts:
        day = act["day"] if real_dates else format_date(act["day"], form, locale="fr")
        figure = amount(act["n"], act["qualifier"], "fr")  # type: ignore[arg-type]
        rows.append([day, str(act["type"]).upper(), figure, between.join(act["codes"])])  # type: ignore[arg-type]
    with tempfile.TemporaryDirectory() as folder:
        table, problems = read(written(Path(folder), rows, real_dates), labels=LABELS)
    assert [item for item in problems if item.code != "SRC-044"] == []
    assert table["period_start"].tolist() == [act["day"].isoformat() for act in acts]  # type: ignore[attr-defined]
    assert table["type"].tolist() == [act["type"] for act in acts]
    assert table["participants"].tolist() == [act["n"] for act in acts]
    assert table["participants_qualifier"].tolist() == [act["qualifier"] for act in acts]
    assert table["person_codes"].tolist() == [" ".join(act["codes"]) for act in acts]  # type: ignore[arg-type]
