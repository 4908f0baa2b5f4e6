"""What is told to funders alone: the money table, and under which agreement a report is due."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

import pandas as pd

from avis.exhibits import BudgetLine, Evidence, Report, ReportField, Words
from avis.i18n import LANGUAGES, both
from avis.setting import Identity
from avis.settings import Funder, Settings


def make_reports(settings: Settings) -> tuple[Report, ...]:
    """Give the reports that are due, each with its agreement and the fields of its portal."""
    return tuple(_report(funder, settings) for funder in settings.funders if funder.report)


def _report(funder: Funder, settings: Settings) -> Report:
    agreed = funder.agreement
    return Report(
        funder=funder.id,
        name=funder.name,
        form=funder.report,
        amount=_plain(agreed.amount),
        agreement=agreed.number,
        signed_on=agreed.signed_on,
        start=agreed.start or settings.period.start,
        end=agreed.end or settings.period.end,
        due_on=agreed.due_on,
        fields=tuple(
            ReportField(
                id=field.id, label=field.label, limit=field.limit, measure=field.measure, holds=field.holds
            )
            for field in funder.fields
        ),
    )


def make_identity(settings: Settings) -> Identity:
    """Say how the association is declared, as far as it wrote it."""
    own = settings.organisation
    return Identity(declared_as=own.declared_as, rna=own.rna, siret=own.siret)


def make_budget(rows: pd.DataFrame) -> tuple[BudgetLine, ...]:
    """Give the money table, in euros; what is missing stays missing."""
    return tuple(
        BudgetLine(
            id=row["id"],
            title=_words(row, "line"),
            planned=_plain(row["planned"]),
            realised=_plain(row["realised"]),
            explanation=_words(row, "explanation"),
            side=row["side"],
            account=row["account"],
            indirect=bool(row["indirect"]),
            in_kind=bool(row["in_kind"]),
            evidence=Evidence(rule=both("handover.budget_rule"), sources=("budget",)),
        )
        for row in rows.to_dict("records")
    )


def _words(row: Mapping[Hashable, str], name: str) -> Words:
    return {lang: row[f"{name}_{lang}"] for lang in LANGUAGES if row[f"{name}_{lang}"]}


def _plain(value: float | None) -> int | float | None:
    if value is None or pd.isna(value):
        return None
    return int(value) if float(value).is_integer() else float(value)
