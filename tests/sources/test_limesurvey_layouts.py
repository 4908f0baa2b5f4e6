"""Whatever is asked and answered comes back equal from every layout that LimeSurvey writes."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from limesurvey_files import Question, Survey, column_of, csv_of, lsa, lsr, lss

from avis.errors import Problems
from avis.sources.surveys.exports import open_exports
from avis.sources.surveys.limetypes import BUILT_IN, KINDS
from avis.sources.surveys.tools import Responses, read_responses

ONE = sorted(letter for letter, kind in KINDS.items() if kind.type == "select_one" and kind.shape == "one")
ROWS = sorted(letter for letter, kind in KINDS.items() if kind.type == "select_one" and kind.shape == "rows")
LETTERS = [*ONE, *ROWS, "M", "P", "R", "T", "N", "Q", "K", "1"]
WORDS = st.sampled_from(["thé", "café", "pain d’épices", "eau plate", "sirop", "jus", "lait", "vin"])
TEXT = st.text(alphabet='abcé ,;"\n…?', max_size=12).map(str.strip)


@dataclass(frozen=True)
class Cell:
    """A column of an export as each layout writes it: its header and its cells."""

    code: str
    text: str
    column: str
    coded: list[str]
    labelled: list[str]


@dataclass(frozen=True)
class Case:
    """A survey, its columns in an export, and the values that must come back."""

    survey: Survey
    cells: list[Cell]
    values: dict[str, list[str]]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    records = draw(st.integers(1, 4))
    letters = draw(st.lists(st.sampled_from(LETTERS), min_size=1, max_size=4))
    questions = [_question(draw, f"Q{n}", letter) for n, letter in enumerate(letters)]
    survey = Survey([("1", questions)])
    drawn = _Answers(draw, survey, records)
    for question in questions:
        drawn.question(question)
    return Case(survey, drawn.cells, drawn.values)


def _question(draw: st.DrawFn, code: str, letter: str) -> Question:
    def named(prefix: str, scale: int) -> list[tuple[str, dict[str, str], int]]:
        words = draw(st.lists(WORDS, min_size=2, max_size=4, unique=True))
        return [(f"{prefix}{n}", {"fr": word}, scale) for n, word in enumerate(words)]

    options = named("A", 0)
    return Question(
        *(code, letter, {"fr": f"Question {code} <i>en mots</i> ?"}),
        parts=named("S", 0),
        options=[*options, *[(f"B{n}", texts, 1) for n, (_, texts, _) in enumerate(options)]]
        if letter == "1"
        else options,
        other=letter in ("L", "!", "M"),
    )


class _Answers:
    """Answers to a survey, drawn question by question."""

    def __init__(self, draw: st.DrawFn, survey: Survey, records: int) -> None:
        self.draw, self.survey, self.records = draw, survey, records
        self.cells: list[Cell] = []
        self.values: dict[str, list[str]] = {}

    def each(self, one: st.SearchStrategy[Any]) -> list[Any]:
        return self.draw(st.lists(one, min_size=self.records, max_size=self.records))

    def cell(self, of: Question, ends: tuple[str, str, str], coded: list[str], labelled: list[str]) -> None:
        text, column = f"Question {of.code} en mots ?{ends[1]}", column_of(self.survey, of.code, ends[2])
        self.cells.append(Cell(of.code + ends[0], text, column, coded, labelled))

    def beside(self, of: Question, end: str, ends: tuple[str, str, str]) -> list[str]:
        said = self.each(TEXT)
        self.cell(of, ends, said, said)
        self.values[f"{of.code}_{end}"] = said
        return said

    def question(self, of: Question) -> None:
        shape = KINDS[of.letter].shape
        if shape == "several":
            self.boxes(of)
        elif shape == "rank":
            self.ranks(of)
        elif shape == "one":
            self.plain(of, ("", "", ""), of.code)
        else:
            for part, texts, _ in of.parts:
                ends, name = (f"[{part}]", f" [{texts['fr']}]", part), f"{of.code}_{part}"
                if shape == "rows":
                    self.plain(of, ends, name)
                for n in (0, 1) if shape == "dual" else ():
                    more = (f"{ends[0]}[{n + 1}]", f"{ends[1]}[Échelle {n + 1}]", f"{part}#{n}")
                    self.plain(of, more, f"{name}_{n}", n)

    def plain(self, of: Question, ends: tuple[str, str, str], name: str, scale: int = 0) -> None:
        kind = KINDS[of.letter]
        if kind.type == "select_one":
            known = choices(of, scale)
            coded = self.each(st.sampled_from(["", *known]))
            self.cell(of, ends, coded, [known.get(one, "") for one in coded])
        else:
            coded = self.each(st.integers(0, 99).map("{}.5".format) if kind.type == "decimal" else TEXT)
            self.cell(of, ends, coded, coded)
        self.values[name] = coded
        if of.other:
            self.beside(of, "other", ("[other]", " [Autre]", "other"))
        if of.letter == "O":
            self.beside(of, "comment", ("[comment]", " [Commentaire]", "comment"))

    def boxes(self, of: Question) -> None:
        sets: list[list[str]] = [[] for _ in range(self.records)]
        for part, texts, _ in of.parts:
            ticks, label = self.each(st.booleans()), f" [{texts['fr']}]"
            words = ["Oui" if tick else "Non" for tick in ticks]
            self.cell(of, (f"[{part}]", label, part), ["Y" if tick else "" for tick in ticks], words)
            for chosen, tick in zip(sets, ticks, strict=True):
                chosen += [part] if tick else []
            if of.letter == "P":
                end = f"{part}comment"
                self.beside(of, end, (f"[{end}]", f"{label} [Commentaire]", end))
        said = self.beside(of, "other", ("[other]", " [Autre]", "other")) if of.other else [""] * len(sets)
        joined = [[*chosen, *(["other"] if word else [])] for chosen, word in zip(sets, said, strict=True)]
        self.values[of.code] = [" ".join(chosen) for chosen in joined]

    def ranks(self, of: Question) -> None:
        known = choices(of)
        orders = [order[: self.draw(st.integers(0, 2))] for order in self.each(st.permutations(list(known)))]
        for n in (1, 2):
            coded = [order[n - 1] if len(order) >= n else "" for order in orders]
            self.cell(of, (f"[{n}]", f" [Rang {n}]", str(n)), coded, [known.get(one, "") for one in coded])
        self.values[of.code] = [" ".join(order) for order in orders]


def choices(of: Question, scale: int = 0) -> dict[str, str]:
    """Give the labels of a question's list, by code."""
    kind = KINDS[of.letter]
    if kind.list in BUILT_IN:
        return {word.code: word.fr for word in BUILT_IN[kind.list]}
    known = {one: texts["fr"] for one, texts, own in of.options if own == scale}
    return known | ({"-oth-": "Autre"} if of.other else {})


