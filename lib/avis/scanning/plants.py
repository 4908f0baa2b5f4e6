"""Files in which words are hidden on purpose: the scanner finds each of them, each time, or nothing leaves.

They are made in memory from a few bytes each; every way of hiding has a word of its own, spelt by its name,
so that a plant found is that plant and no other.
"""

from __future__ import annotations

import base64
import bz2
import gzip
import hashlib
import lzma
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator

from avis.errors import fail
from avis.scanning.matching import Found
from avis.scanning.planted import attached, docx, drawn, jpeg, loose, pack, png, said, sheet, tarred, zipped
from avis.scanning.wanted import Kind, Term, Wanted

_SYLLABLES = "za vo ki ru mel dan tor nea sil gow pim bre xan hul"
_RAW = "{0} raconte que la file du matin était longue et que {0} n’a pas pu parler"
_NUMBERS = (1987.0, 3.0, 250.5, 41.0, 7.0)
_ROW = (1986.0, 3.0, 1250.5, 41.0, 7.0)


def _word(way: str) -> str:
    """Spell a word that is nobody's name and in no language, always the same for a way of hiding.

    >>> _word("gzip") == _word("gzip") != _word("zip")
    True
    """
    parts = _SYLLABLES.split()
    digits = hashlib.sha256(way.encode()).digest()
    return "".join(parts[one % len(parts)] for one in digits[:4]).capitalize() + "é"


def _spread(word: str) -> str:
    return f"<p>x <b>{word[:2]}</b><i>{word[2:]}</i></p>"


def _entities(word: str) -> str:
    return "".join(f"&#x{ord(letter):x};" for letter in word)


def _escaped(word: str) -> str:
    return "".join(f"\\u{ord(letter):04x}" for letter in word)


def _cyrillic(word: str) -> str:
    return word.translate(str.maketrans("aeoxi", "\u0430\u0435\u043e\u0445\u0456"))


def _wide(word: str) -> str:
    return "".join(chr(ord(one) + 0xFEE0) if one.isascii() else one for one in word)


def _quoted(word: str) -> str:
    return "".join(f"={byte:02X}" for byte in word.encode())


def _base64(data: bytes) -> bytes:
    return base64.b64encode(data)


