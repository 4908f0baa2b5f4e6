"""Pages to hold in the hand: the limits, to be read aloud, the run of a meeting, and what to do in danger.

Each is as large as one page allows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from avis.evaluation import Evaluation
from avis.i18n import Language, say, words
from avis.report.outline import tidy
from avis.report.pdf.paper import count_pages
from avis.room.cards.pictures import own_languages, paper
from avis.room.wording import OURS, own_files

LARGEST = tuple(size / 2 for size in range(34, 17, -1))
"""Sizes of letters in points, from the largest: who reads aloud stands, and the light is poor."""
_NUMBER = re.compile(r"([^:]+?)(\s?:.*)")
_ENDS = re.compile(r"[.?!…:»\"”]$")


def limits_page(evaluation: Evaluation, lang: str, text: str) -> str:
    """Give the Typst source of the limits, as large as one page allows; longer than that, they go over it.

    A paragraph that ends without a stop is a heading; the first one is the title.
    """
    (told_in, *_) = own_languages((lang,))
    written_by = "own" if lang in own_files(evaluation) or lang not in OURS else "draft"
    state = say(f"room.cards.limits.{written_by}", told_in)
    title, *paragraphs = text.split("\n\n")
    if _ENDS.search(title):
        title, paragraphs = say("room.cards.titles.limits", told_in), [title, *paragraphs]
    parts = [{"text": tidy(part), "heading": not _ENDS.search(part)} for part in paragraphs]
    return _on_one_page(
        lambda size: paper(
            "lecture",
            evaluation,
            title,
            lang,
            size=size,
            heading=tidy(title),
            picto="limits",
            parts=parts,
            foot=say("room.cards.limits.foot", told_in, state=state),
        )
    )


def run_page(evaluation: Evaluation, lang: Language) -> str:
    """Give the Typst source of the run of a meeting of two hours, on one page."""
    told: dict[str, Any] = words("room", lang)["cards"]["run"]
    never = {"title": told["never"], "items": [entry["text"] for entry in told["not"].values()]}
    return _on_one_page(
        lambda size: paper(
            "deroulement",
            evaluation,
            say("room.cards.titles.run", lang),
            lang,
            size=size,
            heading=say("room.cards.titles.run", lang),
            heads=[told["at"], told["what"], told["how"]],
            steps=list(told["steps"].values()),
            never=never,
            foot=told["foot"],
        )
    )


def danger_page(evaluation: Evaluation, lang: Language) -> str:
    """Give the Typst source of the sheet for a present danger, with lines that the association fills in.

    Its numbers are those of France, as in `docs/guides/danger-present.md`; a test holds both together.
    """
    told: dict[str, Any] = words("room", lang)["cards"]["danger"]
    numbers = [_NUMBER.fullmatch(one) for one in told["numbers"].values()]
    return _on_one_page(
        lambda size: paper(
            "danger",
            evaluation,
            told["title"],
            lang,
            size=size,
            words={key: text for key, text in told.items() if isinstance(text, str)},
            fill=list(told["fill"].values()),
            steps=list(told["steps"].values()),
            numbers=[{"number": one[1], "what": one[2]} for one in numbers if one],
            minors=list(told["minors"].values()),
        )
    )


def _on_one_page(source: Callable[[float], str]) -> str:
    """Set a page in the largest letters that leave it one page."""
    return next((made for size in LARGEST if count_pages(made := source(size)) == 1), source(LARGEST[-1]))
