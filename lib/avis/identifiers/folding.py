"""A text written plainly for rules to read, with the way back to each character of the original.

Accents, ligatures, styles of letters (NFKD) and invisible characters go, letters of Cyrillic and Greek that
look like Latin ones become these (Unicode Technical Standard 39, confusables), digits of every script become
0 to 9, dashes, apostrophes and blanks become one of each. Case stays, since capitals tell names.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache

_ALIKE = dict(
    zip(
        "АВЕЅZІЈКМНОРСТУХаеѕіјорсухһԁԛԝ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορτυχ" + "ıɑɡ" + "łŁøØđĐ",
        "ABESZIJKMHOPCTYXaesijopcyxhdqw" + "ABEZHIKMNOPTYXaivoptux" + "iag" + "lLoOdD",
        strict=True,
    )
)
_SIGNS = {
    **dict.fromkeys("\u2018\u2019\u201b\u02bc\u2032\u00b4`", "'"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d\u2043", "-"),
    **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb\u2039\u203a\uff02", '"'),
    **dict.fromkeys("\u00b7\u2022\u2027\u30fb\u2219", "."),
    "\u0153": "oe",
    "\u0152": "Oe",
    "\u00e6": "ae",
    "\u00c6": "Ae",
    "\u00df": "ss",
}
_PLAIN_ALREADY = re.compile(r"(?P<plain>[ -_a-~]+)|.", re.S)
"""Stretches of ASCII, but for the grave accent; any other character alone."""
_NEWLINES = "\n\r\x0b\x0c\x85\u2028\u2029"


@dataclass(frozen=True)
class Folded:
    """The plain text; `starts` and `ends` say where each of its characters stands in the original."""

    text: str = field(repr=False)
    lower: str = field(repr=False)
    starts: list[int] = field(repr=False)
    ends: list[int] = field(repr=False)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the place in the original of a stretch that is not empty."""
        return self.starts[start], self.ends[end - 1]


@cache
def _plain(char: str) -> str:
    """Write one character plainly; empty for an invisible one and for an accent that stands alone."""
    if char in _NEWLINES:
        return "\n"
    if char in _SIGNS:
        return _SIGNS[char]
    if char in _ALIKE:
        return _ALIKE[char]
    kept = []
    for part in unicodedata.normalize("NFKD", char):
        category = unicodedata.category(part)
        if category in ("Mn", "Me", "Cf", "Cc") and part != "\t":
            continue
        if category == "Zs" or part == "\t":
            kept.append(" ")
        elif category == "Nd":
            kept.append(str(unicodedata.decimal(part)))
        else:
            kept.append(_SIGNS.get(part, _ALIKE.get(part, part)))
    return "".join(kept)


def fold_with_offsets(text: str) -> Folded:
    r"""Write a text plainly and keep the way back, in code points.

    >>> folded = fold_with_offsets("l\u2019Ami\u200bna\u0301 \u0410\u0406")
    >>> folded.text, folded.span(2, 7)
    ("l'Amina AI", (2, 9))
    """
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in _PLAIN_ALREADY.finditer(text):
        start, end = found.span()
        if found["plain"]:
            parts.append(found[0])
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
            continue
        plain = _plain(found[0])
        parts.append(plain)
        starts.extend([start] * len(plain))
        ends.extend([end] * len(plain))
        if not plain and ends and unicodedata.category(found[0]) in ("Mn", "Me"):
            ends[-1] = end  # an accent belongs to the letter before it
    written = "".join(parts)
    lower = written.lower()
    if len(lower) != len(written):  # letters of which the small one takes two
        lower = "".join(low if len(low := one.lower()) == 1 else one for one in written)
    return Folded(written, lower, starts, ends)
