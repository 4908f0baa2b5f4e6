"""Names of people: after words that name, by their capital in a sentence, or from the lists of first names.

A word that is also an ordinary one (Blessing, Joy, Claire) is asked, not decided, and only where it may name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from avis.identifiers.cues import CUE, HEAD_BEFORE, KIN, NOT_A_NAME, PLACE_BEFORE, SIGNED, STRONG, TITLE
from avis.identifiers.folding import Folded
from avis.identifiers.lowered import name_in_lower_case
from avis.identifiers.model import Found
from avis.identifiers.surroundings import is_foreign_name
from avis.identifiers.tokens import PARTICLES, Word, group_at, is_shouted, words_of_text
from avis.identifiers.usage import acts_as_person, after, before, begins_sentence, may_name
from avis.identifiers.vocabulary import (
    asked_names,
    first_names,
    heads,
    innocents,
    is_common,
    plain_words,
    towns,
)

_CAMEL = re.compile(r"(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bLe)(?<=[a-z])[A-Z]")
_PART_OF_NAME = frozenset(
    ("madam", "mama", "aunty", "auntie", "oga", "iya", "baba", "tata", "tonton", "mamie", "papi")
)
"""Titles that people are known by: « Mama Tessy »."""
_CASE_LAW = re.compile(r" (?:c|v|vs)\. [A-Z]")
_ORDINARY_END = re.compile(
    r"(?:[ei]r|oir|tre|ing|tions?|ments?|ite|ites|isme|age|ages|ances?|ences?|ness|ity|ship|ed|ly|ees)$"
)
"""Ends of ordinary words, which begin sentences without an article: « Traduire », « Trafficking »."""
_ABSTRACT = re.compile(r"(?:[ts]ions?|[^tc]ites?|ismes?|[ae]nces?|ness|ments?|iques|theque|logie|graphie)$")
_CALLED = re.compile(r"(?<!\w)(?:with|avec|chez|and|et|brother|friend|frere|ami|called|told|asked) $")
_SECOND_DAY = re.compile(r"(?:day|di|and|et) (?:and|et) $")
_THANKS_TO = re.compile(r" (?:a|aux?) (?:l[ae]|l'|des|une?|mon|ma|mes|nos|notre|cette?|ces)\b")
"""« Grâce à ces ateliers »."""
_LETTER = 1
_ACRONYM = 6


def find_names(folded: Folded, language: str = "") -> Iterator[Found]:
    """Find names of people, and words with a capital that nothing else explains."""
    words = words_of_text(folded)
    shouting = is_shouted(words)
    number = 0
    plain = plain_words()
    while number < len(words):
        if words[number].text in plain:  # most words of a text
            number += 1
            continue
        group = group_at(folded, words, number)
        yield from _judged(folded, group, shouting, language)
        number += len(group)


def _judged(folded: Folded, group: list[Word], shouting: bool, language: str) -> Iterator[Found]:
    if not group[0].capital:
        yield from name_in_lower_case(folded, group[0], language)
        return
    if len(group) > 1 and STRONG.search(before(folded, group[0].start)):
        yield Found(*_span(folded, group), "name", "name_cue")
        return
    while group and _drops(folded, group, shouting):
        group = group[1:]
    while group and _is_plain(group[-1]) and len(group) > 1 and group[-1].lower not in first_names():
        group = group[:-1]
    if not group:
        return
    found = _cued(folded, group) or _named(folded, group, shouting, language)
    if found:
        yield found


def _is_plain(word: Word) -> bool:
    return (
        word.lower in PARTICLES
        or word.lower in innocents()
        or (is_common(word.lower) and word.lower not in asked_names())
    )


def _drops(folded: Folded, group: list[Word], shouting: bool) -> bool:
    """Tell whether the first word of a group is no part of a name: « Hier Amina », « Madame Diallo »."""
    word = group[0]
    if len(group) == 1:
        return False
    if word.lower in first_names() or (word.lower in asked_names() and not is_common(word.lower)):
        return False
    if TITLE.search(folded.lower[max(0, word.start - 2) : group[1].start]):
        return True
    return _is_plain(word) and not (word.lower in heads() and not _first_name(group[1]))


def _first_name(word: Word) -> bool:
    return word.lower in first_names() or word.lower.split("-")[0] in first_names()


def _span(folded: Folded, group: list[Word]) -> tuple[int, int]:
    """Take the initial's dot along: « Osas K. »."""
    end = group[-1].end
    if len(group[-1].text) == _LETTER and folded.text[end : end + 1] == ".":
        end += 1
    return group[0].start, end


