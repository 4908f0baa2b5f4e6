"""A text as plain words, whatever letters, signs or gaps it is disguised by, fast enough for every byte.

Folding is that of `identifiers.folding`: accents, ligatures, styles of letters, invisible signs, letters of
other alphabets that look alike (Unicode Technical Standard 39), marks of direction.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from avis.identifiers.folding import fold_with_offsets

_WORD = re.compile(r"[^\W_]+")
_SIGNS = re.compile(r"[A-Za-z0-9+/=]{60,}")
_CUT = re.compile(r"-[ \t]*\n\s*")
_SPELT = re.compile(r"(?<![^\W_])(?:[^\W_][\s._*|/-]{1,3}){3,200}[^\W_](?![^\W_])")
"""Letters one by one: « N a d i a », « N.A.D.I.A »."""
_NAMED = re.compile(r"\w+")
_INSIDE = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
_LONGEST = 60
"""Signs of a word that capitals or digits part: what is longer is no name of a field."""


class _Letters(dict[int, str]):
    """Each letter folded when first met."""

    def __missing__(self, code: int) -> str:
        found = fold_with_offsets(chr(code)).lower
        self[code] = found
        return found


_LETTERS = _Letters()


@dataclass(frozen=True)
class Reading:
    """One text to look into: folded, as a list of words, and the words that its disguises hide."""

    plain: str = field(repr=False)
    words: list[str] = field(repr=False)
    spelt: str = field(repr=False)
    """Letters that stood one by one, put together; parted by a bar where they did not meet."""


def plain(text: str) -> str:
    r"""Fold a text: small letters without accents, digits of one script, one kind of dash and blank.

    >>> plain("Na\u200bdi\u0430 B\u0415N\u00adAL\u00cf \ufb01n")
    'nadia benali fin'
    """
    return text.translate(_LETTERS)


def words_of(text: str) -> list[str]:
    """Give the folded words of a text.

    >>> words_of("Marie-Claire_d’Été.png")
    ['marie', 'claire', 'd', 'ete', 'png']
    """
    return _WORD.findall(plain(text))


def read(text: str) -> Reading:
    """Read a text for the search.

    >>> read("photoNadia.png, hyphen-\\n ation").words[-7:]
    ['', 'photonadia', 'png', 'hyphenation', '', 'photo', 'nadia']
    >>> read("photoNadia.png, N a d i a").spelt
    'nadia'
    """
    if len(text) >= _LONGEST:
        text = _SIGNS.sub(_unless_packed, text)
    folded = plain(text)
    words = _WORD.findall(folded)
    if "-" in folded and "\n" in folded and _CUT.search(folded):
        words += ["", *_rejoined(folded)]
    for one in sorted(set(_NAMED.findall(text))):
        if 3 < len(one) <= _LONGEST and not one.isdigit() and not one[1:].islower() and _INSIDE.search(one):
            words += ["", *words_of(_INSIDE.sub(" ", one))]
    spelt = "|".join("".join(_WORD.findall(found[0])) for found in _SPELT.finditer(folded))
    return Reading(folded, words, spelt)


def _rejoined(folded: str) -> list[str]:
    """Give the words that ends of lines cut, with two before and after, so that names of two words stand."""
    found = list[str]()
    for cut in _CUT.finditer(folded):
        around = folded[max(0, cut.start() - 40) : cut.start()] + folded[cut.end() : cut.end() + 40]
        found += ["", *_WORD.findall(around)] if found else _WORD.findall(around)
    return found


def _unless_packed(found: re.Match[str]) -> str:
    """Letters that stand for bytes spell names by chance; a path or a very long word does not look so."""
    signs = found[0]
    packed = not signs.islower() and not signs.isupper() and any(map(str.isdigit, signs))
    return " " if packed and signs.count("/") * 12 < len(signs) else signs
