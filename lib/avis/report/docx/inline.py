"""Words inside a line of a DOCX: their dress, their language, links, and calls to notes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import RGBColor
from docx.text.run import Run

from avis.report.document import Count, Emphasis, Inline, Link, Mention, Strong, Words
from avis.report.docx.styles import ACCENT, LEFTWARD, set_language
from avis.report.outline import BESIDE, language_tag, tidy

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph


@dataclass(frozen=True)
class Dress:
    """How words are written: bold, slanted, foreign, and which note needs no call here."""

    bold: bool = False
    italic: bool = False
    language: str = ""
    """Empty for the document's own."""
    known: str = ""


@dataclass
class Anchors:
    """Bookmarks by the ids that links lead to: Word allows short plain names, used once."""

    language: str
    numbers: dict[str, int]
    """Of the notes, by id."""
    accent: str = ACCENT
    """The colour of links."""
    _names: dict[str, str] = field(default_factory=dict)
    _set: set[str] = field(default_factory=set)

    def name(self, id: str) -> str:
        """Give the bookmark that stands for an id."""
        return self._names.setdefault(id, f"a{len(self._names) + 1}")

    def place(self, paragraph: Paragraph, id: str) -> None:
        """Put the bookmark of an id at a paragraph, once: what is shown again has none."""
        if not id or id in self._set:
            return
        self._set.add(id)
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(tag)
            mark.set(qn("w:id"), str(len(self._set)))
            if tag == "w:bookmarkStart":
                mark.set(qn("w:name"), self.name(id))
            paragraph._p.append(mark)


def write(
    paragraph: Paragraph, content: tuple[Inline, ...], anchors: Anchors, dress: Dress = Dress()
) -> None:
    """Write a line of words into a paragraph."""
    _write(paragraph, paragraph._p, content, anchors, dress)


def write_text(paragraph: Paragraph, text: str, anchors: Anchors, dress: Dress = Dress()) -> None:
    """Write plain words into a paragraph."""
    _run(paragraph, paragraph._p, text, anchors, dress)


def _write(
    paragraph: Paragraph, parent: Any, content: tuple[Inline, ...], anchors: Anchors, dress: Dress
) -> None:
    for node in content:
        if isinstance(node, Words):
            language = node.language or dress.language
            _run(paragraph, parent, node.text, anchors, replace(dress, language=language))
        elif isinstance(node, Strong):
            _write(paragraph, parent, node.content, anchors, replace(dress, bold=True))
        elif isinstance(node, Emphasis):
            _write(paragraph, parent, node.content, anchors, replace(dress, italic=True))
        elif isinstance(node, Link) and BESIDE.fullmatch(node.href):
            _write(paragraph, parent, node.content, anchors, dress)  # the sheet is not beside this file
        elif isinstance(node, Link):
            _write(paragraph, _link(paragraph, node.href, anchors), node.content, anchors, dress)
        elif isinstance(node, Count | Mention):
            language = node.language if isinstance(node, Mention) else ""
            spoken = replace(dress, language=language or dress.language)
            _run(paragraph, parent, node.text, anchors, spoken)
            if node.note != dress.known:
                call(paragraph, node.note, anchors)


def call(paragraph: Paragraph, note: str, anchors: Anchors) -> None:
    """Write the call to a note: its number, raised, which leads to it; nothing where there is no note."""
    if not note:
        return
    parent = _link(paragraph, f"#{note}", anchors)
    run = _run(paragraph, parent, f"({anchors.numbers[note]})", anchors, Dress())
    run.font.superscript, run.underline = True, None


def raise_text(paragraph: Paragraph, text: str, anchors: Anchors) -> None:
    """Write the sign of a remark, raised behind what it is about."""
    _run(paragraph, paragraph._p, text, anchors, Dress()).font.superscript = True


def _link(paragraph: Paragraph, href: str, anchors: Anchors) -> Any:
    link = OxmlElement("w:hyperlink")
    if href.startswith("#"):
        link.set(qn("w:anchor"), anchors.name(href[1:]))
    else:
        id = paragraph.part.relate_to(tidy(href), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), id)
    paragraph._p.append(link)
    return link


def _run(paragraph: Paragraph, parent: Any, text: str, anchors: Anchors, dress: Dress) -> Run:
    element = OxmlElement("w:r")
    parent.append(element)
    run = Run(element, paragraph)
    run.text = tidy(text)
    run.bold, run.italic = dress.bold or None, dress.italic or None
    if parent.tag == qn("w:hyperlink"):
        run.font.color.rgb, run.underline = RGBColor.from_string(anchors.accent), True
    tag = language_tag(dress.language)
    if tag and tag != anchors.language:
        if tag.partition("-")[0] in LEFTWARD:
            run.font.rtl = True
        set_language(element.get_or_add_rPr(), tag)
    return run
