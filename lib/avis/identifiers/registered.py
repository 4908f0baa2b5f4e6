"""Names and places of the register, found in a text in any spelling, and those that differ by one letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from avis.identifiers.folding import Folded
from avis.identifiers.model import Found
from avis.identifiers.people import Known, Words
from avis.identifiers.usage import may_name
from avis.identifiers.vocabulary import is_also_a_word, is_common, is_function_word

_WORD = re.compile(r"[^\W_]+")
_MOST_BETWEEN = 3
"""Characters between two words of one name: a hyphen, a space, a line break, an apostrophe."""
_BETWEEN = re.compile(r"[\s'._-]*")
NEAR_FROM = 6
"""Letters from which one of them may differ: « Amina » and « Anina » are two names."""

_Index = dict[str, list[tuple[Words, str]]]


def find_known(folded: Folded, known: Known) -> Iterator[Found]:
    """Find every name and place of the register, each with the codes that it may stand for."""
    if not known:
        return
    index, near = _indexed(_Same(known))
    words = [(found[0], found.start(), found.end()) for found in _WORD.finditer(folded.lower)]
    for number, (word, start, _end) in enumerate(words):
        best = 0
        for wanted, kind in index.get(word, ()):
            length = _length(folded, words, number, wanted)
            if length > best:
                best = length
                end = words[number + length - 1][2]
                if not (is_function_word(word) and length == 1 and not may_name(folded, start, end)):
                    yield _found(folded, known, wanted, kind, start, end)
        if not best and (wanted_near := _near(word, near)) and not is_common(word):
            names = known.people if wanted_near[1] == "known_person" else known.places
            facts = _codes(names, wanted_near[0])
            yield Found(start, _end, wanted_near[1], "near_register", asked=True, facts=facts)


class _Same:
    """A register as a key of the memo: by what it is, since its tables cannot be hashed."""

    def __init__(self, known: Known) -> None:
        self.known = known

    def __hash__(self) -> int:
        return id(self.known)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.known is other.known


@lru_cache(maxsize=4)
def _indexed(same: _Same) -> tuple[_Index, dict[str, tuple[Words, str]]]:
    index: _Index = {}
    near: dict[str, tuple[Words, str]] = {}
    for kind, names in (("known_person", same.known.people), ("known_place", same.known.places)):
        for words in names:
            index.setdefault(words[0], []).append((words, kind))
            joined = "".join(words)
            if len(words) > 1:  # « Marieclaire » for « Marie-Claire »
                index.setdefault(joined, []).append((words, kind))
            elif len(joined) >= NEAR_FROM and joined.isalpha():
                for variant in _without_one(joined):
                    near.setdefault(variant, (words, kind))
    return index, near


def _length(folded: Folded, words: list[tuple[str, int, int]], number: int, wanted: Words) -> int:
    """Count the words of the text that are this name; 0 where they are not."""
    if words[number][0] == "".join(wanted):
        return 1
    last = number + len(wanted)
    if last > len(words) or tuple(word for word, _, _ in words[number:last]) != wanted:
        return 0
    for (_, _, end), (_, start, _) in zip(words[number : last - 1], words[number + 1 : last], strict=True):
        if start - end > _MOST_BETWEEN or not _BETWEEN.fullmatch(folded.text, end, start):
            return 0
    return len(wanted)


def _found(folded: Folded, known: Known, wanted: Words, kind: str, start: int, end: int) -> Found:
    names: Mapping[Words, tuple[str, ...]] = known.people if kind == "known_person" else known.places
    facts = _codes(names, wanted)
    word = folded.lower[start:end]
    ordinary = len(wanted) == 1 and (is_also_a_word(word) or is_common(word))
    if ordinary and not may_name(folded, start, end):
        return Found(start, end, kind, "register_word", asked=True, facts=facts)
    return Found(start, end, kind, "register", certainty="certain", facts=facts)


def _codes(names: Mapping[Words, tuple[str, ...]], wanted: Words) -> tuple[tuple[str, str], ...]:
    codes = ", ".join(code for code in names[wanted] if code)
    return (("code", codes),) if codes else ()


def _near(word: str, near: Mapping[str, tuple[Words, str]]) -> tuple[Words, str] | None:
    if len(word) < NEAR_FROM - 1 or not word.isalpha() or not near:
        return None
    return next((near[variant] for variant in _without_one(word) if variant in near), None)


def _without_one(word: str) -> set[str]:
    """Give a word and all its forms with one letter less: words that share one are near."""
    return {word, *(word[:number] + word[number + 1 :] for number in range(1, len(word)))}
