"""All rules over one text → flags in their order, none over another, in code points of the text."""

from __future__ import annotations

from collections.abc import Iterable

from avis.identifiers.ages import find_ages
from avis.identifiers.contacts import find_contacts
from avis.identifiers.dates import find_dates
from avis.identifiers.folding import Folded, fold_with_offsets
from avis.identifiers.model import KINDS, Flag, Found
from avis.identifiers.names import find_names
from avis.identifiers.numbers import find_numbers
from avis.identifiers.people import NOBODY, Known
from avis.identifiers.places import find_places
from avis.identifiers.registered import find_known

_RULES = (find_contacts, find_numbers, find_dates, find_ages, find_places)
_STRENGTH = {kind: number for number, kind in enumerate(KINDS)}


def find_flags(text: str, known: Known = NOBODY, language: str = "") -> list[Flag]:
    """Flag what may identify somebody in a text: phones, numbers, addresses, dates, ages, names, places.

    `known` is the evaluation's register (`read_people`). The rules of French, English and Pidgin hold
    together, since people mix them; `language` ("fr", "en", "pcm"…, of a note or a record) tells whether
    « joy » is a word or somebody where the words around it do not. Flags are sorted and never lie over each
    other; offsets are code points of `text`. What is not flagged is not thereby safe.

    >>> [(flag.kind, flag.start, flag.end) for flag in find_flags("Appelle le 06 12 34 56 78, j'ai 17 ans")]
    [('phone', 11, 25), ('age', 32, 38)]
    >>> find_flags("412 contacts, loi 91-647, à 14h30, au Conseil de Paris")
    []
    """
    folded = fold_with_offsets(text)
    found = [one for rule in _RULES for one in rule(folded)]
    found += find_names(folded, language)
    found += find_known(folded, known)
    return [_flag(folded, one) for one in _apart(found) if one.end > one.start]


def _apart(found: Iterable[Found]) -> list[Found]:
    """Keep one of those over each other: the register's, then the longest, then the strongest kind."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if kept and one.start < kept[-1].end:
            if _weight(one) > _weight(kept[-1]):
                kept[-1] = one
            continue
        kept.append(one)
    return kept


def _weight(one: Found) -> tuple[bool, int, int]:
    sure = one.kind in ("known_person", "known_place") and one.why == "register"
    return (sure, one.end - one.start, -_STRENGTH[one.kind])


def _flag(folded: Folded, one: Found) -> Flag:
    start, end = folded.span(one.start, one.end)
    suggestion = one.suggestion or one.kind
    why = f"identifiers.why.{one.why}"
    facts = one.facts
    return Flag(
        start, end, one.kind, why, f"identifiers.instead.{suggestion}", one.asked, one.certainty, facts
    )
