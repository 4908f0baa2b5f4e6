"""LimeSurvey: `.lsa` archives, and CSV or XLSX exports with codes or full texts, in French or English.

E-mail addresses, access codes, IP addresses and names of participants are never read: `left_out` names their
columns. A record is complete where it has a date of submission; what an unfinished one leaves blank stays
`unknown_empty`, since the number of its last page does not tell which questions were on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from avis.errors import Place, Problems
from avis.sources.codes import is_code, person_code
from avis.sources.surveys.answers import Answers, Column, no_answers
from avis.sources.surveys.choices import tidy
from avis.sources.surveys.codebooks import Codebook
from avis.sources.surveys.exports import Export
from avis.sources.surveys.fit import check_fit
from avis.sources.surveys.form import Form, empty_form
from avis.sources.surveys.limearchive import read_answers
from avis.sources.surveys.limecells import (
    Language,
    contradicts,
    leaning,
    read_boxes,
    read_files,
    read_one,
    read_plain,
    read_ranks,
    without_addresses,
)
from avis.sources.surveys.limeheaders import Matched, is_limesurvey, is_private, match_columns, report_unknown
from avis.sources.surveys.limetypes import KINDS, NOT_SHOWN
from avis.sources.surveys.lss import column_language, read_lime
from avis.sources.surveys.tables import Table, read_tables
from avis.sources.surveys.tools import Responses
from avis.spelling import suggest

TOOL = "LimeSurvey"
NO_DATE = "1980-01-01"
"""LimeSurvey's date of submission in surveys that keep no dates."""
OWN_KINDS = frozenset({"lss", "lsa"})


def suits(exports: Sequence[Export], form: Form | None) -> bool:
    """Tell whether a file is LimeSurvey's own, its columns are, or the form came from LimeSurvey."""
    if any(export.opened.kind in OWN_KINDS for export in exports):
        return True
    headers = (_header(rows) for export in exports for rows in [grid.rows for grid in export.grids])
    if any(is_limesurvey(header) for header in headers):
        return True
    return form is not None and is_lime_form(form) and any(export.grids for export in exports)


def _header(rows: list[list[str]]) -> list[str]:
    return next((row for row in rows if any(map(str.strip, row))), [])


def is_lime_form(form: Form) -> bool:
    """Tell whether a form was read from LimeSurvey: its types are LimeSurvey's letters."""
    letters = form.questions["tool_type"]
    return len(letters) > 0 and bool(letters.isin(list(KINDS)).any()) and bool((letters.str.len() == 1).all())


def read(exports: Sequence[Export], form: Form | None, person: str, problems: Problems) -> Responses:
    """Read answers with the form given, or with that of a `.lss` or `.lsa` among the files.

    Errors: those of `read_lime`, SRC-011 a row too short or too long, SRC-073 too little belongs to the form,
    SRC-277 no form of LimeSurvey's, SRC-278 a second table of answers, SRC-279 person codes in a column that
    is never read, SRC-068 no such column. Remarks: SRC-060 to SRC-067, SRC-071, SRC-074, SRC-077, SRC-078,
    SRC-274 to SRC-276, SRC-280 codes or labels.
    """
    tables = [table for found in read_tables(exports, problems) for table in found]
    register = False
    for export in exports:
        if export.opened.kind in OWN_KINDS:
            lime = read_lime(export.opened, problems)
            if lime is None:
                return Responses(TOOL, form or empty_form(), no_answers())
            form = form or lime.form
            if export.opened.kind == "lsa":
                held = read_answers(export.opened, lime.fields, problems)
                tables += [held.table] if held.table else []
                register |= held.register
    left: tuple[str, ...] = (".lst",) if register else ()
    if form is not None and not isinstance(form, Codebook) and not is_lime_form(form):
        form = None  # the form of another tool explains a few columns by accident
    if not tables or form is None:
        return Responses(TOOL, form or empty_form(), no_answers(), left_out=left + _unread(tables, problems))
    for table in tables[1:]:
        problems.add("SRC-278", Place(table.place.file, table.place.sheet))
    reader = _Reader(tables[0], form, problems)
    return Responses(TOOL, form, reader.answers(person), left_out=left + reader.left_out())


def _unread(tables: Sequence[Table], problems: Problems) -> tuple[str, ...]:
    """Ask for the form of tables that have none; name the columns that would not be read in any case."""
    for table in tables:
        problems.add("SRC-277", table.place)
    return tuple(tidy(header) for table in tables for header in table.headers if is_private(header))


