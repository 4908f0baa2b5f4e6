"""DOCX → blocks, from the XML itself.

mammoth was tried and loses words: simple fields, text boxes without a fallback, words that run the other
way, formulas; and it prints hidden text. Its own walk keeps all that a reader of the page sees: insertions,
content controls, smart tags, links, results of fields, text boxes. What it leaves out is counted.
Source: ECMA-376, part 1, 17 (WordprocessingML). Names are compared without their namespace, since the strict
form of the standard has another one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from avis.files.archives import Archive
from avis.files.markup import parse_xml
from avis.sources.notes.blocks import Body, numbered
from avis.sources.notes.marks import Rich, attribute, children, descendants, local, one_language
from avis.sources.notes.plaintext import join_cells
from avis.sources.notes.wordstyles import Styles, is_on, read_styles

MOST_XML = 16 * 2**20
"""Bytes of a part: a thousand pages of words take some 10 MB."""
_SPACES = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_LEFT_OUT = {"del": "deletions", "moveFrom": "deletions", "object": "embedded", "altChunk": "embedded"}
_NAMES_WITHOUT_WORDS = (
    "pPr rPr tblPr trPr tcPr tblGrid sdtPr sdtEndPr sectPr instrText delText delInstrText softHyphen "
    "annotationRef footnoteRef endnoteRef separator continuationSeparator rt docPr cNvPr"
)
_NO_WORDS = frozenset(_NAMES_WITHOUT_WORDS.split())
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}

_PROPERTIES = frozenset(
    [*("creator", "lastModifiedBy", "Company", "Manager", "keywords", "description", "subject", "property")]
)

Block = tuple[str, int, str]


def read_word(archive: Archive) -> Body | None:
    """Read a document of Word.

    Errors: those of `Archive.read` and `parse_xml`; SRC-003 also where notes are named that are not there.
    """
    root = _part(archive, "word/document.xml")
    has_styles = "word/styles.xml" in archive.names
    styles = _part(archive, "word/styles.xml") if has_styles else None
    if root is None or (has_styles and styles is None):
        return None
    walk = _Walk(read_styles(styles))
    blocks = list(walk.blocks(root))
    for kind in ("footnotes", "endnotes"):
        if walk.notes[kind]:
            notes = _part(archive, f"word/{kind}.xml")
            if notes is None:
                return None
            blocks += _notes(walk, notes)
    walk.dropped["footnotes"] = sum(walk.notes.values())
    walk.dropped.update(_beside(archive))
    comments = _part(archive, "word/comments.xml") if "word/comments.xml" in archive.names else None
    walk.comments(children(comments, "comment") if comments is not None else [])
    walk.dropped["authors"] = len(walk.authors)
    return Body(numbered(blocks), "paragraph", walk.dropped)


def _part(archive: Archive, name: str) -> Element | None:
    data = archive.read(name, MOST_XML)
    return parse_xml(data, archive.place, archive.problems) if data is not None else None


def _notes(walk: _Walk, notes: Element) -> Iterator[Block]:
    """Give the words of notes; separators between them and the page have a type."""
    for note in notes:
        if attribute(note, "type") in ("", "normal"):
            yield from walk.blocks(note)


def _beside(archive: Archive) -> Counter[str]:
    """Count what stands beside the text, in members of their own."""
    found: Counter[str] = Counter()
    kinds = (
        ("images", r"word/media/.+"),
        ("embedded", r"word/(?:embeddings|diagrams/data\d*\.xml|charts/chart\d*\.xml|activeX).*"),
        ("macros", r"word/vbaProject\.bin"),
    )
    for key, pattern in kinds:
        found[key] = sum(bool(re.fullmatch(pattern, name)) for name in archive.names)
    for name in archive.names:
        if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name):
            found["margins"] += bool(_words(archive, name).strip())
        elif name in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"):
            found["properties"] += _properties(archive, name)
    return found


def _words(archive: Archive, name: str) -> str:
    root = _part(archive, name)
    return "".join(part.text or "" for part in descendants(root, "t")) if root is not None else ""


def _properties(archive: Archive, name: str) -> int:
    root = _part(archive, name)
    if root is None:
        return 0
    return sum(local(part) in _PROPERTIES and bool("".join(part.itertext()).strip()) for part in root)


class _Walk:
    """A walk through paragraphs and tables that counts what it leaves out."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.dropped: Counter[str] = Counter()
        self.notes: Counter[str] = Counter()
        self.authors: set[str] = set()
        self.boxes: list[Element] = []
        self.joined: list[Rich] = []
        """Paragraphs whose end was deleted: they go on in the next one."""

    def blocks(self, parent: Element) -> Iterator[Block]:
        for child in parent:
            name = local(child)
            if name == "p":
                yield from self._paragraph(child)
            elif name == "tbl":
                yield from self._rest()
                yield from self._table(child)
            elif name in _LEFT_OUT:
                self._leave_out(child)
            elif name == "sdt" and self._is_contents(child):
                self.dropped["contents"] += len(list(descendants(child, "p")))
            elif name not in _NO_WORDS:
                self._note_insertion(child)
                yield from self.blocks(child)
        yield from self._rest()

    def _rest(self) -> Iterator[Block]:
        """Give words whose end was deleted, where no paragraph follows to take them."""
        if self.joined:
            yield "".join(piece.text for piece in self.joined), 0, ""
            self.joined = []

    def _is_contents(self, control: Element) -> bool:
        found = (attribute(part, "val") for part in descendants(control, "docPartGallery"))
        return "Table of Contents" in found

    def _leave_out(self, element: Element) -> None:
        self.dropped[_LEFT_OUT[local(element)]] += 1
        self._author(element)

    def _note_insertion(self, element: Element) -> None:
        if local(element) in ("ins", "moveTo"):
            self.dropped["insertions"] += 1
            self._author(element)

    def comments(self, comments: list[Element]) -> None:
        """Count comments, and those who wrote them."""
        self.dropped["comments"] = len(comments)
        for comment in comments:
            self._author(comment)

    def _author(self, element: Element) -> None:
        if author := attribute(element, "author"):
            self.authors.add(author)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        properties = next(iter(children(paragraph, "pPr")), None)
        style = self.styles.of(properties, "pStyle")
        pieces: list[Rich] = self.joined
        self.joined = []
        self._pieces(paragraph, pieces, style.hidden)
        boxes, self.boxes = self.boxes, []
        if self._end_is_deleted(properties):
            self.joined = pieces
        elif style.contents:
            self.dropped["contents"] += any(piece.text.strip() for piece in pieces)
        else:
            text = "".join(piece.text for piece in pieces)
            level = self.styles.level(properties)
            yield text, level, "" if level else one_language(pieces, self.styles.language)
        for box in boxes:
            self.dropped["boxes"] += 1
            yield from self.blocks(box)

    def _end_is_deleted(self, properties: Element | None) -> bool:
        marks = children(properties, "rPr") if properties is not None else []
        return any(children(mark, "del") or children(mark, "moveFrom") for mark in marks)

    def _pieces(self, parent: Element, pieces: list[Rich], hidden: bool) -> None:
        for child in parent:
            name = local(child)
            if name == "r":
                self._run(child, pieces, hidden)
            elif name in _LEFT_OUT:
                self._leave_out(child)
            elif name == "txbxContent":
                self.boxes.append(child)
            elif name == "AlternateContent":
                self._pieces(_choose(child), pieces, hidden)
            elif name == "t":
                pieces.append(Rich(child.text or "", ""))
            elif name not in _NO_WORDS:
                self._note_insertion(child)
                self._pieces(child, pieces, hidden)

    def _run(self, run: Element, pieces: list[Rich], hidden: bool) -> None:
        properties = next(iter(children(run, "rPr")), None)
        style = self.styles.of(properties, "rStyle")
        vanish = children(properties, "vanish") if properties is not None else []
        hidden = is_on(vanish[0]) if vanish else hidden or style.hidden
        language = "".join(attribute(part, "val") for part in descendants(properties, "lang"))
        if hidden:
            self.dropped["hidden"] += bool("".join(part.text or "" for part in descendants(run, "t")).strip())
            return
        for child in run:
            name = local(child)
            if name == "t":
                pieces.append(Rich(child.text or "", language or style.language))
            elif name in _SPACES:
                pieces.append(Rich(_SPACES[name], ""))
            elif name == "sym":
                self.dropped["symbols"] += 1
                pieces.append(Rich(" ", ""))
            elif name in _NOTES:
                self.notes[_NOTES[name]] += 1
            else:
                wrapped = Element("run")
                wrapped.append(child)
                self._pieces(wrapped, pieces, hidden)

    def _table(self, table: Element) -> Iterator[Block]:
        for row in _rows(table):
            if any(children(part, "del") for part in children(row, "trPr")):
                self.dropped["deletions"] += 1
                continue
            cells = [list(self.blocks(cell)) for cell in _cells(row)]
            filled = [cell for cell in cells if any(text.strip() for text, _, _ in cell)]
            if len(filled) == 1:  # a table that only sets the page
                yield from filled[0]
            elif filled:
                self.dropped["rows"] += 1
                yield join_cells(["\n".join(text for text, _, _ in cell) for cell in filled]), 0, ""


def _choose(alternatives: Element) -> Element:
    """Choose the newer form of what stands twice, unless only the older one holds words."""
    choices = children(alternatives, "Choice")
    spoken = [one for one in choices if any(part.text for part in descendants(one, "t"))]
    return (spoken or children(alternatives, "Fallback") or choices or [alternatives])[0]


def _rows(table: Element) -> Iterator[Element]:
    return _within(table, "tr")


def _cells(row: Element) -> Iterator[Element]:
    return _within(row, "tc")


def _within(parent: Element, wanted: str) -> Iterator[Element]:
    """Give rows or cells, those inside content controls and insertions too."""
    for child in parent:
        if local(child) == wanted:
            yield child
        elif local(child) not in ("tbl", "p", "tc", "del", "moveFrom"):
            yield from _within(child, wanted)
