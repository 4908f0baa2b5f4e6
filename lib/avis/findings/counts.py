"""Indicators: the activity log becomes counts, each by its own rule. Acts add up; people never do.

What is not documented is never a zero. A kind of act that no row of the log has is *not documented*:
the log may never have held it. A kind that the log does have is zero in a year in which the log
holds other rows, and not documented in a year without any.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
import pandas as pd

from avis.errors import Place, Problems, fail
from avis.exhibits import Cell, Dimension, Evidence, Value, Where, Words
from avis.findings import people
from avis.findings.model import Finding, Form, Latent, Link, Ref, Relation
from avis.findings.published import reconcile, take_figure
from avis.findings.rows import (
    SEVERAL,
    STEPS,
    UNKNOWN,
    codes_of,
    inside,
    listed_value,
    matching,
    period_of,
    place_in_time,
    steps_between,
    time_value,
)
from avis.findings.tally import Tally, tally
from avis.findings.words import after, both
from avis.i18n import LANGUAGES, period
from avis.settings import Indicator

ADDITIVE = ("acts", "attendances", "productions", "hours", "money")
"""Measures that add up. People do not: the same person may stand in two rows, years or places."""


@dataclass(frozen=True)
class Log:
    """The activity log, in time, with the persons that its codes stand for."""

    rows: pd.DataFrame
    codes: pd.DataFrame
    persons: pd.DataFrame
    published: pd.DataFrame
    start: str
    end: str
    minors: str
    problems: Problems


def count_indicators(
    activities: pd.DataFrame,
    persons: pd.DataFrame,
    published: pd.DataFrame,
    indicators: Iterable[Indicator],
    start: str,
    end: str,
    minors: str,
    problems: Problems | None = None,
) -> list[Finding]:
    """Count every indicator: one finding for the whole and one for each breakdown it asks for.

    Remarks (FIN-002 declared people not added, FIN-004 rows outside the period, FIN-011 rows without
    codes, FIN-012 a published figure differs) go into `problems`; errors (FIN-007, FIN-014) are raised.
    """
    told, errors = problems if problems is not None else Problems(), Problems()
    placed = place_in_time(activities.reset_index(drop=True))
    kept = inside(placed, start, end)
    if not kept.all():
        told.warn("FIN-004", Place("evaluation.yaml", field="period"), n=int((~kept).sum()))
    rows = placed[kept]
    log = Log(rows, codes_of(rows), persons, published, start, end, minors, told)
    found: list[Finding] = []
    for indicator in indicators:
        if _can_be_counted(indicator, log, errors):
            found += _count(indicator, log)
    errors.raise_errors()
    return found


def add(*findings: Finding) -> float:
    """Add the whole counts of findings that add up; what nobody counted is left out.

    Errors: FIN-001 people (or engaged people) never add up, FIN-015 different measures.
    """
    measures = sorted({finding.measure for finding in findings})
    for measure in measures:
        if measure not in ADDITIVE:
            raise fail("FIN-001", Place(", ".join(finding.id for finding in findings)))
    if len(measures) > 1:
        raise fail("FIN-015", Place(", ".join(finding.id for finding in findings)))
    wholes = [finding.cell(()) for finding in findings]
    return sum(whole.n for whole in wholes if whole is not None and whole.n is not None)


def _can_be_counted(indicator: Indicator, log: Log, errors: Problems) -> bool:
    place = Place("evaluation.yaml", field=indicator.id)
    if indicator.count == "figure":
        if not (log.published["id"] == indicator.figure).any():
            errors.add("FIN-007", place, figure=indicator.figure)
            return False
        return True
    for column in indicator.where:
        if column not in log.rows.columns:
            errors.add("FIN-014", place, column=column)
            return False
    return True


def _count(indicator: Indicator, log: Log) -> list[Finding]:
    if indicator.count == "figure":
        return [take_figure(indicator, log.published)]
    rows = log.rows[matching(log.rows, indicator.where)]
    whole = _whole(indicator, rows, log)
    parts = [finding for by in indicator.by if (finding := _break_down(indicator, whole, rows, by, log))]
    return [whole, *_tie_periods(parts)]


def _whole(indicator: Indicator, rows: pd.DataFrame, log: Log) -> Finding:
    counted = tally(rows, log.codes, indicator.count)
    _remark(indicator, counted, log)
    public, note = reconcile(indicator, counted.n, log.published, log.problems)
    return Finding(
        id=indicator.id,
        subject=indicator.id,
        title=indicator.label,
        measure=indicator.measure,
        population=_population(indicator),
        within=tuple(sorted(indicator.where.items())),
        cells=(counted.cell(()),),
        public=public,
        target=indicator.target,
        gap=indicator.gap,
        period=f"{log.start}/{log.end}",
        unit=indicator.unit or both(f"unit.{indicator.measure}"),
        evidence=Evidence(
            rule=after(both(f"rule.{indicator.count}"), _doubts(counted), note),
            base=_base(indicator, log),
            sources=("activities",),
        ),
        protect=indicator.measure == "people",
        minors=people.holds_minors(counted.codes, log.persons, log.minors),
        chart="planned" if indicator.chart and indicator.target is not None else "",
    )


def _population(indicator: Indicator) -> str:
    """Name whom a count is about.

    Whatever an indicator calls them, people counted by their codes are people of the activity log:
    two names for one group must not hide that two tables share a margin.
    """
    if indicator.count == "person_codes":
        return "activities"
    return indicator.population or indicator.id


def _base(indicator: Indicator, log: Log) -> Words:
    within: Words = {
        lang: ", ".join(f"{k} = {v}" for k, v in sorted(indicator.where.items())) for lang in LANGUAGES
    }
    span: Words = {lang: period(log.start, log.end, lang) for lang in LANGUAGES}
    return both("base.filtered" if indicator.where else "base.all", within=within, span=span)


def _doubts(counted: Tally) -> Words:
    parts = [both("doubt.missing", n=counted.without)] if counted.without and counted.n is not None else []
    if counted.declared_rows > 1:
        parts.append(both("doubt.declared", n=counted.declared_rows))
    return after(*parts) if parts else {}


def _remark(indicator: Indicator, counted: Tally, log: Log) -> None:
    place = Place("evaluation.yaml", field=indicator.id)
    if counted.declared_rows > 1:
        log.problems.warn("FIN-002", place, n=counted.declared_rows)
    elif counted.without and counted.n is not None:
        log.problems.warn("FIN-011", place, n=counted.without)


def _break_down(
    indicator: Indicator, whole: Finding, rows: pd.DataFrame, by: str, log: Log
) -> Finding | None:
    """Break one indicator down by one variable; the total is the whole finding's own cell.

    Additive measures: the total is the sum. People by age band or sex: each has one value, the total
    is the sum. People by year, place, type or role: one person may stand in several, there is no sum;
    but every part is at most the total and the total at most the sum of the parts, and a reader can
    subtract a part from the total. Those who are *not* in a part are protected as those who are.
    """
    if by in ("age_band", "sex"):
        if indicator.count != "person_codes":
            log.problems.warn("FIN-010", Place("evaluation.yaml", field=indicator.id), by=by)
            return None
        values, cells, sets = people.by_person(rows, log.codes, log.persons, by)
    else:
        values, cells, sets = _by_row(indicator, rows, by, log)
    total = whole.cells[0]
    counted = all(cell.n is not None for cell in (total, *cells)) and bool(cells)
    shared = whole.measure not in ADDITIVE and by not in ("age_band", "sex")
    finding = _changed(
        whole,
        id=f"{indicator.id}-{by}",
        title=both("by", label=indicator.label, by=both(f"variable.{by}")),
        dimensions=(Dimension(id=by, label=both(f"variable.{by}"), values=tuple(values)),),
        cells=(total, *cells),
        relations=_relations(by, cells, shared) if counted and _exact(whole, total, cells) else (),
        base=() if not shared and counted else None,
        multiple=shared,
        occurring=whole.protect and by in ("place", "type", "role"),
        chart=_form(by) if indicator.chart else "",
    )
    if shared and whole.protect and counted:
        return people.with_others(finding, sets)
    return finding


def _changed(finding: Finding, **changes: Any) -> Finding:
    """Give a finding with other fields; target and gap belong to the whole alone."""
    return msgspec.structs.replace(finding, target=None, gap={}, **changes)


def _exact(whole: Finding, total: Cell, cells: Sequence[Cell]) -> bool:
    """People counted by code are whole numbers whatever is said of them; sums need exact figures."""
    return whole.measure not in ADDITIVE or all(cell.qualifier == "exact" for cell in (total, *cells))


def _form(by: str) -> Form:
    return "columns" if by in STEPS else "bars"


def _relations(by: str, cells: Sequence[Cell], shared: bool) -> tuple[Relation, ...]:
    parts = tuple(cell.where for cell in cells)
    telling = tuple(cell.where for cell in cells if by == "age_band" and cell.where[0][1] != UNKNOWN)
    return (Relation(total=(), parts=parts, kind="cover" if shared else "sum", telling=telling),)


def _by_row(
    indicator: Indicator, rows: pd.DataFrame, by: str, log: Log
) -> tuple[list[Value], list[Cell], list[frozenset[str]]]:
    step = next((step for step in STEPS if step == by), None)
    if step is not None:
        names, covered = period_of(rows, step), set(period_of(log.rows, step))
        ids = steps_between(log.start, log.end, step)
        ids += [id for id in (SEVERAL, UNKNOWN) if (names == id).any()]
        values = [time_value(id) for id in ids]
    else:
        names = rows[by].fillna("").astype(str).replace("", UNKNOWN)
        ids = sorted(set(names), key=lambda id: (id == UNKNOWN, id))
        values, covered = [listed_value(by, id) for id in ids], set(ids)
    counts = {id: tally(rows[names == id], log.codes, indicator.count) for id in ids}
    documented = not rows.empty
    filled = {
        id: replace(t, n=0) if documented and t.n is None and not t.rows and id in covered else t
        for id, t in counts.items()
    }
    return values, [t.cell(((by, id),)) for id, t in filled.items()], [t.codes for t in filled.values()]


def _tie_periods(parts: list[Finding]) -> list[Finding]:
    """Tie quarters and months of people to their year, which they cover."""
    steps = {finding.dimensions[0].id: finding for finding in parts if finding.protect}
    if "year" not in steps:
        return parts
    year = steps["year"]
    tied = {}
    for step in ("quarter", "month"):
        if step in steps:
            links, latent = _inside_years(year, steps[step])
            finer = steps[step]
            tied[finer.id] = _changed(finer, links=finer.links + links, latent=finer.latent + latent)
    return [tied.get(finding.id, finding) for finding in parts]


def _inside_years(year: Finding, finer: Finding) -> tuple[tuple[Link, ...], tuple[Latent, ...]]:
    links, latent = [], []
    for where in (cell.where for cell in year.cells if cell.where):
        inner = [c.where for c in finer.cells if c.where and c.where[0][1].startswith(where[0][1] + "-")]
        whole, parts = _ref(year, where), tuple(_ref(finer, w) for w in inner)
        if parts:
            links.append(Link(total=whole, parts=parts, kind="cover"))
        for w, part in zip(inner, parts, strict=True):
            n, m = (finding.cell(at).n for finding, at in ((year, where), (finer, w)))  # type: ignore[union-attr]
            if n is not None and m is not None:
                others = Ref(population=part.population, where=(*part.where, ("others", where[0][1])))
                latent.append(Latent(cell=others, n=n - m))
                links.append(Link(total=whole, parts=(part, others)))
    return tuple(links), tuple(latent)


def _ref(finding: Finding, where: Where) -> Ref:
    key = finding.key(where)
    return Ref(population=key.population, where=key.where)
