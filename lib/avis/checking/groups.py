"""Groups of people of which the tables hide something, and the sentences that are about one of them.

« Toutes les personnes de plus de 60 ans » tells a number wherever it stands, though nothing in the sentence
names the table. So the rows of what is hidden are looked for: an age, a place, a kind of people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from avis.checking.numerals import numerals
from avis.exhibits import Table, Value
from avis.i18n import language, pick
from avis.spelling import fold

AGE = "age_band"
_OLD_OR_YOUNG = re.compile(
    r"\b(?:ainee?s?|agees?|jeunes?|retraitee?s?|vieux|vieilles?|elderly|elders|seniors|old(?:er|est)|"
    r"young(?:er|est)?|retired)\b"
)
"""What a band of ages is called in a sentence."""
_BEFORE = re.compile(
    r"(?:\b(?:les|des|aux|nos|celles|ceux)\s+(?:plus|moins)\s+de|\bagee?s?\s+(?:de|d')|"
    r"\b(?:over|under|above|below|aged|older\s+than|younger\s+than))\s*$"
)
_OTHER = re.compile(
    r"\s*(?:[€%]|(?:people|women|men|girls?|boys?|members?|children|euros?|hours?|days?|weeks?|months?|times?|"
    r"minutes?|km|personnes?|femmes?|hommes?|membres?|enfants?|jours?|mois|semaines?|heures?|fois)\b)"
)
_AFTER = re.compile(r"\s*(?:ans\b|years?\b|et plus\b|and (?:over|above|older|more)\b|or (?:over|older)\b|\+)")
_SMALL = (
    "de",
    "des",
    "du",
    "la",
    "le",
    "les",
    "et",
    "ou",
    "en",
    "the",
    "of",
    "and",
    "or",
    "in",
    "ans",
    "plus",
    "moins",
)
_NEXT = 1
"""« Plus de 60 ans » begins where « 46-59 » ends."""
_BANDS = (3, 120)


@dataclass(frozen=True)
class Group:
    """The people of a row of which something is hidden."""

    title: str
    """Of the table."""
    ages: frozenset[int]
    words: frozenset[str]
    """Words that a sentence about them has, all of them."""
    aged: bool = False

    def named_in(self, sentence: str) -> bool:
        """Tell whether a sentence is about these people.

        >>> old = Group("x", frozenset({60}), frozenset(), aged=True)
        >>> [old.named_in(text) for text in ("les plus de 60 ans", "nos aînées", "60 chaises", "over sixty")]
        [True, True, False, True]
        """
        told = fold(sentence)
        found = set(re.findall(r"\w+", told))
        if self.aged and _OLD_OR_YOUNG.search(told):
            return True
        if any(age in self.ages for age in _ages(told)):
            return True
        return bool(self.words) and all(_has(found, word) for word in self.words)


def groups_of(table: Table) -> Iterator[Group]:
    """Give the groups of which a table hides something; the answers to a question are no groups of people."""
    title = pick(table.title, language())[0]
    hidden = {pair for cell in table.cells if cell.status == "hidden" for pair in cell.where}
    for dimension in table.dimensions:
        if dimension.id in table.subject.split("."):
            continue
        for value in dimension.values:
            if (dimension.id, value.id) in hidden and value.role == "choice":
                yield from _groups(title, value, dimension.id == AGE)


def _groups(title: str, value: Value, aged: bool) -> Iterator[Group]:
    for label in {*map(fold, value.label.values())}:
        known = re.findall(r"\d+|[^\W\d]+", label)
        if aged:
            ends = [int(word) for word in known if word.isdigit()]
            near = {age + step for age in ends for step in (-_NEXT, 0, _NEXT)}
            yield Group(title, frozenset(near), frozenset(), aged=True)
        else:
            words = frozenset(word for word in known if word not in _SMALL)
            if any(len(word) > 2 for word in words):
                yield Group(title, frozenset(), words)


def _has(found: set[str], word: str) -> bool:
    """Tell whether a sentence has a word, in the singular or the plural."""
    return word in found or any(one.rstrip("sx") == word.rstrip("sx") for one in found if len(one) > 2)


def _ages(told: str) -> Iterator[int]:
    digits = ((int(m.group()), m.start(), m.end()) for m in re.finditer(r"(?<!\w)\d{1,3}(?!\w)", told))
    letters = ((one.n, one.start, one.end) for one in numerals(told))
    for n, start, end in (*digits, *letters):
        plain = _BEFORE.search(told[:start]) and not _OTHER.match(told, end)
        if _BANDS[0] <= n <= _BANDS[1] and (plain or _AFTER.match(told, end)):
            yield n
