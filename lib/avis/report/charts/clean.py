"""Make matplotlib's SVG fit to stand in a page under a strict content security policy.

Measured: under `style-src 'sha256-…'` its `style` attributes are refused and every shape turns black, two
charts share ids, and its `<style>` leaks into the page. So: styles become presentation attributes,
`<style>` and metadata go, ids are dropped or prefixed, and the figures in words come in.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

SVG = "http://www.w3.org/2000/svg"
XLINK = "{http://www.w3.org/1999/xlink}href"
FACES = "DejaVu Sans, Verdana, Segoe UI, system-ui, sans-serif"
"""DejaVu in the PDF; on screens Verdana (same widths) or narrower faces, so that nothing runs over."""

_DROPPED = {f"{{{SVG}}}metadata", f"{{{SVG}}}style"}
_DEFAULTS = {
    ("font-weight", "400"),
    ("font-style", "normal"),
    ("stroke", "none"),
    ("opacity", "1"),
    ("stroke-linejoin", "miter"),
}
COMMON = {"font-size": "13", "fill": "#1b2228"}
_MOVED = re.compile(r"translate\(([-\d.]+) ([-\d.]+)\)")
_UNTURNED = re.compile(r"rotate\(-?0(\.0*)?[ )]")
_NUMBER = re.compile(r"-?\d+\.\d+")


def clean_svg(raw: bytes, prefix: str, title: str, description: str) -> str:
    """Give an SVG to stand inline: `role="img"`, titled and described, without styles, ids under `prefix`."""
    root = ET.fromstring(raw)
    _drop(root)
    used = _references(root)
    for node in root.iter():
        _attributes(node, prefix, used)
    _unwrap(root)
    box = root.get("viewBox", "")
    root.attrib.clear()
    root.attrib.update({
        "viewBox": box, "role": "img", "aria-labelledby": f"{prefix}-t {prefix}-d",
        "font-family": FACES, **COMMON, "stroke-linecap": "butt",
    })  # fmt: skip
    _say(root, "desc", f"{prefix}-d", description)
    _say(root, "title", f"{prefix}-t", title)
    # The register of prefixes is one for the whole process, and other libraries write in it (pyxform,
    # JupyterLab): ours is set where it is used, or every element would be called ns0:….
    ET.register_namespace("", SVG)
    return ET.tostring(root, encoding="unicode")


def _drop(node: ET.Element) -> None:
    for child in list(node):
        if child.tag in _DROPPED:
            node.remove(child)
            continue
        _drop(child)
        if child.tag == f"{{{SVG}}}defs" and not len(child):
            node.remove(child)


def _references(root: ET.Element) -> set[str]:
    found: set[str] = set()
    for node in root.iter():
        for value in node.attrib.values():
            found.update(re.findall(r"url\(#([^)]+)\)", value))
        if XLINK in node.attrib:
            found.add(node.attrib[XLINK].removeprefix("#"))
    return found


def _attributes(node: ET.Element, prefix: str, used: set[str]) -> None:
    for name, value in _style(node.attrib.pop("style", "")):
        if name != "font-family" and (name, value) not in _DEFAULTS:
            node.set(name, value)
    own = node.attrib.pop("id", "")
    if own in used:
        node.set("id", f"{prefix}-{own}")
    if XLINK in node.attrib:
        node.set("href", f"#{prefix}-{node.attrib.pop(XLINK).removeprefix('#')}")
    for name, value in list(node.attrib.items()):
        value = value.replace("url(#", f"url(#{prefix}-")
        node.set(name, _round(value) if name in ("d", "transform", "x", "y") else value)
    if "C" in node.get("d", ""):
        _as_circle(node)
    if node.tag == f"{{{SVG}}}text":
        _lighten(node)
    else:
        node.text = None
    node.tail = None


def _as_circle(node: ET.Element) -> None:
    """Write a dot as a circle: the only curves that our charts have, and matplotlib's take 400 bytes each."""
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", node.attrib.pop("d"))]
    xs, ys = numbers[::2], numbers[1::2]
    node.tag = f"{{{SVG}}}circle"
    middle = {"cx": (min(xs) + max(xs)) / 2, "cy": (min(ys) + max(ys)) / 2, "r": (max(xs) - min(xs)) / 2}
    node.attrib.update({name: _round(f"{value:.2f}") for name, value in middle.items()})


def _lighten(node: ET.Element) -> None:
    """Leave out of a line of words what the whole sheet says already: a third of the bytes."""
    moved = _MOVED.fullmatch(node.get("transform", ""))
    if moved:
        del node.attrib["transform"]
        node.attrib.update({"x": moved[1], "y": moved[2]})
    if _UNTURNED.match(node.get("transform", "")):
        del node.attrib["transform"]
    for name, value in (*COMMON.items(), ("text-anchor", "start")):
        if node.get(name) == value:
            del node.attrib[name]


def _style(text: str) -> list[tuple[str, str]]:
    pairs = (part.split(":", 1) for part in text.split(";") if ":" in part)
    return [(name.strip(), value.strip().removesuffix("px")) for name, value in pairs]


def _round(text: str) -> str:
    text = _NUMBER.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), " ".join(text.split()))
    return re.sub(r" ?([MLCz]) ?", r"\1", text)


def _unwrap(node: ET.Element) -> None:
    """Take away groups that say nothing, and shapes that paint nothing."""
    kept: list[ET.Element] = []
    for child in list(node):
        if child.get("fill") == "none" and "stroke" not in child.attrib:
            continue
        _unwrap(child)
        bare = child.tag == f"{{{SVG}}}g" and not child.attrib
        kept.extend(child if bare else [child])
    node[:] = kept


def _say(root: ET.Element, tag: str, id: str, words: str) -> None:
    node = ET.Element(f"{{{SVG}}}{tag}", {"id": id})
    node.text = words
    root.insert(0, node)
