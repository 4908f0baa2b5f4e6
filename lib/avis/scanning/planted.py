"""The few bytes of each format in which a plant is hidden, written by hand: no library is as quick."""

from __future__ import annotations

import hashlib
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Mapping

_PNG = b"\x89PNG\r\n\x1a\n"


def zipped(members: Mapping[str, bytes], comment: bytes = b"") -> bytes:
    """Make an archive; the same members give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
        archive.comment = comment
    return made.getvalue()


def tarred(name: str, data: bytes) -> bytes:
    """Make an archive of one member."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        member = tarfile.TarInfo(name)
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return made.getvalue()


def docx(word: str) -> bytes:
    """Hide a word in a deletion that is tracked, cut over two runs."""
    runs = f"<w:delText>{word[:3]}</w:delText></w:r>\n<w:r><w:delText>{word[3:]}</w:delText>"
    body = f"<w:document><w:del><w:r>{runs}</w:r></w:del></w:document>"
    return zipped({"word/document.xml": body.encode()})


def sheet(word: str) -> bytes:
    """Hide a word in a sheet that is not shown."""
    book = '<workbook><sheets><sheet name="a" state="veryHidden"/></sheets></workbook>'
    strings = f"<sst><si><r><t>{word[:2]}</t></r><r><t>{word[2:]}</t></r></si></sst>"
    return zipped({"xl/workbook.xml": book.encode(), "xl/sharedStrings.xml": strings.encode()})


def _pdf(objects: list[bytes]) -> bytes:
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, one) for n, one in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer <</Root 1 0 R>>\n%%EOF\n"


def _stream(data: bytes, head: bytes = b"") -> bytes:
    packed = zlib.compress(data)
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (len(packed), head, packed)


def drawn(word: str) -> bytes:
    """Draw a word by the numbers of its glyphs, which only the font's table turns into letters."""
    codes = {letter: n for n, letter in enumerate(sorted(set(word)), 1)}
    pairs = "".join(f"<{code:04x}> <{ord(letter):04x}>\n" for letter, code in codes.items())
    space = "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
    table = f"{space}{len(codes)} beginbfchar\n{pairs}endbfchar"
    shown = "".join(f"{codes[letter]:04x}" for letter in word)
    page = f"BT /F1 9 Tf [<{shown[:8]}> -20 <{shown[8:]}>] TJ ET"
    return _pdf(
        [
            b"<</Type/Page/Contents 2 0 R/Resources<</Font<</F1 3 0 R>>>>>>",
            _stream(page.encode()),
            b"<</Type/Font/Subtype/Type0/ToUnicode 4 0 R>>",
            _stream(table.encode()),
        ]
    )


def said(word: str) -> bytes:
    """Put a word into a PDF's title, as its letters are written there."""
    return _pdf([b"<</Title <" + (b"\xfe\xff" + word.encode("utf-16-be")).hex().encode() + b">>>"])


def attached(data: bytes) -> bytes:
    """Attach a file to a PDF."""
    return _pdf([_stream(data, b"/Type/EmbeddedFile")])


def png(kind: bytes, body: bytes) -> bytes:
    """Make a picture of one point with a part of a kind."""
    head = struct.pack(">2I5B", 1, 1, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (kind, body), (b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b""))
    return _PNG + b"".join(
        struct.pack(">I", len(part)) + name + part + struct.pack(">I", zlib.crc32(name + part))
        for name, part in parts
    )


def jpeg(mark: int, body: bytes) -> bytes:
    """Make the shell of a photograph with one segment."""
    return b"\xff\xd8\xff" + bytes([mark]) + struct.pack(">H", len(body) + 2) + body + b"\xff\xd9"


def loose(data: bytes) -> bytes:
    """Make an object as git keeps it by itself."""
    return zlib.compress(b"blob %d\0" % len(data) + data)


def pack(data: bytes) -> bytes:
    """Make a pack of two objects, the second one told by what it differs in from the first."""
    base = b"first line of a file\n" + data[:3]
    delta = bytes([len(base), len(base) + len(data) - 3, 0x80 | 0x10, len(base), len(data) - 3]) + data[3:]
    head = bytes([0x30 | len(base) & 15 | 0x80, len(base) >> 4])
    name = hashlib.sha1(b"blob %d\0" % len(base) + base, usedforsecurity=False).digest()
    second = bytes([0x70 | len(delta) & 15 | 0x80, len(delta) >> 4]) + name
    body = struct.pack(">4s2I", b"PACK", 2, 2) + head + zlib.compress(base) + second + zlib.compress(delta)
    return body + hashlib.sha1(body, usedforsecurity=False).digest()
