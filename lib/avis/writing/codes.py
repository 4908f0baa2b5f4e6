"""Return codes of what people brought in a session: with one, and nothing else, its author takes it back.

A log is kept long and may be copied, so it holds a slow, salted hash alone: trying all codes of eight signs
would take centuries. The sessions of an evaluation share their salt, so that a code costs one reckoning.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from avis.writing.bodies import BRINGS
from avis.writing.chain import Event

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""No I, O, 0 or 1: they are taken for each other on paper and on the telephone."""
LENGTH = 8
"""Signs of a code: 32 to the 8th are 2 to the 40th, too many to try at a desk."""
COST = 2**14
"""scrypt's N with r = 8: 16 MB and some 40 ms a code, as OWASP's guide gives for what cannot wait longer."""


def plain_code(written: str) -> str:
    """Write a code as it is compared: capitals, nothing between the signs.

    >>> plain_code(" nz26-dmcx ")
    'NZ26DMCX'
    """
    return "".join(sign for sign in written.upper() if sign.isalnum())


def code_hash(code: str, salt: str) -> str:
    """Give what the log keeps of a code: scrypt, in hexadecimal; `salt` is the session's.

    >>> code_hash("nz26 dmcx", "00" * 16) == code_hash("NZ26DMCX", "00" * 16)
    True
    """
    plain = plain_code(code).encode("utf-8")
    return hashlib.scrypt(plain, salt=bytes.fromhex(salt), n=COST, r=8, p=1, dklen=32).hex()


def brought(events: Iterable[Event], code: str) -> list[str]:
    """Give the ids of the texts, amendments, objections and dissents that carry a code in some logs."""
    held = list(events)
    coded = [event for event in held if event.type in BRINGS and "code" in event.body]
    if not coded or not plain_code(code):
        return []
    salts = {event.body["code_salt"] for event in held if "code_salt" in event.body}
    hashes = {code_hash(code, salt) for salt in salts}
    ids = (str(event.body[BRINGS[event.type]]) for event in coded if event.body["code"] in hashes)
    return list(dict.fromkeys(ids))
