"""ODT and FODT → blocks: what a reader of the page sees, in its order; the rest is counted.

Source: OpenDocument 1.3, part 3. Names are compared without their namespaces.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from avis.errors import Place, Problems
from avis.files.archives import Archive
from avis.files.markup import parse_xml
from avis.sources.notes.blocks import Body, numbered
from avis.sources.notes.marks import Rich, attribute, children, descendants, local, one_language
from avis.sources.notes.odtstyles import OdtStyles, read_odt_styles
from avis.sources.notes.plaintext import join_cells

MOST_XML = 16 * 2**20
_PARTS = ("content.xml", "styles.xml", "meta.xml")
_PEOPLE = frozenset(["author-name", "author-initials", "initial-creator", "creator"])
_CONTENTS = frozenset(["table-of-content", "illustration-index", "table-index", "object-index", "user-index"])
_LEFT_OUT = {
    **dict.fromkeys(("annotation",), "comments"),
    **dict.fromkeys(("object", "object-ole", "plugin", "applet"), "embedded"),
    **dict.fromkeys(("hidden-text", "hidden-paragraph"), "hidden"),
    "image": "images",
    "script": "macros",
}
_NAMES_WITHOUT_WORDS = (
    "note-citation ruby-text sequence-decls forms title desc annotation-end event-listeners"
)
_NO_WORDS = frozenset(_NAMES_WITHOUT_WORDS.split())
_MOST_SPACES = 100

Block = tuple[str, int, str]
Names = tuple[str, ...]
"""Styles of some words, the innermost first."""


def read_odt(archive: Archive) -> Body | None:
    """Read a document of LibreOffice.

    Errors: those of `Archive.read` and `parse_xml`; SRC-003 also where the manifest names a part that is not
    there, SRC-005 where it says that a part is encrypted.
    """
    manifest = _part(archive, "META-INF/manifest.xml")
    if not _is_whole(manifest, archive):
        return None
    content, styles, meta = (_part(archive, name) for name in _PARTS)
    if archive.problems.errors or content is None:
        return None
    body = _read(content, styles, meta)
    pictures = sum(name.startswith("Pictures/") for name in archive.names)
    body.dropped["images"] = max(body.dropped["images"], pictures)
    body.dropped["macros"] += sum(name.startswith(("Basic/", "Scripts/")) for name in archive.names)
    return body


def _part(archive: Archive, name: str) -> Element | None:
    """Read a part; none, and no problem, where there is none, but for the words themselves."""
    if name not in archive.names and name != "content.xml":
        return None
    data = archive.read(name, MOST_XML)
    return parse_xml(data, archive.place, archive.problems) if data is not None else None


def read_fodt(data: bytes, place: Place, problems: Problems) -> Body | None:
    """Read the same document written as one XML file. Errors: those of `parse_xml`."""
    root = parse_xml(data, place, problems)
    return _read(root, root, root) if root is not None else None


def _is_whole(manifest: Element | None, archive: Archive) -> bool:
    for entry in children(manifest, "file-entry") if manifest is not None else ():
        if children(entry, "encryption-data"):
            archive.problems.add("SRC-005", archive.place)
            return False
        path = attribute(entry, "full-path")
        if path in _PARTS and path not in archive.names:
            archive.problems.add("SRC-003", archive.place)
            return False
    return True


def _read(content: Element, styles: Element | None, meta: Element | None) -> Body:
    walk = _Walk(read_odt_styles(content, styles))
    texts = [text for body in descendants(content, "body") for text in children(body, "text")]
    blocks = [block for text in texts for block in walk.blocks(text)]
    blocks += [block for note in walk.notes for block in walk.blocks(note)]
    walk.dropped["footnotes"] = len(walk.notes)
    walk.dropped["authors"] = len(walk.authors)
    walk.dropped["properties"] = sum(_is_told(part) for part in _meta(meta))
    walk.dropped["margins"] = sum(
        bool("".join(part.itertext()).strip())
        for page in descendants(styles, "master-page")
        for part in page
        if re.match("header|footer", local(part))
    )
    return Body(numbered(blocks), "paragraph", walk.dropped)


def _meta(meta: Element | None) -> Iterator[Element]:
    return (part for found in descendants(meta, "meta") for part in found)


def _is_told(part: Element) -> bool:
    told = ("creator", "initial-creator", "printed-by", "user-defined", "keyword", "subject", "description")
    return local(part) in told and bool((part.text or "").strip())


class _Walk:
    """A walk through paragraphs, lists and tables that counts what it leaves out."""

    def __init__(self, styles: OdtStyles) -> None:
        self.styles = styles
        self.dropped: Counter[str] = Counter()
        self.authors: set[str] = set()
        self.notes: list[Element] = []
        self.boxes: list[Element] = []

    def blocks(self, parent: Element) -> Iterator[Block]:
        for child in parent:
            name = local(child)
            if name in ("p", "h"):
                yield from self._paragraph(child)
            elif name == "table":
                yield from self._table(child)
            elif not self._leave_out(child):
                yield from self.blocks(child)

    def _leave_out(self, element: Element) -> bool:
        """Count what is no part of the words; tell whether it was left out."""
        name = local(element)
        if name == "tracked-changes":
            self._changes(element)
        elif name in _CONTENTS:
            self.dropped["contents"] += len(list(descendants(element, "p")))
        elif name == "section" and attribute(element, "display") == "none":
            self.dropped["hidden"] += 1
        elif name in _LEFT_OUT:
            self.dropped[_LEFT_OUT[name]] += 1
            self._author(element)
        elif name in _PEOPLE or name.startswith("sender-"):
            self.authors.add("".join(element.itertext()))
        else:
            return name in _NO_WORDS
        return True

    def _changes(self, element: Element) -> None:
        for name, key in (("deletion", "deletions"), ("insertion", "insertions")):
            self.dropped[key] += len(list(descendants(element, name)))
        self._author(element)

    def _author(self, element: Element) -> None:
        self.authors |= {part.text for part in descendants(element, "creator") if part.text}

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        name = attribute(paragraph, "style-name")
        pieces: list[Rich] = []
        self._pieces(paragraph, pieces, (name,))
        boxes, self.boxes = self.boxes, []
        level = self.styles.level(name)
        if local(paragraph) == "h":
            level = int(attribute(paragraph, "outline-level") or 1)
        text = "".join(piece.text for piece in pieces)
        yield text, level, "" if level else one_language(pieces, self.styles.language)
        for box in boxes:
            self.dropped["boxes"] += 1
            yield from self.blocks(box)

    def _pieces(self, parent: Element, pieces: list[Rich], styles: Names) -> None:
        self._words(parent.text, pieces, styles)
        for child in parent:
            self._child(child, pieces, styles)
            self._words(child.tail, pieces, styles)

    def _child(self, child: Element, pieces: list[Rich], styles: Names) -> None:
        name = local(child)
        if name == "s":
            count = attribute(child, "c")
            pieces.append(Rich(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES), ""))
        elif name in ("tab", "line-break"):
            pieces.append(Rich(" " if name == "tab" else "\n", ""))
        elif name == "note":
            self.notes += children(child, "note-body")
        elif name == "text-box" or (name in ("custom-shape", "rect", "ellipse") and children(child, "p")):
            self.boxes.append(child)
        elif not self._leave_out(child):
            inner = (attribute(child, "style-name"),) if name == "span" else ()
            self._pieces(child, pieces, inner + styles)

    def _words(self, text: str | None, pieces: list[Rich], styles: Names) -> None:
        """Keep words, whose spaces and line ends mean one space, as in HTML."""
        if text and self.styles.hidden(styles):
            self.dropped["hidden"] += bool(text.strip())
        elif text:
            pieces.append(Rich(re.sub(r"[ \t\r\n]+", " ", text), self.styles.tag(styles)))

    def _table(self, table: Element) -> Iterator[Block]:
        for row in _within(table, "table-row"):
            cells = [list(self.blocks(cell)) for cell in _within(row, "table-cell")]
            filled = [cell for cell in cells if any(text.strip() for text, _, _ in cell)]
            if len(filled) == 1:  # a table that only sets the page
                yield from filled[0]
            elif filled:
                self.dropped["rows"] += 1
                yield join_cells(["\n".join(text for text, _, _ in cell) for cell in filled]), 0, ""


def _within(parent: Element, wanted: str) -> Iterator[Element]:
    """Give rows or cells, those inside groups of rows too."""
    for child in parent:
        if local(child) == wanted:
            yield child
        elif local(child) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _within(child, wanted)
