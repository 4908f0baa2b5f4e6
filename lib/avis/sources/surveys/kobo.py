"""Kobo exports: CSV (`;` or `,`) or XLSX, values as XML codes or as labels in any language of the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from avis.errors import Place, Problems
from avis.sources.codes import is_code, person_code
from avis.sources.files.grids import Grid
from avis.sources.surveys.answers import Answers, Column, Spot, no_answers
from avis.sources.surveys.cells import MARKER, Cells, read_cells, read_multiple
from avis.sources.surveys.choices import tidy
from avis.sources.surveys.exports import Export
from avis.sources.surveys.form import Form
from avis.sources.surveys.headers import Matched, match_headers, report_unknown
from avis.sources.surveys.tools import Responses
from avis.spelling import suggest


@dataclass(frozen=True)
class _Table:
    """The rows of an export, as text: one array of cells, the header apart."""

    place: Place
    headers: list[str] = field(repr=False)
    cells: npt.NDArray[np.object_] = field(repr=False)
    lines: npt.NDArray[np.int64] = field(repr=False)

    def column(self, number: int) -> Cells:
        return self.cells[:, number]


def suits(exports: Sequence[Export], form: Form | None) -> bool:
    """Tell whether these are tables of answers to a form that is known."""
    return form is not None and all(export.grids for export in exports)


def read(exports: Sequence[Export], form: Form | None, person: str, problems: Problems) -> Responses:
    """Read the answers to a form from an export; `person` names the column that holds person codes.

    Repeats are left out, and that is said (SRC-072). Errors: SRC-011 a row too short or too long, SRC-068 no
    such person column, SRC-073 nothing in the file belongs to the form. Remarks: SRC-060 to SRC-067, SRC-071,
    SRC-074, SRC-077, SRC-078 what is no code.
    """
    assert form is not None  # see `suits`
    answers = _read(form, exports[0].grids[0], exports[0].name, problems, person)
    return Responses("Kobo", form, answers)


def _read(form: Form, grid: Grid, name: str, problems: Problems, person: str) -> Answers:
    table = _table(grid, name, problems)
    matched = match_headers(table.headers, form, table.place, problems)
    if matched.nothing:
        problems.add("SRC-073", table.place)
        return no_answers()
    report_unknown(_without(matched, table, person), table.headers, form, table.place, problems)
    _report_repeats(form, name, problems)
    people = _people(matched, table, person, problems)
    records = _records(matched, table, people, problems)
    return Answers(records, _columns(form, matched, table, problems))


def _table(grid: Grid, name: str, problems: Problems) -> _Table:
    filled = [
        (row, line) for row, line in zip(grid.rows, grid.lines, strict=True) if any(map(str.strip, row))
    ]
    if not filled:
        return _Table(Place(name, grid.name), [], np.empty((0, 0), dtype=object), np.empty(0, dtype=np.int64))
    header, first = filled[0]
    kept = [(row, line) for row, line in filled[1:] if len(row) == len(header)]
    for row, line in filled[1:]:
        if len(row) != len(header):
            problems.add("SRC-011", Place(name, grid.name, line), found=len(row), expected=len(header))
    cells = np.array([row for row, _ in kept], dtype=object).reshape(len(kept), len(header))
    lines = np.array([line for _, line in kept], dtype=np.int64)
    return _Table(Place(name, grid.name, first), header, cells, lines)


def _without(matched: Matched, table: _Table, person: str) -> Matched:
    """Take the column of person codes out of those that nothing explains."""
    matched.unknown = [number for number in matched.unknown if table.headers[number].strip() != person]
    return matched


def _report_repeats(form: Form, name: str, problems: Problems) -> None:
    for repeat in form.questions["repeat"].drop_duplicates():
        if repeat:
            problems.warn("SRC-072", Place(name, field=str(repeat)))


def _people(matched: Matched, table: _Table, person: str, problems: Problems) -> pd.Series[str]:
    """Take the codes of people out of the questions: whoever answers is not an answer."""
    blank = pd.Series([""] * len(table.lines), dtype="str")
    if not person:
        return blank
    headers = [header.strip() for header in table.headers]
    number = matched.questions.pop(person, None)
    number = headers.index(person) if number is None and person in headers else number
    if number is None:
        problems.add("SRC-068", table.place, column=person, **suggest(person, headers))
        return blank
    codes = pd.Series([person_code(cell) for cell in table.column(number)], dtype="str")
    empty = codes.isin(["", MARKER.upper()]).to_numpy()
    fine = np.array([is_code(code) for code in codes], dtype=bool)
    spot = Spot(table.place.file, table.place.sheet, person, number + 1, table.lines, problems)
    spot.warn(~fine & ~empty, "SRC-078")
    return codes.where(fine, "")


def _records(matched: Matched, table: _Table, people: pd.Series[str], problems: Problems) -> pd.DataFrame:
    """Make the records; an id or uuid that stands twice is kept and said (SRC-067)."""

    def tool(*names: str) -> pd.Series[str]:
        number = next((matched.tool[name] for name in names if name in matched.tool), None)
        cells = [""] * len(table.lines) if number is None else table.column(number)
        return pd.Series(cells, dtype="str").str.strip()

    ids, uuids = tool("_id"), tool("_uuid", "meta/instanceID", "instanceID")
    for column, cells in (("_id", ids), ("_uuid", uuids)):
        twice = ((cells != "") & cells.duplicated(keep=False)).to_numpy()
        Spot(table.place.file, table.place.sheet, column, 0, table.lines, problems).warn(twice, "SRC-067")
    rows = pd.Series(table.lines)
    identity = ids.where(ids != "", uuids).where((ids != "") | (uuids != ""), rows.astype("str"))
    received = (ids != "") | (uuids != "") | (tool("_submission_time") != "")
    return pd.DataFrame(
        {
            **{"id": identity, "version": tool("__version__", "_version_", "_version")},
            **{
                "start": tool("start"),
                "end": tool("end"),
                "complete": received,
                "person": people,
                **{"parent": "", "index": 0, "repeat": ""},
                **{"file": table.place.file, "sheet": table.place.sheet, "row": rows},
            },
        }
    )


def _columns(form: Form, matched: Matched, table: _Table, problems: Problems) -> dict[str, Column]:
    columns = {}
    for name, kind in zip(form.questions["name"], form.questions["type"], strict=True):
        if kind == "note" or (name not in matched.questions and name not in matched.splits):
            continue
        choices = form.admitted(name)
        number = matched.questions.get(name)
        splits = {code: table.column(at) for code, at in matched.splits.get(name, {}).items()}
        first = number if number is not None else min(matched.splits[name].values())
        file, sheet = table.place.file, table.place.sheet
        header = str(name) if number is None else tidy(table.headers[number])
        spot = Spot(file, sheet, header, first + 1, table.lines, problems)
        joined = None if number is None else table.column(number)
        if kind == "select_multiple":
            columns[name] = read_multiple(joined, splits, choices, spot)
        elif joined is not None:
            columns[name] = read_cells(kind, joined, choices, spot)
    return columns
