"""A text as plain words, whatever letters, signs or gaps it is disguised by, fast enough for every byte.

Folding is that of `identifiers.folding`: accents, ligatures, styles of letters, invisible signs, letters of
other alphabets that look alike (Unicode Technical Standard 39), marks of direction.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from avis.identifiers.folding import fold_with_offsets

_WORD = re.compile(r"[^\W_]+")
_SIGNS = re.compile(r"[A-Za-z0-9+/=]{60,}")
_CUT = re.compile(r"-[ \t]*\n\s*")
_SPELT = re.compile(r"[\W_][^\W_][\s._*|/-]{1,3}(?:[^\W_][\s._*|/-]{1,3}){2,199}[^\W_](?![^\W_])")
"""Letters one by one: « N a d i a », « N.A.D.I.A »; what stands before is the rarest sign to begin with."""
_NAMED = re.compile(r"\w+")
_INSIDE = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
_LONGEST = 60
"""Signs of a word that capitals or digits part: what is longer is no name of a field."""
_BEYOND = re.compile(r"[^\x00-\x7f]+")
_PARTED = bytes(code if chr(code).isalnum() and code < 128 else 32 for code in range(256))
_OTHERS = re.compile(r"[^\t\n -_a-~]+")
"""What folding changes in more than its case: signs beyond ASCII, accents alone, what is not shown."""


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
    whole: str = field(repr=False)
    """The folded text with the letters that look like packed bytes, which have no words."""

    @cached_property
    def single(self) -> set[str]:
        """The different words."""
        return set(self.words)


def plain(text: str) -> str:
    r"""Fold a text: small letters without accents, digits of one script, one kind of dash and blank.

    >>> plain("Na\u200bdi\u0430 B\u0415N\u00adAL\u00cf \ufb01n")
    'nadia benali fin'
    """
    return _OTHERS.sub(_folded, text).replace("\t", " ").lower()


def _folded(found: re.Match[str]) -> str:
    return found[0].translate(_LETTERS)


def words_of(text: str) -> list[str]:
    """Give the folded words of a text.

    >>> words_of("Marie-Claire_d’Été.png")
    ['marie', 'claire', 'd', 'ete', 'png']
    """
    return _words(plain(text))


def _words(folded: str) -> list[str]:
    """Part a folded text; where it holds no letter beyond ASCII, at the speed of copying."""
    if not folded.isascii():
        folded = _BEYOND.sub(_letters, folded)
    if not folded.isascii():
        return _WORD.findall(folded)
    return folded.encode("ascii").translate(_PARTED).decode("ascii").split()


def _letters(found: re.Match[str]) -> str:
    return "".join(one if one.isalnum() else " " for one in found[0])


def read(text: str) -> Reading:
    """Read a text for the search.

    >>> read("photoNadia.png, hyphen-\\n ation").words[-7:]
    ['', 'photonadia', 'png', 'hyphenation', '', 'photo', 'nadia']
    >>> read("photoNadia.png, N a d i a").spelt
    'nadia'
    """
    parts = set(text.split())
    packed = any(len(part) >= _LONGEST and _SIGNS.search(part) for part in parts)
    shown = _SIGNS.sub(_unless_packed, text) if packed else text
    folded = plain(shown)
    words = _words(folded)
    if "-" in folded and "\n" in folded and _CUT.search(folded):
        words += ["", *_rejoined(folded)]
    for one in _named(parts if shown == text else set(shown.split())):
        words += ["", *words_of(_INSIDE.sub(" ", one))]
    spelt = "|".join("".join(_WORD.findall(found[0])) for found in _SPELT.finditer(f" {folded}"))
    return Reading(folded, words, spelt, folded if shown == text else plain(text))


def _named(parts: set[str]) -> list[str]:
    """Give the names of fields, which capitals or digits part."""
    met = set(_NAMED.findall("\n".join(parts)))
    likely = (one for one in met if 3 < len(one) <= _LONGEST and not one.isdigit() and not one[1:].islower())
    return sorted(one for one in likely if _INSIDE.search(one))


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
