"""What phones and the wall are told: texts that were shown, the round, outcomes in words; never an answer.

A text that no round or wall has shown yet is not in here, nor is one whose author wants it out of sight. All
texts go out in all their languages: the page picks, and marks a translation that nobody approved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal

from avis.exhibits import Dissent, Wording
from avis.room.acts_rounds import Round
from avis.settings import AskedQuestion, Scale
from avis.writing.deliberation import Deliberation, Item, outcome
from avis.writing.history import Step

Phase = Literal["closed", "limits", "wait", "round", "paper", "results"]
View = dict[str, Any]
IsSeen = Callable[[str], bool]
OF_ALL = ("amended", "merged", "objected", "resolved")
"""Steps about something of one person that became everybody's; others are told once the room has seen it."""
WORDED = (
    "proposed",
    "translated",
    "suggested",
    "amended",
    "rejected",
    "dropped",
    "reworded",
    "merged",
    "dissented",
)
"""Steps that are told with their words."""


@dataclass(frozen=True)
class Join:
    """How a phone comes in."""

    url: str
    code: str
    open: bool = True


@dataclass(frozen=True)
class Scene:
    """Where the room stands: all that the three pages are made of."""

    deliberation: Deliberation
    questions: tuple[AskedQuestion, ...]
    scales: Mapping[str, Scale]
    limits: Mapping[str, str]
    session: str = ""
    round: Round | None = None
    shown: Mapping[str, Any] = field(default_factory=dict)
    is_seen: IsSeen = lambda _: False
    history: tuple[Step, ...] = ()
    """How the text came about that the wall tells of."""
    join: Join | None = None
    offers: Mapping[str, Any] = field(default_factory=dict)
    trouble: str = ""

    @property
    def here(self) -> Any:
        """The session that is open, as the log tells it; none where none is."""
        last = self.deliberation.sessions[-1] if self.deliberation.sessions else None
        return last if last is not None and self.session and not last.closed else None

    @property
    def phase(self) -> Phase:
        """What the whole room does now."""
        if self.here is None:
            return "closed"
        if self.round is not None:
            return "paper" if self.round.paper_only else "round"
        if not self.here.limits_read:
            return "limits"
        return "results" if self.shown.get("what") == "results" else "wait"

    def visible(self) -> list[Item]:
        """The texts that everybody may read now."""
        items = self.deliberation.items.values()
        return [item for item in items if self.is_seen(item.id) and not item.withdrawn and not item.suspended]


def limits_hash(limits: Mapping[str, str]) -> str:
    """Give what tells one wording of the limits of confidentiality from another.

    >>> len(limits_hash({"fr": "Avant de commencer"}))
    64
    """
    said = "\0".join(f"{lang}\0{text}" for lang, text in sorted(limits.items()))
    return hashlib.sha256(said.encode("utf-8")).hexdigest()


def phone_view(scene: Scene) -> View:
    """Give what a phone shows; the same for all of them."""
    return _common(scene) | {"offers": dict(scene.offers)}


def wall_view(scene: Scene) -> View:
    """Give what the wall shows: what the facilitator chose, and how phones come in."""
    what = scene.shown.get("what", "nothing")
    view = _common(scene) | {
        "shown": {"what": what, "items": list(scene.shown.get("items", ()))},
        "join": None if scene.join is None or scene.here is None else joining(scene.join),
    }
    if what == "edition":
        adopted = [item for item in scene.deliberation.items.values() if item.adopted]
        view["edition"] = [text(item, scene.is_seen) for item in adopted]
    if what == "history" and all(map(scene.is_seen, view["shown"]["items"])):
        view["history"] = _history(scene)
    return view


def _history(scene: Scene) -> list[View]:
    """Give the steps that the room saw; what an author put in the place of her own words stays hers.

    Before she changed them they may have held a name, and nobody may have seen them.
    """
    told = [step for step in scene.history if _told(step, scene)]
    last = max((n for n, step in enumerate(told) if step.kind == "reworded"), default=-1)
    views = [step_view(step, scene.is_seen) for step in told]
    for view in views[: last + 1]:
        view.pop("change", None)
    for view in views[: max(last, 0)]:
        view.pop("wording", None)
    return views


def _told(step: Step, scene: Scene) -> bool:
    return not step.about or step.kind in OF_ALL or scene.is_seen(step.about)


def step_view(step: Step, is_seen: IsSeen) -> View:
    """Give one step of a text; an objection's words stay with the facilitator, what was done about it not."""
    view: View = {"kind": step.kind, "version": step.version, "date": step.date}
    unseen = step.kind == "merged" and not is_seen(step.about)
    if step.kind in WORDED and not unseen:
        view["wording"] = next(iter(wordings([step.wording])), None)  # none: it was erased
        view["change"] = [[change.op, change.words] for change in step.change]
    return view | ({"reason": step.reason.text} if step.reason else {})


