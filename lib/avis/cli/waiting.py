"""Say what is being done where it takes a while: on standard error, standard output holds results alone."""

from __future__ import annotations

import threading
from types import TracebackType

from avis.pipeline.progress import put, wipe

PATIENCE = 2.0
"""Seconds in which nobody wonders yet."""


class Waiting:
    """What is being done now; it is said after a while, and from then on as soon as it changes."""

    def __init__(self) -> None:
        """Begin with nothing to say."""
        self._words, self._late, self._told = "", False, False
        self._lock = threading.Lock()
        self._timer = threading.Timer(PATIENCE, self._grow_late)
        self._timer.daemon = True

    def __enter__(self) -> Waiting:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._timer.cancel()
        with self._lock:
            self._late = False
            if self._told:
                wipe()

    def now(self, words: str) -> None:
        """Note what is being done from now on."""
        with self._lock:
            self._words = words
            self._tell()

    def _grow_late(self) -> None:
        with self._lock:
            self._late = True
            self._tell()

    def _tell(self) -> None:
        if self._late and self._words:
            self._told = True
            put(self._words)
