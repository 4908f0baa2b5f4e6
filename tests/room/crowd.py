"""A full room at once: thirty phones with their live lines, a wall and a lead, against a server of its own.

The phones answer as people do, some at once and some after a while. What is measured is what they wait for.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from awaited import awaited
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.simple_httpclient import SimpleAsyncHTTPClient
from tornado.websocket import WebSocketClientConnection, websocket_connect

from avis.folders import Folders
from avis.found import Found, read_found

SEED = 20261122
DAY, HASH = "2024-03-15", "0" * 64
LEVELS = ("oui", "non", "parler")


@dataclass
class Measured:
    """What a crowd had to wait for, in seconds, and what the server took, in MB."""

    reactions: list[float] = field(default_factory=list)
    screens: list[float] = field(default_factory=list)
    memory: float = 0.0
    refused: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.reactions)

    @property
    def slowest_of_95(self) -> float:
        """95 % of the reactions were on the disk, and answered, within this time."""
        return sorted(self.reactions)[int(0.95 * len(self.reactions)) - 1]

    @property
    def slowest_screen(self) -> float:
        return max(self.screens)


@contextmanager
def a_server(root: Path) -> Iterator[Found]:
    """Run `avis session` in a process of its own."""
    environment = os.environ | {"AVIS_LANG": "fr"}
    environment.pop("AVIS_BUILD", None)
    command = [sys.executable, "-m", "avis.cli", "session", str(root), "--no-browser"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 30
        while (found := read_found(Folders(root))) is None or found.pid != process.pid:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the server did not start")
            time.sleep(0.05)
        yield found
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def memory_of(pid: int) -> float:
    """The most memory that a process ever took, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1000


class Crowd:
    """Phones, a wall and a lead."""

    def __init__(self, found: Found, phones: int) -> None:
        self.found, self.many, self.measured = found, phones, Measured()
        self.client: SimpleAsyncHTTPClient = AsyncHTTPClient(force_instance=True, max_clients=200)  # type: ignore[assignment]
        self.random = random.Random(SEED)
        self.views: dict[int, dict[str, Any]] = {}
        self.heard = asyncio.Condition()
        self.number = 0

    async def post(self, path: str, content: Any, key: str = "") -> tuple[int, Any]:
        answer = await self.client.fetch(
            HTTPRequest(
                f"http://127.0.0.1:{self.found.port}{path}",
                method="POST",
                body=json.dumps(content),
                headers={"Content-Type": "application/json", "X-Cle": key},
                request_timeout=30,
            ),
            raise_error=False,
        )
        return answer.code, json.loads(answer.body or b"{}")

    def act(self, do: str, **fields: Any) -> dict[str, Any]:
        self.number += 1
        return {"id": f"act-{self.number:08}", "do": do, **fields}

    async def lead(self, do: str, **fields: Any) -> Any:
        status, told = await self.post("/mener", self.act(do, **fields), self.found.key)
        assert status == 200, told
        return told

    async def watch(self, number: int, role: str, key: str) -> None:
        """Keep what a screen shows."""
        url = f"ws://127.0.0.1:{self.found.port}/direct"
        line: WebSocketClientConnection = await websocket_connect(url)
        await line.write_message(json.dumps({"as": role, "key": key}))
        while (message := await line.read_message()) is not None:
            async with self.heard:
                self.views[number] = json.loads(message)["view"]
                self.heard.notify_all()

    async def all_show(self, phase: str) -> None:
        """Wait until every screen is there."""
        async with self.heard:
            await asyncio.wait_for(
                self.heard.wait_for(
                    lambda: (
                        len(self.views) == self.many + 2
                        and all(view["phase"] == phase for view in self.views.values())
                    )
                ),
                60,
            )

    async def react(self, key: str, items: list[dict[str, Any]], think: float) -> None:
        for item in items:
            await asyncio.sleep(self.random.uniform(0, think))
            level = self.random.choice(LEVELS)
            act = self.act("react", item=item["id"], version=item["version"], level=level)
            began = time.perf_counter()
            status, _ = await self.post("/dire", act, key)
            self.measured.reactions.append(time.perf_counter() - began)
            self.measured.refused += status != 200

    async def meet(self, rounds: int, texts: int, think: float) -> Measured:
        """Hold a meeting: texts, then rounds on them."""
        await self.lead("open_session", date=DAY, languages=["fr"], scale="accord", present=self.many)
        await self.lead("limits_read", language="fr", hash=HASH)
        code = (await self._lead_view())["join"]["code"]
        keys = [(await self.post("/entrer", {"code": code}))[1]["key"] for _ in range(self.many)]
        roles = [("phone", key) for key in keys] + [("wall", ""), ("lead", self.found.key)]
        watching = [asyncio.create_task(self.watch(n, *role)) for n, role in enumerate(roles)]
        await self.all_show("wait")
        for number in range(texts):
            text = f"Le texte numéro {number} dit assez de mots pour en être un. " * 4
            fields = {"question": "q1", "kind": "statement", "language": "fr", "confirmed": True}
            await self.post("/dire", self.act("propose", text=text, **fields), keys[number % self.many])
        ids = [f"s{number + 1}" for number in range(texts)]
        await self.lead("show", what="texts", items=ids)
        for _ in range(rounds):
            await self._round(keys, ids[:3], think)
        self.measured.memory = memory_of(self.found.pid)
        for task in watching:
            task.cancel()
        return self.measured

    async def _round(self, keys: list[str], ids: list[str], think: float) -> None:
        await self._timed("round", "open_round", items=ids, present=self.many, paper=0)
        items = self.views[0]["round"]["items"]
        await asyncio.gather(*(self.react(key, items, think) for key in keys))
        await self._timed("wait", "close_round")

    async def _timed(self, phase: str, do: str, **fields: Any) -> None:
        """Measure from the facilitator's touch until the last screen shows it."""
        began = time.perf_counter()
        await asyncio.gather(self.lead(do, **fields), self.all_show(phase))
        self.measured.screens.append(time.perf_counter() - began)

    async def _lead_view(self) -> Any:
        url = f"http://127.0.0.1:{self.found.port}/vue?as=lead"
        answer = await self.client.fetch(HTTPRequest(url, headers={"X-Cle": self.found.key}))
        return json.loads(answer.body)["view"]


def hold_a_meeting(
    root: Path, phones: int = 30, rounds: int = 6, texts: int = 12, think: float = 1.0
) -> Measured:
    """Fill a room and measure it."""

    async def meet(found: Found) -> Measured:
        return await Crowd(found, phones).meet(rounds, texts, think)

    with a_server(root) as found:
        return awaited(meet(found))


def main() -> int:
    """Print what a full room waits for: the line of `make bench`."""
    from table import make_evaluation

    with tempfile.TemporaryDirectory() as folder:
        found = hold_a_meeting(make_evaluation(Path(folder)).folders.root)
    half, most, last = (
        round(1000 * seconds) for seconds in (found.median, found.slowest_of_95, found.slowest_screen)
    )
    print(f"30 phones, {len(found.reactions)} reactions: half within {half} ms, 95 % within {most} ms;")
    print(f"the last screen after {last} ms at most; server {found.memory:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
