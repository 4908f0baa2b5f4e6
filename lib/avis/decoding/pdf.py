"""The words of a PDF: letters are drawn by the numbers of a font's glyphs, which the font may tell back.

Only what a search needs is read: strings, metadata, attachments, drawn text (ISO 32000-2, 7.3.4, 9.4, 9.10).
Pictures, encrypted files and fonts that do not tell their letters hold words that no machine reads here.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from avis.decoding.pdffilters import unpack
from avis.decoding.pdftokens import bytes_of, plainly, strings_in, tokens, told
from avis.decoding.pictures import is_font

_OBJECT = re.compile(rb"(?<!\d)(\d{1,9}) \d{1,5} obj\b")
_STREAM = re.compile(rb"\bstream\r?\n")
_FONTS = re.compile(rb"/Font\s*<<([^<>]{0,20000})>>")
_LISTED = re.compile(rb"/Font\s+(\d{1,9}) \d{1,5} R")
_NAMED = re.compile(rb"/([^\s()<>\[\]{}/%]+)\s+(\d{1,9}) \d{1,5} R")
_TO_UNICODE = re.compile(rb"/ToUnicode\s+(\d{1,9}) \d{1,5} R")
_RESOURCES = re.compile(rb"/Resources\s+(\d{1,9}) \d{1,5} R")
_CONTENTS = re.compile(rb"/Contents\s*\[?\s*((?:\d{1,9} \d{1,5} R\s*)+)")
_REFERRED = re.compile(rb"(\d{1,9}) \d{1,5} R")
_DRAWS = re.compile(rb"\bT[jJ]\b|['\"]\s")
_BREAK = re.compile(rb"(?:\r\n|\r|\n)\Z")
_FIRST = re.compile(rb"/First\s+(\d{1,9})")
_MAPPED = re.compile(rb"begin(bfchar|bfrange|codespacerange)(.*?)end\1", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f\s]+)>\s*<([0-9A-Fa-f\s]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[([^\]]*)\])")
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")
_HYPHEN = re.compile("[-\u00ad\u2010]\n")
_LAST = b"%%EOF"
_SPACE = -180.0
"""A move within a line, in thousandths of the type size, from which it stands for a space."""
_MOST_FONTS = 16  # that one name may stand for, from page to page
_SHOWS = (b"Tj", b"TJ", b"'", b'"')


@dataclass(frozen=True)
class Drawn:
    """What was read of a PDF: its texts, the files that it carries, and whether that is all of it."""

    texts: tuple[str, ...] = field(repr=False)
    attached: tuple[bytes, ...] = field(repr=False)
    whole: bool
    pictures: tuple[bytes, ...] = field(default=(), repr=False)
    glued: frozenset[str] = field(default=frozenset(), repr=False)
    """Packed as they are in files of their own; empty bytes for each that is not."""


@dataclass(frozen=True)
class _Font:
    width: int
    letters: Mapping[int, str]


_PLAIN = _Font(1, {})  # single bytes and nothing told: its letters are those of Windows


def read_pdf(data: bytes, most: int) -> Drawn:
    """Read the words of a PDF, unpacking no more than so many bytes.

    >>> page = b"stream\\nBT /F1 9 Tf [(Bon)-20(jour) -250 (toi)] TJ ET\\nendstream\\nendobj"
    >>> read_pdf(b"%PDF-1.4\\n1 0 obj\\n<<>>\\n" + page, 1000).texts[-1].strip()
    'Bonjour toi'
    """
    pdf = _Pdf(most)
    pdf.read(data)
    pages = [(pdf.fonts_of(number), part) for number, part in pdf.streams.items() if _DRAWS.search(part)]
    known = pdf.all_fonts() if any(fonts is None for fonts, _ in pages) else {}
    passes = min(_MOST_FONTS, max((len(fonts) for fonts in known.values()), default=1))
    found, glued = list[str](), set[str]()
    for turn in range(passes):
        guessed = {name: held[min(turn, len(held) - 1)] for name, held in known.items()}
        chosen = [
            (guessed if fonts is None else fonts, part) for fonts, part in pages if not turn or fonts is None
        ]
        lines = [line for fonts, part in chosen for line in _lines(part, fonts, pdf)]
        joined = "\n".join(lines)
        found += [joined, *([_HYPHEN.sub("", joined)] if _HYPHEN.search(joined) else []), "".join(lines)]
        glued |= {found[-1]} - {joined}  # of a single line nothing runs into anything
    around = "\n".join(pdf.around)
    texts = dict.fromkeys(("\n".join(pdf.strings), around, *found))
    return Drawn(
        tuple(texts), tuple(pdf.attached), not pdf.missed, tuple(pdf.pictures), frozenset({around, *glued})
    )


class _Pdf:
    """The parts of a file that may hold words, gathered with a budget of bytes."""

    def __init__(self, most: int) -> None:
        self.left = most
        self.missed = False
        self.heads: dict[int, bytes] = {}
        self.streams: dict[int, bytes] = {}
        self.strings: list[str] = []
        self.attached: list[bytes] = []
        self.pictures: list[bytes] = []
        self.around: list[str] = []
        """What stands outside strings and streams: names, keys, comments, what follows the end."""

    def read(self, data: bytes) -> None:
        self.missed |= b"/Encrypt" in data
        found = list(_OBJECT.finditer(data))
        self.around.append(plainly(data[: found[0].start()] if found else data))
        self.strings.append(
            told(data[data.rfind(_LAST) :].removeprefix(_LAST).strip()) if _LAST in data else ""
        )
        ends = [one.start() for one in found[1:]] + [len(data)]
        for one, end in zip(found, ends, strict=True):
            self._object(int(one[1]), data[one.end() : end])

    def _object(self, number: int, body: bytes) -> None:
        began = _STREAM.search(body)
        head = body[: began.start()] if began else body
        self.heads[number] = head
        self.strings += [told(text) for text in strings_in(head)]
        ended = max(body.rfind(b"endobj"), body.rfind(b"endstream")) if began else body.rfind(b"endobj")
        self.around += [plainly(head), plainly(body[ended:]) if ended >= 0 else ""]
        if began is None or b"/XRef" in head or re.search(rb"/(?:Length1|FontFile\d?|CIDFontType0C)\b", head):
            return
        last = body.rfind(b"endstream")  # where it is missing, readers take the rest
        raw = body[began.end() : last if last >= began.end() else len(body)]
        stream, drawn = unpack(head, _BREAK.sub(b"", raw), self.left)
        self.left -= len(stream or b"")
        if stream is None or self.left <= 0:
            self.missed |= not re.search(rb"/(?:Type1C|OpenType)\b", head)
        elif drawn or re.search(rb"/Subtype\s*/Image\b", head):
            self.pictures.append(stream if drawn else b"")
        elif is_font(stream):
            return
        elif b"/ObjStm" in head:
            self._packed(head, stream)
        elif b"/EmbeddedFile" in head:
            self.attached.append(stream)
        elif re.search(rb"/Type\s*/Metadata\b", head):
            self.strings.append(stream.decode("utf-8", "replace"))
        else:
            self.streams[number] = stream

    def _packed(self, head: bytes, stream: bytes) -> None:
        """Read the objects that stand inside a stream: their numbers and places come first."""
        first = _FIRST.search(head)
        at = int(first[1]) if first else 0
        places = [int(part) for part in stream[:at].split() if part.isdigit()]
        pairs = list(zip(places[::2], places[1::2], strict=False))
        for (number, start), (_, end) in zip(pairs, [*pairs[1:], (0, len(stream))], strict=True):
            self._object(number, stream[at + start : at + end if end < len(stream) else end])

    def fonts_of(self, number: int) -> dict[bytes, _Font] | None:
        """Give the fonts that one stream of drawing names; none where the file does not say it plainly."""
        owner = self.heads[number]
        if b"/Resources" not in owner:
            owner = self._pages().get(number, b"")
        named = _RESOURCES.search(owner)
        listed = self._listed(self.heads.get(int(named[1]), b"") if named else owner)
        return {name: self._font(font) for name, font in listed} or None

    def all_fonts(self) -> dict[bytes, list[_Font]]:
        """Give the fonts that each name stands for on one page or another, each once."""
        found: dict[bytes, dict[int, None]] = {}
        for head in self.heads.values():
            for name, number in self._listed(head):
                found.setdefault(name, {})[number] = None
        return {name: [self._font(number) for number in numbers] for name, numbers in found.items()}

    @cache  # noqa: B019 - as short-lived as what it holds
    def _pages(self) -> dict[int, bytes]:
        pages = [(head, found) for head in self.heads.values() if (found := _CONTENTS.search(head))]
        return {int(one): head for head, found in pages for one in _REFERRED.findall(found[1])}

    def _listed(self, head: bytes) -> list[tuple[bytes, int]]:
        parts = [one[1] for one in _FONTS.finditer(head)]
        parts += [self.heads.get(int(one[1]), b"") for one in _LISTED.finditer(head)]
        return [(name, int(number)) for part in parts for name, number in _NAMED.findall(part)]

    @cache  # noqa: B019
    def _font(self, number: int) -> _Font:
        head = self.heads.get(number, b"")
        told = _TO_UNICODE.search(head)
        table = self.streams.get(int(told[1])) if told else None
        if table is not None:
            return _mapped(table)
        # Two bytes a glyph and no table, or a font drawn by hand: nobody can tell the letters.
        self.missed |= bool(re.search(rb"/(?:Type0|Type3)\b", head))
        return _PLAIN


def _mapped(table: bytes) -> _Font:
    """Read a ToUnicode table: which letters each glyph stands for."""
    letters: dict[int, str] = {}
    width = 2
    for kind, part in _MAPPED.findall(table):
        if kind == b"codespacerange":
            first = _HEX.search(part)
            width = max(1, len(first[1]) // 2) if first else width
        elif kind == b"bfchar":
            letters |= {int(code, 16): _wide(text) for code, text in _PAIR.findall(part)}
        else:
            for low, high, start, several in _RANGE.findall(part):
                letters |= dict(_ranged(int(low, 16), int(high, 16), start, several))
    return _Font(width, letters)


def _ranged(low: int, high: int, start: bytes, several: bytes) -> Iterator[tuple[int, str]]:
    for step in range(min(high - low + 1, 0x10000)):
        if start:
            text = _wide(start)
            code = ord(text[-1]) + step if text else 0
            yield low + step, text[:-1] + chr(code) if code < 0x110000 else ""
    for step, text in enumerate(_HEX.findall(several)):
        yield low + step, _wide(text)


def _wide(digits: bytes) -> str:
    return bytes_of(digits).decode("utf-16-be", "replace")


def _lines(page: bytes, fonts: Mapping[bytes, _Font], pdf: _Pdf) -> Iterator[str]:
    """Give what a stream of drawing shows, one run after the other; other words of it go to `pdf.strings`."""
    font, name, held = _PLAIN, b"", list[str]()
    for kind, value in tokens(page):
        if kind == "string" and name == b"ActualText":
            pdf.strings.append(told(value))
            held.append(_letters(value, font))  # where it is drawn all the same
            name = b""
        elif kind == "string":
            held.append(_letters(value, font))
        elif kind == "name":
            name = value
        elif kind == "number":
            held += [" "] if held and float(value) < _SPACE else []
        elif value == b"Tf":
            font = fonts.get(name, _PLAIN)
            held.clear()
        else:
            if value in _SHOWS and held:
                yield "".join(held)
            held.clear()


def _letters(value: bytes, font: _Font) -> str:
    if not font.letters:
        return value.decode("cp1252", "replace")
    return "".join(font.letters.get(code, "\ufffd") for code in _codes(value, font.width))


def _codes(value: bytes, size: int) -> Iterable[int]:
    if size == 2 and len(value) % 2 == 0:  # nearly all fonts, and four times as quick
        return struct.unpack(f">{len(value) // 2}H", value)
    return (int.from_bytes(value[at : at + size], "big") for at in range(0, len(value), size))
