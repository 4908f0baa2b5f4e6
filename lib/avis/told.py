"""Words of people and scores of groups inside exhibits: in which language, for whom, beside what."""

from __future__ import annotations

from typing import Literal

from avis.setting import Frozen, Words

Audience = Literal["public", "funder", "members"]


class Wording(Frozen, frozen=True, kw_only=True):
    """A text in one language; the original stands first, an unapproved translation is marked."""

    language: str
    text: str
    original: bool = False
    approved: bool = True


class Fact(Frozen, frozen=True, kw_only=True):
    """A term and what the evaluation says of it, in its own words: nobody's exact words."""

    label: Words
    text: Words


class Told(Frozen, frozen=True, kw_only=True):
    """Exact words of somebody inside a story, for the audiences that she allowed."""

    wordings: tuple[Wording, ...]
    audiences: tuple[Audience, ...]
    by: Words = {}
    """A group or a role, where it singles nobody out; never a name."""


class Part(Frozen, frozen=True, kw_only=True):
    """A part of a story: what the evaluation says there, and the words of people that may be read."""

    label: Words
    facts: tuple[Fact, ...] = ()
    told: tuple[Told, ...] = ()


class Scored(Frozen, frozen=True, kw_only=True):
    """What groups gave one indicator, in the order of the columns; none where nobody gave a score."""

    label: Words
    scores: tuple[int | None, ...]


class Board(Frozen, frozen=True, kw_only=True):
    """Scores that groups settled on together, side by side: large enough groups, and the provider."""

    title: Words
    columns: tuple[Words, ...]
    rows: tuple[Scored, ...]


Method = Literal[
    "most_significant_change", "outcome_harvesting", "h_form", "community_scorecard", "ripple_effects"
]
