"""What happens to texts in a session: proposed, translated, amended, merged, addressed, withdrawn.

Each function lets one type of event happen to the state; its body has the form of `event.schema.json`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from avis.exhibits import Dissent, Wording
from avis.writing.items import Amendment, Item
from avis.writing.state import Handler, State


def _proposed(state: State, body: dict[str, Any]) -> None:
    if not state.free(body["item"]):
        return
    wording = state.wording(body)
    state.bring(body["item"], body)
    state.put(
        Item(
            id=body["item"],
            kind=body["kind"],
            question=body["question"],
            wordings=(wording,) if wording else (),
            origin=body.get("from", ""),
            withdrawn=wording is None,
        )
    )


def _renew(state: State, item: Item, wordings: tuple[Wording, ...]) -> Item:
    """Another version: reactions and translations were about the former one, and so was publishing counts."""
    return replace(
        item,
        version=item.version + 1,
        wordings=wordings,
        withdrawn=not wordings,
        votes={},
        counts_published=False,
    )


def _translated(state: State, body: dict[str, Any]) -> None:
    if body["item"] in state.owners:  # a dissent
        return _translated_dissent(state, body)
    item = state.item(body["item"])
    if item is None or not state.exists(item, body["version"]):
        return
    if body["version"] == item.version:
        state.put(replace(item, wordings=_with_translation(state, item.wordings, body)))


def _translated_dissent(state: State, body: dict[str, Any]) -> None:
    item = state.item(state.owners[body["item"]])
    if item is None:
        return
    dissents = tuple(
        Dissent(id=held.id, wordings=_with_translation(state, held.wordings, body))
        if held.id == body["item"]
        else held
        for held in item.dissents
    )
    state.put(replace(item, dissents=dissents))


def _with_translation(
    state: State, wordings: tuple[Wording, ...], body: dict[str, Any]
) -> tuple[Wording, ...]:
    """A translation goes where its original went; another one into the same language takes its place."""
    if not wordings:
        return ()
    if body["language"] == wordings[0].language:
        state.ignore("SES-030")
        return wordings
    wording = state.wording(body, original=False)
    others = tuple(old for old in wordings if old.language != body["language"])
    return (*others, wording) if wording else others


def _amendment_proposed(state: State, body: dict[str, Any]) -> None:
    item = state.item(body["item"])
    if item is None:
        return
    if any(amendment.id == body["amendment"] for amendment in item.amendments):
        return state.ignore("SES-021", id=body["amendment"])
    state.owners[body["amendment"]] = item.id
    state.amending.add(body["amendment"])
    state.bring(body["amendment"], body)
    amendment = Amendment(body["amendment"], state.wording(body))
    state.put(replace(item, amendments=(*item.amendments, amendment)))


def _decide(
    state: State, body: dict[str, Any], status: Any, reason: Wording | None = None
) -> tuple[Item, Amendment] | None:
    item = state.item(body["item"])
    if item is None:
        return None
    found = next((a for a in item.amendments if a.id == body["amendment"]), None)
    if found is None or found.status != "open":
        state.ignore("SES-027")
        return None
    decided = replace(found, status=status, reason=reason)
    amendments = tuple(decided if a.id == found.id else a for a in item.amendments)
    item = replace(item, amendments=amendments)
    state.put(item)
    return item, decided


def _amendment_accepted(state: State, body: dict[str, Any]) -> None:
    decided = _decide(state, body, "accepted")
    if decided:
        item, amendment = decided
        state.put(_renew(state, item, (amendment.wording,) if amendment.wording else ()))


def _amendment_rejected(state: State, body: dict[str, Any]) -> None:
    _decide(state, body, "rejected", state.reason(body, "reason"))


def _amendment_withdrawn(state: State, body: dict[str, Any]) -> None:
    _decide(state, body, "withdrawn")


def _grouped(state: State, body: dict[str, Any]) -> None:
    for id in body["items"]:
        item = state.item(id)
        if item:
            state.put(replace(item, group=body["into"]))


def _merged(state: State, body: dict[str, Any]) -> None:
    """Merged texts live on in one of them, which takes over what was objected to and who dissented."""
    into = state.item(body["into"])
    if into is None:
        return
    for id in body["items"]:
        item = state.item(id)
        if item is None or id == into.id:
            continue
        into = replace(
            into,
            objections=into.objections + item.objections,
            dissents=into.dissents + item.dissents,
            merged=(*into.merged, *item.merged, id),
            held_back=into.held_back | item.held_back,
        )
        state.owners |= {held.id: into.id for held in item.objections}
        state.owners |= {held.id: into.id for held in item.dissents}
        state.merged[id] = into.id
        _leave(state, id)
    state.put(_renew(state, into, into.wordings[:1]))


def _leave(state: State, id: str) -> None:
    del state.items[id]
    state.misadopted.pop(id, None)
    state.gone.add(id)


def _withdrawn(state: State, body: dict[str, Any]) -> None:
    """A text, a dissent or an objection is taken back by who brought it."""
    id = body["item"]
    if id not in state.owners:
        if state.item(id):
            _leave(state, id)
        return
    item = state.item(state.owners[id])
    if item:
        dissents = tuple(held for held in item.dissents if held.id != id)
        objections = tuple(held for held in item.objections if held.id != id)
        state.put(replace(item, dissents=dissents, objections=objections))


def _reworded(state: State, body: dict[str, Any]) -> None:
    """An author changes her own words: a text gets another version, what she brought to one other words."""
    id, wording = body["item"], state.wording(body)
    state.reworded[id] = state.reworded.get(id, 0) + 1
    if id not in state.owners:
        item = state.item(id)
        if item:
            state.put(_renew(state, item, (wording,) if wording else ()))
        return
    item = state.item(state.owners[id])
    if item is None:
        return
    dissent = Dissent(id=id, wordings=(wording,) if wording else ())
    if id in state.held_back:
        state.held_back[id] = dissent
    else:
        item = _with_dissent(item, dissent)
    objections = tuple(replace(one, wording=wording) if one.id == id else one for one in item.objections)
    amendments = tuple(
        replace(one, wording=wording) if one.id == id and one.status == "open" else one
        for one in item.amendments
    )
    state.put(replace(item, objections=objections, amendments=amendments))


def _suspended(state: State, body: dict[str, Any]) -> None:
    """An author wants her words out of sight; a dissent goes on counting, without its words."""
    id = body["item"]
    item = state.item(state.owners.get(id, id))
    if item is None:
        return
    for held in item.dissents:
        if held.id == id and id not in state.held_back:
            state.held_back[id] = held
            item = _with_dissent(item, Dissent(id=id, wordings=()))
    state.put(replace(item, held_back=item.held_back | {id}))


def _resumed(state: State, body: dict[str, Any]) -> None:
    id = body["item"]
    item = state.item(state.owners.get(id, id))
    if item is None:
        return
    if id in state.held_back:
        item = _with_dissent(item, state.held_back.pop(id))
    state.put(replace(item, held_back=item.held_back - {id}))


def _with_dissent(item: Item, dissent: Dissent) -> Item:
    return replace(item, dissents=tuple(dissent if one.id == dissent.id else one for one in item.dissents))


def _addressee_set(state: State, body: dict[str, Any]) -> None:
    item = state.item(body["item"])
    if item:
        state.put(replace(item, addressee=dict(body["addressee"])))


HANDLERS: dict[str, Handler] = {
    "proposed": _proposed,
    "translated": _translated,
    "amendment_proposed": _amendment_proposed,
    "amendment_accepted": _amendment_accepted,
    "amendment_rejected": _amendment_rejected,
    "amendment_withdrawn": _amendment_withdrawn,
    "grouped": _grouped,
    "merged": _merged,
    "withdrawn": _withdrawn,
    "addressee_set": _addressee_set,
    "reworded": _reworded,
    "suspended": _suspended,
    "resumed": _resumed,
}
"""By type of event."""
