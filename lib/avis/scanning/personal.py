"""What identifies somebody without any list: addresses, telephones, numbers that belong to one person.

The rules are those of `identifiers`, run only where a sign of one stands: a text of a million letters takes
no longer than it must. Names and places without a list are left to people who read: here they would be
everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from avis.identifiers.contacts import find_contacts
from avis.identifiers.dates import find_dates
from avis.identifiers.folding import Folded, fold_with_offsets
from avis.identifiers.model import Found
from avis.identifiers.numbers import find_numbers

_ALWAYS = ("email", "phone", "handle", "birth_date", "asylum_number", "prison_number", "passport", "plate")
"""Kinds that no publication holds; a web address, a street, a date, a town may."""
_CUED = ("foreigner_number", "residence_permit", "identity_number", "case_number", "nir", "iban")
"""Kinds that count where a word says what they are: by their form alone, a count could have it."""
_CERTAIN = ("nir", "iban", "bank_card")
"""Kinds whose check digits prove them."""
_RULED = "charset context container font graph id import keyframes layer media namespace page property scope"
_AT_RULES = frozenset(
    (
        *_RULED.split(),
        "supports",
        "type",
        "top",
        "bottom",
        "left",
        "right",
        "view",
        "starting",
        "counter",
        "position",
        "value",
        "vocab",
        "base",
        "list",
        "set",
        "language",
        "reverse",
    )
)
"""What `@` begins in styles and in JSON-LD."""
_SIGN = re.compile(
    r"\d(?:[ .()/\u00a0\u202f-]{0,3}\d){7}|\b[A-Z]{2}\d{2}[ -]?[A-Z0-9]{4}"
    r"|\b[A-HJ-NP-TV-Z]{2}[ -]?\d{3}[ -]?[A-HJ-NP-TV-Z]{2}\b"
)
_CUES = (
    *(
        "@",
        "gps:",
        "né le",
        "née le",
        "né en",
        "née en",
        "naissance",
        "born",
        "birth",
        "ddn",
        "dob",
        "passeport",
    ),
    *(
        "passport",
        "ofpra",
        "cnda",
        "agdref",
        "écrou",
        "ecrou",
        "titre de s",
        "permit",
        "allocataire",
        "plaque",
    ),
    *(
        "immatric",
        "insta",
        "snap",
        "tiktok",
        "tik tok",
        "facebook",
        "whats",
        "telegram",
        "pseudo",
        "username",
    ),
    *(
        "arob",
        " at ",
        "sécurité soc",
        "securite soc",
        "sécu",
        "secu ",
        " nir ",
        " caf ",
        "iban",
        " rib ",
        "dossier",
    ),
    *("numéro", "numero", "[at", "(at"),
)
"""What stands beside an identifier in small letters: finding these is quicker than any pattern."""
_BEFORE, _AFTER = 60, 120
_BEHIND = re.compile(r"""([\w:-]+)=(?:"([^"<>]*)"|'([^'<>]*)')|<!--(.*?)-->""", re.S)
_DRAWN = "d points transform viewBox style class id x y width height integrity"
_DRAWING = frozenset(_DRAWN.split())
"""Attributes of figures and looks, whose numbers are nobody's."""
_SIGNS = re.compile(r"[A-Za-z0-9+/=_-]{48,}")
_LONGEST = 4000


def personal_in(text: str) -> Iterator[tuple[str, str]]:
    """Give each identifier of a text: its kind, and itself folded without spaces or signs.

    >>> list(personal_in("Appelez le 06 12 34 56 78 ou ecrivez a mo@x.example"))
    [('email', 'moxexample'), ('phone', '0612345678')]
    >>> list(personal_in("3 400 demandes, 1 150 en 2024, 12 34 56 rendez-vous"))
    []
    """
    if "<" in text and ">" in text:
        text = _behind(text)
    text = _SIGNS.sub(" ", text)
    for start, end in _windows(text):
        folded = fold_with_offsets(text[start:end])
        for one in _found(folded):
            if one.end > one.start and _counts(one, folded):
                yield one.kind, squeezed(folded.lower[one.start : one.end])


def squeezed(text: str) -> str:
    """Write a folded text without anything between its letters and digits.

    >>> squeezed("+33 6 12-34")
    '3361234'
    """
    return re.sub(r"[\W_]+", "", text)


def _behind(page: str) -> str:
    """Give what a page holds and does not show: what it shows comes by itself, without its tags."""
    parts = _BEHIND.findall(page)
    return "\n".join(
        comment or double or single for name, double, single, comment in parts if name not in _DRAWING
    )


def _signs(text: str) -> list[tuple[int, int]]:
    """Give where signs of an identifier stand, in order."""
    found = [one.span() for one in _SIGN.finditer(text)]
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


def _counts(one: Found, folded: Folded) -> bool:
    if one.kind == "handle":
        return re.split(r"\W", folded.lower[one.start : one.end].removeprefix("@"))[0] not in _AT_RULES
    if one.kind == "phone":  # a row of small counts is no telephone number
        runs = re.findall(r"\d+", folded.text[one.start : one.end])
        return len(runs) < 8 or sum(map(len, runs)) > 1.5 * len(runs)
    if one.kind == "address":
        return one.why == "coordinates"
    if one.kind == "plate":
        return one.why != "plate" or "-" in folded.text[one.start : one.end]
    if one.kind == "birth_date" or one.kind in _ALWAYS:
        return True
    certain = one.kind in _CERTAIN and one.certainty == "certain"
    return certain or (one.kind in _CUED and one.why.endswith("_cue"))
