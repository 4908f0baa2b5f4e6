"""What a session keeps apart from its log until it is closed: its secret, and what the wall showed.

From the secret come the ids of events and the return codes, so that an act sent twice gives the same twice,
even after a crash; once the session is closed and the secret gone, nothing can be reckoned again from what
the log holds.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path
from typing import Any

import msgspec

from avis.errors import Place, fail
from avis.folders import read_regular, write_whole
from avis.writing.codes import ALPHABET, LENGTH

MOST_BYTES = 2**20


class Kept(msgspec.Struct):
    """What stands in `.NAME.salle`; `seen` are the ids that the wall or a round has shown.

    `answered` are the ids of the acts that the last round was answered with, sorted: a phone that sends one
    again, after a crash, hears that it counted.
    """

    secret: str
    lead: str
    opened_on: str
    present: int = 0
    seen: list[str] = []
    answered: list[str] = []
    shown: dict[str, Any] = msgspec.field(default_factory=lambda: {"what": "nothing", "items": []})


def make_kept(lead: str, opened_on: str, present: int) -> Kept:
    """Make what a new session keeps, with a secret that nobody can guess."""
    return Kept(secrets.token_hex(32), lead, opened_on, present)


def kept_path(log: Path) -> Path:
    """Give the file beside a log: `.2024-03-15.salle` for `2024-03-15.jsonl`."""
    return log.with_name(f".{log.stem}.salle")


def read_kept(log: Path) -> Kept | None:
    """Read what a session keeps; none where it has nothing any more. Errors: SAL-039 not to be read."""
    path = kept_path(log)
    try:
        return msgspec.json.decode(read_regular(path, MOST_BYTES), type=Kept)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        raise fail("SAL-039", Place(path.name)) from None


def write_kept(log: Path, kept: Kept) -> None:
    """Write what a session keeps, for its owner alone. Errors: RUN-010 to RUN-012."""
    write_whole(kept_path(log), msgspec.json.encode(kept))


def make_id(secret: str, by: str, id: str) -> str:
    """Give the id of the event that an act becomes: nobody can tell from it which device sent the act.

    >>> make_id("00", "phone", "abcdefgh") == make_id("00", "lead", "abcdefgh")
    False
    """
    return _mac(secret, f"event {by} {id}")[:20].hex()


def make_code(secret: str, event: str) -> str:
    """Give the return code of what an event brought: the same each time, while the secret is kept.

    >>> len(make_code("00", "e1")), make_code("00", "e1") == make_code("00", "e1")
    (8, True)
    """
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in _mac(secret, f"code {event}")[:LENGTH])


def _mac(secret: str, said: str) -> bytes:
    return hmac.new(bytes.fromhex(secret), said.encode("utf-8"), hashlib.sha256).digest()
