"""A sheet on which the facilitator writes the piles until they are in the log; then it is destroyed."""

from __future__ import annotations

from avis.evaluation import Evaluation
from avis.i18n import Language, say, words
from avis.room.cards.pictures import paper, spoken
from avis.room.cards.scale import levels, version_of
from avis.settings import Scale
from avis.writing.items import Item

SHORT = 110
"""Letters of a text that are enough to know it again."""
LEAST_ROWS = 4
"""Empty rows, for texts that are written in the meeting."""


def tally_sheet(evaluation: Evaluation, id: str, scale: Scale, items: list[Item], lang: Language) -> str:
    """Give the Typst source of the tally: texts by their name in the log, the levels, the rule of the few.

    The log's own name of a text (`s7`) stands here and on no card: this sheet is for who enters the piles.
    """
    rows = [
        {"id": item.id, **spoken(item.wordings[0].language, shortened(item.wordings[0].text))}
        for item in items
    ]
    empty = {"id": "", **spoken(lang, "")}
    return paper(
        "comptage",
        evaluation,
        say("room.cards.titles.tally", lang),
        lang,
        heading=say("room.cards.titles.tally", lang),
        words=words("room", lang)["cards"]["tally"],
        levels=levels(scale, (lang,)),
        version=version_of(id, scale, (lang,)),
        rows=[*rows, *(empty for _ in range(LEAST_ROWS))],
    )


def shortened(text: str) -> str:
    """Keep the beginning of a text, up to a whole word.

    >>> shortened("Ouvrir un samedi sur deux. " * 6)[-21:]
    'un samedi sur deux. …'
    """
    flat = " ".join(text.split())
    return flat if len(flat) <= SHORT else f"{flat[:SHORT].rpartition(' ')[0]} …"
