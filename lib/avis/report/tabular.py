"""Tables in a document: columns, slots, rows that belong together, and how figures stand under each other."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Literal, NamedTuple

from avis.report.inlines import Inline, Node, plain

FIGURE_SPACE, POINT_SPACE = "\u2007", "\u2008"
"""As wide as a digit, as wide as a decimal sign: spaces that are copied as spaces, and never read aloud."""
_DECIMALS = {"fr": re.compile(r"\d(?:,(\d+))?(?!.*\d)"), "en": re.compile(r"\d(?:\.(\d+))?(?!.*\d)")}


class Column(Node, frozen=True, kw_only=True, tag="column"):
    """A column of a grid; `decimal` sets figures under each other at their decimal sign."""

    label: str
    align: Literal["start", "end", "decimal"] = "start"
    unit: str = ""
    """Said once, under the label: "euros", "base : 71"."""
    spanner: str = ""
    """What this column and its neighbours of the same spanner have in common, in a line above."""

    @property
    def right(self) -> bool:
        """Whether what it holds stands at its right side."""
        return self.align != "start"


class Slot(Node, frozen=True, kw_only=True, tag="slot"):
    """What stands in one place of a grid; a figure keeps its state so that a masked one looks masked."""

    content: tuple[Inline, ...]
    state: Literal["shown", "hidden", "not_documented", "not_asked", "words"] = "words"
    total: bool = False
    mark: str = ""
    """The sign of one of the grid's remarks: "a"."""


class RowGroup(Node, frozen=True, kw_only=True, tag="group"):
    """Rows that belong together, under a line of their own; without a label, under none."""

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


class Part(NamedTuple):
    """A group of rows as it is drawn."""

    label: str
    first: int
    """Where its first row stands among all rows."""
    rows: tuple[tuple[Slot, ...], ...]


class Head(NamedTuple):
    """A cell of the header: it may stand over several columns, or reach down over both lines."""

    label: str
    unit: str = ""
    columns: int = 1
    lines: int = 1
    right: bool = False
    spanner: bool = False
    at: int = 0
    """The first column that it stands over."""


def parts(grid: Grid) -> tuple[Part, ...]:
    """Give the rows by group, in order; rows that no group names are never lost.

    >>> rows = tuple((Slot(content=()),) for _ in range(3))
    >>> one = Grid(id="g", caption="", columns=(), rows=rows, groups=(RowGroup(label="a", rows=2),))
    >>> [(part.label, part.first, len(part.rows)) for part in parts(one)]
    [('a', 0, 2), ('', 2, 1)]
    """
    found, first = [], 0
    for group in (*grid.groups, RowGroup(label="", rows=len(grid.rows))):
        held = grid.rows[first : first + group.rows]
        if held:
            found.append(Part(group.label, first, held))
        first += len(held)
    return tuple(found)


def heads(grid: Grid) -> tuple[tuple[Head, ...], ...]:
    """Give the header as one line, or two where columns have something in common.

    >>> columns = (Column(label=""), Column(label="2023", spanner="An"), Column(label="2024", spanner="An"))
    >>> one = Grid(id="g", caption="", columns=columns, rows=())
    >>> [[(head.label, head.columns, head.lines) for head in line] for line in heads(one)]
    [[('', 1, 2), ('An', 2, 1)], [('2023', 1, 1), ('2024', 1, 1)]]
    """
    if not any(column.spanner for column in grid.columns):
        return (tuple(_head(column, at) for at, column in enumerate(grid.columns)),)
    above: list[Head] = []
    below: list[Head] = []
    for spanner, run in groupby(enumerate(grid.columns), lambda item: item[1].spanner):
        held = list(run)
        if spanner:
            above.append(Head(spanner, columns=len(held), spanner=True, at=held[0][0]))
            below += [_head(column, at) for at, column in held]
        else:
            above += [_head(column, at)._replace(lines=2) for at, column in held]
    return tuple(above), tuple(below)


def _head(column: Column, at: int) -> Head:
    return Head(column.label, column.unit, right=column.right, at=at)


def pads(grid: Grid, language: str) -> tuple[tuple[str, ...], ...]:
    """Give the spaces to put behind each slot, so that decimal signs of a column stand under each other.

    >>> def row(text): return (Slot(content=()), Slot(content=(Words(text=text),), state="shown"))
    >>> from avis.report.inlines import Words
    >>> two = Grid(id="g", caption="", columns=(Column(label=""), Column(label="n", align="decimal")),
    ...            rows=(row("64,5"), row("1\u202f200")))
    >>> [line[1].replace(POINT_SPACE, ".").replace(FIGURE_SPACE, "0") for line in pads(two, "fr")]
    ['', '.0']
    """
    columns = [
        _pads([row[n] for row in grid.rows], language) if column.align == "decimal" else [""] * len(grid.rows)
        for n, column in enumerate(grid.columns)
    ]
    return tuple(zip(*columns, strict=True)) if grid.rows else ()


def _pads(slots: list[Slot], language: str) -> list[str]:
    places = [_places(slot, language) for slot in slots]
    most = max((found for found in places if found is not None), default=0)
    return [_pad(most, found) if found is not None else "" for found in places]


def _pad(most: int, places: int) -> str:
    sign = POINT_SPACE if most and not places else ""
    return sign + FIGURE_SPACE * (most - places)


def _places(slot: Slot, language: str) -> int | None:
    """Count the decimals of the last number of a slot; none where no figure is shown."""
    found = _DECIMALS[language].search(plain(slot.content)) if slot.state == "shown" else None
    return None if found is None else len(found[1] or "")
