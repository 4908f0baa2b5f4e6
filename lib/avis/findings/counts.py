"""Indicators: the activity log becomes counts, each by its own rule. Acts add up; people never do.

What is not documented is never a zero. A kind of act that no row of the log has is *not documented*:
the log may never have held it. A kind that the log does have is zero in a year in which the log
holds other rows, and not documented in a year without any.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
from msgspec.structs import replace as replace_fields

from avis.errors import Place, Problems, fail
from avis.exhibits import Cell, Dimension, Evidence, Measure, Words
from avis.findings import people
from avis.findings.areas import area_of, tie_areas, with_areas
from avis.findings.contributions import contributions, is_owned
from avis.findings.crossed import cross
from avis.findings.labels import BANDED, check_groups, warn_addresses
from avis.findings.log import Log
from avis.findings.made import check_made, made
from avis.findings.measures import ADDITIVE, MAGNITUDES, SHIELDED, SUMMED, true_measure
from avis.findings.model import Finding, Form, Relation, changed
from avis.findings.parts import Parts, part_rows
from avis.findings.published import bounded, take_figure
from avis.findings.reconciled import reconcile, tell_unmatched
from avis.findings.rows import STEPS, UNKNOWN, codes_of, inside, matching, place_in_time
from avis.findings.tally import Tally, tally
from avis.findings.ties import bound_people, tie_groups, tie_periods
from avis.findings.words import after, both, titled
from avis.i18n import join, language
from avis.settings import DEFAULT_THRESHOLD, Indicator, Label
from avis.sources.labels import meant
from avis.spelling import fold

LISTED = ("place", "area", "type", "role")
"""Breakdowns whose values are listed because they occur."""


def count_indicators(
    activities: pd.DataFrame,
    persons: pd.DataFrame,
    published: pd.DataFrame,
    indicators: Iterable[Indicator],
    start: str,
    end: str,
    minors: str,
    problems: Problems | None = None,
    threshold: int = DEFAULT_THRESHOLD,
    labels: Mapping[str, Mapping[str, Label]] | None = None,
) -> list[Finding]:
    """Count every indicator: one finding for the whole and one for each breakdown it asks for.

    `labels` are the words of `evaluation.yaml` for the ids that stand in the log. Remarks (FIN-002 declared
    people not added, FIN-004 rows outside the period, FIN-011 rows without codes, FIN-016 a measure that is
    not what is counted, FIN-020 places that look like an address, FIN-025 rows that hold numbers, FIN-026
    indicators that are one, those of `reconcile` and `tell_unmatched`)
    go into `problems`; so does FIN-012, a published figure that differs: drafts may be looked at with it.
    Errors (FIN-007, FIN-014, FIN-017 to 019) are raised.
    """
    told, errors = problems if problems is not None else Problems(), Problems()
    placed = place_in_time(activities.reset_index(drop=True))
    kept = inside(placed, start, end)
    if not kept.all():
        told.warn("FIN-004", Place("evaluation.yaml", field="period"), n=int((~kept).sum()))
    rows = placed[kept]
    known = labels or {}
    rows = with_areas(rows, area_of(known, errors))
    log = Log(rows, codes_of(rows), persons, published, start, end, minors, told, known, threshold)
    found: list[Finding] = []
    wanted = [_in_ids(indicator, known) for indicator in indicators]
    _tell_doubles(wanted, log)
    for indicator in wanted:
        if _can_be_counted(indicator, log, errors):
            counted = _count(indicator, log)
            check_made(indicator, counted[0], errors)
            found += counted
    errors.raise_errors()
    wholes = [one.id for one in found if not one.dimensions and one.cells[0].n is not None]
    figures = {one.id for one in wanted if one.count == "figure"}
    tell_unmatched(wanted, [id for id in wholes if id not in figures], log)
    return bound_people(tie_groups(found, log.held, threshold))


def _in_ids(indicator: Indicator, labels: Mapping[str, Mapping[str, Label]]) -> Indicator:
    """Write a filter in the ids that the log holds, however the evaluation spells its words."""
    where = {column: meant(labels, column, value) for column, value in indicator.where.items()}
    return replace_fields(indicator, where=where) if labels else indicator


def _tell_doubles(indicators: Sequence[Indicator], log: Log) -> None:
    """Remark on indicators that count the same rows in the same way (FIN-026): labels may make them one."""
    same: dict[object, list[str]] = {}
    for one in indicators:
        if one.count != "figure":
            where = tuple(sorted((column, fold(value)) for column, value in one.where.items()))
            same.setdefault((where, one.count, one.measure), []).append(one.id)
    for ids in same.values():
        if len(ids) > 1:
            log.problems.warn("FIN-026", Place("evaluation.yaml", field=ids[-1]), ids=join(ids, language()))


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
    if {"place", "area"} & indicator.variables:
        warn_addresses(log.rows[matching(log.rows, indicator.where)], log.problems)
    parted = sorted(indicator.variables & set(BANDED)) if indicator.count == "person_codes" else []
    fit = [check_groups(log.persons, by, errors) for by in parted]  # each of them, to say all at once
    return all(fit)


def _count(indicator: Indicator, log: Log) -> list[Finding]:
    if indicator.count == "figure":
        return [take_figure(indicator, log.published)]
    rows = log.rows[matching(log.rows, indicator.where)]
    whole = _whole(indicator, rows, log)
    parts = [finding for by in indicator.by if (finding := _break_down(indicator, whole, rows, by, log))]
    parts = tie_areas(tie_periods(parts, log.held), area_of(log.labels), log.held)
    found = [whole, *parts]
    return [changed(one, stated=bounded(one, log.published)) if one.protect else one for one in found]


def _whole(indicator: Indicator, rows: pd.DataFrame, log: Log) -> Finding:
    counted = tally(rows, log.codes, indicator.count)
    measure = true_measure(indicator, rows)
    _remark(indicator, counted, measure, log)
    _tell_numbers(indicator, rows, log)
    public, note, same = reconcile(indicator, rows, log)
    owned = measure in MAGNITUDES and is_owned(rows, log.codes, indicator.count)
    finding = Finding(
        id=indicator.id,
        subject=indicator.id,
        title=titled(indicator.label),
        measure=measure,
        population=_population(indicator),
        within=tuple(sorted((column, fold(value)) for column, value in indicator.where.items())),
        cells=(counted.cell(()),),
        public=public,
        target=indicator.target,
        gap=indicator.gap,
        period=f"{log.start}/{log.end}",
        unit=indicator.unit or both(f"unit.{measure}"),
        evidence=Evidence(
            rule=after(both(f"rule.{indicator.count}"), _doubts(counted)),
            base=log.base(indicator),
            sources=("activities", *same),
        ),
        beside=note,
        items=made(indicator),
        contributions=contributions({(): rows}, log.codes, indicator.count),
        protect=measure in SHIELDED or owned,
        minors=people.holds_minors(counted.codes, log.persons, log.minors),
        chart="planned" if indicator.chart and indicator.target is not None else "",
    )
    log.held[finding.key(())] = counted.codes
    return finding


def _population(indicator: Indicator) -> str:
    """Name whom a count is about.

    Whatever an indicator calls them, people counted by their codes are people of the activity log, and
    attendances its attendances: two names for one group must not hide that two tables share a margin.
    """
    if indicator.count in ("person_codes", "participants"):
        return "activities"
    return indicator.population or indicator.id


def _doubts(counted: Tally) -> Words:
    parts = [both("doubt.missing", n=counted.without)] if counted.without and counted.n is not None else []
    if counted.declared_rows > 1:
        parts.append(both("doubt.declared", n=counted.declared_rows))
    return after(*parts) if parts else {}


def _remark(indicator: Indicator, counted: Tally, measure: Measure, log: Log) -> None:
    place = Place("evaluation.yaml", field=indicator.id)
    if measure != indicator.measure:
        log.problems.warn("FIN-016", place, called=indicator.measure, count=indicator.count, found=measure)
    if counted.declared_rows > 1:
        log.problems.warn("FIN-002", place, n=counted.declared_rows)
    elif counted.without and counted.n is not None:
        log.problems.warn("FIN-011", place, n=counted.without)


def _tell_numbers(indicator: Indicator, rows: pd.DataFrame, log: Log) -> None:
    """Remark on an indicator that counts rows one by one although they hold numbers of acts (FIN-025)."""
    if indicator.count == "rows" and indicator.measure == "acts":
        n = int((pd.to_numeric(rows["count"], errors="coerce") > 1).sum())
        if n:
            log.problems.warn("FIN-025", Place("evaluation.yaml", field=indicator.id), n=n)


def _break_down(
    indicator: Indicator, whole: Finding, rows: pd.DataFrame, by: str | tuple[str, str], log: Log
) -> Finding | None:
    """Break one indicator down by one variable, or two (`crossed`); the total is the whole's own cell.

    What is summed: the total is the sum. People by age band or sex: each has one value, the total is
    the sum. People by year, place, type or role: one person may stand in several, there is no sum; but
    every part is at most the total and the total at most the sum of the parts, and a reader can
    subtract a part from the total. Those who are *not* in a part are protected as those who are.
    """
    if isinstance(by, tuple):
        return cross(indicator, whole, rows, by, log)
    if by in BANDED:
        if indicator.count != "person_codes":
            log.problems.warn("FIN-010", Place("evaluation.yaml", field=indicator.id), by=by)
            return None
        parts = Parts(*people.by_person(rows, log.codes, log.persons, by))
    else:
        parts = part_rows(indicator, rows, by, log)
    values, cells, sets = parts[:3]
    parted = by in BANDED or indicator.count in SUMMED
    shared = whole.measure not in ADDITIVE and by not in BANDED
    finding = changed(
        whole,
        id=f"{indicator.id}-{by}",
        title=titled(both("by", label=indicator.label, by=both(f"variable.{by}"))),
        dimensions=(Dimension(id=by, label=both(f"variable.{by}"), values=tuple(values)),),
        cells=(whole.cells[0], *cells),
        relations=_relations(by, whole.cells[0], cells, parted),
        contributions=(*whole.contributions, *parts.contributions),
        base=None if shared or not cells or any(cell.n is None for cell in cells) else (),
        multiple=shared,
        occurring=whole.protect and by in LISTED and all(cell.n != 0 for cell in cells),
        items=(),
        target=None,  # items, target and gap belong to the whole alone
        gap={},
        chart=_form(by) if indicator.chart else "",
    )
    log.held.update({finding.key(cell.where): codes for cell, codes in zip(cells, sets, strict=True)})
    return people.with_others(finding, sets) if whole.protect and not parted else finding


def _form(by: str) -> Form:
    return "columns" if by in STEPS else "bars"


def _relations(by: str, total: Cell, cells: Sequence[Cell], parted: bool) -> tuple[Relation, ...]:
    """Join the total and its parts, whatever their qualifier: what we print was reckoned like this.

    A part that nobody counted brings nothing to the total.
    """
    parts = tuple(cell.where for cell in cells if cell.n is not None)
    if total.n is None or not parts:
        return ()
    telling = tuple(where for where in parts if by == "age_band" and where[0][1] != UNKNOWN)
    return (Relation(total=(), parts=parts, kind="sum" if parted else "cover", telling=telling),)
