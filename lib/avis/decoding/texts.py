"""Bytes of any file → the texts that may stand in them, however they are packed or encoded.

Nothing is trusted and nothing is run: archives keep to the limits of `sources.files`, and what cannot be
looked into is said, never passed over.
"""

from __future__ import annotations

import base64
import bz2
import html
import io
import lzma
import quopri
import re
import tarfile
import zlib
from collections.abc import Callable, Iterator
from typing import Protocol
from urllib.parse import unquote_plus

from avis.decoding.pdf import read_pdf
from avis.errors import Place, Problems
from avis.files.archives import open_archive
from avis.files.kinds import OLE, ZIP, sniff

MOST_BYTES = 64 * 2**20
"""Bytes of a file or of what it unpacks to: what is larger is looked at by somebody."""
DEEPEST = 4
"""Archives inside archives."""
_CLOSED = (
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\x28\xb5\x2f\xfd",
    b"\x04\x22\x4d\x18",
    b"MSCF",
    b"age-encryption.org/",
)
"""How files begin that are packed or encrypted in ways that nothing here opens."""
_DRAWN = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"wOF2", b"wOFF")
"""How pictures and fonts begin, which pages and notebooks carry written as letters."""
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{24,}(?:(?:\r?\n|\\n)[A-Za-z0-9+/_-]+)*={0,2}")
_BREAKS = re.compile(rb"\r?\n|\\n")
_CHANCE = 200
"""Bytes below which letters that look packed may be so by chance."""
_PERCENT = re.compile("%[0-9A-Fa-f]{2}")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([\"\\/bfnrt]))")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_SOFT = re.compile(rb"=(?:\r?\n|[0-9A-F]{2})")
_SURROGATES = re.compile("[\ud800-\udfff]")


class NotSearched(Exception):
    """A file that cannot be looked into: encrypted, damaged, too large."""


def texts_of(data: bytes, depth: int = 0) -> Iterator[str]:
    r"""Give every text that bytes may hold, each as it may be read.

    Raises `NotSearched` after what could be read, where something could not.

    >>> "déjà" in list(texts_of("déjà".encode("utf-16-le")))
    True
    >>> list(texts_of(rb'{"a": "d\u00e9j\u00e0"}'))[-1]
    '{"a": "déjà"}'
    """
    if len(data) > MOST_BYTES or depth > DEEPEST:
        raise NotSearched
    if data.startswith(ZIP):
        yield from _of_archive(data, depth)
    elif (unpacker := _unpacker_of(data)) is not None:
        yield from _of_packed(data, unpacker, depth)
    elif data[257:262] == b"ustar":
        yield from _decoded(data)
        yield from _of_tar(data, depth)
    elif data[:1024].lstrip().startswith(b"%PDF"):
        yield from _of_pdf(data, depth)
    else:
        yield from _decoded(data)
        yield from _of_base64(data, depth)
        # Sound and pictures hold words that no machine reads here; OLE may hold a password or packed parts.
        if data.startswith((OLE, *_CLOSED)) or (not depth and sniff(data) in ("image", "binary")):
            raise NotSearched


def _of_archive(data: bytes, depth: int) -> Iterator[str]:
    problems = Problems()
    archive = open_archive(data, Place(), problems)
    if archive is None:
        raise NotSearched
    missed = False
    for name in archive.names:
        yield name
        member = archive.read(name, MOST_BYTES)
        try:
            yield from texts_of(member or b"", depth + 1)
        except NotSearched:
            missed = True
    if missed or problems.items:
        raise NotSearched


class _Unpacker(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes: ...


def _unpacker_of(data: bytes) -> Callable[[], _Unpacker] | None:
    if data.startswith(b"\x1f\x8b"):
        return lambda: zlib.decompressobj(31)
    if data.startswith(b"\xfd7zXZ\0"):
        return lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=4 * MOST_BYTES)
    packed = data.startswith(b"BZh") and data[4:10] in (b"1AY&SY", b"\x17\x72\x45\x38\x50\x90")
    return bz2.BZ2Decompressor if packed else None


def _of_packed(data: bytes, make: Callable[[], _Unpacker], depth: int) -> Iterator[str]:
    """Unpack one part after the other; what was read before a damage is looked into all the same."""
    found, whole = b"", True
    while data and whole:
        unpacker = make()
        try:
            found += unpacker.decompress(data, MOST_BYTES + 1 - len(found))
            whole = unpacker.eof and len(found) <= MOST_BYTES
            data = unpacker.unused_data.lstrip(b"\0")
        except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError):
            whole = False
    yield from texts_of(found[:MOST_BYTES], depth + 1)
    if not whole:
        raise NotSearched


def _of_tar(data: bytes, depth: int) -> Iterator[str]:
    missed = False
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for member in archive:
                part = archive.extractfile(member) if member.isreg() else None
                try:
                    yield from texts_of(part.read(MOST_BYTES + 1) if part else b"", depth + 1)
                except NotSearched:
                    missed = True
    except (tarfile.TarError, OSError, ValueError):
        missed = True
    if missed:
        raise NotSearched


def _of_base64(data: bytes, depth: int) -> Iterator[str]:
    """Look into what letters and notebooks carry written in 64 signs."""
    missed = False
    for found in _BASE64.finditer(data):
        signs = _BREAKS.sub(b"", found[0]).rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
        signs = signs[: len(signs) - (len(signs) % 4 == 1)]
        inside = base64.b64decode(signs + b"=" * (-len(signs) % 4))
        if inside.startswith(_DRAWN):
            continue
        try:
            yield from texts_of(inside, depth + 1)
        except NotSearched:
            missed |= len(inside) > _CHANCE
    if missed:
        raise NotSearched


def _of_pdf(data: bytes, depth: int) -> Iterator[str]:
    """Give what is drawn and said in a PDF, and what the files hold that it carries."""
    drawn = read_pdf(data, MOST_BYTES)
    yield from drawn.texts
    missed = not drawn.whole
    for part in drawn.attached:
        try:
            yield from texts_of(part, depth + 1)
        except NotSearched:
            missed = True
    if missed:
        raise NotSearched


def _decoded(data: bytes) -> Iterator[str]:
    try:
        yield from _unescaped(data.decode("utf-8"))
    except UnicodeDecodeError:
        yield from _unescaped(data.decode("utf-8", "replace"))
        yield from _unescaped(data.decode("cp1252", "replace"))
    if b"\0" in data:
        for encoding in ("utf-16-le", "utf-16-be"):
            for start in (0, 1):  # in a file of several parts a text may begin anywhere
                yield from _unescaped(data[start:].decode(encoding, "replace"))
    if data.count(b"\0\0\0") * 8 > len(data):
        for encoding in ("utf-32-le", "utf-32-be"):
            for start in range(4):
                yield data[start:].decode(encoding, "replace")
    if _SOFT.search(data):
        plain = quopri.decodestring(data)
        if plain != data:
            yield plain.decode("utf-8", "replace")
            yield plain.decode("cp1252", "replace")


def _unescaped(text: str) -> Iterator[str]:
    yield text
    if _PERCENT.search(text):
        yield unquote_plus(text)
    if "\\" in text:
        yield _SURROGATES.sub(" ", _ESCAPE.sub(lambda found: _written(*found.groups()), text))
    if "<" in text and ">" in text:
        yield html.unescape(_TAG.sub("", text))
        yield html.unescape(_TAG.sub(" ", text))
    elif "&" in text:
        yield html.unescape(text)


def _written(code: str | None, sign: str | None) -> str:
    return chr(int(code, 16)) if code else (sign or "") if (sign or "") in '"\\/' else " "
