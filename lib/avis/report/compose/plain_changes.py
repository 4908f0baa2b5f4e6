"""What changed because of the group, what did not, and why: in its own texts, and with those whom it asked.

Everybody reads what happened; the group's own words of it go to those for whom the exhibits hold them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from avis.exhibits import Change, FollowUp, Recommendation, Statement, Wording
from avis.i18n import date, pick
from avis.report.compose.evidence import note_of, phrase
from avis.report.compose.plainly import heading, of_text, quoting, said, sign
from avis.report.compose.sheet import Sheet
from avis.report.document import Block, Sign

Names = Mapping[str, str]
"""What each adopted text is called in the document, by its id."""
_DONE = ("accepted", "in_part")


def changed(sheet: Sheet, names: Names) -> list[Block]:
    """Say what the group changed in its texts, and what others changed because it had asked."""
    texts = [line for item in _texts(sheet, names) for line in _steps(sheet, item, names)]
    others = [line for item in _answered(sheet) if item.answer in _DONE for line in _answer(sheet, item)]
    return _part(sheet, "changed", texts, others)


def unchanged(sheet: Sheet, names: Names) -> list[Block]:
    """Say which other wordings were not taken, what was refused, what got no answer: each with its reason."""
    texts = [line for item in _texts(sheet, names) for line in _rejected(sheet, item, names)]
    others = [line for item in _answered(sheet) if item.answer not in _DONE for line in _answer(sheet, item)]
    return _part(sheet, "unchanged", texts, others)


def _part(sheet: Sheet, part: str, texts: list[Sign], others: list[Sign]) -> list[Block]:
    opened = heading(sheet, 2, part, "change" if part == "changed" else "kept")
    blocks: list[Block] = [opened]
    for name, lines in (("texts", texts), ("others", others)):
        if lines:
            below = heading(sheet, 3, name, "say" if name == "texts" else "to")
            blocks += [replace(below, id=f"{below.id}-{part}"), *lines]
    return blocks if texts or others else [opened, sign(sheet, "kept", "nothing_changed")]


def _texts(sheet: Sheet, names: Names) -> Iterator[Statement | Recommendation]:
    """Give the texts in the order of their names: sentences first, then requests."""
    found = {
        item.id: item for item in sheet.exhibits.exhibits if isinstance(item, Statement | Recommendation)
    }
    return (found[id] for id in names)


def _steps(sheet: Sheet, item: Statement | Recommendation, names: Names) -> Iterator[Sign]:
    for change in item.changes:
        if change.kind == "rejected":
            continue
        pictogram = "resolve" if change.kind == "resolved" else "change"
        yield of_text(sheet, pictogram, change.kind, item, names[item.id])  # type: ignore[arg-type]
        if _told(sheet, change.added, change):
            yield quoting(sheet, "add", "added", change.added)
        if change.removed:
            yield sign(sheet, "remove", "removed")
        if _told(sheet, change.why, change):
            yield quoting(sheet, "answer", "answered", change.why)


def _rejected(sheet: Sheet, item: Statement | Recommendation, names: Names) -> Iterator[Sign]:
    for change in item.changes:
        if change.kind != "rejected":
            continue
        yield of_text(sheet, "kept", "rejected", item, names[item.id])
        if _told(sheet, change.why, change):
            yield quoting(sheet, "say", "why", change.why)
        elif not change.why:
            yield sign(sheet, "wait", "why_unknown")
        if change.stands in names:
            yield sign(sheet, "to", "stands", name=names[change.stands])


def _told(sheet: Sheet, words: tuple[Wording, ...], change: Change) -> bool:
    return bool(words) and sheet.audience in change.audiences


def _answered(sheet: Sheet) -> list[FollowUp]:
    return [item for item in sheet.exhibits.exhibits if isinstance(item, FollowUp)]


def _answer(sheet: Sheet, item: FollowUp) -> Iterator[Sign]:
    """Say what was asked, of whom, and what they said, in their own words."""
    sheet.place(item)
    yield quoting(sheet, "ask", "before_asked", _wording(sheet, item.recommendation), note_of(item))
    to = phrase(item.addressee, sheet.language) or said(sheet, "somebody")
    yield sign(sheet, "answer" if item.answer != "none" else "wait", item.answer, to=to)
    if item.answer == "none" and item.due_on:
        yield sign(sheet, "when", "due", date=date(item.due_on[:7], sheet.language))
    if item.words:
        yield quoting(sheet, "say", "words", _wording(sheet, item.words))


def _wording(sheet: Sheet, text: Mapping[str, str]) -> tuple[Wording, ...]:
    words, language = pick(text, sheet.language)
    return (Wording(language=language, text=words),)
