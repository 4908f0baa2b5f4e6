"""What every screen shows, sent at each change: phones, the wall, the facilitator's page, over WebSockets.

A screen that takes long gets the newest state once it is ready, never a queue of old ones: one phone at the
end of the garden fills no memory and holds nobody up.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import msgspec
from tornado.ioloop import IOLoop
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from avis.room.answering import Judged
from avis.room.network import is_loopback
from avis.room.pages import PAGES
from avis.room.rates import OPENINGS
from avis.room.refusals import Refused

if TYPE_CHECKING:
    from avis.room.serving import Room

PING = 15.0
"""Seconds between two pings; a screen that answers none of them is gone."""
SOON = 0.02
"""Seconds in which changes are gathered: a round that is closed writes many events, and is one change."""
PATIENCE = 10.0
"""Seconds in which a screen says who it is."""
MOST_LINES = 400
MOST_LINES_OF_ONE = 120
"""Live connections of one address; thirty phones may stand behind one router."""
MOST_SAID = 8
"""Messages of a screen at most: it has one thing to say, and acts go over HTTP."""
NOT_KNOWN, NOT_HERE, TOO_MUCH, LEAVING = 4401, 4403, 4408, 1001


class Lines:
    """The live connections of a room."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.lines: set[Line] = set()
        self._later: object | None = None

    def changed(self) -> None:
        """Send what has changed, in a moment."""
        if self._later is None:
            self._later = IOLoop.current().call_later(SOON, self._send)

    def _send(self) -> None:
        self._later = None
        for line in list(self.lines):
            line.send()

    def too_many(self, peer: str) -> bool:
        """Tell whether an address has no place left; this computer always has."""
        if is_loopback(peer):
            return False
        of_one = sum(line.peer == peer for line in self.lines)
        return len(self.lines) >= MOST_LINES or of_one >= MOST_LINES_OF_ONE

    def of(self, role: str) -> int:
        """Count the screens that show something now."""
        return sum(line.role == role for line in self.lines)

    def let_go(self, roles: tuple[str, ...], code: int = LEAVING) -> None:
        """Close the connections of some roles."""
        for line in list(self.lines):
            if line.role in roles:
                line.close(code)


class Line(Judged, WebSocketHandler):
    """`/direct`: says once who it is, then hears of every change."""

    role = ""

    def initialize(self, room: Room) -> None:
        super().initialize(room)
        self.key, self.shown, self.said = "", -1, 0
        self.busy = False

    def prepare(self) -> None:
        self.judge()
        if self.room.lines.too_many(self.peer):
            raise Refused("SAL-105", 5)
        if not is_loopback(self.peer):
            self.slow_down(self.room.limiter.wait(OPENINGS, "open", self.peer))

    def check_origin(self, origin: str) -> bool:
        """`judge` has compared it already; a program that sends none is no page of somebody else's."""
        return True

    def open(self, *_: str, **__: str) -> None:
        self.set_nodelay(True)
        self.room.lines.lines.add(self)
        IOLoop.current().call_later(PATIENCE, self._say_who)

    def _say_who(self) -> None:
        if not self.role:
            self.close(NOT_KNOWN)

    def on_message(self, message: str | bytes) -> None:
        self.said += 1
        if self.said > MOST_SAID:
            return self.close(TOO_MUCH)
        if not self.role:
            self._take_role(message)

    def _take_role(self, message: str | bytes) -> None:
        try:
            asked: Any = msgspec.json.decode(message, type=dict[str, str])
            role = asked.get("as", "")
            self.need_role(role if role in PAGES else "phone", asked.get("key", ""))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return self.close(NOT_KNOWN)
        except Refused as refused:
            return self.close(NOT_HERE if refused.code == "SAL-101" else NOT_KNOWN)
        self.role, self.key = role, asked.get("key", "")
        self.send()
        self.room.lines.changed()  # the facilitator sees how many phones are here

    def send(self) -> None:
        """Send what this screen does not show yet, unless it is still taking the last one."""
        if not self.role or self.busy:
            return
        if self.role == "phone" and not self.room.seat(self.key, only_now=False):
            return self.close(NOT_KNOWN)
        revision, content = self.room.view(self.role)
        if revision == self.shown:
            return
        self.shown, self.busy = revision, True
        try:
            sent = self.write_message(content)
        except WebSocketClosedError:
            return
        sent.add_done_callback(self._taken)

    def _taken(self, sent: asyncio.Future[None]) -> None:
        self.busy = False
        if not sent.cancelled() and sent.exception() is None:
            self.send()

    def on_close(self) -> None:
        self.role = ""
        self.room.lines.lines.discard(self)
        self.room.lines.changed()
