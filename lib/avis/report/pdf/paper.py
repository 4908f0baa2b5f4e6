"""A document as an accessible PDF (PDF/UA-1) by Typst, without a browser and without system fonts.

The template is fixed. The document reaches it as JSON inside one string literal, so that no word of it is
ever read as Typst code; charts come along as SVG.
"""

from __future__ import annotations

import json
import os
import struct
from base64 import b64decode
from pathlib import Path
from typing import Any

import msgspec
import typst

from avis.errors import fail
from avis.i18n import pick, say
from avis.report import outline
from avis.report.document import Agreed, Document, encode
from avis.report.pdf.dressing import Dresser, annexed, beside, clean, paired, running_heads
from avis.report.pictograms import draw, names

TEMPLATES = Path(__file__).parent / "templates"
PARTS = ("setup", "words", "tables", "charts", "blocks", "paper")
"""The template, each part resting on those before it."""
PIXELS = 150
"""To the inch, for pictures that cannot be drawn as lines."""
ACCENT, WASH = "#1a508b", "#eff4f9"
"""The house's own colours, where an association gives none."""
COVERED = ("avis", "compte-rendu", "contribution", "portefeuille")
"""Documents with a cover: a sheet is read at a glance, and a restitution begins with its first words."""
PRINTED = ("page", "pages", "at_foot", "notes_at", "cite")
"""Words of a paper with pages."""
ANNEX, NOTES = "data-annex", "notes"
"""Anchors of what the template adds at the end."""
_PANIC = ("pyo3_runtime", "PanicException")


def render_pdf(document: Document) -> bytes:
    """Give a document as a tagged A4 PDF, the same bytes for the same document.

    Letters that the embedded faces lack are sought in the folder that `AVIS_FONTS` names and in the look's,
    whose faces come first; else they show as boxes, while the words that a screen reader finds stay whole.
    Errors: those of `render_html`, and DOC-006 where Typst refuses.
    """
    return compile_pdf(render_typst(document), document.look.fonts)


def compile_pdf(source: str, fonts: str = "") -> bytes:
    """Make a tagged PDF/UA-1 of a Typst source that stands alone, with the embedded faces and no others.

    `fonts` is a folder of faces beside them.
    Errors: DOC-006 where Typst refuses.
    """
    try:
        made = typst.compile(
            source.encode(),
            font_paths=_font_folders(fonts),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1"],
        )
    except typst.TypstError as error:
        raise fail("DOC-006", detail=error.message) from None
    except BaseException as error:
        # A panic of the Rust library has a class that no module gives out: it is known by its name alone.
        if (type(error).__module__, type(error).__name__) != _PANIC:
            raise
        raise fail("DOC-006", detail=str(error).partition("\n")[0][:80]) from None
    return bytes(made)


def compile_png(svg: str) -> bytes:
    """Draw an SVG as a PNG for formats that know no SVG: our own faces, the same bytes, nothing told beside.

    Errors: DOC-006 where Typst refuses.
    """
    source = (
        f'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes({_literal(svg)}), format: "svg")'
    )
    try:
        drawn: Any = typst.compile(
            source.encode(), font_paths=_font_folders(), ignore_system_fonts=True, format="png", ppi=PIXELS
        )
    except typst.TypstError as error:
        raise fail("DOC-006", detail=error.message) from None
    return bytes(drawn)


def render_typst(document: Document) -> str:
    """Give a document as a Typst source that stands alone: one line of data, then the fixed template."""
    outline.check_links(document)
    parts = ((TEMPLATES / f"{name}.typ").read_text(encoding="utf-8") for name in PARTS)
    return with_data(_view(document), "\n".join(parts))


def count_pages(source: str) -> int:
    """Count the pages of a Typst source that compiles."""
    drawn: Any = typst.compile(
        source.encode(), font_paths=_font_folders(), ignore_system_fonts=True, format="svg"
    )
    return len(drawn) if isinstance(drawn, list) else 1


def has_mark(source: str, name: str) -> bool:
    """Tell whether a Typst source, once laid out, holds a label that its template puts where need be."""
    found = typst.query(source.encode(), f"<{name}>", font_paths=_font_folders(), ignore_system_fonts=True)
    return bool(json.loads(found))


