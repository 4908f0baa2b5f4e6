"""The language of the words around one: a word of the other language that stands there is somebody's name.

« on est venues avec blessing » and « Précieuse dey wait » hold a name; « it was a blessing » does not.
"""

from __future__ import annotations

import re

from avis.identifiers.folding import Folded
from avis.identifiers.vocabulary import cue_words, names_of_one_language

AROUND = 80
"""Characters on each side, inside the line, whose words tell the language."""

_WORD = re.compile(r"[a-z]+(?:'[a-z]{1,2}(?![a-z]))?")
_MARKS = {"fr": cue_words("french_marks"), "en": cue_words("english_marks")}
_DETERMINED = re.compile(
    r"(?<!\w)(?:le|la|les|l|un|une|des|du|d|ce|cet|cette|ces|mon|ma|mes|ton|ta|son|sa|ses|notre|leur|the|an?|"
    r"my|your|his|her|our|their|some|any|no|of|much|de|en|sans)[ ']{1,2}\"?$"
)


def language_around(folded: Folded, start: int, end: int, declared: str = "") -> str:
    """Tell whether the words around are French ("fr") or English and Pidgin ("en").

    Where they do not tell, `declared` does: the language that a note or a record gives to its words.
    """
    first = max(folded.lower.rfind("\n", 0, start) + 1, start - AROUND)
    last = folded.lower.find("\n", end)
    last = min(len(folded.lower) if last < 0 else last, end + AROUND)
    words = _WORD.findall(folded.lower, first, start) + _WORD.findall(folded.lower, end, last)
    french, english = (sum(word in _MARKS[language] for word in words) for language in ("fr", "en"))
    if french != english:
        return "fr" if french > english else "en"
    return {"": "", "fr": "fr"}.get(declared, "en")


def is_foreign_name(folded: Folded, start: int, end: int, declared: str = "") -> bool:
    """Tell whether a word that may name belongs to the other language, and stands as a name does.

    >>> from avis.identifiers.folding import fold_with_offsets
    >>> [is_foreign_name(fold_with_offsets(text), text.index("joy"), text.index("joy") + 3)
    ...  for text in ("on a mangé avec joy à midi", "they were full of joy", "le joy de vivre")]
    [True, False, False]
    """
    word = folded.lower[start:end]
    of_french = word in names_of_one_language("fr")
    if not of_french and word not in names_of_one_language("en"):
        return False
    around = language_around(folded, start, end, declared)
    if around != ("en" if of_french else "fr"):
        return False
    following = _WORD.match(folded.lower, end + 1)
    if following and following[0] in _MARKS["fr" if of_french else "en"]:
        return False  # a stretch of that language, inside the other one
    return not _DETERMINED.search(folded.lower, max(0, start - 12), start)
