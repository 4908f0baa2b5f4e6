"""What happens to agreement in the room: limits read, rounds, answers, piles of paper, adoption."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import Any

import msgspec

from avis.errors import AvisError
from avis.room.acts import Act, Refused
from avis.room.acts_texts import Desktop, Done, check_not_asked, check_version, known_text
from avis.room.box import Box, Given
from avis.room.sitting import WRITER, Said, Sitting, minute
from avis.writing.chain import Entry
from avis.writing.deliberation import words_hash_of
from avis.writing.items import Item

FEW = (1, 2)
"""So few could be told from the others by how they answered."""


@dataclass(frozen=True)
class Round:
    """The open round: its texts with their versions, and how many answer on paper."""

    id: str
    items: tuple[str, ...]
    versions: dict[str, int]
    present: int
    paper: int

    @property
    def paper_only(self) -> bool:
        """Whether everybody answers on paper: one or two apart, on either side, would be known by it.

        >>> [Round("r1", (), {}, 12, paper).paper_only for paper in (0, 1, 2, 3, 9, 10, 11, 12)]
        [False, True, True, False, False, True, True, True]
        """
        phones = self.present - self.paper
        return self.paper in FEW or phones in FEW or not phones

    @property
    def most_on_paper(self) -> int:
        """How many answers on paper there can be."""
        return self.present if self.paper_only else self.paper


def open_round_of(sitting: Sitting) -> Round | None:
    """Give the round that is open, as its event tells it; texts taken back since are not in it."""
    for event in reversed(sitting.recorder.events) if sitting.state.open else ():
        if event.type == "round_opened" and event.body["round"] in sitting.state.open:
            held = [sitting.state.items[id] for id in event.body["items"] if id in sitting.state.items]
            alive = [item for item in held if item.wordings and not item.suspended]
            versions = {item.id: item.version for item in alive}
            present, paper = event.body.get("present", 0), event.body.get("paper", 0)
            return Round(event.body["round"], tuple(versions), versions, present, paper)
    return None


def limits_read(desktop: Desktop, act: Act) -> Done:
    """The limits of confidentiality were read to the room."""
    return Done((Said("limits_read", {"language": act["language"], "hash": act["hash"]}),))


def open_round(desktop: Desktop, act: Act) -> Done:
    """SAL-008 the limits were not read, SAL-009, SAL-014 one is open, SAL-016 too many on paper."""
    sitting = desktop.sitting
    if not sitting.session.limits_read:
        raise Refused("SAL-008")
    if sitting.state.open:
        raise Refused("SAL-014")
    for id in act["items"]:
        if known_text(desktop, act, id).suspended:
            raise Refused("SAL-030")
    if not act["present"] or act["paper"] > act["present"]:
        raise Refused("SAL-016")
    number = 1 + sum(event.type == "round_opened" for event in sitting.recorder.events)
    body = {"round": f"{sitting.name}-r{number}"}
    body |= {name: act[name] for name in ("items", "present", "paper")}
    sitting.open_box(body["round"])
    return Done((Said("round_opened", body),), {"round": body["round"]})


def _asked(desktop: Desktop, act: Act) -> tuple[Round, Item, Box]:
    """Give the open round and the text that is asked about: SAL-009, SAL-010, SAL-011."""
    sitting = desktop.sitting
    round = open_round_of(sitting)
    if round is None or sitting.box is None or act["item"] not in round.items:
        raise Refused("SAL-011")
    item = known_text(desktop, act)
    check_version(item, act["version"])
    return round, item, sitting.box


def _check_levels(sitting: Sitting, *levels: str) -> None:
    scale = sitting.state.scales.get(sitting.session.scale)
    if not {level.id for level in (scale.levels if scale else ())} >= set(levels):
        raise Refused("SAL-013")


def react(desktop: Desktop, act: Act) -> Done:
    """An answer of a phone goes into the box: SAL-010, SAL-011, SAL-012 on paper, SAL-013 not a level.

    One that waited on a phone for an earlier round says so, and counts in no later one.
    """
    round, item, box = _asked(desktop, act)
    if act.get("round", round.id) != round.id:
        raise Refused("SAL-011")
    if round.paper_only:
        raise Refused("SAL-012")
    _check_levels(desktop.sitting, act["level"])
    voter = box.voter(act.seat, item.id)
    put(box, Given(act.event, item.id, item.version, voter, act["level"]))
    return Done()


def pile(desktop: Desktop, act: Act) -> Done:
    """The pile of paper for a text, in the place of a former one: SAL-010, SAL-011, SAL-013, SAL-016."""
    round, item, box = _asked(desktop, act)
    _check_levels(desktop.sitting, *act["counts"])
    if sum(act["counts"].values()) > round.most_on_paper:
        raise Refused("SAL-016")
    put(box, Given(act.event, item.id, item.version, counts=act["counts"]))
    return Done()


def put(box: Box, given: Given) -> None:
    """Put an answer into the box, once (SAL-006 where its id stood for another)."""
    before = box.given.get(given.id)
    if before is None:
        box.put(given)
    elif before != given:
        raise Refused("SAL-006")


def close_round(sitting: Sitting, event: str) -> Round:
    """Let the answers out, in one go, and remove the box: SAL-011 no round is open.

    Answers to a text that was taken back meanwhile go with it.
    """
    round = open_round_of(sitting)
    if round is None or sitting.box is None:
        raise Refused("SAL-011")
    at = minute()
    entries = [
        Entry(one.id, "reacted", one.body, at, WRITER)
        for one in sitting.box.reactions()
        if round.versions.get(one.item) == one.version
    ]
    entries.append(Entry(event, "round_closed", {"round": round.id}, at, WRITER))
    sitting.add(entries, {})
    sitting.empty_box()
    return round


def finish_closing(sitting: Sitting) -> None:
    """Go on with a closing that a crash cut short: a part of its answers is in the log for good.

    Were a pile put right now, its answers would get other names, and those of before would count beside them.
    """
    if sitting.box and any(sitting.recorder.known(one.id) for one in sitting.box.reactions()):
        with contextlib.suppress(AvisError):  # a full disk: the round stays open until there is room
            close_round(sitting, f"torn.{sitting.box.round}")


def adopt(desktop: Desktop, act: Act) -> Done:
    """SAL-009, SAL-010, SAL-015, SAL-024 no closed round answered on this version, SAL-030 suspended."""
    item = _answered(desktop, act)
    check_version(item, act["version"])
    return Done((Said("adopted", {"item": item.id, "version": item.version}),))


def publish_counts(desktop: Desktop, act: Act) -> Done:
    """SAL-009, SAL-015, SAL-024, SAL-030."""
    item = _answered(desktop, act)
    return Done((Said("counts_published", {"item": item.id}),))


def _answered(desktop: Desktop, act: Act) -> Item:
    item = known_text(desktop, act)
    check_not_asked(desktop.sitting, item.id)
    if item.asked != item.version or not item.votes:  # that nobody opposed would be printed as consensus
        raise Refused("SAL-024")
    if item.suspended:
        raise Refused("SAL-030")
    return item


def adopt_edition(desktop: Desktop, act: Act) -> Done:
    """SAL-031 no text was adopted."""
    found = desktop.sitting.state.result()
    if not any(item.adopted for item in found.items.values()):
        raise Refused("SAL-031")
    hash = words_hash_of(found)
    return Done((Said("edition_adopted", {"words_hash": hash}),), {"hash": hash})


def set_present(sitting: Sitting, act: Act) -> None:
    """Say how many people are in the room now."""
    _keep(sitting, present=act["n"])


def _keep(sitting: Sitting, **changes: Any) -> None:
    """Change what is kept beside the log, or nothing where the disk refuses."""
    before = sitting.kept
    sitting.kept = msgspec.structs.replace(before, **changes)
    try:
        sitting.keep()
    except AvisError:
        sitting.kept = before
        raise


def show(sitting: Sitting, act: Act) -> dict[str, Any]:
    """Choose what the wall shows; who is shown is known to all from then on. SAL-009 nothing is called so."""
    state, items = sitting.state, list(act.get("items", []))
    for id in items:
        item = state.items.get(state.owners.get(id, id))
        if item is None or item.suspended or id in item.held_back:
            raise Refused("SAL-009")
    shown = {"what": act["what"], "items": items}
    adopted = [item for item in state.items.values() if item.adopted] if act["what"] == "edition" else []
    dissents = [held.id for item in adopted for held in item.dissents if held.wordings]
    seen = dict.fromkeys([*sitting.kept.seen, *map(sitting.mark, [*items, *dissents])])
    _keep(sitting, shown=shown, seen=list(seen))
    return shown
