"""Figures that somebody published already, taken over with their qualifier; others see `reconciled`."""

from __future__ import annotations

from collections.abc import Iterable
from math import isnan
from typing import Any

import pandas as pd

from avis.exhibits import Cell, Evidence, Words
from avis.findings.model import Finding, changed
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
        evidence=Evidence(rule=after(both("rule.figure"), note), sources=(str(row["id"]),)),
        protect=False,
        chart="planned" if indicator.chart and indicator.target is not None else "",
    )


def known_figures(published: pd.DataFrame, findings: Iterable[Finding]) -> list[Finding]:
    """Give the published figures that tell the whole of a population that we count: everybody knows them.

    A figure names the population of a survey or of declared people as `evaluation.yaml` does, has the
    same measure and is the same exact number; one that differs is about other people or another time.
    """
    exact = published[published["qualifier"].fillna("exact").isin(["exact", ""])]
    values = pd.to_numeric(exact["value"], errors="coerce")
    told = set(zip(exact["population"], exact["measure"], values, strict=True))
    wholes = {
        (key.population, key.measure, cell.n): finding
        for finding in findings
        if finding.protect
        for key, cell in finding.keyed()
        if not key.where
    }
    return [
        changed(finding, id=f"known.{finding.id}", protect=False, within=(), cells=(Cell(n=known[2]),))
        for known, finding in wholes.items()
        if known in told
    ]


def _number(row: pd.Series[Any], column: str) -> int | float | None:
    if column not in row.index:
        return None
    value = float(pd.to_numeric(pd.Series([row[column]]), errors="coerce").iloc[0])
    if isnan(value):
        return None
    return int(value) if value.is_integer() else value