@dataclass
class _Reader:
    """One table of answers and the form that it is read with."""

    table: Table = field(repr=False)
    form: Form = field(repr=False)
    problems: Problems = field(repr=False)

    def __post_init__(self) -> None:
        self.matched: Matched = match_columns(self.table.headers, self.form, self.table.place, self.problems)

    def left_out(self) -> tuple[str, ...]:
        numbers = sorted([*self.matched.private, *self.matched.side])
        return tuple(dict.fromkeys(tidy(self.table.headers[number]) for number in numbers))

    def answers(self, person: str) -> Answers:
        found = {name for name, _ in self.matched.targets}
        told = (found, len(self.matched.targets), len(self.matched.unknown))
        if not check_fit(self.form, *told, self.table.place, self.problems):
            return no_answers()
        people = self.people(person)
        report_unknown(self.matched.unknown, self.table.headers, self.form, self.table.place, self.problems)
        return Answers(self.records(people), self.columns())

    def people(self, person: str) -> pd.Series[str]:
        """Take the codes of people out of the columns: whoever answers is not an answer."""
        blank = pd.Series([""] * len(self.table.rows), dtype="str")
        if not person:
            return blank
        number = self.matched.targets.pop((person, ""), None)
        number = self.table.find(person) if number is None else number
        if number in self.matched.private or (number is None and is_private(person)):
            self.problems.add("SRC-279", self.table.place, column=person)
            return blank
        if number is None:
            headers = [tidy(header) for header in self.table.headers]
            self.problems.add("SRC-068", self.table.place, column=person, **suggest(person, headers))
            return blank
        for columns in (self.matched.unknown, self.matched.side):
            if number in columns:
                columns.remove(number)
        return self.codes(number, person)

    def codes(self, number: int, person: str) -> pd.Series[str]:
        codes = pd.Series([person_code(cell) for cell in self.table.column(number)], dtype="str")
        empty = codes.str.casefold().isin(["", *NOT_SHOWN]).to_numpy()
        fine = pd.Series([is_code(code) for code in codes], dtype="bool").to_numpy()
        self.table.spot(number, person, self.problems).warn(~fine & ~empty, "SRC-078")
        return codes.where(fine, "")

    def meta(self, name: str) -> pd.Series[str]:
        text = self.table.text(self.matched.meta.get(name))
        return text.where(~text.str.casefold().isin(list(NOT_SHOWN)), "")

    def records(self, people: pd.Series[str]) -> pd.DataFrame:
        """Make the records; an id that stands twice is kept and said (SRC-067)."""
        ids, end = self.meta("id"), self.meta("end")
        twice = ((ids != "") & ids.duplicated(keep=False)).to_numpy()
        number = self.matched.meta.get("id", 0)
        self.table.spot(number, "id", self.problems).warn(twice, "SRC-067")
        lines = pd.Series(self.table.lines)
        known = (ids != "") & ~ids.duplicated()
        return pd.DataFrame(
            {
                "id": ids.where(known, (ids + "#" + lines.astype("str")).str.removeprefix("#")),
                **{"version": "", "start": self.meta("start")},
                "end": end.where(~end.str.startswith(NO_DATE), ""),
                **{"complete": end != "", "person": people, "parent": "", "index": 0, "repeat": ""},
                **{"file": self.table.place.file, "sheet": self.table.place.sheet, "row": lines},
            }
        )

    def columns(self) -> dict[str, Column]:
        spoken = self.meta("language").map(column_language)
        language, coded = Language(spoken), self.coded()
        questions = self.form.questions
        found = {}
        for name, kind, asked in zip(
            questions["name"], questions["type"], questions["relevance"], strict=True
        ):
            pieces = self.matched.pieces(name)
            if pieces and kind != "note":
                found[str(name)] = self.column(str(name), kind, asked != "", pieces, language, coded)
        return found

    def column(
        self, name: str, kind: str, conditioned: bool, pieces: dict[str, int], language: Language, coded: bool
    ) -> Column:
        first = min(pieces.values())
        header = tidy(self.table.headers[first]) if "" in pieces else name
        spot = self.table.spot(first, header, self.problems)
        cells = {piece: self.table.column(number) for piece, number in pieces.items()}
        if kind == "file":
            return read_files(cells.get(""), cells.get("filecount"))
        if kind == "rank":
            ranks = [cells[piece] for piece in sorted(filter(str.isdecimal, cells), key=int)]
            return read_ranks(ranks or [cells[""]], self.form.admitted(name), language, coded, spot)
        if kind == "select_multiple":
            beside = self.matched.targets.get((f"{name}_other", ""))
            other = None if beside is None else self.table.column(beside)
            boxes = {piece: column for piece, column in cells.items() if piece}
            return read_boxes(boxes, other, self.form.admitted(name), spot)
        if kind == "select_one":
            found = read_one(cells[""], self.form.admitted(name), language, coded, spot)
        else:
            found = read_plain(kind, cells[""], conditioned, spot)
        return without_addresses(found, kind, spot)

    def coded(self) -> bool:
        """Tell whether the file holds codes or labels; where nothing tells and both fit, say so (SRC-280)."""
        balance, doubt = 0, False
        kinds = dict(zip(self.form.questions["name"], self.form.questions["type"], strict=True))
        for (name, piece), number in self.matched.targets.items():
            if kinds[name] == "select_multiple" and piece:
                balance += leaning(self.table.column(number), None)
            elif kinds[name] in ("select_one", "rank"):
                choices, cells = self.form.admitted(name), self.table.column(number)
                balance += leaning(cells, choices)
                doubt = doubt or contradicts(cells, choices)
        if not balance and doubt:
            self.problems.warn("SRC-280", Place(self.table.place.file, self.table.place.sheet))
        return balance >= 0
