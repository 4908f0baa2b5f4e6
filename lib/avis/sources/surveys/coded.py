"""A table of answers → answers, by a form that gives each column its question and each cell its choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from avis.errors import Place, Problems
from avis.sources.surveys.answers import CODE, Answers, Bools, Column, Spot, statuses_of
from avis.sources.surveys.cells import MARKER, Cells, Manner, admitted, read_cells, read_ticks
from avis.sources.surveys.choices import CODES, tidy
from avis.sources.surveys.codebooks import Codebook
from avis.sources.surveys.doubles import without_doubles
from avis.sources.surveys.fit import check_fit
from avis.sources.surveys.form import Form
from avis.sources.surveys.headers import Matched, report_unknown
from avis.sources.surveys.heads import match_heads
from avis.sources.surveys.personal import personal_columns
from avis.sources.surveys.records import take_people
from avis.sources.surveys.separated import Read, Vocabulary, find_mark, read_joined, read_one
from avis.sources.surveys.tables import Table
from avis.sources.surveys.together import put_together
from avis.sources.surveys.tools import Responses
from avis.spelling import TRUTHS, fold

MARKS = (";", ",", "|")


@dataclass(frozen=True)
class Layout:
    """What a tool says of the columns of its table.

    `meta`: the columns that the tool fills in, by what they are (id, start, end, version); `titles`: the
    title above a column that is one option or one row of a question; `marks`: what may join several choices;
    `complete`: which records were received whole; `silent`: columns never read, told by their header.
    """

    meta: Mapping[str, int] = field(default_factory=dict)
    titles: Mapping[int, str] = field(default_factory=dict)
    marks: Sequence[str] = MARKS
    complete: pd.Series[bool] | None = field(default=None, repr=False)
    times: Mapping[str, pd.Series[str]] = field(default_factory=dict, repr=False)
    silent: frozenset[int] = frozenset()
    manner: Manner = field(default_factory=Manner)

    def keys(self, table: Table) -> pd.Series[str]:
        """Give what tells a record in every export: its id and when it was begun, else when it was sent.

        Ids begin again at 1 in the next form: none is used alone.
        """
        blank = pd.Series([""] * len(table.rows), dtype="str")
        start, end = (self.times.get(name, blank).str.slice(0, 19) for name in ("start", "end"))
        ids = table.text(self.meta.get("id"))
        keys = (ids + "|" + start.where(start != "", end)).where((ids != "") & ((start + end) != ""), end)
        return keys.where(keys.str.len() >= len("2024-03-12T14:05"), "")

    def only(self, rows: Bools) -> Layout:
        """Keep what is said of some rows."""
        complete = None if self.complete is None else self.complete[rows].reset_index(drop=True)
        times = {name: cells[rows].reset_index(drop=True) for name, cells in self.times.items()}
        return replace(self, complete=complete, times=times)


def once(tables: Sequence[tuple[Table, Layout]], problems: Problems) -> list[tuple[Table, Layout]]:
    """Keep each answer once where a tool's files overlap; see `without_doubles` for what is said."""
    fresh = without_doubles([(table, layout.keys(table)) for table, layout in tables], problems)
    return [
        (table.only(rows), layout.only(rows)) for (table, layout), rows in zip(tables, fresh, strict=True)
    ]


def read_coded(
    tool: str,
    tables: Sequence[tuple[Table, Layout]],
    form: Form,
    person: str,
    problems: Problems,
) -> Responses:
    """Read tables of one tool by a form; a question that a table lacks was not asked there.

    Errors: SRC-068 no person column, SRC-073 too little belongs to the form. Remarks: SRC-060 to SRC-064,
    SRC-071, SRC-074, SRC-077, SRC-078, SRC-304 words beside the choices, SRC-305 a declared column that holds
    addresses.
    """
    person = person or (form.person if isinstance(form, Codebook) else "")
    left_out: dict[str, None] = {}
    for header in form.left_out if isinstance(form, Codebook) and not form.declared else ():
        place = tables[0][0].place
        problems.warn("SRC-312", Place(place.file, place.sheet, field=header))
    parts = [_Reader(table, layout, form, problems).read(person, left_out) for table, layout in tables]
    return Responses(tool, form, put_together([part for part in parts if part]), left_out=tuple(left_out))


