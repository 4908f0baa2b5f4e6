"""Names of people: after words that name, by their capital in a sentence, or from the lists of first names.

A word that is also an ordinary one (Blessing, Joy, Claire) is asked, not decided, and only where it may name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from avis.identifiers.folding import Folded
from avis.identifiers.model import Found
from avis.identifiers.usage import acts_as_person, after, before, begins_sentence, may_name
from avis.identifiers.vocabulary import (
    asked_names,
    first_names,
    heads,
    innocents,
    is_common,
    lower_names,
    towns,
)

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?:(?<=\b[NMDO])'[A-Z][^\W\d_]+)?")
_PARTICLES = frozenset(
    ["de", "du", "da", "di", "do", "des", "la", "le", "el", "al", "ben", "bin", "ibn", "abd", "van", "von", "der", "den", "dos", "bint", "ould", "mc", "mac"]
)
_CUE = re.compile(
    r"(?<!\w)(?:(?:s'|m'|t')appel(?:le|ait|lent|ais)|prenommee?|surnommee?|surnom|nommee?|dite|"
    r"alias|a\.?k\.?a\.?|de son vrai nom|vrai nom|prenom|nom de famille|nom|"
    r"my name|her name|his name|their name|named|name(?: is| na|'s)|real name|nickname|"
    r"nicknamed|known as|surname|first name|last name|nee|signee?|signature|signed|bisous|"
    r"(?:dem|they|people|everybody|everyone|we|i|una)(?: dey| just| all)? call(?:s|ed)?(?: me| "
    r"am| her| him)|call(?:s|ed)? (?:me|her|him|am)|is called|was called|called|on (?:m'|l'|la "
    r"|me )appel(?:le|ait)|(?:je suis|i am|i'm) (?=[a-z]))"
    r"(?: (?:is|na|be|c'est|est|etait|was|:|=|\"|par|as|tous|toutes|all))?(?: {0,2}[:=,-])? {1,3}\"? ?$"
)
_STRONG = re.compile(
    r"(?:(?:s'|m'|t')appel(?:le|ait|ais)|prenommee?|surnommee?|(?:my|her|his|im) (?:real |full "
    r"|first )?name (?:is|na|be|was)|(?:dem|they) (?:dey )?call (?:me|am|her|him)|nicknamed|"
    r"known as|prenom (?:est|c'est)|on m'appelle|on l'appelle)"
    r"(?: tous| toutes| all)?(?: {0,2}[:=,-])? {1,3}\"? ?$"
)
_TITLE = re.compile(
    r"(?<!\w)(?P<title>madame|mme|mlle|mademoiselle|monsieur|mr|mrs|ms|miss|mister|aunty|"
    r"auntie|aunt|uncle|mama|mami|mummy|papa|tata|tatie|tonton|oga|madam|sister|brother|sis|"
    r"bro|pastor|pasteur|"
    r"prophet|bishop|chief|reverend|rev|father|pere|soeur|frere|imam|alhaji|alhaja|hajia|"
    r"mallam|docteur|doctor|dr|professeur|prof|pr|maitre|me|juge|judge|agent|brigadier|"
    r"capitaine|lieutenant|commandant|"
    r"commissaire|inspecteur|inspector|officer|major|sergent|sergeant|gardien|surveillante?|"
    r"procureure?|substitut|avocate?|lawyer|educatrice|educateur|assistante|infirmiere|nurse|"
    r"psychologue|interprete|mediatrice|mamie|papi|baba|iya|"
    r"boss|directrice|directeur|presidente|president|copine|copain|amie?|friend|cousine?|"
    r"cousin|soeur|frere|tante|oncle|niece|neveu|mari|husband|wife|femme|fils|fille|son|"
    r"daughter|bebe|baby|voisine?|voisin|neighbour|neighbor|colocataire|roommate|"
    r"collegue|colleague|patronne|patron|boyfriend|girlfriend|fiancee?|ex|m)\.? {1,2}\"? ?$"
)
_KIN = frozenset(
    ["copine", "copain", "ami", "amie", "friend", "cousin", "cousine", "soeur", "frere", "sister", "brother", "tante", "oncle", "niece", "neveu", "mari", "husband", "wife", "femme", "fils", "fille", "son", "daughter", "bebe", "baby", "voisin", "voisine", "neighbour", "neighbor", "colocataire", "roommate", "collegue", "colleague", "patron", "patronne", "boyfriend", "girlfriend", "fiance", "fiancee", "ex", "avocat", "avocate", "lawyer", "interprete", "mediatrice", "psychologue", "infirmiere", "nurse", "educatrice", "educateur", "assistante", "surveillant", "surveillante", "president", "presidente", "directrice", "directeur", "m", "boss", "father", "pere", "me", "major", "agent", "miss"]
)
"""Titles after which a word in lower case is an ordinary one: « ma copine vient »."""
_NOT_A_NAME = frozenset(
    ["comment", "la", "le", "les", "un", "une", "pas", "plus", "je", "tu", "il", "elle", "nous", "vous", "on", "ils", "elles", "et", "ou", "a", "au", "aux", "de", "des", "du", "d", "l", "en", "the", "a", "an", "my", "not", "in", "on", "at", "to", "for", "of", "it", "this", "that", "what", "how", "when", "who", "me", "am", "dem", "us", "you", "her", "him", "them", "his", "police", "help", "back", "again", "every", "everybody", "people", "something", "nothing", "mama", "papa", "madame", "monsieur", "maman", "toujours", "encore", "juste", "ici", "bien", "mal", "tous", "toutes", "toute", "mon", "ma", "ton", "son", "sa", "ses", "leur", "leurs", "moi", "toi", "lui", "comme", "quoi", "qui", "que", "quand", "si", "avec", "sans", "pour", "par", "pres", "chez", "today", "yesterday", "tomorrow", "ambulance", "lawyer", "interpreter", "doctor", "association", "meeting", "name", "names", "nickname", "so", "like", "just", "also", "and", "or", "but", "because", "since", "while", "with", "without", "by", "from", "as", "all", "one", "two"]
)
_HEAD_BEFORE = re.compile(
    r"(?<!\w)(?P<head>[a-z]+)(?: (?:de|du|des|d'|la|le|les|l'|of|the|sur|pour|for|n[o°] ?\d*|"
    r"\"|:))*[ ']{1,2}(?:\" ?)?$"
)
_SIGNED = re.compile(r"(?:^|\n)[ \t]*(?:-{1,3}|~|\"-) {0,2}$")
_PLACE_BEFORE = re.compile(
    r"(?<!\w)(?:vers|depuis|near|jusqu'a|towards|through|via|passer par|passee? par|entre|"
    r"rester a|live in|lived in|stay(?:ed)? in|habite a|habitais a|vivais a|ville de|village "
    r"de|quartier de|nee? a|born in|arrived? (?:in|at)|arrivee? a|cross(?:ed)?|in|inside) {1,2}$"
)
_LETTER = 1
_ACRONYM = 6


@dataclass(frozen=True)
class _Word:
    text: str
    lower: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def shouted(self) -> bool:
        return len(self.text) > 1 and self.text.isupper()


def find_names(folded: Folded) -> Iterator[Found]:
    """Find names of people, and words with a capital that nothing else explains."""
    words = [_Word(found[0], found[0].lower(), *found.span()) for found in _WORD.finditer(folded.text)]
    shouting = _shouted(words)
    number = 0
    while number < len(words):
        group = _group(folded, words, number)
        yield from _judged(folded, group, shouting)
        number += len(group)


def _shouted(words: list[_Word]) -> bool:
    """Tell a text in capitals, where they say nothing."""
    long = [word for word in words if len(word.text) > 2]
    return len(long) > 4 and sum(word.shouted for word in long) > len(long) / 2


def _group(folded: Folded, words: list[_Word], number: int) -> list[_Word]:
    """Take words with capitals that stand together: « Marie-Claire de la Tour », « Osas K. »."""
    group = [words[number]]
    if not words[number].capital:
        return group
    following = number + 1
    while following < len(words):
        word, gap = words[following], folded.text[group[-1].end : words[following].start]
        if gap not in (" ", "  ", "-"):
            break
        if word.capital or (word.lower in _PARTICLES and _capital_after(folded, words, following)):
            group.append(word)
        else:
            break
        following += 1
    return group


def _capital_after(folded: Folded, words: list[_Word], number: int) -> bool:
    following = words[number + 1 : number + 3]
    place = words[number].end
    for word in following:
        if folded.text[place : word.start] not in (" ", "'", ""):
            return False
        if word.capital:
            return True
        if word.lower not in _PARTICLES:
            return False
        place = word.end
    return False


def _judged(folded: Folded, group: list[_Word], shouting: bool) -> Iterator[Found]:
    if not group[0].capital:
        yield from _lower(folded, group[0])
        return
    while group and _drops(folded, group, shouting):
        group = group[1:]
    while group and _is_plain(group[-1]) and len(group) > 1 and group[-1].lower not in first_names():
        group = group[:-1]
    if not group:
        return
    found = _cued(folded, group) or _named(folded, group, shouting)
    if found:
        yield found


def _is_plain(word: _Word) -> bool:
    return (
        word.lower in _PARTICLES
        or word.lower in innocents()
        or (is_common(word.lower)
        and word.lower not in asked_names())
    )


def _drops(folded: Folded, group: list[_Word], shouting: bool) -> bool:
    """Tell whether the first word of a group is no part of a name: « Hier Amina », « Madame Diallo »."""
    word = group[0]
    if len(group) == 1:
        return False
    if word.lower in first_names() or (word.lower in asked_names() and not is_common(word.lower)):
        return False
    if _TITLE.search(folded.lower[max(0, word.start - 2) : group[1].start]):
        return True
    return _is_plain(word) and not (word.lower in heads() and not _first_name(group[1]))


def _first_name(word: _Word) -> bool:
    return word.lower in first_names() or word.lower.split("-")[0] in first_names()


def _span(folded: Folded, group: list[_Word]) -> tuple[int, int]:
    """Take the initial's dot along: « Osas K. »."""
    end = group[-1].end
    if len(group[-1].text) == _LETTER and folded.text[end : end + 1] == ".":
        end += 1
    return group[0].start, end


