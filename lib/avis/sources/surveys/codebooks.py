"""The small codebook: one row a question, for tables that no form explains.

Columns, in French or English: see `data/schema/tables/codebook.json`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

import pandas as pd

from avis.descriptors import read_descriptor
from avis.errors import Place, Problems
from avis.files.grids import Grid
from avis.files.sheets import Sheet, sheets_of
from avis.settings import AnswerScale
from avis.sources.surveys.choices import tidy
from avis.sources.surveys.codelists import List, Lists
from avis.sources.surveys.form import CHOICE_COLUMNS, QUESTION_COLUMNS, Form, empty_form, form_frame
from avis.sources.surveys.formlinks import Entry, check_relevance
from avis.spelling import fold, header_key, suggest
from avis.tables import check_table

SEPARATORS = {
    **{",": ",", ";": ";", "|": "|", "virgule": ",", "comma": ",", "point-virgule": ";", "semicolon": ";"},
    **{"barre": "|", "bar": "|", "pipe": "|", "ligne": "\n", "line": "\n", "a la ligne": "\n"},
}
"""What may stand between several choices of a cell, and the words for it, folded."""
_TYPES = {"scale": "select_one"}
_SHEETS = frozenset({"survey", "choices", "settings"})
_PLAIN_ID = re.compile(r"[A-Z][A-Z0-9_]{1,39}")
"""A header that is a name by itself, as public data sets write them: NUMCOM."""
_MOST_ID = 40


@dataclass(frozen=True)
class Codebook(Form):
    """A form made from a codebook.

    `separators`: by question, what joins several choices, where it is declared; `person`: the header of
    person codes; `left_out`: headers that are not to be read, and `meta`: those of the tool.
    """

    separators: Mapping[str, str] = field(default_factory=dict)
    person: str = ""
    left_out: tuple[str, ...] = ()
    meta: tuple[str, ...] = ()


def is_codebook(grids: Sequence[Grid]) -> bool:
    """Tell whether a table is a codebook: a column of questions, and one of types or choices."""
    if not grids or any(grid.name.strip().casefold() in _SHEETS for grid in grids):
        return False
    head = next((row for row in grids[0].rows if any(map(str.strip, row))), [])
    keys = {header_key(cell) for cell in head}
    words = {
        item.name: set(map(header_key, item.words)) & keys for item in read_descriptor("codebook").fields
    }
    return "question" in keys and bool(words["type"]) and bool(words["choices"] or words["role"])


def read_survey_codebook(grids: Sequence[Grid], name: str, problems: Problems) -> Codebook:
    """Read a codebook from the sheets of an open file; its first sheet alone.

    Errors: those of `check_table`; SRC-292 a question that chooses has no choices, SRC-293 and SRC-294
    choices that have no single meaning, SRC-295 a word that is no choice, SRC-296 an unknown separator,
    SRC-297 a completed question that is not there, SRC-298 a short name twice, SRC-299 a question without
    a type. Remarks: SRC-300 a scale without order or direction, SRC-057 and SRC-058 conditions.
    """
    before = len(problems.errors)
    sheets = sheets_of(grids[:1], name, problems)
    if not sheets or len(problems.errors) > before:
        return _nothing()
    # A cell that begins as a formula is proposed behind an apostrophe (see `reading.surveys`).
    sheet = replace(sheets[0], frame=sheets[0].frame.replace(r"^'(?=[=+@\t\r-])", "", regex=True))
    descriptor = read_descriptor("codebook")
    table = check_table(sheet.frame, sheet.lines, descriptor, name, problems, sheet.name)
    if len(problems.errors) > before:
        return _nothing()
    return _Reader(sheet, table, name, problems).codebook()


def _nothing() -> Codebook:
    form = empty_form()
    return Codebook(form.questions, form.choices)


Row = Mapping[str, str]


class _Reader:
    """One reading of one codebook: its rows, and where its columns stand."""

    def __init__(self, sheet: Sheet, table: pd.DataFrame, name: str, problems: Problems) -> None:
        self.sheet, self.name, self.problems = sheet, name, problems
        self.rows: list[tuple[int, Row]] = [
            (int(line), {str(key): str(cell) for key, cell in row.items()})
            for line, row in zip(sheet.lines, table.to_dict("records"), strict=True)
        ]
        self.headers: dict[str, tuple[int, str]] = {}
        words = {header_key(w): item.name for item in read_descriptor("codebook").read for w in item.words}
        for number, header in enumerate(map(str, sheet.frame.columns), start=1):
            if header_key(header) in words:
                self.headers.setdefault(words[header_key(header)], (number, header))

    def place(self, line: int, column: str) -> Place:
        number, header = self.headers.get(column, (0, column))
        return Place(self.name, self.sheet.name, line, number, header)

    def codebook(self) -> Codebook:
        asked = [(line, row) for line, row in self.rows if row["role"] in ("", "question")]
        ids = self.ids(asked)
        lists = Lists(self.place, self.problems)
        entries, separators = [], {}
        for (line, row), id in zip(asked, ids, strict=True):
            kind = _TYPES.get(row["type"], row["type"])
            if not kind:
                self.problems.add("SRC-299", self.place(line, "type"))
                continue
            chosen = lists.read(line, row, id) if kind in ("select_one", "select_multiple") else None
            entries.append(self.entry(line, row, id, kind, chosen))
            separators[id] = self.separator(line, row)
        self.link(entries, asked, ids)
        check_relevance(entries, self.name, self.problems)
        languages = self.languages(lists)
        versions = {row["version"] for _, row in self.rows} - {""}
        return Codebook(
            form_frame(
                [entry.row for entry in _with_implied(entries, lists.found)], QUESTION_COLUMNS, languages
            ),
            form_frame(lists.rows(), CHOICE_COLUMNS, languages),
            languages,
            versions.pop() if len(versions) == 1 else "",
            {entry.row["name"]: entry.spellings for entry in entries},
            scales={name: _scale(found) for name, found in lists.found.items() if found.levels},
            separators={id: mark for id, mark in separators.items() if mark},
            person=next((tidy(row["question"]) for _, row in self.rows if row["role"] == "person"), ""),
            left_out=self.headed("leave_out"),
            meta=self.headed("meta"),
        )

    def languages(self, lists: Lists) -> tuple[str, ...]:
        """Give the languages of the choices; without any choice, those of the labels."""
        spoken = tuple(dict.fromkeys(lang for found in lists.found.values() for lang in found.languages))
        return spoken or tuple(lang for lang in ("fr", "en") if f"label_{lang}" in self.headers)

    def headed(self, role: str) -> tuple[str, ...]:
        return tuple(tidy(row["question"]) for _, row in self.rows if row["role"] == role)

    def ids(self, asked: list[tuple[int, Row]]) -> list[str]:
        """Give each question its short name: as declared, else made from the header."""
        declared = [header_key(row["id"]) and tidy(row["id"]).replace(" ", "_") for _, row in asked]
        for number, (line, _) in enumerate(asked):
            if declared[number] and declared[number] in declared[:number]:
                self.problems.add("SRC-298", self.place(line, "id"), id=declared[number])
        return ids_of([tidy(row["question"]) for _, row in asked], declared)

    def separator(self, line: int, row: Row) -> str:
        mark = SEPARATORS.get(fold(row["separator"]), "")
        if row["separator"] and not mark:
            self.problems.add("SRC-296", self.place(line, "separator"))
        return mark

    def entry(self, line: int, row: Row, id: str, kind: str, chosen: List | None) -> Entry:
        header = tidy(row["question"])
        label_fr, label_en = tidy(row["label_fr"]), tidy(row["label_en"])
        if not label_fr and not label_en:
            label_fr, label_en = ("", header) if row["language"].casefold() == "en" else (header, "")
        question: dict[str, Any] = {
            **{"name": id, "path": header, "type": kind, "label_fr": label_fr, "label_en": label_en},
            **{"list": chosen.name if chosen else "", "relevance": row["relevance"], "role": "question"},
            **{"scale": chosen.name if chosen and chosen.levels else "", "parent": "", "repeat": ""},
            **{"or_other": bool(chosen and chosen.other), "tool_type": row["type"]},
            **{"version": row["version"], "line": line},
        }
        return Entry(question, tuple(dict.fromkeys([header, id, label_fr, label_en])))

    def link(self, entries: list[Entry], asked: list[tuple[int, Row]], ids: Sequence[str]) -> None:
        """Link each text that completes a question to that question."""
        known = {fold(tidy(row["question"])): id for (_, row), id in zip(asked, ids, strict=True)}
        known |= {fold(id): id for id in ids}
        by_line = {entry.row["line"]: entry.row for entry in entries}
        for line, row in asked:
            parent = known.get(fold(row["specify_of"]))
            if row["specify_of"] and (
                parent is None or line not in by_line or parent == by_line[line]["name"]
            ):
                hint = suggest(row["specify_of"], ids)
                self.problems.add("SRC-297", self.place(line, "specify_of"), **hint)
            elif parent:
                by_line[line] |= {"role": "specify", "parent": parent}


def _with_implied(entries: list[Entry], lists: Mapping[str, List]) -> Iterable[Entry]:
    """Add the free text of « other » where no column of its own holds it, and say when it is asked."""
    others = {entry.row["name"]: lists[entry.row["list"]].other for entry in entries if entry.row["list"]}
    completed = {entry.row["parent"] for entry in entries}
    for entry in entries:
        name, parent = entry.row["name"], entry.row["parent"]
        if others.get(parent) and not entry.row["relevance"]:
            entry.row["relevance"] = f"selected(${{{parent}}}, '{others[parent]}')"
        yield entry
        if entry.row["or_other"] and name not in completed:
            implied = {
                **{"name": f"{name}_other", "path": f"{name}_other", "role": "specify"},
                "parent": name,
            }
            blank = {"type": "text", "list": "", "scale": "", "or_other": False, "tool_type": ""}
            asked = {"relevance": f"selected(${{{name}}}, '{others[name]}')"}
            yield Entry({**entry.row, **implied, **blank, **asked}, ())


def _scale(found: List) -> AnswerScale:
    return AnswerScale(levels=found.levels, better=found.better)


def ids_of(headers: Sequence[str], declared: Sequence[str]) -> list[str]:
    """Give short names, none twice, those that are declared first; a header in capitals stays as it is.

    >>> ids_of(["Votre âge ?", "Votre âge", "Avis [Lieu]", "NUMCOM"], ["", "", "lieu", ""])
    ['votre_age', 'votre_age_2', 'lieu', 'NUMCOM']
    """
    taken = {id for id in declared if id}
    found = []
    for number, (header, id) in enumerate(zip(headers, declared, strict=True), start=1):
        if not id:
            plain = tidy(header)
            stem = plain if _PLAIN_ID.fullmatch(plain) else header_key(header)[:_MOST_ID].strip("_")
            stem = stem or f"q{number}"
            stem = f"q_{stem}" if stem[0].isdigit() else stem
            id = next(
                one for turn in count(1) if (one := stem if turn == 1 else f"{stem}_{turn}") not in taken
            )
            taken.add(id)
        found.append(id)
    return found
