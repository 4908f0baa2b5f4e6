"""Published figures held against what is counted here: equal, different, only published, only computed.

A figure means a span of numbers: exact, itself; at least and at most, all on one side; a range, all between
its ends; about, all that round to it. Figures agree where their spans meet: « environ 12 000 » is rounded to
its last digit that is no zero, here the thousand, so that it agrees with 11 500 to 12 500.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from math import inf
from typing import Any

import pandas as pd

from avis.errors import Place
from avis.exhibits import Where, Words
from avis.findings.log import Log
from avis.findings.measures import SHIELDED, true_measure
from avis.findings.tally import Tally, tally
from avis.findings.words import after, both
from avis.i18n import LANGUAGES, amount, join, language, say
from avis.periods import first_day, last_day
from avis.settings import Indicator
from avis.sources.declared import places
from avis.spelling import suggest

MOST_LINES = 8
"""Stretches of lines that a message names."""


def meaning(value: float, qualifier: str, high: float | None = None) -> tuple[float, float]:
    """Give the least and the most that a figure may mean.

    >>> meaning(12000, "about"), meaning(40, "at_least"), meaning(7000, "range", 10000), meaning(3, "")
    ((11500.0, 12500.0), (40, inf), (7000, 10000), (3, 3))
    """
    if qualifier == "about":
        half, middle = _last_digit(value) / 2, Decimal(str(value))
        return float(middle - half), float(middle + half)
    if qualifier == "range":
        return value, value if high is None or pd.isna(high) else high
    return (-inf if qualifier == "at_most" else value), (inf if qualifier == "at_least" else value)


def _last_digit(value: float) -> Decimal:
    """Give what one step of the last digit that is no zero is worth.

    >>> [str(_last_digit(value)) for value in (1150, 12000, 7.5, 0)]
    ['10', '1000', '0.1', '1']
    """
    exponent = Decimal(str(value)).normalize().as_tuple().exponent
    return Decimal(10) ** int(exponent) if value else Decimal(1)


def reconcile(
    indicator: Indicator, rows: pd.DataFrame, log: Log
) -> tuple[tuple[Where, ...], Words, tuple[str, ...]]:
    """Hold an indicator's published figures against its rows, each over the period that it names.

    Gives the cells that all know already, a sentence for the evidence, and the figures that say the same
    number of the same time: they are sources of it, and need not be printed again. Errors: FIN-012 a figure
    differs, FIN-027 it measures something else; remarks: FIN-021 one differs and the evaluation says why,
    FIN-022 one is only published.
    """
    figures = _figures(log.published, [indicator.id])
    told = [_compare(indicator, rows, figure, log) for figure in figures]
    verdicts = [verdict for verdict, _ in told]
    notes = after(*(note for _, note in told if note))
    if {"different", "explained"} & set(verdicts):
        return (), after(both("reconciled.differs"), notes), ()
    same = tuple(
        str(figure["id"]) for figure, found in zip(figures, verdicts, strict=True) if found == "equal"
    )
    if same:
        return ((),), both("reconciled.equal"), same
    return (), both("reconciled.agrees") if "agrees" in verdicts else {}, ()


def tell_unmatched(indicators: Iterable[Indicator], computed: Iterable[str], log: Log) -> None:
    """Remark on figures of no indicator (FIN-023), and on indicators without a figure where others have one.

    `computed` are the ids of what was counted. Remark: FIN-024, once, with their ids.
    """
    known = [indicator.id for indicator in indicators]
    named = {str(id) for id in log.published.get("indicator", [])} - {"", "nan"}
    for figure in _figures(log.published, named - set(known)):
        near = suggest(str(figure["indicator"]), known)
        log.problems.warn("FIN-023", figure["place"], figure=figure["id"], **near)
    alone = [id for id in computed if id not in named]
    if named & set(known) and alone:
        log.problems.warn(
            "FIN-024", Place("evaluation.yaml", field="indicators"), ids=join(alone, language())
        )


def _figures(published: pd.DataFrame, ids: Iterable[str]) -> list[dict[str, Any]]:
    """Give the figures of some indicators, each with its place; one without a value says nothing."""
    if "indicator" not in published.columns:
        return []
    value = pd.to_numeric(published["value"], errors="coerce")
    chosen = published.assign(value=value)[published["indicator"].isin(list(ids)) & value.notna()]
    lined = {"file", "sheet", "row"} <= set(chosen.columns)
    where = places(chosen, chosen["value"].notna()) if lined else [Place()] * len(chosen)
    rows = chosen.to_dict("records")
    return [{str(k): v for k, v in row.items()} | {"place": at} for row, at in zip(rows, where, strict=True)]


def _compare(indicator: Indicator, rows: pd.DataFrame, figure: dict[str, Any], log: Log) -> tuple[str, Words]:
    whole, within, loose = _within(rows, figure, log)
    counted = tally(within, log.codes, indicator.count) if within is not None else Tally(None)
    place, facts = figure["place"], {"figure": str(figure["id"]), "indicator": indicator.id}
    said, means = str(figure.get("measure") or ""), true_measure(indicator, rows)
    if said and said != means:  # 5 people are not 5 acts, however alike the figures
        log.problems.add("FIN-027", place, **facts, said=said, means=means)
        return "only_published", {}
    if within is None or counted.n is None:
        log.problems.warn("FIN-022", place, **facts)
        return "only_published", {}
    exact = (figure["qualifier"] or "exact") == counted.qualifier == "exact" and loose.empty
    low, high = meaning(figure["value"], figure["qualifier"], figure.get("value_max") or None)
    least, most = meaning(counted.n, counted.qualifier, counted.high)
    if len(loose):  # they may belong to the period, all or none: what they hold, and no more
        all_of_them = tally(pd.concat([within, loose]), log.codes, indicator.count)
        most = inf if all_of_them.n is None else max(most, _most(all_of_them))
    if low <= most and least <= high:
        return ("equal" if exact and whole else "agrees"), {}
    numbers = {"published": _written(figure), "counted": _counted(indicator, within, counted, log)}
    numbers |= {"n": str(len(within)), "lines": _lines(within)}
    explained: Words = {lang: text for lang in LANGUAGES if (text := str(figure.get(f"gap_{lang}") or ""))}
    if explained:
        log.problems.warn("FIN-021", place, **facts, **numbers)
        return "explained", explained
    log.problems.add("FIN-012", place, **facts, **numbers)
    return "different", {}


def _most(counted: Tally) -> float:
    assert counted.n is not None
    return meaning(counted.n, counted.qualifier, counted.high)[1]


def _within(
    rows: pd.DataFrame, figure: dict[str, Any], log: Log
) -> tuple[bool, pd.DataFrame | None, pd.DataFrame]:
    """Give the rows of a figure's own period, whether it is the evaluation's, and the rows in doubt.

    No rows at all where the period leaves the evaluation's. In doubt are those without a date and those
    across an edge of the period: a day counts, and a month with a day in it is not known by the day.
    """
    start, end = (str(figure.get(name) or "") for name in ("period_start", "period_end"))
    none = rows.iloc[:0]
    if not (start or end):
        return True, rows, none
    first, last = first_day(start or end), last_day(end or start)
    begin, finish = first_day(log.start), last_day(log.end)
    if (first, last) == (begin, finish):
        return True, rows, none
    if first < begin or last > finish:
        return False, None, none
    starts, ends = _days(rows, "period_start", first_day), _days(rows, "period_end", last_day)
    ends = ends.where(rows["period_end"].fillna("") != "", _days(rows, "period_start", last_day))
    undated = starts.isna()
    within = (starts >= first.isoformat()) & (ends <= last.isoformat()) & ~undated
    touching = (starts <= last.isoformat()) & (ends >= first.isoformat()) & ~within
    return False, rows[within], rows[touching | undated]


def _days(rows: pd.DataFrame, column: str, day: Callable[[str], dt.date]) -> pd.Series[str]:
    """Give the first or the last day of each row as ISO text; missing where there is none."""
    written = rows[column].fillna("").astype("str")
    return written.map({text: day(text).isoformat() for text in written.unique() if text})


def _written(figure: dict[str, Any]) -> str:
    high = figure.get("value_max")
    return amount(figure["value"], figure["qualifier"] or "exact", language(), high or None)


def _counted(indicator: Indicator, rows: pd.DataFrame, counted: Tally, log: Log) -> str:
    """Write what was counted; a number of people under the threshold is not told."""
    few = counted.n is not None and counted.n < log.threshold
    if few and true_measure(indicator, rows) in SHIELDED:
        return say("findings.reconciled.few")
    return amount(counted.n, counted.qualifier, language(), counted.high)


def _lines(rows: pd.DataFrame) -> str:
    """Name the lines that were counted, file by file: « activites.csv : 2–5, 9 »."""
    if not {"file", "sheet", "row"} <= set(rows.columns):
        return "…"
    told = []
    for (file, sheet), part in rows.groupby(["file", "sheet"], sort=True)["row"]:
        name = " › ".join(filter(None, (str(file), str(sheet))))
        told.append(say("findings.reconciled.lines", file=name, lines=_stretches(sorted(map(int, part)))))
    return say("findings.reconciled.between").join(told)


def _stretches(lines: list[int]) -> str:
    """Write numbers as stretches.

    >>> _stretches([2, 3, 4, 9])
    '2–4, 9'
    """
    found: list[list[int]] = []
    for line in lines:
        if found and line == found[-1][1] + 1:
            found[-1][1] = line
        else:
            found.append([line, line])
    told = [str(a) if a == b else f"{a}–{b}" for a, b in found[:MOST_LINES]]
    return ", ".join(told + ["…"] * (len(found) > MOST_LINES))
