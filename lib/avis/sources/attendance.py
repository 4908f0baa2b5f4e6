"""Attendance lists: one row a person and an act, or persons × dates with a mark, joined to the acts.

A list is known by its columns: person codes and the identifier of an act, or codes and columns named by
dates. One that names acts by date and type looks like an activity log; its sheet or its file says what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath

import pandas as pd

from avis.descriptors import Descriptor
from avis.errors import Problems
from avis.sources.codes import read_codes
from avis.sources.declared import Part, places, read_part, shown, stack
from avis.spans import complete, parse_span
from avis.spelling import NO, YES, fold, folded, header_key
from avis.tables import read_descriptor

PRESENT = {fold(word) for word in (*YES, "présent", "présente", "P", "✓", "✔", "☑", "là", "venu", "venue")}
ABSENT = {
    fold(word) for word in (*NO, "", "absent", "absente", "A", "abs", "excusé", "excusée", "exc", "-", "☐")
}
"""What stands in a list for somebody who was there, and for somebody who was not; folded."""

_NAMED = re.compile(r"presen[ct]es?\b|emargement|attendance|sign-?in|pointage")
_FIGURES = ("count", "participants", "people", "hours")


def is_attendance(part: Part, year: str = "") -> bool:
    """Tell whether a sheet lists who was there rather than what was done."""
    lists, log = read_descriptor("attendance"), read_descriptor("activities")
    if not _has(part, lists, "person_codes") or any(_has(part, log, name) for name in _FIGURES):
        return False
    if day_columns(part, year):
        return True
    if _has(part, lists, "id") and not _has(part, log, "type"):
        return True
    dated = _has(part, lists, "date") or _has(part, lists, "id")
    return dated and attendance_named(f"{part.sheet.name} {PurePath(part.file).stem}")


def is_log_without_type(part: Part, year: str = "") -> bool:
    """Tell whether what looks like a list says when or where: a log whose column of types is missing."""
    lists, log = read_descriptor("attendance"), read_descriptor("activities")
    said = [_has(part, lists, "date"), _has(part, lists, "place"), _has(part, log, "title")]
    marked = _has(part, lists, "present") or day_columns(part, year)
    return any(said) and not marked and not attendance_named(f"{part.sheet.name} {part.file}")


def attendance_named(name: str) -> bool:
    """Tell whether a name says that a sheet or a file lists who was there.

    >>> attendance_named("Emargement_2024.xlsx"), attendance_named("Activités 2024")
    (True, False)
    """
    return _NAMED.search(fold(name.replace("_", " "))) is not None


def _has(part: Part, descriptor: Descriptor, name: str) -> bool:
    field = next(field for field in descriptor.read if field.name == name)
    return not part.headers.isdisjoint(map(header_key, field.words))


def day_columns(part: Part, year: str) -> list[str]:
    """Name the columns whose header is a time."""
    headers = [str(name) for name in part.sheet.frame.columns]
    return [name for name in headers if parse_span(name).start or complete(name, year).start]


def read_attendance(parts: Iterable[tuple[Part, str]], problems: Problems) -> pd.DataFrame:
    """Read lists, each with the year of times without one: who was there, a row a person and an act.

    Columns of `tables/attendance.json` with date_last, and file, sheet, row. Errors: those of `read_part`,
    SRC-043 no person code, SRC-223 a mark that says neither present nor absent.
    """
    descriptor = read_descriptor("attendance")
    read = [_read(part, descriptor, year, problems) for part, year in parts]
    table = stack(read, descriptor)
    if table.empty:
        return table
    marks = folded(table["present"])
    strange = ~marks.isin(PRESENT | ABSENT)
    for header in table.loc[strange, "header"].unique():
        for place in places(table, strange & (table["header"] == header), header):
            problems.add("SRC-223", place)
    codes, wrong = read_codes(table["person_codes"])
    for place in places(table, wrong, shown("attendance", "person_codes")):
        problems.add("SRC-043", place)
    there = marks.isin(PRESENT) & (codes != "")
    return table.assign(person_codes=codes)[there].reset_index(drop=True)


def _read(part: Part, descriptor: Descriptor, year: str, problems: Problems) -> pd.DataFrame:
    days = day_columns(part, year)
    if days:
        return _unfolded(part, days, descriptor, year, problems)
    table = read_part(part, descriptor, problems, year)
    marked = _has(part, descriptor, "present")
    return table.assign(header=shown("attendance", "present"), **({} if marked else {"present": "x"}))


def _unfolded(
    part: Part, days: Sequence[str], descriptor: Descriptor, year: str, problems: Problems
) -> pd.DataFrame:
    """Make of persons × dates one row a person and a date, blank cells left out."""
    sheet = part.sheet
    narrow = replace(part, sheet=replace(sheet, frame=sheet.frame.drop(columns=list(days))))
    known = read_part(narrow, descriptor, problems, year)
    tables = []
    for day in days:
        span = parse_span(day) if parse_span(day).start else complete(day, year)
        marks = sheet.frame[day].reindex(known.index)
        table = known.assign(date=span.start, date_last=span.end, present=marks, header=day)
        tables.append(table[folded(marks) != ""])
    return stack(tables, descriptor)


def join_attendance(acts: pd.DataFrame, lists: pd.DataFrame, problems: Problems) -> pd.DataFrame:
    """Give the acts the codes of those who were there, and their number where the log has none.

    An act is found by its id, or by its dates with the type and the place that the list names. What a log
    declares stays. Errors: SRC-224 no such act, SRC-225 several; warning SRC-226 another number declared.
    """
    if lists.empty:
        return acts
    at = _acts_of(acts, lists)
    for code, wrong in (("SRC-224", at == _NONE), ("SRC-225", at == _SEVERAL)):
        for place in places(lists, wrong):
            problems.add(code, place)
    found = lists.assign(at=at)[at >= 0]
    codes = _with_listed(acts["person_codes"], found)
    present = codes.loc[found["at"].unique()].str.count(r"\S+").astype("float64")
    _tell_conflicts(acts, present, problems)
    silent = present[acts.loc[present.index, "participants"].isna()]
    acts = acts.assign(person_codes=codes)
    acts.loc[silent.index, "participants"] = silent
    acts.loc[silent.index, "participants_qualifier"] = "exact"
    return acts


_NONE, _SEVERAL = -1, -2


def _with_listed(codes: pd.Series[str], found: pd.DataFrame) -> pd.Series[str]:
    """Add to the codes of each act those of its list, each person once."""
    here = {at: dict.fromkeys(codes[at].split()) for at in found["at"].unique()}
    for at, held in zip(found["at"], found["person_codes"], strict=True):
        here[at].update(dict.fromkeys(held.split()))
    joined = pd.Series({at: " ".join(names) for at, names in here.items()}, dtype="str")
    return joined.combine_first(codes)


def _acts_of(acts: pd.DataFrame, lists: pd.DataFrame) -> pd.Series[int]:
    """Find the act of each row of a list: its index, or that there is none, or that there are several."""
    wanted = _keys(lists, "date", "date_last")
    number = wanted.groupby(list(wanted), sort=False).ngroup()
    wanted = wanted.assign(number=number).drop_duplicates("number")
    known = _keys(acts, "period_start", "period_end").assign(at=acts.index)
    by_id = wanted[wanted["id"] != ""].merge(known, on="id")
    by_day = wanted[(wanted["id"] == "") & (wanted["start"] != "")].merge(known, on=["start", "end"])
    for name in ("type", "place"):
        by_day = by_day[by_day[f"{name}_x"].isin([""]) | (by_day[f"{name}_x"] == by_day[f"{name}_y"])]
    pairs = pd.concat([by_id[["number", "at"]], by_day[["number", "at"]]])
    found = pairs.groupby("number")["at"].agg(["first", "size"])
    at = found["first"].where(found["size"] == 1, _SEVERAL)
    return number.map(at).fillna(_NONE).astype("int64")


def _keys(table: pd.DataFrame, start: str, end: str) -> pd.DataFrame:
    words = {name: folded(table[name]) for name in ("id", "type", "place")}
    return pd.DataFrame({**words, "start": table[start], "end": table[end]})


def _tell_conflicts(acts: pd.DataFrame, present: pd.Series[float], problems: Problems) -> None:
    """Remark on acts that declare another number than their list holds (warning SRC-226)."""
    declared = acts.loc[present.index]
    low, said = declared["participants"], declared["participants_qualifier"]
    high = declared["participants_high"].where(said == "range", low)
    below = (present < low) & said.isin(["exact", "at_least", "range"])
    above = (present > high) & said.isin(["exact", "at_most", "range"])
    for place in places(declared, below | above, shown("activities", "participants")):
        problems.warn("SRC-226", place)
