"""What a report to a funder would leave untold: of its agreement, of the money, in its portal's fields."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.handover.accounting import make_budget
from avis.i18n import join, language, pick, say
from avis.report.compose import accounts
from avis.report.compose.funded import plain_euros
from avis.settings import Funder, PortalField
from avis.writing.places import PARTS
from avis.writing.text import Passage

if TYPE_CHECKING:
    import pandas as pd


def tell_reports(opened: Evaluation, budget: pd.DataFrame, problems: Problems) -> None:
    """Remark on what a report that is due will call "not documented" (EVA-083 to EVA-085, SRC-482)."""
    for index, funder in enumerate(opened.settings.funders):
        if funder.report:
            _tell_missing(opened, index, funder, problems)
    forms = [funder.report for funder in opened.settings.funders]
    crossed = any(isinstance(by, tuple) for one in opened.settings.indicators for by in one.by)
    if "fami" in forms and not crossed:
        problems.warn("EVA-083", opened.place("funders", forms.index("fami"), "report"))
    due = next((at for at, form in enumerate(forms) if form), None)
    if due is not None and not opened.settings.sources.budget:
        problems.warn("EVA-085", opened.place("funders", due, "report"))
    if any(forms):
        _tell_unbalanced(opened, budget, problems)


def _tell_missing(opened: Evaluation, index: int, funder: Funder, problems: Problems) -> None:
    agreed, own = funder.agreement, opened.settings.organisation
    found = {"amount": agreed.amount, "number": agreed.number, "siret": own.siret}
    missing = [say(f"evaluation.owed.{name}") for name, value in found.items() if value in (None, "")]
    if missing:
        facts = {"funder": pick(funder.name, language())[0], "missing": join(missing, language())}
        problems.warn("EVA-084", opened.place("funders", index), **facts)


def _tell_unbalanced(opened: Evaluation, budget: pd.DataFrame, problems: Problems) -> None:
    lines = make_budget(budget)
    for name, in_kind in (("money", False), ("in_kind", True)):
        spent, earned = (
            accounts.side(lines, "expense", in_kind),
            accounts.side(lines, "income", in_kind),
        )
        if spent.groups and earned.groups and accounts.difference(spent, earned, "planned"):
            left, right = (plain_euros(side.total("planned").known, language()) for side in (spent, earned))
            facts = {"what": say(f"sources.budget.{name}"), "left": left, "right": right}
            problems.warn("SRC-482", Place(opened.settings.sources.budget), **facts)


def tell_fields(opened: Evaluation, passages: Iterable[Passage], problems: Problems) -> None:
    """Remark on fields of a portal that nothing fills: no passage and no part of the report (EVA-082)."""
    written = {passage.place.partition(":")[2] for passage in passages}
    for index, funder in enumerate(opened.settings.funders):
        for at, field in enumerate(funder.fields if funder.report else ()):
            if _is_empty(field, written):
                named = pick(funder.name, language())[0]
                place = opened.place("funders", index, "fields", at)
                problems.warn("EVA-082", place, id=field.id, funder=named, known=", ".join(PARTS))


def _is_empty(field: PortalField, written: set[str]) -> bool:
    return not field.holds and field.id not in PARTS and field.id not in written
