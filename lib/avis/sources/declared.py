"""The tables that an association keeps, read sheet by sheet and put one under the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

import pandas as pd

from avis.descriptors import Descriptor
from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.files.endings import total_rows
from avis.files.sheets import Sheet, read_sheets
from avis.spelling import header_key
from avis.tables import check_table, empty_table, read_descriptor

Files: TypeAlias = Sequence[tuple[Path, str]]
"""Paths, each with the name by which messages call it."""


@dataclass(frozen=True)
class Part:
    """One sheet of one file."""

    file: str
    sheet: Sheet

    @property
    def place(self) -> Place:
        """Say where it stands."""
        return Place(self.file, self.sheet.name)

    @property
    def headers(self) -> set[str]:
        """The names of its columns, as `header_key` writes them."""
        return {header_key(str(name)) for name in self.sheet.frame.columns}


def read_table(
    evaluation: Evaluation, patterns: str | tuple[str, ...], name: str, problems: Problems
) -> pd.DataFrame:
    """Read the files that an evaluation names for one table, as `read_table_files` does."""
    return read_table_files(files_of(evaluation, patterns), name, problems)


def files_of(evaluation: Evaluation, patterns: str | tuple[str, ...]) -> Files:
    """Give the files of some patterns with their names."""
    return [(path, evaluation.name(path)) for path in evaluation.files(patterns)]


def read_table_files(files: Files, name: str, problems: Problems) -> pd.DataFrame:
    """Read the files of one table: columns of its descriptor, then file, sheet, row (the file's line).

    Sheets of a workbook that lack a needed column are skipped, and said, unless there is one sheet only.
    Errors: those of `read_sheets` and `check_table`; warnings SRC-022 no row, SRC-035 another sheet,
    SRC-036 hidden sheet.
    """
    descriptor = read_descriptor(name)
    parts = [part for file in files for part in fitting(read_parts([file], problems), descriptor, problems)]
    return stack((read_part(part, descriptor, problems) for part in parts), descriptor)


def read_parts(files: Files, problems: Problems) -> list[Part]:
    """Read the sheets that are not hidden. Warnings: SRC-022 no row, SRC-036 hidden sheet."""
    parts = [Part(file, sheet) for path, file in files for sheet in read_sheets(path, file, problems)]
    for part in parts:
        if part.sheet.hidden:
            problems.warn("SRC-036", part.place)
        elif part.sheet.frame.empty:
            problems.warn("SRC-022", part.place)
    return [part for part in parts if not part.sheet.hidden]


def fitting(parts: Sequence[Part], descriptor: Descriptor, problems: Problems) -> list[Part]:
    """Leave out the sheets of one file that lack a needed column, and say it (warning SRC-035)."""
    kept = [part for part in parts if not _lacks(part, descriptor)]
    if not kept:  # the first one tells what is missing
        return list(parts[:1])
    for part in parts:
        if _lacks(part, descriptor):
            problems.warn("SRC-035", part.place, column=_lacks(part, descriptor))
    return kept


def _lacks(part: Part, descriptor: Descriptor) -> str:
    for field in descriptor.read:
        if field.needed and part.headers.isdisjoint(map(header_key, field.words)):
            return field.shown
    return ""


def read_part(part: Part, descriptor: Descriptor, problems: Problems, year: str = "") -> pd.DataFrame:
    """Type one sheet and say of each row where it stands; `year` is that of times without one."""
    sheet = part.sheet
    table = check_table(sheet.frame, sheet.lines, descriptor, part.file, problems, sheet.name, year)
    _leave_out_columns_of_no_table(part.place, problems)
    return table.assign(file=part.file, sheet=sheet.name, row=sheet.lines[: len(table)])


def stack(tables: Iterable[pd.DataFrame], descriptor: Descriptor) -> pd.DataFrame:
    """Put tables of one descriptor one under the other; typed columns even without any row."""
    filled = [table for table in tables if len(table)]
    if filled:
        return pd.concat(filled, ignore_index=True)
    return empty_table(descriptor).assign(file="", sheet="", row=0)


REMARKS = ("note", "source")
"""Columns of sentences, in which « Total du trimestre, estimé » speaks of the act."""


def without_totals(part: Part, problems: Problems) -> Part:
    """Take out rows of which a cell says « total » (error SRC-080): they would be counted twice."""
    sheet = part.sheet
    fields = (field for field in read_descriptor("activities").read if field.name in REMARKS)
    free = {header_key(word) for field in fields for word in field.words}
    labels = [name for name in sheet.frame.columns if header_key(str(name)) not in free]
    totals = total_rows(sheet.frame[labels])
    places = [replace(part.place, line=int(line)) for line in sheet.lines[totals]]
    # Not kept, whatever was said of a row that looks like a total.
    problems.items[:] = [item for item in problems if item.code != "SRC-143" or item.place not in places]
    for place in places:
        problems.add("SRC-080", place)
    kept = sheet.frame[~totals].reset_index(drop=True)
    lines = sheet.lines[~totals].reset_index(drop=True)
    return replace(part, sheet=replace(sheet, frame=kept, lines=lines))


OF_COLUMNS = ("SRC-025", "SRC-201", "SRC-211")
"""Remarks on columns, by their names."""


def _leave_out_columns_of_no_table(place: Place, problems: Problems) -> None:
    """Where no column is known, nothing is said of columns: their names may be what somebody said."""
    here = [item for item in problems if (item.place.file, item.place.sheet) == (place.file, place.sheet)]
    if any(item.code == "SRC-023" for item in here):
        problems.items[:] = [item for item in problems if item not in here or item.code not in OF_COLUMNS]


def qualifiers(table: pd.DataFrame, number: str, high: str, problems: Problems) -> pd.Series[str]:
    """Join the qualifier written with a number and the one in the column `qualifier`; the first wins.

    None at all means exact; without a number there is none. A range without its upper end becomes "at
    least" (error SRC-034); two qualifiers that differ are said (warning SRC-040).
    """
    beside, declared = table[f"{number}_qualifier"].replace("exact", ""), table["qualifier"]
    differ = (beside != "") & (declared != "") & (beside != declared)
    for place in places(table, differ, "qualificatif"):
        problems.warn("SRC-040", place)
    joined = beside.mask(beside == "", declared).replace("", "exact")
    joined = joined.mask((joined == "exact") & table[high].notna(), "range")
    open_ended = (joined == "range") & table[high].isna() & table[number].notna()
    for place in places(table, open_ended, "qualificatif"):
        problems.add("SRC-034", place)
    return joined.mask(open_ended, "at_least").mask(table[number].isna(), "")


def shown(table: str, field: str) -> str:
    """Give the header of a column as messages write it, in the language of messages.

    >>> shown("activities", "participants")
    'participants'
    """
    return next(item.shown for item in read_descriptor(table).fields if item.name == field)


def places(table: pd.DataFrame, wrong: pd.Series[bool], field: str = "") -> list[Place]:
    """Say where the rows stand for which `wrong` is true; the table has file, sheet and row."""
    rows = table.loc[wrong, ["file", "sheet", "row"]]
    return [
        Place(str(file), str(sheet), int(line), field=field)
        for file, sheet, line in zip(rows["file"], rows["sheet"], rows["row"], strict=True)
    ]
