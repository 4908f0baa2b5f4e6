"""The money table, reckoned: sums by account, totals that say what is missing, whether both sides balance."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from avis.exhibits import BudgetLine

Moment = Literal["planned", "realised"]
MOMENTS: tuple[Moment, ...] = ("planned", "realised")


@dataclass(frozen=True)
class Sum:
    """What several lines make together: what is known of it, and how many lines have no amount."""

    known: int | float
    lines: int
    missing: int = 0

    @property
    def whole(self) -> int | float | None:
        """The sum; none where a line has no amount, or where there is no line."""
        return self.known if self.lines and not self.missing else None


def add(amounts: Iterable[int | float | None]) -> Sum:
    """Add euros to the cent; what is missing is no zero.

    >>> add([0.1, 0.2]).whole, add([10, None])
    (0.3, Sum(known=10, lines=2, missing=1))
    """
    listed = list(amounts)
    found = round(math.fsum(one for one in listed if one is not None), 2)
    return Sum(int(found) if found.is_integer() else found, len(listed), listed.count(None))


def total(lines: Iterable[BudgetLine], moment: Moment) -> Sum:
    """Add lines as they were planned, or as they came to be."""
    return add(getattr(line, moment) for line in lines)


def share(part: int | float | None, whole: int | float | None) -> float | None:
    """Give what one amount is of another; none where either is missing or there is nothing to share."""
    return None if part is None or not whole else part / whole


def gap(line: BudgetLine) -> int | float | None:
    """Give how far a line went from its plan; none where it cannot be told."""
    if line.planned is None or line.realised is None:
        return None
    return add([line.realised, -line.planned]).known


@dataclass(frozen=True)
class Group:
    """Lines of one account, or those that the form keeps together."""

    id: str
    """Two digits, `indirect`, or nothing where nobody told an account."""
    lines: tuple[BudgetLine, ...]


@dataclass(frozen=True)
class Side:
    """One side of the table: expenses or income, paid or given in kind."""

    groups: tuple[Group, ...]

    @property
    def lines(self) -> tuple[BudgetLine, ...]:
        """All its lines in the order of the form."""
        return tuple(line for group in self.groups for line in group.lines)

    def total(self, moment: Moment) -> Sum:
        """Add all its lines."""
        return total(self.lines, moment)


def side(lines: Iterable[BudgetLine], which: Literal["expense", "income"], in_kind: bool = False) -> Side:
    """Sort the lines of one side by account; without account, then indirect costs, stand behind."""
    groups: dict[str, list[BudgetLine]] = {}
    for line in lines:
        if line.side == which and line.in_kind == in_kind:
            groups.setdefault("indirect" if line.indirect else line.account, []).append(line)
    order = sorted(groups, key=lambda id: (id == "indirect", id == "", id))
    return Side(tuple(Group(id, tuple(groups[id])) for id in order))


def difference(expenses: Side, income: Side, moment: Moment) -> int | float | None:
    """Give what income leaves over expenses, less than zero where it lacks; none where it cannot be told."""
    spent, earned = expenses.total(moment).whole, income.total(moment).whole
    return None if spent is None or earned is None else add([earned, -spent]).known
