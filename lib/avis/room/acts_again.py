"""An act that comes a second time: phones send again what they had no answer to, pages after a crash.

While the desk stays open it remembers what it answered. After a crash the log tells: it holds the event, and
what the act gave can be reckoned from it once more.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import msgspec

from avis.room.acts import Act, Answer, Refused
from avis.room.codes import make_code
from avis.room.sitting import Sitting
from avis.writing.codes import code_hash

_TYPES: Mapping[str, tuple[str, ...]] = {
    "open_session": ("session_opened",),
    "limits_read": ("limits_read",),
    "propose": ("proposed",),
    "amend": ("amendment_proposed",),
    "object": ("objected",),
    "dissent": ("dissent_recorded",),
    "translate": ("translated",),
    "approve_words": ("translated",),
    "accept_amendment": ("amendment_accepted",),
    "reject_amendment": ("amendment_rejected",),
    "withdraw_amendment": ("amendment_withdrawn",),
    "stand_alone": ("proposed",),
    "group": ("grouped",),
    "merge": ("merged",),
    "resolve_objection": ("objection_resolved",),
    "set_addressee": ("addressee_set",),
    "publish_counts": ("counts_published",),
    "open_round": ("round_opened",),
    "close_round": ("round_closed",),
    "adopt": ("adopted",),
    "adopt_edition": ("edition_adopted",),
    "change": ("reworded", "amendment_proposed"),
    "suspend": ("suspended",),
    "resume": ("resumed",),
    "approve_quote": ("quote_approved",),
    "revoke_quote": ("approval_revoked",),
    "audio_kept": ("audio_attached",),
}
"""The event that each act ends with."""
_GIVEN = {
    "proposed": {"item": "item"},
    "amendment_proposed": {"amendment": "amendment"},
    "objected": {"objection": "objection"},
    "dissent_recorded": {"dissent": "dissent"},
    "round_opened": {"round": "round"},
    "round_closed": {"round": "round"},
    "edition_adopted": {"hash": "words_hash"},
}
"""What an act gives, by the field of its event."""
_OTHERWISE = {"open_session": ("scale",), "stand_alone": ("item", "kind"), "change": ("item",)}
"""Fields that say another thing in the act than in its event."""


def seal_of(act: Act) -> bytes:
    """Give what tells one act from another, whoever sent it; words are not kept for that."""
    content = json.dumps([act.do, act.fields], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode("utf-8")).digest()


def answer_again(before: tuple[bytes, Answer], seal: bytes) -> Answer:
    """Answer as before; SAL-006 where the id stood for something else."""
    sealed, answer = before
    if sealed != seal:
        raise Refused("SAL-006")
    return msgspec.structs.replace(answer, again=True)


def answer_known(sitting: Sitting, act: Act, type: str, body: Mapping[str, Any]) -> Answer:
    """Answer as before from the log; SAL-006 where the id stood for something else."""
    if type not in _TYPES.get(act.do, ()) or not _same(sitting, act, body):
        raise Refused("SAL-006")
    given = {name: body[field] for name, field in _GIVEN.get(type, {}).items() if act.do != "change"}
    if act.do == "change" and "amendment" in body:
        given = {"amendment": body["amendment"]}
    if "code" in body and act.do not in ("change", "stand_alone") and not act.get("slip"):
        code = make_code(sitting.kept.secret, act.event)
        given |= {"code": code} if code_hash(code, sitting.salt) == body["code"] else {}
    return Answer(ok=True, given=given, again=True)


def _same(sitting: Sitting, act: Act, body: Mapping[str, Any]) -> bool:
    """Tell whether an act says what its event says; words that were erased can no longer be compared."""
    shared = act.fields.keys() & body.keys() - {"text", "reason", "code", *_OTHERWISE.get(act.do, ())}
    if any(act[name] != body[name] for name in shared):
        return False
    word = (
        sitting.recorder.words.get(body["text"]["word"]) if "text" in body and "text" in act.fields else None
    )
    return word is None or word.text == act["text"]
