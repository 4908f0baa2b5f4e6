"""What pictures and fonts carry beside what they show: words, dates, places, a smaller picture, other files.

What the points of a picture show is not read: no machine here knows letters by their looks. PNG (ISO/IEC
15948), JPEG (ISO/IEC 10918-1, its segments), GIF89a, WebP and the Exif of all (CIPA DC-008).
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_SHOWN = (b"IDAT", b"fdAT", b"PLTE", b"IHDR", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"bKGD")
_WEBP_SHOWN = (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF")
_FONTS = (b"wOF2", b"wOFF", b"OTTO", b"\0\1\0\0", b"true", b"ttcf")
_MOST = 1 << 22
_LETTERS = re.compile(rb"[\x20-\x7e\x80-\xff]{4,}")
_GPS = 0x8825

Part = tuple[str, bytes]
"""Where it stands, in words of the format, and its bytes."""


class Damaged(Exception):
    """A picture that ends too soon, or is of a kind whose parts nobody knows here."""


def is_picture(data: bytes) -> bool:
    """Tell a picture of a kind that is known here."""
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return webp or data.startswith((_PNG, b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*"))


def is_font(data: bytes) -> bool:
    """Tell a font: its glyphs are no words."""
    return data.startswith(_FONTS) and len(data) > 100


def parts_of_picture(data: bytes) -> Iterator[Part]:
    """Give what a picture carries; raises `Damaged` after what could be read.

    >>> list(parts_of_picture(b"GIF89a" + bytes(7) + b"!" + bytes([254, 2]) + b"ah" + bytes(1) + b";"))
    [('COM', b'ah')]
    """
    try:
        if data.startswith(_PNG):
            yield from _png(data)
        elif data.startswith(b"\xff\xd8"):
            yield from _jpeg(data)
        elif data.startswith(b"GIF8"):
            yield from _gif(data)
        elif data.startswith(b"RIFF"):
            yield from _webp(data)
        else:
            yield from _tiff(data)
    except (IndexError, struct.error, zlib.error):
        raise Damaged from None


def _png(data: bytes) -> Iterator[Part]:
    at, kind = len(_PNG), b""
    while kind != b"IEND":
        size, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + size]
        at += 12 + size
        if at > len(data):
            raise IndexError
        if kind in _SHOWN:
            continue
        name = kind.decode("latin-1")
        key, _, rest = body.partition(b"\0")
        if kind in (b"zTXt", b"iCCP"):
            yield name, key + b"\n" + _unpacked(rest[1:])
        elif kind == b"iTXt":
            tongue, _, told = rest[2:].partition(b"\0")
            other, _, told = told.partition(b"\0")
            yield name, b"\n".join((key, tongue, other, _unpacked(told) if rest[:1] == b"\1" else told))
        elif kind == b"eXIf":
            yield from _exif(body)
        else:
            yield name, body.replace(b"\0", b"\n")
    if data[at:].strip(b"\0"):
        yield "trailing", data[at:]


def _unpacked(data: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    found = unpacker.decompress(data, _MOST)
    if unpacker.unconsumed_tail:
        raise IndexError
    return found


def _jpeg(data: bytes) -> Iterator[Part]:
    at = 2
    while True:
        at = data.index(b"\xff", at) if b"\xff" in data[at : at + 2] else _next_mark(data, at)
        mark = data[at + 1]
        at += 2
        if mark == 0xD9:
            break
        if mark in (0x00, 0x01, 0xFF) or 0xD0 <= mark <= 0xD8:
            at -= mark == 0xFF
            continue
        size = int.from_bytes(data[at : at + 2], "big")
        body = data[at + 2 : at + size]
        at += size
        if at > len(data) or size < 2:
            raise IndexError
        if mark == 0xFE:
            yield "COM", body
        elif mark == 0xE1 and body.startswith(b"Exif\0"):
            yield from _exif(body[6:])
        elif 0xE1 <= mark <= 0xEF:
            yield f"APP{mark - 0xE0}", body
    if data[at:].strip(b"\0"):
        yield "trailing", data[at:]


def _next_mark(data: bytes, at: int) -> int:
    """Go over what is drawn: there 0xFF is followed by zero or by a mark of restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0:
            raise IndexError
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def _gif(data: bytes) -> Iterator[Part]:
    flags = data[10]
    at = 13 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
    while data[at] != 0x3B:
        if data[at] == 0x21:
            label, at = data[at + 1], at + 2
            body, at = _blocks(data, at)
            if label != 0xF9:
                yield "COM" if label == 0xFE else "extension", body
        elif data[at] == 0x2C:
            flags = data[at + 9]
            at += 10 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
            _, at = _blocks(data, at + 1)
        else:
            raise IndexError
    if data[at + 1 :].strip(b"\0"):
        yield "trailing", data[at + 1 :]


