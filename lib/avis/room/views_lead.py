"""What the facilitator is told: everything that the room holds but the answers of an open round.

After a round she reads outcomes in words, as everybody does. What may identify somebody is pointed at by its
kind;
the register of people is not searched here, since the key to it is nobody's to type before a group.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from avis.i18n import say
from avis.room.views import (
    Scene,
    View,
    dissent,
    joining,
    outcome_now,
    scale_view,
    text,
    wall_view,
    was_asked,
    wordings,
)
from avis.writing.deliberation import Item, words_hash_of

MOST_KNOWN = 2000
_known: dict[bytes, tuple[str, ...]] = {}


@dataclass(frozen=True)
class Backstage:
    """What the facilitator alone is told."""

    unfinished: tuple[tuple[str, str], ...] = ()
    """Sessions that were never closed: name and date."""
    calls: tuple[tuple[int, str, str], ...] = ()
    """Who asked to stop, or to talk: number, what, minute; never which phone."""
    present: int = 0
    paper: int = 0
    events: int = 0
    phones: int = 0
    """Phones that show the page now."""


def lead_view(scene: Scene, back: Backstage) -> View:
    """Give what the facilitator's page shows."""
    here, shared = scene.here, wall_view(scene)
    items = scene.deliberation.items.values()
    return shared | {
        "session": _session(here) if here else None,
        "unfinished": [{"name": name, "date": date} for name, date in back.unfinished],
        "texts": [_text(item, scene) for item in items],
        "round": _round(scene),
        "present": back.present,
        "paper": back.paper,
        "calls": [{"n": n, "what": what, "at": at} for n, what, at in back.calls],
        "join": None if scene.join is None or here is None else joining(scene.join),
        "door": {"open": bool(scene.join and scene.join.open), "phones": back.phones},
        "edition": _edition(scene),
        "scales": [scale_view(id, scene.scales) for id in scene.scales],
        "log": {"events": back.events},
        "offers": dict(scene.offers),
    }


def _session(here: Any) -> View:
    return {
        "name": here.id,
        "date": here.date,
        "languages": list(here.languages),
        "scale": here.scale,
        "present": here.present,
        "place": here.place,
        "limits_read": here.limits_read,
    }


def _round(scene: Scene) -> View | None:
    """The texts that are asked about, on paper too: she enters the piles."""
    if scene.round is None:
        return None
    held = (scene.deliberation.items.get(id) for id in scene.round.items)
    return {"id": scene.round.id, "items": [text(item) for item in held if item is not None]}


def _edition(scene: Scene) -> View:
    """What the group would adopt as a whole now, and whether that is what it adopted last."""
    hash = words_hash_of(scene.deliberation)
    adopted = [item.id for item in scene.deliberation.items.values() if item.adopted]
    return {"hash": hash, "adopted": hash == scene.deliberation.edition_adopted, "items": adopted}


def _text(item: Item, scene: Scene) -> View:
    asked = was_asked(item, scene)
    return text(item) | {
        "dissents": [dissent(held) for held in item.dissents],
        "amendments": [_amendment(one, item) for one in item.amendments],
        "objections": [_objection(one, item) for one in item.objections],
        "origin": item.origin,
        "group": item.group,
        "adopted": item.adopted,
        "asked": asked,
        "outcome": outcome_now(item, scene.scales) if asked else "",
        "shown": scene.is_seen(item.id),
        "suspended": item.suspended,
        "withdrawn": item.withdrawn,
        "counts_published": item.counts_published,
        "flags": flags_of(item.wordings),
    }


def _amendment(one: Any, item: Item) -> View:
    return {
        "id": one.id,
        "wordings": wordings([one.wording]),
        "status": one.status,
        "reason": wordings([one.reason]),
        "suspended": one.id in item.held_back,
        "flags": flags_of([one.wording]),
    }


def _objection(one: Any, item: Item) -> View:
    return {
        "id": one.id,
        "version": one.version,
        "resolved": one.resolved,
        "wordings": wordings([one.wording]),
        "suspended": one.id in item.held_back,
        "flags": flags_of([one.wording]),
    }


def flags_of(given: Iterable[Any]) -> list[View]:
    """Say what in some words may identify somebody: kinds in both languages, each once; never the words."""
    kinds = dict.fromkeys(kind for one in given if one is not None for kind in _kinds(one.text, one.language))
    return [{lang: say(f"identifiers.kinds.{kind}", lang) for lang in ("fr", "en")} for kind in kinds]


def _kinds(said: str, language: str) -> tuple[str, ...]:
    # By a hash: words that somebody takes back shall not stay here.
    key = hashlib.blake2b(f"{language} {said}".encode(), digest_size=16).digest()
    if key not in _known:
        from avis.identifiers.flags import find_flags  # 7 MB, needed once somebody has written something

        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known[key] = tuple(dict.fromkeys(flag.kind for flag in find_flags(said, language=language)))
    return _known[key]
