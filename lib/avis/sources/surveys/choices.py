"""Cells → codes of a list: as codes or as labels in any language, one choice or several in a cell."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence

import pandas as pd

MOST_STEPS = 10_000
"""Steps spent on one cell; labels that take more to tell apart cannot be told apart by a person either."""

Reading = Mapping[str, str]
"""One way to read cells: what may stand there → code; "" where it would be two codes."""
Codes = tuple[str, ...]
Resolved = Codes | None
"""The codes of a cell, in the order of the list; none where it is no choice, `AMBIGUOUS` where several."""
AMBIGUOUS: Codes = ("",)


def tidy(text: str) -> str:
    """Write a label one way: composed letters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def readings(choices: pd.DataFrame) -> list[Reading]:
    """Give the ways to read a list: by code, then by label in each language of the form.

    An « other » added by Kobo is exported by its code even among labels, so every reading knows it.
    """
    codes = {code: code for code in choices["code"]}
    found: list[Reading] = [codes]
    for column in (column for column in choices.columns if column.startswith("label_")):
        labels: dict[str, str] = {}
        for code, label, added in zip(choices["code"], choices[column], choices["added"], strict=True):
            word = tidy(label) or tidy(code)
            labels[word] = code if labels.get(word, code) == code else ""
            if added:
                labels.setdefault(code, code)
        found.append(labels)
    return found


def resolve(
    cells: Sequence[str], ways: Sequence[Reading], read: Callable[[str, Reading], Resolved]
) -> list[Resolved]:
    """Resolve distinct cells by the one reading that suits most of them, the others helping out.

    A file is written in one language; what one reading leaves open may be an « other » kept as a code.
    """
    tried = [[read(cell, way) for cell in cells] for way in ways]
    order = sorted(range(len(ways)), key=lambda n: -sum(found is not None for found in tried[n]))
    return [next((tried[n][at] for n in order if tried[n][at] is not None), None) for at in range(len(cells))]


def read_one(cell: str, way: Reading) -> Resolved:
    """Read a cell that holds one choice.

    >>> read_one("Oui", {"Oui": "oui"}), read_one("Peut-être", {"Oui": "oui"})
    (('oui',), None)
    """
    code = way.get(tidy(cell))
    return None if code is None else (code,)


def read_several(cell: str, way: Reading) -> Resolved:
    """Read a cell that holds choices joined by spaces, each at most once; labels may hold spaces themselves.

    >>> read_several("Jules César Tibère", {"Jules César": "julius", "Tibère": "tiberius"})
    ('julius', 'tiberius')
    >>> read_several("A B", {"A": "a", "B": "b", "A B": "ab"}) == AMBIGUOUS
    True
    """
    codes = read_ranked(cell, way)
    if codes is None or codes == AMBIGUOUS:
        return codes
    return tuple(sorted(codes, key=list(way.values()).index))


def read_ranked(cell: str, way: Reading) -> Resolved:
    """Read choices joined by spaces and keep the order in which they stand: a ranking.

    >>> read_ranked("Tibère Jules César", {"Jules César": "julius", "Tibère": "tiberius"})
    ('tiberius', 'julius')
    """
    found = _segmentations(tidy(cell), way)
    if found is None or len(found) > 1 or any("" in codes for codes in found):
        return AMBIGUOUS
    return next(iter(found.values()), None)


def _next(text: str, at: int, word: str) -> int:
    """Give where the next word would begin if `word` stands here; -1 if it does not."""
    end = at + len(word)
    whole = word and text.startswith(word, at) and (end == len(text) or text[end] == " ")
    return end + 1 if whole else -1


def _leads_to_the_end(text: str, words: Reading) -> set[int]:
    good = {len(text) + 1}
    starts = [0, *(at + 1 for at, letter in enumerate(text) if letter == " ")]
    for at in reversed(starts):
        if any(_next(text, at, word) in good for word in words):
            good.add(at)
    return good


def _segmentations(text: str, way: Reading) -> dict[frozenset[str], Codes] | None:
    """Give the sets of codes that a text may mean, until two differ; none if it takes too long."""
    good, found, steps = _leads_to_the_end(text, way), dict[frozenset[str], Codes](), 0
    open_ways: list[tuple[int, Codes]] = [(0, ())] if 0 in good else []
    while open_ways and len(found) < 2:
        steps += 1
        at, used = open_ways.pop()
        if steps > MOST_STEPS:
            return None
        if at > len(text):
            found.setdefault(frozenset(used), used)
            continue
        after = ((_next(text, at, word), code) for word, code in way.items() if code not in used)
        open_ways.extend((end, (*used, code)) for end, code in after if end in good)
    return found
