"""Blocks of a DOCX, one method a kind: the order and the words of the page, in Word's own styles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.shared import Cm, Pt

from avis.i18n import say
from avis.report import outline
from avis.report.charts.accent import in_look
from avis.report.charts.frieze import draw_timeline
from avis.report.charts.svg import draw_svg
from avis.report.document import (
    Agreed,
    Aside,
    Asked,
    Block,
    Document,
    Facts,
    Field,
    Grid,
    Heading,
    Inline,
    Items,
    Note,
    Numbered,
    Paragraph,
    Pictogram,
    Picture,
    Piece,
    Saying,
    Sign,
    Telling,
    Timeline,
    Voice,
    Words,
)
from avis.report.docx import styles
from avis.report.docx.inline import Anchors, Dress, call, raise_text, write, write_text
from avis.report.docx.paragraphs import draw_side, new_numbers, number
from avis.report.docx.pictures import add_image, add_pictogram
from avis.report.docx.tables import write_table
from avis.report.figures import told_length
from avis.report.pdf.dressing import FEW
from avis.report.pdf.paper import compile_png

if TYPE_CHECKING:
    from docx.document import Document as Sheet

DEEPEST = 3
"""Levels of a list that Word has styles for."""
BESIDE = Cm(1.1)
"""The width of a pictogram and of the space beside it."""
FRAMES = {"notice": styles.BROWN, "explanation": styles.SOFT}


class Writer:
    """Writes blocks one below the other at the end of a document."""

    def __init__(self, sheet: Sheet, document: Document, anchors: Anchors) -> None:
        self.sheet = sheet
        self.language = document.language
        self.look = document.look
        self.anchors = anchors
        self._frame = ""
        """The colour of the line beside what stands in a frame."""
        self._depth = 0
        self._below_table = False
        self._indents: dict[str, int] = {}

    def say(self, key: str, **facts: object) -> str:
        """Say words of `[render]` in the document's language."""
        return say(f"report.render.{key}", self.language, **facts)

    def paragraph(self, style: str, id: str = "") -> Any:
        """Begin a paragraph, with the bookmark of what it stands for."""
        made: Any = self.sheet.add_paragraph()
        styles.wear(made, style)
        if self._frame:
            draw_side(made, self._frame, self._indent(style))
        if self._below_table:
            made.paragraph_format.space_before = Pt(11)
        self._below_table = False
        self.anchors.place(made, id)
        return made

    def _indent(self, style: str) -> int:
        if style not in self._indents:
            known: Any = self.sheet.styles[style]
            self._indents[style] = known.paragraph_format.left_indent or 0
        return self._indents[style]

    def text(self, style: str, text: str, id: str = "", note: str = "", language: str = "") -> Any:
        """Write a paragraph of plain words, and the call to its note behind."""
        made = self.paragraph(style, id)
        write_text(made, text, self.anchors, Dress(language=language))
        call(made, note, self.anchors)
        return made

    def line(self, style: str, content: tuple[Inline, ...], id: str = "", language: str = "") -> Any:
        """Write a paragraph of dressed words."""
        made = self.paragraph(style, id)
        write(made, content, self.anchors, Dress(language=language))
        return made

    def labelled(self, style: str, label: str, text: str, note: str = "", language: str = "") -> None:
        """Write a paragraph that begins with what it is: "Adressée à", "Traduction"."""
        made = self.paragraph(style)
        if label:
            write_text(made, f"{label}{self._colon}", self.anchors, Dress(bold=True))
        write_text(made, text, self.anchors, Dress(language=language))
        call(made, note, self.anchors)

    def quoted(self, text: str, language: str, id: str = "") -> None:
        """Write exact words between the marks of the document's language, which stay when they are copied."""
        before, after = ("«\u202f", "\u202f»") if self.language == "fr" else ("“", "”")
        made = self.paragraph("Quote", id)
        write_text(made, before, self.anchors)
        write_text(made, text, self.anchors, Dress(language=language))
        write_text(made, after, self.anchors)

    @property
    def _colon(self) -> str:
        return "\u00a0: " if self.language == "fr" else ": "

    def blocks(self, blocks: tuple[Block, ...]) -> None:
        """Write a run of blocks."""
        for block in blocks:
            getattr(self, f"_{block.__struct_config__.tag}")(block)

    def _heading(self, block: Heading) -> None:
        made = self.paragraph(f"Heading {min(block.level, 5) - 1}", block.id)
        self._drawn(made, block.pictogram)
        write(made, block.content, self.anchors)

    def _drawn(self, paragraph: Any, name: Pictogram | None) -> None:
        """Put a pictogram before words, for the eyes alone."""
        if name:
            add_pictogram(paragraph, name)

    def _sign(self, block: Sign) -> None:
        made = self.paragraph("Normal")
        layout = made.paragraph_format
        layout.left_indent, layout.first_line_indent = (layout.left_indent or 0) + BESIDE, -BESIDE
        add_pictogram(made, block.pictogram, "\t")
        write(made, block.content, self.anchors, Dress(language=block.language))
        call(made, block.note, self.anchors)

    def _paragraph(self, block: Paragraph) -> None:
        self.line("Normal", block.content, language=block.language)

    def _numbered(self, block: Numbered) -> None:
        """Write the number as words: who pastes a part elsewhere keeps the numbers that others cite."""
        made = self.paragraph("Normal", block.id)
        layout = made.paragraph_format
        layout.left_indent, layout.first_line_indent = (layout.left_indent or 0) + BESIDE, -BESIDE
        write_text(made, f"{block.number}.\t", self.anchors)
        write(made, block.content, self.anchors, Dress(language=block.language))

    def _field(self, block: Field) -> None:
        told = told_length(block.length, block.limit, block.measure, self.language)
        self.text(styles.LABEL, block.label, block.id, block.note)
        outer, self._frame = self._frame, styles.SOFT
        self.text("Normal", block.text or say("report.field.empty", self.language), language=block.language)
        self._frame = outer
        self.text(styles.SETTING, " ".join(filter(None, (block.remark, told))))

    def _items(self, block: Items) -> None:
        self._depth += 1
        depth = min(self._depth, DEEPEST)
        name = f"List {'Number' if block.ordered else 'Bullet'}" + (f" {depth}" if depth > 1 else "")
        numbers = new_numbers(self.sheet, name) if block.ordered else None
        for first, *further in block.items:
            if isinstance(first, Paragraph):
                made = self.line(name, first.content, language=first.language)
                if numbers is not None:
                    number(made, numbers)
                self.blocks(tuple(further))
            else:
                self.blocks((first, *further))
        self._depth -= 1

    def _facts(self, block: Facts) -> None:
        self.terms(block.items)

    def terms(self, items: tuple[tuple[str, tuple[Inline, ...]], ...]) -> None:
        """Write terms and what is said of each."""
        for term, content in items:
            made = self.paragraph(styles.TERM)
            write_text(made, f"{term}{self._colon}", self.anchors, Dress(bold=True))
            write(made, content, self.anchors)

    def _grid(self, block: Grid, described: str = "", caption: str = "") -> None:
        self.text("Caption", caption or block.caption, block.id, block.note)
        write_table(self.sheet, block, self.anchors, described)
        if block.remark:
            self.line(styles.REMARK, block.remark)
        for mark, content in block.marks:
            made = self.paragraph(styles.REMARK)
            raise_text(made, mark, self.anchors)
            write(made, (Words(text=" "), *content), self.anchors)
        self._below_table = not block.remark and not block.marks

    def _picture(self, block: Picture) -> None:
        self.text("Caption", block.title, block.id, block.note)
        if block.base:
            base = self.text(styles.SETTING, self.say("base", base=block.base))
            base.paragraph_format.keep_with_next = True
        told = outline.tidy(block.description)
        half = block.chart.form == "columns" and len(block.grid.rows) <= FEW
        svg = draw_svg(block.chart, block.tables, self.language, "c", half, told, block.floor)
        svg = in_look(svg, self.look, block.chart.form)
        add_image(
            self.paragraph("Normal"), compile_png(svg), Cm(8) if half else styles.WIDTH, block.title, told
        )
        same = block.grid.caption == block.title
        self._grid(block.grid, told, self.say("data") if same else "")

    def _timeline(self, block: Timeline) -> None:
        self.text("Caption", block.title, block.id, block.note)
        svg = in_look(draw_timeline(block, self.language, "c"), self.look)
        told = outline.tidy(block.description)
        add_image(self.paragraph("Normal"), compile_png(svg), styles.WIDTH, block.title, told)
        self._grid(block.grid, told, self.say("data_dates"))

    def _saying(self, block: Saying) -> None:
        self.quoted(block.text, block.language, block.id)
        if block.translation:
            label = self.say("translation" if block.translation_approved else "translation_open")
            self.labelled(styles.SETTING, label, block.translation)
        self.text(styles.SETTING, block.setting, note=block.note)

    def _voices(self, voices: tuple[Voice, ...]) -> None:
        for voice in voices:
            self.labelled(styles.SAID, voice.label, voice.text, language=voice.language)

    def _agreed(self, block: Agreed) -> None:
        outer, self._frame = self._frame, self.anchors.accent
        self.text(styles.LABEL, block.label or self.say(block.role), block.id)
        self._voices(block.voices)
        self.blocks(block.signs)
        if block.addressee:
            self.labelled(styles.SETTING, self.say("addressee"), block.addressee)
        if block.outcome:
            self.labelled(styles.SETTING, self.say("outcome"), block.outcome, note=block.note)
        self._frame = styles.BROWN
        for n, voices in enumerate(block.dissents, start=1):
            made = self.paragraph(styles.LABEL)
            self._drawn(made, "differ" if block.signs else None)
            numbered = "dissent" if len(block.dissents) == 1 else "dissent_n"
            write_text(made, self.say("dissent_plain" if block.signs else numbered, n=n), self.anchors)
            self._voices(voices)
        self._frame = outer

    def _asked(self, block: Asked) -> None:
        self.text(styles.LABEL, self.say("question", n=block.number), block.id)
        self.text("Quote", block.text, language=block.language)

    def _aside(self, block: Aside) -> None:
        outer, self._frame = self._frame, FRAMES.get(block.role, self.anchors.accent)
        self.text(styles.LABEL, block.title)
        self.blocks(block.blocks)
        self._frame = outer

    def _telling(self, block: Telling) -> None:
        made = self.text(styles.LABEL, f"{block.label}{self._colon}", block.id)
        write(made, block.title, self.anchors)
        self.terms(block.facts)
        if block.grid:
            self._grid(block.grid)
        for piece in block.pieces:
            self._piece(piece)
        self.text(styles.SETTING, block.setting, note=block.note)

    def _piece(self, piece: Piece) -> None:
        self.text(styles.LABEL, piece.label, language=piece.language)
        if not piece.told_first:
            self.terms(piece.facts)
        for voice in piece.voices:
            self.quoted(voice.text, voice.language)
            if voice.label:
                self.text(styles.SETTING, voice.label)
        if piece.told_first:
            self.terms(piece.facts)

    def note(self, note: Note) -> None:
        """Write a note: its number, its title, where what calls it comes from."""
        number = self.anchors.numbers[note.id]
        made = self.paragraph(styles.TERM, note.id)
        made.paragraph_format.keep_with_next = bool(note.lines)
        write_text(made, f"{self.say('note_number', n=number)} ", self.anchors, Dress(bold=True))
        write_text(made, note.title, self.anchors, Dress(bold=True, language=note.language))
        self.terms(note.lines)
