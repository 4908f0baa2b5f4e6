"""Any bytes → every text that they may hold and where, archives opened, within a budget.

Nothing is trusted and nothing is run. What cannot be looked into is listed in `unread`, never passed over;
pictures are listed apart, since their metadata is read and what they show is not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from avis.decoding.archived import read_packed, read_tar, read_zip, unpacker_of
from avis.decoding.arrays import Numbers, arrays, letters, told, unsaid
from avis.decoding.encoded import SURE, carried, spells
from avis.decoding.escapes import is_marked_up, joined, readings
from avis.decoding.gitobjects import Pack, is_table, pack_in
from avis.decoding.pdf import read_pdf
from avis.decoding.pictures import Damaged, is_font, is_picture, names_of_font, parts_of_picture
from avis.decoding.pieces import MOST_BYTES, Piece, decoded, within
from avis.files.kinds import OLE, ZIP, sniff

DEEPEST = 8
"""Archives inside archives, and what texts carry inside these."""
MOST_MEMBERS = 20_000
_CLOSED = (
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\x28\xb5\x2f\xfd",
    b"\x04\x22\x4d\x18",
    b"MSCF",
    b"age-encryption.org/",
    OLE,
)
"""How files begin that are packed or encrypted in ways that nothing here opens."""
_WIDE = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
"""How a text begins that says itself to be of four bytes a letter."""
_CHANCE = 200
"""Bytes below which letters that look packed may be so by chance."""


class Opener:
    """Opens files; `unread` and `pictures` grow meanwhile, each by where it stands.

    >>> opener = Opener()
    >>> [piece.text for piece in opener.open(b"caf\\xe9")][-1], opener.unread
    ('café', [])
    """

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.left = most
        self.members = MOST_MEMBERS
        self.unread: list[str] = []
        self.pictures: list[str] = []

    def open(self, data: bytes, where: str = "", depth: int = 0) -> Iterator[Piece]:
        """Give every text that bytes may hold, each as it may be read."""
        self.left -= len(data)
        self.members -= 1
        if self.left < 0 or self.members < 0 or depth > DEEPEST:
            self.unread.append(where)
            return
        for known, read in _READERS:
            if known(data):
                yield from read(self, data, where, depth)
                return
        yield from self._texts(data, where, depth)

    def _texts(self, data: bytes, where: str, depth: int) -> Iterator[Piece]:
        if data.startswith(_CLOSED) or not _is_text(data):
            self.unread.append(where)
        for text in decoded(data):
            yield from self._read(text, where, depth)

    def _read(self, text: str, where: str, depth: int) -> Iterator[Piece]:
        """Give what a text reads as, then what it carries in signs."""
        seen, signs, counted = set[bytes](), set[str](), set[bytes]()
        if is_marked_up(text):
            yield Piece(where, joined(text), glued=True)
        given = list(readings(text))
        for reading in given:  # all of them, since what an array carries is known only where it can be read
            yield Piece(where, reading)
            for numbers, data in arrays(reading):
                counted.add(data)
                yield from _numbered(numbers, within(where, "bdata"))
        for reading in given:
            for how, inside in carried(reading, signs):
                if inside not in seen:
                    seen.add(inside)
                    yield from self._carried(inside, within(where, how), depth, inside in counted)

    def _carried(self, inside: bytes, where: str, depth: int, counted: bool) -> Iterator[Piece]:
        """What letters happen to spell in 64 signs is no file: only larger ones are missed where unread.

        Those of an array were read as numbers.
        """
        unread, before = self.unread, self.left
        self.unread = []
        if spells(inside) or any(known(inside) for known, _ in _READERS):
            yield from self.open(inside, where, depth + 1)
        else:
            self.left -= len(inside)
            yield from (Piece(where, text, glued=True) for text in decoded(inside))
            found = () if counted else tuple(unsaid(inside))
            for numbers in found:
                yield from _numbered(numbers, where)
            self.unread += [] if counted or found or _is_text(inside) else [where]
        if len(inside) > _CHANCE or self.left < 0 <= before:
            unread += self.unread
        self.unread = unread


def _numbered(numbers: Numbers, where: str) -> Iterator[Piece]:
    """Give numbers as they are, and the letters that they may stand for."""
    written, spelt = told(numbers), letters(numbers)
    yield Piece(where, written, glued="." in written)
    if spelt:
        yield Piece(where, spelt, glued=True)


def _is_text(data: bytes) -> bool:
    """Tell what letters spell from bytes that stand for something else; of a few bytes nobody can tell."""
    if len(data) < SURE or data.startswith(_WIDE) or is_table(data):
        return True
    return sniff(data) not in ("binary", "image", "damaged", "sqlite")


def _pdf(opener: Opener, data: bytes, where: str, depth: int) -> Iterator[Piece]:
    """Give what is drawn and said in a PDF, and what the files hold that it carries."""
    drawn = read_pdf(data, max(1, opener.left))
    for text in drawn.texts:
        if text in drawn.glued:
            yield Piece(where, text, glued=True)
        else:
            yield from opener._read(text, where, depth)
    for part in drawn.attached:
        yield from opener.open(part, within(where, "attachment"), depth + 1)
    for picture in drawn.pictures:
        opener.pictures.append(where)
        yield from opener.open(picture, within(where, "image"), depth + 1) if picture else ()
    if not drawn.whole:
        opener.unread.append(where)


def _picture(opener: Opener, data: bytes, where: str, depth: int) -> Iterator[Piece]:
    opener.pictures.append(where)
    try:
        for kind, part in parts_of_picture(data):
            yield from opener.open(part, within(where, kind), depth + 1) if kind in _FILES else ()
            if kind not in _FILES:
                yield from (
                    piece
                    for text in decoded(part)
                    for piece in opener._read(text, within(where, kind), depth)
                )
    except Damaged:
        opener.unread.append(where)


_FILES = ("trailing", "thumbnail")


def _font(opener: Opener, data: bytes, where: str, depth: int) -> Iterator[Piece]:
    yield from (Piece(within(where, "name"), text) for text in decoded(names_of_font(data)))


def _git(opener: Opener, data: bytes, where: str, depth: int) -> Iterator[Piece]:
    head, body = pack_in(data) or (b"", b"")
    yield from (Piece(where, text) for text in decoded(head))
    pack = Pack(body, max(1, opener.left))
    for number, (kind, inner) in enumerate(pack.objects()):
        if kind == "tree":
            yield from (Piece(where, text) for text in decoded(inner))
        else:
            yield from opener.open(inner, within(where, f"git {kind} {number + 1}"), depth + 1)
    if not pack.whole:
        opener.unread.append(where)


_Read = Callable[[Opener, bytes, str, int], Iterator[Piece]]
_READERS: tuple[tuple[Callable[[bytes], object], _Read], ...] = (
    (lambda data: data.startswith((ZIP, b"PK\x05\x06")), read_zip),
    (unpacker_of, read_packed),
    (lambda data: data[257:262] == b"ustar", read_tar),
    (lambda data: data[:1024].lstrip().startswith(b"%PDF"), _pdf),
    (is_picture, _picture),
    (is_font, _font),
    (pack_in, _git),
)
