"""Bytes that a text carries written in signs: base64, hexadecimal, arrays of numbers like plotly's."""

from __future__ import annotations

import base64
import re
import struct
from collections.abc import Iterator

_SIGNS = re.compile(
    r"(?:[A-Za-z0-9+/_-]{40,}+(?:\r?\n[ \t]?|\\n))+[A-Za-z0-9+/_-]+={0,2}|[A-Za-z0-9+/_-]{8,}+={0,2}"
)
"""In one run, or in lines of one length, as letters and notebooks carry them."""
_BREAKS = re.compile(r"\r?\n[ \t]?|\\n")
_STANDARD = str.maketrans("-_", "+/")
_DATA = re.compile(r";base64,([A-Za-z0-9+/]{3,}={0,2})")
_HEX = re.compile(r"(?:(?<![0-9A-Za-z])|(?<=0x))(?:[0-9A-Fa-f]{2}){4,}+")
_SPACED = re.compile(r"(?<![0-9A-Za-z])(?:(?:0x)?[0-9A-Fa-f]{2}[ ,:]{1,2}){4,}(?:0x)?[0-9A-Fa-f]{2}\b")
_ARRAY = re.compile(
    r'"dtype"\s*:\s*"(?P<type>[fiu][1248])"[^{}]{0,60}?"bdata"\s*:\s*"(?P<data>[A-Za-z0-9+/=]*)"'
    r'|"bdata"\s*:\s*"(?P<first>[A-Za-z0-9+/=]*)"[^{}]{0,60}?"dtype"\s*:\s*"(?P<after>[fiu][1248])"'
)
_TYPES = {
    "f4": "f",
    "f8": "d",
    "i1": "b",
    "i2": "h",
    "i4": "i",
    "i8": "q",
    "u1": "B",
    "u2": "H",
    "u4": "I",
    "u8": "Q",
}
SURE = 24
"""Signs from which letters are taken to be written in 64 signs even where they spell no text."""
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
        inside = _from64(_BREAKS.sub("", found[0]))
        if inside and (len(found[0]) >= SURE or spells(inside)):
            yield "base64", inside
    for found in _DATA.finditer(text) if ";base64," in text else ():
        if len(found[1]) < SURE:  # said to be bytes: as short as a code
            yield "base64", _from64(found[1])
    for pattern in (_HEX, _SPACED):
        for found in pattern.finditer(text):
            digits = re.sub(r"0x|[ ,:]", "", found[0])
            inside = bytes.fromhex(digits)
            if spells(inside) or (len(inside) > 200 and pattern is _HEX):
                yield "hexadecimal", inside


def _from64(written: str) -> bytes:
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


def arrays(text: str) -> Iterator[tuple[str, bytes]]:
    r"""Give the numbers of typed arrays (`{"dtype": "f8", "bdata": …}`), as a text, and their bytes.

    >>> list(arrays('{"dtype":"i2","bdata":"AQACAAMA"}'))
    [('1 2 3', b'\x01\x00\x02\x00\x03\x00')]
    """
    for found in _ARRAY.finditer(text) if '"bdata"' in text else ():
        kind = found["type"] or found["after"]
        whole = _from64(found["data"] or found["first"] or "")
        size = int(kind[1])
        data = whole[: len(whole) // size * size]
        numbers = struct.unpack(f"<{len(data) // size}{_TYPES[kind]}", data)
        if kind == "f4":
            numbers = tuple(round(one, 6) for one in numbers)
        yield " ".join(f"{one:.12g}" for one in numbers), whole
