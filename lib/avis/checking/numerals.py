"""Numbers written in letters, in French and in English: « onze », « vingt et une », "thirty-one"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from avis.spelling import fold

_FR = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize", "dix sept", "dix huit", "dix neuf",
)  # fmt: skip
_FR_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre vingt"}
_FR_ABOUT = {
    "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40,
    "cinquantaine": 50, "soixantaine": 60, "centaine": 100,
}  # fmt: skip
_EN = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_EN_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


class Numeral(NamedTuple):
    """A number in letters, and where it stands in its text."""

    n: int
    start: int
    end: int


def numerals(text: str) -> Iterator[Numeral]:
    """Find the numbers from 2 to 100 that are written in letters; « un » and "one" are articles first.

    >>> [found.n for found in numerals("Onze sur vingt et une ; soixante-et-onze. Thirty-one of a dozen.")]
    [11, 21, 71, 31, 12]
    """
    for match in _NUMERAL.finditer(text):
        plain = re.sub(r"[-\s\u2010-\u2012]+", " ", fold(match.group()))
        yield Numeral(_VALUES[plain], match.start(), match.end())


def _french() -> Iterator[tuple[str, int]]:
    for n in range(2, 100):
        if n < 20:
            yield _FR[n], n
            continue
        tens = n // 10 * 10
        base = tens - 10 if tens in (70, 90) else tens
        rest = n - base
        word = _FR_TENS[base]
        if not rest:
            yield from ((word, n), (f"{word}s", n))
        elif rest in (1, 11):
            joined = (" et ", " ") if base != 80 else (" ", " et ")
            ends = (_FR[rest], "une") if rest == 1 else (_FR[rest],)
            yield from ((f"{word}{joint}{end}", n) for joint in joined for end in ends)
        else:
            yield f"{word} {_FR[rest]}", n
    yield "cent", 100
    yield from _FR_ABOUT.items()


def _english() -> Iterator[tuple[str, int]]:
    for n in range(2, 100):
        tens, rest = _EN_TENS[n // 10], n % 10
        yield (_EN[n] if n < 20 else f"{tens} {_EN[rest]}" if rest else tens), n
    yield from (("a hundred", 100), ("one hundred", 100), ("dozen", 12))


_VALUES = {fold(word): n for word, n in (*_english(), *_french())}
_WORDS = sorted({word for word, _ in (*_english(), *_french())}, key=lambda word: (-len(word), word))
_NUMERAL = re.compile(
    r"(?<![\w-])(?:" + "|".join(word.replace(" ", r"[-\s\u2010-\u2012]") for word in _WORDS) + r")(?![\w-])",
    re.IGNORECASE,
)
