"""Archives and packed files: what they hold, what is said beside it, and what they no longer list."""

from __future__ import annotations

import bz2
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Protocol

from avis.decoding.escapes import readings
from avis.decoding.pieces import MOST_BYTES, Piece, decoded, within

if TYPE_CHECKING:
    from avis.decoding.opener import Opener

_LOCAL = b"PK\x03\x04"
_LOOSE = re.compile(rb"(?:blob|commit|tag|tree) \d+\0")


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes: ...


def read_zip(opener: Opener, data: bytes, where: str, depth: int) -> Iterator[Piece]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > opener.members:
                opener.unread.append(where)
                return
            told = [archive.comment, *(part for info in infos for part in (info.comment, info.extra))]
            for part in dict.fromkeys(told):
                yield from opener.open(part, within(where, "comment"), depth + 1) if part else ()
            yield from (Piece(where, reading) for info in infos for reading in readings(info.filename))
            for info in infos:
                yield from _member(opener, archive, info, where, depth)
            for gap in _gaps(data, infos, archive.start_dir):
                yield from _unlisted(opener, gap, within(where, "hidden"), depth + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError, IndexError):
        opener.unread.append(where)


def _member(
    opener: Opener, archive: zipfile.ZipFile, info: zipfile.ZipInfo, where: str, depth: int
) -> Iterator[Piece]:
    inner = within(where, info.filename)
    try:
        with archive.open(info) as member:
            data = member.read(max(1, opener.left) + 1)
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        RuntimeError,
        OSError,
        NotImplementedError,
        EOFError,
    ):
        opener.unread.append(inner)  # encrypted (RuntimeError), damaged, packed in a way of its own
        return
    yield from opener.open(data, inner, depth + 1)


def _unlisted(opener: Opener, gap: bytes, where: str, depth: int) -> Iterator[Piece]:
    """Open what an archive holds and lists no more, member by member; other bytes as they are."""
    at = gap.find(_LOCAL)
    if at < 0:
        yield from opener.open(gap, where, depth)
        return
    while at >= 0 and at + 30 <= len(gap):
        method, named, extra = (int.from_bytes(gap[at + n : at + n + 2], "little") for n in (8, 26, 28))
        start = at + 30 + named + extra
        yield from (Piece(where, text) for text in decoded(gap[at + 30 : start]))
        body, at = gap[start:], gap.find(_LOCAL, start)
        if method == 0:
            yield from opener.open(body[: at - start] if at >= 0 else body, where, depth)
        else:
            yield from _inflated(opener, body, where, depth)


def _inflated(opener: Opener, body: bytes, where: str, depth: int) -> Iterator[Piece]:
    unpacker = zlib.decompressobj(-15)
    try:
        found = unpacker.decompress(body, max(1, opener.left) + 1)
    except zlib.error:
        opener.unread.append(where)
        return
    yield from opener.open(found, where, depth)


def _gaps(data: bytes, infos: list[zipfile.ZipInfo], end: int) -> Iterator[bytes]:
    """Give what stands between the members that an archive lists: members that it lists no more, too."""
    at = 0
    for info in sorted(infos, key=lambda one: one.header_offset):
        start = info.header_offset
        if start - at > 30:
            yield data[at:start]
        names = int.from_bytes(data[start + 26 : start + 28], "little")
        names += int.from_bytes(data[start + 28 : start + 30], "little")
        at = max(at, start + 30 + names + info.compress_size)
    if end - at > 30:
        yield data[at:end]


def unpacker_of(data: bytes) -> Callable[[], _Unpacker] | None:
    if data.startswith(b"\x1f\x8b"):
        return lambda: zlib.decompressobj(31)
    if data.startswith(b"\xfd7zXZ\0"):
        return lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=4 * MOST_BYTES)
    if data.startswith(b"BZh") and data[4:10] in (b"1AY&SY", b"\x17\x72\x45\x38\x50\x90"):
        return bz2.BZ2Decompressor
    zlibbed = data[:1] == b"x" and data[1:2] in (b"\x01", b"\x5e", b"\x9c", b"\xda")
    return zlib.decompressobj if zlibbed else None


def read_packed(opener: Opener, data: bytes, where: str, depth: int) -> Iterator[Piece]:
    """Unpack one part after the other; what was read before a damage is looked into all the same."""
    make = unpacker_of(data)
    found, whole, most = bytearray(), True, max(1, opener.left)
    if data.startswith(b"\x1f\x8b"):  # the name and the comment in the head of a gzip
        yield from (Piece(where, text) for text in decoded(data[10:600].partition(b"\0")[0]))
    while make and data and whole and len(found) <= most:
        unpacker = make()
        try:
            found += unpacker.decompress(data, most + 1 - len(found))
            whole = unpacker.eof
            data = unpacker.unused_data.lstrip(b"\0")
        except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError):
            whole = False
    plain = bytes(found)
    loose = _LOOSE.match(plain)
    if plain.startswith(b"tree ") and loose:  # names of files, between hashes
        yield from (Piece(where, text) for text in decoded(plain))
    else:
        yield from opener.open(plain[loose.end() :] if loose else plain, where, depth + 1)
    if data:  # what follows the last part, or all of it where nothing could be unpacked
        yield from (Piece(where, text) for text in decoded(data))
    if not whole:
        opener.unread.append(where)


def read_tar(opener: Opener, data: bytes, where: str, depth: int) -> Iterator[Piece]:
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for member in archive:
                told = (
                    member.name,
                    member.linkname,
                    member.uname,
                    member.gname,
                    *member.pax_headers.values(),
                )
                yield from (Piece(where, reading) for name in told for reading in readings(str(name)))
                part = archive.extractfile(member) if member.isreg() else None
                if part:
                    inner = part.read(max(1, opener.left) + 1)
                    yield from opener.open(inner, within(where, member.name), depth + 1)
            after = data[archive.offset :].strip(b"\0")
            yield from opener.open(after, within(where, "hidden"), depth + 1) if after else ()
    except (tarfile.TarError, OSError, ValueError):
        opener.unread.append(where)
