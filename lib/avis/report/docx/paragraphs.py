"""What no style does to a paragraph of a DOCX: a line beside it, a number of a list that begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm

if TYPE_CHECKING:
    from docx.document import Document as Sheet


def draw_side(paragraph: Any, color: str, inside: int) -> None:
    """Draw a line on the left, as long as the paragraph, and set its words in."""
    properties = paragraph._p.get_or_add_pPr()
    sides, line = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "18"), ("space", "10"), ("color", color)):
        line.set(qn(f"w:{name}"), value)
    sides.append(line)
    properties.insert_element_before(
        sides, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing",
        "w:jc", "w:outlineLvl", "w:rPr", "w:sectPr",
    )  # fmt: skip
    paragraph.paragraph_format.left_indent = Cm(0.5) + inside


def new_numbers(sheet: Sheet, style: str) -> Any:
    """Begin numbers anew: Word goes on counting from one list to the next."""
    known: Any = sheet.styles[style].element
    (id,) = known.xpath("w:pPr/w:numPr/w:numId/@w:val")
    numbering: Any = sheet.part.numbering_part.element
    (kind,) = numbering.xpath(f"w:num[@w:numId='{id}']/w:abstractNumId/@w:val")
    made = numbering.add_num(int(kind))
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return made.numId


def number(paragraph: Any, numbers: Any) -> None:
    """Give an item of a list its number."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = numbers
