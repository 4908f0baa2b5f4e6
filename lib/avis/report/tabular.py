"""Tables in a document: columns, slots, rows that belong together."""

from __future__ import annotations

from typing import Literal

from avis.report.inlines import Inline, Node


class Column(Node, frozen=True, kw_only=True, tag="column"):
    """A column of a grid; `decimal` sets figures under each other at their decimal sign."""

    label: str
    align: Literal["start", "end", "decimal"] = "start"
    unit: str = ""
    """Said once, under the label: "euros", "heures"."""
    spanner: str = ""
    """What this column and its neighbours of the same spanner have in common, in a line above."""


class Slot(Node, frozen=True, kw_only=True, tag="slot"):
    """What stands in one place of a grid; a figure keeps its state so that a masked one looks masked."""

    content: tuple[Inline, ...]
    state: Literal["shown", "hidden", "not_documented", "not_asked", "words"] = "words"
    total: bool = False
    mark: str = ""
    """The sign of one of the grid's remarks: "a"."""


class RowGroup(Node, frozen=True, kw_only=True, tag="group"):
    """Rows that belong together, under a line of their own."""

    label: str
    rows: int
    """How many rows it holds; groups stand in order and cover all rows."""


class Grid(Node, frozen=True, kw_only=True, tag="grid"):
    """A table: caption, column headers, rows whose first slot is the row's header."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Slot, ...], ...]
    remark: tuple[Inline, ...] = ()
    """The line below: base, rule, what masked means."""
    groups: tuple[RowGroup, ...] = ()
    marks: tuple[tuple[str, tuple[Inline, ...]], ...] = ()
    """(sign, words): what is said of single slots, below the grid."""
    note: str = ""
