"""What logs hold, for a first draft of their indicators: types, numbers, years."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from avis.errors import Problems
from avis.sources.activities import read_activity_files
from avis.sources.labels import run_together
from avis.spelling import fold

LEAST = 2
"""Times that a type must stand: what stands once may be a name, or a slip of the finger."""
MOST = 12
_WORD = re.compile(r"[^\W\d_][^\W\d_'’ ./&-]*(?:[ '’./&-]+[^\W\d_]+\.?){0,5}\.?")
_NAME = re.compile(r"(?:M\.|Mme|Mlle|Mr|Mrs|Ms)\s")


@dataclass(frozen=True)
class TypeSeen:
    """A type of activity: its commonest spelling, the others, and whether its rows hold numbers of acts."""

    word: str
    others: tuple[str, ...] = ()
    counted: bool = False


@dataclass(frozen=True)
class LogSeen:
    """What logs hold together."""

    types: tuple[TypeSeen, ...] = field(default=(), repr=False)
    counted: bool = False
    years: Mapping[str, str] = field(default_factory=dict)


def look_at_logs(files: Sequence[tuple[Path, str]]) -> LogSeen:
    """Read logs for their types, the most frequent first, and their years.

    Types that stand once, or look like a name or a code, are not proposed: `avis check` tells their lines.
    """
    if not files:
        return LogSeen()
    table = read_activity_files(files, Problems())
    written = table["type"]
    same = written.map({text: run_together(text) for text in written.unique()})
    sizes = same[same != ""].value_counts()
    kept = [word for word, n in sizes.items() if n >= LEAST]
    seen = [_type(table[same == word]) for word in kept]
    proposed = [one for one in seen if _WORD.fullmatch(one.word) and not _NAME.match(one.word)]
    return LogSeen(tuple(proposed[:MOST]), bool((table["count"] != 1).any()), _years(table))


def _type(rows: pd.DataFrame) -> TypeSeen:
    spelled = [str(word) for word in rows["type"].value_counts().index]
    once = {fold(word): word for word in reversed(spelled)}  # case and accents never make two words
    others = tuple(word for word in spelled[1:] if once[fold(word)] == word)
    return TypeSeen(spelled[0], others, bool((rows["count"] != 1).any()))


def _years(table: pd.DataFrame) -> dict[str, str]:
    dated = table[table["period_start"] != ""]
    if dated.empty:
        return {}
    return {"start": dated["period_start"].str[:4].min(), "end": dated["period_end"].str[:4].max()}
