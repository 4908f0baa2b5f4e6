"""How an adopted text came about, in words: from what, changed how often; never who, never a day."""

from __future__ import annotations

from avis.exhibits import Recommendation, Statement
from avis.i18n import Language, date, say

COUNTED = 3
"""Up to here a number of changes is said in words; above it is « several times »."""


def came_about(item: Statement | Recommendation, language: Language) -> str:
    """Tell the way of a text from its proposal to its adoption, in one sentence.

    >>> from avis.exhibits import Adoption, Evidence
    >>> held = Adoption(outcome="consensus", month="2024-12", origin="quote", amendments=2)
    >>> made = Statement(id="s1", question="q1", wordings=(), adoption=held, evidence=Evidence(rule={}))
    >>> came_about(made, "en")
    'Proposed by a member from a quote; amended twice; adopted in December 2024.'
    """
    adoption = item.adoption
    origin = adoption.origin or "unknown"
    parts = [
        say(f"report.course.from.{origin}", language),
        *_times("reworded", adoption.reworded, language),
        *_times("amended", adoption.amendments, language),
        *_times("merged", adoption.merged, language),
        *_times("resolved", adoption.objections_resolved, language),
    ]
    if item.dissents:
        parts.append(say("report.course.dissent", language))
    if adoption.month:
        parts.append(say("report.course.adopted", language, month=date(adoption.month, language)))
    if adoption.counts:
        parts.append(say("report.course.counts", language))
    return say("report.course.whole", language, parts=say("report.compose.separator", language).join(parts))


def _times(what: str, n: int, language: Language) -> list[str]:
    """Say how often, in words: the room is small, and a figure would look like a count of people."""
    if not n:
        return []
    return [say(f"report.course.{what}.{n if n <= COUNTED else 'more'}", language)]
