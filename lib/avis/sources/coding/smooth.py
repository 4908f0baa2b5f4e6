"""A paragraph as a tool stores it → its words as notes write them, with where each place went.

Notes hold words in NFC with one space between two words; a consent is bound to that form. Places inside a
stored paragraph must follow.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

_WORD = re.compile(r"\S+")


def smooth(text: str) -> str:
    r"""Write words as notes do: NFC, one space between two words, none around them.

    >>> smooth(" un\u00a0 e\u0301te\u0301\n")
    'un été'
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


@dataclass(frozen=True)
class Smooth:
    """The words of a stored paragraph, and where they came from."""

    stored: str = field(repr=False)
    text: str = field(repr=False)
    _words: tuple[tuple[int, int, int, int], ...] = field(repr=False)
    """Start and end of each word, as stored and as written."""

    def start(self, offset: int) -> int:
        """Say where words that begin at a stored offset begin."""
        at = bisect_right(self._words, offset, key=lambda word: word[1])
        if at == len(self._words):
            return len(self.text)
        return self._inside(at, offset)

    def end(self, offset: int) -> int:
        """Say where words that end at a stored offset end."""
        at = bisect_left(self._words, offset, key=lambda word: word[0]) - 1
        return self._inside(at, offset) if at >= 0 else 0

    def _inside(self, at: int, offset: int) -> int:
        first, last, start, end = self._words[at]
        if offset <= first:
            return start
        if offset >= last:
            return end
        part = self.stored[first:offset]
        same = end - start == last - first  # nothing was composed: no need to write the part again
        return start + (offset - first if same else len(unicodedata.normalize("NFC", part)))


def smoothed(stored: str) -> Smooth:
    r"""Smooth a paragraph.

    >>> words = smoothed("  e\u0301te\u0301   long ")
    >>> words.text, words.start(0), words.end(7), words.start(7)
    ('été long', 0, 3, 4)
    """
    words, written, at = [], [], 0
    for found in _WORD.finditer(stored):
        word = unicodedata.normalize("NFC", found[0])
        words.append((found.start(), found.end(), at, at + len(word)))
        written.append(word)
        at += len(word) + 1
    return Smooth(stored, " ".join(written), tuple(words))
