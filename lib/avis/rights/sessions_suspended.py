"""Putting texts of a session on hold and taking them up again, once the session is over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from pathlib import Path
from typing import Any, Literal

from avis.errors import AvisError, Problems
from avis.evaluation import Evaluation
from avis.rights.sessions_erased import WRITER
from avis.writing.chain import Entry, Event
from avis.writing.deliberation import fold_state, read_logs
from avis.writing.events import Recorder
from avis.writing.lessened import carried_over
from avis.writing.state import State

Said = tuple[str, dict[str, Any]]


def texts_of_sessions(opened: Evaluation) -> frozenset[str]:
    """Give the ids of texts, amendments, objections and dissents that the logs still hold."""
    state = fold_state(read_logs(opened, Problems()), opened.settings.scales)
    return frozenset(state.items) | {id for id in state.owners if state.home(id) in state.items}


def suspend_sessions(
    opened: Evaluation, ids: Collection[str], kind: Literal["suspended", "resumed"], mark: str
) -> list[str]:
    """Add `suspended` or `resumed` to the last log; an adopted edition is carried over to what is left.

    Twice does no more than once. Gives the name of the log where another is at work, or it is damaged.
    """
    logs = read_logs(opened, Problems())
    state = fold_state(logs, opened.settings.scales)
    wanted = [id for id in ids if _stands(state, id) and _is_suspended(state, id) == (kind == "resumed")]
    if not wanted:
        return []
    said: list[Said] = [(kind, {"item": id}) for id in wanted]
    more = tuple(Event("", 0, WRITER, "", type, body, "") for type, body in said)
    carried = carried_over(logs, more, opened.settings.scales)
    log = logs[-1]
    try:
        adoption: list[Said] = [("adoption_carried", carried)] if carried else []
        _write(opened.folders.root / log.name, [*adoption, *said], mark)
    except (AvisError, OSError):
        return [log.name]
    return []


def _stands(state: State, id: str) -> bool:
    return id not in state.merged and state.home(id) in state.items


def _is_suspended(state: State, id: str) -> bool:
    return id in state.items[state.home(id)].held_back


def _write(path: Path, said: list[Said], mark: str) -> None:
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:00Z")
    entries = [Entry(f"{mark}-{n:03}", type, body, now, WRITER) for n, (type, body) in enumerate(said, 1)]
    with Recorder(path) as recorder:
        recorder.append(entries, {})
