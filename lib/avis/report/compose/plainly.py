"""Plain words: one idea a line, its pictogram beside it, exact words in their own language."""

from __future__ import annotations

import re
from collections.abc import Iterable

from avis.exhibits import Recommendation, Statement, Wording
from avis.i18n import say
from avis.report.compose.evidence import anchor
from avis.report.compose.sheet import Sheet
from avis.report.compose.voices import unbroken
from avis.report.document import Heading, Inline, Link, Pictogram, Sign, Strong, Words

NEXT = "next"
"""The place of what the group says of what comes next: nobody can know it for them."""
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀ-ÖØ-Þ«“])")


def said(sheet: Sheet, key: str, **facts: object) -> str:
    """Say words of the restitution."""
    return say(f"report.restitution.{key}", sheet.language, **facts)


def heading(sheet: Sheet, level: int, part: str, pictogram: Pictogram) -> Heading:
    """Open a part with its pictogram."""
    words = (Words(text=said(sheet, f"part.{part}")),)
    return Heading(level=level, id=f"part-{part}", content=words, pictogram=pictogram)


def sign(sheet: Sheet, pictogram: Pictogram, key: str, note: str = "", **facts: object) -> Sign:
    """Say one idea on its line."""
    return Sign(pictogram=pictogram, content=(Words(text=said(sheet, key, **facts)),), note=note)


def fact(sheet: Sheet, pictogram: Pictogram, key: str, content: Inline) -> Sign:
    """Ask in bold words and answer on the same line."""
    ask = Strong(content=(Words(text=said(sheet, key)),))
    return Sign(pictogram=pictogram, content=(ask, Words(text=" "), content))


def of_text(
    sheet: Sheet, pictogram: Pictogram, key: str, item: Statement | Recommendation, name: str
) -> Sign:
    """Say one idea about a text, whose name leads to where it stands."""
    link = Link(href=f"#{anchor(item)}", content=(Words(text=name),))
    return Sign(pictogram=pictogram, content=(link, Words(text=said(sheet, key, name=""))))


def quoting(
    sheet: Sheet, pictogram: Pictogram, key: str, wordings: Iterable[Wording], note: str = ""
) -> Sign:
    """Say one idea that ends with exact words, each in its own language."""
    before, after = ("«\u00a0", "\u00a0»") if sheet.language == "fr" else ("“", "”")
    content: list[Inline] = [Words(text=said(sheet, key, words=""))]
    for number, wording in enumerate(wordings):
        foreign = "" if wording.language == sheet.language else wording.language
        text = unbroken(wording.text, wording.language)
        content += [Words(text=" … " if number else ""), Words(text=before)]
        content += [Words(text=text, language=foreign), Words(text=after)]
    return Sign(
        pictogram=pictogram, content=tuple(part for part in content if part != Words(text="")), note=note
    )


def sentences(text: str) -> list[str]:
    """Cut a text into its sentences, each for a line of its own.

    >>> sentences("On vient le mercredi. Pourquoi ? Le bus !")
    ['On vient le mercredi.', 'Pourquoi ?', 'Le bus !']
    """
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]
