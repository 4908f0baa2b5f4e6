"""Who may speak to the room's server: seats of phones, the facilitator's key, the code on the wall.

A seat is a random number that the server signs with the session's secret and then forgets: it survives a
crash of the server, and no list of phones exists anywhere. Seats end with the session, whose secret is then
erased, and after half a day.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from avis.writing.codes import ALPHABET, plain_code

CODE_LENGTH = 6
TURN = 600.0
"""Seconds after which the code on the wall changes by itself."""
GRACE = 120.0
"""Seconds for which the former code is still good: somebody is typing it."""
HALF_DAY = 12
"""Hours for which a seat is good; no meeting lasts longer."""
HOUR = 3600
_SIGNED = 24
"""Signs of a signature: 18 bytes in base64."""


def make_seat(secret: bytes, now: float) -> str:
    """Give a seat to a phone: a random number, the hour at which it ends, and the signature of both.

    >>> seat = make_seat(b"secret", now=0.0)
    >>> read_seat(seat, b"secret", now=11 * 3600) == seat.split(".")[0]
    True
    >>> read_seat(seat, b"secret", now=14 * 3600), read_seat(seat, b"of another session", now=0.0)
    ('', '')
    """
    # A whole hour, so that no key tells when its phone came in.
    content = f"{secrets.token_hex(8)}.{int(now // HOUR) + 1 + HALF_DAY}"
    return f"{content}.{_sign(secret, content)}"


def read_seat(key: str, secret: bytes, now: float) -> str:
    """Give the seat that a key stands for; nothing where it is not ours, or is of another day."""
    content, _, signature = key.rpartition(".")
    seat, _, hours = content.partition(".")
    if not secret or not content.isascii() or len(content) > 40:
        return ""
    if not hmac.compare_digest(signature.encode("utf-8"), _sign(secret, content).encode("ascii")):
        return ""
    return seat if now < int(hours) * HOUR else ""


def _sign(secret: bytes, content: str) -> str:
    mac = hmac.new(secret, b"seat " + content.encode("ascii"), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac).decode("ascii")[:_SIGNED]


def same_key(given: str, key: str) -> bool:
    """Compare keys in a time that tells nothing of how far they agree; no key is the same as none."""
    return bool(key) and hmac.compare_digest(given.encode("utf-8"), key.encode("utf-8"))


@dataclass
class Door:
    """The code on the wall by which phones come in: it turns by itself and at the facilitator's wish.

    Time is that of the wall clock, since a monotonic clock stands still while the laptop sleeps. A clock that
    was put back turns the code at once: better a new code than one that stands for hours.
    """

    clock: Callable[[], float] = time.time
    open: bool = True
    code: str = field(default="", repr=False)
    _former: str = field(default="", repr=False)
    _since: float = 0.0

    def __post_init__(self) -> None:
        self.turn()

    def turn(self) -> None:
        """Take a new code; the former one is good for a while."""
        self._former, self._since = self.code, self.clock()
        self.code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))

    def turn_when_due(self) -> bool:
        """Take a new code where the old one has stood long enough, and tell whether it did.

        A code that stood much longer, because the laptop slept, is no longer good at all.
        """
        stood = self.clock() - self._since
        if 0 <= stood < TURN:
            return False
        self.turn()
        if not 0 <= stood < TURN + GRACE:
            self._former = ""
        return True

    def lets_in(self, code: str) -> bool:
        """Tell whether a code opens the door now, however it is written."""
        self.turn_when_due()
        plain = plain_code(code)
        former = self._former if 0 <= self.clock() - self._since < GRACE else ""
        return self.open and (same_key(plain, self.code) or same_key(plain, former))
