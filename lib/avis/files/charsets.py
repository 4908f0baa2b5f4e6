"""Bytes → text: a byte-order mark decides, then strict UTF-8, then UTF-8 or cp1252 line by line, and said.

No statistical detector: they call French cp1252 "cp1250" or "mac_latin2".
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator

from avis.errors import Place, Problems

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_LOOKED_AT = 4096
"""Bytes that show whether a file without a mark is UTF-16."""
_LATIN, _OTHER = 0.6, 0.05
"""In UTF-16 of a European language most high bytes are zero, and next to no low byte is."""
_CHUNK = 2**20
_CONTROLS = bytes({*range(32)} - set(b"\t\n\v\f\r\x1a\x1b"))
_MOST_CONTROLS = 0.02
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_END = re.compile(rb"\r\n|\r|\n")


def wide_encoding(data: bytes) -> str:
    """Say which UTF-16 the bytes are, with a mark or without one ("" where they are not).

    >>> wide_encoding("nom;âge".encode("utf-16-be")), wide_encoding(b"nom"), wide_encoding(bytes(range(64)))
    ('utf-16-be', '', '')
    """
    if is_utf32(data):
        return ""
    for mark, encoding in _MARKS[1:]:
        if data.startswith(mark):
            return encoding
    start = data[: min(_LOOKED_AT, len(data) - len(data) % 2)]
    pairs = len(start) // 2
    if not pairs:
        return ""
    zeros = {"utf-16-le": start[1::2].count(0) / pairs, "utf-16-be": start[::2].count(0) / pairs}
    high, low = max(zeros, key=zeros.__getitem__), min(zeros.values())
    if zeros[high] < _LATIN or low > _OTHER:
        return ""
    return high if is_text(start.decode(high, "replace").encode("utf-8")) else ""


def is_utf32(data: bytes) -> bool:
    """Say whether the mark is that of UTF-32, which no spreadsheet writes; its first half is UTF-16's.

    >>> is_utf32("a".encode("utf-32")), is_utf32("a".encode("utf-16"))
    (True, False)
    """
    return data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE))


def is_text(data: bytes) -> bool:
    """Say whether the first bytes hold no more control characters than a text may hold by accident.

    >>> is_text("été".encode("cp1252")), is_text(b"\\x01\\x02abc")
    (True, False)
    """
    start = data[: 2 * _LOOKED_AT]
    return len(start) - len(start.translate(None, _CONTROLS)) <= _MOST_CONTROLS * len(start)


def decode(data: bytes, place: Place, problems: Problems) -> tuple[str, str]:
    """Give the text and the name of its encoding: utf-8, utf-16 or cp1252.

    Errors: SRC-010 (warning) lines in cp1252, SRC-024 bytes that are neither.

    >>> decode("é".encode("cp1252"), Place(), Problems())
    ('é', 'cp1252')
    """
    lines, encoding = decoded_lines(data, place, problems)
    return (lines.read() if isinstance(lines, io.TextIOWrapper) else "".join(lines)), encoding


def decoded_lines(data: bytes, place: Place, problems: Problems) -> tuple[Iterator[str], str]:
    """Give the lines with their ends, one after the other, and the name of the encoding.

    The text never stands in memory whole: one emoji would make it four times as large as its bytes.
    Errors: those of `decode`, told once the last line is taken.
    """
    wide = wide_encoding(data)
    if wide:
        if not _holds(data, wide):
            problems.add("SRC-024", place)
        return _stream(data, wide), "utf-16"
    if _holds(data, "utf-8"):
        return _stream(data, "utf-8"), "utf-8"
    return _mixed(data.removeprefix(codecs.BOM_UTF8), place, problems), "cp1252"


def start_of_text(data: bytes, characters: int = _CHUNK) -> tuple[str, bool]:
    """Give the first whole lines, for a look at them, and whether that is all there is."""
    encoding = wide_encoding(data) or "utf-8"
    stream = _stream(data[: 2 * characters], encoding)
    text = stream.read(characters)
    whole = len(data) <= 2 * characters and not stream.read(1)
    return text, whole


def _stream(data: bytes, encoding: str) -> io.TextIOWrapper:
    raw = io.BytesIO(data)
    raw.seek(next((len(mark) for mark, _ in _MARKS if data.startswith(mark)), 0))
    return io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="")


def _holds(data: bytes, encoding: str) -> bool:
    decoder, view = codecs.getincrementaldecoder(encoding)(), memoryview(data)
    try:
        for start in range(0, len(data), _CHUNK):
            decoder.decode(view[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _mixed(data: bytes, place: Place, problems: Problems) -> Iterator[str]:
    first = windows = 0
    for number, found in enumerate(_LINE.finditer(data), start=1):
        line = found[0]
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError:
            first, windows = first or number, windows + 1
            yield _decode_windows(line, Place(place.file, line=number), problems)
    problems.warn("SRC-010", Place(place.file, line=first), n=windows)


def _decode_windows(line: bytes, place: Place, problems: Problems) -> str:
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:  # five bytes mean nothing in cp1252
        problems.add("SRC-024", place)
        return line.decode("cp1252", "replace")


def line_of(data: bytes, byte: bytes) -> int:
    r"""Give the line on which a byte stands first.

    >>> line_of(b"a\nb\x00", b"\x00")
    2
    """
    return 1 + len(_END.findall(data[: data.index(byte)]))