def _cued(folded: Folded, group: list[Word]) -> Found | None:
    """Flag a word that stands after a title or after words that name."""
    word, context = group[0], before(folded, group[0].start)
    span = _span(folded, group)
    lone = len(group) == 1
    if (
        CUE.search(context)
        and word.lower not in NOT_A_NAME
        and not (lone and word.lower in innocents() and not STRONG.search(context))
    ):
        return Found(*span, "name", "name_cue")
    title = TITLE.search(context)
    if not title or (
        lone
        and (
            word.lower in innocents()
            or (is_common(word.lower) and not may_name(folded, word.start, word.end))
        )
    ):
        return None
    if (
        lone
        and word.shouted
        and len(word.text) <= _ACRONYM
        and title["title"] in KIN
        and not _first_name(word)
    ):
        return None
    if title["title"] == "m" and not re.search(
        r"(?<![\w'])[Mm]\.? {1,2}$", folded.text[max(0, word.start - 6) : word.start]
    ):
        return None
    if lone and len(word.text) == _LETTER and (word.lower == "i" or title["title"] in KIN - {"m", "me"}):
        return None
    title_start = word.start - len(title[0])
    if title["title"] in _PART_OF_NAME and folded.text[title_start].isupper():
        span = (title_start, span[1])
    return Found(
        *span, "name", "name_title", asked=lone and word.lower in asked_names() and title["title"] in KIN
    )


def _named(folded: Folded, group: list[Word], shouting: bool, language: str) -> Found | None:
    word, span, lone = group[0], _span(folded, group), len(group) == 1
    if len(word.text) == _LETTER and lone:
        return None
    if lone and word.lower in asked_names() and _head(folded, word) is None:
        asks = _asks(folded, word) or is_foreign_name(folded, word.start, word.end, language)
        return Found(*span, "name", "also_a_word", asked=True) if asks else None
    known = any(_first_name(one) for one in group)
    if _in_a_body(folded, group) and not (known and lone and _head(folded, word) is None):
        return None
    if known:
        doubtful = lone and (is_common(word.lower) or word.lower in innocents())
        if doubtful and not (may_name(folded, word.start, word.end) and word.lower not in innocents()):
            return None
        return Found(*span, "name", "first_name", asked=doubtful)
    if all(one.lower in asked_names() or _is_plain(one) for one in group):
        wanted = any(one.lower in asked_names() and not is_common(one.lower) for one in group)
        return (
            Found(*span, "name", "also_a_word", asked=True)
            if wanted and not begins_sentence(folded, word.start)
            else None
        )
    return _unknown(folded, group, span, shouting)


def _asks(folded: Folded, word: Word) -> bool:
    """Tell whether a word that is a name too may be one here."""
    if word.lower == "noel" and before(folded, word.start).endswith("pere "):
        return False
    if word.lower in innocents() and word.lower != "defense":
        # Days and months carry a capital in English: a name only where people act or are called so.
        context = before(folded, word.start)
        called = _CALLED.search(context) and not _SECOND_DAY.search(context)
        return acts_as_person(folded, word.end) or bool(called)
    if word.lower == "grace" and _THANKS_TO.match(after(folded, word.end)):
        return False
    return _is_signature(folded, word) or may_name(folded, word.start, word.end)


def _unknown(folded: Folded, group: list[Word], span: tuple[int, int], shouting: bool) -> Found | None:
    """Judge capitals that no list knows."""
    word = group[0]
    if len(group) == 1 and _explained(folded, word, shouting):
        return None
    shouted = all(one.shouted for one in group)
    if shouted and (shouting or (len(group) > 1 and begins_sentence(folded, word.start))):
        return None
    if _CASE_LAW.match(folded.text, group[-1].end):
        return None  # a judgment's name is public
    if any(_CAMEL.search(one.text) for one in group):
        return None  # « LibreOffice »: a thing that somebody named
    kind = "place" if PLACE_BEFORE.search(before(folded, word.start)) else "name"
    return Found(*span, kind, "capital" if kind == "name" else "capital_place", certainty="possible")


def _explained(folded: Folded, word: Word, shouting: bool) -> bool:
    """Tell whether a capital alone needs no name to explain it: a known word, an acronym, a first word."""
    if word.lower in innocents() or is_common(word.lower) or word.lower in towns():
        return True
    if word.shouted and (shouting or len(word.text) <= _ACRONYM):
        return True
    if any(_is_innocent(part) for part in word.lower.split("-")) or _ABSTRACT.search(word.lower):
        return True
    if not begins_sentence(folded, word.start):
        return False
    return bool(_ORDINARY_END.search(word.lower)) or not acts_as_person(folded, word.end)


def _is_innocent(word: str) -> bool:
    """« Vietnamien », and its feminine and plural forms."""
    return any(word.removesuffix(ending) in innocents() for ending in ("", "s", "es", "ne", "nes"))


def _is_signature(folded: Folded, word: Word) -> bool:
    """Tell a name alone after a dash, at the end of a letter, from the first word of an item."""
    alone = re.match(r" {0,2}[.,]?(?:\n|$)", after(folded, word.end))
    return bool(alone and SIGNED.search(before(folded, word.start)))


def _head(folded: Folded, word: Word) -> str | None:
    found = HEAD_BEFORE.search(before(folded, word.start))
    return found["head"] if found and found["head"] in heads() else None


def _in_a_body(folded: Folded, group: list[Word]) -> bool:
    """Tell the name of a body, a law or a work from somebody's: « association Les Amarres »."""
    if any(one.lower in heads() for one in group[:-1]) or group[0].lower in heads():
        return True
    innocent = [one for one in group if one.lower in innocents() and one.lower not in PARTICLES]
    if len(innocent) * 2 > len(group):
        return True
    return _head(folded, group[0]) is not None
