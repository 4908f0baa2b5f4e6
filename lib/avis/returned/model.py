"""What a document that came back holds: its paragraphs as they were sent, and each remark on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["comment", "insertion", "deletion", "moved_from", "moved_to", "changed", "added", "removed"]
"""The last three were not tracked: they show by comparing with what was sent."""


@dataclass(frozen=True)
class Remark:
    """One thing that somebody said about a document, or did to it."""

    kind: Kind
    paragraph: int
    """Counts paragraphs with words, from 1, those of tables included; 0 in the margins of the page."""
    heading: str = ""
    words: str = field(default="", repr=False)
    """What is commented, inserted, deleted; or the words as they were sent."""
    told: str = field(default="", repr=False)
    """The comment; or the words as they came back."""
    author: str = field(default="", repr=False)
    initials: str = ""
    resolved: bool = False
    reply: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its words as they were sent, and as they read with all that was tracked taken over."""

    number: int
    heading: str
    sent: str = field(repr=False)
    now: str = field(repr=False)
    level: int = 0


@dataclass(frozen=True)
class Returned:
    """A whole document that came back."""

    file: str
    paragraphs: tuple[Paragraph, ...] = ()
    remarks: tuple[Remark, ...] = ()
    formats: int = 0
    """Changes of how words look, which say nothing: counted, not listed."""
