"""Rows of the ledger for words of people: their hash, and blanks for people to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from avis.consent.judging import words_hash
from avis.descriptors import read_descriptor
from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.sources.meetings import read_notes
from avis.sources.stories import check_against_notes, read_stories, story_segments
from avis.spelling import suggest

_APART_FROM_WORDS = {"SRC-105", "SRC-111", "SRC-420", "SRC-446"}
"""No day, an unknown code, a coder that is no code, a meeting without a note: the words are what they are."""


def rows_for(
    evaluation: Evaluation, ids: Sequence[str], language: str, wording: str, problems: Problems
) -> list[str]:
    """Give a header and a row a contribution as CSV, with its hash, the wording and the language filled in.

    Words stand in notes and in records of methods (`sources.stories`: stories, reasons, comments). What is
    wrong there and changes no word is a remark here.
    Errors: those of `read_notes`, `read_stories` and `check_against_notes`, CON-023 no such contribution, or
    words that were taken back.
    """
    texts = _spoken(evaluation, problems)
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


def _spoken(evaluation: Evaluation, problems: Problems) -> dict[str, str]:
    """All words that people still give, by their id."""
    told = Problems()
    notes, stories = read_notes(evaluation, told), read_stories(evaluation, told)
    check_against_notes(stories, notes, told)
    for item in told:
        apart = item.code in _APART_FROM_WORDS
        problems.items.append(replace(item, severity="warning") if apart else item)
    segments = pd.concat([notes.segments, story_segments(stories)], ignore_index=True)
    held = segments[segments["kind"] != "withdrawn"]
    return dict(zip(held["id"], held["text"], strict=True))
