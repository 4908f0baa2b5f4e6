"""A text that was found in a file, where it stood, and the ways in which bytes may spell one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_RUN = re.compile("[\t\n\r\x20-\x7e\xa0-\u024f\u2010-\u2026\u202f]{6,}")
"""Letters of the alphabets of Europe, in a row."""
MOST_BYTES = 64 * 2**20
"""Bytes of a file, and of all that it unpacks to: what is larger is looked at by somebody."""


@dataclass(frozen=True)
class Piece:
    """A text, and where it stands in the file: members and formats parted by ` › `."""

    where: str = field(repr=False)
    text: str = field(repr=False)
    glued: bool = False
    """Words without what parted them, as a PDF may draw them: numbers there run into each other."""


def within(where: str, part: str) -> str:
    """Name a place inside another."""
    return f"{where} › {part}" if where else part


def decoded(data: bytes) -> Iterator[str]:
    """Give bytes as the texts that they may be: UTF-8, else what Windows writes; wide ones too.

    >>> "déjà" in list(decoded("déjà".encode("utf-16-be")))
    True
    """
    try:
        yield data.decode("utf-8")
    except UnicodeDecodeError:
        yield data.decode("utf-8", "replace")
        yield data.decode("cp1252", "replace")
    if b"\0" in data or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        for encoding in ("utf-16-le", "utf-16-be"):
            for start in (0, 1):  # in a file of several parts a text may begin anywhere
                wide = data[start:].decode(encoding, "replace")
                yield wide
                if _RUN.search(wide) and not _RUN.fullmatch(wide):  # beside it, what spells nothing
                    yield "\n".join(_RUN.findall(wide))
    if data.count(b"\0\0\0") * 8 > len(data):
        for encoding in ("utf-32-le", "utf-32-be"):
            for start in range(4):
                yield data[start:].decode(encoding, "replace")
