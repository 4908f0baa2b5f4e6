"""The tables of a tool → answers: the main rows of every file, then the repeats that hang on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from avis.errors import Place, Problems
from avis.sources.surveys.answers import Answers, Column, no_answers
from avis.sources.surveys.cells import READ, Manner, read_cells, read_multiple
from avis.sources.surveys.choices import MOST_VOTES, decide, readings, tidy, votes_of
from avis.sources.surveys.fit import check_fit
from avis.sources.surveys.form import BETWEEN, Form
from avis.sources.surveys.headers import TOOL_COLUMNS, Matched, match_headers, report_unknown
from avis.sources.surveys.older import foreign_versions
from avis.sources.surveys.records import make_records, sent_at, take_people
from avis.sources.surveys.tables import Table

XML = Manner(point=True)
"""Kobo and ODK write numbers as XML does: « 1.200 » is one and a fifth."""


@dataclass
class _Told:
    """What a file says of the way in which it writes choices: by its cells, and by its headers."""

    votes: list[frozenset[str]] = field(default_factory=list)
    headers: Counter[str] = field(default_factory=Counter)


@dataclass
class Gathering:
    """What is told while the tables of one tool are read."""

    form: Form
    problems: Problems
    tool: frozenset[str] = TOOL_COLUMNS
    left_out: list[str] = field(default_factory=list)
    told: dict[str, _Told] = field(default_factory=dict, repr=False)

    def match(self, table: Table, repeat: str = "") -> Matched:
        """Match the columns of a table, and keep the names of those that are left out on purpose."""
        found = match_headers(table.headers, self.form, table.place, self.problems, repeat, self.tool)
        self.left_out += [tidy(table.headers[number]) for number in sorted(found.left_out)]
        return found

    def likeness(self, table: Table, repeat: str = "") -> int:
        """Count the questions of a repeat that a table has columns for."""
        found = match_headers(table.headers, self.form, table.place, Problems(), repeat, self.tool)
        return len(found.names)

    def read_main(self, table: Table, person: str) -> Answers:
        """Read a table of records. Errors: SRC-073 too little in it belongs to the form, SRC-068."""
        matched = self.match(table)
        told = (matched.names, matched.explained, len(matched.unknown))
        if not check_fit(self.form, *told, table.place, self.problems):
            return no_answers()
        people = take_people(matched, table, person, self.problems)
        report_unknown(matched, table.headers, self.form, table.place, self.problems)
        records = make_records(table, matched, people, self.problems)
        versions = foreign_versions(
            records["version"], self.form.version.split(BETWEEN), lambda: sent_at(table)
        )
        return Answers(records, self.columns(table, matched, versions))

    def columns(
        self, table: Table, matched: Matched, versions: pd.Series[str] | None = None
    ) -> dict[str, Column]:
        """Read every question that has a column."""
        kinds = dict(zip(self.form.questions["name"], self.form.questions["type"], strict=True))
        names = [name for name in kinds if name in matched.names and kinds[name] != "note"]
        written = self.written(table, matched, kinds)
        return {name: self.column(table, matched, name, kinds[name], versions, written) for name in names}

    def written(self, table: Table, matched: Matched, kinds: Mapping[str, str]) -> frozenset[str]:
        """Decide how a file writes choices; what its first table says holds for its repeats too."""
        told = self.told.setdefault(table.place.file, _Told())
        told.headers.update(matched.ways)
        for name, number in matched.questions.items():
            if kinds[name] in READ:
                cells = [str(cell).strip() for cell in pd.unique(table.column(number))]
                ways = readings(self.form.admitted(name))
                told.votes += votes_of([cell for cell in cells if cell][:MOST_VOTES], ways, READ[kinds[name]])
        return decide(told.votes, told.headers)

    def column(
        self,
        table: Table,
        matched: Matched,
        name: str,
        kind: str,
        versions: pd.Series[str] | None,
        written: frozenset[str],
    ) -> Column:
        """Read one question, from its column, its split columns or both."""
        number, splits = matched.questions.get(name), matched.splits.get(name, {})
        first = number if number is not None else min(splits.values())
        header = tidy(table.headers[number]) if number is not None else name
        spot = table.spot(first, header, self.problems).of(versions).writing(written)
        choices = self.form.admitted(name)
        joined = None if number is None else table.column(number)
        if kind == "select_multiple":
            ticks = {code: table.column(at) for code, at in splits.items()}
            return read_multiple(joined, ticks, choices, spot)
        assert joined is not None  # only a question with several choices is split
        return read_cells(kind, joined, choices, spot, XML)


def main_tables(gathering: Gathering, exports: Sequence[Sequence[Table]], linked: str) -> list[Table | None]:
    """Give the one table of each file that holds records, none where all hang on another (`linked`).

    Errors: SRC-250 a second table of answers, which is never added to the first. Remarks: SRC-251 a sheet
    that has nothing of the form.
    """
    found: list[Table | None] = []
    for tables in exports:
        alone = [table for table in tables if not table.has(linked)]
        likeness = [gathering.likeness(table) for table in alone] if len(alone) > 1 else [1] * len(alone)
        best = alone[likeness.index(max(likeness))] if alone else None
        for table, like in zip(alone, likeness, strict=True):
            place = Place(table.place.file, table.place.sheet)
            if table is not best and like:
                gathering.problems.add("SRC-250", place)
            elif table is not best:
                gathering.problems.warn("SRC-251", place)
        found.append(best)
    return found
