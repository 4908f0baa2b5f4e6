"""What papers for institutions need: paragraphs with numbers, fields to copy, a small timeline."""

from __future__ import annotations

from typing import Literal

from avis.report.inlines import Inline, Node
from avis.report.tabular import Grid


class Numbered(Node, frozen=True, kw_only=True, tag="numbered"):
    """A paragraph with the number by which others cite it."""

    id: str
    number: int
    content: tuple[Inline, ...]
    language: str = ""


class Field(Node, frozen=True, kw_only=True, tag="field"):
    """Plain text to copy into a field of a portal, with its length and the longest that the portal takes."""

    id: str
    label: str
    text: str
    length: int
    limit: int = 0
    """0 where nobody told one."""
    measure: Literal["characters", "words"] = "characters"
    language: str = ""
    """Set where the text is not in the document's language."""
    remark: str = ""
    """What must be known before it is copied, in the document's language: a translation is to come."""
    note: str = ""


class Moment(Node, frozen=True, kw_only=True, tag="moment"):
    """Something on a timeline; `on` is a year, a month or a day, never finer than the source allows."""

    on: str
    label: str
    until: str = ""


class Timeline(Node, frozen=True, kw_only=True, tag="timeline"):
    """A few moments in order, drawn to scale; the grid behind it holds the same words."""

    id: str
    title: str
    description: str
    moments: tuple[Moment, ...]
    grid: Grid
    note: str = ""
