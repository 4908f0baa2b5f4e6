"""What the public knows need not be complete: beside its rows there may be others that it does not name.

That they come to their total may be true and still be known to nobody: our true counts would tell, and
these are what we hide. So beside what is known stands a rest, be it of nobody, unless the known numbers
add up by themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from avis.exhibits import Where
from avis.linked.gathering import KNOWN, Population
from avis.linked.levels import Levels
from avis.linked.model import inside, without
from avis.linked.ties import REST, Structure, Tie

UNSAID = REST + REST
"""Begins the value of those who stand in no row of what the public knows."""


def adds_up(population: Population, total: Where, parts: Sequence[Where]) -> bool:
    """Tell whether the known numbers themselves say that these parts are all of their total."""
    whole, counts = population.known.get(total), [population.known.get(part) for part in parts]
    return None not in counts and whole == sum(n for n in counts if n is not None)


def tops_of(population: Population, levels: Levels, dimension: str) -> list[str]:
    """Give the topmost values that the tables have of a dimension."""
    values = (value for view in population.views for value in view.values.get(dimension, ()))
    return levels.topmost(dimension, list(dict.fromkeys(values)))


def leave_unsaid(
    population: Population, total: Where, dimension: str, parts: Sequence[Where], found: Structure
) -> None:
    """Tie a total to its known parts and to whoever is in none of them.

    Of a part that no table has only bounds are known: the lower one stands for it. Where the total or a
    part is hidden nobody told the rest, and it is no count that we must protect.
    """
    counts = found.counts
    rough = population.rough.items()
    lows = {part: ceil(low) for part, (low, _) in rough if part in parts and part not in counts}
    held = [counts[where] for where in (total, *(part for part in parts if part in counts))]
    rest: int | None = None
    if None not in held:
        whole, *inner = (n for n in held if n is not None)
        rest = whole - sum(inner)
        if sum(lows.values()) > rest:
            lows = {}
        rest -= sum(lows.values())
    told = [part for part in parts if part in counts or part in lows]
    if not told:
        return
    value = UNSAID + REST.join(dict(part)[dimension] for part in told)  # one for each way to part a total
    where = inside(without(total, dimension), dimension, value)
    for new, n in (*lows.items(), (where, rest)):
        counts[new] = n
        found.latent[new] = KNOWN
        if rest is None or new != where:
            found.harmless.add(new)
    found.ties.append(Tie(total, (*told, where), "sum", KNOWN, dimension))
