"""LimeSurvey's texts, HTML with pieces put in by formulas: their words, and when two are the same."""

from __future__ import annotations

import re
import unicodedata
from html.parser import HTMLParser

_SILENT = frozenset({"script", "style", "head", "title"})
_INLINE = frozenset({"a", "abbr", "b", "code", "em", "font", "i", "q", "s", "small", "span", "strong", "u"})
_PIECE = re.compile(r"\{[^{}]*\}")
"""What LimeSurvey replaces when it shows a text: `{TOKEN:FIRSTNAME}`, `{Q1.shown}`."""
_LONGEST = 2_000
"""Characters of a header that may be cut, or of a text that may be filled in."""
_ELLIPSIS = re.compile(r"…|\.{2,}")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in _SILENT
        if tag not in _INLINE:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in _SILENT))
        if tag not in _INLINE:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data)


def words_of(html: str) -> str:
    """Give the words of a text that may be HTML, on one line.

    >>> words_of("<p>Quel <b>âge</b>&nbsp;?</p><script>x()</script>")
    'Quel âge ?'
    """
    if "<" not in html and "&" not in html:
        return " ".join(html.split())
    reader = _Words()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.parts).split())


def key_of(text: str) -> str:
    """Write a text so that HTML, spaces, underscores and case make no difference.

    Exports cut tags out without a space, or write underscores for spaces, as they were asked to.

    >>> key_of("Quel_âge ?") == key_of("<p>quel âge&nbsp;?</p>")
    True
    """
    folded = unicodedata.normalize("NFKC", words_of(text)).casefold().replace("’", "'")
    return re.sub(r"[\s_]+", "", folded)


def cut_of(text: str) -> re.Pattern[str] | None:
    """Give what a header that was cut short stands for, to be held against keys; none where it is whole.

    >>> bool(cut_of("Quel âge av.. [Enfa..]").fullmatch(key_of("Quel âge avez-vous ? [Enfants]")))
    True
    """
    pieces = _ELLIPSIS.split(words_of(text)) if len(text) <= _LONGEST else []
    if len(pieces) < 2 or len(key_of(pieces[0])) < 4:
        return None
    return _in_order(pieces)


def filled_of(text: str) -> re.Pattern[str] | None:
    """Give what a text with `{…}` in it may have become in a header; none where it has no such piece.

    >>> bool(filled_of("Bonjour {TOKEN:FIRSTNAME}, quel âge ?").fullmatch(key_of("Bonjour , quel âge ?")))
    True
    """
    pieces = _PIECE.split(words_of(text)) if len(text) <= _LONGEST else []
    if len(pieces) < 2 or sum(len(key_of(piece)) for piece in pieces) < 4:
        return None
    return _in_order(pieces)


def _in_order(pieces: list[str]) -> re.Pattern[str]:
    """Match pieces one after the other, each where it first stands: no way back, whatever the text."""
    first, *between, last = (re.escape(key_of(piece)) for piece in pieces)
    return re.compile(f"{first}{''.join(f'(?>.*?{piece})' for piece in between)}.*{last}", re.DOTALL)
