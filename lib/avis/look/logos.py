"""A logo that somebody sent, made safe: an SVG is drawn anew from its shapes, a PNG keeps but its pixels."""

from __future__ import annotations

import re
import struct
import zlib
from base64 import b64encode
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from avis.errors import Place, Problems
from avis.look.model import Logo
from avis.setting import Words

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST = 100_000
"""Bytes of a logo's file."""
SIDE = 4000
"""Pixels of a PNG's longer side."""
DEEPEST = 40
"""Groups inside groups that a drawing has at the most."""
PNG = b"\x89PNG\r\n\x1a\n"
SVG = "http://www.w3.org/2000/svg"
SHAPES = {
    *("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
    *("defs", "linearGradient", "radialGradient", "stop", "clipPath"),
}
PASSED = {"title", "desc", "metadata", "style"}
"""Elements that say nothing to the eye: `style` is read for simple classes, the others are left out."""
STYLES = {
    *("fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap"),
    *("stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "opacity", "clip-path", "clip-rule"),
    *("stop-color", "stop-opacity"),
}
KEPT = STYLES | {
    *(
        "id",
        "d",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "fx",
        "fy",
        "width",
        "height",
    ),
    *("points", "transform", "viewBox", "offset", "gradientUnits", "gradientTransform", "spreadMethod"),
    *("clipPathUnits", "preserveAspectRatio"),
}
_VALUE = re.compile(r"[\w\s.,#%()+\-]{1,60000}")
_POINTED = re.compile(r"url\(#[\w-]+\)")
_CLASSES = re.compile(r"((?:\.[\w-]+\s*,?\s*)+)\{([^{}]*)\}")
_PIXELS = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"sRGB", b"gAMA"}
"""Parts of a PNG that draw it; names, places, times and what cameras write are in none of them."""


def clean_logo(data: bytes, alt: Words, place: Place, problems: Problems) -> Logo | None:
    """Make a logo safe to print and to publish; none where it is not, with the reason in `problems`.

    Errors: EVA-072 too large, EVA-073 neither SVG nor PNG, or damaged, EVA-074 holds what is no shape.
    """
    if len(data) > MOST:
        problems.add("EVA-072", place, size=len(data), most=MOST)
        return None
    kind = "image/png" if data.startswith(PNG) else "image/svg+xml"
    made = _png(data) if kind == "image/png" else _svg(data, place, problems)
    if made is None:
        problems.add("EVA-073", place)
    if not made:
        return None
    return Logo(kind=kind, data=b64encode(made).decode("ascii"), alt=alt)


def _png(data: bytes) -> bytes | None:
    """Give a PNG with its pixels and nothing else; none where it is damaged or bigger than it says."""
    kept, packed, size = [PNG], b"", (0, 0)
    for name, body in _chunks(data):
        if name == b"IHDR" and len(body) == 13:
            size = struct.unpack(">II", body[:8])
        if name == b"IDAT":
            packed += body
        if name in _PIXELS:
            kept.append(_chunk(name, body))
        if name == b"IEND":
            break
    else:
        return None
    if not all(0 < side <= SIDE for side in size) or not _unpacks(packed, size):
        return None
    return b"".join(kept)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Go through the parts of a PNG as long as their sums are right."""
    at = len(PNG)
    while at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        if len(body) != length or data[at + 8 + length : at + 12 + length] != _sum(name + body):
            return
        yield name, body
        at += 12 + length


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + _sum(name + body)


def _sum(data: bytes) -> bytes:
    return struct.pack(">I", zlib.crc32(data))


def _unpacks(packed: bytes, size: tuple[int, int]) -> bool:
    """Tell whether pixels unpack into no more than the size allows: 8 bytes a pixel and one a line."""
    most = size[1] * (size[0] * 8 + 1) * 2
    unpacker = zlib.decompressobj()
    try:
        found = unpacker.decompress(packed, most + 1)
    except zlib.error:
        return False
    return unpacker.eof and 0 < len(found) <= most


def _svg(data: bytes, place: Place, problems: Problems) -> bytes | None:
    """Draw an SVG anew from its shapes; empty where something else is in it, none where it is no SVG."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError):
        return None
    if root.tag != f"{{{SVG}}}svg" or not (root.get("viewBox") or (root.get("width") and root.get("height"))):
        return None
    if _depth(root) > DEEPEST:
        return None
    foreign = sorted({name for name in map(_name, root.iter()) if name not in SHAPES | PASSED | {""}})
    if foreign:
        problems.add("EVA-074", place, elements=", ".join(f"<{name}>" for name in foreign[:6]))
        return b""
    classes = _classes("".join(element.text or "" for element in root.iter(f"{{{SVG}}}style")))
    return _drawn(root, classes, top=True).encode()


def _depth(root: Element) -> int:
    """Count how deep the elements of a drawing lie, without going down step by step."""
    depth, level = 0, [root]
    while level and depth <= DEEPEST:
        depth, level = depth + 1, [child for element in level for child in element]
    return depth


def _name(element: Element) -> str:
    """Give the name of an element of SVG; nothing for what programs wrote beside it."""
    space, _, name = str(element.tag).rpartition("}")
    return re.sub(r"[^\w-]", "", name)[:30] if space == f"{{{SVG}" else ""


def _classes(sheet: str) -> dict[str, dict[str, str]]:
    """Read the simple classes that drawing programs write: `.a,.b{fill:#123456}`."""
    found: dict[str, dict[str, str]] = {}
    for names, body in _CLASSES.findall(sheet):
        for name in re.findall(r"\.([\w-]+)", names):
            found.setdefault(name, {}).update(_declared(body))
    return found


def _declared(style: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in style.split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if name.strip() in STYLES}


def _drawn(element: Element, classes: dict[str, dict[str, str]], top: bool = False) -> str:
    name = _name(element)
    if name not in SHAPES:
        return ""
    own = dict(element.attrib)
    for known in own.get("class", "").split():
        own |= classes.get(known, {})
    own |= _declared(own.get("style", ""))
    kept = {key: value.strip() for key, value in own.items() if key in KEPT and _safe(value)}
    if top and "viewBox" not in kept:
        kept["viewBox"] = f"0 0 {_number(own['width'])} {_number(own['height'])}"
    written = "".join(f" {key}={quoteattr(value)}" for key, value in sorted(kept.items()))
    space = f' xmlns="{SVG}"' if top else ""
    return f"<{name}{space}{written}>{''.join(_drawn(child, classes) for child in element)}</{name}>"


def _safe(value: str) -> bool:
    """Tell a value that draws: numbers, colours, a gradient of the same file; nothing that fetches."""
    value = value.strip()
    if "url" in value.lower():
        return _POINTED.fullmatch(value) is not None
    return _VALUE.fullmatch(value) is not None


def _number(value: str) -> str:
    found = re.match(r"\s*(\d+(\.\d+)?)", value)
    return found[1] if found else "100"
