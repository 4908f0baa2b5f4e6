"""Names without a capital: first names, words after « s'appelle », ties and titles, in another language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from avis.identifiers.cues import KIN, NOT_A_NAME, STRONG, TITLE
from avis.identifiers.folding import Folded
from avis.identifiers.model import Found
from avis.identifiers.surroundings import is_foreign_name, language_around
from avis.identifiers.tokens import Word
from avis.identifiers.usage import acts_as_person, after, before, follows_article
from avis.identifiers.vocabulary import (
    asked_names,
    cue_words,
    describing_names,
    first_names,
    innocents,
    is_common,
    lower_names,
)

_SHORTEST = 3
_NAMING = cue_words("naming_titles")
"""Titles that a name follows nearly always: « aunty », « oga », « madame »."""
_SPOKEN_OF = re.compile(
    r"(?<!\w)(?:avec|chez|with|contacter?z?|appelle[rz]?|tell|ask(?:ed)?|told|call|see|saw|met|follow|help|"
    r"and|et|demande a|dit a|parle a|parler a|dis a|merci a|et a|rencontre|vu)[ ']$"
)
_SENTENCE_ENDED = re.compile(r"(?:^|[.!?]\"? {0,2}\n?|\n[ >-]{0,4}\n)[ >-]{0,4}$")
"""Not any new line: texts are wrapped in the middle of sentences."""
_MAY_COME = re.compile(r" {1,2}(?:dey|don|is|was)(?!\w)")
"""What words do as people do."""
_THANKS_TO = re.compile(r" {1,2}(?:a|aux?)(?!\w)")
_ENGLISH_VERB = re.compile(
    r" {1,2}(?:dey|don|go|come|no|na|say|talk|tell|told|said|is|was|has|had|will|get|want|sabi)(?!\w)"
)


def name_in_lower_case(folded: Folded, word: Word, language: str = "") -> Iterator[Found]:
    """Flag a first name without a capital, and any word that stands where names do."""
    if word.lower in lower_names():
        yield Found(word.start, word.end, "name", "first_name_lower")
        return
    asked = word.lower in asked_names()
    if len(word.text) < _SHORTEST or word.lower in NOT_A_NAME or (is_common(word.lower) and not asked):
        return
    context = before(folded, word.start)
    if STRONG.search(context):
        yield Found(word.start, word.end, "name", "name_cue", asked=asked)
    elif title := TITLE.search(context):
        yield from _after_title(folded, word, title["title"], language)
    elif asked:
        foreign = is_foreign_name(folded, word.start, word.end, language) and _stands_as_name(folded, word)
        if foreign or _acts_undescribed(folded, word):
            yield Found(word.start, word.end, "name", "also_a_word", asked=True)
    elif word.lower in first_names():
        if _stands_as_name(folded, word):
            yield Found(word.start, word.end, "name", "first_name_lower", asked=True)
    elif _acts_first(folded, word):
        yield Found(word.start, word.end, "name", "acts", asked=True, certainty="possible")


def _after_title(folded: Folded, word: Word, title: str, language: str) -> Iterator[Found]:
    asked = word.lower in asked_names()
    if word.lower in innocents() or (word.lower == "grace" and _THANKS_TO.match(after(folded, word.end))):
        return
    if asked:
        if word.lower not in describing_names() and title not in ("m", "me"):
            yield Found(word.start, word.end, "name", "name_title", asked=True)
    elif word.lower in first_names():
        yield Found(word.start, word.end, "name", "name_title")
    elif title in _NAMING or (title in KIN and _follows_tie_in_english(folded, word, language)):
        yield Found(word.start, word.end, "name", "name_title", asked=True)


def _follows_tie_in_english(folded: Folded, word: Word, language: str) -> bool:
    """« my sister osaruyi dey wait »: English puts what describes before the tie, and the name after it."""
    if len(word.text) <= _SHORTEST or not _ENGLISH_VERB.match(after(folded, word.end)):
        return False
    return language_around(folded, word.start, word.end, language) == "en"


def _acts_first(folded: Folded, word: Word) -> bool:
    """« bisilola a pris la parole »: an unknown word without an article that begins a sentence, and acts."""
    if len(word.text) <= _SHORTEST or word.lower in innocents() or not acts_as_person(folded, word.end):
        return False
    return bool(_SENTENCE_ENDED.search(before(folded, word.start)))


def _acts_undescribed(folded: Folded, word: Word) -> bool:
    """« patience told me », and not « la patience a payé » nor « peace don come »."""
    if word.lower in describing_names() or follows_article(folded, word.start):
        return False
    if word.lower == "grace" and _THANKS_TO.match(after(folded, word.end)):
        return False
    return acts_as_person(folded, word.end) and not _MAY_COME.match(folded.lower, word.end)


def _stands_as_name(folded: Folded, word: Word) -> bool:
    """Tell whether somebody is spoken of, or acts."""
    if acts_as_person(folded, word.end):
        return True
    return bool(_SPOKEN_OF.search(before(folded, word.start)))
