"""The room's real server in a thread, and clients that speak to it as phones and the facilitator's page do.

`127.0.0.2` stands for the Wi-Fi: who asks there is taken for a phone, though it is this computer's own.
"""

from __future__ import annotations

import asyncio
import http.client
import itertools
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

import pytest
from table import DAY, HASH
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from avis.evaluation import Evaluation
from avis.room import answering, live, network
from avis.room.network import bind
from avis.room.running import keep_quiet
from avis.room.serving import Room, make_server

T = TypeVar("T")
FAR = "127.0.0.2"
JSON = "application/json"


class Told(NamedTuple):
    """What a server answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error(self) -> str:
        return str(self.json["error"])


@dataclass
class Served:
    """A room that is being served."""

    room: Room
    loop: asyncio.AbstractEventLoop
    port: int
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def in_loop(self, work: Callable[[], T]) -> T:
        """Do something where the server runs, and give what it gave."""

        async def done() -> T:
            return work()

        return asyncio.run_coroutine_threadsafe(done(), self.loop).result(10)

    def events(self) -> int:
        """Count what the log of the session holds."""
        return self.in_loop(lambda: len(self.room.desk.sitting.recorder.events))  # type: ignore[union-attr]

    def ask(
        self, method: str, path: str, body: bytes | None = None, far: bool = False, **headers: str
    ) -> Told:
        """Send a request; underscores in names of headers are dashes."""
        connection = http.client.HTTPConnection(FAR if far else "127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, {name.replace("_", "-"): v for name, v in headers.items()})
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Told(answer.status, found, answer.read())
        finally:
            connection.close()

    def post(self, path: str, content: Any, far: bool = False, **headers: str) -> Told:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        return self.ask("POST", path, body, far, **({"Content_Type": JSON} | headers))

    def act(self, do: str, **fields: Any) -> dict[str, Any]:
        named = {("from" if name == "from_" else name): value for name, value in fields.items()}
        return {"id": f"act-{next(self._numbers):06}", "do": do, **named}

    def lead(self, do: str, **fields: Any) -> Any:
        """Let the facilitator do something that is done."""
        told = self.post("/mener", self.act(do, **fields), X_Cle=self.room.lead_key)
        assert told.status == 200, told
        return told.json

    def phone(self, key: str, do: str, **fields: Any) -> Told:
        return self.post("/dire", self.act(do, **fields), far=True, X_Cle=key)

    def propose(self, key: str, text: str = "Ouvrir le samedi.", **more: Any) -> Told:
        fields = {"question": "q1", "kind": "statement", "language": "fr", "text": text, "confirmed": True}
        return self.phone(key, "propose", **(fields | more))

    def begin(self, present: int = 12) -> Served:
        """Open a session and read the limits."""
        self.lead("open_session", date=DAY, languages=["fr", "en"], scale="accord", present=present)
        self.lead("limits_read", language="fr", hash=HASH)
        return self

    def join(self) -> str:
        """Come in with the code of the wall."""
        told = self.post("/entrer", {"code": self.room.door.code}, far=True)
        assert told.status == 200, told
        return str(told.json["key"])

    def view(self, role: str, key: str = "", far: bool = False) -> Any:
        given = self.room.lead_key if role == "lead" else key
        told = self.ask("GET", f"/vue?as={role}", far=far, X_Cle=given)
        assert told.status == 200, told
        return told.json["view"]

    async def line(self, role: str, key: str = "", far: bool = True, **headers: str) -> Line:
        """Open a live connection and say who one is."""
        host = FAR if far else "127.0.0.1"
        request = HTTPRequest(f"ws://{host}:{self.port}/direct", headers=dict(headers))
        line = Line(await websocket_connect(request))
        await line.socket.write_message(json.dumps({"as": role, "key": key}))
        return line


@dataclass
class Line:
    """A live connection, as a page has it."""

    socket: WebSocketClientConnection

    async def hear(self, patience: float = 5.0) -> Any:
        """Give the next view; none where the server hung up."""
        message = await asyncio.wait_for(self.socket.read_message(), patience)
        return None if message is None else json.loads(message)["view"]

    @property
    def code(self) -> int | None:
        """Why the server hung up."""
        return self.socket.close_code


def _came_to(handler: answering.Judged) -> str:
    """The address that a connection came to, in the place of the one that it came from."""
    if "came_to" not in handler.__dict__:  # a live line has let go of its connection by the time it is asked
        stream = handler.request.connection.stream  # type: ignore[union-attr]
        handler.__dict__["came_to"] = stream.socket.getsockname()[0] if stream.socket else ""
    return str(handler.__dict__["came_to"])


@contextmanager
def serve(evaluation: Evaluation) -> Iterator[Served]:
    """Serve a room in a thread until the end of the block."""
    sockets, port = bind(0, host=FAR)
    loop = asyncio.new_event_loop()
    ready: list[Served] = []
    opened = threading.Event()

    async def run() -> None:
        keep_quiet()
        room = Room(evaluation, port)
        server = make_server(room)
        server.add_sockets(sockets)
        ready.append(Served(room, loop, port))
        opened.set()
        await room.stopped.wait()
        server.stop()
        await room.close()

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()), daemon=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(answering.Judged, "peer", property(_came_to))
        for module in (answering, live):
            patch.setattr(module, "is_loopback", lambda at: at != FAR and network.is_loopback(at))
        thread.start()
        assert opened.wait(20)
        try:
            yield ready[0]
        finally:
            loop.call_soon_threadsafe(ready[0].room.stopped.set)
            thread.join(20)
            loop.close()
