"""The tables that `evaluation.yaml` names, read file by file and put one under the other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from avis.descriptors import Descriptor
from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.sources.files.sheets import Sheet, read_sheets
from avis.spelling import folded, header_key
from avis.tables import check_table, empty_table, read_descriptor


def read_table(
    evaluation: Evaluation, patterns: str | tuple[str, ...], name: str, problems: Problems
) -> pd.DataFrame:
    """Read the files of one table: columns of its descriptor, then file, sheet, row (the file's line).

    Sheets of a workbook that lack a needed column are skipped, and said, unless there is one sheet only.
    Errors: those of `read_sheets` and `check_table`, SRC-080 a row of totals; warnings SRC-013 no date,
    SRC-022 no row, SRC-035 another sheet,
    SRC-036 hidden sheet.
    """
    descriptor = read_descriptor(name)
    parts = [empty_table(descriptor).assign(file="", sheet="", row=0)]
    for path in evaluation.files(patterns):
        file = evaluation.name(path)
        for sheet in _fitting(path, file, descriptor, problems):
            if name == "activities":
                sheet = _without_totals(sheet, file, problems)
                _tell_dateless(sheet, descriptor, Place(file, sheet.name), problems)
            table = check_table(sheet.frame, sheet.lines, descriptor, file, problems, sheet.name)
            parts.append(table.assign(file=file, sheet=sheet.name, row=sheet.lines[: len(table)]))
            _leave_out_columns_of_no_table(Place(file, sheet.name), problems)
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else parts[0]


def _tell_dateless(sheet: Sheet, descriptor: Descriptor, place: Place, problems: Problems) -> None:
    headers = {header_key(name) for name in sheet.frame.columns}
    known = [field for field in descriptor.read if not headers.isdisjoint(map(header_key, field.words))]
    if known and len(sheet.frame) and not any(field.reads == "period" for field in known):
        problems.warn("SRC-013", place, column=shown("activities", "date"))


def _without_totals(sheet: Sheet, file: str, problems: Problems) -> Sheet:
    """Take out rows whose first filled cell says « total »: what they add up would be counted twice."""
    cells = sheet.frame.where(sheet.frame != "")
    if cells.empty:
        return sheet
    first = folded(cells.bfill(axis="columns").iloc[:, 0].fillna("").astype("str"))
    totals = first.str.fullmatch(r"(?:sous[- ]|grand |sub-?)?tota(?:l|ux)\b.*")
    for line in sheet.lines[totals]:
        problems.add("SRC-080", Place(file, sheet.name, int(line)))
    kept = sheet.frame[~totals].reset_index(drop=True)
    return replace(sheet, frame=kept, lines=sheet.lines[~totals].reset_index(drop=True))


def _leave_out_columns_of_no_table(place: Place, problems: Problems) -> None:
    """Where no column is known, those without a name (SRC-025) are not worth a word."""
    here = [item for item in problems if (item.place.file, item.place.sheet) == (place.file, place.sheet)]
    if any(item.code == "SRC-023" for item in here):
        problems.items[:] = [item for item in problems if item not in here or item.code != "SRC-025"]


def _fitting(path: Path, file: str, descriptor: Descriptor, problems: Problems) -> list[Sheet]:
    shown = [sheet for sheet in read_sheets(path, file, problems) if not _is_hidden(sheet, file, problems)]
    for sheet in shown:
        if sheet.frame.empty:
            problems.warn("SRC-022", Place(file, sheet.name))
    fitting = [sheet for sheet in shown if not _lacks(sheet, descriptor)]
    if not fitting:  # the first one tells what is missing
        return shown[:1]
    for sheet in shown:
        if _lacks(sheet, descriptor):
            problems.warn("SRC-035", Place(file, sheet.name), column=_lacks(sheet, descriptor))
    return fitting


def _is_hidden(sheet: Sheet, file: str, problems: Problems) -> bool:
    if sheet.hidden:
        problems.warn("SRC-036", Place(file, sheet.name))
    return sheet.hidden


def _lacks(sheet: Sheet, descriptor: Descriptor) -> str:
    headers = {header_key(name) for name in sheet.frame.columns}
    for field in descriptor.read:
        if field.needed and headers.isdisjoint(map(header_key, field.words)):
            return field.shown
    return ""


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
