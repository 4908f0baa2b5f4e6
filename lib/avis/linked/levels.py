"""Values that contain others: declared, read from ages and periods, or found because counts add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Parting = tuple[str, tuple[str, ...]]
"""A value and values that it is made of: `("18-34", ("18-24", "25-34"))`."""


@dataclass(frozen=True)
class Levels:
    """For each dimension, what its values are made of."""

    partings: Mapping[str, tuple[Parting, ...]] = field(default_factory=dict)

    def topmost(self, dimension: str, values: Sequence[str]) -> list[str]:
        """Leave out the values that stand inside another of these values."""
        partings = self.partings.get(dimension, ())
        if not partings:
            return list(values)
        below: dict[str, set[str]] = {}
        for whole, parts in partings:
            below.setdefault(whole, set()).update(parts)
        inside = set[str]()
        for value in values:
            ahead, reached = [value], set[str]()
            while ahead:
                new = below.get(ahead.pop(), set()) - reached
                reached |= new
                ahead += sorted(new)
            inside |= reached - {value}
        return [value for value in values if value not in inside]
