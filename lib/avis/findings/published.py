"""Figures that somebody published already, taken over with their qualifier; others see `reconciled`."""

from __future__ import annotations

from collections.abc import Iterable
from math import isnan
from typing import Any

import pandas as pd

from avis.exhibits import Cell, Evidence, Where, Words
from avis.findings.made import made
from avis.findings.measures import SHIELDED
from avis.findings.model import Finding, Ref, Stated, changed
from avis.findings.reconciled import meaning
from avis.findings.rows import STEPS, months, steps_between
from avis.findings.words import after, both, titled
from avis.i18n import LANGUAGES, Qualifier
from avis.settings import Indicator


def take_figure(indicator: Indicator, published: pd.DataFrame) -> Finding:
    """Take over a figure that somebody published: nothing of it needs protection, all know it."""
    row = published[published["id"] == indicator.figure].iloc[0]
    high, value = _number(row, "value_max"), _number(row, "value")
    qualifier: Qualifier = row["qualifier"] or "exact"
    cell = Cell(
        status="not_documented" if value is None else "shown", n=value, qualifier=qualifier, high=high
    )
    unit: Words = {lang: str(row.get(f"unit_{lang}") or "") for lang in LANGUAGES}
    note: Words = {lang: str(row.get(f"note_{lang}") or "") for lang in LANGUAGES}
    earlier: Words = {lang: text for lang in LANGUAGES if (text := str(row.get(f"earlier_{lang}") or ""))}
    told = both("rule.untold" if value is None else "rule.figure")
    return Finding(
        id=indicator.id,
        subject=indicator.id,
        title=titled(indicator.label),
        measure=indicator.measure,
        population=indicator.population or str(row.get("population") or "") or indicator.id,
        within=tuple(sorted(indicator.where.items())),
        cells=(cell,),
        target=indicator.target,
        gap=indicator.gap,
        period="/".join(str(row.get(end) or "") for end in ("period_start", "period_end")).strip("/"),
        unit=indicator.unit or ({k: v for k, v in unit.items() if v}) or both(f"unit.{indicator.measure}"),
        evidence=Evidence(
            rule=after(told, both("rule.earlier", project=earlier) if earlier else {}, note),
            sources=(str(row["id"]),),
        ),
        items=made(indicator),
        earlier=earlier,
        protect=False,
        chart="planned" if indicator.chart and indicator.target is not None else "",
    )


def known_figures(published: pd.DataFrame, findings: Iterable[Finding]) -> list[Finding]:
    """Give the published figures that tell the whole of a population that we count: everybody knows them.

    A figure names the population of a survey or of declared people as `evaluation.yaml` does, and has the
    same measure. The same exact number is known; one that says about, at least, at most or a range bounds
    ours, where ours lies in it (`stated`). One that differs is about other people or another time.
    """
    told: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in published.to_dict("records"):
        if (row_value := _value(row.get("value"))) is not None:
            named = {str(name): held for name, held in row.items()} | {"value": row_value}
            told.setdefault((str(row.get("population")), str(row.get("measure"))), []).append(named)
    wholes = {
        (key.population, key.measure): (finding, cell.n or 0)
        for finding in findings
        if finding.protect
        for key, cell in finding.keyed()
        if not key.where
    }
    found = [_known(finding, n, row) for kind, (finding, n) in wholes.items() for row in told.get(kind, ())]
    return list({one.id: one for one in found if one is not None}.values())


def _known(finding: Finding, n: int | float, row: dict[str, Any]) -> Finding | None:
    low, high = _bounds(row)
    if low == high == n:
        return changed(finding, id=f"known.{finding.id}", protect=False, within=(), cells=(Cell(n=n),))
    if not low <= n <= high or low == high or finding.measure not in SHIELDED:
        return None
    ref = Ref(population=finding.population, where=())
    return _nothing_but(finding, str(row.get("id")), (Stated(terms=((ref, 1.0),), low=low, high=high),))


def bounded(finding: Finding, published: pd.DataFrame) -> tuple[Stated, ...]:
    """Give what published figures of an indicator say of its whole, or of one of its years, quarters, months.

    Only those that our count agrees with; an exact one of the whole is known already (`reconcile`).
    """
    if finding.measure not in SHIELDED or "indicator" not in published.columns:
        return ()
    rows = published[published["indicator"] == finding.subject].to_dict("records")
    found = [_stated(finding, {str(name): held for name, held in row.items()}) for row in rows]
    return tuple(one for one in found if one is not None)


def _stated(finding: Finding, row: dict[str, Any]) -> Stated | None:
    value, where = _value(row.get("value")), _span(row, finding.period)
    if value is None or where is None or str(row.get("measure") or finding.measure) != finding.measure:
        return None
    low, high = _bounds(row | {"value": value})
    cell = finding.cell(where)
    if cell is None or cell.n is None or not low <= cell.n <= high:
        return None
    key = finding.key(where)
    return Stated(
        terms=((Ref(population=key.population, where=key.where), 1.0),), low=low, high=high, public=True
    )


def _span(row: dict[str, Any], period: str) -> Where | None:
    """Place a figure: the whole, or the year, quarter or month that its period is; none between these."""
    start, end = (str(row.get(name) or "") for name in ("period_start", "period_end"))
    if not (start or end) or not period:
        return ()
    first, last = months(start or end)[0], months(end or start)[1]
    if (first, last) == (months(period.split("/")[0])[0], months(period.split("/")[-1])[1]):
        return ()
    for step in STEPS:
        named = steps_between(first, last, step)
        if len(named) == 1 and months(named[0]) == (first, last):
            return ((step, named[0]),)
    return None


def _bounds(row: dict[str, Any]) -> tuple[float, float]:
    return meaning(row["value"], str(row.get("qualifier") or "exact"), _value(row.get("value_max")))


def _nothing_but(finding: Finding, id: str, stated: tuple[Stated, ...]) -> Finding:
    """Give a finding that prints nothing and only says what is stated of a population."""
    return Finding(
        id=f"known.{finding.id}.{id}",
        subject=finding.subject,
        title=finding.title,
        measure=finding.measure,
        population=finding.population,
        cells=(),
        stated=stated,
        unit=finding.unit,
        evidence=finding.evidence,
        minors=finding.minors,
    )


def _value(held: object) -> int | float | None:
    number = pd.to_numeric(pd.Series([held]), errors="coerce").iloc[0]
    if isnan(float(number)):
        return None
    return int(number) if float(number).is_integer() else float(number)


def _number(row: pd.Series[Any], column: str) -> int | float | None:
    if column not in row.index:
        return None
    return _value(row[column])
