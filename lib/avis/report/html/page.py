"""A document as one HTML file: no script, no request; for phones, screen readers and paper."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import cache
from pathlib import Path

import jinja2
import msgspec
from markupsafe import Markup

from avis.i18n import say
from avis.report import outline, tabular
from avis.report.charts.accent import in_look
from avis.report.charts.canvas import DRESS
from avis.report.charts.frieze import draw_timeline
from avis.report.charts.svg import draw_svg
from avis.report.document import (
    Agreed,
    Block,
    Count,
    Document,
    Emphasis,
    Field,
    Grid,
    Heading,
    Inline,
    Link,
    Mention,
    Pictogram,
    Picture,
    Slot,
    Strong,
    Timeline,
    Voice,
    Words,
)
from avis.report.figures import told_length
from avis.report.html.calls import Calls
from avis.report.html.linked import linked_data, summary
from avis.report.html.looks import logo, override
from avis.report.outline import language_tag, tidy
from avis.report.pictograms import draw

TEMPLATES = Path(__file__).parent / "templates"
SHEETS = ("base", "blocks", "charts", "tables", "notes", "sizes", "print")
"""The style sheet: what stands later wins."""
FIXED = ("text", "contents", "contents-title", "menu", "notes", "notes-title", "cite", "cite-title")
"""Anchors of the page itself."""


def render_html(document: Document) -> str:
    """Give a document as a whole HTML page, the same bytes for the same document.

    Errors: DOC-003 and DOC-004 for links to nowhere, DOC-005 for a chart without its table.
    """
    outline.check_links(document)
    css = "".join((TEMPLATES / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS)
    css += override(document.look)
    digest = b64encode(hashlib.sha256(css.encode()).digest()).decode()
    template = _environment().get_template("document.html.j2")
    return template.render(
        document=document,
        page=Page(document),
        css=Markup(css),
        digest=digest,
        linked=linked_data(document),
        summary=summary(document),
    )


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        finalize=lambda value: tidy(value) if type(value) is str else value,
    )
    made.globals |= {"heads": tabular.heads, "parts": tabular.parts, "pads": tabular.pads}
    return made


class Page:
    """What the template asks while it writes a page: anchors, calls to notes, words of the language."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.language = document.language
        self.anchors = outline.Anchors()
        self.calls = Calls(document.notes, self.anchors, document.language)
        self.entries: list[tuple[str, str]] = []
        self._regions: list[str] = []
        self._drawn: dict[str, int] = {}
        for id in (*FIXED, *self.calls.numbers):
            self.anchors.take(id)

    @property
    def sections(self) -> list[tuple[Heading | None, list[Block]]]:
        """The blocks, cut at headings of level 2."""
        return outline.sections(self.document.blocks)

    @property
    def outlined(self) -> bool:
        """Whether the page has a table of contents."""
        return outline.outlined(self.document)

    def say(self, key: str, **facts: object) -> str:
        """Say words of `[render]` in the document's language."""
        return say(f"report.render.{key}", self.language, **facts)

    def word(self, key: str) -> str:
        """Say words of `[paper]`, which stand on paper and on the page alike."""
        return say(f"report.paper.{key}", self.language)

    def kind(self, node: msgspec.Struct) -> str:
        """Give the name of a block, which is the name of its macro."""
        return str(node.__struct_config__.tag)

    def lang(self, tag: str) -> Markup:
        """Give the `lang` attribute of a foreign passage, nothing where it is the document's language."""
        tag = language_tag(tag)
        return Markup(' lang="{}"').format(tag) if tag and tag != self.language else Markup("")

    def note(self, id: str) -> Markup:
        """Give the call to a note that stands behind a caption, a statement, a quote; nothing without one."""
        return self.calls.behind(id)

    def inline(self, content: tuple[Inline, ...], known: str = "") -> Markup:
        """Give a line of words as HTML, everything escaped.

        `known` is the note of the table around: its figures need no link each, the caption has it.
        """
        return Markup("").join(self._inline(node, known) for node in content)

    def _inline(self, node: Inline, known: str) -> Markup:
        if isinstance(node, Words):
            lang, text = self.lang(node.language), Markup.escape(tidy(node.text))
            return Markup("<span{}>{}</span>").format(lang, text) if lang else text
        if isinstance(node, Strong):
            return Markup("<strong>{}</strong>").format(self.inline(node.content, known))
        if isinstance(node, Emphasis):
            return Markup("<em>{}</em>").format(self.inline(node.content, known))
        if isinstance(node, Link):
            return Markup('<a href="{}">{}</a>').format(tidy(node.href), self.inline(node.content, known))
        return self._noted(node, known)

    def _noted(self, node: Count | Mention, known: str) -> Markup:
        if node.note == known:
            return Markup.escape(tidy(node.text))
        return self.calls.beside(node, self.kind(node))

    def svg(self, picture: Picture, anchor: str, narrow: bool) -> Markup:
        """Draw a chart: our own SVG, escaped where it holds words. The wide one tells the narrow one."""
        number = self._drawn.setdefault(anchor, len(self._drawn) + 1)
        prefix, wide = f"c{number}{'s' if narrow else 'l'}", f"c{number}l"
        drawn = draw_svg(
            picture.chart,
            picture.tables,
            self.language,
            prefix,
            narrow,
            tidy(picture.description),
            picture.floor,
            wide if narrow else "",
        )
        return Markup(in_look(drawn.replace(DRESS, "", 1), self.document.look, picture.chart.form))

    def timeline(self, timeline: Timeline, narrow: bool) -> Markup:
        """Draw a timeline in the same way."""
        drawn = draw_timeline(
            timeline, self.language, "tss" if narrow else "tsl", narrow, "tsl" if narrow else ""
        )
        return Markup(in_look(drawn.replace(DRESS, "", 1), self.document.look))

    @property
    def logo(self) -> Markup:
        """The association's logo, where it has one."""
        return logo(self.document.look, self.language)

    def pictogram(self, name: Pictogram) -> Markup:
        """Draw a pictogram: our own SVG, which screen readers pass over."""
        return Markup(draw(name))

    def simple(self, block: Block) -> bool:
        """Tell a paragraph that a list item writes without a frame."""
        return outline.simple(block)

    def field_length(self, field: Field) -> str:
        """Say how long a text to copy is, and how long it may be."""
        return told_length(field.length, field.limit, field.measure, self.language)

    def field_empty(self) -> str:
        """Say that a field has no text yet."""
        return say("report.field.empty", self.language)

    def state(self, state: str) -> str:
        """Give the word that stands for a figure that is not shown."""
        return self.say("not_asked") if state == "not_asked" else say(f"common.{state}", self.language)

    def speaks(self, slot: Slot) -> bool:
        """Tell whether a slot has words of its own."""
        return outline.speaks(slot)

    def void(self, slot: Slot) -> bool:
        """Tell a slot that holds a dash alone: a phone, which shows a line for each slot, leaves it out."""
        return not any(letter.isalnum() for letter in outline.plain(slot.content))

    def wordy(self, grid: Grid) -> bool:
        """Tell a table of words, which a phone shows row by row instead of scrolling sideways.

        Browsers keep the roles of a table laid out as blocks; where one does not, each slot tells its column.
        """
        return outline.wordy(grid)

    def region(self, caption: str) -> str:
        """Name the frame in which a wide table scrolls; no two frames have the same name."""
        name = self.say("table_region", caption=tidy(caption))
        self._regions.append(name)
        again = self._regions.count(name)
        return name if again == 1 else f"{name} ({again})"

    def enter(self, heading: Heading) -> str:
        """Give the anchor of a heading, and enter those of level 2 in the table of contents."""
        anchor = self.anchors.take(heading.id)
        if heading.level == 2:
            self.entries.append((anchor, outline.plain(heading.content)))
        return anchor

    def label(self, agreed: Agreed) -> str:
        """Give the words above a statement or a recommendation."""
        return agreed.label or self.say(agreed.role)

    def dissents(self, agreed: Agreed) -> list[tuple[str, tuple[Voice, ...]]]:
        """Give the dissents with their words above, numbered where there are several."""
        if agreed.signs:
            return [(self.say("dissent_plain"), voices) for voices in agreed.dissents]
        if len(agreed.dissents) == 1:
            return [(self.say("dissent"), agreed.dissents[0])]
        return [(self.say("dissent_n", n=n), voices) for n, voices in enumerate(agreed.dissents, start=1)]
