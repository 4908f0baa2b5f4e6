"""Taking back by a return code all that it was given for: noted, erased, then looked for elsewhere."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from avis.errors import AvisError
from avis.evaluation import as_of
from avis.rights.in_room import note_withdrawal
from avis.rights.sessions_erased import Held, erase_sessions, held_in_sessions, with_texts_amended
from avis.room.acts import Act, Refused
from avis.room.acts_codes import brought_with, what_is
from avis.room.following import Gone
from avis.room.sitting import Said, Sitting
from avis.writing.state import State


def note(sitting: Sitting, act: Act) -> Gone:
    """Write that words are to go, before any does, and give them; a note that stands is not written again.

    A text that took in an amendment of hers goes too: as it stands, it is her words. Where nothing is left to
    take back, no note is needed. SAL-017 nothing was brought with this code, SAL-035 another is being noted.
    """
    gone = with_texts_amended(sitting.evaluation, frozenset(brought_with(sitting, act["code"])))
    ordered, held = tuple(sorted(gone)), held_in_sessions(sitting.evaluation, gone)
    words = _words(held)
    voices = any(voice.exists() for log in held for voice in log.voices)
    if not (words or voices or gone & sitting.state.items.keys() or _closing(sitting.state, gone)):
        return Gone("", ordered, ())
    id = "r-" + hashlib.sha256(act.event.encode("utf-8")).hexdigest()[:8]
    try:
        note_withdrawal(sitting.evaluation, id, ordered, words, as_of())
    except AvisError as error:
        if any(problem.code == "RIG-004" for problem in error.problems):  # another withdrawal, for a moment
            raise Refused("SAL-035") from None
        raise
    return Gone(id, ordered, words)


def erase(sitting: Sitting, act: Act, gone: Gone) -> bool:
    """Take the words out of every log; true once they are.

    SAL-035 a log is being written, or a voice cannot be erased yet. The disk may take a part alone: the same
    act, sent again, goes on.
    """
    more = _closing(sitting.state, gone.ids)
    if more:
        sitting.say(f"{act.event}.open", more)
    try:
        refused = erase_sessions(
            sitting.evaluation, frozenset(gone.ids), act.event, carried=True, held=sitting.recorder
        )
    finally:
        sitting.reread()
    if refused:
        raise Refused("SAL-035")
    return True


def _words(held: Iterable[Held]) -> tuple[str, ...]:
    named = (one.log.words[word].text for one in held for word in one.words if word in one.log.words)
    return tuple(dict.fromkeys(named))


def _closing(state: State, ids: Iterable[str]) -> list[Said]:
    """Give the events that take back what stands inside a text: an open amendment, an objection."""
    said = []
    for id in ids:
        what, status, _ = what_is(state, id)
        if what == "amendment" and status in ("open", "suspended"):
            said.append(Said("amendment_withdrawn", {"item": state.home(id), "amendment": id}))
        elif what == "objection":
            said.append(Said("withdrawn", {"item": id}))
    return said
