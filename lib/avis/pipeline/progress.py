"""Say how far a build is: one line that moves on a terminal, plain lines otherwise."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from avis.i18n import say


class Progress:
    """Progress on standard error, so that standard output holds results alone."""

    def __init__(self, slug: str) -> None:
        self.slug = slug
        self.live = sys.stderr.isatty()
        self.started = time.monotonic()

    def __enter__(self) -> Progress:
        self._write(say("cli.starting", slug=self.slug))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        if self.live:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def step(self, name: str, done: int, total: int) -> None:
        """Note that one notebook is done."""
        seconds = time.monotonic() - self.started
        self._write(
            say("cli.progress", slug=self.slug, name=name, done=done, total=total, seconds=f"{seconds:.0f}")
        )

    def stage(self, words: str) -> None:
        """Say what is being done now, where it takes a while and no notebook is run."""
        seconds = time.monotonic() - self.started
        self._write(say("cli.stage", slug=self.slug, words=words, seconds=f"{seconds:.0f}"))

    def _write(self, line: str) -> None:
        sys.stderr.write(f"\r\x1b[K{line}" if self.live else f"{line}\n")
        sys.stderr.flush()
