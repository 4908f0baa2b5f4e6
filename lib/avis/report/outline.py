"""The skeleton of a document, the same for every rendering: note numbers, heading levels, anchors, links.

It is the last check before paper: a figure without its note, or a link to nowhere, does not build.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

import msgspec

from avis.errors import Problems
from avis.report.document import (
    Block,
    Count,
    Document,
    Grid,
    Heading,
    Inline,
    Link,
    Mention,
    Paragraph,
    Slot,
)
from avis.report.inlines import plain as plain

SCHEMES = ("https://", "http://", "mailto:")
BESIDE = re.compile(r"fiches/[a-z0-9][a-z0-9-]*\.(public|funder|members)\.(fr|en)\.html")
"""A project's sheet, in a folder beside its portfolio: the one file that a document may lead to."""
_PRIVATE = ("chart", "tables")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_UNSEEN = re.compile(
    "[\u061c\u200b\u2060-\u2064\u2066-\u206f\u202a-\u202e\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Marks that nobody sees and that turn or split the words around them. The joiners U+200C and U+200D stay:
letters of several languages need them."""
_LINE_ENDS = re.compile("\r\n?")
_BREAKS = re.compile("[\u0085\u2028\u2029]")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def tidy(text: str) -> str:
    """Take out the characters that neither HTML, SVG nor PDF may hold; line ends and tabs stay.

    Letters and their accents are joined (NFC, as for the hash of exact words): of an accent that stands
    apart, a PDF would tell the letter twice. Marks that turn the direction of writing go: what is read
    would not be what was written.

    >>> tidy("de gauche\\u202e à droite\\u2066\\u2028fin")
    'de gauche à droite fin'
    """
    text = _BREAKS.sub(" ", _LINE_ENDS.sub("\n", text))
    return normalize("NFC", _UNSEEN.sub("", _UNPRINTABLE.sub("", text)))


def language_tag(tag: str) -> str:
    """Give a language tag if it is one, else nothing: it goes into an attribute.

    >>> language_tag("pcm"), language_tag('fr" onload="')
    ('pcm', '')
    """
    return tag if _LANGUAGE.fullmatch(tag) else ""


def walk(node: object) -> Iterator[msgspec.Struct]:
    """Go through every node of a document in reading order; what a chart is drawn from is left out."""
    if isinstance(node, tuple):
        for item in node:
            yield from walk(item)
    elif isinstance(node, msgspec.Struct):
        yield node
        for name in node.__struct_fields__:
            if name not in _PRIVATE:
                yield from walk(getattr(node, name))


def check_links(document: Document) -> None:
    """Refuse links to nowhere and figures without a note.

    Errors: DOC-003 an address that is none, DOC-004 a passage or a note that is not in the document.
    """
    problems = Problems()
    anchors = {str(getattr(node, "id", "")) for node in walk(document)}
    notes = {note.id for note in document.notes}
    for node in walk(document):
        if isinstance(node, Link) and node.href.startswith("#"):
            if node.href[1:] not in anchors:
                problems.add("DOC-004", target=node.href)
        elif isinstance(node, Link) and not (node.href.startswith(SCHEMES) or BESIDE.fullmatch(node.href)):
            problems.add("DOC-003", target=node.href)
        called = getattr(node, "note", "")
        if (called or isinstance(node, Count | Mention)) and called not in notes:
            problems.add("DOC-004", target=called)
    problems.raise_errors()


def levelled(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Give the blocks with headings that start at 2 and never skip a level, as PDF/UA and readers need.

    >>> one = Heading(level=4, id="a", content=())
    >>> [block.level for block in levelled((one, one))]
    [2, 3]
    """
    last, done = 1, []
    for block in blocks:
        if isinstance(block, Heading):
            last = min(max(block.level, 2), last + 1)
            block = msgspec.structs.replace(block, level=last)
        done.append(block)
    return tuple(done)


def sections(blocks: tuple[Block, ...]) -> list[tuple[Heading | None, list[Block]]]:
    """Cut blocks at headings of level 2."""
    parts: list[tuple[Heading | None, list[Block]]] = [(None, [])]
    for block in levelled(blocks):
        if isinstance(block, Heading) and block.level == 2:
            parts.append((block, []))
        else:
            parts[-1][1].append(block)
    return [part for part in parts if part[0] or part[1]]


def contents(document: Document) -> list[tuple[str, tuple[Inline, ...]]]:
    """Give the table of contents: anchors and words of the headings of level 2."""
    return [(heading.id, heading.content) for heading, _ in sections(document.blocks) if heading]


OUTLINE_FROM = 4
"""A table of contents below this number of parts helps nobody."""


def outlined(document: Document) -> bool:
    """Tell whether a document has a table of contents; a project sheet is read at a glance."""
    return document.kind != "fiche" and len(contents(document)) >= OUTLINE_FROM


def simple(block: Block) -> bool:
    """Tell a paragraph, which a list item writes without a frame."""
    return isinstance(block, Paragraph) and not block.language


def speaks(slot: Slot) -> bool:
    """Tell whether a slot has words of its own: a dash does not say that a figure is hidden."""
    return slot.state in ("shown", "words") or any(letter.isalnum() for letter in plain(slot.content))


def wordy(grid: Grid) -> bool:
    """Tell a table of words from a table of figures: some slot beside the first holds a phrase."""
    slots = [slot for row in grid.rows for slot in row[1:] if slot.state in ("shown", "words")]
    return len(grid.columns) > 2 and any(len(plain(slot.content)) > 18 for slot in slots)


class Anchors:
    """Hands out each anchor once: what is shown a second time gets a number.

    >>> anchors = Anchors()
    >>> anchors.take("q1"), anchors.take("q1")
    ('q1', 'q1-2')
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, wanted: str) -> str:
        """Give an anchor that nothing else in this rendering has."""
        base = re.sub(r"\s+", "-", tidy(wanted)).strip("-") or "x"
        name, number = base, 2
        while name in self._taken:
            name, number = f"{base}-{number}", number + 1
        self._taken.add(name)
        return name
