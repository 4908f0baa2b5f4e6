"""Pictures of a DOCX: charts with their words, and pictograms, which are for the eyes alone."""

from __future__ import annotations

import io
from base64 import b64decode
from functools import cache
from typing import Any

from docx.oxml.parser import OxmlElement, parse_xml
from docx.shared import Pt

from avis.i18n import pick
from avis.report.document import Document, Pictogram
from avis.report.outline import tidy
from avis.report.pdf.paper import compile_png
from avis.report.pictograms import draw

SIGN = Pt(20)
LOGO = Pt(56)
_DECORATIVE = (
    '<a:ext xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<d:decorative xmlns:d="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext>'
)
"""What tells Word, and a screen reader, that a picture says nothing that the words beside it do not."""


def add_image(paragraph: Any, png: bytes, width: Any, title: str, described: str) -> None:
    """Put a picture with its words for those who do not see it; its name tells no file."""
    paragraph.paragraph_format.keep_with_next = True
    run = paragraph.add_run()
    run.add_picture(io.BytesIO(png), width=width)
    _name(run, title, described)


def add_logo(paragraph: Any, document: Document) -> None:
    """Put the association's logo, where it has one, with its words."""
    logo = document.look.logo
    if paragraph is None or logo is None:
        return
    data = b64decode(logo.data)
    png = compile_png(data.decode()) if logo.kind == "image/svg+xml" else data
    run = paragraph.add_run()
    run.add_picture(io.BytesIO(png), height=LOGO)
    _name(run, "", tidy(pick(logo.alt, document.language)[0]))


@cache
def _png(name: Pictogram) -> bytes:
    return compile_png(draw(name, "#000000"))


def add_pictogram(paragraph: Any, name: Pictogram, space: str = "\u00a0 ") -> None:
    """Put a small drawing before words, marked as decoration."""
    run = paragraph.add_run()
    run.add_picture(io.BytesIO(_png(name)), height=SIGN)
    _name(run, "", "")
    for told in run._r.xpath(".//wp:docPr"):
        extensions = OxmlElement("a:extLst")
        extensions.append(parse_xml(_DECORATIVE))
        told.append(extensions)
    paragraph.add_run(space)


def _name(run: Any, title: str, described: str) -> None:
    for told in run._r.xpath(".//wp:docPr | .//pic:cNvPr"):
        told.set("name", tidy(title))
        told.set("descr", described)
