"""Drawings beside plain words: lines on a square of 48, dark on light or light on dark, no colour needed.

They stand beside words and never for them: a screen reader passes them over.
"""

from __future__ import annotations

from functools import cache
from typing import get_args

from avis.report.document import Pictogram

_BUBBLE = "M6 8h36v24H24l-10 9v-9H6z"
_PERSON = "M24 8a7 7 0 1 0 0 14a7 7 0 1 0 0-14M10 42c0-10 6-15 14-15s14 5 14 15"
_PEN = "M8 40l3-10L32 9l7 7L18 37zM27 14l7 7"
_LINES: dict[Pictogram, str] = {
    "aloud": "M6 18v12h8l11 9V9l-11 9zM32 17c4 4 4 10 0 14M37 11c8 7 8 19 0 26",
    "words": "M9 6h22l8 8v28H9zM31 6v8h8M15 20h18M15 27h18M15 34h10",
    "who": _PERSON,
    "question": f"{_BUBBLE}M19 16c0-7 11-7 11-1c0 4-6 4-6 8M24 27v1",
    "say": f"{_BUBBLE}M14 17h20M14 24h13",
    "agree": "M24 5a19 19 0 1 0 0 38a19 19 0 1 0 0-38M14 25l7 7l13-15",
    "differ": "M4 6h25v16H16l-7 6v-6H4zM20 28v6h12l7 6v-6h5V18h-9",
    "when": "M7 11h34v30H7zM7 20h34M16 6v9M32 6v9M15 28h4M24 28h4M15 35h4",
    "ask": "M7 12h34v24H7zM7 13l17 14l17-14",
    "to": "M6 24h34M28 11l13 13l-13 13",
    "change": _PEN,
    "add": "M24 8v32M8 24h32",
    "remove": "M8 24h32",
    "resolve": "M20 14h-4a10 10 0 0 0 0 20h4M28 14h4a10 10 0 0 1 0 20h-4M17 24h14",
    "kept": "M8 18h32M8 30h32",
    "answer": "M42 8H6v24h8v9l10-9h18zM15 20l6 6l11-11",
    "wait": "M24 5a19 19 0 1 0 0 38a19 19 0 1 0 0-38M24 13v12l8 5",
    "next": "M8 42V8M8 10h30l-7 9l7 9H8",
    "back": "M18 9L7 20l11 11M8 20h21c15 0 15 19 0 19H18",
}


@cache
def draw(name: Pictogram, stroke: str = "currentColor") -> str:
    """Give a pictogram as SVG that a screen reader passes over; in a PDF, give its colour.

    >>> draw("add")[:58]
    '<svg class="pictogram" viewBox="0 0 48 48" width="32" heig'
    """
    return (
        '<svg class="pictogram" viewBox="0 0 48 48" width="32" height="32" aria-hidden="true" '
        f'xmlns="http://www.w3.org/2000/svg"><path d="{_LINES[name]}" fill="none" stroke="{stroke}" '
        'stroke-width="3.4" stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


def names() -> tuple[Pictogram, ...]:
    """Name all pictograms, in the order of the document's model."""
    return get_args(Pictogram)
