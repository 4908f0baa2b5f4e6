"""Tables brought together: their cells, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from avis.errors import Place, Problems
from avis.findings.model import Ref, Stated
from avis.linked.gathering import Gathered, Population, gather
from avis.linked.known import KnownCell, spelled_pairs
from avis.linked.levels import Levels, find_levels
from avis.linked.model import CountTable, Spot
from avis.linked.percentages import check_percents
from avis.linked.structure import MOST_CELLS, structure
from avis.linked.ties import Structure


@dataclass(frozen=True)
class Read:
    """Tables with their cells by population; `rough` bounds what the public knows roughly.

    `loose`: a rest is admitted beside hidden counts.
    """

    tables: tuple[CountTable, ...]
    gathered: Gathered
    structures: Mapping[str, Structure]
    levels: Mapping[str, Levels]
    rough: Mapping[str, Sequence[Stated]] = field(default_factory=dict)
    loose: bool = False

    def places(self) -> Iterator[tuple[Spot, Place]]:
        """Give every row's cell with its place."""
        for number, table in enumerate(self.tables):
            for at, row in enumerate(table.rows):
                spot = self.gathered.names[number][at], self.gathered.wheres[number][at]
                yield spot, Place(table.name, table.sheet, row.line)


def bring_together(
    tables: Sequence[CountTable],
    known: Sequence[KnownCell],
    declared: Mapping[str, Sequence[tuple[str, str]]],
    problems: Problems,
    loose: bool = False,
    arithmetic: bool = True,
) -> Read:
    """Gather the cells of all tables and find what follows.

    Errors: LIN-016 too many cells, LIN-020 and 026 two counts for one, LIN-021 a percentage that is none,
    LIN-027 too large a part.
    """
    many = len({row.spot for table in tables for row in table.rows})
    if many > MOST_CELLS:
        problems.add("LIN-016", Place(), n=many, most=MOST_CELLS)
        problems.raise_errors()
    gathered = gather(tables, known, problems)
    problems.raise_errors()
    levels = {
        name: find_levels(population, _declared(population, declared), arithmetic)
        for name, population in gathered.populations.items()
    }
    structures = {
        name: structure(population, levels[name], loose) for name, population in gathered.populations.items()
    }
    check_percents(gathered, structures, tables, problems)
    read = Read(tuple(tables), gathered, structures, levels, {}, loose)
    wrong = {(name, where) for name, held in structures.items() for where in held.wrong}
    for spot, place in read.places():
        if spot in wrong:
            problems.add("LIN-027", place)
    if wrong and not problems.errors:
        problems.add("LIN-026", Place(known[0].place.file) if known else Place())
    problems.raise_errors()
    rough = {name: _rough(population) for name, population in gathered.populations.items()}
    return replace(read, rough=rough)


def _declared(
    population: Population, declared: Mapping[str, Sequence[tuple[str, str]]]
) -> dict[str, list[tuple[str, str]]]:
    views = [*population.views, *population.known_views]
    return {
        name: spelled_pairs(pairs, [value for view in views for value in view.values.get(name, ())])
        for name, pairs in declared.items()
    }


def _rough(population: Population) -> list[Stated]:
    """Bound the cells that the public knows roughly."""
    return [
        Stated(terms=((Ref(population=population.name, where=where), 1.0),), low=low, high=high)
        for where, (low, high) in sorted(population.rough.items())
    ]
