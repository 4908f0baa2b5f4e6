"""XML that somebody else wrote → elements: no entity, no document type, no depth without end."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from avis.errors import Place, Problems

MAX_DEPTH = 200
"""Elements within elements; office files reach 30."""
_CHUNK = 2**16


class _Shallow:
    """A builder that gives up where a document is deeper than any honest one."""

    def __init__(self) -> None:
        self.builder, self.depth = TreeBuilder(), 0

    def start(self, tag: str, attributes: dict[str, str]) -> Element:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ParseError
        return self.builder.start(tag, attributes)

    def end(self, tag: str) -> Element:
        self.depth -= 1
        return self.builder.end(tag)

    def data(self, text: str) -> None:
        self.builder.data(text)

    def close(self) -> Element:
        return self.builder.close()


def parse_xml(data: bytes, place: Place, problems: Problems) -> Element | None:
    """Parse XML. Errors: SRC-003 damaged, too deep, or with entities of its own (billion laughs)."""
    parser = DefusedXMLParser(target=_Shallow(), forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        for start in range(0, len(data), _CHUNK):
            parser.feed(data[start : start + _CHUNK])
        root: Element = parser.close()
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        problems.add("SRC-003", place)
        return None
    return root
