"""What a reader in a hurry wants first: who asked, and every recommendation in one table, with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from avis.exhibits import Recommendation
from avis.i18n import date, say
from avis.report.compose.evidence import anchor, phrase
from avis.report.compose.sheet import Sheet
from avis.report.compose.voices import unbroken, voices
from avis.report.document import Block, Column, Emphasis, Facts, Grid, Inline, Link, Slot, Words

Fact = tuple[str, tuple[Inline, ...]]
HEADS = ("number", "text", "addressee", "agreement")
LISTED = "recommendations-listed"


def asked_by(sheet: Sheet) -> tuple[Fact, ...]:
    """Tell who asked for the document, on which occasion, when: the first facts of it, and of its cover."""
    request = sheet.exhibits.setting.request
    missing: tuple[Inline, ...] = (Words(text=sheet.say("nothing_short")),)
    if request is None:
        return ((sheet.say("fact.asked_by"), missing),)
    when = (Words(text=date(request.date, sheet.language)),) if request.date else missing
    return (
        (sheet.say("fact.asked_by"), (sheet.words(request.by),)),
        (sheet.say("fact.occasion"), (sheet.words(request.occasion),)),
        (sheet.say("fact.asked_on"), when),
    )


def opening(blocks: Iterable[Block], terms: Collection[str]) -> tuple[Fact, ...]:
    """Take for a cover, out of the facts that open a document, those that a reader asks first."""
    first = next((block for block in blocks if isinstance(block, Facts)), Facts(items=()))
    return tuple(fact for fact in first.items if fact[0] in terms)


def recommendations(sheet: Sheet) -> list[Block]:
    """List every recommendation on one page: its words whole, to whom, how it was agreed, where it stands.

    Nothing where there is none. The texts stand in their part; this table takes no one's place.
    """
    items = [item for item in sheet.exhibits.exhibits if isinstance(item, Recommendation)]
    if not items:
        return []
    grid = Grid(
        id="table-recommendations",
        caption=_say(sheet, "caption"),
        columns=tuple(Column(label=_say(sheet, key)) for key in HEADS),
        rows=tuple(_row(sheet, item) for item in sorted(items, key=lambda item: item.number)),
    )
    return [sheet.heading(2, LISTED, _say(sheet, "title")), grid]


def _say(sheet: Sheet, key: str, **facts: object) -> str:
    return say(f"report.listed.{key}", sheet.language, **facts)


def _row(sheet: Sheet, item: Recommendation) -> tuple[Slot, ...]:
    number = Link(href=f"#{anchor(item)}", content=(Words(text=_say(sheet, "nth", number=item.number)),))
    to = phrase(item.addressee, sheet.language) or say("common.not_documented", sheet.language)
    return (
        Slot(content=(number,)),
        Slot(content=_worded(sheet, item)),
        Slot(content=(Words(text=to),)),
        Slot(content=(Words(text=_agreement(sheet, item)),)),
    )


def _worded(sheet: Sheet, item: Recommendation) -> tuple[Inline, ...]:
    """Give the words that were adopted; a translation that nobody approved never stands alone."""
    content: list[Inline] = []
    for voice in voices(item.wordings, sheet.language):
        if content:
            content.append(Words(text=" "))
        if voice.label:
            label = _say(sheet, "label", label=voice.label)
            content.append(Emphasis(content=(Words(text=label),)))
        foreign = voice.language if voice.language != sheet.language else ""
        content.append(Words(text=unbroken(voice.text, voice.language), language=foreign))
    return tuple(content)


def _agreement(sheet: Sheet, item: Recommendation) -> str:
    told = sheet.say(f"outcome.{item.adoption.outcome}")
    return f"{told} {_say(sheet, 'disputed')}" if item.dissents else told
