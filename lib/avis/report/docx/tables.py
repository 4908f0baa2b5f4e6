"""Tables of a DOCX: a caption above, header rows that a screen reader announces, words for what is hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Emu

from avis.i18n import say
from avis.report import outline, tabular
from avis.report.document import Grid, Slot, Words
from avis.report.docx.inline import Anchors, Dress, raise_text, write, write_text
from avis.report.docx.styles import CELL, INK, SMALL_CELL, SOFT, WIDTH, wear

if TYPE_CHECKING:
    from docx.document import Document as Sheet
    from docx.table import _Cell

HAIR = "C3CAD0"
LEAST, MOST = 10, 48
"""Letters that a column is wide for, at the least and at the most."""
WHOLE = 12
"""Rows up to which a table of figures stays on one page."""
MANY = 8
"""Columns above which letters are smaller."""


def write_table(sheet: Sheet, grid: Grid, anchors: Anchors, described: str = "") -> None:
    """Write a grid as a table; its first lines and first column are headers, `described` its other words.

    What is hidden keeps its word in every cell: no colour and no empty cell stands for it.
    """
    _Table(sheet, grid, anchors).write(described)


class _Table:
    def __init__(self, sheet: Sheet, grid: Grid, anchors: Anchors) -> None:
        self.grid = grid
        self.anchors = anchors
        self.heads = tabular.heads(grid)
        self.parts = tabular.parts(grid)
        self.pads = tabular.pads(grid, anchors.language)
        lines = len(self.heads) + len(grid.rows) + sum(bool(part.label) for part in self.parts)
        made: Any = sheet.add_table(rows=lines, cols=len(grid.columns))
        self.table = made
        self.lines = [list(row.cells) for row in made.rows]

    def write(self, described: str) -> None:
        self.table.autofit = False
        _describe(self.table._tbl, self.grid.caption, described)
        _rule(self.table._tbl.tblPr)
        widths = _widths(self.grid)
        for cells in self.lines:
            for cell, width in zip(cells, widths, strict=True):
                cell.width = width
        for column, width in zip(self.table.columns, widths, strict=True):
            column.width = width
        self._fill()
        self._keep_together()

    def _fill(self) -> None:
        for at, heads in enumerate(self.heads):
            for head in heads:
                self._head(at, head)
        at = len(self.heads)
        for part in self.parts:
            if part.label:
                cells = self.lines[at]
                merged = cells[0].merge(cells[-1])
                write_text(self._paragraph(merged, right=False), part.label, self.anchors, Dress(bold=True))
                at += 1
            for n, row in enumerate(part.rows):
                self._row(at, row, self.pads[part.first + n])
                at += 1

    def _head(self, at: int, head: tabular.Head) -> None:
        last = self.lines[at + head.lines - 1][head.at + head.columns - 1]
        cell = self.lines[at][head.at].merge(last)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
        paragraph = self._paragraph(cell, head.right)
        if head.spanner:
            paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        write_text(paragraph, head.label, self.anchors, Dress(bold=True))
        if head.unit:
            paragraph.add_run().add_break()
            write_text(paragraph, head.unit, self.anchors)

    def _row(self, at: int, row: tuple[Slot, ...], pads: tuple[str, ...]) -> None:
        for n, (cell, slot) in enumerate(zip(self.lines[at], row, strict=True)):
            paragraph = self._paragraph(cell, self.grid.columns[n].right)
            silent = slot.state in ("hidden", "not_documented", "not_asked")
            content = slot.content if outline.speaks(slot) else (Words(text=self._state(slot.state)),)
            dress = Dress(bold=slot.total, italic=silent, known=self.grid.note)
            write(paragraph, content, self.anchors, dress)
            if pads[n]:
                write_text(paragraph, pads[n], self.anchors)
            if slot.mark:
                raise_text(paragraph, f"\u202f{slot.mark}", self.anchors)

    def _state(self, state: str) -> str:
        language: Any = self.anchors.language
        return say("report.render.not_asked" if state == "not_asked" else f"common.{state}", language)

    def _paragraph(self, cell: _Cell, right: bool) -> Any:
        paragraph: Any = cell.paragraphs[0]
        for further in cell.paragraphs[1:]:  # merging leaves an empty one for each cell
            further._p.getparent().remove(further._p)
        wear(paragraph, CELL if len(self.grid.columns) <= MANY else SMALL_CELL)
        if right:
            paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        return paragraph

    def _keep_together(self) -> None:
        """Keep header lines and the label of a group with what follows, a short table on one page."""
        short = len(self.grid.rows) <= WHOLE and not outline.wordy(self.grid)
        labels = self._labels()
        for at, row in enumerate(self.table.rows):
            head = at < len(self.heads)
            _mark_row(row._tr, header=head)
            kept = head or at in labels or (short and at < len(self.lines) - 1)
            for paragraph in row._tr.iter(qn("w:p")):
                if kept:
                    paragraph.get_or_add_pPr().get_or_add_keepNext()

    def _labels(self) -> set[int]:
        found, at = set(), len(self.heads)
        for part in self.parts:
            if part.label:
                found.add(at)
            at += len(part.rows) + bool(part.label)
        return found


def _mark_row(row: Any, header: bool) -> None:
    """A row stays on one page; the first ones are said again on each page and announced as headers."""
    properties = row.get_or_add_trPr()
    for name in ("w:cantSplit", *(("w:tblHeader",) if header else ())):
        properties.append(OxmlElement(name))


def _describe(table: Any, caption: str, described: str) -> None:
    """Give a table the words that a screen reader says of it, and tell which cells are headers."""
    properties = table.tblPr
    for found in properties.findall(qn("w:tblLook")):
        properties.remove(found)
    look = OxmlElement("w:tblLook")
    for name, value in (
        ("val", "00A0"), ("firstRow", "1"), ("lastRow", "0"), ("firstColumn", "1"),
        ("lastColumn", "0"), ("noHBand", "0"), ("noVBand", "1"),
    ):  # fmt: skip
        look.set(qn(f"w:{name}"), value)
    properties.append(look)
    for tag, words in (("w:tblCaption", caption), ("w:tblDescription", described)):
        if words:
            told = OxmlElement(tag)
            told.set(qn("w:val"), outline.tidy(words).replace("\n", " "))
            properties.append(told)


def _rule(properties: Any) -> None:
    """Draw thin lines between rows, and none else."""
    lines = OxmlElement("w:tblBorders")
    for side, size, color in (("top", 8, INK), ("bottom", 8, SOFT), ("insideH", 4, HAIR)):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", str(size)), ("space", "0"), ("color", color)):
            line.set(qn(f"w:{name}"), value)
        lines.append(line)
    properties.insert_element_before(
        lines, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption", "w:tblDescription"
    )


def _widths(grid: Grid) -> list[Emu]:
    """Share the width of the page by how long the words of each column are."""
    lengths = []
    for n, column in enumerate(grid.columns):
        texts = [column.label, column.unit, *(outline.plain(row[n].content) for row in grid.rows)]
        lengths.append(min(max([LEAST, *map(len, texts)]), MOST) ** 0.6)
    return [Emu(int(WIDTH * length / sum(lengths))) for length in lengths]