_WAYS: dict[str, Callable[[str], bytes]] = {
    "letters spread over tags": lambda word: _spread(word).encode(),
    "comment": lambda word: f"<p>x<!-- {_entities(word)} --></p>".encode(),
    "attribute": lambda word: f'<img alt="a {_entities(word)}">'.encode(),
    "JSON escapes": lambda word: f'{{"a": "{_escaped(word)}"}}'.encode(),
    "escapes inside escapes": lambda word: (
        f'{{"a": "<b>{_entities(word)[:-6]}{_entities(word)[-6:]}\\n"}}'.encode()
    ),
    "percent signs": lambda word: (
        "https://x.example/?q=" + "".join(f"%{one:02X}" for one in word.encode())
    ).encode(),
    "quoted-printable": lambda word: f"Subject: x {_quoted(word)}".encode(),
    "base64": lambda word: b'data-x="' + _base64(word.encode()) + b'"',
    "base64url of gzip": lambda word: base64.urlsafe_b64encode(gzip.compress(word.encode() * 3, mtime=0)),
    "hexadecimal": lambda word: word.encode().hex().encode(),
    "UTF-16": lambda word: f"un {word} deux".encode("utf-16"),
    "UTF-32": lambda word: f"un {word} deux".encode("utf-32-le"),
    "Windows-1252": lambda word: f"déjà {word}".encode("cp1252"),
    "no width": lambda word: "\u200b".join(word).encode(),
    "soft hyphens and marks of direction": lambda word: ("\u202e" + "\u00ad".join(word)).encode(),
    "letters of other alphabets": lambda word: _cyrillic(word).encode(),
    "wide letters": lambda word: _wide(word).encode(),
    "letters apart": lambda word: " ".join(word).upper().encode(),
    "end of a line": lambda word: f"x {word[:4]}-\n  {word[4:]} y".encode(),
    "name of a field": lambda word: f'"photo{word}_2"'.encode(),
    "gzip": lambda word: gzip.compress(word.encode(), mtime=0),
    "bzip2": lambda word: bz2.compress(word.encode()),
    "xz": lambda word: lzma.compress(word.encode()),
    "name of a member": lambda word: zipped({f"a/{word}.txt": b"x"}),
    "comment of an archive": lambda word: zipped({"a": b"x"}, word.encode()),
    "archive in an archive": lambda word: tarred("b.zip", zipped({"c.csv": f"1;{word}".encode()})),
    "Word": lambda word: docx(word),
    "hidden sheet": lambda word: sheet(word),
    "drawn in a PDF": lambda word: drawn(word),
    "title of a PDF": lambda word: said(word),
    "attachment of a PDF": lambda word: attached(word.encode()),
    "text of a PNG": lambda word: png(b"tEXt", b"Author\0" + word.encode("latin-1")),
    "packed text of a PNG": lambda word: png(b"zTXt", b"Author\0\0" + zlib.compress(word.encode("latin-1"))),
    "Exif": lambda word: png(b"eXIf", b"II*\0\x08\0\0\0" + bytes(2) + word.encode("utf-16-le")),
    "comment of a JPEG": lambda word: jpeg(0xFE, word.encode()),
    "XMP of a JPEG": lambda word: jpeg(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>" + _entities(word).encode()),
    "after the end of a picture": lambda word: png(b"tEXt", b"a\0b") + word.encode(),
    "SVG in an address": lambda word: (
        b"url(data:image/svg+xml;base64," + _base64(f"<svg><desc>{word}".encode())
    ),
    "object of git": lambda word: loose(word.encode()),
    "pack of git": lambda word: pack(word.encode()),
}
"""Each way by its name, which a message may tell: how bytes that hide a word are made."""


def _others() -> Iterator[tuple[str, bytes, Term]]:
    """Plants of the other kinds: codes, raw texts, paths, numbers, names of machines."""
    doubles = _base64(struct.pack("<5d", *_NUMBERS)).decode()
    raw = _RAW.format("Quelqu’un")
    for way, kind, text, data in (
        ("person code", "person_code", "Q7X4", b'<i id="p-q7x4-2">'),
        ("return code", "consent_code", "NZ26DMCX", b"nz26 dmcx"),
        ("raw text", "raw_text", raw, raw.upper().replace(" ", "\n").encode()),
        ("path", "path", "/srv/plants/essai", b'{"a": "\\/srv\\/plants\\/essai\\/b.csv"}'),
        ("user", "user", "plantedlogin", b"author: plantedlogin"),
        ("machine", "host", "planted-host-7", b"on planted-host-7.local"),
        ("parameter", "parameter", "essais/plants-caches", b"-p evaluation essais/plants-caches"),
    ):
        yield way, data, Term(kind=_kind(kind), text=text)
    rows = f'{{"dtype":"f8","bdata":"{doubles}"}}'.encode()
    yield "typed array", rows, Term(kind="numbers", numbers=_NUMBERS)
    yield "numbers of a row", b"x;1986;3;1 250,5;41;7", Term(kind="numbers", numbers=_ROW)


def _kind(kind: str) -> Kind:
    return kind  # type: ignore[return-value]


_BARE: tuple[tuple[str, str, bytes], ...] = (
    ("telephone", "phone", b"appelez le <b>06</b> 39 98 12 34"),
    ("e-mail", "email", b'"by": "planted.word&#64;mail.example"'),
    ("social security number", "nir", "numéro de sécurité sociale 2 85 05 78 006 084 91".encode()),
    ("home folder", "path", b"file C:\\\\Users\\\\planted\\\\a.csv"),
    ("place of a picture", "address", b"GPS: 48.85661, 2.35222"),
)
"""What is found without any list."""


def check_plants(find: Callable[[Iterable[bytes], Wanted], Iterable[set[Found]]]) -> int:
    """Have every plant found; gives how many there are. SCA-001 names the ways that escape.

    `find` tells of each file what it found in it, as the scan itself does.
    """
    plants = [(way, make(_word(way)), Term(kind="name", text=_word(way))) for way, make in _WAYS.items()]
    plants += _others()
    terms = tuple(term for _, _, term in plants)
    owed: list[tuple[str, str, object]] = [(way, term.kind, n) for n, (way, _, term) in enumerate(plants)]
    files = [data for _, data, _ in plants] + [data for _, _, data in _BARE]
    owed += [(way, kind, None) for way, kind, _ in _BARE]
    missed = []
    for (way, kind, number), found in zip(owed, find(files, Wanted(terms=terms)), strict=True):
        met = {one for one in found if one[0] == kind}
        if (kind, number) not in met and (number is not None or not met):
            missed.append(way)
    if missed:
        raise fail("SCA-001", what=", ".join(missed))
    return len(owed)