def _cued(folded: Folded, group: list[_Word]) -> Found | None:
    """Flag a word that stands after a title or after words that name."""
    word, context = group[0], before(folded, group[0].start)
    span = _span(folded, group)
    lone = len(group) == 1
    if (
        _CUE.search(context)
        and word.lower not in _NOT_A_NAME
        and not (lone and word.lower in innocents() and not _STRONG.search(context))
    ):
        return Found(*span, "name", "name_cue")
    title = _TITLE.search(context)
    if not title or (
        lone
        and (
            word.lower in innocents() or (is_common(word.lower) and not may_name(folded, word.start, word.end))
        )
    ):
        return None
    if (
        lone
        and word.shouted
        and len(word.text) <= _ACRONYM
        and title["title"] in _KIN
        and not _first_name(word)
    ):
        return None
    if title["title"] == "m" and not re.search(
        r"(?<![\w'])[Mm]\.? {1,2}$", folded.text[max(0, word.start - 6) : word.start]
    ):
        return None
    if lone and len(word.text) == _LETTER and title["title"] in _KIN - {"m", "me"}:
        return None
    return Found(
        *span, "name", "name_title", asked=lone and word.lower in asked_names() and title["title"] in _KIN
    )


def _named(folded: Folded, group: list[_Word], shouting: bool) -> Found | None:
    word, span, lone = group[0], _span(folded, group), len(group) == 1
    if len(word.text) == _LETTER and lone:
        return None
    known = any(_first_name(one) for one in group)
    if _in_a_body(folded, group) and not (known and lone and _head(folded, word) is None):
        return None
    if lone and word.lower in asked_names():
        return Found(*span, "name", "also_a_word", asked=True) if _asks(folded, word) else None
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


