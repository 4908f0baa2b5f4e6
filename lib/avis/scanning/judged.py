"""Whether what looks like an identifier is one where it stands: rules of styles, counts, dates are none."""

from __future__ import annotations

import re
from itertools import pairwise

from avis.identifiers.folding import Folded
from avis.identifiers.model import Found

_ALWAYS = ("email", "phone", "handle", "birth_date", "asylum_number", "prison_number", "passport", "plate")
"""Kinds that no publication holds; a web address, a street, a date, a town may."""
_CUED = ("foreigner_number", "residence_permit", "identity_number", "case_number", "nir", "iban")
"""Kinds that count where a word says what they are: by their form alone, a count could have it."""
_CERTAIN = ("nir", "iban", "bank_card")
"""Kinds whose check digits prove them."""
_STYLES = (
    "annotation apply charset color container context counter document font graph import keyframes layer left"
    " media namespace page position preserve property right scope set starting supports tailwind top view"
    " viewport bottom"
)
_LINKED_DATA = (
    "base direction id included index json language list nest none prefix propagate protected reverse type"
)
_REMARKS = "license param preview return returns throws value version vocab"
_ENTRIES = (
    "article book booklet collection dataset inbook incollection inproceedings jurisdiction legal legislation"
    " manual mastersthesis misc online phdthesis proceedings report software techreport thesis unpublished"
)
_AT_RULES = frozenset(" ".join((_STYLES, _LINKED_DATA, _REMARKS, _ENTRIES)).split())
"""What `@` begins in styles, in JSON-LD, in remarks of programs, in bibliographies."""
_BEFORE = 24
_NUMBERED = re.compile(
    r"\b(?:isbn|issn|isni|orcid|pmid|pmc|oclc|siren|siret|tva|vat|rna|cerfa)"
    r"(?:[ -]?1[03])?[ :]{0,3}(?:n\W? ?)?(?:fr ?)?\Z",
    re.I,
)
"""What says, before a number, that it is one of a book, of an article, of a company."""
_DATE = re.compile(r"(?<!\d)\d{1,2}([/.-])\d{1,2}\1(?:19|20)\d\d(?!\d)")
_ESCAPE = re.compile(r"u[0-9a-f]{4}", re.I)
_REFERENCE = re.compile(r"[A-Z]+-\d+")
_DECIMAL = re.compile(r"0[.,]\d+")


def counts(one: Found, folded: Folded) -> bool:
    """Tell whether what was found identifies somebody where it stands in a folded text."""
    if one.kind == "handle":
        return _is_handle(folded.text[one.start : one.end], folded.text[one.end : one.end + 1])
    if one.kind == "phone":
        before = folded.text[max(0, one.start - _BEFORE) : one.start]
        return not _NUMBERED.search(before) and _is_phone(folded.text[one.start : one.end], one.why)
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
    """Tell a telephone number from a row of counts, a decimal, a date, an identifier that begins with zeros.

    >>> [_is_phone(one, "phone") for one in ("06 39 98 12 34", "0.8414709848", "01 02 03 04 05")]
    [True, False, False]
    >>> _is_phone("01/02/2024 03", "phone")
    False
    """
    runs = re.findall(r"\d+", written)
    if len(runs) >= 8 and sum(map(len, runs)) <= 1.5 * len(runs):
        return False
    if written.startswith("000") or _DECIMAL.fullmatch(written) or _DATE.search(written):
        return False
    return why != "phone" or not _is_series(runs)


def _is_series(runs: list[str]) -> bool:
    """Tell numbers that grow by steps of one size: « 06 12 18 24 30 », « 0123456789 »."""
    numbers = [int(one) for one in (runs if len(runs) > 1 else runs[0] if runs else "")]
    return len({after - before for before, after in pairwise(numbers)}) == 1
