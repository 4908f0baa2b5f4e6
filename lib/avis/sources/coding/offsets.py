"""Places in a text as tools count them → places in code points.

REFI-QDA counts code points. Some tools count UTF-16 units (an emoji is two), or a line end as two
characters where the file has one, or as one where it has two; Taguette counts UTF-8 bytes. Nothing in the
file says so: the words that go with a selection do, where they are compared with what stands there.
"""

from __future__ import annotations

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
"""Characters that a cut quotation must have to prove something; « … » at its end proves it too."""
MOST_SOUGHT = 2_000
"""Words that are sought in the whole text; where more stand elsewhere, the text is another one."""
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


def place_spans(text: str, spans: Sequence[Span], units: Iterable[Unit] = ("points", "units")) -> Placed:
    r"""Find how places in a text were counted: the reading by which most selections hold their words.

    A selection whose words stand elsewhere in the text, or that ends outside, is not placed.

    >>> place_spans("\U0001f600 ab", [Span(3, 5, "ab")]).spans
    ((2, 4),)
    """
    readings = [_read(text, spans, unit, ends) for unit, ends in product(units, _line_ends(text))]
    proofs = [
        [_proves(text, found, span.words) for found, span in zip(one, spans, strict=True)] for one in readings
    ]
    best = max(range(len(readings)), key=lambda at: sum(proofs[at]))
    proved, chosen = proofs[best], readings[best]
    whole = smooth(text)
    looked = 0
    kept = []
    for found, sure, span in zip(chosen, proved, spans, strict=True):
        elsewhere = found is not None and not sure and (looked >= MOST_SOUGHT or _stands(span.words, whole))
        looked += not sure
        kept.append(None if elsewhere else found)
    rivals = [one for one, proof in zip(readings, proofs, strict=True) if sum(proof) == sum(proved)]
    doubtful = sum(
        found is not None and any(one[at] not in (found, None) for one in rivals)
        for at, found in enumerate(kept)
    )
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


def _stands(words: str, whole: str) -> bool:
    """Tell whether words are a quotation of the text, and not a title that a coder gave."""
    said = smooth(words)
    for mark in _CUT:
        said = said.removesuffix(mark).rstrip()
    return bool(said) and said in whole
