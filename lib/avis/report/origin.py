"""Who answers for a document, what it is made from, on which terms: what citations and catalogues tell."""

from __future__ import annotations

from avis.report.inlines import Node


class Origin(Node, frozen=True, kw_only=True, tag="origin"):
    """What a document says of itself to whoever cites or lists it; it names no person."""

    organisation: str = ""
    """The association; empty where the document does not name it."""
    signed: bool = False
    """Whether the association wrote it; a page made from public facts is about it, not by it."""
    based_on: str = ""
    """The public page that the facts are from: its address, else its name."""
    references: tuple[str, ...] = ()
    """Addresses of what it cites."""
    conditions: str = ""
    """On which terms it may be used."""
