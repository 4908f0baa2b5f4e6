"""What an edition may say for its audience: what people allowed or adopted, the group's own texts, our words.

A passage, a title or a label that copies a run of somebody's raw words is no licence to print them: that run
stays wanted. Nor is one that holds an e-mail or a telephone: only `contacts` is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from avis.evaluation import Evaluation
from avis.exhibits import Audience, Exhibits
from avis.i18n import LANGUAGES, words
from avis.release.holds import passages_in, worded_in
from avis.scanning.words import words_of

LONGEST = 9
"""Words in a row that a text shares with somebody's raw words by chance or by a common turn, at most."""
_ROOMS = ("report", "release", "common")


def allowed_texts(
    opened: Evaluation, exhibits: Exhibits, audience: Audience, raw: Iterable[str]
) -> tuple[str, ...]:
    """Give every text that may stand in an edition for an audience, each once."""
    agreed = [text for _, _, text in worded_in(exhibits, audience)]
    house = [
        text for room in _ROOMS for lang in LANGUAGES for text in strings_in(words(room, lang), audience)
    ]
    copied = _runs(raw) - _runs([*agreed, *house])
    settings = strings_in(msgspec.to_builtins(opened.settings), audience)
    passages = (text for _, text in passages_in(opened.folders))
    others = (*strings_in(exhibits, audience), *settings, *passages)
    written = (part for text in dict.fromkeys(others) for part in _without(text, copied))
    return tuple(dict.fromkeys(text for text in (*agreed, *house, *written) if text.strip()))


def contacts(opened: Evaluation) -> tuple[str, ...]:
    """Give what says how to reach the association: its telephone and addresses may stand, nobody else's."""
    settings = opened.settings
    told = (settings.removal_contact, settings.processing.contact, settings.processing.officer)
    return tuple(dict.fromkeys(text for words in told for text in words.values() if text.strip()))


def strings_in(node: object, audience: Audience) -> Iterator[str]:
    """Give every text of a record, however deep, but for what other audiences alone may read.

    >>> list(strings_in({"a": ("x", {"b": "y"}), "c": 3}, "public"))
    ['x', 'y']
    """
    if isinstance(node, str):
        yield node
    elif isinstance(node, msgspec.Struct):
        if audience in getattr(node, "audiences", (audience,)):
            for name in node.__struct_fields__:
                yield from strings_in(getattr(node, name), audience)
    else:
        values: Any = (
            node.values() if isinstance(node, dict) else node if isinstance(node, tuple | list) else ()
        )
        for value in values:
            yield from strings_in(value, audience)


def _runs(texts: Iterable[str]) -> set[tuple[str, ...]]:
    return {run for text in texts for run in _windows(words_of(text))}


def _windows(said: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(said[at:] for at in range(LONGEST)), strict=False)


def _without(text: str, copied: set[tuple[str, ...]]) -> Iterator[str]:
    """Give a text in parts, without the runs that copy somebody's words.

    >>> run = tuple("a b c d e f g h i".split())
    >>> list(_without("x y a b c d e f g h i z", {run}))
    ['x y', 'z']
    """
    said = words_of(text)
    gone = [False] * len(said)
    for at, run in enumerate(_windows(said)):
        if run in copied:
            gone[at : at + LONGEST] = [True] * LONGEST
    part: list[str] = []
    for word, out in zip(said, gone, strict=True):
        if not out:
            part.append(word)
        elif part:
            yield " ".join(part)
            part = []
    if part:
        yield " ".join(part)
