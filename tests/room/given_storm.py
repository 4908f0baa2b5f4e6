"""A room as it is on the day: the command in a process of its own, six phones, the wall and the laptop."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.found import Found, read_found
from avis.room.sitting import log_path
from avis.writing.chain import Log, read_log

PATIENCE = 60.0


def until(done: Callable[[], Any], patience: float = PATIENCE) -> Any:
    """Wait for something to be so, and give it."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        found = done()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen")


@dataclass
class Laptop:
    """`avis session`, which can be killed, started again, and find its disk full."""

    evaluation: Evaluation
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> Found:
        command = [sys.executable, "-m", "avis.cli", "session", str(self.evaluation.folders.root)]
        environment = {name: value for name, value in os.environ.items() if name != "AVIS_BUILD"}
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = process = subprocess.Popen([*command, "--no-browser"], env=environment, **quiet)

        def opened() -> Found | None:
            found = read_found(self.evaluation.folders)
            return found if found and found.pid == process.pid else None

        found: Found = until(opened)
        return found

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def fill_disk(self, full: bool) -> None:
        """Let no file of the laptop grow, as on a disk that is full; or let them grow again."""
        assert self.process is not None
        most = 1 if full else resource.RLIM_INFINITY
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    def read(self, session: str) -> Log:
        problems = Problems()
        log = read_log(log_path(self.evaluation, session), session, problems)
        assert [problem.code for problem in problems.items] == []
        return log


@dataclass
class Meeting:
    """All screens of the room."""

    lead: Page
    wall: Page
    phones: list[Page]
    complaints: list[str] = field(default_factory=list)

    @property
    def screens(self) -> list[Page]:
        return [*self.phones, self.wall, self.lead]

    def act(self, do: str, **fields: Any) -> dict[str, Any]:
        """Let the facilitator's page do something that is done."""
        answer = self.lead.evaluate("([name, fields]) => act(name, fields)", [do, fields])
        assert answer["ok"], (do, answer)
        return dict(answer)

    def say(self, number: int, act: dict[str, Any]) -> None:
        """Let the page of a phone send something in its own time."""
        self.phones[number].evaluate("act => { outbox.add(act) }", act)

    def settle(self) -> None:
        """Wait until nothing waits on any phone."""
        for page in self.phones:
            until(lambda page=page: page.evaluate("outbox.length === 0"))

    def wait_for(self, seen: str) -> None:
        """Wait until every screen shows something; `view` is what it was told."""
        for page in self.screens:
            until(lambda page=page: page.evaluate(_of(page, seen)))

    def delay(self, what: str) -> float:
        """Change the wall, and give the seconds until all screens know."""
        mark = "results" if what == "results" else "wait"
        watch = """mark => {{ window.met = 0; const look = () => {{
            if (({view})?.phase === mark) window.met = Date.now(); else setTimeout(look, 3) }}; look() }}"""
        for page in self.screens:
            page.evaluate(watch.format(view=_view(page)), mark)
        begun = self.lead.evaluate(
            "what => { const now = Date.now(); act('show', {what}); return now }", what
        )
        for page in self.screens:
            until(lambda page=page: page.evaluate("window.met > 0"))
        return float(max(page.evaluate("window.met") for page in self.screens) - begun) / 1000


def asked(page: Page, seen: str) -> Any:
    """Ask a screen about what it was told, as `view`."""
    return page.evaluate(_of(page, seen))


def _view(page: Page) -> str:
    return "typeof Me !== 'undefined' ? Me.view : typeof Lead !== 'undefined' ? Lead.view : view"


def _of(page: Page, seen: str) -> str:
    return f"(view => view && ({seen}))({_view(page)})"


def open_lead(context: BrowserContext, found: Found) -> Page:
    """Open the facilitator's page, the session, and read the limits: as she does, with the mouse."""
    lead = context.new_page()
    lead.goto(found.lead)
    lead.get_by_label("Personnes présentes").fill("12")
    lead.get_by_role("button", name="Ouvrir la séance").click()
    lead.get_by_role("button", name="L’entrée").click()
    lead.get_by_role("button", name="C’est lu, et il n’y a plus de question").click()
    expect(lead.locator("main").get_by_text("Proposez des textes")).to_be_visible()
    return lead


def open_phone(context: BrowserContext, found: Found, code: str) -> Page:
    """Come in with the code of the wall, as a member does."""
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{found.port}/")
    page.get_by_label("Code du mur").fill(code)
    page.get_by_role("button", name="Entrer").click()
    page.get_by_role("button", name="Français").last.click()
    page.get_by_role("button", name="J’ai lu ou entendu").click()
    return page


def meet(browser: Browser, found: Found, phones: int = 6) -> Meeting:
    """Bring everybody into the room."""
    complaints: list[str] = []

    def context(width: int, height: int) -> BrowserContext:
        made = browser.new_context(viewport={"width": width, "height": height})
        made.on("weberror", lambda error: complaints.append(str(error.error)))
        return made

    lead = open_lead(context(1280, 720), found)
    wall = context(1920, 1080).new_page()
    wall.goto(found.wall)
    code = wall.locator("p.door").inner_text()
    held = [open_phone(context(360, 720), found, code) for _ in range(phones)]
    return Meeting(lead, wall, held, complaints)
