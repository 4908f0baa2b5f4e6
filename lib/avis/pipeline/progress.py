"""Say how far long work is: one line that moves on a terminal, plain lines otherwise."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from avis.i18n import say


class Progress:
    """Progress on standard error, so that standard output holds results alone."""

    def __init__(self, slug: str) -> None:
        self.slug = slug
        self.started = time.monotonic()

    def __enter__(self) -> Progress:
        put(say("cli.starting", slug=self.slug))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        wipe()

    def step(self, name: str, done: int, total: int) -> None:
        """Note that one notebook is done."""
        seconds = time.monotonic() - self.started
        put(say("cli.progress", slug=self.slug, name=name, done=done, total=total, seconds=f"{seconds:.0f}"))

    def stage(self, words: str) -> None:
        """Say what is being done now, where it takes a while and no notebook is run."""
        seconds = time.monotonic() - self.started
        put(say("cli.stage", slug=self.slug, words=words, seconds=f"{seconds:.0f}"))


def put(line: str) -> None:
    """Say a line on standard error; on a terminal it takes the place of the one before."""
    sys.stderr.write(f"\r\x1b[K{line}" if sys.stderr.isatty() else f"{line}\n")
    sys.stderr.flush()


def wipe() -> None:
    """Take the line away that moves on a terminal."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
