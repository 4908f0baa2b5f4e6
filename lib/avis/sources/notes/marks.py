"""Pieces of words with what a document says of them, and elements without their namespaces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element


@dataclass(frozen=True)
class Rich:
    """Some words, and the language tag that the document puts on them."""

    text: str = field(repr=False)
    language: str


def local(element: Element) -> str:
    """Name an element without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element: Element, name: str) -> list[Element]:
    """Give the children of one name."""
    return [child for child in element if local(child) == name]


def descendants(element: Element | None, name: str) -> Iterator[Element]:
    """Give all elements of one name below, in their order."""
    return (part for part in element.iter() if local(part) == name) if element is not None else iter(())


def attribute(element: Element, name: str) -> str:
    """Give an attribute whatever its namespace; empty where there is none."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def primary(tag: str) -> str:
    """Give the language of a tag, without country or script.

    >>> primary("en-GB"), primary("FR_fr"), primary("x-none"), primary("zxx")
    ('en', 'fr', '', '')
    """
    code = tag.replace("_", "-").split("-")[0].lower()
    return code if code.isalpha() and len(code) in (2, 3) and code not in ("zxx", "und", "qaa") else ""


def one_language(pieces: list[Rich], of_document: str) -> str:
    """Tell the language of a whole paragraph where it is another than that of the document.

    >>> one_language([Rich("Good", "en-GB"), Rich(" ", "fr-FR"), Rich("day.", "en-US")], "fr-FR")
    'en'
    """
    found = {primary(piece.language or of_document) for piece in pieces if any(map(str.isalpha, piece.text))}
    return found.pop() if len(found) == 1 and found != {primary(of_document)} else ""
