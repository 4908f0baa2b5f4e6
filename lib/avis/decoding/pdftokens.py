"""Strings, names, numbers and signs of a PDF, one after the other (ISO 32000-2, 7.2 and 7.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBER = r"[-+]?(?:\d++(?:\.\d*+)?+|\.\d++)"
_DRAWING = (
    rf"(?:{_NUMBER}\s++){{1,6}}+(?:re|cm|rg|RG|scn?|SCN?|[mlcvywdgGkKMiJj]|T[dDmcwzLrs])(?=[\s/\[(<]|\Z)"
    r"|(?:[qQhfnSsBbW]\*?|BT|ET|EMC)(?=[\s/]|\Z)|/[^\s()<>\[\]{}/%]++\s++(?:cs|CS|gs|Do)(?=[\s/]|\Z)"
)
"""Lines, colours and places, which are most of a page that holds a chart."""
_TOKEN = re.compile(
    rf"(?P<skip>(?:(?:{_DRAWING})\s*+)++)|\((?P<string>(?:[^()\\]++|\\.)*+)\)|(?P<open>\()"
    rf"|<(?P<hex>[0-9A-Fa-f\s]*)>|/(?P<name>[^\s()<>\[\]{{}}/%]+)|(?P<number>{_NUMBER})"
    r"|(?P<sign>[A-Za-z'\"*]+)".encode("ascii"),
    re.DOTALL,
)
_STRING = re.compile(rb"\(|<[0-9A-Fa-f\s]*>")
_IN_STRING = re.compile(rb"[()\\]")
_ESCAPED = re.compile(rb"\\(?:[0-7]{1,3}|\r\n|.)", re.DOTALL)
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_BREAKS = (b"\r\n", b"\r", b"\n")
_PLACES = re.compile(rb"\d{10} \d{5} [nf]\s*")


def tokens(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Give what stands in a part of a file, by kind: string, name, number, sign."""
    at = 0
    while at >= 0:
        start, at = at, -1
        for found in _TOKEN.finditer(data, start):
            kind = str(found.lastgroup)
            if kind == "skip":
                continue
            if kind == "open":  # a string that holds brackets itself
                value, at = _literal(data, found.end())
                yield "string", value
                break
            value = found[kind]
            if kind == "string":
                yield kind, _plain(value)
            elif kind == "hex":
                yield "string", bytes_of(value)
            else:
                yield kind, value


def strings_in(head: bytes) -> Iterator[bytes]:
    """Give the strings of an object's head that are not empty."""
    if _STRING.search(head):
        yield from (value for kind, value in tokens(head) if kind == "string" and value)


def _literal(data: bytes, start: int) -> tuple[bytes, int]:
    """Read a string in brackets, which may hold others; gives it without its escapes, and where it ends."""
    deep, at = 1, start
    while deep and (found := _IN_STRING.search(data, at)):
        at = found.end() + (found[0] == b"\\")
        deep += {b"(": 1, b")": -1}.get(found[0], 0)
    end = at if not deep else len(data) + 1
    return _plain(data[start : end - 1]), min(end, len(data))


def _plain(written: bytes) -> bytes:
    return _ESCAPED.sub(_unescaped, written) if b"\\" in written else written


def _unescaped(found: re.Match[bytes]) -> bytes:
    return _ESCAPES[found[0]]


class _Escapes(dict[bytes, bytes]):
    """What each escape stands for, worked out when first met; there are some hundreds."""

    def __missing__(self, escape: bytes) -> bytes:
        sign = escape[1:]
        if sign.isdigit() and sign[:1] in b"01234567":
            found = bytes([int(sign, 8) & 255])
        else:
            found = b"" if sign in _BREAKS else _SIGNS.get(sign, sign)
        self[escape] = found
        return found


_ESCAPES = _Escapes()


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
