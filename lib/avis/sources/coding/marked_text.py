"""A document as Taguette keeps it, in HTML → its text as Taguette counts it, and its paragraphs.

Places are counted over the text between the tags, line ends and spaces between blocks included.
"""

from __future__ import annotations

from html.parser import HTMLParser

_BLOCKS = set(
    "address article aside blockquote body br caption dd div dl dt figcaption figure footer".split()
)
_BLOCKS |= set("form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section table".split())
_BLOCKS |= set("tbody td tfoot th thead title tr ul".split())
_UNSEEN = {"script", "style"}


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
        if tag in _BLOCKS and self.breaks[-1] != self.length:
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
    parser.feed(html)
    parser.close()
    text = "".join(parser.parts)
    breaks = [*parser.breaks, len(text)]
    return text, tuple(
        (start, end) for start, end in zip(breaks, breaks[1:], strict=False) if text[start:end].strip()
    )
