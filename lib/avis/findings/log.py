"""The activity log as the counting sees it: rows in time, codes, persons, figures, words to print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from avis.errors import Problems
from avis.exhibits import Words
from avis.findings.model import Key
from avis.findings.words import both
from avis.i18n import LANGUAGES, join, period, say
from avis.settings import DEFAULT_THRESHOLD, Indicator, Label


@dataclass(frozen=True)
class Log:
    """The activity log, in time, with the persons that its codes stand for."""

    rows: pd.DataFrame
    codes: pd.DataFrame
    persons: pd.DataFrame
    published: pd.DataFrame
    start: str
    end: str
    minors: str
    problems: Problems
    labels: Mapping[str, Mapping[str, Label]] = field(default_factory=dict)
    threshold: int = DEFAULT_THRESHOLD
    held: dict[Key, frozenset[str]] = field(default_factory=dict)
    """The codes of the people in each cell, as they are counted."""

    def words(self, column: str, id: str) -> Words:
        """Give the words that the evaluation declares for a value; none where it declares none."""
        label = self.labels.get("place" if column == "area" else column, {}).get(id)
        return label.words if label else {}

    def base(self, indicator: Indicator) -> Words:
        """Say in words which rows an indicator counts."""
        wanted = sorted(indicator.where.items())
        within: Words = {
            lang: join(
                [
                    say("findings.base.value", lang, value=self.words(column, value).get(lang, value))
                    for column, value in wanted
                ],
                lang,
            )
            for lang in LANGUAGES
        }
        span: Words = {lang: period(self.start, self.end, lang) for lang in LANGUAGES}
        return both("base.filtered" if indicator.where else "base.all", within=within, span=span)
