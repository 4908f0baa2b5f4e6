"""What happens to agreement in a session: rounds, reactions, objections, dissent, adoption, quotes.

Each function lets one type of event happen to the state; its body has the form of `event.schema.json`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from avis.errors import problem
from avis.exhibits import Dissent
from avis.writing.items import TAKEN, Objection, QuoteApproval, Session
from avis.writing.state import Handler, State


def _session_opened(state: State, body: dict[str, Any]) -> None:
    if any(session.id == body["session"] for session in state.sessions):
        return state.ignore("SES-021", id=body["session"])
    scale = body["scale"]
    known = state.scales.get(scale["id"])
    if known is None or known.version != scale["version"]:
        state.add("SES-026", known=", ".join(f"{id} ({s.version})" for id, s in state.scales.items()))
    state.sessions.append(
        Session(
            id=body["session"],
            date=body["date"],
            languages=tuple(body["languages"]),
            scale=scale["id"],
            scale_version=scale["version"],
            present=body["present"],
            place=body.get("place", ""),
        )
    )
    state.salts += [body["code_salt"]] if "code_salt" in body else []


def _limits_read(state: State, body: dict[str, Any]) -> None:
    state.sessions[-1] = replace(state.sessions[-1], limits_read=body["hash"])


def _joined(state: State, body: dict[str, Any]) -> None:
    state.sessions[-1] = replace(state.sessions[-1], joined=state.sessions[-1].joined + 1)


def _session_closed(state: State, body: dict[str, Any]) -> None:
    state.sessions[-1] = replace(state.sessions[-1], closed=True)
    state.open = {}


def _round_opened(state: State, body: dict[str, Any]) -> None:
    """A round starts afresh: its tokens are new, so older answers would count people twice.

    Nothing is agreed until it is closed: one that was never closed leaves a text that nobody answered. That
    counts are published was decided about the former answers: two counts would tell who came in between.
    """
    session = state.sessions[-1]
    state.open[body["round"]] = tuple(body["items"])
    for id in body["items"]:
        item = state.item(id)
        if item:
            state.asked_reworded[id] = state.reworded.get(id, 0)
            present = body.get("present", session.present)
            item = replace(item, present=present, scale=session.scale, session=session.id)
            state.put(replace(item, votes={}, asked=0, counts_published=False))


def _round_closed(state: State, body: dict[str, Any]) -> None:
    """A round that was closed asked about each text as it stood, whoever answered.

    Answers to a text that its author had suspended did not count: it was not asked about.
    """
    for id in state.open.pop(body["round"], ()):
        item = state.items.get(id)
        if item and not item.suspended:
            state.put(replace(item, asked=item.version))


def _reacted(state: State, body: dict[str, Any]) -> None:
    item = state.item(body["item"])
    if item is None or not state.exists(item, body["version"]):
        return
    if body["version"] < item.version:
        return state.put(replace(item, stale=item.stale + 1))
    if not any(item.id in items for items in state.open.values()):
        return state.ignore("SES-024")
    scale = state.scales.get(state.sessions[-1].scale)
    levels = [level.id for level in scale.levels] if scale else []
    if scale and body["level"] not in levels:
        return state.ignore("SES-025", admitted=", ".join(levels))
    state.put(replace(item, votes={**item.votes, body["voter"]: body["level"]}))


def _objected(state: State, body: dict[str, Any]) -> None:
    item = state.item(body["item"])
    if item is None or not state.exists(item, body["version"]) or not state.free(body["objection"]):
        return
    state.owners[body["objection"]] = item.id
    state.bring(body["objection"], body)
    objection = Objection(body["objection"], body["version"], wording=state.wording(body))
    state.put(replace(item, objections=(*item.objections, objection)))


def _objection_resolved(state: State, body: dict[str, Any]) -> None:
    owner = state.owners.get(body["objection"])
    if owner is None:
        return state.ignore("SES-028")
    item = state.item(owner)
    if item:
        objections = tuple(
            replace(held, resolved=True) if held.id == body["objection"] else held for held in item.objections
        )
        state.put(replace(item, objections=objections))


def _dissent_recorded(state: State, body: dict[str, Any]) -> None:
    item = state.item(body["item"])
    if item is None or not state.free(body["dissent"]):
        return
    state.owners[body["dissent"]] = item.id
    state.bring(body["dissent"], body)
    wording = state.wording(body)
    dissent = Dissent(id=body["dissent"], wordings=(wording,) if wording else ())
    state.put(replace(item, dissents=(*item.dissents, dissent)))


def _counts_published(state: State, body: dict[str, Any]) -> None:
    item = state.item(body["item"])
    if item:
        state.put(replace(item, counts_published=True))


def _adopted(state: State, body: dict[str, Any]) -> None:
    item = state.item(body["item"])
    if item is None:
        return
    if body["version"] != item.version:
        facts = {"item": item.id, "version": body["version"], "current": item.version}
        state.misadopted[item.id] = problem("SES-022", state.place, **facts)
        return
    state.misadopted.pop(item.id, None)
    session = state.sessions[-1]
    scale = item.scale or session.scale
    state.put(replace(item, adopted_version=item.version, adopted_on=session.date, scale=scale))


def _edition_adopted(state: State, body: dict[str, Any]) -> None:
    state.edition, state.taken_back = (body["words_hash"], state.sessions[-1].date), {}
    state.carried = {}


def _adoption_carried(state: State, body: dict[str, Any]) -> None:
    """Somebody took words back and nothing else changed: what the room adopted is what is left of it.

    Words that were suspended and came back make it again what it was.
    """
    if body["was"] != state.edition[0]:  # another adoption came between: it stands or falls by itself
        return
    state.edition = (body["words_hash"], state.edition[1])
    if body["words_hash"] in state.carried and not body.keys() & set(TAKEN):
        state.taken_back = state.carried[body["words_hash"]]
        return
    state.carried[body["was"]] = dict(state.taken_back)
    for kind in TAKEN:
        if kind in body:
            state.taken_back[kind] = state.taken_back.get(kind, 0) + body[kind]


def _quote_approved(state: State, body: dict[str, Any]) -> None:
    before = state.quotes.get(body["quote"], QuoteApproval(body["quote"]))
    kept = frozenset() if before.revoked else before.approvals
    approval = (body["audience"], body["language"])
    texts = {} if before.revoked else dict(before.texts)
    texts.pop(approval, None)
    if exact := state.reason(body, "text"):
        texts[approval] = exact.text
    state.quotes[body["quote"]] = QuoteApproval(body["quote"], kept | {approval}, texts=texts)


def _approval_revoked(state: State, body: dict[str, Any]) -> None:
    state.quotes[body["quote"]] = QuoteApproval(body["quote"], revoked=True)


HANDLERS: dict[str, Handler] = {
    "session_opened": _session_opened,
    "limits_read": _limits_read,
    "joined": _joined,
    "session_closed": _session_closed,
    "round_opened": _round_opened,
    "round_closed": _round_closed,
    "reacted": _reacted,
    "objected": _objected,
    "objection_resolved": _objection_resolved,
    "dissent_recorded": _dissent_recorded,
    "counts_published": _counts_published,
    "adopted": _adopted,
    "edition_adopted": _edition_adopted,
    "adoption_carried": _adoption_carried,
    "quote_approved": _quote_approved,
    "approval_revoked": _approval_revoked,
}
"""By type of event."""