def answers(responses: Responses) -> dict[str, list[str]]:
    return {
        name: [
            "" if value is None or value != value else str(value) for value in column.values.astype("object")
        ]
        for name, column in responses.answers.columns.items()
    }


def read(folder: Path, files: dict[str, bytes], problems: Problems) -> Responses:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    exports = open_exports([(folder / name, name) for name in files], problems)
    found = read_responses(exports, None, "", problems)
    assert found is not None
    return found


def export(case: Case, heads: str, labels: bool, delimiter: str) -> bytes:
    records = range(len(next(iter(case.values.values()))))
    header = {
        "codes": ["id", "submitdate", "lastpage", "startlanguage", *(cell.code for cell in case.cells)],
        "texts": [
            *("ID de la réponse", "Date de soumission", "Dernière page", "Langue de départ"),
            *(cell.text for cell in case.cells),
        ],
        "both": [
            *("id. ID de la réponse", "submitdate. Date de soumission", "lastpage. Dernière page"),
            *("startlanguage. Langue de départ", *(f"{cell.code}. {cell.text}" for cell in case.cells)),
        ],
    }[heads]
    about = ["2024-01-01 10:00:00", "1", "fr"]
    rows = [
        [str(n + 1), *about, *((cell.labelled if labels else cell.coded)[n] for cell in case.cells)]
        for n in records
    ]
    return csv_of([header, *rows], delimiter)


def archive(case: Case, old: bool, path: Path) -> bytes:
    rows = [
        {"id": str(n + 1), "submitdate": "2024-01-01 10:00:00", "startlanguage": "fr"}
        | {cell.column: cell.coded[n] for cell in case.cells}
        for n in range(len(next(iter(case.values.values()))))
    ]
    return lsa(
        path, {"survey_1.lss": lss(case.survey, old), "survey_1_responses.lsr": lsr(rows)}
    ).read_bytes()


@settings(max_examples=50, deadline=None)
@given(
    case=cases(),
    old=st.booleans(),
    heads=st.sampled_from(["codes", "texts", "both", "archive"]),
    labels=st.booleans(),
    delimiter=st.sampled_from(",;"),
)
def test_answers_come_back_equal(case: Case, old: bool, heads: str, labels: bool, delimiter: str) -> None:
    problems = Problems()
    with tempfile.TemporaryDirectory() as folder:
        if heads == "archive":
            files = {"s.lsa": archive(case, old, Path(folder) / "s.lsa")}
        else:
            files = {"s.lss": lss(case.survey, old).encode(), "r.csv": export(case, heads, labels, delimiter)}
        found = read(Path(folder), files, problems)
    assert not problems.items
    assert answers(found) == case.values


WHOLE = Survey([("1", [Question("Q1", "T", {"fr": "Pourquoi ?"}), Question("Q2", "Y", {"fr": "Content ?"})])])


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_cut_or_a_flipped_byte_of_an_archive_is_said_or_changes_nothing(data: st.DataObject) -> None:
    case = Case(
        WHOLE,
        [
            Cell("Q1", "", column_of(WHOLE, "Q1"), ["parce que"], []),
            Cell("Q2", "", column_of(WHOLE, "Q2"), ["Y"], []),
        ],
        {"Q1": ["parce que"], "Q2": ["Y"]},
    )
    with tempfile.TemporaryDirectory() as folder:
        whole = archive(case, False, Path(folder) / "s.lsa")
        at = data.draw(st.integers(1, len(whole) - 1))
        flipped = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
        broken = whole[:at] if data.draw(st.booleans()) else flipped
        problems = Problems()
        (Path(folder) / "s.lsa").write_bytes(broken)
        exports = open_exports([(Path(folder) / "s.lsa", "s.lsa")], problems)
        found = read_responses(exports, None, "", problems)
    silent = not problems.items
    assert not silent or found is None or answers(found) == case.values


@pytest.mark.parametrize("at", [0.1, 0.4, 0.7, 0.999])
def test_a_cut_form_is_said(tmp_path: Path, at: float) -> None:
    text = lss(WHOLE).encode()
    problems = Problems()
    read(
        tmp_path,
        {"s.lss": text[: int(len(text) * at)], "r.csv": csv_of([["id", "Q1"], ["1", "a"]])},
        problems,
    )
    assert problems.errors
