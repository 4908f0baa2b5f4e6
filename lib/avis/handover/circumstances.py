"""How words were said, as far as that may be told, and what in them is not hers."""

from __future__ import annotations

import re

from avis.exhibits import Words
from avis.i18n import LANGUAGES, both, say

MEETINGS = ("workshop", "interview", "session")
"""Kinds of meeting that have a word of their own; any other is a meeting."""


def circumstances(kind: str, date: str) -> Words:
    """Say how words were said: the kind of meeting and the year, never role, place and day together."""
    told = kind if kind in MEETINGS else "meeting"
    year = re.match(r"\d{4}", date)
    if not year:
        return both(f"handover.undated.{told}")
    return both(f"handover.setting.{told}", year=year[0])


def is_replaced(printed: str, said: str) -> bool:
    """Tell whether somebody put other words in square brackets in the place of some that were said.

    >>> is_replaced("I saw [a friend].", "I saw Ada."), is_replaced("It [laughs].", "It [laughs].")
    (True, False)
    """
    return "[" in printed and printed != said


def with_brackets(setting: Words) -> Words:
    """Add what the square brackets are, beside the words: a reader must not take them for hers."""
    added = {lang: say("handover.brackets", lang) for lang in LANGUAGES}
    return {lang: f"{setting[lang]} · {added[lang]}" if setting.get(lang) else added[lang] for lang in added}
