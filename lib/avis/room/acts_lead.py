"""What the facilitator does with texts: translate, decide about amendments, group, merge, address."""

from __future__ import annotations

from avis.exhibits import Wording
from avis.room.acts import Act, Refused
from avis.room.acts_texts import (
    Desktop,
    Done,
    amendment_anywhere,
    check_language,
    check_not_asked,
    free_id,
    known_text,
    words_of,
)
from avis.room.sitting import Said, Sitting
from avis.writing.items import Amendment, Item


def wordings_of(sitting: Sitting, id: str) -> tuple[tuple[Wording, ...], int]:
    """Give the wordings of a text or a dissent, and the version of the text (SAL-009)."""
    state = sitting.state
    item = state.items.get(state.owners.get(id, id))
    if item is None:
        raise Refused("SAL-009")
    dissents = (one.wordings for one in item.dissents if one.id == id)
    found = item.wordings if id == item.id else next(dissents, ())
    if not found:
        raise Refused("SAL-009")
    return found, item.version if id == item.id else 1


def translate(desktop: Desktop, act: Act) -> Done:
    """SAL-009 no such text, SAL-010 another version, SAL-020 language, SAL-027 the original's language."""
    wordings, version = wordings_of(desktop.sitting, act["item"])
    if act["version"] != version:
        raise Refused("SAL-010")
    check_language(desktop.sitting, act)
    if wordings[0].language == act["language"]:
        raise Refused("SAL-027")
    body = {name: act[name] for name in ("item", "version", "language")}
    return Done((Said("translated", body | {"approved": False}, words_of(act)),))


def approve_words(desktop: Desktop, act: Act) -> Done:
    """The speaker approved a translation: SAL-009 no such text, SAL-028 no translation into that language."""
    wordings, version = wordings_of(desktop.sitting, act["item"])
    found = next((one for one in wordings[1:] if one.language == act["language"]), None)
    if found is None:
        raise Refused("SAL-028")
    body = {"item": act["item"], "version": version, "language": found.language, "approved": True}
    return Done((Said("translated", body, {"text": (found.language, found.text)}),))


def open_amendment(desktop: Desktop, act: Act) -> tuple[Item, Amendment]:
    """Give an amendment that nothing was decided about: SAL-009, SAL-025 unknown or decided."""
    item = known_text(desktop, act)
    found = next((one for one in item.amendments if one.id == act["amendment"]), None)
    if found is None or found.status != "open":
        raise Refused("SAL-025")
    return item, found


def accept_amendment(desktop: Desktop, act: Act) -> Done:
    """SAL-009, SAL-015 a round asks about the text, SAL-025 unknown, decided, suspended or erased."""
    item, amendment = open_amendment(desktop, act)
    check_not_asked(desktop.sitting, item.id)
    if amendment.wording is None or amendment.id in item.held_back:
        raise Refused("SAL-025")
    return Done((Said("amendment_accepted", {"item": item.id, "amendment": amendment.id}),))


def reject_amendment(desktop: Desktop, act: Act) -> Done:
    """SAL-009, SAL-025."""
    item, amendment = open_amendment(desktop, act)
    language = act.get("language") or desktop.sitting.session.languages[0]
    words = {"reason": (language, act["reason"])} if "reason" in act.fields else {}
    return Done((Said("amendment_rejected", {"item": item.id, "amendment": amendment.id}, words),))


def withdraw_amendment(desktop: Desktop, act: Act) -> Done:
    """SAL-009, SAL-025."""
    item, amendment = open_amendment(desktop, act)
    return Done((Said("amendment_withdrawn", {"item": item.id, "amendment": amendment.id}),))


def stand_alone(desktop: Desktop, act: Act) -> Done:
    """A rejected amendment stands by itself, under the return code of who brought it: SAL-009, SAL-025.

    One that its author suspended does not: its words would come back under another id.
    """
    sitting = desktop.sitting
    item, amendment = amendment_anywhere(sitting, act["amendment"])
    if item.id != act["item"] or amendment.status != "rejected":
        raise Refused("SAL-025")
    if amendment.wording is None or amendment.id in item.held_back:
        raise Refused("SAL-025")
    kind = act.get("kind", item.kind)
    code = next((hash for hash, ids in sitting.state.codes.items() if amendment.id in ids), "")
    id = free_id(sitting, "r" if kind == "recommendation" else "s")
    wording = amendment.wording
    body = {
        "item": id,
        "kind": kind,
        "question": item.question,
        "language": wording.language,
        "from": f"amendment:{amendment.id}",
    }
    body |= {"code": code} if code else {}
    return Done((Said("proposed", body, {"text": (wording.language, wording.text)}),), {"item": id})


def group(desktop: Desktop, act: Act) -> Done:
    """SAL-009."""
    for id in act["items"]:
        known_text(desktop, act, id)
    return Done((Said("grouped", {"items": act["items"], "into": act["into"]}),))


def merge(desktop: Desktop, act: Act) -> Done:
    """SAL-009, SAL-015, SAL-029 a text is not merged into itself."""
    for id in (*act["items"], act["into"]):
        known_text(desktop, act, id)
    if not [id for id in act["items"] if id != act["into"]]:
        raise Refused("SAL-029")
    check_not_asked(desktop.sitting, *act["items"], act["into"])
    return Done((Said("merged", {"items": act["items"], "into": act["into"]}),))


def resolve_objection(desktop: Desktop, act: Act) -> Done:
    """SAL-026 unknown or resolved."""
    state = desktop.sitting.state
    item = state.items.get(state.owners.get(act["objection"], ""))
    held = [one for one in (item.objections if item else ()) if one.id == act["objection"]]
    if not held or held[0].resolved:
        raise Refused("SAL-026")
    language = act.get("language") or desktop.sitting.session.languages[0]
    words = {"how": (language, act["text"])} if "text" in act.fields else {}
    return Done((Said("objection_resolved", {"objection": act["objection"]}, words),))


def set_addressee(desktop: Desktop, act: Act) -> Done:
    """SAL-001 nobody is named, SAL-009."""
    item = known_text(desktop, act)
    if not act["addressee"]:
        raise Refused("SAL-001")
    return Done((Said("addressee_set", {"item": item.id, "addressee": act["addressee"]}),))


def attach_sound(desktop: Desktop, act: Act) -> Done:
    """SAL-009."""
    item = known_text(desktop, act)
    body = {name: act[name] for name in ("item", "language", "file", "sha256")}
    return Done((Said("audio_attached", body | {"version": item.version}),))
