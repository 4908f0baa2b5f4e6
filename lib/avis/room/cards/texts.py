"""Cards with a text each, to be laid out and moved: nothing on them tells who, when or in which order."""

from __future__ import annotations

from typing import Any

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.exhibits import Wording
from avis.i18n import say
from avis.room.cards.pictures import Said, own_languages, paper, said, spoken
from avis.room.spoken import read_words
from avis.writing.items import Deliberation, Item

LONG = 900
"""Letters in all languages above which a text has a page to itself: half a page would make it small."""
LEAST_BLANK = 2
"""Blank cards that are always there: a group writes texts that nobody foresaw."""


def standing(deliberation: Deliberation) -> list[Item]:
    """Give the texts that have words and are not suspended, by question and then by their letters.

    In that order nobody sees which was proposed first.
    """
    held = [item for item in deliberation.items.values() if item.wordings and not item.suspended]
    return sorted(held, key=lambda item: (item.question, item.kind, item.wordings[0].text.casefold()))


def shown(item: Item, languages: tuple[str, ...]) -> list[Wording]:
    """Give the original, in whatever language, then the translations asked for that somebody approved."""
    first, *others = item.wordings
    wanted = [word for word in others if word.approved and word.language in languages]
    return [first, *sorted(wanted, key=lambda word: languages.index(word.language))]


def text_cards(evaluation: Evaluation, items: list[Item], languages: tuple[str, ...]) -> str:
    """Give the Typst source of the cards: two texts a page, long ones on their own, then blank ones."""
    heads = {kind: _kind(evaluation, kind, languages) for kind in ("statement", "recommendation")}
    cards = [_card(item, heads[item.kind], languages) for item in items]
    half = [card for card in cards if not card["whole"]]
    return paper(
        "textes",
        evaluation,
        " / ".join(words["text"] for words in said("titles.texts", languages)),
        own_languages(languages)[0],
        half=half,
        whole=[card for card in cards if card["whole"]],
        blanks=LEAST_BLANK + len(half) % 2,
        blank={
            "heads": said("new", languages),
            "no_name": said("no_name", languages),
            "slip": said("slip", languages),
        },
    )


def _kind(evaluation: Evaluation, kind: str, languages: tuple[str, ...]) -> list[Said]:
    """Name a kind of text as the phones do, in each language that has words for it."""
    told = read_words(evaluation, Problems())
    wanted = [lang for lang in languages if lang in told] or own_languages(languages)
    return [spoken(lang, told[lang][f"common.kind.{kind}"]) for lang in wanted]


def _card(item: Item, heads: list[Said], languages: tuple[str, ...]) -> dict[str, Any]:
    words = shown(item, languages)
    return {
        "kind": "voice" if item.kind == "statement" else "next",
        "heads": heads,
        "words": [spoken(word.language, word.text) for word in words],
        "addressee": [
            spoken(lang, say("room.cards.to", lang, addressee=item.addressee[lang]))
            for lang in own_languages(languages)
            if item.addressee.get(lang)
        ],
        "whole": sum(len(word.text) for word in words) > LONG,
    }
