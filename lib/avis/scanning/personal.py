"""What identifies somebody without any list: addresses, telephones, numbers that belong to one person.

The rules are those of `identifiers`, run only where a sign of one stands: a text of a million letters takes
no longer than it must. Names and places without a list are left to people who read: here they would be
everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

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
        "apply",
        "tailwind",
        "param",
        "return",
        "returns",
        "throws",
        "license",
        "preserve",
    )
)
"""What `@` begins in styles, in JSON-LD and in remarks of programs."""
_SIGN = re.compile(
    r"\d(?:[ .()/\u00a0\u202f-]{0,3}\d){7}|\b[A-Z]{2}\d{2}[ -]?[A-Z0-9]{4}"
    r"|\b[A-HJ-NP-TV-Z]{2}[ -]?\d{3}[ -]?[A-HJ-NP-TV-Z]{2}\b"
    r"|\b[Nn][EÉeé]{1,2} [Ll][Ee] \d"
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
_LINE_END = re.compile(r"(?<=\d\d[ .]\d\d) ?\n *(?=\d\d(?!\d))|(?<=\d\d) ?\n *(?=\d\d[ .]\d\d(?!\d))")
"""The end of a line within digits that stand by two; cells of a table have a line each."""
_INVISIBLE = dict.fromkeys(
    code
    for code in (*range(0x80, 0x3000), 0xFEFF, *range(0xE0000, 0xE0080))
    if unicodedata.category(chr(code)) == "Cf"
)
_ESCAPE = re.compile(r"u[0-9a-f]{4}", re.I)
_REFERENCE = re.compile(r"[A-Z]+-\d+")
_DECIMAL = re.compile(r"0[.,]\d+")


def personal_in(text: str) -> Iterator[tuple[str, str]]:
    """Give each identifier of a text: its kind, and itself folded without spaces or signs.

    >>> list(personal_in("Appelez le 06 12 34 56 78 ou ecrivez a mo@x.example"))
    [('email', 'moxexample'), ('phone', '0612345678')]
    >>> list(personal_in("3 400 demandes, 1 150 en 2024, 12 34 56 rendez-vous"))
    []
    """
    if "<" in text and ">" in text:
        text = _behind(text)
    text = _SIGNS.sub(" ", undisguised(text))
    if "\n" in text:
        text = _LINE_END.sub(" ", text)
    for start, end in _windows(text):
        folded = fold_with_offsets(text[start:end])
        for one in _found(folded):
            if one.end > one.start and _counts(one, folded):
                yield one.kind, squeezed(folded.lower[one.start : one.end])


def undisguised(text: str) -> str:
    r"""Write a text without invisible signs, and its letters and digits in their usual form and width.

    >>> undisguised("\uff10\uff16 3\u200b9\xa098 ne\u0301e")
    '06 39 98 n\xe9e'
    """
    return text if text.isascii() else unicodedata.normalize("NFKC", text.translate(_INVISIBLE))


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
        return _is_handle(folded.text[one.start : one.end], folded.text[one.end : one.end + 1])
    if one.kind == "phone":
        return _is_phone(folded.text[one.start : one.end], one.why)
    if one.kind == "address":
        return one.why == "coordinates"
    if one.kind == "plate":
        return one.why != "plate" or "-" in folded.text[one.start : one.end]
    if one.kind == "birth_date":  # a year alone: associations are born too
        return not re.fullmatch(r"\d{4}", folded.text[one.start : one.end])
    if one.kind in _ALWAYS:
        return True
    certain = one.kind in _CERTAIN and one.certainty == "certain"
    return certain or (one.kind in _CUED and one.why.endswith("_cue"))


def _is_handle(written: str, after: str) -> bool:
    """Tell a name on a network from a rule of a style, an entry of a bibliography, a reference."""
    name = written.removeprefix("@")
    if re.split(r"\W", name.casefold())[0] in _AT_RULES or (written != name and after == "{"):
        return False
    return not _ESCAPE.match(name) and not _REFERENCE.fullmatch(name)


def _is_phone(written: str, why: str) -> bool:
    """Tell a telephone number from a row of counts, a decimal, an identifier that begins with zeros.

    >>> [_is_phone(one, "phone") for one in ("06 39 98 12 34", "0.8414709848", "01 02 03 04 05")]
    [True, False, False]
    """
    runs = re.findall(r"\d+", written)
    if len(runs) >= 8 and sum(map(len, runs)) <= 1.5 * len(runs):
        return False
    if written.startswith("000") or _DECIMAL.fullmatch(written):
        return False
    return why != "phone" or not _is_series(runs)


def _is_series(runs: list[str]) -> bool:
    """Tell numbers that grow by steps of one size: « 06 12 18 24 30 », « 0123456789 »."""
    numbers = [int(one) for one in (runs if len(runs) > 1 else runs[0] if runs else "")]
    return len({after - before for before, after in pairwise(numbers)}) == 1
