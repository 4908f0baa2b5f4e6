"""Bytes of any file → the texts that may stand in them, however they are packed or encoded.

Nothing is trusted and nothing is run: archives keep to the limits of `sources.files`, and what cannot be
looked into is said, never passed over.
"""

from __future__ import annotations

import html
import quopri
import re
import zlib
from collections.abc import Iterator

from avis.errors import Place, Problems
from avis.rights.drawn import read_pdf
from avis.sources.files.archives import open_archive
from avis.sources.files.kinds import OLE, ZIP, sniff

MOST_BYTES = 64 * 2**20
"""Bytes of a file or of what it unpacks to: what is larger is looked at by somebody."""
DEEPEST = 4
"""Archives inside archives."""
_GZIP = b"\x1f\x8b"
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
    elif data.startswith(_GZIP):
        yield from texts_of(_unzipped(data, 31), depth + 1)
    elif data[:1024].lstrip().startswith(b"%PDF"):
        yield from _of_pdf(data, depth)
    else:
        yield from _decoded(data)
        # Sound and pictures hold words that no machine reads here; OLE may hold a password or packed parts.
        if data.startswith(OLE) or (not depth and sniff(data) in ("image", "binary")):
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


def _unzipped(data: bytes, window: int) -> bytes:
    try:
        unpacker = zlib.decompressobj(window)
        found = unpacker.decompress(data, MOST_BYTES + 1)
    except zlib.error:
        raise NotSearched from None
    if len(found) > MOST_BYTES:
        raise NotSearched
    return found


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
    if _SOFT.search(data):
        plain = quopri.decodestring(data)
        if plain != data:
            yield plain.decode("utf-8", "replace")
            yield plain.decode("cp1252", "replace")


def _unescaped(text: str) -> Iterator[str]:
    yield text
    if "\\" in text:
        yield _SURROGATES.sub(" ", _ESCAPE.sub(lambda found: _written(*found.groups()), text))
    if "<" in text and ">" in text:
        yield html.unescape(_TAG.sub("", text))
        yield html.unescape(_TAG.sub(" ", text))
    elif "&" in text:
        yield html.unescape(text)


def _written(code: str | None, sign: str | None) -> str:
    return chr(int(code, 16)) if code else (sign or "") if (sign or "") in '"\\/' else " "
