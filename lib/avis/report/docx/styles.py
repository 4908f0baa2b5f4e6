"""How a DOCX looks, as named styles: whoever edits it changes a style once; headings are real ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Cm, Pt, RGBColor

if TYPE_CHECKING:
    from docx.document import Document as Sheet
    from docx.styles.style import ParagraphStyle

FACE = "Arial"
INK, ACCENT, SOFT, BROWN = "000000", "1A508B", "4B545C", "7A3600"
LABEL, SAID, SETTING, REMARK, BANNER, TERM = "Label", "Said", "Setting", "Remark", "Banner", "Term"
CELL, SMALL_CELL = "Table Words", "Table Words Small"
"""Styles of our own, beside those that every Word has: Title, Heading 1, Quote, Caption, List Bullet…"""
COUNTRIES = {"fr": "fr-FR", "en": "en-GB"}
"""A spelling checker wants a country; other languages keep their tag as it is."""
LEFTWARD = ("ar", "fa", "he", "ps", "ur", "yi", "ckb", "sd", "ug")
"""Languages that are written from right to left."""
LARGER = 1.3
"""How much a text for people who read little grows."""
WIDTH = Cm(16.5)
"""Of the text on a page of A4."""


def dress(sheet: Sheet, language: str, banners: tuple[str, ...], least: float = 0) -> None:
    """Give a blank document its page, its styles, its language, and what every page must say.

    `least` is the smallest size of letters, in points: what stands below it grows, and larger words with it.
    """
    section = sheet.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.25)
    section.top_margin = section.bottom_margin = Cm(2.3)
    _set_language(sheet.styles.element, language)
    _restyle(sheet)
    if least:
        _enlarge(sheet, least)
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    if banners:
        head = section.header.paragraphs[0]
        head.add_run(" · ".join(banners)).bold = True
    _number_pages(section.footer.paragraphs[0])


def own(accent: str) -> str:
    """Give an association's colour as Word writes it, else the house's own.

    >>> own("#1d5c4f"), own("")
    ('1D5C4F', '1A508B')
    """
    return accent.lstrip("#").upper() or ACCENT


def colour(sheet: Sheet, accent: str) -> None:
    """Give titles and headings an association's colour; nothing changes without one."""
    if accent:
        for name in ("Title", *(f"Heading {level}" for level in range(1, 5))):
            styled: Any = sheet.styles[name]
            styled.font.color.rgb = RGBColor.from_string(own(accent))


def wear(paragraph: Any, style: str) -> None:
    """Give a paragraph a style by what Word calls it: looking it up by its name takes milliseconds each."""
    paragraph._p.style = style.replace(" ", "")


def tag_of(language: str) -> str:
    """Give the tag by which Word knows a language.

    >>> tag_of("fr"), tag_of("pcm")
    ('fr-FR', 'pcm')
    """
    return COUNTRIES.get(language, language)


def set_language(properties: Any, language: str) -> None:
    """Write `w:lang` into the properties of a run or of a style; leftward letters are named apart."""
    told = properties.find(qn("w:lang"))
    if told is None:
        told = OxmlElement("w:lang")
        properties.append(told)
    for name in list(told.attrib):
        del told.attrib[name]
    leftward = language.partition("-")[0] in LEFTWARD
    told.set(qn("w:bidi" if leftward else "w:val"), tag_of(language))


def _set_language(styles: Any, language: str) -> None:
    (properties,) = styles.xpath("w:docDefaults/w:rPrDefault/w:rPr")
    set_language(properties, language)
    for found in styles.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:rFonts"):
        properties.remove(found)


def _restyle(sheet: Sheet) -> None:
    normal = _style(sheet, "Normal", size=11)
    normal.paragraph_format.space_after = Pt(7)
    normal.paragraph_format.line_spacing = 1.2
    _style(sheet, "Title", size=24, bold=True, after=4)
    _style(sheet, "Subtitle", size=13, color=SOFT, after=2)
    for level, size in enumerate((16, 13, 11.5, 11), start=1):
        _style(sheet, f"Heading {level}", size=size, bold=True, before=20 if level == 1 else 12, after=5)
    _style(sheet, "Caption", size=10, bold=True, before=8, after=4).paragraph_format.keep_with_next = True
    quote = _style(sheet, "Quote", size=11.5, after=3)
    quote.paragraph_format.left_indent = Cm(0.7)
    for name in (
        "List Bullet",
        "List Bullet 2",
        "List Bullet 3",
        "List Number",
        "List Number 2",
        "List Number 3",
    ):
        _style(sheet, name, size=11, after=3)
    _style(sheet, "Header", size=8.5)
    _style(sheet, "Footer", size=8.5, color=SOFT).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _style(
        sheet, LABEL, size=9.5, bold=True, color=SOFT, before=10, after=2
    ).paragraph_format.keep_with_next = True
    _style(sheet, SAID, size=11.5, after=3)
    _style(sheet, SETTING, size=9.5, color=SOFT, after=8)
    _style(sheet, REMARK, size=9.5, color=SOFT, before=3, after=10)
    _style(sheet, TERM, size=10.5, after=3)
    for name, size in ((CELL, 9.5), (SMALL_CELL, 7.5)):
        words = _style(sheet, name, size=size, before=2, after=2)
        words.paragraph_format.line_spacing = 1.0
    _style(sheet, BANNER, size=10, bold=True, color=BROWN, after=3)


def _enlarge(sheet: Sheet, least: float) -> None:
    """Let every style grow until none is below a size, a title staying larger than its text."""
    for style in sheet.styles:
        size = style.font.size if style.type == WD_STYLE_TYPE.PARAGRAPH else None
        if size:
            style.font.size = Pt(max(least, round(size.pt * LARGER)))


def _style(
    sheet: Sheet,
    name: str,
    *,
    size: float,
    bold: bool = False,
    color: str = INK,
    before: float = 0,
    after: float | None = None,
) -> ParagraphStyle:
    styles = sheet.styles
    if name not in [style.name for style in styles]:
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style, made.quick_style = styles["Normal"], True
    style: ParagraphStyle = styles[name]
    _plain(style.element)
    font = style.font
    font.name, font.size, font.bold, font.italic = FACE, Pt(size), bold, False
    font.color.rgb = RGBColor.from_string(color)
    style.element.rPr.rFonts.set(qn("w:cs"), FACE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FACE)
    if before:
        style.paragraph_format.space_before = Pt(before)
    if after is not None:
        style.paragraph_format.space_after = Pt(after)
    return style


def _plain(element: Any) -> None:
    """Take out of a style what the blank start gave it: theme colours, themed faces, rules below titles."""
    for path in ("w:rPr", "w:pPr/w:pBdr", "w:pPr/w:spacing"):
        for found in element.xpath(path):
            found.getparent().remove(found)


def _number_pages(paragraph: Any) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
