"""The hand-over: protected tables, allowed words and the setting become `exhibits.json`, sealed.

Nothing passes here but what the audit let through; nothing to the right of here can reach back.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from pathlib import Path

import pandas as pd

from avis.disclosure.protected import Protected
from avis.exhibits import (
    Chart,
    Evidence,
    Exhibit,
    Exhibits,
    Figure,
    FollowUp,
    Level,
    Proofread,
    Question,
    Request,
    Setting,
    Source,
    Table,
    Verdict,
    Words,
)
from avis.findings.model import Finding
from avis.folders import write_whole
from avis.handover.accounting import make_identity, make_reports
from avis.handover.calls import make_call
from avis.handover.meetings import course
from avis.i18n import LANGUAGES, both, date, join, pick, say
from avis.sealing import seal
from avis.setting import RecordKind
from avis.settings import Disclosure, Settings
from avis.sources.method import Method
from avis.writing.items import TAKEN, Deliberation


def assemble(
    setting: Setting,
    tables: Iterable[Table],
    findings: Iterable[Finding],
    others: Iterable[Exhibit],
    sources: Iterable[Source],
    verdict: Verdict,
) -> Exhibits:
    """Put all exhibits of an evaluation together; a chart is drawn from a protected table alone."""
    shown = tuple(tables)
    charts = make_charts(shown, findings)
    known = {source.id: source for source in sources}
    return Exhibits(
        setting=setting,
        sources=tuple(known.values()),
        exhibits=(*shown, *charts, *others),
        verdict=verdict,
    )


def hand_over(exhibits: Exhibits, path: Path) -> None:
    """Write `exhibits.json` whole, sealed by the verdict and a sha256."""
    write_whole(path, seal(exhibits))


def make_charts(tables: Iterable[Table], findings: Iterable[Finding]) -> tuple[Chart, ...]:
    """Describe a chart for each protected table whose finding asks for one and that has a row to draw."""
    forms = {finding.id: finding.chart for finding in findings}
    return tuple(
        Chart(
            id=f"{table.id}-graphique",
            table=table.id,
            form=form,
            title=table.title,
            evidence=table.evidence,
        )
        for table in tables
        if (form := forms.get(table.id, "")) and _can_be_drawn(table)
    )


def _can_be_drawn(table: Table) -> bool:
    """Tell whether a row of the table is shown: the total or the base alone is no chart of its parts."""
    listed = {(dimension.id, value.id) for dimension in table.dimensions for value in dimension.values}
    return any(
        cell.status == "shown"
        and listed.issuperset(cell.where)
        and bool(cell.where) == bool(table.dimensions)
        for cell in table.cells
    )


def make_setting(
    slug: str,
    settings: Settings,
    method: Method,
    deliberation: Deliberation | None = None,
    meetings: pd.DataFrame | None = None,
) -> Setting:
    """Say what the evaluation is: everything that a document tells and that nobody counts."""
    return Setting(
        slug=slug,
        title=settings.title,
        organisation=settings.organisation.name,
        fictional=settings.organisation.fictional,
        indexed=settings.indexed,
        status=settings.status,
        start=settings.period.start,
        end=settings.period.end,
        languages=settings.languages,
        objectives=settings.objectives,
        themes=settings.themes,
        partners=settings.partners,
        funders=tuple(funder.name for funder in settings.funders),
        reports=make_reports(settings),
        identity=make_identity(settings),
        activities=settings.activities,
        records=tuple(
            RecordKind(id=kind.id, label=kind.label, measure=kind.measure, frequency=kind.frequency)
            for kind in settings.records
        ),
        not_documented=settings.not_documented,
        request=_request(settings),
        calls=tuple(map(make_call, settings.calls)),
        public_source=_public_source(settings),
        removal_contact=settings.removal_contact,
        method=method.sections,
        deviations=method.deviations,
        standards=method.standards,
        course=course(meetings, deliberation.sessions if deliberation else ()),
        adoption=method.sections.get("adoption", {}),
        taken_back=_taken_back(deliberation) if deliberation else {},
        withdrawal=method.sections.get("withdrawal", {}),
        scales={
            id: tuple(Level(id=level.id, label=level.label) for level in scale.levels)
            for id, scale in settings.scales.items()
        },
        proofread={lang: Proofread(by=one.by, month=one.on) for lang, one in settings.proofread.items()},
    )


def _taken_back(deliberation: Deliberation) -> Words:
    """Say what kinds of words were taken back since the room adopted the whole; never which, nor whose."""
    taken = deliberation.taken_back
    if not taken:
        return {}
    return {
        lang: say(
            "handover.taken_back.since",
            lang,
            on=date(deliberation.edition_adopted_on, lang),
            what=join(
                [say(f"handover.taken_back.{kind}", lang, n=taken[kind]) for kind in TAKEN if kind in taken],
                lang,
            ),
        )
        for lang in LANGUAGES
    }


def _public_source(settings: Settings) -> Source | None:
    public = settings.public_source
    if public is None:
        return None
    return Source(
        id="public_source",
        kind="published",
        title=public.title,
        publisher=public.publisher,
        url=public.url,
        published_on=public.published_on,
        consulted_on=public.consulted_on,
    )


def _request(settings: Settings) -> Request | None:
    asked = settings.request
    if asked is None:
        return None
    return Request(
        by=asked.by,
        occasion=asked.occasion,
        date=asked.date,
        questions=tuple(Question(id=q.id, text=q.text, tags=q.tags) for q in asked.questions),
    )


def make_verdict(protected: Protected, settings: Settings, compared: int = 0) -> Verdict:
    """Put the audit's decision in words: which checks were made, never that anything is anonymous.

    `compared` counts the former editions, printing something else, that the numbers were compared with.
    """
    decided = settings.disclosure
    checks = both("handover.checks", threshold=protected.threshold)
    if compared:
        told = both("disclosure.editions.compared", n=compared)
        checks = {lang: f"{words} {told[lang]}" for lang, words in checks.items()}
    return Verdict(
        passed=protected.passed,
        threshold=protected.threshold,
        cells=protected.cells,
        hidden=protected.hidden,
        checks=checks,
        decision=_decision(decided) if decided.decided_by else {},
    )


def _decision(decided: Disclosure) -> Words:
    """Say who lowered the threshold, when, and why."""
    return {
        lang: say(
            "handover.decision",
            lang,
            by=pick(decided.decided_by, lang)[0],
            on=date(decided.decided_on, lang),
            why=pick(decided.reason, lang)[0],
        )
        for lang in LANGUAGES
    }


def make_follow_up(rows: pd.DataFrame) -> tuple[FollowUp, ...]:
    """Give what became of earlier recommendations, the addressee's words unaltered."""
    return tuple(
        FollowUp(
            id=row["id"],
            recommendation=_words(row, "recommendation"),
            addressee=_words(row, "addressee"),
            asked_on=row["asked_on"],
            due_on=row["due_on"],
            answer=row["answer"],
            words={row["words_language"]: row["words"]} if row["words"] else {},
            source=row["source"],
            evidence=Evidence(rule=both("handover.follow_up_rule"), sources=("follow_up",)),
        )
        for row in rows.to_dict("records")
    )


def make_figures(rows: pd.DataFrame) -> tuple[Figure, ...]:
    """Give published figures, each with its qualifier, its reservations and its place in its source."""
    return tuple(
        Figure(
            id=row["id"],
            title=_words(row, "title"),
            n=_number(row["value"]),
            qualifier=row["qualifier"] or "exact",
            high=_number(row["value_max"]),
            remark=(remark := _words(row, "note")),
            earlier=_words(row, "earlier"),
            evidence=Evidence(
                rule=both(f"handover.{'figure_rule' if remark else 'bare_figure_rule'}"),
                sources=(row["id"],),
            ),
        )
        for row in rows.to_dict("records")
    )


def _words(row: Mapping[Hashable, str], name: str) -> Words:
    return {lang: row[f"{name}_{lang}"] for lang in LANGUAGES if row.get(f"{name}_{lang}")}


def _number(value: object) -> int | float | None:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return None
    number = float(value)  # type: ignore[arg-type]
    return int(number) if number.is_integer() else number
