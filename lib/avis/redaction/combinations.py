"""Things that name nobody alone and somebody together: a route, a year, a number of children.

The rule follows the opinion of the European data protection authorities on singling out and linking (WP 216):
three categories that meet, in one text or over all that one person said, are told to people, who decide. A
warning is a question; its silence promises nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from avis.spelling import fold

_OF_A_LIFE = frozenset({"route", "year", "children", "age", "nationality", "health"})
ENOUGH = 3
"""Categories that meet before it is told: two stand in most sentences about a life."""


@dataclass(frozen=True)
class Said:
    """A text that is printed: what to call it, its words, and who said it where the ledger knows."""

    id: str
    text: str
    speaker: str = ""
    collective: bool = False
    """Whether a group wrote it: courts and trades are then what it speaks about, not who speaks."""

    def __repr__(self) -> str:
        return f"Said({self.id!r})"


@dataclass(frozen=True)
class Meeting:
    """Categories that meet: in these texts, said by one person; no words."""

    ids: tuple[str, ...]
    categories: tuple[str, ...]


def categories(text: str) -> tuple[str, ...]:
    """Give what a text says about a life, as categories in a fixed order.

    >>> categories("Je suis passée par la Libye en 2017 avec mes deux enfants.")
    ('route', 'year', 'children')
    >>> categories("The desk closes before I finish work.")
    ()
    """
    words = fold(text)
    return tuple(name for name, pattern in _patterns().items() if pattern.search(words))


def find_combinations(texts: Iterable[Said]) -> list[Meeting]:
    """Find where categories meet: in one text, then over the texts of one speaker that do not alone."""
    found, apart = [], dict[str, list[tuple[str, tuple[str, ...]]]]()
    for said in texts:
        held = tuple(n for n in categories(said.text) if not said.collective or n in _OF_A_LIFE)
        if len(held) >= ENOUGH:
            found.append(Meeting((said.id,), held))
        if said.speaker and held:
            apart.setdefault(said.speaker, []).append((said.id, held))
    return [*found, *(meeting for parts in apart.values() if (meeting := _together(parts)))]


def _together(parts: list[tuple[str, tuple[str, ...]]]) -> Meeting | None:
    """What several texts of one person say, where it is more than any of them says alone."""
    held = {name for _, names in parts for name in names}
    if len(held) < ENOUGH or any(len(names) == len(held) for _, names in parts):
        return None
    return Meeting(tuple(id for id, _ in parts), tuple(name for name in _patterns() if name in held))


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    """Read the words of each category: `lib/avis/redaction/categories.toml`."""
    import tomllib
    from pathlib import Path

    words = tomllib.loads((Path(__file__).parent / "categories.toml").read_text(encoding="utf-8"))
    return {
        name: re.compile("|".join(rf"(?<!\w)(?:{one})(?!\w)" for one in several))
        for name, several in words.items()
    }
