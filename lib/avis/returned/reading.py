"""DOCX → its paragraphs, comments and tracked changes, from the XML itself and under the limits of `files`.

Source: ECMA-376, part 1, 17.13 (annotations). Names are compared without their namespace: LibreOffice, Word
and the strict form of the standard write them differently.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.etree.ElementTree import Element

from avis.errors import Problems
from avis.files.archives import Archive, open_archive
from avis.files.markup import parse_xml
from avis.files.opening import open_file
from avis.returned.model import Kind, Paragraph, Remark, Returned
from avis.returned.said import Said, read_comments
from avis.sources.notes.marks import attribute, children, local
from avis.sources.notes.wordstyles import Styles, is_on, read_styles

MOST_BYTES = 32 * 2**20
"""Bytes of a file: our longest document has 0.3 MB; a proofreader may paste a picture."""
MOST_XML = 16 * 2**20
MOST_ELEMENTS = 400_000
_CHANGES: dict[str, Kind] = {
    "ins": "insertion",
    "del": "deletion",
    "moveFrom": "moved_from",
    "moveTo": "moved_to",
}
_FORMATS = frozenset({"rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange"})
_SPACES = {"tab": " ", "ptab": " ", "br": " ", "cr": " ", "noBreakHyphen": "\u2011"}
_SILENT = frozenset({"pPr", "rPr", "instrText", "delInstrText", "Fallback", "docPr", "annotationRef"})
_BLANKS = re.compile(r"[\s\u00a0\u2007\u2008\u202f\u00ad]+")


def read_returned(path: Path, name: str, problems: Problems) -> Returned | None:
    """Read a document that came back; none where it is no DOCX.

    Errors: DOC-060 another kind of file; those of `open_file`, `open_archive`, `Archive.read`, `parse_xml`.
    """
    opened = open_file(path, name, problems, MOST_BYTES)
    if opened is None:
        return None
    if opened.kind != "docx":
        problems.add("DOC-060", opened.place, kind=opened.kind.upper())
        return None
    archive = open_archive(opened.data, opened.place, problems)
    return _read(archive, name) if archive is not None else None


def _read(archive: Archive, name: str) -> Returned | None:
    main = _part(archive, "word/document.xml")
    if main is None:
        return None
    has_styles = "word/styles.xml" in archive.names
    walk = _Walk(
        read_styles(_part(archive, "word/styles.xml") if has_styles else None), read_comments(archive, _part)
    )
    walk.blocks(main)
    for beside in sorted(archive.names):
        if re.fullmatch(r"word/(?:footnotes|endnotes)\.xml", beside):
            walk.blocks(_part(archive, beside))
    walk.margins = True
    for beside in sorted(archive.names):
        if re.fullmatch(r"word/(?:header|footer)\d*\.xml", beside):
            walk.blocks(_part(archive, beside))
    return Returned(name, tuple(walk.paragraphs), tuple(walk.all_remarks()), walk.formats)


def _part(archive: Archive, name: str) -> Element | None:
    data = archive.read(name, MOST_XML)
    if data is None:
        return None
    return parse_xml(data, archive.place, archive.problems, MOST_XML, MOST_ELEMENTS)


def tidied(text: str) -> str:
    """Give words with one plain space between them: programs change the kinds of spaces, nobody says so."""
    return _BLANKS.sub(" ", text).strip()


@dataclass
class _Open:
    """A comment whose words are being read."""

    paragraph: int
    heading: str
    words: list[str] = field(default_factory=list)


@dataclass
class _Walk:
    """A walk through a document that keeps each word as it was sent and as it reads now."""

    styles: Styles
    said: dict[str, Said]
    paragraphs: list[Paragraph] = field(default_factory=list)
    changes: list[Remark] = field(default_factory=list)
    placed: dict[str, _Open] = field(default_factory=dict)
    formats: int = 0
    margins: bool = False
    _open: set[str] = field(default_factory=set)
    _heading: str = ""
    _number: int = 0
    _sent: list[str] = field(default_factory=list)
    _now: list[str] = field(default_factory=list)

    def blocks(self, parent: Element | None, change: Kind | None = None) -> None:
        """Go through paragraphs, tables and what frames them."""
        for child in parent if parent is not None else ():
            name = local(child)
            if name == "p":
                self._paragraph(child, change)
            elif name == "tr":
                self.blocks(child, self._row(child) or change)
            elif name not in _SILENT:
                self._mark(child)
                self.blocks(child, change)

    def _row(self, row: Element) -> Kind | None:
        """Tell a row that was put in, or taken out, as a whole."""
        marks = [mark for found in children(row, "trPr") for mark in found]
        return next((_CHANGES[local(mark)] for mark in marks if local(mark) in ("ins", "del")), None)

    def _paragraph(self, paragraph: Element, change: Kind | None) -> None:
        outer = self._sent, self._now, self._number  # a box stands inside a paragraph
        self._sent, self._now, before = [], [], len(self.changes)
        self._number = len(self.paragraphs) + 1
        properties = next(iter(children(paragraph, "pPr")), None)
        if properties is not None:
            self.formats += sum(local(part) in _FORMATS for part in properties.iter())
        self._pieces(paragraph, change)
        sent, now = tidied("".join(self._sent)), tidied("".join(self._now))
        number = self._number
        level = self.styles.level(properties) if sent or now else 0
        if level:
            self._heading = now or sent
            here = self._heading
            self.changes[before:] = [replace(one, heading=here) for one in self.changes[before:]]
        if (sent or now) and not self.margins:
            self.paragraphs.append(Paragraph(number, self._heading, sent, now, level))
        self._sent, self._now, self._number = outer

    def _pieces(self, parent: Element, change: Kind | None) -> None:
        for child in parent:
            name = local(child)
            if name in _CHANGES:
                self._change(child)
            elif name == "r":
                self._run(child, change)
            elif name == "p":
                self._paragraph(child, change)
            elif name not in _SILENT:
                self._mark(child)
                self._pieces(child, change)

    def _change(self, element: Element) -> None:
        kind = _CHANGES[local(element)]
        at = len(self._now if kind in ("insertion", "moved_to") else self._sent)
        self._pieces(element, kind)
        kept = self._now if kind in ("insertion", "moved_to") else self._sent
        words = tidied("".join(kept[at:]))
        if words:
            author = attribute(element, "author")
            self.changes.append(Remark(kind, self._here, self._heading, words, author=author))

    @property
    def _here(self) -> int:
        return 0 if self.margins else self._number

    def _run(self, run: Element, change: Kind | None) -> None:
        properties = next(iter(children(run, "rPr")), None)
        if properties is not None:
            self.formats += sum(local(part) in _FORMATS for part in properties)
            if any(is_on(part) for part in children(properties, "vanish")):
                return
        for child in run:
            name = local(child)
            if name in ("t", "delText"):
                self._say(child.text or "", change)
            elif name in _SPACES:
                self._say(_SPACES[name], change)
            elif name not in _SILENT:
                self._mark(child)
                self._pieces(child, change)

    def _say(self, text: str, change: Kind | None) -> None:
        if change not in ("insertion", "moved_to"):
            self._sent.append(text)
        if change not in ("deletion", "moved_from"):
            self._now.append(text)
        for id in self._open:
            self.placed[id].words.append(text)

    def _mark(self, element: Element) -> None:
        """Take note of where the words of a comment begin and end; one may stand at a point."""
        name, id = local(element), attribute(element, "id")
        if name in ("commentRangeStart", "commentReference") and id not in self.placed:
            self.placed[id] = _Open(self._here, self._heading)
        if name == "commentRangeStart":
            self._open.add(id)
        elif name == "commentRangeEnd":
            self._open.discard(id)

    def all_remarks(self) -> list[Remark]:
        """Give comments and changes in the order of the text; replies behind what they reply to."""
        found = [self._remark(id, one) for id, one in self.said.items()]
        return sorted([*found, *self.changes], key=lambda one: (one.paragraph == 0, one.paragraph))

    def _remark(self, id: str, one: Said) -> Remark:
        at = self.placed.get(id) or self.placed.get(one.parent) or _Open(0, "")
        return Remark(
            "comment", at.paragraph, at.heading, tidied("".join(at.words)), one.text, one.author,
            one.initials, one.resolved, bool(one.parent),
        )  # fmt: skip
