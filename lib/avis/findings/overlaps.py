"""Who stands in several parts of one total: nobody prints it, and anybody can subtract.

30 came in one year, 20 in the other, 45 in all: 5 came in both. The parts together are the total and a
surplus; the surplus is at least those who stand in several parts, and at most so often as there are others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from avis.findings.model import Latent, Link, Ref


@dataclass(frozen=True)
class Overlap:
    """What the parts of one total hold more than once."""

    total: int
    surplus: int
    """How often somebody stands in one more part than her first."""
    several: int
    """People who stand in two parts or more."""
    outside: int = 0
    """People of the total who stand in no part."""


def tie_overlap(
    total: Ref, parts: Sequence[Ref], found: Overlap, name: str
) -> tuple[tuple[Link, ...], tuple[Latent, ...]]:
    """Tie a total to parts that may share people: Σ parts + outside = total + surplus.

    `parts` are those in which somebody stands. Nothing for one part alone: it is the total, and the plain
    relation says so.
    """
    if len(parts) < 2:
        return (), ()

    given, surplus, several = (beside(total, name, kind) for kind in ("parts", "surplus", "several"))
    outside = (beside(total, name, "outside"),) if found.outside else ()
    links = [
        Link(total=given, parts=(*parts, *outside)),
        Link(total=given, parts=(total, surplus)),
        Link(total=several, parts=(surplus,), kind="cover"),
        Link(total=surplus, parts=(several,) * (len(parts) - 1), kind="cover"),
    ]
    latent = [Latent(cell=given, n=found.total + found.surplus, harmless=True)]
    latent += [Latent(cell=surplus, n=found.surplus), Latent(cell=several, n=found.several)]
    latent += [Latent(cell=ref, n=found.outside) for ref in outside]
    return tuple(links), tuple(latent)


def overlap_of(held: Sequence[frozenset[str]]) -> Overlap:
    """Count who stands in several of some sets of people.

    >>> overlap_of([frozenset("abc"), frozenset("cd")])
    Overlap(total=4, surplus=1, several=1, outside=0)
    """
    often = Counter(code for codes in held for code in codes)
    several = sum(times > 1 for times in often.values())
    return Overlap(len(often), often.total() - len(often), several)


def beside(total: Ref, name: str, kind: str) -> Ref:
    """Name an unprinted count that goes with a total."""
    where = tuple(sorted((*total.where, (name, kind))))
    return Ref(population=total.population, where=where, measure=total.measure)
