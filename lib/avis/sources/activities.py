"""The activity log: a row is an act, or a count of acts. Acts are not people (see DOMAIN, "Counting")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

import pandas as pd

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.files.copies import Shared, shared_rows
from avis.periods import FIRST_YEAR, LAST_YEAR, first_day, last_day
from avis.sources.attendance import (
    day_columns,
    is_attendance,
    is_log_without_type,
    join_attendance,
    read_attendance,
)
from avis.sources.codes import read_codes
from avis.sources.datecolumns import PARTS, YEARS, dated
from avis.sources.declared import (
    Files,
    Part,
    files_of,
    fitting,
    places,
    qualifiers,
    read_part,
    read_parts,
    shown,
    stack,
    without_totals,
)
from avis.sources.labels import Labels, apply_labels, check_labels
from avis.spelling import folded, header_key
from avis.tables import read_descriptor

MEASURES = ("count", "participants", "people", "hours")
"""The columns that hold figures; each has `{name}_qualifier` and `{name}_high` beside it."""
TIMES = frozenset((*YEARS, *PARTS))
"""Headers of columns that stand for a date."""
MOST_NAMED = 6
"""Columns that a message names."""
WORDS = ("type", "place", "role")
"""The columns whose values are compared without case and accents."""


def read_activities(evaluation: Evaluation, problems: Problems) -> pd.DataFrame:
    """Read all activity files of an evaluation, with its own words: see `read_activity_files`.

    Errors: those of `read_activity_files`, SRC-229 a spelling that stands for two words.
    """
    check_labels(evaluation, problems)
    files = files_of(evaluation, evaluation.settings.sources.activities)
    return read_activity_files(files, problems, evaluation.settings.labels)


def read_activity_files(files: Files, problems: Problems, labels: Labels | None = None) -> pd.DataFrame:
    """Read activity logs and attendance lists, one row an act or a count of acts.

    Columns: id, period_start, period_end (ISO text of the precision given: day, month, "2024-T1", year; ""
    where unknown), year (Int64, where both ends lie in it), type, title, place, count (1 where the file
    says nothing), participants (attendances), people, person_codes (codes, one space between), role,
    hours, qualifier and high (of the row: those of the first figure that is not exact), the same for each
    of `MEASURES`, source, note, file, sheet, row. Numbers are float64, NaN where not documented. A type,
    place or role that `labels` knows becomes its id; other spellings that differ by case or accents become
    the first one met; compare with `fold`.

    Errors: those of `read_table_files`, `read_attendance`, `join_attendance` and `qualifiers`, SRC-021 end
    before start, SRC-043 no person codes, SRC-080 a row of totals, SRC-221 two sheets with the same rows,
    SRC-230 columns named after times;
    warnings SRC-013 no date, SRC-027 date and period, SRC-028 no date, SRC-029 half a period, SRC-044 more
    codes than people, SRC-222 the year of a sheet, SRC-227 one row in two sheets, SRC-228 an unknown word.
    """
    logs, lists = _parted(files, problems)
    descriptor = read_descriptor("activities")
    table = stack(_read_logs(logs, problems), descriptor)
    table = apply_labels(table, labels or {}, problems, "activities")
    table = _counted(_dated(table, problems), problems)
    table = table.assign(
        person_codes=_coded(table, problems), **{name: _one_spelling(table[name]) for name in WORDS}
    )
    there = read_attendance([(part, year_of(part)) for part in lists], problems)
    listed = {name: words for name, words in (labels or {}).items() if name in ("type", "place")}
    return join_attendance(table, apply_labels(there, listed, problems, "attendance"), problems)


def _parted(files: Files, problems: Problems) -> tuple[list[Part], list[Part]]:
    """Tell logs and attendance lists apart; where all look like lists, those that name types are the log."""
    log = read_descriptor("activities")
    types = {header_key(word) for field in log.read if field.name == "type" for word in field.words}
    books = [read_parts([file], problems) for file in files]
    listing = [[is_attendance(part, year_of(part)) for part in book] for book in books]
    if all(map(all, listing)):
        listing = [[not part.headers & types for part in book] for book in books]
    if all(map(all, listing)):  # still no log: one that lacks its types is told so, not taken for a list
        listing = [[not is_log_without_type(part, year_of(part)) for part in book] for book in books]
    logs, lists = [], []
    for book, marks in zip(books, listing, strict=True):
        lists += [part for part, mark in zip(book, marks, strict=True) if mark]
        rest = [part for part, mark in zip(book, marks, strict=True) if not mark]
        logs += fitting(rest, log, problems)
    return [without_totals(part, problems) for part in logs], lists


def _read_logs(parts: Sequence[Part], problems: Problems) -> list[pd.DataFrame]:
    """Type each sheet, and leave out the copies: 03/01/2024 and 2024-01-03 are one day in two files."""
    tables = [_read(part, problems) for part in parts]
    typed = [_as_text(part, table) for part, table in zip(parts, tables, strict=True)]
    copies = _copies(parts, typed, problems)
    return [table for index, table in enumerate(tables) if index not in copies]


def _as_text(part: Part, table: pd.DataFrame) -> pd.DataFrame:
    """Write a typed sheet as text, with the columns that the table does not know: they tell rows apart."""
    known = {header_key(word) for field in read_descriptor("activities").read for word in field.words}
    typed = table.drop(columns=["file", "sheet", "row"])
    told = {name: typed[name].astype("str").mask(typed[name].isna(), "") for name in typed}
    frame = part.sheet.frame.reindex(table.index)
    others = {f"+{name}": frame[name] for name in frame if header_key(str(name)) not in known | TIMES}
    return pd.DataFrame(told | others, index=table.index)


def _read(part: Part, problems: Problems) -> pd.DataFrame:
    year = year_of(part)
    part, descriptor = dated(part, read_descriptor("activities"))
    known = [field for field in descriptor.read if not part.headers.isdisjoint(map(header_key, field.words))]
    times, dateless = day_columns(part, year), not any(field.reads == "span" for field in known)
    if times and dateless:
        problems.add("SRC-230", part.place, columns=", ".join(times[:MOST_NAMED]))
        return stack([], descriptor)
    table = read_part(part, descriptor, problems, year)
    if len(table) and known and dateless:
        if year:
            problems.warn("SRC-222", part.place, year=year)
            return table.assign(date=year, date_last=year)
        problems.warn("SRC-013", part.place, column=shown("activities", "date"))
    return table


def year_of(part: Part) -> str:
    """Give the year that a sheet's name says, else the file's: the one number in it, and a year.

    >>> from dataclasses import replace
    >>> from avis.files.sheets import Sheet
    >>> sheet = Sheet("Année 2023", pd.DataFrame(), pd.Series([], dtype="int64"), "workbook")
    >>> year_of(Part("bilan-2024.xlsx", sheet)), year_of(Part("b-2024-03.xlsx", replace(sheet, name="A")))
    ('2023', '')
    """
    for name in (part.sheet.name, PurePath(part.file).stem):
        numbers = re.findall(r"\d+", name)
        if any(len(number) >= 4 for number in numbers):  # « Feuil1 » says nothing
            year = numbers[0] if len(numbers) == 1 and len(numbers[0]) == 4 else "0"
            return year if FIRST_YEAR <= int(year) <= LAST_YEAR else ""
    return ""


def _of_two_years(one: Part, two: Part) -> bool:
    years = year_of(one), year_of(two)
    return "" not in years and years[0] != years[1]


def _copies(parts: Sequence[Part], typed: Sequence[pd.DataFrame], problems: Problems) -> set[int]:
    """Find the sheets whose rows stand in another one, both named (error SRC-221).

    Sheets of two different years may hold the same counts, and one shared row may be an accident (SRC-227).
    """
    left_out = set[int]()
    pairs = [pair for pair in shared_rows(typed) if not _of_two_years(parts[pair.one], parts[pair.two])]
    for one, two, shared, whole in pairs:
        if not whole:
            continue
        copy, kept = (one, two) if len(typed[one]) < len(typed[two]) else (two, one)
        other = " › ".join(filter(None, (parts[kept].file, parts[kept].sheet.name)))
        if shared == 1:
            problems.warn("SRC-227", parts[copy].place, other=other)
        else:
            problems.add("SRC-221", parts[copy].place, other=other, n=shared)
            left_out.add(copy)
    _tell_edited_copies(parts, typed, [pair for pair in pairs if not pair.whole], left_out, problems)
    return left_out


def _tell_edited_copies(
    parts: Sequence[Part],
    typed: Sequence[pd.DataFrame],
    pairs: Sequence[Shared],
    left_out: set[int],
    problems: Problems,
) -> None:
    """Tell sheets that share many rows though each has others: a copy that was gone on with (SRC-234)."""
    for one, two, shared, _ in pairs:
        smaller = min(len(typed[one]), len(typed[two]))
        if {one, two} & left_out or shared < max(2, smaller / 2):
            continue
        other = " › ".join(filter(None, (parts[one].file, parts[one].sheet.name)))
        problems.add("SRC-234", parts[two].place, other=other, n=shared)


def _coded(table: pd.DataFrame, problems: Problems) -> pd.Series[str]:
    """Read the codes of a row; what is none is told without a word of it, since it may be a name."""
    codes, wrong = read_codes(table["person_codes"])
    for place in places(table, wrong, shown("activities", "person_codes")):
        problems.add("SRC-043", place)
    said = table["participants_qualifier"]
    most = table["participants_high"].where(said == "range", table["participants"])
    counted = codes.str.count(r"\S+")
    for place in places(
        table, (counted > most) & said.isin(["exact", "range"]), shown("activities", "person_codes")
    ):
        problems.warn("SRC-044", place)
    return codes


def _one_spelling(column: pd.Series[str]) -> pd.Series[str]:
    return column.groupby(folded(column)).transform("first")


def _dated(table: pd.DataFrame, problems: Problems) -> pd.DataFrame:
    start, end = _ends(table, problems)
    _tell_undated(table, start == "", problems)
    first, last = _years_and_days(start, end)
    turned = last < first
    for place in places(table, turned):
        problems.add("SRC-021", place)
    years = first // 10_000
    dated = {"period_start": start.mask(turned, ""), "period_end": end.mask(turned, "")}
    year = years.where((years == last // 10_000) & ~turned)
    return table.drop(columns=["date", *(f"{name}_last" for name in _TIMES)]).assign(**dated, year=year)


_UNDATED = ("SRC-013", "SRC-017", "SRC-239")
"""Codes that have told already why a row has no date."""
_TIMES = ("date", "period_start", "period_end")


def _ends(table: pd.DataFrame, problems: Problems) -> tuple[pd.Series[str], pd.Series[str]]:
    """Give both ends of each row's time; one column alone may hold both: « T1 2024 », « janvier à mars »."""
    day, start, end = table["date"], table["period_start"], table["period_end_last"]
    for place in places(table, (day != "") & ((start != "") | (end != "")), "date"):
        problems.warn("SRC-027", place)
    start, end = start.mask(day != "", day), end.mask(day != "", table["date_last"])
    whole = (table["period_start"] != table["period_start_last"]) & (end == "")
    end = end.mask(whole, table["period_start_last"])
    late = (table["period_end"] != table["period_end_last"]) & (start == "")
    for place in places(table, ((start == "") != (end == "")) & ~late):
        problems.warn("SRC-029", place)
    return start.mask(start == "", table["period_end"]), end.mask(end == "", start)


