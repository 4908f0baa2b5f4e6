"""Places in a text as tools count them → places in code points.

REFI-QDA counts code points. Some tools count UTF-16 units (an emoji is two), or a line end as two
characters where the file has one, or as one where it has two; Taguette counts UTF-8 bytes. Nothing in the
file says so: the words that go with a selection do, where they are compared with what stands there. Without
words, people select whole words: the way of counting that cuts the fewest is taken, and told as unproved.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Literal

import numpy as np
import numpy.typing as npt

from avis.sources.coding.smooth import smooth

Unit = Literal["points", "units", "bytes"]
Ends = Literal["stored", "two", "one"]
SHORTEST = 12
"""Characters that a cut quotation must have to prove something; « … » at its end proves it too.

So many must a title have, too, to be sought elsewhere as a quotation: « peur » stands in many texts.
"""
MOST_SOUGHT = 2_000
"""Words that are sought in the whole text; where more stand elsewhere, the text is another one."""
_JOINER = "\u200d"
_CUT = ("…", "...", "[...]", "[…]")


@dataclass(frozen=True)
class Span:
    """A selection as the file places it, with the words that the file gives for it."""

    start: int
    end: int
    words: str = field(default="", repr=False)


@dataclass(frozen=True)
class Placed:
    """Where the selections of a text are: `spans` in code points (none where the words are elsewhere).

    `unproved` counts those that could as well be elsewhere: no words prove them, or the same words repeat.
    """

    spans: tuple[tuple[int, int] | None, ...]
    unproved: int


def place_spans(
    text: str,
    spans: Sequence[Span],
    units: Iterable[Unit] = ("points", "units"),
    titled: bool = False,
) -> Placed:
    r"""Find how places in a text were counted: the reading by which most selections hold their words.

    Where two hold as many, the one by which more ends stand at the edge of a word. A selection whose words
    stand elsewhere in the text is not placed, nor one without such words that ends outside, or inside a
    character as people see it. Where selections are `titled`, their words may be the title that a coder gave.

    >>> place_spans("\U0001f600 ab", [Span(3, 5, "ab")]).spans
    ((2, 4),)
    """
    readings = [_read(text, spans, unit, ends) for unit, ends in product(units, _line_ends(text))]
    proofs = [
        [_proves(text, found, span.words) for found, span in zip(one, spans, strict=True)] for one in readings
    ]
    cut = _cut_characters(text)
    # Words that stand there to the letter say more than words that begin so.
    held = [(_exact(text, one, spans), sum(proof)) for one, proof in zip(readings, proofs, strict=True)]
    best = max(range(len(readings)), key=lambda at: (*held[at], _edges(text, readings[at], cut)))
    rivals = [one for one, hold in zip(readings, held, strict=True) if hold == held[best]]
    sought = _Sought(smooth(text), titled and 2 * sum(proofs[best]) <= sum(bool(one.words) for one in spans))
    kept, doubtful = [], 0
    for at, (found, sure, span) in enumerate(zip(readings[best], proofs[best], spans, strict=True)):
        where = found if found and (sure or not cut[list(found)].any()) else None
        doubt = any(one[at] not in (where, None) for one in rivals)
        if where and not sure:
            elsewhere = sought.stands(span.words)
            doubt |= elsewhere == "maybe"
            where = None if elsewhere == "yes" else where
        kept.append(where)
        doubtful += where is not None and doubt
    return Placed(tuple(kept), doubtful)


def _line_ends(text: str) -> tuple[Ends, ...]:
    if "\r\n" in text:
        return ("stored", "one")
    return ("stored", "two") if "\n" in text else ("stored",)


def _read(text: str, spans: Sequence[Span], unit: Unit, ends: Ends) -> list[tuple[int, int] | None]:
    """Turn places into code points by one way of counting; none where a place is inside a character."""
    counted = _counted(text, unit, ends)
    starts, stops = (
        np.array([getattr(span, side) for span in spans], dtype="int64") for side in ("start", "end")
    )
    first, last = np.searchsorted(counted, starts), np.searchsorted(counted, stops)
    inside = (starts >= 0) & (starts < stops) & (stops <= counted[-1])
    bound = len(counted) - 1
    exact = (counted[np.minimum(first, bound)] == starts) & (counted[np.minimum(last, bound)] == stops)
    right = inside & exact
    return [(int(a), int(b)) if good else None for a, b, good in zip(first, last, right, strict=True)]


def _cut_characters(text: str) -> npt.NDArray[np.bool_]:
    """Tell the places inside a character as people see it: before an accent, inside a family or a flag."""
    cut = np.zeros(len(text) + 1, dtype=bool)
    if text.isascii():
        return cut
    flags = 0
    for at, char in enumerate(text):
        if char < "\u0300":
            flags = 0
            continue
        flag = "\U0001f1e6" <= char <= "\U0001f1ff"
        joined = at > 0 and text[at - 1] == _JOINER
        cut[at] = at > 0 and (joined or (flags % 2 == 1 and flag) or _joins(char))
        flags = flags + 1 if flag else 0
    return cut


def _joins(char: str) -> bool:
    tone_or_tag = "\U0001f3fb" <= char <= "\U0001f3ff" or "\U000e0020" <= char <= "\U000e007f"
    return char == _JOINER or tone_or_tag or unicodedata.category(char) in ("Mn", "Me", "Mc")


def _edges(text: str, found: Sequence[tuple[int, int] | None], cut: npt.NDArray[np.bool_]) -> int:
    """Count the ends that cut no word and no character, and leave no space inside; blanks tell nothing."""
    return sum(
        2
        if text[start:end].isspace()
        else int(not (text[start].isspace() or cut[start] or _within(text, start)))
        + int(not (text[end - 1].isspace() or cut[end] or _within(text, end)))
        for start, end in filter(None, found)
    )


def _within(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _counted(text: str, unit: Unit, ends: Ends) -> npt.NDArray[np.int64]:
    """Count the characters before each, and before the end."""
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    widths = np.ones(len(points), dtype="int64")
    if unit == "units":
        widths += points > 0xFFFF
    elif unit == "bytes":
        widths += (points > 0x7F).astype("int64") + (points > 0x7FF) + (points > 0xFFFF)
    line, back = points == 0x0A, points == 0x0D
    if ends == "two":
        widths[line] += 1
    elif ends == "one" and len(points):
        widths[:-1][back[:-1] & line[1:]] = 0
    return np.concatenate([np.zeros(1, dtype="int64"), np.cumsum(widths)])


def _exact(text: str, found: Sequence[tuple[int, int] | None], spans: Sequence[Span]) -> int:
    """Count the selections whose words are what stands there, and no more."""
    pairs = ((where, smooth(span.words)) for where, span in zip(found, spans, strict=True) if where)
    return sum(bool(said) and smooth(text[where[0] : where[1]]) == said for where, said in pairs)


def _proves(text: str, found: tuple[int, int] | None, words: str) -> bool:
    """Tell whether the words of a selection stand where it was found; they may have been cut."""
    if found is None or not words.strip():
        return False
    said = smooth(words)
    here = smooth(text[found[0] : min(found[1], found[0] + 4 * len(said) + 1000)])
    if here == said:
        return True
    cut = next((said.removesuffix(mark).rstrip() for mark in _CUT if said.endswith(mark)), "")
    start = cut or (said if len(said) >= SHORTEST else "")
    return bool(start) and here.startswith(start)


@dataclass
class _Sought:
    """A text in which words are sought that do not stand where they were said to."""

    whole: str = field(repr=False)
    titles: bool
    """Whether words may be titles: then short ones, and parts of words, prove nothing."""
    looked: int = 0

    def stands(self, words: str) -> Literal["yes", "maybe", "no"]:
        """Tell whether words are a quotation of the text, and not a title that a coder gave."""
        self.looked += 1
        if self.looked > MOST_SOUGHT:
            return "yes"
        said = smooth(words)
        for mark in _CUT:
            said = said.removesuffix(mark).rstrip()
        if not said or said not in self.whole:
            return "no"
        return "yes" if not self.titles or (len(said) >= SHORTEST and self._holds(said)) else "maybe"

    def _holds(self, said: str) -> bool:
        """Tell whether words stand whole in the text."""
        at = self.whole.find(said)
        while at >= 0:
            if not _within(self.whole, at) and not _within(self.whole, at + len(said)):
                return True
            at = self.whole.find(said, at + 1)
        return False
