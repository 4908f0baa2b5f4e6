"""Cells → codes of a codebook's list: one choice, or several joined by a mark that labels may hold too.

A form that lets people write something else puts their words beside the labels, unmarked: what is left over
is their words only where it stands in one piece and nothing in it is a label. What remains open is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from avis.sources.surveys.choices import tidy
from avis.spelling import fold

MOST_STEPS = 5_000
"""Steps spent on one cell; labels that take more to tell apart cannot be told apart by a person either."""

Tokens = tuple[str, ...]


@dataclass(frozen=True)
class Read:
    """A cell, read: its codes in the order of the list, and the words beside them.

    `wrong` is "" or why nothing of the cell can be used: "outside" the list, or "unsure" between readings.
    """

    codes: Tokens = ()
    words: str = field(default="", repr=False)
    wrong: str = ""


class Vocabulary:
    """What may stand in the cells of a question: its codes, and its labels in every language."""

    def __init__(self, choices: pd.DataFrame) -> None:
        labels = [column for column in choices.columns if column.startswith("label_")]
        self.codes = [str(code) for code in choices["code"]]
        pairs = [
            (tidy(str(word)), code)
            for column in (*labels, "code")
            for word, code in zip(choices[column], self.codes, strict=True)
            if str(word).strip()
        ]
        self.exact = _words(pairs)
        self.folded = _words([(fold(word), code) for word, code in pairs])

    def one(self, cell: str) -> str | None:
        """Give the code of a word: as it is written, else whatever its case and accents; "" for two."""
        found = self.exact.get(tidy(cell))
        return self.folded.get(fold(cell)) if found is None else found


def _words(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Give the code of each word; "" where it means two."""
    found = dict(pairs)
    several = pd.DataFrame(pairs, columns=["word", "code"]).drop_duplicates()
    return found | dict.fromkeys(several.loc[several["word"].duplicated(), "word"], "")


def read_one(cell: str, words: Vocabulary, other: str) -> Read:
    """Read a cell of one choice; `other` is the code that admits free words, "" where none does."""
    code = words.one(cell)
    if code:
        return Read((code,))
    if code == "":
        return Read(wrong="unsure")
    return Read((other,), cell) if other else Read(wrong="outside")


def read_joined(cell: str, mark: str, words: Vocabulary, other: str) -> Read:
    """Read a cell of several choices joined by `mark`, the last of which may be free words (`other`).

    >>> form = pd.DataFrame({"code": ["a", "b", "x"], "label_fr": ["Thé, chaud", "Eau", "Autre"]})
    >>> read_joined("Thé, chaud, Eau", ",", Vocabulary(form), "").codes
    ('a', 'b')
    >>> read_joined("Eau, du lait, froid", ",", Vocabulary(form), "x").codes
    ('b', 'x')
    >>> read_joined("Eau, lait", ",", Vocabulary(form), "").wrong
    'outside'
    """
    tokens = tuple(token for token in map(tidy, cell.split(mark)) if token)
    labels = _labels(words, mark)
    whole = _paths(tokens, labels)
    if whole is None or len(whole) > 1 or any("" in codes for codes in whole):
        return Read(wrong="unsure")
    if whole:
        return Read(_sorted(next(iter(whole)), words))
    return _with_words(tokens, mark, labels, words, other) if other else Read(wrong="outside")


def _labels(words: Vocabulary, mark: str) -> dict[Tokens, str]:
    """Cut every label at the mark, as the cells are cut: a label that holds it is several tokens in a row."""
    found: dict[Tokens, str] = {}
    for word, code in words.folded.items():
        tokens = tuple(token for token in map(str.strip, word.split(mark)) if token)
        found[tokens] = code if found.get(tokens, code) == code else ""
    return found


def _paths(tokens: Tokens, labels: Mapping[Tokens, str]) -> set[frozenset[str]] | None:
    """Give the sets of codes that a row of tokens may mean, until two differ; none if it takes too long."""
    plain = tuple(map(fold, tokens))
    longest = max(map(len, labels), default=0)
    found: set[frozenset[str]] = set()
    ways: list[tuple[int, frozenset[str]]] = [(0, frozenset())]
    steps = 0
    while ways and len(found) < 2:
        steps += 1
        if steps > MOST_STEPS:
            return None
        at, used = ways.pop()
        if at == len(plain):
            found.add(used)
            continue
        for end in range(at + 1, min(at + longest, len(plain)) + 1):
            code = labels.get(plain[at:end])
            if code is not None and code not in used:
                ways.append((end, used | {code}))
    return found


def _with_words(
    tokens: Tokens, mark: str, labels: Mapping[Tokens, str], words: Vocabulary, other: str
) -> Read:
    """Read labels first and free words last, if there is one way only to tell where the words begin.

    Only a semicolon or a bar lets the words stand elsewhere: tools that join by commas write them last.
    """
    plain = tuple(map(fold, tokens))
    heads = {label[0] for label in labels if label}
    free = [at for at, token in enumerate(plain) if token not in heads]
    if not free:  # only labels, but one of them twice, or a piece of one: her words cannot be told from ours
        return Read(wrong="unsure")
    start, end = free[0], len(tokens) if mark == "," else free[-1] + 1
    before = _paths(tokens[:start] + tokens[end:], labels)
    if before is None or len(before) != 1 or free != list(range(start, end)):
        return Read(wrong="unsure")
    codes = next(iter(before))
    if "" in codes or other in codes:
        return Read(wrong="unsure")
    joint = f"{mark} " if mark in (",", ";") else mark
    return Read(_sorted(codes | {other}, words), joint.join(tokens[start:end]))


def _sorted(codes: frozenset[str], words: Vocabulary) -> Tokens:
    return tuple(sorted(codes, key=words.codes.index))


def find_mark(cells: Sequence[str], marks: Sequence[str], words: Vocabulary) -> str:
    """Find the mark by which most of the distinct cells are labels alone, then hold most labels.

    >>> form = pd.DataFrame({"code": ["a", "b"], "label_fr": ["Eau", "Thé"]})
    >>> find_mark(["Eau", "du lait, Eau"], [";", ","], Vocabulary(form))
    ','
    """

    def suits(mark: str) -> tuple[int, int]:
        alone = sum(not read_joined(cell, mark, words, "").wrong for cell in cells)
        return alone, sum(fold(token) in words.folded for cell in cells for token in cell.split(mark))

    return max(marks, key=suits)
