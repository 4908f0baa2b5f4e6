"""The activity log: a row is an act, or a count of acts. Acts are not people (see DOMAIN, "Counting")."""

from __future__ import annotations

import pandas as pd

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.periods import first_day, last_day
from avis.sources.codes import read_codes
from avis.sources.declared import places, qualifiers, read_table, shown
from avis.spelling import folded

MEASURES = ("count", "participants", "people", "hours")
"""The columns that hold figures; each has `{name}_qualifier` and `{name}_high` beside it."""
WORDS = ("type", "place", "role")
"""The columns whose values are compared without case and accents."""


def read_activities(evaluation: Evaluation, problems: Problems) -> pd.DataFrame:
    """Read all activity files of an evaluation, one row an act or a count of acts.

    Columns: period_start, period_end (ISO text of the precision given: day, month, "2024-T1", year; ""
    where unknown), year (Int64, where both ends lie in it), type, title, place, count (1 where the file
    says nothing), participants (attendances), people, person_codes (codes, one space between), role,
    hours, qualifier and high (of the row: those of the first figure that is not exact), the same for each
    of `MEASURES`, source, note, file, sheet, row. Numbers are float64, NaN where not documented. Spellings
    of a type, place or role that differ by case or accents become the first one met; compare with `fold`.

    Errors: those of `read_table` and `qualifiers`, SRC-021 end before start, SRC-043 no person codes;
    warnings SRC-027 date and period, SRC-028 no date, SRC-029 half a period, SRC-044 more codes than people.
    """
    table = read_table(evaluation, evaluation.settings.sources.activities, "activities", problems)
    table = _counted(_dated(table, problems), problems)
    spelled = {name: _one_spelling(table[name]) for name in WORDS}
    return table.assign(person_codes=_coded(table, problems), **spelled)


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
    day, start, end = table["date"], table["period_start"], table["period_end"]
    for place in places(table, (day != "") & ((start != "") | (end != "")), "date"):
        problems.warn("SRC-027", place)
    start, end = start.mask(day != "", day), end.mask(day != "", day)
    for place in places(table, (start == "") != (end == "")):
        problems.warn("SRC-029", place)
    start, end = start.mask(start == "", end), end.mask(end == "", start)
    _tell_undated(table, start == "", problems)
    first, last = _years_and_days(start, end)
    turned = last < first
    for place in places(table, turned):
        problems.add("SRC-021", place)
    years = first // 10_000
    dated = {"period_start": start.mask(turned, ""), "period_end": end.mask(turned, "")}
    year = years.where((years == last // 10_000) & ~turned)
    return table.drop(columns="date").assign(**dated, year=year)


def _tell_undated(table: pd.DataFrame, undated: pd.Series[bool], problems: Problems) -> None:
    """Tell the rows without a date, but for those whose date, or its column, was told already."""
    told = {(p.place.file, p.place.sheet, p.place.line) for p in problems if p.code in ("SRC-013", "SRC-017")}
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