def _tell_undated(table: pd.DataFrame, undated: pd.Series[bool], problems: Problems) -> None:
    """Tell the rows without a date, but for those whose date, or its column, was told already."""
    told = {(p.place.file, p.place.sheet, p.place.line) for p in problems if p.code in _UNDATED}
    for place in places(table, undated):
        if not {(place.file, place.sheet, line) for line in (0, place.line)} & told:
            problems.warn("SRC-028", place)


def _years_and_days(start: pd.Series[str], end: pd.Series[str]) -> tuple[pd.Series[int], pd.Series[int]]:
    """Give the first and the last day as numbers such as 20240315, missing where undated."""
    first = {text: int(f"{first_day(text):%Y%m%d}") for text in start.unique() if text}
    last = {text: int(f"{last_day(text):%Y%m%d}") for text in end.unique() if text}
    return start.map(first).astype("Int64"), end.map(last).astype("Int64")


def _counted(table: pd.DataFrame, problems: Problems) -> pd.DataFrame:
    """Fill the count, and give every figure its qualifier; an act that is not counted is one act, exactly."""
    for name in MEASURES:
        table[f"{name}_qualifier"] = qualifiers(table, name, f"{name}_high", problems)
    silent = table["count"].isna()
    table["count"] = table["count"].mask(silent, 1.0)
    table["count_qualifier"] = table["count_qualifier"].mask(silent, "exact")
    qualifier, high = pd.Series("exact", index=table.index, dtype="str"), table["count_high"]
    for name in reversed(MEASURES):
        loose = ~table[f"{name}_qualifier"].isin(["exact", ""])
        qualifier = qualifier.mask(loose, table[f"{name}_qualifier"])
        high = high.mask(loose, table[f"{name}_high"])
    return table.assign(qualifier=qualifier, high=high)
