"""The words of a text, and those with capitals that stand together."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from avis.identifiers.folding import Folded
from avis.identifiers.vocabulary import cue_words

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?:(?<=\b[NMDO])'[A-Z][^\W\d_]+)?")
PARTICLES = cue_words("particles")


@dataclass(slots=True)
class Word:
    """A word of the folded text and where it stands."""

    text: str = field(repr=False)
    lower: str = field(repr=False)
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()

    @property
    def shouted(self) -> bool:
        """Whether it has capitals only."""
        return len(self.text) > 1 and self.text.isupper()


def words_of_text(folded: Folded) -> list[Word]:
    """Give the words in their order: letters, with hyphens and « N'Diaye » kept together."""
    return [Word(found[0], found[0].lower(), *found.span()) for found in _WORD.finditer(folded.text)]


def is_shouted(words: list[Word]) -> bool:
    """Tell a text in capitals, where they say nothing."""
    long = [word for word in words if len(word.text) > 2]
    return len(long) > 4 and sum(word.shouted for word in long) > len(long) / 2


def group_at(folded: Folded, words: list[Word], number: int) -> list[Word]:
    """Take words with capitals that stand together: « Marie-Claire de la Tour », « Osas K. »."""
    group = [words[number]]
    if not words[number].capital:
        return group
    following = number + 1
    while following < len(words):
        word, gap = words[following], folded.text[group[-1].end : words[following].start]
        if gap not in (" ", "  ", "-"):
            break
        if word.capital or (word.lower in PARTICLES and _capital_after(folded, words, following)):
            group.append(word)
        else:
            break
        following += 1
    return group


def _capital_after(folded: Folded, words: list[Word], number: int) -> bool:
    following = words[number + 1 : number + 3]
    place = words[number].end
    for word in following:
        if folded.text[place : word.start] not in (" ", "'", ""):
            return False
        if word.capital:
            return True
        if word.lower not in PARTICLES:
            return False
        place = word.end
    return False
