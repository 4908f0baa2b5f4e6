"""Styles of a document of Word: which ones are headings, hidden, or a table of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from avis.sources.notes.marks import attribute, children, descendants, local
from avis.spelling import fold

_HEADING = re.compile(r"(?:heading|titre|uberschrift|titulo|encabezado) ?([1-9])")
_TITLES = {"title", "titre", "titre principal"}
_CONTENTS = re.compile(r"(?:toc|tm|table des matieres) ?\d?(?: heading)?")
_MOST_PARENTS = 12


@dataclass(frozen=True)
class Style:
    """What a style says of its words; `level` 0 is no heading."""

    level: int = 0
    hidden: bool = False
    contents: bool = False
    language: str = ""


@dataclass(frozen=True)
class Styles:
    """Styles by their id, and the language of the document."""

    styles: dict[str, Style] = field(default_factory=dict)
    language: str = ""

    def of(self, properties: Element | None, reference: str) -> Style:
        """Give the style that properties refer to (`pStyle`, `rStyle`).

        A file without this style calls it by a name that tells: `Heading1`, `Titre1`.
        """
        names = children(properties, reference) if properties is not None else []
        id = attribute(names[0], "val") if names else ""
        return self.styles.get(id) or _named(re.sub(r"(?<=\D)(?=\d)", " ", id))

    def level(self, properties: Element | None) -> int:
        """Tell the level of a heading: what the paragraph says itself wins over its style."""
        own = children(properties, "outlineLvl") if properties is not None else []
        return _outline(own[0]) if own else self.of(properties, "pStyle").level


def is_on(switch: Element) -> bool:
    """Tell whether a switch like `w:vanish` is on: it is unless its value says no."""
    return attribute(switch, "val") not in ("0", "false", "off")


def _outline(element: Element) -> int:
    value = attribute(element, "val")
    return int(value) + 1 if value.isdecimal() and int(value) < 9 else 0


def _named(name: str) -> Style:
    key = fold(name)
    found = _HEADING.fullmatch(key)
    level = int(found[1]) if found else int(key in _TITLES)
    return Style(level, contents=bool(_CONTENTS.fullmatch(key)))


def read_styles(root: Element | None) -> Styles:
    """Read `word/styles.xml`; a document without it has no style but those whose names tell."""
    if root is None:
        return Styles()
    elements = {attribute(style, "styleId"): style for style in children(root, "style")}
    owns = {id: _own(element) for id, element in elements.items()}
    styles = {id: _read(id, owns) for id in owns}
    defaults = [attribute(part, "val") for found in children(root, "docDefaults") for part in _langs(found)]
    normal = [
        styles[id].language
        for id, element in elements.items()
        if attribute(element, "default") in ("1", "true") and attribute(element, "type") == "paragraph"
    ]
    return Styles(styles, next(filter(None, [*normal, *defaults]), ""))


def _langs(element: Element) -> list[Element]:
    return list(descendants(element, "lang"))


@dataclass(frozen=True)
class _Own:
    """What a style says itself: `level` −1 and `hidden` none where it says nothing."""

    level: int = -1
    hidden: bool | None = None
    contents: bool = False
    language: str = ""
    parent: str = ""


def _own(element: Element) -> _Own:
    parts: dict[str, list[Element]] = {}
    for child in element:
        parts.setdefault(local(child), []).append(child)
    named = _named("".join(attribute(name, "val") for name in parts.get("name", ())))
    outline = [part for found in parts.get("pPr", ()) for part in children(found, "outlineLvl")]
    vanish = [part for found in parts.get("rPr", ()) for part in children(found, "vanish")]
    return _Own(
        (named.level or _outline(outline[0])) if outline else named.level or -1,
        is_on(vanish[0]) if vanish else None,
        named.contents,
        "".join(attribute(part, "val") for found in parts.get("rPr", ()) for part in _langs(found)),
        next((attribute(part, "val") for part in parts.get("basedOn", ())), ""),
    )


def _read(id: str, owns: dict[str, _Own]) -> Style:
    """Read a style with what it takes from those that it is based on, the nearest first."""
    level, hidden, contents, language, here = -1, None, False, "", id
    for _ in range(_MOST_PARENTS):
        own = owns[here]
        level = own.level if level < 0 else level
        hidden = own.hidden if hidden is None else hidden
        contents, language, here = contents or own.contents, language or own.language, own.parent
        if here not in owns:
            break
    return Style(0 if contents else max(level, 0), bool(hidden), contents, language)