class _Reader:
    """One reading of one table."""

    def __init__(self, table: Table, layout: Layout, form: Form, problems: Problems) -> None:
        self.table, self.layout, self.form, self.problems = table, layout, form, problems

    def read(self, person: str, left_out: dict[str, None]) -> Answers | None:
        declared = [spelling for spellings in self.form.spellings.values() for spelling in spellings]
        hidden = personal_columns(self.table, declared) | self.layout.silent
        hidden -= {
            n for n, header in enumerate(self.table.headers) if tidy(header) == tidy(person) and person
        }
        known = hidden | set(self.layout.meta.values()) | self.dropped(left_out)
        matched, others = match_heads(self.table, self.layout.titles, self.form, known, self.problems)
        left_out |= dict.fromkeys(tidy(self.table.headers[number]) for number in sorted(hidden))
        self.report_hidden(hidden, declared)
        told = (matched.names, matched.explained, len(matched.unknown))
        if not check_fit(self.form, *told, self.table.place, self.problems):
            return None
        people = take_people(matched, self.table, person, self.problems)
        report_unknown(matched, self.table.headers, self.form, self.table.place, self.problems)
        return Answers(self.records(people), self.columns(matched, others))

    def dropped(self, left_out: dict[str, None]) -> set[int]:
        """Give the columns that the codebook says not to read."""
        if not isinstance(self.form, Codebook):
            return set()
        away = {fold(header) for header in self.form.left_out}
        quiet = away | {fold(header) for header in self.form.meta}
        headers = [fold(header) for header in self.table.headers]
        left_out |= {tidy(self.table.headers[n]): None for n, header in enumerate(headers) if header in away}
        return {number for number, header in enumerate(headers) if header in quiet}

    def report_hidden(self, hidden: set[int], declared: Sequence[str]) -> None:
        asked = {fold(header) for header in declared} if self.form.declared else set()
        for number in sorted(hidden - self.layout.silent):
            header = tidy(self.table.headers[number])
            if fold(header) in asked:
                place = self.table.place
                self.problems.warn("SRC-305", Place(place.file, place.sheet, 0, number + 1, header))

    def records(self, people: pd.Series[str]) -> pd.DataFrame:
        rows = pd.Series(self.table.lines)
        meta, length = self.layout.meta, len(rows)
        ids = self.table.text(meta.get("id"))
        blank = pd.Series([""] * length, dtype="str")
        complete = self.layout.complete
        return pd.DataFrame(
            {
                "id": ids.where(ids != "", rows.astype("str")),
                "version": self.table.text(meta.get("version")),
                **{name: self.layout.times.get(name, blank) for name in ("start", "end")},
                "complete": pd.Series([False] * length, dtype=bool) if complete is None else complete,
                **{"person": people, "parent": "", "index": 0, "repeat": ""},
                **{"file": self.table.place.file, "sheet": self.table.place.sheet, "row": rows},
            }
        )

    def columns(self, matched: Matched, others: Mapping[str, int]) -> dict[str, Column]:
        questions = self.form.questions
        found: dict[str, Column] = {}
        completing = dict(zip(questions["parent"], questions["name"], strict=True))
        for name, kind in zip(questions["name"], questions["type"], strict=True):
            if name not in matched.questions and name not in matched.splits:
                continue
            number = matched.questions.get(name, min(matched.splits.get(name, {"": 0}).values()))
            spot = self.table.spot(number, tidy(self.table.headers[number]), self.problems)
            free = str(completing.get(name, ""))
            free = "" if free in matched.questions else free
            if kind in ("select_one", "select_multiple"):
                found[name], words = self.choice(name, kind, matched, others.get(name), spot, bool(free))
                if free:
                    found[free] = _text(words)
            elif name in matched.questions:
                cells, choices = self.table.column(number), self.form.admitted(name)
                found[name] = read_cells(kind, cells, choices, spot, self.layout.manner)
        return found

    def choice(
        self, name: str, kind: str, matched: Matched, other: int | None, spot: Spot, free: bool
    ) -> tuple[Column, pd.Series[str]]:
        """Read a question with choices; give also the words that stand beside them."""
        choices = self.form.admitted(name)
        codes = choices.loc[choices["other"], "code"].tolist()
        admits = str(codes[0]) if codes and free else ""
        mark = self.form.separators.get(name, "") if isinstance(self.form, Codebook) else ""
        if name in matched.questions:
            cells = self.table.column(matched.questions[name])
            marks = (mark,) if mark else tuple(self.layout.marks)
            return _resolved(kind, cells, marks, choices, admits, spot)
        ticks = {code: self.table.column(at) for code, at in matched.splits[name].items()}
        words = pd.Series([""] * len(self.table.lines), dtype="str")
        if other is not None and codes:
            words, ticks[str(codes[0])] = _written(self.table.column(other))
        return read_ticks(kind, ticks, choices, spot), words


