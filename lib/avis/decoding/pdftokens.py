"""Strings, names, numbers and signs of a PDF, one after the other (ISO 32000-2, 7.2 and 7.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(
    rb"(?P<skip>(?:[-+]?\d*\.?\d+\s+){1,6}(?:re|cm|rg|RG|scn|SCN|[mlcvywdgGkKMi]|T[dDmcwzLrs])\s)"
    rb"|(?P<open>\()|<(?P<hex>[0-9A-Fa-f\s]*)>|/(?P<name>[^\s()<>\[\]{}/%]+)"
    rb"|(?P<number>[-+]?\d*\.?\d+)|(?P<sign>[A-Za-z'\"*]+)"
)
_IN_STRING = re.compile(rb"[()\\]")
_ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|\r|\n)|(.))", re.DOTALL)
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_PLACES = re.compile(rb"\d{10} \d{5} [nf]\s*")


def tokens(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Give what stands in a part of a file, by kind: string, name, number, sign."""
    at = 0
    while found := _TOKEN.search(data, at):
        at = found.end()
        if found["skip"]:
            continue  # lines, colours and places are most of a page that holds a chart
        if found["open"]:
            value, at = _literal(data, at)
            yield "string", value
        elif found["hex"] is not None:
            yield "string", bytes_of(found["hex"])
        else:
            kind = str(found.lastgroup)
            yield kind, found[kind]


def strings_in(head: bytes) -> Iterator[bytes]:
    """Give the strings of an object's head that are not empty."""
    return (value for kind, value in tokens(head) if kind == "string" and value)


def _literal(data: bytes, start: int) -> tuple[bytes, int]:
    """Read a string in brackets, which may hold others; gives it without its escapes, and where it ends."""
    deep, at = 1, start
    while deep and (found := _IN_STRING.search(data, at)):
        at = found.end() + (found[0] == b"\\")
        deep += {b"(": 1, b")": -1}.get(found[0], 0)
    end = at if not deep else len(data) + 1
    return _ESCAPED.sub(_unescaped, data[start : end - 1]), min(end, len(data))


def _unescaped(found: re.Match[bytes]) -> bytes:
    if found[1]:
        return bytes([int(found[1], 8) & 255])
    return b"" if found[2] else _SIGNS.get(found[3], found[3])


def bytes_of(digits: bytes) -> bytes:
    """Read a string that is written in hexadecimal; a last digit alone is the first of two."""
    plain = b"".join(digits.split())
    return bytes.fromhex((plain + b"0" * (len(plain) % 2)).decode("ascii"))


def plainly(part: bytes) -> str:
    """Write what stands outside strings, without the tables of places that end a file."""
    named = re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), _PLACES.sub(b"", part))
    return told(named)


def told(value: bytes) -> str:
    """Read a string that is no drawing: with a mark it is wide, without one it is nearly Latin-1."""
    if value.startswith((b"\xfe\xff", b"\xff\xfe")):
        return value.decode("utf-16", "replace")
    plain = value.removeprefix(b"\xef\xbb\xbf")
    try:
        return plain.decode("utf-8")
    except UnicodeDecodeError:
        return plain.decode("cp1252", "replace")