def joining(join: Join) -> View:
    """Give the address, the code to type and the QR code as rows of 0 and 1; none while the door is shut."""
    if not join.open:
        return {"url": join.url, "code": "", "qr": []}
    return {"url": join.url, "code": join.code, "qr": list(qr_rows(f"{join.url}#{join.code}"))}


@lru_cache(maxsize=4)
def qr_rows(address: str) -> tuple[str, ...]:
    """Draw an address as a QR code: a row of modules a line, 1 for a dark one, without the quiet zone.

    >>> rows = qr_rows("http://192.168.1.5:8731/#ABCDEF")
    >>> len(rows) == len(rows[0]), rows[0][:7]
    (True, '1111111')
    """
    import segno

    return tuple("".join(map(str, row)) for row in segno.make(address, error="m", micro=False).matrix)


def _common(scene: Scene) -> View:
    here = scene.here
    texts = {item.id: item for item in scene.visible()}
    return {
        "phase": scene.phase,
        "languages": list(here.languages) if here else [],
        "limits": dict(scene.limits),
        "limits_hash": limits_hash(scene.limits),
        "questions": [{"id": one.id, "text": dict(one.text)} for one in scene.questions],
        "scale": scale_view(here.scale if here else "", scene.scales),
        "round": _round(scene, texts),
        "texts": [shown_text(item, scene.is_seen) for item in texts.values()],
        "results": [result(item, scene) for item in texts.values() if was_asked(item, scene)],
        "trouble": scene.trouble,
    }


def _round(scene: Scene, texts: Mapping[str, Item]) -> View | None:
    if scene.round is None or scene.round.paper_only:
        return None
    items = [text(texts[id], scene.is_seen) for id in scene.round.items if id in texts]
    return {"id": scene.round.id, "items": items}


def scale_view(id: str, scales: Mapping[str, Scale]) -> View:
    """Give a scale of agreement; an empty one where no session is open."""
    scale = scales.get(id)
    levels = scale.levels if scale else ()
    return {
        "id": id,
        "levels": [{"id": one.id, "kind": one.kind, "label": dict(one.label)} for one in levels],
    }


def text(item: Item, is_seen: IsSeen | None = None) -> View:
    """Give a text as every page reads it, with the dissents that were shown; without `is_seen`, with all."""
    dissents = [held for held in item.dissents if held.wordings and (is_seen is None or is_seen(held.id))]
    return {
        "id": item.id,
        "kind": item.kind,
        "question": item.question,
        "version": item.version,
        "wordings": wordings(item.wordings),
        "addressee": dict(item.addressee),
        "dissents": [dissent(held) for held in dissents],
    }


def shown_text(item: Item, is_seen: IsSeen) -> View:
    """Give a text with those of its amendments that were shown, and that stand where they can be read."""
    amendments = [
        {"id": one.id, "wordings": wordings([one.wording]), "status": one.status}
        for one in item.amendments
        if is_seen(one.id) and one.wording is not None and one.id not in item.held_back
    ]
    return text(item, is_seen) | {"amendments": amendments}


def wordings(given: Iterable[Wording | None]) -> list[View]:
    """Give words in their languages, the original first; what was erased is not there."""
    return [
        {"language": one.language, "text": one.text, "original": one.original, "approved": one.approved}
        for one in given
        if one is not None
    ]


def dissent(held: Dissent) -> View:
    """Give what a minority holds: words alone."""
    return {"id": held.id, "wordings": wordings(held.wordings)}


def was_asked(item: Item, scene: Scene) -> bool:
    """Tell whether a round of this session on the text as it stands was closed."""
    in_round = scene.round is not None and item.id in scene.round.items
    here = scene.here
    return item.asked == item.version and not in_round and here is not None and item.session == here.id


def result(item: Item, scene: Scene) -> View:
    """Give an outcome in words: to talk about where somebody wants that, else as `deliberation.outcome`."""
    return {"id": item.id, "outcome": outcome_now(item, scene.scales), "adopted": item.adopted}


def outcome_now(item: Item, scales: Mapping[str, Scale]) -> str:
    """Say where a round left a text, adopted or not; never how many, nor that all said the same."""
    scale = scales.get(item.scale)
    kinds = {level.id: level.kind for level in scale.levels} if scale else {}
    given = {kinds.get(level, "") for level in item.votes.values()}
    if "talk" in given and not item.adopted:
        return "to_talk"
    if not (item.adopted or given & {"support", "reserve"}):
        return "not_adopted"
    return outcome(replace(item, adopted_version=item.version), scale)
