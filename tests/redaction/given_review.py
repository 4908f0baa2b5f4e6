"""Decisions as a table, and words to decide on; all invented."""

from __future__ import annotations

import pandas as pd

from avis.consent.judging import words_hash
from avis.identifiers.people import NOBODY, Known
from avis.redaction.decisions import no_review
from avis.redaction.reviewed import Reviewed, weigh_review

PHONE = "06 12 34 56 78"
WORDS = f"Appelle-moi au {PHONE}, le soir."
START = WORDS.index(PHONE)
END = START + len(PHONE)


def decided(
    decision: str,
    by: str = "Ada",
    on: str = "2025-01-10",
    words: str = WORDS,
    contribution: str = "a1",
    start: int | None = None,
    end: int | None = None,
    kind: str = "phone",
    replacement: str = "",
) -> dict[str, object]:
    """A row of the table; placed on the telephone number unless it is a signature."""
    placed = decision != "reread"
    return {
        "contribution": contribution,
        "sha256": words_hash(words),
        "start": (START if start is None else start) if placed else None,
        "end": (END if end is None else end) if placed else None,
        "kind": kind if placed else "",
        "decision": decision,
        "replacement": replacement,
        "reason": "",
        "reviewer": by,
        "reviewed_on": on,
    }


def signed(*people: str, on: str = "2025-01-10", words: str = WORDS) -> list[dict[str, object]]:
    """Signatures of the whole contribution."""
    return [decided("reread", by=person, on=on, words=words) for person in people]


def weighed(
    *rows: dict[str, object], words: str = WORDS, known: Known = NOBODY, mediators: int = 0
) -> Reviewed:
    """Weigh decisions on one contribution, a1, in the order of their rows."""
    segments = pd.DataFrame({"id": ["a1"], "text": [words], "language": ["fr"]})
    table = no_review()
    if rows:
        table = pd.DataFrame(rows).assign(file="r.csv", sheet="", row=range(2, 2 + len(rows)))
        table = table.astype({"start": "Int64", "end": "Int64"})
    return weigh_review(segments, table, known, mediators)
