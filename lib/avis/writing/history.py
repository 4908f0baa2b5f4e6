"""How each text came about, step by step: from its first proposal to its adoption, never by whom.

The steps are read out of the same fold that gives the state, so that what is told is what counted. A step
whose words were erased, or are suspended, is told without them.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from avis.exhibits import Wording
from avis.settings import Scale
from avis.writing.chain import Event, Log
from avis.writing.deliberation import fold_state, happen
from avis.writing.items import Amendment, Item
from avis.writing.state import State

StepKind = Literal[
    "proposed",
    "translated",
    "suggested",
    "amended",
    "rejected",
    "dropped",
    "reworded",
    "merged",
    "objected",
    "resolved",
    "dissented",
    "asked",
    "adopted",
    "addressed",
    "suspended",
    "resumed",
    "withdrawn",
]
"""`suggested`, `amended`, `rejected` and `dropped` are about an amendment; `asked` is a closed round."""
_KINDS: Mapping[str, StepKind] = {
    "proposed": "proposed",
    "translated": "translated",
    "amendment_proposed": "suggested",
    "amendment_accepted": "amended",
    "amendment_rejected": "rejected",
    "amendment_withdrawn": "dropped",
    "reworded": "reworded",
    "merged": "merged",
    "objected": "objected",
    "objection_resolved": "resolved",
    "dissent_recorded": "dissented",
    "round_closed": "asked",
    "adopted": "adopted",
    "addressee_set": "addressed",
    "suspended": "suspended",
    "resumed": "resumed",
    "withdrawn": "withdrawn",
}


@dataclass(frozen=True)
class Change:
    """Words that stayed, came or went, with the spaces around them."""

    op: Literal["same", "added", "removed"]
    words: str


@dataclass(frozen=True)
class Step:
    """One thing that happened to a text; `version` is the one that it has after it."""

    kind: StepKind
    version: int
    date: str
    """Day of the session."""
    wording: Wording | None = None
    change: tuple[Change, ...] = ()
    reason: Wording | None = None
    about: str = ""
    """The id of the amendment, objection or dissent, or of the other text where two became one."""


def tell_histories(logs: Iterable[Log], scales: Mapping[str, Scale]) -> dict[str, tuple[Step, ...]]:
    """Give the steps of every text that was ever proposed, in the order of the logs.

    >>> tell_histories([], {})
    {}
    """
    told: dict[str, list[Step]] = {}
    state = fold_state([], scales)
    for log in logs:
        redacted = {event.body["word"] for event in log.events if event.type == "redacted"}
        words = {name: word for name, word in log.words.items() if name not in redacted}
        state.open = {}
        for event in log.events:
            before = {id: state.items.get(id) for id in _subjects(state, event)}
            others = _others(state, event)
            happen(state, log.name, [event], words)
            for id, item in before.items():
                steps = _steps(state, event, id, item, others)
                told.setdefault(id, []).extend(steps)
    return {id: tuple(_without_hidden(state, id, step) for step in steps) for id, steps in told.items()}


def _subjects(state: State, event: Event) -> tuple[str, ...]:
    """Give the texts that an event is about, before it happens."""
    body = event.body
    if event.type not in _KINDS:
        return ()
    if event.type == "round_closed":
        return state.open.get(body["round"], ())
    id = body.get("into") or body.get("objection", "") or body.get("item", "")
    id = body["item"] if event.type == "objected" else id
    return (state.owners.get(id, id),)


def _others(state: State, event: Event) -> dict[str, Wording]:
    """Give the wordings of texts that are about to go into another one."""
    ids = event.body["items"] if event.type == "merged" else ()
    held = (state.items[id] for id in ids if id in state.items and id != event.body["into"])
    return {item.id: item.wordings[0] for item in held if item.wordings}


def _steps(
    state: State, event: Event, id: str, before: Item | None, others: Mapping[str, Wording]
) -> Iterator[Step]:
    """Give the steps of one text that an event made; none where it changed nothing."""
    after = state.items.get(id)
    if (before is None and after is None) or (before == after and event.type != "round_closed"):
        return
    item = after or before
    assert item is not None and state.sessions  # nothing happens before a session
    step = Step(_KINDS[event.type], item.version, state.sessions[-1].date)
    if event.type == "merged":
        yield from (replace(step, wording=wording, about=id) for id, wording in others.items())
    elif event.type == "objection_resolved":
        yield replace(step, about=event.body["objection"], reason=state.reason(event.body, "how"))
    else:
        about = _about(state, event)
        if about and event.type in ("suspended", "resumed", "withdrawn", "reworded", "translated"):
            yield replace(step, about=about, wording=_wording_of(item, about))
        else:
            yield _with_words(step, event, before, item, about)


def _about(state: State, event: Event) -> str:
    narrow = (str(event.body[name]) for name in ("amendment", "objection", "dissent") if name in event.body)
    id = str(event.body.get("item", ""))
    return next(narrow, id if id in state.owners else "")


def _with_words(step: Step, event: Event, before: Item | None, item: Item, about: str) -> Step:
    """Add the words that a step is about, and what they change in the text as it stood."""
    was = before.wordings[0] if before and before.wordings else None
    if about:
        wording = _wording_of(item, about)
        held = next((one for one in item.amendments if one.id == about), None)
        change = _diff(was, wording) if held else ()
        return replace(step, wording=wording, change=change, reason=_reason(held), about=about)
    if event.type == "translated":
        found = (one for one in item.wordings if one.language == event.body["language"])
        return replace(step, wording=next(found, None))
    wording = item.wordings[0] if item.wordings else None
    return replace(step, wording=wording, change=_diff(was, wording) if event.type == "reworded" else ())


def _reason(amendment: Amendment | None) -> Wording | None:
    return amendment.reason if amendment else None


def _wording_of(item: Item, id: str) -> Wording | None:
    held: dict[str, Wording | None] = {one.id: one.wording for one in item.amendments}
    held |= {one.id: one.wording for one in item.objections}
    held |= {one.id: one.wordings[0] if one.wordings else None for one in item.dissents}
    return held.get(id)


def _diff(was: Wording | None, now: Wording | None) -> tuple[Change, ...]:
    if was is None or now is None or was.language != now.language:
        return ()
    return diff(was.text, now.text)


def diff(was: str, now: str) -> tuple[Change, ...]:
    """Compare two wordings word by word.

    >>> [(change.op, change.words) for change in diff("Ouvrir le samedi.", "Ouvrir un samedi.")]
    [('same', 'Ouvrir '), ('removed', 'le'), ('added', 'un'), ('same', ' samedi.')]
    """
    old, new = (re.findall(r"\s+|[^\W_]+|[\W_]", text) for text in (was, now))
    changes: list[Change] = []
    for op, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            changes.append(Change("same", "".join(old[i:j])))
            continue
        if j > i:
            changes.append(Change("removed", "".join(old[i:j])))
        if m > k:
            changes.append(Change("added", "".join(new[k:m])))
    return tuple(changes)


def _without_hidden(state: State, id: str, step: Step) -> Step:
    """Leave out words that their author took back or suspended, whatever the log still holds."""
    item = state.items.get(id)
    lives = item is not None or id in state.merged
    hidden = not lives or (item is not None and (item.suspended or item.withdrawn))
    hidden = hidden or (item is not None and step.about in item.held_back)
    if step.kind == "merged" and step.about in state.gone and step.about not in state.merged:
        hidden = True
    return replace(step, wording=None, change=(), reason=None) if hidden else step