def _text(words: pd.Series[str]) -> Column:
    filled = (words != "").to_numpy()
    return Column(words, words.where(filled), statuses_of(filled))


def _written(cells: Cells) -> tuple[pd.Series[str], Cells]:
    """Part the column of « other »: her words, and a tick wherever something stands there."""
    text = pd.Series(cells, dtype="str").str.strip()
    tick = text.str.casefold().isin(list(TRUTHS)) | (text == "")
    ticked = text.where(tick, "1").to_numpy(dtype=object)
    return text.mask(tick, ""), ticked


def _resolved(
    kind: str, cells: Cells, marks: Sequence[str], choices: pd.DataFrame, other: str, spot: Spot
) -> tuple[Column, pd.Series[str]]:
    """Turn cells into codes, once for each different cell, and read those."""
    raw = pd.Series(cells, dtype="str").str.strip()
    numbers, distinct = pd.factorize(raw)
    texts = [str(cell) for cell in distinct]
    vocabulary = Vocabulary(choices)
    mark = find_mark([text for text in texts if text], marks, vocabulary) if kind == "select_multiple" else ""
    read = [_read(text, mark, vocabulary, other) for text in texts]
    codes = np.array([" ".join(one.codes) for one in read], dtype=object)
    marked = np.array(
        [text.casefold() == MARKER and not one.codes for text, one in zip(texts, read, strict=True)],
        dtype=bool,
    )
    codes[marked] = MARKER
    outside = np.array([one.wrong == "outside" for one in read], dtype=bool)[numbers]
    unsure = np.array([one.wrong == "unsure" for one in read], dtype=bool)[numbers]
    column = read_cells(kind, codes[numbers], choices, spot.writing(frozenset({CODES})))
    words = pd.Series([one.words for one in read], dtype="str").take(numbers).reset_index(drop=True)
    _report(spot, choices, outside, unsure, words)
    status = column.status.copy()
    status[outside | unsure] = CODE["invalid"]
    return Column(raw, column.values, status, column.chosen), words


def _read(text: str, mark: str, vocabulary: Vocabulary, other: str) -> Read:
    if not text or (text.casefold() == MARKER and not vocabulary.one(text)):
        return Read()
    return read_joined(text, mark, vocabulary, other) if mark else read_one(text, vocabulary, other)


def _report(spot: Spot, choices: pd.DataFrame, outside: Bools, unsure: Bools, words: pd.Series[str]) -> None:
    if outside.any():
        spot.warn(outside, "SRC-061", admitted=admitted(choices))
    if unsure.any():
        spot.warn(unsure, "SRC-306")
    written = int((words != "").sum())
    if written:
        spot.problems.warn("SRC-304", Place(spot.file, spot.sheet, 0, spot.number, spot.header), n=written)
