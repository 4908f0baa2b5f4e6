"""What can be reckoned in one population: its cells, the ties between them, and what was added up."""

from __future__ import annotations

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
