"""The rows of an activity log that an indicator counts, and what each breakdown calls them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

import pandas as pd

from avis.exhibits import Value, Words
from avis.findings.words import both, same
from avis.i18n import LANGUAGES, date
from avis.spelling import fold, folded

Step = Literal["year", "quarter", "month"]
STEPS: tuple[Step, ...] = ("year", "quarter", "month")
UNKNOWN = "unknown"
"""A value nobody wrote down."""
SEVERAL = "several"
"""A row that covers several years cannot be put into one of them."""


def months(iso: str) -> tuple[str, str]:
    """Give the first and last month that a date covers; two empty texts for no date.

    >>> months("2024"), months("2024-T2"), months("2024-03-15"), months("")
    (('2024-01', '2024-12'), ('2024-04', '2024-06'), ('2024-03', '2024-03'), ('', ''))
    """
    quarter = re.fullmatch(r"(\d{4})-[TQ]([1-4])", iso)
    if quarter:
        last = int(quarter[2]) * 3
        return f"{quarter[1]}-{last - 2:02}", f"{quarter[1]}-{last:02}"
    if re.fullmatch(r"\d{4}", iso):
        return f"{iso}-01", f"{iso}-12"
    return iso[:7], iso[:7]


def place_in_time(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the columns first_month and last_month (text, empty where a row has no date)."""
    start = rows["period_start"].fillna("").astype(str)
    end = rows["period_end"].fillna("").astype(str).where(lambda text: text != "", start)
    return rows.assign(
        first_month=start.map({text: months(text)[0] for text in start.unique()}),
        last_month=end.map({text: months(text)[1] for text in end.unique()}),
    )


def inside(rows: pd.DataFrame, start: str, end: str) -> pd.Series[bool]:
    """Tell which rows lie wholly in a period; one without a date is taken to (someone listed it)."""
    first, last = months(start)[0], months(end)[1]
    return (rows["first_month"] == "") | ((rows["first_month"] >= first) & (rows["last_month"] <= last))


def matching(rows: pd.DataFrame, where: Mapping[str, str]) -> pd.Series[bool]:
    """Tell which rows have the wanted value in every column of `where`, whatever its case and accents."""
    wanted = pd.Series(True, index=rows.index)
    for column, value in where.items():
        wanted &= folded(rows[column].fillna("").astype(str)) == fold(value)
    return wanted


def period_of(rows: pd.DataFrame, step: Step) -> pd.Series[str]:
    """Name the year, quarter or month of each row: `unknown` without a date, `several` across two."""
    names = {month: _step_of(month, step) for column in _MONTHS for month in rows[column].unique()}
    first, last = (rows[column].map(names) for column in _MONTHS)
    return first.where(first == last, SEVERAL).where(rows["first_month"] != "", UNKNOWN)


_MONTHS = ("first_month", "last_month")


def _step_of(month: str, step: Step) -> str:
    if step == "year":
        return month[:4]
    if step == "quarter" and month:
        return f"{month[:4]}-T{(int(month[5:7]) + 2) // 3}"
    return month


def steps_between(start: str, end: str, step: Step) -> list[str]:
    """List every year, quarter or month of a period, those without a row included.

    >>> steps_between("2023-11", "2024-01", "quarter")
    ['2023-T4', '2024-T1']
    """
    span = pd.period_range(months(start)[0], months(end)[1], freq="M")
    return list(dict.fromkeys(_step_of(str(month), step) for month in span))


def time_value(id: str) -> Value:
    """Name a year, quarter or month for readers."""
    if id in (UNKNOWN, SEVERAL):
        return Value(id=id, label=both(f"value.{id}"), role="status")
    return Value(id=id, label={lang: date(id, lang) for lang in LANGUAGES})


def listed_value(variable: str, id: str, label: str = "", words: Words | None = None) -> Value:
    """Name a place, type, role, band or sex for readers; the evaluator's own words are kept.

    `id` is folded, so that two spellings are one value; `label` is the spelling met first, `words` what the
    evaluation declares instead.
    """
    if id == UNKNOWN:
        return Value(id=id, label=both("value.unknown"), role="status")
    if variable == "sex" and id.casefold()[:1] in _SEXES:
        return Value(id=id, label=both(f"value.{_SEXES[id.casefold()[:1]]}"))
    return Value(id=id, label={**same(label or id), **_each(words or {})})


def _each(words: Words) -> Words:
    """Give words in every language: where one lacks them, those of the other."""
    return {lang: words.get(lang) or next(iter(words.values())) for lang in LANGUAGES if words}


def first_spellings(column: pd.Series[str]) -> dict[str, str]:
    """Give the first spelling of every value of a column, by its folded form.

    >>> first_spellings(pd.Series(["Lyon", "LYON", "Paris"]))
    {'paris': 'Paris', 'lyon': 'Lyon'}
    """
    spelled = column.drop_duplicates()
    return dict(zip(reversed(list(folded(spelled))), reversed(list(spelled)), strict=True))


_SEXES = {"f": "women", "h": "men", "m": "men"}


def codes_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Give one line per row and person: columns at (the row's index) and code, no repeats."""
    held = rows["person_codes"]
    split = held.map(lambda codes: re.split(r"[\s,;]+", codes) if isinstance(codes, str) else codes)
    long = split.explode().dropna().astype(str).str.strip()
    long = long[long != ""]
    return pd.DataFrame({"at": long.index, "code": long.to_numpy()}).drop_duplicates(ignore_index=True)