def _asks(folded: Folded, word: _Word) -> bool:
    if word.lower in innocents() and word.lower not in ("defense",):
        # Days and months carry a capital in English: a name only where people act or are called so.
        context = before(folded, word.start)
        return (
            acts_as_person(folded, word.end)
            or (bool(
                re.search(
                    r"(?<!\w)(?:with|avec|chez|and|et|"
                    r"brother|"
                    r"friend|"
                    r"frere|"
                    r"ami|"
                    r"called|"
                    r"told|"
                    r"asked) $",
                    context,
                )
            )
            and not re.search(r"(?:day|di|and|et) (?:and|et) $", context))
        )
    if (
        re.match(
            r" (?:a|aux?) (?:l[ae]|l'|des|une?|mon|ma|mes|nos|notre|cette?|ces)\b", after(folded, word.end)
        )
        and word.lower == "grace"
    ):
        return False
    return may_name(folded, word.start, word.end)


def _unknown(folded: Folded, group: list[_Word], span: tuple[int, int], shouting: bool) -> Found | None:
    """Judge capitals that no list knows."""
    word, lone = group[0], len(group) == 1
    first = begins_sentence(folded, word.start)
    if lone and (word.lower in innocents() or is_common(word.lower) or word.lower in towns()):
        return None
    if lone and word.shouted and (shouting or len(word.text) <= _ACRONYM):
        return None
    if shouting and all(one.shouted for one in group):
        return None
    if any(part in innocents() for part in word.lower.split("-")) and lone:
        return None
    if (
        first
        and lone
        and not (acts_as_person(folded, word.end) or _SIGNED.search(before(folded, word.start)))
    ):
        return None
    if first and not lone and all(one.shouted for one in group):
        return None
    kind = "place" if _PLACE_BEFORE.search(before(folded, word.start)) else "name"
    return Found(*span, kind, "capital" if kind == "name" else "capital_place", certainty="possible")


