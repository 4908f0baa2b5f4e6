"""How streams of a PDF are packed (ISO 32000-2, 7.4): deflated, in 85 signs, in hexadecimal, in runs, LZW."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Callable

_FILTER = re.compile(rb"/Filter\s*(?:\[([^\]]*)\]|(/[A-Za-z0-9]+))")
_NAME = re.compile(rb"/([A-Za-z0-9]+)")
_PICTURES = (b"DCTDecode", b"DCT", b"JPXDecode", b"CCITTFaxDecode", b"CCF", b"JBIG2Decode")


def unpack(head: bytes, raw: bytes, most: int) -> tuple[bytes | None, bool]:
    """Undo the filters that a stream's head names, to no more than so many bytes.

    Gives the bytes, none where that cannot be done, and whether they are those of a packed picture.

    >>> unpack(b"<</Filter/ASCIIHexDecode>>", b"41 42>", 10)
    (b'AB', False)
    """
    if b"/Filter" not in head:
        return raw, False
    named = _FILTER.search(head)
    names = _NAME.findall(named[1] or named[2] or b"") if named else [b""]
    for name in names:
        if name in _PICTURES:
            return raw, True
        undo = _UNDO.get(name)
        if undo is None:
            return None, False
        try:
            raw = undo(raw, most)
        except (zlib.error, ValueError, IndexError):
            return None, False
    return raw, False


def _deflated(raw: bytes, most: int) -> bytes:
    unpacker = zlib.decompressobj()
    found = unpacker.decompress(raw, max(1, most))
    if unpacker.unconsumed_tail:
        raise ValueError
    return found


def _hex(raw: bytes, most: int) -> bytes:
    digits = b"".join(raw.partition(b">")[0].split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _in85(raw: bytes, most: int) -> bytes:
    return base64.a85decode(raw.partition(b"~>")[0].removeprefix(b"<~"), ignorechars=b" \t\n\r\v\f\0")


def _runs(raw: bytes, most: int) -> bytes:
    made, at = bytearray(), 0
    while at < len(raw) and raw[at] != 128:
        length = raw[at]
        if length < 128:
            made += raw[at + 1 : at + 2 + length]
            at += 2 + length
        else:
            made += raw[at + 1 : at + 2] * (257 - length)
            at += 2
        if len(made) > most:
            raise ValueError
    return bytes(made)


def _lzw(raw: bytes, most: int) -> bytes:
    """LZW as PDF and TIFF write it: codes from nine bits, the highest first, growing one code early."""
    table: list[bytes] = []
    made, held, bits, width, before = bytearray(), 0, 0, 9, b""
    for byte in raw:
        held, bits = held << 8 | byte, bits + 8
        if bits < width:
            continue
        bits -= width
        code, held = held >> bits, held & (1 << bits) - 1
        if code == 257:
            break
        if code == 256:
            table, width, before = [], 9, b""
            continue
        if code < 256:
            entry = bytes([code])
        else:
            entry = table[code - 258] if code - 258 < len(table) else before + before[:1]
        if before:
            table.append(before + entry[:1])
        before = entry
        made += entry
        if len(made) > most or len(table) > 4096:
            raise ValueError
        width = min(12, max(9, (len(table) + 259).bit_length()))
    return bytes(made)


_UNDO: dict[bytes, Callable[[bytes, int], bytes]] = {
    b"FlateDecode": _deflated,
    b"Fl": _deflated,
    b"ASCIIHexDecode": _hex,
    b"AHx": _hex,
    b"ASCII85Decode": _in85,
    b"A85": _in85,
    b"RunLengthDecode": _runs,
    b"RL": _runs,
    b"LZWDecode": _lzw,
    b"LZW": _lzw,
}
