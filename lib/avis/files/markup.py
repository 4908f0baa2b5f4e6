"""XML that somebody else wrote → elements: no entity, no document type, no depth without end."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from avis.errors import Place, Problems

MAX_DEPTH = 200
"""Elements within elements; office files reach 30."""
MAX_BYTES = 24 * 2**20
"""Bytes that are parsed in this process, where a reader says nothing else."""
MAX_ELEMENTS = 1_000_000
"""Elements, that cost some 200 bytes each where `<a/>` cost four: one of two hundred pages has 20 000."""
_CHUNK = 2**16


class _TooMany(Exception):
    """More elements than may be held."""


class _Shallow:
    """A builder that gives up where a document is deeper, or has more elements, than any honest one."""

    def __init__(self, most: int) -> None:
        self.builder, self.depth, self.left = TreeBuilder(), 0, most

    def start(self, tag: str, attributes: dict[str, str]) -> Element:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ParseError
        self.left -= 1
        if self.left < 0:
            raise _TooMany
        return self.builder.start(tag, attributes)

    def end(self, tag: str) -> Element:
        self.depth -= 1
        return self.builder.end(tag)

    def data(self, text: str) -> None:
        self.builder.data(text)

    def close(self) -> Element:
        return self.builder.close()


def parse_xml(
    data: bytes,
    place: Place,
    problems: Problems,
    most: int = MAX_BYTES,
    elements: int = MAX_ELEMENTS,
) -> Element | None:
    """Parse XML of at most so many bytes and elements.

    Errors: SRC-003 damaged or too deep, SRC-006 too many bytes, SRC-212 a DTD of its own (billion laughs),
    SRC-410 too many elements.
    """
    if len(data) > most:
        problems.add("SRC-006", place, size=len(data) // 2**20, most=most // 2**20)
        return None
    target = _Shallow(elements)
    parser = DefusedXMLParser(target=target, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        for start in range(0, len(data), _CHUNK):
            parser.feed(data[start : start + _CHUNK])
        root: Element = parser.close()
    except _TooMany:
        problems.add("SRC-410", place, most=elements)
        return None
    except DefusedXmlException:
        problems.add("SRC-212", place)
        return None
    except (ParseError, ValueError, LookupError):
        problems.add("SRC-003", place)
        return None
    return root
