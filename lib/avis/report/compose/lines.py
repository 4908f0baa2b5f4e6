"""The lines of a table: choices, who answered, why others did not; totals that tell what they hold."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from avis.exhibits import Dimension, Table, Where
from avis.i18n import Language, say
from avis.report.compose.remarks import label, place
from avis.report.document import Inline, RowGroup, Slot, Words

WITHIN, BEYOND = "report.compose.group.answers", "report.compose.group.beyond"
"""The words above the lines that a base holds, and above those that it leaves out."""


class Line(NamedTuple):
    """A line of a table: its words, which figures it holds, whether it is a total, under which words."""

    name: str
    where: Where
    total: bool = False
    group: str = ""


def lines(table: Table, language: Language) -> tuple[Line, ...]:
    """Give the lines of the first dimension; the whole last, where the table has one.

    Where some did not answer, those who did are a total of their own, since shares are taken of them.
    """
    if not table.dimensions:
        return ()
    first = table.dimensions[0]
    named = [Line(label(one.label, language), place((first.id, one.id))) for one in first.values]
    base = dict(table.base or ()).get(first.id)
    beyond = [one.role == "status" for one in first.values]
    if base is not None and any(beyond):
        within, outside = say(WITHIN, language), say(BEYOND, language)
        answered = Line(say("report.compose.answered", language), place((first.id, base)), True, within)
        named = [
            *(line._replace(group=within) for line, out in zip(named, beyond, strict=True) if not out),
            *([answered] if _held(table, answered.where) else []),
            *(line._replace(group=outside) for line, out in zip(named, beyond, strict=True) if out),
        ]
    if _held(table, ()):
        named.append(Line(say("report.compose.whole", language), (), True))
    return tuple(named)


def _held(table: Table, where: Where) -> bool:
    """Tell whether a table holds a figure for a line: its own, or those of its crossing."""
    if len(table.dimensions) == 1:
        return table.cell(where) is not None
    return any(table.cell(place(*where, pair)) is not None for pair in _pairs(table.dimensions[1]))


def _pairs(dimension: Dimension) -> list[tuple[str, str]]:
    return [(dimension.id, value.id) for value in dimension.values]


def groups(named: Sequence[Line]) -> tuple[RowGroup, ...]:
    """Give the groups of lines; none where all lines belong to one.

    >>> groups([Line("a", (), group="x"), Line("b", (), group="x"), Line("c", ())])
    (RowGroup(label='x', rows=2), RowGroup(label='', rows=1))
    """
    found = [
        RowGroup(label=words, rows=len(list(run))) for words, run in groupby(line.group for line in named)
    ]
    return tuple(found) if any(one.label for one in found) else ()


Remarks = tuple[tuple[str, tuple[Inline, ...]], ...]


def honest(
    rows: tuple[tuple[Slot, ...], ...], language: Language
) -> tuple[tuple[tuple[Slot, ...], ...], Remarks]:
    """Mark totals of tables where something is hidden, and give what the marks mean.

    A total that is shown says that it holds the hidden figures too; one that is hidden, that it is so for
    people's sake. It is the same sentence whatever is hidden: it does not tell which figure guards which.
    """
    marked, used, hidden = [], dict[str, str](), False
    for row in rows:
        states = [slot.state for slot in row[1:]]
        key = ""
        if row[0].total and "shown" in states and (hidden or "hidden" in states):
            key = "total_holds"
        elif row[0].total and "hidden" in states:
            key = "total_hidden"
        hidden = hidden or "hidden" in states
        mark = used.setdefault(key, "ab"[len(used)]) if key else ""
        first = Slot(content=row[0].content, state=row[0].state, total=row[0].total, mark=mark)
        marked.append((first, *row[1:]))
    remarks = ((mark, (Words(text=say(f"report.compose.{key}", language)),)) for key, mark in used.items())
    return tuple(marked), tuple(remarks)
