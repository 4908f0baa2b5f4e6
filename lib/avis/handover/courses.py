"""How a text of the group came about, as far as it may be told: never who, never a day.

Of a step that was taken, only words that the adopted text still holds leave the room: what was taken out may
have told too much, and another wording that was not taken is not the group's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, get_args

from avis.exhibits import Change, Wording
from avis.writing.deliberation import Deliberation
from avis.writing.history import Step
from avis.writing.items import Item

Origin = Literal["", "nothing", "theme", "quote", "figure", "amendment"]
FEWEST = 2
"""A word alone tells nobody what was added."""
_EDGES = " ,;:.!?…\u00a0\u202f"
Histories = Mapping[str, tuple[Step, ...]]


def origin_of(item: Item) -> Origin:
    """Tell what a text was proposed from; logs of before name a quote by its id alone.

    >>> [origin_of(Item("s1", "statement", "q1", origin=o)) for o in ("", "at09-01", "theme:horaires")]
    ['nothing', 'quote', 'theme']
    """
    kind, colon, _ = item.origin.partition(":")
    if not item.origin:
        return "nothing"
    known: tuple[Origin, ...] = get_args(Origin)
    return next((one for one in known if colon and one == kind), "quote")


def stand_alone(deliberation: Deliberation) -> dict[str, str]:
    """Give, for each amendment that became a text of its own, the adopted text that it became."""
    adopted = [item for item in deliberation.items.values() if item.adopted]
    return {item.origin.partition(":")[2]: item.id for item in adopted if origin_of(item) == "amendment"}


def changes_of(item: Item, steps: Iterable[Step], stands: Mapping[str, str]) -> tuple[Change, ...]:
    """Give what happened to an adopted text, in order: changes, objections resolved, wordings not taken."""
    found: list[Change] = []
    for step in steps:
        change = _change(item, step, stands)
        if change is not None and not (change.kind == "merged" and change in found[-1:]):
            found.append(change)
    return tuple(found)


def reworded(steps: Iterable[Step]) -> int:
    """Count how often an author said her own text in other words."""
    return sum(step.kind == "reworded" and not step.about for step in steps)


def _change(item: Item, step: Step, stands: Mapping[str, str]) -> Change | None:
    why = (step.reason,) if step.reason else ()
    if step.kind == "amended" or (step.kind == "reworded" and not step.about):
        removed = any(one.op == "removed" and _has_words(one.words) for one in step.change)
        kind: Literal["amended", "reworded"] = "amended" if step.kind == "amended" else "reworded"
        return Change(kind=kind, added=tuple(_standing(item, step)), removed=removed)
    if step.kind == "merged":
        return Change(kind="merged")
    if step.kind == "resolved":
        return Change(kind="resolved", why=why)
    if step.kind == "rejected":
        return Change(kind="rejected", why=why, stands=stands.get(step.about, ""))
    return None


def _standing(item: Item, step: Step) -> Iterator[Wording]:
    """Give the runs of words that a step brought and that the adopted text still holds."""
    texts = {wording.language: wording.text for wording in item.wordings}
    language = step.wording.language if step.wording else ""
    for run in _runs(step):
        words = run.strip(_EDGES)
        if len(words.split()) >= FEWEST and words in texts.get(language, ""):
            yield Wording(language=language, text=words, original=True)


def _runs(step: Step) -> Iterator[str]:
    """Join what came between the same two words, whatever spaces and marks stayed in between."""
    run = ""
    for change in step.change:
        if change.op == "added" or (change.op == "same" and run and not _has_words(change.words)):
            run += change.words
        elif change.op == "same":
            yield run
            run = ""
    yield run


def _has_words(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


def reasons_of(histories: Histories, ids: Sequence[str]) -> Iterator[tuple[str, Wording]]:
    """Give the group's words beside its texts, which members read: answers to objections, reasons."""
    for id in ids:
        yield from ((id, step.reason) for step in histories.get(id, ()) if step.reason)
