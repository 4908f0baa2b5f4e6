"""Notebook 38: the room where the group writes, opened from a notebook; it goes on when the kernel ends."""

from __future__ import annotations

import html
import http.client
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import msgspec

from avis.errors import Place, fail
from avis.evaluation import open_evaluation
from avis.folders import Folders, find, make_private_file
from avis.found import Found, read_found
from avis.i18n import say
from avis.steps.parameters import COUNTING, refuse_unknown
from avis.vault.keys import somebody_answers

PATIENCE = 30.0
"""Seconds in which a server is there, on a slow laptop."""
LOOK = 0.1
ANSWERS = (200, 204)


@dataclass(frozen=True, repr=False)
class OpenRoom:
    """A room, open or not: how to go in, what phones type, how to stop."""

    asked: str
    """The evaluation, as it was asked for."""
    where: Found | None

    def _lines(self) -> list[str]:
        if self.where is None:
            how = say("notebooks.room.how", command=f"avis session {self.asked}")
            return [say("notebooks.room.none"), how]
        phones = self.where.phones
        told = say("notebooks.room.phones", address=phones[0]) if phones else say("notebooks.room.no_network")
        return [
            *([say("notebooks.room.session", name=self.where.session)] if self.where.session else []),
            say("notebooks.room.wall", address=self.where.wall),
            told,
            say("notebooks.room.stop"),
        ]

    def __repr__(self) -> str:
        lead = [say("notebooks.room.lead", address=self.where.lead)] if self.where else []
        return "\n".join([*lead, *self._lines()])

    def _repr_html_(self) -> str:
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in self._lines())
        if self.where is None:
            return lines
        look = (
            "display:inline-block;min-height:56px;line-height:56px;padding:0 24px;border-radius:8px;"
            "background:#1a4f8b;color:#fff;font-size:18px;font-weight:bold;text-decoration:underline"
        )
        words, new = html.escape(say("notebooks.room.go")), html.escape(say("notebooks.room.new_tab"))
        address = html.escape(self.where.lead)
        button = f'<a href="{address}" target="_blank" rel="noopener" style="{look}">{words} {new}</a>'
        return f"<p>{button}</p>{lines}"


def open_room(evaluation: str) -> OpenRoom:
    """Open the room of an evaluation, or find the one that is open: it is a process of its own.

    Where nobody is at the keyboard (papermill, tests), nothing is opened: what is open is told, and how to
    open it. Errors: those of `open_evaluation`; SAL-124 it did not open.
    """
    refuse_unknown(COUNTING)
    opened = open_evaluation(evaluation)
    where = _find(opened.folders)
    if where is None and somebody_answers():
        where = _start(opened.folders)
    return OpenRoom(evaluation, where)


def close_room(evaluation: str) -> None:
    """Stop the server of a room; the session stays open, and is taken up when the room opens again."""
    refuse_unknown(COUNTING)
    folders = find(evaluation)
    where = _find(folders)
    if where is None:
        return print(say("notebooks.room.none"))
    act = msgspec.json.encode({"id": f"stop-{os.getpid()}-{time.time_ns()}", "do": "stop_server"})
    _ask(where, "POST", "/mener", act)
    for _ in range(int(PATIENCE / LOOK)):
        if _find(folders) is None:
            break
        time.sleep(LOOK)
    print(say("notebooks.room.stopped"))


def _find(folders: Folders) -> Found | None:
    """Give the room that is open: one that answers to the key that it wrote down."""
    where = read_found(folders)
    return where if where and _ask(where, "GET", "/vue?as=lead") in ANSWERS else None


def _ask(where: Found, method: str, path: str, body: bytes | None = None) -> int:
    """Ask the server of a room, on this computer alone; 0 where nobody answers."""
    headers = {"X-Cle": where.key, "Content-Type": "application/json"}
    connection = http.client.HTTPConnection("127.0.0.1", where.port, timeout=5)
    try:
        connection.request(method, path, body, headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def _start(folders: Folders) -> Found:
    """Start the server apart from this kernel, and wait until it answers."""
    told = folders.room.with_suffix(".log")
    make_private_file(told)
    command = [sys.executable, "-m", "avis.cli", "session", str(folders.root), "--no-browser"]
    with told.open("wb") as out:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )
    for _ in range(int(PATIENCE / LOOK)):
        where = _find(folders)
        if where is not None:
            return where
        if process.poll() is not None:
            break
        time.sleep(LOOK)
    raise fail("SAL-124", Place(told.name), told=_last(told))


def _last(told: Path) -> str:
    """What the server said before it ended."""
    return told.read_text(encoding="utf-8", errors="replace").strip()[-1500:]
