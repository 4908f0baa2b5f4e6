"""Opening the room's server and closing it: its port, its lock, its signals; nothing of what it answers."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from avis import locks
from avis.errors import AvisError, Problems, fail
from avis.evaluation import Evaluation
from avis.folders import Folders
from avis.found import Found, forget, read_found, write_found
from avis.room.box import box_path
from avis.room.codes import kept_path
from avis.room.keys import HALF_DAY, HOUR
from avis.room.network import bind, lan_addresses
from avis.room.recording import FOLDER, sweep
from avis.room.serving import Room, make_server
from avis.room.sitting import FOLDER as SESSIONS
from avis.room.sitting import log_path
from avis.writing.deliberation import read_logs

TICK = 1.0
"""Seconds between looks at what changes by itself: the code on the wall, a disk that has room again."""


@dataclass(frozen=True)
class Asked:
    """What the command asks for; `host` is the address that phones take, the only one then open."""

    port: int | None = None
    host: str = ""


Tell = Callable[[Room], None]
"""Says to whoever started the room that it is open, and where."""


def run(opened: Evaluation, asked: Asked, tell: Tell) -> None:
    """Serve the room until somebody stops it; `tell` is called once it is open.

    Errors: SAL-120 the port is taken; SAL-121 the room is open already; SAL-122 `host` is not ours; SAL-123
    the evaluation has no scale or no question; SES-010 another writer holds the session.
    """
    _check(opened, asked)
    with _alone(opened.folders):
        asyncio.run(_serve(opened, asked, tell))


def _check(opened: Evaluation, asked: Asked) -> None:
    if not (opened.settings.scales and opened.settings.request and opened.settings.request.questions):
        raise fail("SAL-123")
    known = lan_addresses()
    if asked.host and asked.host not in known:
        raise fail("SAL-122", known=", ".join(known) or "–")


@contextlib.contextmanager
def _alone(folders: Folders) -> Iterator[None]:
    """Let one server at a time serve a room."""
    held = locks.take(folders.room.with_name(".salle.lock"))
    if held is None:
        found = read_found(folders)
        raise fail("SAL-121", address=found.lead.partition("#")[0] if found else "…")
    with held:
        yield


async def _serve(opened: Evaluation, asked: Asked, tell: Tell) -> None:
    keep_quiet()
    former = read_found(opened.folders)
    sockets, port = bind(asked.port, former.port if former else 0, asked.host)
    room = Room(opened, port, (asked.host,) if asked.host else ())
    _heed_signals(room)
    server = make_server(room)
    try:
        forget_closed(opened)
        room.take_up(former, last_touched(opened, [name for name, _ in room.desk.unfinished]))
        sweep(opened.folders.root / SESSIONS / FOLDER)
        server.add_sockets(sockets)
        write_found(opened.folders, found_of(room))
        tell(room)
        await _until_stopped(room)
    finally:
        server.stop()
        await room.close()
        forget(opened.folders)


def forget_closed(opened: Evaluation) -> None:
    """Erase the secret of a session whose closing a crash cut short: its codes could be reckoned from it."""
    for log in read_logs(opened, Problems()):
        if any(event.type == "session_closed" for event in log.events):
            kept_path(opened.folders.root / log.name).unlink(missing_ok=True)


def last_touched(opened: Evaluation, names: list[str]) -> str:
    """Give the session that was written to last, within half a day; nothing where there is none."""
    touched = {}
    for name in names:
        log = log_path(opened, name)
        files = (log, kept_path(log), box_path(log))
        touched[name] = max((path.stat().st_mtime for path in files if path.exists()), default=0.0)
    name = max(touched, key=lambda one: touched[one], default="")
    return name if name and time.time() - touched[name] < HALF_DAY * HOUR else ""


def found_of(room: Room) -> Found:
    """Tell where a room is."""
    return Found(
        pid=os.getpid(),
        port=room.port,
        key=room.lead_key,
        lead=room.lead_address,
        wall=room.wall_address,
        phones=room.phone_addresses,
        session=room.session,
    )


async def _until_stopped(room: Room) -> None:
    """Look after the room until a signal, or the facilitator, ends it."""
    gathering = asyncio.create_task(room.gather_offers())
    told = found_of(room)
    try:
        while not room.stopped.is_set():
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(room.stopped.wait(), TICK)
            room.look_after()
            if found_of(room) != told:
                with contextlib.suppress(AvisError):  # a full disk ends no meeting: the next look tries again
                    write_found(room.opened.folders, found_of(room))
                    told = found_of(room)
    finally:
        gathering.cancel()
        with contextlib.suppress(asyncio.CancelledError, asyncio.TimeoutError):
            await gathering


def _heed_signals(room: Room) -> None:
    """Let whoever started the room stop it: by Ctrl-C, by closing the terminal, by switching off."""
    loop = asyncio.get_running_loop()
    if sys.platform != "win32":
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(name, room.stopped.set)


def keep_quiet() -> None:
    """Let no library write down who asked what: its messages hold addresses, and tracebacks hold words."""
    for name in ("tornado", "asyncio"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [logging.NullHandler()], False

    def forget_it(_: asyncio.AbstractEventLoop, __: dict[str, Any]) -> None:
        return None

    asyncio.get_running_loop().set_exception_handler(forget_it)
