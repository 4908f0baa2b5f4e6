"""A document as an accessible PDF (PDF/UA-1) by Typst, without a browser and without system fonts.

The template is fixed. The document reaches it as JSON inside one string literal, so that no word of it is
ever read as Typst code; charts come along as SVG.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from textwrap import wrap
from typing import Any

import matplotlib
import msgspec
import typst

from avis.errors import fail
from avis.i18n import say
from avis.report import outline
from avis.report.charts.svg import draw_svg
from avis.report.document import Agreed, Asked, Document, Grid, Picture, Slot, Voice, encode
from avis.report.outline import language_tag, tidy
from avis.report.pictograms import draw, names

TEMPLATES = Path(__file__).parent / "templates"
PARTS = ("setup", "words", "tables", "charts", "blocks", "paper")
"""The template, each part resting on those before it."""
LONG = 1400
"""Letters above which a statement may break over two pages: below, its dissent stays beside it."""
SHORT = 24
"""Letters up to which a column of figures is as wide as its words, so that no call to a note falls below."""
FEW = 4
"""Rows, the whole included, up to which columns need half the width of a page."""
WHOLE = 12
"""Rows up to which a table stays on one page."""
PIXELS = 150
"""To the inch, for pictures that cannot be drawn as lines."""
ENDLESS = 60
"""Letters above which a word may be broken over lines: no page holds it, Typst fails on very long ones."""
_PIECE = 30
_WORD = re.compile(rf"\w{{{ENDLESS + 1},}}")
_PANIC = ("pyo3_runtime", "PanicException")
_BARE = ("href", "id", "note", "svg")
"""What the template reads to point and to draw: no word of it is printed."""


def render_pdf(document: Document) -> bytes:
    """Give a document as a tagged A4 PDF, the same bytes for the same document.

    Letters that the embedded faces lack are sought in the folder that `AVIS_FONTS` names; else they show
    as boxes, while the words that a screen reader finds stay whole.
    Errors: those of `render_html`, and DOC-006 where Typst refuses.
    """
    return compile_pdf(render_typst(document))


def compile_pdf(source: str) -> bytes:
    """Make a tagged PDF/UA-1 of a Typst source that stands alone, with the embedded faces and no others.

    Errors: DOC-006 where Typst refuses.
    """
    try:
        made = typst.compile(
            source.encode(),
            font_paths=_font_folders(),
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


def _font_folders() -> list[Any]:
    own = os.environ.get("AVIS_FONTS")
    return [str(Path(matplotlib.get_data_path()) / "fonts" / "ttf"), *([own] if own else [])]


def own_faces() -> list[str]:
    """Name the faces of the folder that `AVIS_FONTS` names."""
    own = os.environ.get("AVIS_FONTS")
    if not own:
        return []
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[own])
    return sorted(found.families())


def _view(document: Document) -> dict[str, Any]:
    """What the template reads: the document, its charts drawn, its anchors unique, the words around."""
    levelled = msgspec.structs.replace(document, blocks=outline.levelled(document.blocks))
    anchors = outline.Anchors()
    for note in document.notes:
        anchors.take(note.id)
    dressed = _Dresser(document, anchors)
    built = {**encode(levelled), "blocks": _beside([dressed.node(block) for block in levelled.blocks])}
    return {
        "document": _clean(built),
        "annex": _clean(dressed.annex),
        "numbers": {note.id: number for number, note in enumerate(document.notes, start=1)},
        "outline": outline.outlined(document),
        "faces": own_faces(),
        "pictograms": _pictograms(levelled),
        "words": _words(document),
    }


def _pictograms(document: Document) -> dict[str, str]:
    """Draw the pictograms that a document shows."""
    shown = {getattr(node, "pictogram", None) for node in outline.walk(document)}
    if any(isinstance(node, Agreed) and node.signs and node.dissents for node in outline.walk(document)):
        shown.add("differ")
    return {name: draw(name, "#000") for name in names() if name in shown}


def _beside(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put small charts that follow each other two by two on a line, so that years do not fill pages."""
    placed: list[dict[str, Any]] = []
    for block in blocks:
        if not block.get("half"):
            placed.append(block)
        elif placed and placed[-1]["t"] == "row" and len(placed[-1]["blocks"]) == 1:
            placed[-1]["blocks"].append(block)
        else:
            placed.append({"t": "row", "blocks": [block]})
    return placed


