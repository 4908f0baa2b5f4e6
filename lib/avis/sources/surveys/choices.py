"""Cells → codes of a list: as codes or as labels in any language, one choice or several in a cell."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import pandas as pd

CODES = ""
"""The way to write choices by their codes; the others are called by the language of the labels."""
MOST_VOTES = 200
"""Distinct cells of a column that are asked how their file is written."""
MOST_STEPS = 10_000
"""Steps spent on one cell; labels that take more to tell apart cannot be told apart by a person either."""

Reading = Mapping[str, str]
"""One way to read cells: what may stand there → code; "" where it would be two codes."""
Codes = tuple[str, ...]
Resolved = Codes | None
"""The codes of a cell, in the order of the list; none where it is no choice, `AMBIGUOUS` where several."""
Reader = Callable[[str, Reading], Resolved]
AMBIGUOUS: Codes = ("",)


def tidy(text: str) -> str:
    """Write a label one way: composed letters, single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def readings(choices: pd.DataFrame) -> dict[str, Reading]:
    """Give the ways to read a list: by code (CODES), then by label in each language that the list has.

    An « other » added by Kobo is exported by its code even among labels, so every reading knows it.
    """
    found: dict[str, Reading] = {CODES: {code: code for code in choices["code"]}}
    for column in (str(column) for column in choices.columns if str(column).startswith("label_")):
        labels: dict[str, str] = {}
        for code, label, added in zip(choices["code"], choices[column], choices["added"], strict=True):
            word = tidy(label) or tidy(code)
            labels[word] = code if labels.get(word, code) == code else ""
            if added:
                labels.setdefault(code, code)
        if (choices[column] != "").any():
            found[column.removeprefix("label_")] = labels
    return found


def votes_of(cells: Sequence[str], ways: Mapping[str, Reading], read: Reader) -> list[frozenset[str]]:
    """Give, for each cell that not every way can read, the ways that can: what a column speaks for."""
    read_by = (frozenset(name for name, way in ways.items() if read(cell, way) is not None) for cell in cells)
    return [names for names in read_by if 0 < len(names) < len(ways)]


def decide(votes: Sequence[frozenset[str]], headers: Mapping[str, int]) -> frozenset[str]:
    """Decide how a file writes choices: by its cells, then by its headers; several ways where nothing tells.

    A file is written in one way. Cells that speak against the way of most leave that of the headers open.

    >>> sorted(decide([frozenset({"fr"}), frozenset({"fr", "en"})], {}))
    ['fr']
    >>> sorted(decide([], {"": 3})), sorted(decide([], {"fr": 1, "en": 1}))
    ([''], ['en', 'fr'])
    """
    cells = Counter(name for names in votes for name in names)
    most, told = _most(cells), _most(headers)
    if not most:
        return told
    agreed = most & told or most
    if len(agreed) == 1 and any(not names & agreed for names in votes):
        return agreed | told
    return agreed


def _most(counted: Mapping[str, int]) -> frozenset[str]:
    best = max(counted.values(), default=0)
    return frozenset(name for name, n in counted.items() if n == best and n)


def resolve(
    cells: Sequence[str], ways: Mapping[str, Reading], read: Reader, first: frozenset[str] | None = None
) -> list[Resolved]:
    """Resolve distinct cells by the ways of their file (`first`; none: see `decide`), the others helping out.

    What one way leaves open may be an « other » kept as a code. A cell that two ways on a par read
    differently is AMBIGUOUS.
    """
    chosen = decide(votes_of(cells[:MOST_VOTES], ways, read), {}) if first is None else first
    before = [way for name, way in ways.items() if name in chosen] or list(ways.values())
    after = [way for name, way in ways.items() if name not in chosen]
    return [_agreed(cell, before, read) or _agreed(cell, after, read) for cell in cells]


def _agreed(cell: str, ways: Sequence[Reading], read: Reader) -> Resolved:
    found = {codes for way in ways if (codes := read(cell, way)) is not None}
    return next(iter(found), None) if len(found) < 2 else AMBIGUOUS


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