def with_data(view: Any, template: str) -> str:
    """Put data above a template, inside one string: no word of it is ever read as Typst code."""
    told = json.dumps(view, ensure_ascii=True, sort_keys=True)
    return f"#let data = json(bytes({_literal(told)}))\n{template}"


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _own_folders(fonts: str = "") -> list[Any]:
    return [folder for folder in (os.environ.get("AVIS_FONTS"), fonts) if folder]


def _font_folders(fonts: str = "") -> list[Any]:
    import matplotlib  # slow to load: `avis check` prints nothing

    return [str(Path(matplotlib.get_data_path()) / "fonts" / "ttf"), *_own_folders(fonts)]


def own_faces(fonts: str = "") -> list[str]:
    """Name the faces of the folder that `AVIS_FONTS` names, and of another."""
    own = _own_folders(fonts)
    if not own:
        return []
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=own)
    return sorted(found.families())


def _view(document: Document) -> dict[str, Any]:
    """What the template reads: the document, its charts drawn, its anchors unique, the words around."""
    look = document.look
    levelled = msgspec.structs.replace(document, blocks=outline.levelled(document.blocks))
    anchors = outline.Anchors()
    for id in (ANNEX, NOTES, *(note.id for note in document.notes)):
        anchors.take(id)
    dressed = Dresser(document, anchors)
    blocks = beside([dressed.node(block) for block in levelled.blocks])
    built = {**encode(levelled), "blocks": blocks}
    return {
        "document": clean(built),
        "annex": clean(paired(annexed(dressed.annex, blocks))),
        "footed": sorted(dressed.footed),
        "cover": document.kind in COVERED,
        "cover_facts": clean(msgspec.to_builtins(document.cover)),
        "heads": _heads(levelled),
        "numbers": {note.id: number for number, note in enumerate(document.notes, start=1)},
        "outline": outline.outlined(document),
        "faces": own_faces(),
        "colours": {"accent": look.accent or ACCENT, "wash": look.wash or WASH},
        "look_faces": [face for face in look.faces if face in own_faces(look.fonts)],
        "logo": _logo(document),
        "pictograms": _pictograms(levelled),
        "words": _words(document),
    }


def _logo(document: Document) -> dict[str, str] | None:
    """Give the logo as an SVG, which Typst reads from a text; a PNG is wrapped in one."""
    logo = document.look.logo
    if logo is None:
        return None
    alt = clean(pick(logo.alt, document.language)[0])
    if logo.kind == "image/svg+xml":
        return {"svg": b64decode(logo.data).decode(), "alt": alt}
    width, height = struct.unpack(">II", b64decode(logo.data)[16:24])
    told = f'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
    image = f'<image width="{width}" height="{height}" href="data:{logo.kind};base64,{logo.data}"/>'
    return {"svg": f"<svg {told}>{image}</svg>", "alt": alt}


def _pictograms(document: Document) -> dict[str, str]:
    """Draw the pictograms that a document shows."""
    shown = {getattr(node, "pictogram", None) for node in outline.walk(document)}
    if any(isinstance(node, Agreed) and node.signs and node.dissents for node in outline.walk(document)):
        shown.add("differ")
    return {name: draw(name, "#000") for name in names() if name in shown}


def _heads(document: Document) -> dict[str, str]:
    """Say what the head of a page calls each part."""
    ends = {ANNEX: "data_annex", NOTES: "notes"}
    told = {id: say(f"report.render.{key}", document.language) for id, key in ends.items()}
    return running_heads(document) | told


def _words(document: Document) -> dict[str, Any]:
    names = "addressee contents data data_annex dissent dissent_plain notes not_asked outcome translation"
    names += " translation_open"
    words: dict[str, Any] = {name: say(f"report.render.{name}", document.language) for name in names.split()}
    words |= {name: say(f"report.paper.{name}", document.language) for name in PRINTED}
    most = max((len(n.dissents) for n in outline.walk(document) if isinstance(n, Agreed)), default=0)
    numbered = [say("report.render.dissent_n", document.language, n=n + 1) for n in range(most)]
    return words | {
        "dissents": numbered,
        "base": say("report.render.base", document.language, base=""),
        "colon": "\u00a0: " if document.language == "fr" else ": ",
        "hidden": say("common.hidden", document.language),
        "not_documented": say("common.not_documented", document.language),
    }