def _head(folded: Folded, word: _Word) -> str | None:
    found = _HEAD_BEFORE.search(before(folded, word.start))
    return found["head"] if found and found["head"] in heads() else None


def _in_a_body(folded: Folded, group: list[_Word]) -> bool:
    """Tell the name of a body, a law or a work from somebody's: « association Les Amarres », « Cour de cassation »."""
    if any(one.lower in heads() for one in group[:-1]) or group[0].lower in heads():
        return True
    if sum(one.lower in innocents() for one in group if one.lower not in _PARTICLES) * 2 > len(group):
        return True
    return _head(folded, group[0]) is not None


def _lower(folded: Folded, word: _Word) -> Iterator[Found]:
    """Flag a first name without a capital, and any word after « s'appelle » or « my name na »."""
    if word.lower in lower_names():
        yield Found(word.start, word.end, "name", "first_name_lower")
        return
    if len(word.text) < 3 or word.lower in _NOT_A_NAME:
        return
    context = before(folded, word.start)
    if _STRONG.search(context) and (not is_common(word.lower) or word.lower in asked_names()):
        yield Found(word.start, word.end, "name", "name_cue", asked=word.lower in asked_names())
        return
    title = _TITLE.search(context)
    listed = word.lower in first_names() or word.lower in asked_names()
    if title and title["title"] not in _KIN and not is_common(word.lower) and word.lower not in innocents():
        if listed or title["title"] in (
            "aunty",
            "auntie",
            "oga",
            "mme",
            "pastor",
            "mama",
            "tata",
            "tonton",
            "iya",
            "maitre",
            "madame",
        ):
            yield Found(word.start, word.end, "name", "name_title", asked=not listed)
    elif title and word.lower in first_names() and not is_common(word.lower):
        yield Found(word.start, word.end, "name", "name_title")
