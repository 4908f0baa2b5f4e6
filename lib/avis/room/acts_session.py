"""How a session begins and ends."""

from __future__ import annotations

import datetime as dt
import secrets

from avis.errors import AvisError
from avis.evaluation import Evaluation
from avis.room.acts import Act, Refused
from avis.room.codes import kept_path, make_id
from avis.room.sitting import (
    Said,
    Sitting,
    answers_wait,
    free_name,
    is_read,
    log_path,
    open_sitting,
    resume_sitting,
)


def begin(evaluation: Evaluation, act: Act, lead: str) -> Sitting:
    """Open a session, or take up one that was not closed.

    Errors: SAL-001 no such day, SAL-022 session unknown, SAL-023 a later session was opened, SAL-040
    `evaluation.yaml` reads no session, SAL-041 scale unknown, SAL-043 a round was left open in the last
    session; those of `Recorder`.
    """
    if act.do == "resume_session":
        return resume_sitting(evaluation, act["name"], lead)
    _check_day(act["date"])
    if act["scale"] not in evaluation.settings.scales:
        raise Refused("SAL-041")
    name = free_name(evaluation, act["date"])
    if not is_read(evaluation, name):
        raise Refused("SAL-040")
    if answers_wait(evaluation):
        raise Refused("SAL-043")
    return _open(evaluation, act, name, lead)


def _check_day(date: str) -> None:
    try:
        dt.date.fromisoformat(date)
    except ValueError:
        raise Refused("SAL-001") from None


def _open(evaluation: Evaluation, act: Act, name: str, lead: str) -> Sitting:
    scale = evaluation.settings.scales[act["scale"]]
    body = {
        "session": name,
        "date": act["date"],
        "languages": act["languages"],
        "scale": {"id": act["scale"], "version": scale.version},
        "present": act["present"],
    }
    body |= {"place": act["place"]} if "place" in act.fields else {}
    sitting = open_sitting(evaluation, name, lead, act["date"], act["present"])
    # One salt for all sessions of an evaluation: a code then costs one slow reckoning, not one a session.
    opened = Said(
        "session_opened", body | {"code_salt": next(iter(sitting.state.salts), secrets.token_hex(16))}
    )
    try:
        if sitting.is_before_others(act["date"]):
            raise Refused("SAL-023")
        sitting.say(make_id(sitting.kept.secret, act.by, act.id), [opened])
    except (AvisError, Refused):
        sitting.close()
        kept_path(log_path(evaluation, name)).unlink(missing_ok=True)
        raise
    return sitting


def finish(sitting: Sitting, act: Act) -> None:
    """Close a session for good: its secret goes (SAL-014 a round is open)."""
    if sitting.state.open:
        raise Refused("SAL-014")
    sitting.recorder.erase_unnamed()  # before the last line: where the disk refuses, it can be asked again
    sitting.say(act.event, [Said("session_closed", {})])
    sitting.end()
