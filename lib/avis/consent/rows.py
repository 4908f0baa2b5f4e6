"""Rows of the ledger for words that stand in the notes: their hash, and blanks for people to fill in."""

from __future__ import annotations

from collections.abc import Sequence

from avis.consent.judging import words_hash
from avis.descriptors import read_descriptor
from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.sources.meetings import read_notes
from avis.spelling import suggest


def rows_for(
    evaluation: Evaluation, ids: Sequence[str], language: str, wording: str, problems: Problems
) -> list[str]:
    """Give a header and a row a contribution as CSV, with its hash, the wording and the language filled in.

    Errors: those of `read_notes`, CON-023 no such contribution.
    """
    segments = read_notes(evaluation, problems).segments
    texts = dict(zip(segments["id"], segments["text"], strict=True))
    columns = [field.name for field in read_descriptor("consents").fields]
    shown = [field.shown for field in read_descriptor("consents").fields]
    lines = [";".join(shown)]
    for id in ids:
        if id not in texts:
            problems.add("CON-023", Place(field=id), **suggest(id, texts))
            continue
        known = {
            "contribution": id,
            "sha256": words_hash(texts[id]),
            "wording": wording,
            "language": language,
        }
        lines.append(";".join(known.get(name, "") for name in columns))
    return lines