def _words(document: Document) -> dict[str, Any]:
    names = "addressee contents data data_annex dissent dissent_plain notes not_asked outcome translation"
    names += " translation_open"
    words: dict[str, Any] = {name: say(f"report.render.{name}", document.language) for name in names.split()}
    most = max((len(n.dissents) for n in outline.walk(document) if isinstance(n, Agreed)), default=0)
    numbered = [say("report.render.dissent_n", document.language, n=n + 1) for n in range(most)]
    return words | {
        "dissents": numbered,
        "base": say("report.render.base", document.language, base=""),
        "colon": "\u00a0: " if document.language == "fr" else ": ",
        "hidden": say("common.hidden", document.language),
        "not_documented": say("common.not_documented", document.language),
    }


class _Dresser:
    """Gives each block what the template cannot find itself: anchors, drawn charts, widths of columns."""

    def __init__(self, document: Document, anchors: outline.Anchors) -> None:
        self.language = document.language
        self.anchors = anchors
        self.annex: list[dict[str, Any]] = []

    def node(self, node: Any) -> Any:
        """Dress a node and all inside it."""
        if isinstance(node, tuple):
            return [self.node(item) for item in node]
        if isinstance(node, Picture):
            return self._picture(node)
        if not isinstance(node, msgspec.Struct):
            return node
        built: dict[str, Any] = msgspec.to_builtins(node)
        for name in built:
            if name != "t":
                built[name] = self.node(getattr(node, name))
        if built.get("id"):
            built["id"] = self.anchors.take(built["id"])
        return {**built, **self._more(node)}

    def _more(self, node: msgspec.Struct) -> dict[str, Any]:
        """Give what the template cannot find itself."""
        if isinstance(node, Grid):
            return {"widths": _widths(node), "whole": len(node.rows) <= WHOLE}
        if isinstance(node, Slot):
            return {"speaks": outline.speaks(node)}
        if isinstance(node, Agreed):
            letters = sum(len(voice.text) for voice in outline.walk(node) if isinstance(voice, Voice))
            heading = node.label or say(f"report.render.{node.role}", self.language)
            return {"heading": heading, "long": letters > LONG}
        if isinstance(node, Asked):
            return {"heading": say("report.render.question", self.language, n=node.number)}
        return {}

    def _picture(self, node: Picture) -> dict[str, Any]:
        bare = {name: getattr(node, name) for name in ("id", "title", "base", "note")}
        id = self.anchors.take(node.id)
        told = tidy(node.description)
        half = node.chart.form == "columns" and len(node.grid.rows) <= FEW
        svg = draw_svg(node.chart, node.tables, self.language, "c", half, told, node.floor)
        grid = self.node(node.grid)
        self.annex.append(grid)
        more = {"description": told, "svg": svg, "grid": grid, "data": True, "half": half}
        return {**bare, "t": "picture", "id": id, **more}


def _widths(grid: Grid) -> list[float]:
    """Give the share of each column, 0 for as wide as its words: figures keep to themselves, words share."""
    lengths = [
        max([len(column.label), *(len(outline.plain(row[n].content)) for row in grid.rows)])
        for n, column in enumerate(grid.columns)
    ]
    if sum(lengths[1:]) + 2 * len(lengths) <= 52:
        return [1.0, *[0.0] * (len(lengths) - 1)]
    return [
        0.0 if column.align == "end" and length <= SHORT else round(min(max(length, 13), 48) ** 0.6, 2)
        for column, length in zip(grid.columns, lengths, strict=True)
    ]


def _clean(node: Any) -> Any:
    """Take out what neither PDF nor Typst may hold, and tags of languages that are none."""
    if isinstance(node, dict):
        return {key: _cleaned(key, value) for key, value in node.items()}
    if isinstance(node, list):
        return [_clean(item) for item in node]
    return _breakable(tidy(node)) if isinstance(node, str) else node


def _cleaned(key: str, value: Any) -> Any:
    if key == "language":
        return _tag(value)
    return tidy(value) if key in _BARE and isinstance(value, str) else _clean(value)


def _breakable(text: str) -> str:
    """Put soft hyphens into a word that no line holds."""
    return _WORD.sub(lambda word: "\u00ad".join(wrap(word[0], _PIECE)), text)


def _tag(value: str) -> str:
    return language_tag(value).split("-")[0]
