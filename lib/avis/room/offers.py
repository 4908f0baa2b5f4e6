"""What a member may start from: themes, figures that may be shown, and her own quotes, by her consent card.

Notes and ledger are read by a process apart, `python -m avis.room.offers EVALUATION`, which prints JSON and
ends: the server keeps little in memory, and no table of people is ever in the process that talks to phones. A
card's code is in it as a slow hash alone, with a salt of this one reading.
"""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from avis.room.acts_texts import CardQuote
from avis.setting import Words
from avis.told import Audience
from avis.writing.codes import code_hash, plain_code

if TYPE_CHECKING:
    from avis.evaluation import Evaluation

MOST_WAITED = 180.0
"""Seconds that reading may take; then the room works without offers."""
MOST_THEMES, MOST_FIGURES = 60, 60


class Theme(msgspec.Struct, frozen=True):
    """A theme of the codebook."""

    id: str
    label: Words


class Figure(msgspec.Struct, frozen=True):
    """A figure as it may be shown: it went through the protection."""

    id: str
    text: Words


class OfferedQuote(msgspec.Struct, frozen=True):
    """Words that somebody lets others read, as they would be printed, and whom she lets read them."""

    quote: str
    text: str
    language: str
    audiences: tuple[Audience, ...]


class Offers(msgspec.Struct, frozen=True, dict=True):
    """All that can be offered; `cards` gives quotes by the slow hash of a card's code."""

    themes: tuple[Theme, ...] = ()
    figures: tuple[Figure, ...] = ()
    quotes: tuple[OfferedQuote, ...] = ()
    cards: dict[str, tuple[str, ...]] = {}
    salt: str = ""

    @cached_property
    def sources(self) -> frozenset[str]:
        """What a text may be said to come from."""
        named = (
            *(f"theme:{one.id}" for one in self.themes),
            *(f"figure:{one.id}" for one in self.figures),
            *(f"quote:{one.quote}" for one in self.quotes),
        )
        return frozenset(named)

    def quotes_of(self, card: str) -> dict[str, CardQuote]:
        """Give the quotes of a card by id; none for a code that is nobody's.

        >>> Offers().quotes_of("NZ26 DMCX")
        {}
        """
        ids = self.cards.get(code_hash(card, self.salt), ()) if self.salt and plain_code(card) else ()
        found = (quote for quote in self.quotes if quote.quote in ids)
        return {one.quote: CardQuote(one.language, one.text, one.audiences) for one in found}

    @cached_property
    def view(self) -> dict[str, Any]:
        """What every phone is offered: never a quote, which is for whoever holds its card."""
        return {
            "themes": [{"id": one.id, "label": one.label} for one in self.themes],
            "figures": [{"id": one.id, "text": one.text} for one in self.figures],
        }


async def gather(root: Path) -> Offers:
    """Have everything read by a process apart; nothing where it fails, takes too long, or finds nothing."""
    command = (sys.executable, "-m", "avis.room.offers", str(root))
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # it could hold words of people
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    try:
        told, _ = await asyncio.wait_for(process.communicate(), MOST_WAITED)
    except (TimeoutError, asyncio.CancelledError):
        process.kill()
        await process.wait()
        raise
    if process.returncode:
        return Offers()
    return msgspec.json.decode(told, type=Offers)


def collect(opened: Evaluation) -> Offers:
    """Read what can be offered. What is wrong in the sources is told by `avis check`, not here."""
    salt = secrets.token_hex(16)
    quotes, cards = _quotes(opened, salt)
    return Offers(_themes(opened), _figures(opened), quotes, cards, salt)


def _themes(opened: Evaluation) -> tuple[Theme, ...]:
    from avis.errors import Problems
    from avis.sources.coding.codebook import read_codebook

    rows = read_codebook(opened, Problems()).to_dict("records")
    found = (
        Theme(
            str(row["code"]),
            {lang: str(row[f"label_{lang}"]) for lang in ("fr", "en") if row[f"label_{lang}"]},
        )
        for row in rows
        if not row["into"] and row["status"] in ("", "active")
    )
    return tuple(found)[:MOST_THEMES]


def _figures(opened: Evaluation) -> tuple[Figure, ...]:
    """Give the totals of indicators that the last build protected; none before the first."""
    from avis.errors import AvisError
    from avis.exhibits import Table
    from avis.sealing import load

    try:
        exhibits = load(opened.folders.exhibits).exhibits
    except AvisError:
        return ()
    counted = {indicator.id for indicator in opened.settings.indicators}
    found: dict[str, Figure] = {}
    for table in exhibits:
        cell = table.cell(()) if isinstance(table, Table) and table.subject in counted else None
        if isinstance(table, Table) and cell is not None and cell.status == "shown":
            found.setdefault(table.subject, Figure(table.subject, _told(table, cell)))
    return tuple(found.values())[:MOST_FIGURES]


def _told(table: Any, cell: Any) -> Words:
    from avis.i18n import LANGUAGES, amount, say

    return {
        lang: say(
            "room.figure",
            lang,
            title=table.title.get(lang, next(iter(table.title.values()), "")),
            n=amount(cell.n, cell.qualifier, lang, cell.high),
        )
        for lang in LANGUAGES
    }


def _quotes(opened: Evaluation, salt: str) -> tuple[tuple[OfferedQuote, ...], dict[str, tuple[str, ...]]]:
    """Give the words that would be printed, and by card whose they are: by a code, never by a person."""
    from avis.consent.judging import judge
    from avis.consent.ledger import read_consents
    from avis.consent.minors import minors_of
    from avis.errors import Problems
    from avis.evaluation import as_of
    from avis.sources.meetings import read_notes
    from avis.sources.registers import read_persons
    from avis.steps.quoting import weigh_words
    from avis.steps.workshops import all_spoken

    problems = Problems()
    notes, consents = read_notes(opened, problems), read_consents(opened, problems)
    minors = minors_of(opened.settings.minors, read_persons(opened, problems))
    judged = judge(all_spoken(opened, notes), consents, as_of(), minors=minors)
    printable = weigh_words(opened, notes, consents, judged, problems)
    allowed = judged.set_index("contribution")
    languages = printable.segments.set_index("id")["language"]
    audiences: tuple[Audience, ...] = ("public", "funder", "members")
    quotes = tuple(
        OfferedQuote(id, text, str(languages[id]), tuple(one for one in audiences if allowed.at[id, one]))
        for id, text in printable.printable.items()
    )
    known = {quote.quote for quote in quotes}
    rows = consents[consents["contribution"].isin(known) & (consents["return_code"] != "")]
    cards: dict[str, list[str]] = {}
    for code, id in zip(rows["return_code"], rows["contribution"], strict=True):
        if id not in cards.setdefault(plain_code(str(code)), []):
            cards[plain_code(str(code))].append(id)
    return quotes, {code_hash(code, salt): tuple(ids) for code, ids in cards.items()}


def main(arguments: list[str]) -> int:
    """Print the offers of an evaluation as JSON."""
    from avis.errors import AvisError
    from avis.evaluation import open_evaluation

    try:
        offers = collect(open_evaluation(arguments[0]))
    except AvisError:
        return 1
    sys.stdout.buffer.write(msgspec.json.encode(offers))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
