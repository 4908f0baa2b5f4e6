"""How often something may be tried: counted in memory alone, and forgotten within minutes.

An address is never kept: what stands here is a hash of it, salted with a number that the process drew when it
began and that is written nowhere.
"""

from __future__ import annotations

import hashlib
import math
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Rate:
    """So many tries at once, and so many a minute from then on."""

    burst: int
    per_minute: float


JOINS = Rate(40, 30)
"""Of one address: thirty phones may stand behind one router."""
WRONG_CODES = Rate(20, 10)
"""Of one address; a code of six signs is good for ten minutes."""
CODES_TRIED = Rate(8, 4)
"""Of one seat: return codes and consent cards, which are long and read from paper."""
CODES_TRIED_THERE = Rate(24, 15)
"""Of one address, whatever the number of its seats: it leaves the rest of the room its tries."""
ALL_CODES_TRIED = Rate(40, 30)
"""Of the whole room: each try costs the laptop some 40 ms."""
ACTS = Rate(60, 120)
"""Of one seat."""
BROUGHT = Rate(15, 6)
"""Texts, amendments, objections and dissents of one seat: nobody reads more, and each is read by the lead."""
CALLS = Rate(5, 3)
"""Of one seat: the list of calls is short, and somebody else's "stop" must stay in it."""
OPENINGS = Rate(120, 120)
"""Of one address: live connections, which a phone without network opens again and again."""
MOST = 4096
"""Counts in memory at most: who makes up addresses fills no memory."""
KEPT = 150.0
"""Seconds after which a count is forgotten: by then all tries of every rate are free again."""


@dataclass
class Limiter:
    """Counts tries by kind and by who tries; `clock` never goes back, and may stand still in a sleep."""

    clock: Callable[[], float] = time.monotonic
    _salt: bytes = field(default_factory=lambda: secrets.token_bytes(16), repr=False)
    _left: dict[bytes, tuple[float, float]] = field(default_factory=dict, repr=False)

    def wait(self, rate: Rate, kind: str, who: str = "") -> int:
        """Count a try; give 0 where it may be done, else the seconds to wait.

        >>> limiter = Limiter(clock=lambda: 0.0)
        >>> [limiter.wait(Rate(2, 60), "join", "a") for _ in range(3)], limiter.wait(Rate(2, 60), "join", "b")
        ([0, 0, 1], 0)
        """
        key = hashlib.blake2b(f"{kind} {who}".encode(), key=self._salt, digest_size=12).digest()
        now = self.clock()
        self._forget(now)
        left, seen = self._left.pop(key, (float(rate.burst), now))
        left = min(rate.burst, left + (now - seen) * rate.per_minute / 60)
        done = left >= 1
        self._left[key] = (left - done, now)
        return 0 if done else math.ceil((1 - left) * 60 / rate.per_minute)

    def _forget(self, now: float) -> None:
        """Drop what was counted minutes ago, and the oldest where there is too much: they stand first."""
        while self._left:
            first = next(iter(self._left))
            if len(self._left) < MOST and now - self._left[first][1] < KEPT:
                return
            del self._left[first]
