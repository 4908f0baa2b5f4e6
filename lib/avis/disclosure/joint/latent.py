"""Joint records: each person has one value of each variable, and that ties tables more than their margins do.

Of A×B, B×C and A×C a reader knows that one set of people is behind all three: fewer tables are possible
than the equations between printed counts allow (Bishop, Fienberg & Holland, Discrete Multivariate Analysis,
1975; Dobra & Fienberg, PNAS 97, 2000). So we write the people down: counts that nobody prints, of every
combination of values in a clique of variables, with the sums that lead to what is printed.

Where nothing is needed. Let the graph join the variables that some table crosses. If it is chordal and
each of its maximal cliques is one table, consistent margins extend to records: take the cliques C1 … Ck in
an order in which each meets the former ones in one of them, at S. Given records on the former ones, split
the people of each value s of S into the cells of Ck in any order: both sides hold n(s) people, for the
margins agree, so every record gets its values in Ck. Whole numbers stay whole. Hence the equations say it
all. Any other graph we triangulate: each clique gets its joint counts, two cliques that meet agree on
what they share, and the same proof extends them to one record for each person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from avis.disclosure.completion import Bounds, complete
from avis.disclosure.joint.conjunctions import OUTSIDE, Edge, People, Records, peoples
from avis.disclosure.joint.partitions import Values
from avis.disclosure.joint.triangulation import cliques_of, joined
from avis.errors import Problem, Problems
from avis.findings.model import Finding, Key, Latent, Link, Ref, changed

MOST_CELLS = 4_000
"""Joint counts written for one population; cliques beyond are left out, the largest first, and it is said."""

MOST_FILLED = 600
"""Those of cliques in which tables form no cycle by themselves, only around others: they tie more loosely.