def _blocks(data: bytes, at: int) -> tuple[bytes, int]:
    parts = []
    while size := data[at]:
        parts.append(data[at + 1 : at + 1 + size])
        at += 1 + size
    return b"".join(parts), at + 1


def _webp(data: bytes) -> Iterator[Part]:
    at, end = 12, 8 + int.from_bytes(data[4:8], "little")
    while at + 8 <= min(end, len(data)):
        kind, size = struct.unpack_from("<4sI", data, at)
        body = data[at + 8 : at + 8 + size]
        if kind == b"EXIF":
            yield from _exif(body.removeprefix(b"Exif\0\0"))
        elif kind not in _WEBP_SHOWN:
            yield kind.decode("latin-1").strip(), body
        at += 8 + size + size % 2
    if end > len(data):
        raise IndexError
    if data[end:].strip(b"\0"):
        yield "trailing", data[end:]


def _exif(body: bytes) -> Iterator[Part]:
    """Give the words of Exif, the place where the picture was taken, and the small picture inside."""
    yield "EXIF", body
    place = gps_of(body)
    if place:
        yield "GPS", place.encode()
    inner = body.find(b"\xff\xd8\xff")
    if inner >= 0:
        yield "thumbnail", body[inner:]


def _tiff(data: bytes) -> Iterator[Part]:
    """Tags and points stand anywhere in a TIFF: every run of letters is given."""
    yield "EXIF", b"\n".join(_LETTERS.findall(data))
    place = gps_of(data)
    if place:
        yield "GPS", place.encode()


def gps_of(exif: bytes) -> str:
    """Give latitude and longitude as Exif tells them, as a text; empty where it does not."""
    try:
        order = "<" if exif[:2] == b"II" else ">"
        first = struct.unpack_from(f"{order}I", exif, 4)[0]
        pointers = {tag: value for tag, _, value, _ in _entries(exif, first, order)}
        if _GPS not in pointers:
            return ""
        told = {tag: (count, value) for tag, count, value, _ in _entries(exif, pointers[_GPS], order)}
        angles = [_angle(exif, told[tag][1], order) for tag in (2, 4) if tag in told]
        return f"GPS: {', '.join(f'{angle:.5f}' for angle in angles)}" if angles else "GPS"
    except (struct.error, ZeroDivisionError):
        return ""


def _entries(exif: bytes, at: int, order: str) -> Iterator[tuple[int, int, int, int]]:
    number = min(struct.unpack_from(f"{order}H", exif, at)[0], 500)
    for index in range(number):
        tag, kind, count, value = struct.unpack_from(f"{order}HHII", exif, at + 2 + 12 * index)
        yield tag, count, value, kind


def _angle(exif: bytes, at: int, order: str) -> float:
    numbers: tuple[int, ...] = struct.unpack_from(f"{order}6I", exif, at)
    parts = [numbers[n] / (numbers[n + 1] or 1) for n in (0, 2, 4)]
    return parts[0] + parts[1] / 60 + parts[2] / 3600


def names_of_font(data: bytes) -> bytes:
    """Give the words that a font says of itself; of packed fonts none."""
    if data[:4] not in (b"OTTO", b"\0\1\0\0", b"true"):
        return b""
    for index in range(int.from_bytes(data[4:6], "big")):
        tag, _, begin, size = struct.unpack_from(
            ">4sIII", data.ljust(12 + 16 * (index + 1), b"\0"), 12 + 16 * index
        )
        if tag == b"name":
            return data[begin : begin + size]
    return b""
