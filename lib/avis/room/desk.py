"""The desk of the room: every act of every page comes here, one after the other, and is answered.

An answer that says yes means that what was asked is on the disk. The same act sent twice is done once and
answered twice the same. Nothing here knows of a network.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from avis.errors import AvisError, Problems
from avis.evaluation import Evaluation
from avis.folders import cannot_write, write_whole
from avis.room import acts_codes, acts_lead, acts_rounds, taking_back
from avis.room.acts import Act, Answer, Refused, read
from avis.room.acts_again import answer_again, answer_known, seal_of
from avis.room.acts_rounds import Round, open_round_of
from avis.room.acts_session import begin, finish
from avis.room.acts_table import DOINGS
from avis.room.acts_texts import Desktop, Offers
from avis.room.codes import make_id
from avis.room.following import Gone
from avis.room.sitting import FOLDER, Sitting, log_path, minute, resume_sitting, unfinished
from avis.writing.deliberation import fold_logs, read_logs
from avis.writing.items import Deliberation, Session

Call = tuple[int, str, str]
"""Somebody wants to stop, or to talk: a number, which of the two, and the minute."""
MOST_CALLS = 100
MOST_REMEMBERED = 4000
_AFTER_LIMITS = ("propose", "amend", "react", "object", "dissent")
"""What a phone may do only once the limits of confidentiality were read to the room."""
_READS = ("mine", "quotes")
"""Acts that change nothing: they are answered afresh each time."""
_PERHAPS_LATER = ("SAL-032", "SAL-035", "SAL-037", "SAL-038")
"""Refusals that may be otherwise in a moment: what was asked is kept and sent again."""


class Desk:
    """One open session, or none yet. There is one desk a process, and one process a session."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self.revision = 0  # grows with each change that a page may show
        self.trouble = ""
        """`full` where the disk is, `unwritable` where it refuses for another reason."""
        self.calls: tuple[Call, ...] = ()
        self.offers: Offers | None = None
        """What there is to write from, once it is gathered."""
        self.follow: Callable[[Gone], None] | None = None
        """Has words that were taken back looked for elsewhere."""
        self.problems = Problems()
        """What was said of the log when it was taken up: SES-001 where its last line was torn."""
        self.lead_key = secrets.token_urlsafe(24)
        self._sitting: Sitting | None = None
        self._done: dict[tuple[str, str], tuple[bytes, Answer]] = {}
        self._calls = 0
        self._stands: Deliberation | None = None

    @classmethod
    def open(cls, evaluation: Evaluation, name: str | None = None) -> Desk:
        """Open the desk of an evaluation, with a session that is taken up, or none.

        Errors: SAL-022, SAL-039, and those of `Recorder`: SES-010 another desk has the session.
        """
        desk = cls(evaluation)
        if name:
            desk._take(resume_sitting(evaluation, name, ""))
        return desk

    def _take(self, sitting: Sitting) -> None:
        self._sitting, self.lead_key = sitting, sitting.kept.lead
        self.problems = sitting.recorder.problems
        acts_rounds.finish_closing(sitting)
        self._changed()

    def close(self) -> None:
        """Let go of the session; it stays open and can be taken up again."""
        if self._sitting:
            self._sitting.close()
            self._sitting = None

    @property
    def sitting(self) -> Sitting | None:
        """The open session."""
        return self._sitting

    @property
    def name(self) -> str:
        """The name of the open session."""
        return self._sitting.name if self._sitting else ""

    @property
    def session(self) -> Session | None:
        """The open session, as its log tells it."""
        return self._sitting.session if self._sitting else None

    @property
    def secret(self) -> bytes:
        """The secret of the open session, from which seats are signed; empty where none is open."""
        return bytes.fromhex(self._sitting.kept.secret) if self._sitting else b""

    @property
    def unfinished(self) -> tuple[tuple[str, str], ...]:
        """Sessions that can be taken up, as (name, date)."""
        return tuple((one.id, one.date) for one in unfinished(self.evaluation))

    @property
    def deliberation(self) -> Deliberation:
        """Where the group's writing stands."""
        if self._stands is None:
            if self._sitting:
                self._stands = self._sitting.state.result()
            else:
                logs = read_logs(self.evaluation, Problems())
                self._stands = fold_logs(logs, self.evaluation.settings.scales)
        return self._stands

    @property
    def round(self) -> Round | None:
        """The open round."""
        return open_round_of(self._sitting) if self._sitting else None

    @property
    def present(self) -> int:
        """How many people are in the room, as the facilitator last said."""
        return self._sitting.kept.present if self._sitting else 0

    @property
    def shown(self) -> dict[str, Any]:
        """What the wall shows: `what`, and the `items` that it is about."""
        return dict(self._sitting.kept.shown) if self._sitting else {"what": "nothing", "items": []}

    def is_seen(self, id: str) -> bool:
        """Tell whether everybody may know of a text or an amendment."""
        return self._sitting is not None and self._sitting.is_seen(id)

    def phone(self, act: Mapping[str, Any], seat: str) -> Answer:
        """Do what a phone asks."""
        return self._answer(act, "phone", seat)

    def lead(self, act: Mapping[str, Any]) -> Answer:
        """Do what the facilitator asks."""
        return self._answer(act, "lead", "")

    def breathe(self) -> bool:
        """After trouble with the disk, try whether it takes something again; tell whether it does."""
        probe = self.evaluation.folders.root / FOLDER / ".essai"
        try:
            if self._sitting:
                self._sitting.heal()
            write_whole(probe, secrets.token_bytes(65_536))
            probe.unlink()
        except (AvisError, OSError):
            return False
        self._well()
        return True

    def _well(self) -> None:
        if self.trouble:
            self.trouble = ""
            self._changed()

    def _changed(self) -> None:
        self.revision += 1
        self._stands = None

    # --- an act

    def _answer(self, raw: Mapping[str, Any], by: str, seat: str) -> Answer:
        try:
            act = read(raw, by, seat)
            seal = seal_of(act)
            before = self._done.get((by, act.id))
            if before:
                return answer_again(before, seal)
            answer = self._do(act)
        except Refused as refused:
            return Answer(ok=False, code=refused.code, retry=refused.code in _PERHAPS_LATER)
        except OSError as error:
            return self._not_written(cannot_write(log_path(self.evaluation, "x"), error))
        except AvisError as error:
            return self._not_written(error)
        if act.do not in _READS:
            self._remember(act, seal, answer)
        if act.do not in (*_READS, "call", "answered"):
            self._well()
        return answer

    def _not_written(self, error: AvisError) -> Answer:
        """Say that the disk refused: nothing has happened, and the same act may be sent again."""
        codes = {problem.code for problem in error.problems}
        if not codes & {"RUN-010", "RUN-011", "RUN-012"}:
            return Answer(ok=False, code=next(iter(sorted(codes))))
        trouble = "full" if "RUN-011" in codes else "unwritable"
        if trouble != self.trouble:
            self.trouble = trouble
            self._changed()
        return Answer(ok=False, code="SAL-037" if trouble == "full" else "SAL-038", retry=True)

    def _remember(self, act: Act, seal: bytes, answer: Answer) -> None:
        self._done[act.by, act.id] = seal, answer
        while len(self._done) > MOST_REMEMBERED:
            del self._done[next(iter(self._done))]

    def _do(self, act: Act) -> Answer:
        if act.do in ("open_session", "resume_session"):
            return self._begin(act)
        sitting = self._sitting
        if sitting is None:
            raise Refused("SAL-007")
        event = make_id(sitting.kept.secret, act.by, act.id)
        act = replace(act, event=event)
        if event in sitting.kept.answered:
            return Answer(ok=True, again=True)
        known = sitting.recorder.known(event)
        if known:
            return answer_known(sitting, act, *known)
        if act.by == "phone" and act.do in _AFTER_LIMITS and not sitting.session.limits_read:
            raise Refused("SAL-008")
        special = _SPECIAL.get(act.do)
        if special:
            given = special(self, sitting, act)
            self._changed()
            return Answer(ok=True, given=given)
        done = DOINGS[act.do](Desktop(sitting, self.offers), act)
        if done.said:
            sitting.say(event, done.said)
            self._changed()
        return Answer(ok=True, given=done.given)

    def _begin(self, act: Act) -> Answer:
        """Open a session, or take one up; the one that is open already is only told (SAL-036 another)."""
        sitting = self._sitting
        if sitting is None:
            self._take(begin(self.evaluation, act, self.lead_key))
            return Answer(ok=True, given={"session": self.name})
        opened = sitting.recorder.known(make_id(sitting.kept.secret, act.by, act.id))
        if act.do == "open_session" and opened:  # sent again after a crash
            answer_known(sitting, act, *opened)
        elif act.get("name") != sitting.name:
            raise Refused("SAL-036")
        return Answer(ok=True, given={"session": self.name}, again=True)

    def _close_session(self, sitting: Sitting, act: Act) -> dict[str, Any]:
        finish(sitting, act)
        self._sitting, self.calls = None, ()
        return {}

    def _close_round(self, sitting: Sitting, act: Act) -> dict[str, Any]:
        return {"round": acts_rounds.close_round(sitting, act.event).id}

    def _show(self, sitting: Sitting, act: Act) -> dict[str, Any]:
        return acts_rounds.show(sitting, act)

    def _present(self, sitting: Sitting, act: Act) -> dict[str, Any]:
        acts_rounds.set_present(sitting, act)
        return {}

    def _call(self, sitting: Sitting, act: Act) -> dict[str, Any]:
        """Somebody wants to stop or to talk: said to the facilitator alone, and written nowhere."""
        self._calls += 1
        self.calls = (*self.calls, (self._calls, act["what"], minute()))[-MOST_CALLS:]
        return {}

    def _answered(self, sitting: Sitting, act: Act) -> dict[str, Any]:
        self.calls = tuple(call for call in self.calls if call[0] != act["n"])
        return {}

    def _approve_words(self, sitting: Sitting, act: Act) -> dict[str, Any]:
        approve = acts_codes.approve_words if act.by == "phone" else acts_lead.approve_words
        done = approve(Desktop(sitting, self.offers), act)
        sitting.say(act.event, done.said)
        return done.given

    def _withdraw(self, sitting: Sitting, act: Act) -> dict[str, Any]:
        gone, erased = taking_back.note(sitting, act), False
        try:
            erased = taking_back.erase(sitting, act, gone)
        finally:  # where it broke off, what is gone leaves the screens and is looked for all the same
            self._changed()
            if self.follow and (gone.words or erased) and gone.note:
                self.follow(gone if erased else Gone("", gone.ids, gone.words))
        return {"items": list(gone.ids)}


_SPECIAL: Mapping[str, Callable[[Desk, Sitting, Act], dict[str, Any]]] = {
    "close_session": Desk._close_session,
    "close_round": Desk._close_round,
    "show": Desk._show,
    "present": Desk._present,
    "call": Desk._call,
    "answered": Desk._answered,
    "approve_words": Desk._approve_words,
    "withdraw": Desk._withdraw,
}
"""What is more than adding events, or is written nowhere."""
