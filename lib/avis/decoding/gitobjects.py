"""What git keeps: objects by themselves, in packs, in bundles; every version, those that no branch reaches.

The formats are git's own (gitformat-pack, gitformat-bundle). git itself is not run: a hostile repository
could have it run something else.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

_BUNDLE = re.compile(rb"# v[23] git bundle\n")
_KNOWN = (b"\xfftOc", b"RIDX", b"BITM", b"MIDX", b"CGPH", b"DIRC")
"""Tables of numbers beside packs: they hold hashes and places, and no word."""
_TYPES = {1: "commit", 2: "tree", 3: "blob", 4: "tag"}
_OFS, _REF = 6, 7
_SLICE = 1 << 15


def is_table(data: bytes) -> bool:
    """Tell a file that git keeps beside its packs and that holds no word."""
    return data.startswith(_KNOWN)


def pack_in(data: bytes) -> tuple[bytes, bytes] | None:
    """Give the head and the pack of a bundle, or of a pack itself; none for anything else."""
    if data.startswith(b"PACK"):
        return b"", data
    if _BUNDLE.match(data):
        at = data.find(b"\n\n")
        return data[:at], data[at + 2 :]
    return None


class Pack:
    """The objects of a pack, those that are kept as differences made whole, within a budget of bytes.

    `whole` turns false where something was missing, damaged or too much.
    """

    def __init__(self, data: bytes, most: int) -> None:
        self.data = data
        self.left = most
        self.whole = True
        self._made: dict[int, tuple[int, bytes]] = {}
        self._by_id: dict[bytes, int] = {}

    def objects(self) -> Iterator[tuple[str, bytes]]:
        """Give each object: what it is (`blob`, `commit`, `tag`, `tree`) and its bytes."""
        import hashlib

        count, at = int.from_bytes(self.data[8:12], "big"), 12
        later = list[tuple[int, bytes, bytes]]()
        for _ in range(count):
            try:
                start, kind, base, body, at = self._entry(at)
            except (IndexError, zlib.error, ValueError):
                self.whole = False
                return
            if kind in (_OFS, _REF):
                later.append((start, base, body))
                continue
            self._keep(start, kind, body, hashlib)
            yield _TYPES.get(kind, ""), body
        yield from self._differences(later, hashlib)

    def _differences(
        self, later: list[tuple[int, bytes, bytes]], hashlib: object
    ) -> Iterator[tuple[str, bytes]]:
        """Differences lean on differences: go round until a round makes none whole."""
        while later:
            left = []
            for start, base, body in later:
                place = self._by_id.get(base, -1) if len(base) == 20 else int.from_bytes(base, "big")
                held = self._made.get(place)
                if held is None:
                    left.append((start, base, body))
                    continue
                kind, source = held
                try:
                    made = _patched(source, body, self.left)
                except (IndexError, ValueError):
                    self.whole = False
                    continue
                self.left -= len(made)
                self._keep(start, kind, made, hashlib)
                yield _TYPES.get(kind, ""), made
            if len(left) == len(later):
                self.whole = False
                return
            later = left

    def _keep(self, start: int, kind: int, body: bytes, hashlib: object) -> None:
        head = f"{_TYPES.get(kind, '')} {len(body)}\0".encode()
        self._made[start] = (kind, body)
        self._by_id[hashlib.sha1(head + body, usedforsecurity=False).digest()] = start  # type: ignore[attr-defined]

    def _entry(self, at: int) -> tuple[int, int, bytes, bytes, int]:
        start, byte = at, self.data[at]
        kind = byte >> 4 & 7
        at += 1
        while byte & 0x80:  # the size, which the stream tells anyway
            byte = self.data[at]
            at += 1
        base = b""
        if kind == _OFS:
            byte = self.data[at]
            back = byte & 0x7F
            at += 1
            while byte & 0x80:
                byte = self.data[at]
                back = (back + 1 << 7) | (byte & 0x7F)
                at += 1
            base = (start - back).to_bytes(8, "big")
        elif kind == _REF:
            base, at = self.data[at : at + 20], at + 20
        body, end = self._stream(at)
        return start, kind, base, body, end

    def _stream(self, at: int) -> tuple[bytes, int]:
        """Unpack what begins here; in slices, since what is left over is copied each time."""
        unpacker, body = zlib.decompressobj(), bytearray()
        while not unpacker.eof:
            piece = self.data[at : at + _SLICE]
            body += unpacker.decompress(piece, max(1, self.left - len(body)))
            at += len(piece)
            if not piece or unpacker.unconsumed_tail:
                raise ValueError
        self.left -= len(body)
        return bytes(body), at - len(unpacker.unused_data)


def _size(delta: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = delta[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return value, at


def _patched(source: bytes, delta: bytes, most: int) -> bytes:
    _, at = _size(delta, 0)
    size, at = _size(delta, at)
    if size > most:
        raise ValueError
    made = bytearray()
    while at < len(delta) and len(made) <= size:
        order = delta[at]
        at += 1
        if order & 0x80:
            numbers = []
            for bits, width in ((0, 4), (4, 3)):
                number = 0
                for place in range(width):
                    if order >> (bits + place) & 1:
                        number |= delta[at] << 8 * place
                        at += 1
                numbers.append(number)
            begin, length = numbers
            made += source[begin : begin + (length or 0x10000)]
        else:
            made += delta[at : at + order]
            at += order
    return bytes(made)
