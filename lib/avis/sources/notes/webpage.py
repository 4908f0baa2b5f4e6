"""HTML of a pad or of Google Docs → blocks.

Comments of Google Docs stand at the end of its pages, each behind a mark in the text: neither is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser

from avis.errors import Place, Problems
from avis.sources.notes.blocks import Body, numbered
from avis.sources.notes.marks import Rich, one_language, primary
from avis.sources.notes.plaintext import join_cells

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NAMES = {
    "text": "p li dt dd pre blockquote td th caption figcaption h1 h2 h3 h4 h5 h6",
    "frame": "div ul ol dl table thead tbody tfoot tr body html hr section article main header footer aside "
    "nav figure address form details summary",
    "silent": "head script style template svg math object iframe noscript select textarea",
    "void": "area base br col embed hr img input link meta source track wbr",
}
_TEXT_BLOCKS, _FRAMES, _SILENT, _VOID = (frozenset(names.split()) for names in _NAMES.values())
_BLOCKS = _TEXT_BLOCKS | _FRAMES
_COUNTED = {
    **dict.fromkeys(("img", "svg"), "images"),
    **dict.fromkeys(("object", "iframe", "embed"), "embedded"),
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_LONE = re.compile(r"<(?![A-Za-z/!?])")
"""What opens no element is a sign of the text; the parser takes a time of its square over many of them."""
_COMMENT, _NOTE = re.compile(r"#?cmnt(?:_ref)?\d+"), re.compile(r"#?ftnt(?:_ref)?\d+")
_MOST_OPEN = 400
"""Elements open at once; what stands deeper is taken for a paragraph of the deepest."""


def is_cut(data: bytes) -> bool:
    """Tell whether a page opens `<html>` and never closes it: every tool that exports one does.

    >>> is_cut(b"<html><p>Oui"), is_cut(b"<p>Oui")
    (True, False)
    """
    opens = re.search(rb"<html\b", data[:4096], re.IGNORECASE)
    return bool(opens) and not re.search(rb"</html\s*>", data[-4096:], re.IGNORECASE)


def read_page(text: str, place: Place, problems: Problems) -> Body | None:
    """Read a page; `is_cut` tells before whether it is whole.

    Errors: SRC-003 a comment, a script or an element that opens and never closes: it would swallow the rest.
    """
    page = _Page()
    page.feed(_LONE.sub("&lt;", text))
    if page.cdata_elem or page.rawdata.startswith("<"):
        problems.add("SRC-003", place)
        return None
    page.close()
    page.flush()
    return Body(numbered(page.blocks), "paragraph", page.dropped)


@dataclass
class _Open:
    """An element that is open, and how many blocks stood before it."""

    name: str
    language: str
    left_out: bool
    before: int


class _Page(HTMLParser):
    """Collects the words of each block as they go by."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, int, str]] = []
        self.dropped: Counter[str] = Counter()
        self.open: list[_Open] = []
        self.pieces: list[Rich] = []
        self.cells: list[list[str]] = []
        self.document = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self._count(tag, given)
        if tag == "br":
            self._break()
        if tag in _BLOCKS and not (tag == "p" and self._in_cell()):
            self.flush()
        if tag == "tr":
            self.cells.append([])
        elif tag in ("td", "th") and self.cells:
            self.cells[-1].append("")
        elif tag == "html":
            self.document = given.get("lang", "")
        if tag not in _VOID and len(self.open) < _MOST_OPEN:
            left_out = self._is_left_out(tag, given)
            self.open.append(_Open(tag, given.get("lang", ""), left_out, len(self.blocks)))

    def _is_left_out(self, tag: str, given: dict[str, str]) -> bool:
        hidden = "hidden" in given or bool(_HIDDEN.search(given.get("style", "")))
        comment = _COMMENT.fullmatch(given.get("href", "")) or _NOTE.fullmatch(given.get("href", ""))
        self.dropped["hidden"] += hidden and tag not in _SILENT
        return hidden or tag in _SILENT or tag == "del" or bool(comment)

    def _count(self, tag: str, given: dict[str, str]) -> None:
        if tag in _COUNTED:
            self.dropped[_COUNTED[tag]] += 1
        elif tag in ("ins", "del"):
            self.dropped["insertions" if tag == "ins" else "deletions"] += 1
        elif tag == "script":
            self.dropped["macros"] += 1
        elif tag == "meta" and given.get("name", "").lower() in ("author", "creator", "copyright"):
            self.dropped["properties"] += 1
        elif tag == "a" and re.fullmatch(r"cmnt\d+", given.get("id", "")):
            self.dropped["comments"] += 1
            self._leave_out_block()
        elif tag == "a" and re.fullmatch(r"ftnt\d+", given.get("id", "")):
            self.dropped["footnotes"] += 1

    def _leave_out_block(self) -> None:
        """Leave out the paragraph that holds a comment of Google Docs, and the frame that it opens."""
        for element in reversed(self.open):
            if element.name in _FRAMES and (element.name != "div" or element.before < len(self.blocks)):
                return
            element.left_out = True

    def _in_cell(self) -> bool:
        return bool(self.cells and self.cells[-1])

    def handle_endtag(self, tag: str) -> None:
        names = [element.name for element in self.open]
        if tag not in names:
            return
        if tag in _BLOCKS:
            self.flush()
        while self.open and self.open.pop().name != tag:
            pass
        if tag == "tr" and self.cells:
            self._row(self.cells.pop())

    def _row(self, cells: list[str]) -> None:
        filled = [cell for cell in cells if cell.strip()]
        if len(filled) > 1:
            self.dropped["rows"] += 1
        if filled and self._in_cell():
            self.cells[-1][-1] += "\n" + join_cells(filled)
        elif filled:
            self.blocks.append((join_cells(filled), 0, ""))

    def _break(self) -> None:
        """A line break parts paragraphs in the page itself, as pads write them, and lines inside one."""
        if any(element.name in _TEXT_BLOCKS for element in self.open):
            self.pieces.append(Rich("\n", ""))
        else:
            self.flush()

    def handle_data(self, data: str) -> None:
        if any(element.left_out for element in self.open):
            return
        language = next((one.language for one in reversed(self.open) if one.language), "")
        inside = any(element.name == "pre" for element in self.open)
        self.pieces.append(Rich(data if inside else re.sub(r"[ \t\r\n\f]+", " ", data), language))

    def flush(self) -> None:
        """End the block that was open."""
        pieces, self.pieces = self.pieces, []
        text = "".join(piece.text for piece in pieces)
        if not text.strip():
            return
        if self._in_cell():
            self.cells[-1][-1] += "\n" + text if self.cells[-1][-1] else text
            return
        level = next((_HEADINGS[one.name] for one in reversed(self.open) if one.name in _HEADINGS), 0)
        self.blocks.append((text, level, "" if level else one_language(pieces, primary(self.document))))

    def handle_comment(self, data: str) -> None:
        self.dropped["comments"] += not data.lstrip().startswith("[if")