Thirty questions by sex and by age form thirty such cliques around one sex × age that nobody prints.
"""


@dataclass(frozen=True)
class Joint:
    """Findings that print nothing and hold joint counts, and what could not be written."""

    findings: tuple[Finding, ...]
    remarks: tuple[Problem, ...]


@dataclass
class _Ties:
    """Sums and unprinted counts in the making."""

    sums: dict[tuple[Key, tuple[Key, ...]], None] = field(default_factory=dict)
    latent: dict[Key, None] = field(default_factory=dict)

    def add(self, total: Key, parts: Sequence[Key], known: People) -> None:
        """Tie a total to its parts; whoever of them nobody counted yet is a count from now on."""
        if not parts or tuple(parts) == (total,):
            return
        self.sums[total, tuple(sorted(parts))] = None
        for key in (total, *parts):
            if key not in known.counts:
                self.latent[key] = None


def joint(findings: Iterable[Finding]) -> Joint:
    """Write the joint counts of every population whose tables cross in a cycle, or share unprinted margins.

    Remarks: DIS-031 too many combinations to write; DIS-032 no people agree with all tables: they are not
    about one record a person, and stay tied by their sums alone.
    """
    made, remarks = list[Finding](), Problems()
    for people in peoples(findings):
        name = people.sample.population
        for groups in (True, False):
            ties, left_out = _ties(Records(people, groups))
            found = _written(people, ties)
            if found is not None:
                break
        if found is None:
            remarks.warn("DIS-032", population=name)
        elif left_out:
            remarks.warn("DIS-031", population=name)
        made += [found] if found is not None and found.latent else []
    return Joint(tuple(made), tuple(remarks))


def complete_together(
    findings: Sequence[Finding], known: Mapping[Key, int], near: Mapping[Key, int], rows: Iterable[Bounds]
) -> dict[Key, int] | None:
    """Complete the hidden counts of `near` as sums and records demand, both at once.

    Whole numbers that agree with every sum may be no people at all: then nothing could be said of records
    afterwards. Of the findings nothing is read but which counts there are and what ties them. A population
    of which what is shown admits no records is completed by its sums alone; none where not even that goes.
    """
    held = list(rows)
    found = complete(known, near, held)
    for people in peoples(findings) if found is not None else ():
        for groups in (True, False):
            told = _rows(_ties(Records(people, groups))[0])
            together = complete(known, near, [*held, *told]) if told else found
            if together is not None:
                held, found = [*held, *told], together
                break
    return found


def _ties(records: Records) -> tuple[_Ties, int]:
    """Tie each clique of variables that no table prints, and what cliques share; count those left out."""
    ties = _Ties()
    crossed = [edge for edge in records.edges if edge <= records.atoms.keys()]
    cliques = cliques_of(edge for edge in crossed if edge)
    open_ones = [one for one in cliques if len(one) > 2 and not _is_printed(one, records)]
    room, written = {True: MOST_CELLS, False: MOST_FILLED}, set[Edge]()
    for clique in sorted(open_ones, key=lambda one: (records.size(one), sorted(one))):
        ringed = all(any({a, b} <= edge for edge in crossed) for a, b in combinations(sorted(clique), 2))
        if records.size(clique) <= room[ringed]:
            room[ringed] -= records.size(clique)
            written.add(clique)
            _tie_clique(clique, records, ties)
    for table in sorted(crossed, key=sorted):
        if table and records.complete(table):
            _tie_table(table, records, ties)
    for a, b, shared in joined(cliques) if cliques else ():
        _tie_shared((cliques[a], cliques[b]), shared, written, records, ties)
    return ties, len(open_ones) - len(written)


def _is_printed(clique: Edge, records: Records) -> bool:
    return any(clique <= edge and records.complete(edge) for edge in records.edges)


def _cells(names: Edge, records: Records) -> list[tuple[dict[str, Values], Key]]:
    """The joint counts of some variables, without those of which anybody knows that they are zero."""
    return [
        (dict(zip(sorted(names), at, strict=True)), records.key(names, at))
        for at in records.grid(names)
        if not records.is_empty(names, at)
    ]


def _tie_clique(clique: Edge, records: Records, ties: _Ties) -> None:
    """Every count that is about some variables of the clique is the sum of its joint counts.

    What a whole table inside the clique implies is left to the sums of that table.
    """
    cells = _cells(clique, records)
    whole = [edge for edge in records.edges if edge <= clique and records.complete(edge)]
    for edge, held in sorted(records.edges.items(), key=lambda item: sorted(item[0])):
        if not edge or not edge <= clique or any(edge < larger for larger in whole):
            continue
        names = sorted(edge)
        for at, key in held.items():
            is_atom = all(leaves in records.atoms[name] for name, leaves in zip(names, at, strict=True))
            if is_atom or not (edge in whole or key in records.split):
                inside = dict(zip(names, at, strict=True))
                if records.fits(inside):
                    ties.add(key, _under(inside, cells), records.people)


def _tie_table(table: Edge, records: Records, ties: _Ties) -> None:
    """Tie a whole table to the margins of it that others print, where no sum does: anybody can add."""
    held = records.edges[table]
    cells = [(place, key) for place, key in _cells(table, records) if key in records.people.counts]
    tied = records.tied(key for _, key in cells)
    for edge in sorted(records.edges, key=sorted):
        if edge <= table and not any(map(records.is_group, table - edge)):
            for at, key in (held if edge == table else records.edges[edge]).items():
                place = dict(zip(sorted(edge), at, strict=True))
                if key not in tied and records.fits(place):
                    ties.add(key, _under(place, cells), records.people)


def _under(inside: dict[str, Values], cells: Sequence[tuple[dict[str, Values], Key]]) -> list[Key]:
    return [key for place, key in cells if all(place[name] <= leaves for name, leaves in inside.items())]


def _tie_shared(
    pair: tuple[Edge, Edge], shared: Edge, written: set[Edge], records: Records, ties: _Ties
) -> None:
    """Let two cliques agree on what they share: a margin that is printed nowhere is a count too."""
    sides = [_side(clique, written, records) for clique in pair]
    if any(side is None for side in sides):
        return
    for at in records.grid(shared):
        key = records.key(shared, at)
        if key in records.people.counts or records.is_empty(shared, at):
            continue
        inside = dict(zip(sorted(shared), at, strict=True))
        if OUTSIDE in at and not all(clique in written for clique in pair):
            continue
        for side in sides:
            ties.add(key, _under(inside, side or []), records.people)


def _side(clique: Edge, written: set[Edge], records: Records) -> list[tuple[dict[str, Values], Key]] | None:
    """The counts that a clique consists of: joint ones, or those of the table that prints it."""
    if clique in written:
        return _cells(clique, records)
    tables = [edge for edge in records.edges if clique <= edge and records.complete(edge)]
    if not tables:
        return None
    table = min(tables, key=lambda edge: (len(edge), sorted(edge)))
    return [(place, key) for place, key in _cells(table, records) if key in records.people.counts]


def _written(people: People, ties: _Ties) -> Finding | None:
    """Give the counts some whole numbers that agree with all tables, none where there are none.

    Which of them does not matter: what can be deduced depends on what is printed alone.
    """
    base = complete(people.counts, dict.fromkeys(ties.latent, 0), _rows(ties))
    if base is None:
        return None
    first = next(iter(people.counts), None)
    return changed(
        people.sample,
        id=f"joint.{first.population}.{first.measure}" if first else "joint",
        population=first.population if first else people.sample.population,
        measure=first.measure if first else people.sample.measure,
        within=(),
        dimensions=(),
        cells=(),
        relations=(),
        public=(),
        stated=(),
        contributions=(),
        occurring=False,
        base=None,
        target=None,
        gap={},
        latent=tuple(Latent(cell=_ref(key), n=base[key], harmless=True) for key in sorted(base)),
        links=tuple(Link(total=_ref(total), parts=tuple(map(_ref, parts))) for total, parts in ties.sums),
    )


def _rows(ties: _Ties) -> list[Bounds]:
    return [(((total, 1.0), *((part, -1.0) for part in parts)), 0.0, 0.0) for total, parts in ties.sums]


def _ref(key: Key) -> Ref:
    return Ref(population=key.population, where=key.where, measure=key.measure)
