"""What identifies somebody without any list: addresses, telephones, numbers that belong to one person.

The rules are those of `identifiers`, run only where a sign of one stands: a text of a million letters takes
no longer than it must. Names and places without a list are left to people who read: here they would be
everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from avis.identifiers.contacts import find_contacts
from avis.identifiers.dates import find_dates
from avis.identifiers.folding import Folded, fold_with_offsets
from avis.identifiers.model import Found
from avis.identifiers.numbers import find_numbers
from avis.scanning.behind import behind, has_tags
from avis.scanning.judged import counts

_FORMS = (
    re.compile(r"\d(?:[ .()/\u00a0\u202f-]{0,3}+\d){7}"),
    re.compile(r"[A-Z]{2}(?<!\w..)(?:\d{2}[ -]?[A-Z0-9]{4}|[ -]?\d{3}[ -]?[A-HJ-NP-TV-Z]{2}\b)"),
    re.compile(r"[Nn][EÉeé]{1,2} [Ll][Ee] \d"),
)
"""How identifiers look; a pattern that begins with their first sign passes quickly over most of a text."""
_SAID = (
    "@|gps:|né le|née le|né en|née en|naissance|born|birth|ddn|dob|passeport|passport|ofpra|cnda|agdref|écrou"
    "|ecrou|titre de s|permit|allocataire|plaque|immatric|insta|snap|tiktok|tik tok|facebook|whats|telegram"
    "|pseudo|username|arob| at |sécurité soc|securite soc|sécu|secu | nir | caf |iban| rib |dossier|numéro"
    "|numero|[at|(at"
)
_CUES = _SAID.split("|")
"""What stands beside an identifier in small letters: finding these is quicker than any pattern."""
_BEFORE, _AFTER = 60, 120
_SIGNS = re.compile(r"[A-Za-z0-9+/=_-]{48,}")
_LONGEST = 4000
_LINE_END = re.compile(r"(?<=\d\d[ .]\d\d) ?\n *(?=\d\d(?!\d))|(?<=\d\d) ?\n *(?=\d\d[ .]\d\d(?!\d))")
"""The end of a line within digits that stand by two; cells of a table have a line each."""
_LINES = re.compile(r"\d\d ?\n *\d\d")
_INVISIBLE = dict.fromkeys(
    code
    for code in (*range(0x80, 0x3000), 0xFEFF, *range(0xE0000, 0xE0080))
    if unicodedata.category(chr(code)) == "Cf"
)
_BEYOND = re.compile(r"[^\x00-\x7f]+")
_JOINED = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")
"""Signs beyond ASCII; with the letter before, which an accent may join. What follows begins anew."""
_ACCENT = re.compile("[\u0300-\u036f]")


def personal_in(text: str) -> Iterator[tuple[str, str]]:
    """Give each identifier of a text: its kind, and itself folded without spaces or signs.

    >>> list(personal_in("Appelez le 06 12 34 56 78 ou ecrivez a mo@x.example"))
    [('email', 'moxexample'), ('phone', '0612345678')]
    >>> list(personal_in("3 400 demandes, 1 150 en 2024, 12 34 56 rendez-vous"))
    []
    """
    if has_tags(text):
        text = behind(text)
    text = _SIGNS.sub(" ", undisguised(text))
    if _LINES.search(text):
        text = _LINE_END.sub(" ", text)
    for start, end in _windows(text):
        folded = fold_with_offsets(text[start:end])
        for one in _found(folded):
            if one.end > one.start and counts(one, folded):
                yield one.kind, squeezed(folded.lower[one.start : one.end])


def undisguised(text: str) -> str:
    r"""Write a text without invisible signs, and its letters and digits in their usual form and width.

    >>> undisguised("\uff10\uff16 3\u200b9\xa098 ne\u0301e")
    '06 39 98 n\xe9e'
    """
    if text.isascii():
        return text
    return (_JOINED if _ACCENT.search(text) else _BEYOND).sub(_usual, text)


def _usual(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", found[0].translate(_INVISIBLE))


def squeezed(text: str) -> str:
    """Write a folded text without anything between its letters and digits.

    >>> squeezed("+33 6 12-34")
    '3361234'
    """
    return re.sub(r"[\W_]+", "", text)


def _signs(text: str) -> list[tuple[int, int]]:
    """Give where signs of an identifier stand, in order."""
    found = [one.span() for form in _FORMS for one in form.finditer(text)]
    lower = text.lower()
    for cue in _CUES:
        at = lower.find(cue)
        while at >= 0:
            found.append((at, at + len(cue)))
            at = lower.find(cue, at + 1)
    return sorted(found)


def _word_start(text: str, at: int) -> int:
    """Begin no stretch within a word: the end of « June » would be « ne »."""
    least = max(0, at - _BEFORE)  # a run of letters without an end would be walked again from each cue
    while at > least and text[at - 1].isalnum():
        at -= 1
    return max(0, at)


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Give the stretches around what may be an identifier; those that touch are one, if not too long."""
    start = end = -1
    for at, after in _signs(text):
        first, last = _word_start(text, at - _BEFORE), min(len(text), after + _AFTER)
        if end < 0:
            start, end = first, last
        elif first <= end and last - start <= _LONGEST:
            end = max(end, last)
        else:
            yield start, end
            start, end = first, last
    if end >= 0:
        yield start, end


def _found(folded: Folded) -> Iterator[Found]:
    yield from find_contacts(folded)
    yield from find_numbers(folded)
    yield from find_dates(folded)
