"""How long an answer is: the words that somebody wrote, in the body, as those who set a limit count them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import singledispatch

from avis.report.document import (
    Aside,
    Block,
    Heading,
    Items,
    Numbered,
    Paragraph,
    Saying,
    Sign,
    Telling,
    Words,
)
from avis.report.outline import plain, walk


def count_words(text: str) -> int:
    """Count what stands between spaces and holds a letter or a digit: French marks apart are no words.

    >>> count_words("Trop tôt : l’accueil ferme à 17 h !")
    7
    """
    return sum(any(sign.isalnum() for sign in part) for part in text.split())


def length(blocks: Iterable[Block]) -> int:
    """Count the words of a body: headings, paragraphs, lists, quotes and adopted texts.

    Questions copied from the call, tables, charts and facts are not the writer's words, and are left out.
    """
    return sum(count_words(text) for block in blocks for text in texts_of(block))


@singledispatch
def texts_of(_: object) -> Iterator[str]:
    """Give the texts of a block that count, each whole."""
    yield from ()


@texts_of.register
def _(block: Heading | Paragraph | Numbered | Sign) -> Iterator[str]:
    yield plain(block.content)


@texts_of.register
def _(block: Items) -> Iterator[str]:
    for item in block.items:
        for inner in item:
            yield from texts_of(inner)


@texts_of.register
def _(block: Aside) -> Iterator[str]:
    yield block.title
    for inner in block.blocks:
        yield from texts_of(inner)


@texts_of.register
def _(block: Saying) -> Iterator[str]:
    yield from (block.text, block.translation, block.setting)


@texts_of.register
def _(block: Telling) -> Iterator[str]:
    yield from (block.label, plain(block.title), block.setting)
    for piece in block.pieces:
        yield piece.label
        yield from (voice.text for voice in piece.voices)
        yield from (node.text for node in walk(piece.facts) if isinstance(node, Words))
