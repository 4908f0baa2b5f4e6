"""What can be reckoned in one population: its cells, the ties between them, and what was added up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from avis.exhibits import Where

REST = "\x00"
"""The value of those who stand in no row of a dimension."""

OTHERS = "\x00not "
"""Begins the value of those who are not in a row of a dimension in which people stand in several."""


def is_rest(value: str) -> bool:
    """Tell whether a value names people by what they are not in."""
    return value.startswith(REST)


class Tie(NamedTuple):
    """`total` is the sum of its parts, or at most that (`cover`); `view` is the table that says so."""

    total: Where
    parts: tuple[Where, ...]
    kind: Literal["sum", "cover"]
    view: int
    dimension: str


Beside = frozenset[tuple[str, str]]
"""Values (with their dimension) that stand beside others in some sum."""


def beside(ties: Iterable[Tie]) -> Beside:
    """Give the values that stand beside others somewhere, so that alone they leave out a row of nobody."""
    return frozenset(
        (tie.dimension, dict(part)[tie.dimension])
        for tie in ties
        if len(tie.parts) > 1 and tie.dimension not in dict(tie.total)
        for part in tie.parts
        if tie.dimension in dict(part)
    )


def telling(tie: Tie, others: Beside) -> tuple[Where, ...]:
    """Give the parts that tell of all in a group if they hold it whole.

    A single part is its total told twice, unless others stand beside it elsewhere: here they are nobody.
    """
    if len(tie.parts) == 1:
        mine = tie.dimension, dict(tie.parts[0]).get(tie.dimension, "")
        return tie.parts if mine in others and tie.dimension not in dict(tie.total) else ()
    return tuple(part for part in tie.parts if not any(is_rest(value) for _, value in part))


class Sum(NamedTuple):
    """A total whose parts are all told, and what they leave of it: below nothing where they are too many."""

    total: Where
    parts: tuple[Where, ...]
    dimension: str
    rest: int
    whole: bool
    """Whether every row of the table stands in it: one that is missing could hold the rest."""
    told: bool
    """Whether a file has the total: one that was reckoned comes out by itself."""


@dataclass
class Structure:
    """All cells of a population with their counts (none: unknown), and the ties between them."""

    counts: dict[Where, int | None]
    ties: list[Tie] = field(default_factory=list)
    latent: dict[Where, int] = field(default_factory=dict)
    """Cells that are printed nowhere, with the view that they follow from."""
    harmless: set[Where] = field(default_factory=set)
    """Latent cells whose count nobody can reckon: part of the sums, not protected."""
    several: set[str] = field(default_factory=set)  # dimensions in which people stand in several rows
    wrong: list[Where] = field(default_factory=list)  # parts that are larger than their total
    nobody: set[Where] = field(default_factory=set)
    """Zeros that follow from sums that hold: to hide one would tell nothing less."""
    uncounted: set[str] = field(default_factory=set)
    """Dimensions in which some people stand in no row."""
    sums: list[Sum] = field(default_factory=list)
    """What was added up, whether it came out or not."""
