"""Arrays of numbers that stand in bytes: those that say so, like plotly's, and those that look like it."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Sequence

from avis.decoding.encoded import SURE, from64

_TYPE = "[fiu][1248]|u1c"
_ARRAY = re.compile(
    rf'"dtype"\s*:\s*"(?P<type>{_TYPE})"[^{{}}]{{0,60}}?"bdata"\s*:\s*"(?P<data>[A-Za-z0-9+/=]*)"'
    rf'|"bdata"\s*:\s*"(?P<first>[A-Za-z0-9+/=]*)"[^{{}}]{{0,60}}?"dtype"\s*:\s*"(?P<after>{_TYPE})"'
)
_CODES = {"f4": "f", "f8": "d", "i1": "b", "i2": "h", "i4": "i", "i8": "q"}
_CODES |= {"u1": "B", "u1c": "B", "u2": "H", "u4": "I", "u8": "Q"}
_UNSAID = ("f8", "f4", "i8", "i4")
"""Types that can be told from other bytes by the size of their numbers; any bytes are shorter ones."""
_SIZES = {"f": (1e-9, 1e15), "i": (1, 1e8)}
"""How small and how large the numbers are that people count and measure."""

Numbers = Sequence[float]


def arrays(text: str) -> Iterator[tuple[Numbers, bytes]]:
    r"""Give the numbers of typed arrays (`{"dtype": "f8", "bdata": …}`), and their bytes.

    >>> list(arrays('{"dtype":"i2","bdata":"AQACAAMA"}'))
    [((1, 2, 3), b'\x01\x00\x02\x00\x03\x00')]
    """
    for found in _ARRAY.finditer(text) if '"bdata"' in text else ():
        whole = from64(found["data"] or found["first"] or "")
        yield _unpacked(whole, found["type"] or found["after"], "<"), whole


def unsaid(data: bytes) -> Iterator[Numbers]:
    """Give all that bytes read as where it is numbers that somebody would have; packed bytes never are.

    >>> next(unsaid(struct.pack(">3d", 34, 1987, 250.5))), list(unsaid(b"not numbers but words..."))
    ((34.0, 1987.0, 250.5), [])
    """
    for kind in _UNSAID if len(data) >= SURE else ():
        for order in "<>" if len(data) % int(kind[1]) == 0 else "":
            numbers = _unpacked(data, kind, order)
            least, most = _SIZES[kind[0]]
            if any(numbers) and all(one == 0 or least <= abs(one) <= most for one in numbers):
                yield numbers


def told(numbers: Numbers) -> str:
    """Write numbers as a text in which no two of them make one."""
    return ";".join(f"{one:.12g}" for one in numbers)


def letters(numbers: Numbers) -> str:
    """Give the letters whose codes the numbers may be; empty where most are none.

    >>> letters((78.0, 233.0, 101.0, 0.0)), letters((0.5, 7.25))
    ('Née ', '')
    """
    codes = [int(one) if one == one // 1 and 32 <= one < 0xD800 else 0 for one in numbers]
    most = sum(map(bool, codes)) * 2 > len(codes)
    return "".join(chr(code or 32) for code in codes) if most else ""


def _unpacked(data: bytes, kind: str, order: str) -> Numbers:
    size = int(kind[1])
    numbers: tuple[float, ...] = struct.unpack(
        f"{order}{len(data) // size}{_CODES[kind]}", data[: len(data) // size * size]
    )
    return tuple(round(one, 6) for one in numbers) if kind == "f4" else numbers
