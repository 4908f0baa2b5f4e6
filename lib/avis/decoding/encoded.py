"""Bytes that a text carries written in signs: base64, hexadecimal."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

_SIGNS = re.compile(
    r"[A-Za-z0-9+/_-]{8,}+(?:(?<=[A-Za-z0-9+/_-]{40})(?:\r?\n[ \t]?|\\n)[A-Za-z0-9+/_-]++)*+={0,2}"
)
"""In one run, or in lines of one length, as letters and notebooks carry them."""
_BREAKS = re.compile(r"\r?\n[ \t]?|\\n")
_STANDARD = str.maketrans("-_", "+/")
_DATA = re.compile(r";base64,([A-Za-z0-9+/]{3,}={0,2})")
_HEX = re.compile(r"[0-9A-Fa-f]{8,}+")
_BEFORE_HEX = re.compile(r"(?:\A|[^0-9A-Za-z]|0x)\Z")
_SPACED = re.compile(r"(?:[ ,:]{1,2}(?:0x)?[0-9A-Fa-f]{2}){4,}\b")
_FIRST_SPACED = re.compile(r"(?:\A|[^0-9A-Za-z])(?:0x)?([0-9A-Fa-f]{2})\Z")
SURE = 24
"""Signs from which letters are taken to be written in 64 signs even where they spell no text."""
_SURE_HEX = 200
"""Bytes from which digits by two are taken to stand for bytes even where they spell no text."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def carried(text: str, seen: set[str]) -> Iterator[tuple[str, bytes]]:
    """Give what a text carries in 64 signs or in hexadecimal, and how; of short ones only what spells a text.

    Signs in `seen` were met before.

    >>> list(carried("x TsOpbWEsIHRvaQ== y", set())), [data for _, data in carried("4e 61 64 69 61", set())]
    ([('base64', b'N\\xc3\\xa9ma, toi')], [b'Nadia'])
    """
    for found in _SIGNS.finditer(text):
        if found[0] in seen or (len(found[0]) < SURE and found[0][1:].islower()):
            continue  # a word: bytes written in 64 signs have capitals or digits
        seen.add(found[0])
        inside = from64(_BREAKS.sub("", found[0]))
        if inside and (len(found[0]) >= SURE or spells(inside)):
            yield "base64", inside
    for found in _DATA.finditer(text) if ";base64," in text else ():
        if len(found[1]) < SURE:  # said to be bytes: as short as a code
            yield "base64", from64(found[1])
    for inside in _in_one_run(text):
        if spells(inside) or len(inside) > _SURE_HEX:
            yield "hexadecimal", inside
    for inside in _by_two(text):
        if spells(inside):
            yield "hexadecimal", inside


def _in_one_run(text: str) -> Iterator[bytes]:
    """What stands before is looked at last: a pattern that begins with what it looks for is quicker."""
    for found in _HEX.finditer(text):
        if _BEFORE_HEX.search(text[max(0, found.start() - 2) : found.start()]):
            yield bytes.fromhex(found[0][: len(found[0]) // 2 * 2])


def _by_two(text: str) -> Iterator[bytes]:
    for found in _SPACED.finditer(text):
        first = _FIRST_SPACED.search(text[max(0, found.start() - 5) : found.start()])
        inside = bytes.fromhex((first[1] if first else "") + re.sub(r"0x|[ ,:]", "", found[0]))
        if len(inside) > 4:
            yield inside


def from64(written: str) -> bytes:
    """Give the bytes that 64 signs stand for, those of addresses too; a sign too many is left out."""
    signs = written.rstrip("=").translate(_STANDARD)
    signs = signs[: len(signs) - (len(signs) % 4 == 1)]
    return base64.b64decode(signs + "=" * (-len(signs) % 4))


def spells(data: bytes) -> bool:
    """Tell whether a few bytes are a text: chance rarely makes one."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text and _CONTROL.search(text) is None and (encoding == "utf-8" or text.isascii()):
            return True
    return False
