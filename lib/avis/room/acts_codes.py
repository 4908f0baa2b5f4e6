"""What a return code opens: what its author brought, to be changed, suspended, taken up again or taken back.

The code alone decides: no seat, no name, no device. What it was given for is found by its slow hash, in the
logs of all sessions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from avis.exhibits import Wording
from avis.room.acts import Act, Refused
from avis.room.acts_lead import approve_words as approve
from avis.room.acts_texts import Desktop, Done, check_language, check_not_asked, free_id, words_of
from avis.room.sitting import Said, Sitting
from avis.writing.chain import Event
from avis.writing.codes import code_hash
from avis.writing.items import Item
from avis.writing.lessened import carried_over
from avis.writing.state import State


def brought_with(sitting: Sitting, code: str) -> list[str]:
    """Give the ids of what a code was given for, oldest first (SAL-017 nothing)."""
    state = sitting.state
    hashes = [code_hash(code, salt) for salt in dict.fromkeys(state.salts)]
    found = list(dict.fromkeys(id for hash in hashes for id in state.codes.get(hash, ())))
    if not found:
        raise Refused("SAL-017")
    return found


def mine(desktop: Desktop, act: Act) -> Done:
    """What she brought, and what became of it: SAL-017."""
    state = desktop.sitting.state
    return Done(given={"brought": [_told(state, id) for id in brought_with(desktop.sitting, act["code"])]})


def _told(state: State, id: str) -> dict[str, Any]:
    what, status, wordings = what_is(state, id)
    home = state.items.get(state.home(id))
    said = [
        {"language": one.language, "text": one.text, "original": one.original, "approved": one.approved}
        for one in wordings
    ]
    item = home.id if home else ""
    version = home.version if home else 0
    return {"id": id, "what": what, "item": item, "version": version, "status": status, "wordings": said}


def what_is(state: State, id: str) -> tuple[str, str, Sequence[Wording]]:
    """Say what an id is, what became of it, and its words as they stand."""
    item = state.items.get(state.home(id))
    if id not in state.owners:
        if id in state.merged:
            return "text", "merged", item.wordings if item else ()
        return ("text", *_of_text(item)) if item else ("text", "withdrawn", ())
    for amendment in item.amendments if item else ():
        if amendment.id == id:
            held = "suspended" if item and id in item.held_back else amendment.status
            return "amendment", held, [amendment.wording] if amendment.wording else ()
    for objection in item.objections if item else ():
        if objection.id == id:
            status = "resolved" if objection.resolved else "maintained"
            return "objection", status, [objection.wording] if objection.wording else ()
    for dissent in item.dissents if item else ():
        if dissent.id == id:
            status = "suspended" if id in state.held_back else "recorded"
            return "dissent", status, state.held_back.get(id, dissent).wordings
    return "amendment" if id in state.amending else "text", "withdrawn", ()


def _of_text(item: Item) -> tuple[str, Sequence[Wording]]:
    for holds, status in (
        (item.withdrawn, "withdrawn"),
        (item.suspended, "suspended"),
        (item.adopted, "adopted"),
    ):
        if holds:
            return status, item.wordings
    return "open", item.wordings


def approve_words(desktop: Desktop, act: Act) -> Done:
    """Its speaker approves a translation of what she brought: SAL-017, SAL-018 not hers, SAL-009, SAL-028."""
    if act["item"] not in brought_with(desktop.sitting, act["code"]):
        raise Refused("SAL-018")
    return approve(desktop, act)


def change(desktop: Desktop, act: Act) -> Done:
    """Her own words in another wording, while nobody else's stand in them; after that, as an amendment.

    SAL-015 a round asks about it, SAL-017, SAL-018 it can no longer be changed, SAL-020 language.
    """
    sitting, state = desktop.sitting, desktop.sitting.state
    ids = brought_with(sitting, act["code"])
    check_language(sitting, act)
    open_ids = [id for id in ids if _can_change(state, id)]
    id = act.get("item") or next(iter(open_ids), "")
    if id not in open_ids:
        raise Refused("SAL-018")
    item = state.items[state.home(id)]
    if id in state.owners and not _is_accepted(item, id):
        return Done((Said("reworded", {"item": id, "language": act["language"]}, words_of(act)),))
    check_not_asked(sitting, item.id)
    if id == item.id and not (item.amendments_accepted or item.merged):
        return Done((Said("reworded", {"item": id, "language": act["language"]}, words_of(act)),))
    kept = next(hash for hash, known in state.codes.items() if id in known)
    amendment = free_id(sitting, f"{item.id}-a")
    body = {"item": item.id, "amendment": amendment, "language": act["language"], "code": kept}
    return Done((Said("amendment_proposed", body, words_of(act)),), {"amendment": amendment})


def _is_accepted(item: Item, id: str) -> bool:
    return any(one.id == id and one.status == "accepted" for one in item.amendments)


def _can_change(state: State, id: str) -> bool:
    what, status, _ = what_is(state, id)
    closed = {"amendment": ("rejected", "withdrawn"), "objection": ("resolved",)}
    return state.home(id) in state.items and status not in ("withdrawn", *closed.get(what, ()))


def suspend(desktop: Desktop, act: Act) -> Done:
    """All that she brought goes out of sight until she resumes it: SAL-017, SAL-018 nothing is left."""
    return _switch(desktop, act, "suspended")


def resume(desktop: Desktop, act: Act) -> Done:
    """What was suspended may be seen again: SAL-017, SAL-018 nothing was suspended."""
    return _switch(desktop, act, "resumed")


def _switch(desktop: Desktop, act: Act, type: str) -> Done:
    sitting, state = desktop.sitting, desktop.sitting.state
    ids = brought_with(sitting, act["code"])
    alive = [id for id in ids if id not in state.merged and _can_change(state, id)]
    found = [id for id in alive if _is_suspended(state, id) == (type == "resumed")]
    if not found:
        raise Refused("SAL-018")
    said = [Said(type, {"item": id}) for id in found]
    return Done((*adoption_after(sitting, said), *said))


def _is_suspended(state: State, id: str) -> bool:
    return id in state.items[state.home(id)].held_back


def adoption_after(sitting: Sitting, said: Iterable[Said]) -> tuple[Said, ...]:
    """Carry the adoption over to what is left of it, or is whole again; nothing where more changed."""
    own = sitting.recorder.log
    more = tuple(Event("", 0, "", "", one.type, dict(one.body), "") for one in said)
    scales = sitting.evaluation.settings.scales
    body = carried_over([*sitting.others, own], more, scales)
    return (Said("adoption_carried", body),) if body else ()
