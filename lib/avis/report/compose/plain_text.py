"""Blocks as plain text, for a form that takes nothing else: no link, no table, no letter in bold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from avis.i18n import Language, say
from avis.report.compose.lengths import count_words, texts_of
from avis.report.document import (
    Agreed,
    Aside,
    Asked,
    Block,
    Facts,
    Field,
    Grid,
    Heading,
    Inline,
    Items,
    Numbered,
    Paragraph,
    Picture,
    Saying,
    Sign,
    Telling,
    Timeline,
    Words,
)
from avis.report.outline import plain, tidy


def plain_text(blocks: Iterable[Block], language: Language) -> str:
    """Write blocks below each other, an empty line between them.

    >>> from avis.report.document import Words
    >>> one = Paragraph(content=(Words(text="Une porte."),))
    >>> plain_text([one, Items(items=((one,), (one,)))], "fr").splitlines()
    ['Une porte.', '', '- Une porte.', '- Une porte.']
    """
    return pasted("\n\n".join(text for text in (_block(block, language) for block in blocks) if text))


def pasted(text: str) -> str:
    """Give text as it is pasted: spaces between thousands as every form knows them, nothing unseen."""
    return tidy(text.replace("\u202f", "\u00a0")).strip()


def measured(text: str, measure: str) -> int:
    """Count characters, an end of line for one, or words.

    >>> measured("L’accueil : 12 fois.", "characters"), measured("L’accueil : 12 fois.", "words")
    (20, 3)
    """
    return count_words(text) if measure == "words" else len(text)


def _block(block: Block, language: Language) -> str:
    match block:
        case Heading() | Paragraph() | Sign() | Numbered():
            return plain(block.content)
        case Items():
            return "\n".join(_listed(block, language))
        case Facts():
            return "\n".join(_pair(language, term, content) for term, content in block.items)
        case Grid():
            rows = ((plain(first.content), [one.content for one in more]) for first, *more in block.rows)
            return "\n".join(_pair(language, name, *told) for name, told in rows)
        case Picture() | Timeline():
            return block.description
        case Field():
            return block.text
        case Saying() | Asked():
            return say("report.compose.quoted", language, text=block.text)
        case Agreed():
            return "\n".join([block.voices[0].text, *_dissents(block, language)])
        case Aside() | Telling():
            return _framed(block, language)
    assert_never(block)


def _framed(block: Aside | Telling, language: Language) -> str:
    if isinstance(block, Aside):
        return plain_text(block.blocks, language)
    return "\n".join(filter(None, texts_of(block)))


def _listed(block: Items, language: Language) -> list[str]:
    listed = (_inside(item, language) for item in block.items)
    return [f"{n}. {text}" if block.ordered else f"- {text}" for n, text in enumerate(listed, start=1)]


def _dissents(block: Agreed, language: Language) -> list[str]:
    """Say each dissent below the text that it is of: neither goes anywhere without the other."""
    named = say("report.render.dissent", language)
    return [_pair(language, named, (Words(text=one[0].text),)) for one in block.dissents if one]


def _inside(blocks: Iterable[Block], language: Language) -> str:
    return "\n".join(text for text in (_block(block, language) for block in blocks) if text)


def _pair(language: Language, name: str, *told: tuple[Inline, ...]) -> str:
    return say("report.compose.pair", language, name=name, value=", ".join(map(plain, told)))
