"""What a report to a funder says with words of its own, amounts in euros, and whose report it is."""

from __future__ import annotations

from avis.exhibits import Report
from avis.i18n import Language, date, number, percent, say
from avis.report.compose.sheet import Sheet
from avis.report.document import Inline, Paragraph, Slot, Words
from avis.report.figures import State

NOTHING = "–"


def said(sheet: Sheet, key: str, **facts: object) -> str:
    """Say words of the report."""
    return say(f"report.funded.{key}", sheet.language, **facts)


def sentence(sheet: Sheet, key: str, **facts: object) -> Paragraph:
    """Say a sentence of the report as a paragraph."""
    return Paragraph(content=(Words(text=said(sheet, key, **facts)),))


def report_of(sheet: Sheet, funder: str) -> Report:
    """Give the report that is due to a funder; an empty one of the period where none is known."""
    setting = sheet.exhibits.setting
    empty = Report(funder=funder, name={}, form="cerfa-15059", start=setting.start, end=setting.end)
    return next((report for report in setting.reports if report.funder == funder), empty)


def euros(n: int | float | None, sheet: Sheet) -> str:
    """Write an amount without its unit: two decimals where it has cents; a true minus sign."""
    return sheet.say("nothing_short") if n is None else plain_euros(n, sheet.language)


def plain_euros(n: int | float, language: Language) -> str:
    """Write an amount that is known.

    >>> plain_euros(-1234.5, "en"), plain_euros(50, "en")
    ('−1,234.50', '50')
    """
    return number(n, language, 0 if float(n).is_integer() else 2).replace("-", "−")


def percentage(share: float | None, sheet: Sheet) -> str:
    """Write a share as a percentage; a dash where there is none."""
    return NOTHING if share is None else percent(share, sheet.language)


def day(iso: str, sheet: Sheet) -> str:
    """Write a date; "not documented" where there is none."""
    return date(iso, sheet.language) if iso else sheet.say("nothing_short")


def slot(text: str, state: State | None = None, total: bool = False, mark: str = "") -> Slot:
    """Put words or a figure in a place of a table."""
    return Slot(content=(Words(text=text),), state=state or "words", total=total, mark=mark)


def sum_slot(content: Inline, known: bool, total: bool = False) -> Slot:
    """Put a figure in its place; one that nobody noted looks so."""
    return Slot(content=(content,), state="shown" if known else "not_documented", total=total)
