"""The seal of `exhibits.json`: whoever changes a figure on its way to a document breaks it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from avis.errors import Place, fail
from avis.exhibits import Exhibits


class _Sealed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    seal: str
    content: Exhibits


def seal(exhibits: Exhibits) -> bytes:
    """Write exhibits as the bytes of `exhibits.json`, with the sha256 of their canonical form."""
    exhibits = msgspec.json.decode(msgspec.json.encode(exhibits), type=Exhibits)  # what a reader will see
    sealed = _Sealed(seal=_digest(exhibits), content=exhibits)
    return msgspec.json.format(msgspec.json.encode(sealed, order="deterministic"), indent=1) + b"\n"


def _digest(exhibits: Exhibits) -> str:
    return hashlib.sha256(msgspec.json.encode(exhibits, order="deterministic")).hexdigest()


def load(path: Path) -> Exhibits:
    """Read `exhibits.json`; refuses a broken seal or a failed verdict.

    Errors: DIS-010 no file yet, DIS-011 not readable, DIS-012 broken seal, DIS-013 the audit refused.
    """
    place = Place(path.name)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise fail("DIS-010", place) from None
    try:
        sealed = msgspec.json.decode(data, type=_Sealed)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise fail("DIS-011", place) from None
    if sealed.seal != _digest(sealed.content):
        raise fail("DIS-012", place)
    if not sealed.content.verdict.passed:
        raise fail("DIS-013", place)
    return sealed.content
