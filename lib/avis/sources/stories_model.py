"""Records of the methods that evaluators use with groups: what each one holds, in its standard terms.

No record has a place for one person's rating, for a rank of people, or for how grave a story is.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from avis.exhibits import Words

Agrees = Literal["fully", "partly", "not"]


class _Held(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a record; what people said never stands in a message or a log."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class Said(_Held, frozen=True, kw_only=True):
    """Exact words of somebody; the ledger of consents names them by their id."""

    id: str
    language: str
    words: str


class Scale(_Held, frozen=True, kw_only=True):
    """The ends of a scale, as numbers and in words."""

    lowest: int
    highest: int
    low: Words
    high: Words


class FedBack(_Held, frozen=True, kw_only=True):
    """When a story and its selection were told to those who had told it."""

    on: str
    to: Words = {}


class Verified(_Held, frozen=True, kw_only=True):
    """Who made sure of a story (a role) and how."""

    by: Words
    how: Words
    on: str = ""


class ToldStory(Said, frozen=True, kw_only=True):
    """A story of change, in its teller's words."""

    title: Words = {}
    collected_on: str = ""
    meeting: str = ""
    fed_back: FedBack | None = None
    verified: Verified | None = None


class Choice(_Held, frozen=True, kw_only=True):
    """A story that a group talked about: kept or not, and why, in the group's words."""

    story: str
    chosen: bool
    reason: Said | None = None


class Selection(_Held, frozen=True, kw_only=True):
    """One level of selection: who chose (a role or a group), among which stories."""

    level: int
    by: Words
    choices: tuple[Choice, ...]
    on: str = ""


class _Record(_Held, frozen=True, kw_only=True):
    id: str
    title: Words
    meeting: str = ""
    """The meeting at which it was made, as the notes call it."""


class MostSignificantChange(_Record, frozen=True, kw_only=True):
    """Stories of one domain of change, selected level by level (Davies and Dart, 2005)."""

    domain: Words
    stories: tuple[ToldStory, ...]
    collected: int = 0
    """How many were collected, where some are not written here."""
    selections: tuple[Selection, ...] = ()


class Substantiation(_Held, frozen=True, kw_only=True):
    """What somebody (a role) says of a harvested outcome."""

    by: Words
    independent: bool
    agrees: Agrees
    on: str = ""
    comment: Said | None = None


class Outcome(_Held, frozen=True, kw_only=True):
    """A change in what somebody does, why it matters, what the project did for it."""

    id: str
    outcome: Words
    significance: Words
    contribution: Words
    on: str = ""
    evidence: tuple[Words, ...] = ()
    words: tuple[Said, ...] = ()
    substantiation: tuple[Substantiation, ...] = ()


class OutcomeHarvest(_Record, frozen=True, kw_only=True):
    """Harvested outcomes (Wilson-Grau and Britt, 2012)."""

    outcomes: tuple[Outcome, ...]


class HForm(_Record, frozen=True, kw_only=True):
    """One question, a group's own rating, what pulls up and what pulls down (Guy and Inglis, 1999)."""

    question: Words
    scale: Scale
    participants: int
    group_rating: int | None = None
    pulls_up: tuple[Said, ...] = ()
    pulls_down: tuple[Said, ...] = ()
    suggestions: tuple[Said, ...] = ()


class Indicator(_Held, frozen=True, kw_only=True):
    """What every group of a scorecard gives a score to."""

    id: str
    label: Words


class Score(_Held, frozen=True, kw_only=True):
    """What a group gave an indicator, and why in its words."""

    indicator: str
    score: int | None = None
    reason: Said | None = None


class Group(_Held, frozen=True, kw_only=True):
    """A group that scores together."""

    id: str
    label: Words
    participants: int
    scores: tuple[Score, ...]
    meeting: str = ""


class Provider(_Held, frozen=True, kw_only=True):
    """The service that is scored, and how it scores itself."""

    label: Words
    scores: tuple[Score, ...]


class Interface(_Held, frozen=True, kw_only=True):
    """The meeting at which groups and provider compare their scores."""

    on: str
    meeting: str = ""
    with_: tuple[Words, ...] = msgspec.field(default=(), name="with")
    agreed: Words = {}


class Action(_Held, frozen=True, kw_only=True):
    """What was agreed to be done, by whom (a role), by when."""

    action: Words
    by: Words = {}
    due: str = ""


class Scorecard(_Record, frozen=True, kw_only=True):
    """The same indicators for several groups, and who was absent (CARE, 2013)."""

    scale: Scale
    indicators: tuple[Indicator, ...]
    groups: tuple[Group, ...]
    absent: Words
    provider: Provider | None = None
    interface_meeting: Interface | None = None
    action_plan: tuple[Action, ...] = ()


class Ripple(Said, frozen=True, kw_only=True):
    """Something that followed from a change, wanted or not; ring 1 is the nearest."""

    ring: int
    effect: Literal["positive", "negative"]
    noticed_by: Words = {}


class RippleEffects(_Record, frozen=True, kw_only=True):
    """What followed from a change, ring by ring (Emery, Higgins, Chazdon and Hansen, 2015)."""

    change: Words
    participants: int
    ripples: tuple[Ripple, ...]


Record: TypeAlias = MostSignificantChange | OutcomeHarvest | HForm | Scorecard | RippleEffects

SCHEMAS: dict[str, tuple[str, type[Record]]] = {
    "most_significant_change": ("changement", MostSignificantChange),
    "outcome_harvesting": ("recolte", OutcomeHarvest),
    "h_form": ("h-form", HForm),
    "community_scorecard": ("carte-de-score", Scorecard),
    "ripple_effects": ("ricochets", RippleEffects),
}
"""Each method with its schema and its record."""
