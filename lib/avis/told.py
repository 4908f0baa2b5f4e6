"""Words of people and scores of groups inside exhibits: in which language, for whom, beside what."""

from __future__ import annotations

from typing import Literal

from avis.setting import Frozen, Words

Audience = Literal["public", "funder", "members", "recipient"]
HOUSE: tuple[Audience, ...] = ("public", "funder", "members")
"""Audiences of which a consent speaks in general; `recipient` is one call, named by its own consent."""


class Wording(Frozen, frozen=True, kw_only=True):
    """A text in one language; the original stands first, an unapproved translation is marked."""

    language: str
    text: str
    original: bool = False
    approved: bool = True


class Change(Frozen, frozen=True, kw_only=True):
    """One thing that happened to an adopted text on its way, or that the group decided against; never who.

    Of a step that was taken, only words that the adopted text still holds are kept; what was taken out stays
    in the room, and so does another wording that the group did not take. Words go to `audiences` alone.
    """

    kind: Literal["amended", "reworded", "merged", "resolved", "rejected"]
    added: tuple[Wording, ...] = ()
    """Words that the step brought, each run of them, as they stand in the adopted text."""
    removed: bool = False
    why: tuple[Wording, ...] = ()
    """The group's words: how an objection was resolved, why another wording was not taken."""
    stands: str = ""
    """The adopted text that the other wording became."""
    audiences: tuple[Audience, ...] = ("members",)


class Fact(Frozen, frozen=True, kw_only=True):
    """A term and what the evaluation says of it, in its own words: nobody's exact words."""

    label: Words
    text: Words


class Told(Frozen, frozen=True, kw_only=True):
    """Exact words of somebody inside a story, for the audiences that she allowed."""

    wordings: tuple[Wording, ...]
    audiences: tuple[Audience, ...]
    recipients: tuple[str, ...] = ()
    """Calls, or recipients of calls, to which she allowed these words beside."""
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
