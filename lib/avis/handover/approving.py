"""What a speaker approved in the room binds the exact words: once they change, her approval is none.

The words as they stand in the notes count, and those as they are printed, what could identify somebody
replaced in square brackets: she was shown one or the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from avis.consent.judging import words_hash
from avis.exhibits import HOUSE, Audience
from avis.writing.items import QuoteApproval


def approved_for(
    ledger: Sequence[Audience], language: str, approval: QuoteApproval | None, words: Iterable[str]
) -> tuple[Audience, ...]:
    """Give the audiences that both the ledger and the room let read a quote, as its words stand now.

    Where the room never spoke of a quote, the ledger alone decides.
    """
    if approval is None:
        return tuple(ledger)
    hashes = {words_hash(text) for text in words}
    return tuple(audience for audience in ledger if _holds(approval, audience, language, hashes))


def recipients_for(
    ledger: Sequence[str], language: str, approval: QuoteApproval | None, words: Iterable[str]
) -> tuple[str, ...]:
    """Give the recipients whom the ledger lets have a quote, unless its speaker took it back in the room.

    The room asks for kinds of readers, not for calls: where she approved these very words for anybody, the
    ledger tells which call may have them.
    """
    if approval is None:
        return tuple(ledger)
    hashes = {words_hash(text) for text in words}
    held = any(_holds(approval, audience, language, hashes) for audience in HOUSE)
    return tuple(ledger) if held else ()


def changed_since(approval: QuoteApproval, words: Iterable[str]) -> bool:
    """Tell whether some approval is of words that are no longer those of the quote."""
    hashes = {words_hash(text) for text in words}
    return any(words_hash(exact) not in hashes for exact in approval.texts.values())


def _holds(approval: QuoteApproval, audience: Audience, language: str, hashes: set[str]) -> bool:
    if (audience, language) not in approval.approvals:
        return False
    exact = approval.texts.get((audience, language))
    return exact is None or words_hash(exact) in hashes
