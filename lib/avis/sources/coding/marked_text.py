"""A document as Taguette keeps it, in HTML → its text as Taguette counts it, and its paragraphs.

Places are counted over the text between the tags, line ends and spaces between blocks included.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

_BLOCKS = re.compile(
    r"address|article|aside|blockquote|body|br|caption|d[dlt]|div|fig(?:caption|ure)|footer|form|h[1-6r]|header"
    r"|html|li|main|nav|ol|p|pre|section|t(?:able|body|d|foot|h|head|itle|r)|ul"
)

_STRAY = re.compile(r"<(?!/?[A-Za-z][^<>]*+>|!--[^<>]*?-->)")
"""A sign that opens no tag: Taguette writes it as an entity, and a parser seeks its end over and over."""
_LONGEST_TAG = 20_000
"""Characters of a tag; Taguette keeps no pictures, and of attributes only addresses of links."""
_LONG_TAG = re.compile(rf"<(/?[A-Za-z][A-Za-z0-9]{{0,20}}+)[^<>]{{{_LONGEST_TAG},}}+>")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.length = 0
        self.breaks = [0]
        self.preformatted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag(tag)
        self.preformatted += tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        self._tag(tag)
        self.preformatted -= tag == "pre" and self.preformatted > 0

    def _tag(self, tag: str) -> None:
        if _BLOCKS.fullmatch(tag) and self.breaks[-1] != self.length:
            self.breaks.append(self.length)

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
        if self.preformatted:
            self.breaks += [self.length + at + 1 for at, char in enumerate(data) if char == "\n"]
        self.length += len(data)


def read_marked(html: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Give the text between the tags, and where paragraphs with words begin and end.

    >>> read_marked("<p>Un <b>mot</b></p>\\n<p>&eacute;t&eacute;<br>deux</p>")
    ('Un mot\\nétédeux', ((0, 6), (7, 10), (10, 14)))
    """
    parser = _Text()
    parser.feed(_LONG_TAG.sub(r"<\1>", _STRAY.sub("&lt;", html)))
    parser.close()
    text = "".join(parser.parts)
    breaks = [*parser.breaks, len(text)]
    return text, tuple((start, end) for start, end in pairwise(breaks) if text[start:end].strip())
