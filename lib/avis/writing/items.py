"""What the group writes together, as records: texts with their version, agreement, objections, dissent.

They are private: a name never stands in them, but words and reactions do. `disclosure/` decides what leaves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from avis.exhibits import Audience, Dissent, Wording, Words

Kind = Literal["statement", "recommendation"]
TAKEN = ("quotes", "statements", "recommendations", "dissents")
"""What somebody may take back of what the room adopted, in the order in which it is told."""


@dataclass(frozen=True)
class Amendment:
    """Another wording that somebody proposed for a text; the wording is none where it was erased."""

    id: str
    wording: Wording | None
    status: Literal["open", "accepted", "rejected", "withdrawn"] = "open"
    reason: Wording | None = None
    """Why it was rejected, where the group said so."""


@dataclass(frozen=True)
class Objection:
    """A reason to go no further with a text; it is maintained until the log says that it was resolved."""

    id: str
    version: int
    resolved: bool = False
    wording: Wording | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Item:
    """A statement or a recommendation at its current version.

    `wordings` holds the original first, then its translations; it is empty, and `withdrawn` true, where
    the words were erased. Reactions bind to the current version; they are given out by level only once
    the group decided to publish its counts.
    """

    id: str
    kind: Kind
    question: str
    wordings: tuple[Wording, ...] = ()
    version: int = 1
    origin: str = ""
    """The segment or figure that it was proposed from."""
    group: str = ""
    adopted_version: int = 0
    adopted_on: str = ""
    """Day of the session that adopted it."""
    scale: str = ""
    """Id of the scale on which the group last reacted."""
    session: str = ""
    """Id of the session in which its last round opened: the room that its reactions count."""
    amendments: tuple[Amendment, ...] = ()
    objections: tuple[Objection, ...] = ()
    dissents: tuple[Dissent, ...] = ()
    """A dissent without wordings is one whose words were erased: it still counts, and is not printed."""
    addressee: Words = field(default_factory=dict)
    counts_published: bool = False
    withdrawn: bool = False
    present: int = 0
    """How many people were in the room when the last round opened."""
    stale: int = 0
    """Reactions that came for a version that was no longer the current one."""
    votes: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Level by random token of the round: for `outcome` alone."""
    asked: int = 0
    """The version that the last round that was closed was about."""
    merged: tuple[str, ...] = ()
    """The texts that live on in this one."""
    held_back: frozenset[str] = frozenset()
    """What is suspended: the text by its own id, amendments, objections, dissents without their words."""

    @property
    def suspended(self) -> bool:
        """Whether an author wants her words out of sight for now: the text, or what it took in."""
        taken_in = {amendment.id for amendment in self.amendments if amendment.status == "accepted"}
        return bool(self.held_back & {self.id, *taken_in})

    @property
    def adopted(self) -> bool:
        """Whether the text as it now stands was adopted, and its words are there to be read."""
        return self.adopted_version == self.version and not self.withdrawn and not self.suspended

    @property
    def amendments_accepted(self) -> int:
        """How many amendments the text took in."""
        return sum(amendment.status == "accepted" for amendment in self.amendments)

    @property
    def objections_maintained(self) -> int:
        """How many objections were not resolved."""
        return sum(not objection.resolved for objection in self.objections)

    @property
    def objections_resolved(self) -> int:
        """How many objections were resolved."""
        return sum(objection.resolved for objection in self.objections)

    @property
    def reactions(self) -> dict[str, int]:
        """How many people chose each level, for the current version; empty unless counts are published.

        A level that nobody chose is not there; who gave no answer is in `no_answer`, not here.
        """
        return dict(sorted(Counter(self.votes.values()).items())) if self.counts_published else {}

    @property
    def no_answer(self) -> int | None:
        """How many people in the room gave no answer; none unless counts are published."""
        return max(self.present - len(self.votes), 0) if self.counts_published else None


@dataclass(frozen=True)
class QuoteApproval:
    """For whom a speaker approved a quote of hers, and in which language; revoked means for nobody."""

    quote: str
    approvals: frozenset[tuple[Audience, str]] = frozenset()
    revoked: bool = False
    texts: Mapping[tuple[Audience, str], str] = field(default_factory=dict, repr=False)
    """The exact words that she approved; an approval of before the room kept them has none."""

    @property
    def audiences(self) -> frozenset[Audience]:
        """The audiences that it was approved for."""
        return frozenset(audience for audience, _ in self.approvals)

    @property
    def languages(self) -> frozenset[str]:
        """The languages that it was approved in."""
        return frozenset(language for _, language in self.approvals)


@dataclass(frozen=True)
class Session:
    """A meeting at which the group wrote."""

    id: str
    date: str
    languages: tuple[str, ...]
    scale: str
    scale_version: int
    present: int
    place: str = ""
    joined: int = 0
    closed: bool = False
    limits_read: str = ""
    """The hash of the limits of confidentiality as they were last read to the room."""


@dataclass(frozen=True)
class Deliberation:
    """Where the group's writing stands. Withdrawn and merged texts are not in it."""

    items: Mapping[str, Item] = field(default_factory=dict)
    quotes: Mapping[str, QuoteApproval] = field(default_factory=dict)
    sessions: tuple[Session, ...] = ()
    edition_adopted: str = ""
    """The `words_hash` that the group adopted last, empty where it adopted no edition yet."""
    edition_adopted_on: str = ""
    taken_back: Mapping[str, int] = field(default_factory=dict)
    """How many texts, dissents and quotes were taken back since, by kind; nothing else has changed."""
