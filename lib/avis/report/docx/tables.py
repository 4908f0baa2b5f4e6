"""Tables of a DOCX: a caption above, header rows that a screen reader announces, words for what is hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Emu

from avis.i18n import say
from avis.report import outline
from avis.report.document import Grid, Slot, Words
from avis.report.docx.inline import Anchors, Dress, write, write_text
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
    """Write a grid as a table; its first row and first column are headers, `described` its other words.

    What is hidden keeps its word in every cell: no colour and no empty cell stands for it.
    """
    table: Any = sheet.add_table(rows=1 + len(grid.rows), cols=len(grid.columns))
    table.autofit = False
    _describe(table._tbl, grid.caption, described)
    _rule(table._tbl.tblPr)
    widths = _widths(grid)
    short = len(grid.rows) <= WHOLE and not outline.wordy(grid)
    for at, (row, slots) in enumerate(zip(table.rows, (None, *grid.rows), strict=True)):
        _mark_row(row._tr, header=slots is None)
        for n, cell in enumerate(row.cells):
            cell.width = widths[n]
            if slots is None:
                _head(cell, grid, n, anchors)
            else:
                _fill(cell, grid, n, slots[n], anchors)
            cell.paragraphs[0].paragraph_format.keep_with_next = at == 0 or (short and at < len(grid.rows))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width


def _head(cell: _Cell, grid: Grid, n: int, anchors: Anchors) -> None:
    paragraph = _paragraph(cell, grid, n)
    write_text(paragraph, grid.columns[n].label, anchors, Dress(bold=True))


def _fill(cell: _Cell, grid: Grid, n: int, slot: Slot, anchors: Anchors) -> None:
    paragraph = _paragraph(cell, grid, n)
    silent = slot.state in ("hidden", "not_documented", "not_asked")
    content = slot.content if outline.speaks(slot) else (Words(text=_state(slot.state, anchors)),)
    write(paragraph, content, anchors, Dress(bold=slot.total, italic=silent, known=grid.note))


def _state(state: str, anchors: Anchors) -> str:
    language: Any = anchors.language
    return say("report.render.not_asked" if state == "not_asked" else f"common.{state}", language)


def _paragraph(cell: _Cell, grid: Grid, n: int) -> Any:
    paragraph: Any = cell.paragraphs[0]
    wear(paragraph, CELL if len(grid.columns) <= MANY else SMALL_CELL)
    if grid.columns[n].align == "end":
        paragraph.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return paragraph


def _mark_row(row: Any, header: bool) -> None:
    """A row stays on one page; the first is said again on each page and announced as a header."""
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
        texts = [column.label, *(outline.plain(row[n].content) for row in grid.rows)]
        lengths.append(min(max([LEAST, *map(len, texts)]), MOST) ** 0.6)
    return [Emu(int(WIDTH * length / sum(lengths))) for length in lengths]
