"""Styles of a document of LibreOffice: languages, hidden words, headings by their style."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from avis.sources.notes.marks import attribute, children, descendants, local
from avis.spelling import fold

_HEADING = re.compile(r"(?:heading|titre)[ _]([1-9])")
_MOST_PARENTS = 12


@dataclass(frozen=True)
class OdtStyles:
    """Styles by their names, and the language of the document."""

    elements: dict[str, list[Element]] = field(default_factory=dict)
    language: str = ""

    def _first(self, name: str, asked: str) -> str:
        """Give what the style says of its words, or the nearest of those that it comes from."""
        for _ in range(_MOST_PARENTS):
            parents = ""
            for element in self.elements.get(name, ()):
                for words in children(element, "text-properties"):
                    if value := attribute(words, asked):
                        return value
                parents = parents or attribute(element, "parent-style-name")
            name = parents
        return ""

    def tag(self, names: Iterable[str]) -> str:
        """Give the language tag of words with these styles, the innermost first."""
        return next(filter(None, (self._first(name, "language") for name in names)), "")

    def hidden(self, names: Iterable[str]) -> bool:
        """Tell whether words with these styles, the innermost first, are hidden."""
        return next(filter(None, (self._first(name, "display") for name in names)), "") == "none"

    def level(self, name: str) -> int:
        """Tell the level of a heading that is a paragraph with the style of a heading; 0 for others."""
        for _ in range(_MOST_PARENTS):
            key = fold(name.replace("_20_", " "))
            if found := _HEADING.fullmatch(key):
                return int(found[1])
            if key in ("title", "titre", "titre principal"):
                return 1
            elements = self.elements.get(name, ())
            name = next(filter(None, (attribute(element, "parent-style-name") for element in elements)), "")
        return 0


def read_odt_styles(content: Element, styles: Element | None) -> OdtStyles:
    """Read the styles of `content.xml` and `styles.xml`; in a flat file both are one."""
    found: dict[str, list[Element]] = {}
    default = ""
    for root in [content] if styles is None or styles is content else [content, styles]:
        for element in root.iter():
            if local(element) == "style":
                found.setdefault(attribute(element, "name"), []).append(element)
            elif local(element) == "default-style" and attribute(element, "family") == "paragraph":
                words = [attribute(part, "language") for part in descendants(element, "text-properties")]
                default = default or "".join(words)
    standard = OdtStyles(found).tag(["Standard"])
    return OdtStyles(found, standard or default)
