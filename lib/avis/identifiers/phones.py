"""Telephone numbers: French, Nigerian, Libyan, and all with the code of a country; also in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from avis.identifiers.folding import Folded
from avis.identifiers.model import Certainty, Found

_GAP = r"(?: {0,3}[.,/|*~_-]{0,2} {0,3})"
"""What people put between digits; two numbers stand apart by more."""
_PHONE = re.compile(
    rf"(?<![\w+/.-])(?:\+|00{_GAP}?)\d(?:{_GAP}?\(?\d\)?){{7,13}}(?!\d)"  # +33 (0)6…, 00234…
    rf"|(?<![\w/.,-])[0O][1-9](?:{_GAP}[\dO]{{2}}){{4}}(?![\w])"  # 06 12 34 56 78, O6.12…
    rf"|(?<![\w/.,-])\(?0\)?(?:{_GAP}?\d){{9,10}}(?!\d|[/-]\d)"  # 0612 345 678, 0803 123 4567
    rf"|(?<![\w/.,-])(?:33|234|39|218|212|213|216|221|225|227|229|40|34|32|49|44|237|"
    rf"243){_GAP}?\d(?:{_GAP}?\d){{7,9}}(?!\d|[/-]\d)"
)
_CUED = re.compile(
    r"(?<!\w)(?:tel(?:ephone)?|portable|mobile|phone|numero|number|num|whats ?app|call(?: me| "
    r"her| him| us)?(?: on| at)?|"
    r"appelle[rz]?(?:-moi| moi)?(?: au| sur)?|appeler(?: au)?|joindre au|joignable au|rappeler "
    r"au|sms(?: au)?|fixe|cell|contact)"
    r"(?: (?:c'est|est|is|na|de (?:la |l'|ma |mon |sa )?\w{1,15}|to|on|at|au|a|le|the|my|her|his|mon|son))?"
    rf"(?: {{0,2}}[:=.])? {{0,2}}(?P<number>\(?\d(?:{_GAP}?\d){{6,14}})(?!\d|[/-]\d|\w)",
    re.I,
)
_NOT_PHONE = re.compile(
    r"(?:isbn|issn|doi|siren|siret|ean|iban|rna|naf|ape|uai|finess|imo|"
    r"cerfa)\W{0,4}(?:n[o.]? ?)?\W{0,3}$",
    re.I,
)
_FRENCH = (
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze "
    "seize vingt trente "
    "quarante cinquante soixante cent et une"
)
_ENGLISH = (
    "zero oh o nought one two three four five six seven eight nine double triple ten twenty "
    "thirty forty fifty"
)
_WORDS_FR = "|".join(sorted(_FRENCH.split(), key=len, reverse=True))
_WORDS_EN = "|".join(sorted(_ENGLISH.split(), key=len, reverse=True))
_SPELLED = re.compile(
    rf"(?<!\w)zero[ ,.;-]{{1,3}}(?:(?:{_WORDS_FR})[ ,.;-]{{1,3}}){{4,28}}(?:{_WORDS_FR})(?!\w)"
    rf"|(?<!\w)(?:plus |zero |oh |o |double |nought )(?:[ ,.;-]{{0,3}}(?:{_WORDS_EN})(?!\w)){{6,15}}",
    re.I,
)
_SERVICE = re.compile(r"0\W{0,3}8(?:\W{0,3}\d){8}")
"""French numbers in 08 are those of services, and nobody's."""
_REGIONS = ("FR", "NG", "IT", "LY", "ES", "RO", "BE", "DE", "GB")


def find_phones(folded: Folded) -> Iterator[Found]:
    """Find telephone numbers; those that a numbering plan admits (phonenumbers) are certain."""
    text = folded.text
    for found in _PHONE.finditer(text):
        if _plausible(text, found):
            yield Found(*found.span(), "phone", "phone", certainty=_certainty(found[0]))
    for found in _CUED.finditer(text):
        number = found["number"]
        if 7 <= _digits(number) <= 15:
            yield Found(*found.span("number"), "phone", "phone_cue", certainty=_certainty(number))
    for found in _SPELLED.finditer(folded.lower):
        yield Found(*found.span(), "phone", "phone_words")


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _plausible(text: str, found: re.Match[str]) -> bool:
    start = found.start()
    if _NOT_PHONE.search(text, max(0, start - 24), start):
        return False
    if _SERVICE.fullmatch(found[0]):
        return False
    return 9 <= _digits(found[0].replace("O", "0")) <= 15


def _certainty(number: str) -> Certainty:
    """Ask the numbering plans; loaded late, since their tables are large."""
    import phonenumbers

    digits = "".join(
        char for char in number.replace("O", "0").replace("(0)", "") if char.isdigit() or char == "+"
    )
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    for region in _REGIONS:
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(digits, region)):
                return "certain"
        except phonenumbers.NumberParseException:
            continue
    return "likely"
