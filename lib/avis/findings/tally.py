"""From rows to one number: what each way of counting makes of the same rows."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from avis.exhibits import Cell, Where
from avis.i18n import Qualifier


@dataclass(frozen=True)
class Tally:
    """A count with its doubts: `n` is none where nobody counted."""

    n: int | float | None
    qualifier: Qualifier = "exact"
    high: int | float | None = None
    """Upper end where the qualifier is `range`."""
    rows: int = 0
    without: int = 0
    """Rows in which this count is missing; with them the result is "at least"."""
    declared_rows: int = 0
    """Rows that each declare a number of people; two cannot be added."""
    codes: frozenset[str] = frozenset()

    def cell(self, where: Where) -> Cell:
        """Write the count as a cell of a table."""
        if self.n is None:
            return Cell(where=where, status="not_documented")
        return Cell(where=where, n=self.n, qualifier=self.qualifier, high=self.high)


def tally(rows: pd.DataFrame, codes: pd.DataFrame, count: str) -> Tally:
    """Count rows in one of the ways of an indicator (`Indicator.count`).

    People by code are distinct codes. People declared in a row are taken from one row alone: two
    rows may speak of the same people.
    """
    if rows.empty:
        return Tally(None)
    if count == "rows":
        return Tally(len(rows), rows=len(rows))
    if count == "person_codes":
        return _distinct(rows, codes)
    numbers = pd.to_numeric(rows[count], errors="coerce")
    if count == "count":
        numbers = numbers.fillna(1)  # a row without a number is one act
    given = numbers.dropna()
    without = len(rows) - len(given)
    if count == "people" and len(given) > 1:
        return Tally(None, rows=len(rows), without=without, declared_rows=len(given))
    if given.empty:
        return Tally(None, rows=len(rows), without=without)
    if count == "hours":
        given = whole_minutes(given)
    given_rows = rows.loc[given.index]
    qualifier = _qualifier(given_rows, count, without)
    high = _upper_end(given_rows, given, count) if qualifier == "range" else None
    return Tally(_written(given.sum()), qualifier, high, len(rows), without)


def whole_minutes(hours: pd.Series[float]) -> pd.Series[float]:
    """Round hours to the minute, row by row: parts that are counted in minutes add up to their total.

    >>> (whole_minutes(pd.Series([1 / 3, 0.33, 2.5])) * 60).round(6).tolist()
    [20.0, 20.0, 150.0]
    """
    return (hours * 60).round() / 60


def _written(total: float) -> int | float:
    return int(total) if float(total).is_integer() else round(float(total), 2)


def _distinct(rows: pd.DataFrame, codes: pd.DataFrame) -> Tally:
    held = codes[codes["at"].isin(rows.index)]
    distinct = frozenset(held["code"])
    without = len(rows) - held["at"].nunique()
    if not distinct:
        return Tally(None, rows=len(rows), without=without)
    return Tally(len(distinct), "at_least" if without else "exact", None, len(rows), without, codes=distinct)


def _qualifier(rows: pd.DataFrame, count: str, without: int) -> Qualifier:
    """A sum is as sure as its least sure part: about, then at least or at most, then a range, then exact.

    What is at most 30 here and at least 40 there has no end on either side: about.
    """
    column = f"{count}_qualifier" if f"{count}_qualifier" in rows else "qualifier"
    said = set(rows[column].fillna("exact")) if column in rows else set()
    low, high = bool(without) or "at_least" in said, "at_most" in said
    if "about" in said or (low and high) or (high and "range" in said):
        return "about"
    if low or high:
        return "at_least" if low else "at_most"
    return "range" if "range" in said else "exact"


def _upper_end(rows: pd.DataFrame, given: pd.Series[float], count: str) -> int | float:
    """Add the upper ends; a figure that is no range is its own."""
    column = f"{count}_high" if f"{count}_high" in rows else "high"
    return _written(pd.to_numeric(rows[column], errors="coerce").fillna(given).sum())
