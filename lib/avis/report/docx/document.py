"""A document as DOCX, to proofread, to quote from, for funders who ask for Word: the same words, same order.

Headings are headings, tables have header rows, charts keep their words and their figures; each foreign word
tells its language. Nothing in it names who made it, when or where.
"""

from __future__ import annotations

from avis.i18n import say
from avis.report import outline
from avis.report.document import Document, Link, Words
from avis.report.docx import styles
from avis.report.docx.blocks import Writer
from avis.report.docx.inline import Anchors, write
from avis.report.docx.package import blank, pack
from avis.report.docx.pictures import add_logo
from avis.report.outline import tidy

LEAST = {"restitution": 14}
"""The smallest letters, in points, of a document for people who read little."""
NOTES = "#notes"
"""The bookmark of the notes: an id that no block can have."""


def render_docx(document: Document) -> bytes:
    """Give a document as a DOCX file, the same bytes for the same document.

    Errors: those of `render_html`, and DOC-006 where a chart cannot be drawn.
    """
    outline.check_links(document)
    sheet = blank(tidy(document.title), document.language)
    banners = tuple(tidy(banner) for banner in document.banners)
    styles.dress(sheet, document.language, banners, LEAST.get(document.kind, 0))
    numbers = {note.id: number for number, note in enumerate(document.notes, start=1)}
    styles.colour(sheet, document.look.accent)
    writer = Writer(sheet, document, Anchors(document.language, numbers, styles.own(document.look.accent)))
    _open(writer, document)
    writer.blocks(outline.levelled(document.blocks))
    if document.notes:
        writer.text("Heading 1", say("report.render.notes", document.language), NOTES)
        for note in document.notes:
            writer.note(note)
    if document.cite:
        writer.text(styles.LABEL, say("report.paper.cite", document.language))
        write(writer.paragraph(styles.TERM), document.cite, writer.anchors)
    return pack(sheet)


def _open(writer: Writer, document: Document) -> None:
    """Write what stands above the text: warnings, title, who speaks, which edition, the contents."""
    for banner in document.banners:
        writer.text(styles.BANNER, banner)
    add_logo(writer.paragraph(styles.TERM) if document.look.logo else None, document)
    writer.text("Title", document.title)
    for told in (document.subtitle, document.author, document.period):
        if told:
            writer.text("Subtitle", told)
    if outline.outlined(document):
        writer.text(styles.LABEL, say("report.render.contents", document.language))
        notes = Words(text=say("report.render.notes", document.language))
        for id, content in (*outline.contents(document), *([(NOTES, (notes,))] if document.notes else ())):
            made = writer.paragraph(styles.TERM)
            write(made, (Link(href=f"#{id}", content=content),), writer.anchors)
