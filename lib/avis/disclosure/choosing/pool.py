"""All cells of all findings in one pool: a margin that two tables share is one variable.

`protect` works on the pool; `audit` never reads it, and reckons for itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Literal, NamedTuple, TypeAlias

from avis.disclosure.choosing.prices import Costs, price
from avis.disclosure.frame import NOTHING, Frame
from avis.disclosure.magnitudes import is_magnitude, required, units
from avis.disclosure.rules import Rules, is_small_count, is_small_group, tells_of_all
from avis.disclosure.solver import Row, parted
from avis.errors import Place, Problems
from avis.findings.model import Finding, Key, ref_key

LIMITLESS = float("inf")


class Tie(NamedTuple):
    """A relation between keys, wherever they are printed."""

    total: Key
    parts: tuple[Key, ...]
    kind: Literal["sum", "cover"] = "sum"
    telling: tuple[Key, ...] = ()
    linked: bool = False
    """Between findings: arithmetic only, no group of its own."""


Told: TypeAlias = tuple[tuple[tuple[Key, float], ...], float, float]
"""What is printed of counts without printing them: keys with factors, and the bounds of their sum."""


@dataclass
class Known:
    """One count of people in the pool."""

    n: int
    threshold: int = 0
    floor: int = 0
    printed: bool = False
    public: bool = False
    owed: bool = False
    weight: float = 0.0
    owners: list[str] = field(default_factory=list)


@dataclass
class Group:
    """Cells that nothing joins to others: their columns in the pool, and the rows over these."""

    cells: dict[Key, Known]
    columns: list[int]
    rows: list[Row]
    homes: list[int]

    def known_to(self, one: Key) -> frozenset[int]:
        """Give what somebody alone in a cell knows, by numbers: her cell, and where else she is or is not.

        She is in some of the cells inside hers and in no other of them; a cell around hers that holds
        one person holds her.
        """
        cells, (inside, around) = list(self.cells.values()), self._nesting
        start = list(self.cells).index(one)
        below, above = _reached(start, inside), _reached(start, around)
        alone = {column for column in above if cells[column].n == 1}
        return frozenset({start} | {column for column in below | alone if cells[column].threshold})

    @cached_property
    def _nesting(self) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
        keys, inside, around = list(self.cells), dict[int, set[int]](), dict[int, set[int]]()
        place = {column: number for number, column in enumerate(self.columns)}
        for row in self.rows:
            terms = [(place[column], factor) for column, factor in row.terms]
            totals = [column for column, factor in terms if factor == 1]
            if (row.low, row.high) == (0, 0) and len(totals) == 1:
                for part in (column for column, factor in terms if factor == -1):
                    if keys[part][:2] == keys[totals[0]][:2]:
                        inside.setdefault(totals[0], set()).add(part)
                        around.setdefault(part, set()).add(totals[0])
        return inside, around

    def moved(self) -> list[Row]:
        """Write the rows over the distances of these cells from their true counts."""
        place = {column: number for number, column in enumerate(self.columns)}
        counts = [cell.n for cell in self.cells.values()]
        moved = []
        for row in self.rows:
            terms = tuple((place[column], factor) for column, factor in row.terms)
            truth = sum(factor * counts[column] for column, factor in terms)
            moved.append(Row(terms, row.low - truth, row.high - truth))
        return moved


@dataclass
class Pool:
    """Every count of people by its key, in the order of the keys, with the ties between them.

    Each tie has a home, a number that it shares with the others of its finding: cells that only
    one home joins can move without moving another table.
    """

    cells: dict[Key, Known]
    ties: dict[Tie, int]
    stated: dict[Told, int] = field(default_factory=dict)

    def rows(self) -> tuple[list[Row], list[int]]:
        """Write the ties as rows over the columns (the cells in order), each with its home."""
        column = {key: number for number, key in enumerate(self.cells)}
        rows, homes = [], []
        for tie, home in self.ties.items():
            factors = Counter({column[tie.total]: 1})
            factors.subtract(column[part] for part in tie.parts)  # a part may be the total itself
            terms = tuple((number, float(factor)) for number, factor in factors.items() if factor)
            if terms:
                rows.append(Row(terms, -LIMITLESS if tie.kind == "cover" else 0.0, 0.0))
                homes.append(home)
        for (told, low, high), home in self.stated.items():
            rows.append(Row(tuple((column[key], factor) for key, factor in told), low, high))
            homes.append(home)
        return rows, homes

    def groups(self) -> Iterator[Group]:
        """Part the cells into groups that nothing joins, in the order of their first cells."""
        keys = list(self.cells)
        rows, homes = self.rows()
        for part, numbers in parted(len(keys), rows):
            cells = {keys[column]: self.cells[keys[column]] for column in part}
            yield Group(cells, part, [rows[n] for n in numbers], [homes[n] for n in numbers])

    def sensitive(self) -> dict[Key, int]:
        """Give the primary cells, those that may not be deduced, each with its threshold.

        A small count; every part of a small group, its zeros included; a telling part that holds a
        whole group. What is public is known: hiding it would protect nobody.
        """
        found = [
            key
            for key, cell in self.cells.items()
            if is_small_count(cell.n, cell.threshold) or (cell.owed and cell.threshold)
        ]
        for tie in self.ties:
            total = self.cells[tie.total]
            if is_small_group(total.n, total.threshold) and tie.kind == "sum" and not tie.linked:
                found += tie.parts
            found += [part for part in tie.telling if tells_of_all(self.cells[part].n, total.n)]
        return {
            key: self.cells[key].threshold
            for key in sorted(set(found))
            if self.cells[key].threshold and not self.cells[key].public
        }


def pool(findings: Sequence[Finding], rules: Rules, before: Frame = NOTHING, costs: Costs = "useful") -> Pool:
    """Pool all counts of people, and those of earlier editions, of which some are known.

    Errors: DIS-001 one cell counted twice with two results.
    """
    check_agreement(findings)
    cells: dict[Key, Known] = {}
    people = [finding for finding in (*findings, *before.findings) if finding.protect]
    for finding in people:
        _take(finding, rules.threshold_for(finding.minors), cells, costs)
    for finding in findings:
        if not finding.protect:
            _mark_public(finding, cells)
    for key in before.known & cells.keys():
        cells[key].public = True
    ties: dict[Tie, int] = {}
    stated: dict[Told, int] = {}
    people.sort(key=lambda finding: finding.id)
    for home, finding in enumerate(people):
        for tie in _ties(finding, cells):
            ties.setdefault(tie, home)
        for told in _stated(finding, cells):
            stated.setdefault(told, home)
    for home, tie in enumerate(nested(cells, ties), start=len(people)):
        outer, inner, rest = tie.total, *tie.parts
        threshold = max(cells[outer].threshold, cells[inner].threshold)
        cells[rest] = Known(cells[outer].n - cells[inner].n, threshold)
        ties[tie] = home
    return Pool(dict(sorted(cells.items())), dict(sorted(ties.items())), dict(sorted(stated.items())))


def check_agreement(findings: Iterable[Finding]) -> None:
    """Refuse two results for one cell: something was counted twice in two ways. Errors: DIS-001."""
    problems, seen = Problems(), dict[Key, tuple[str, float]]()
    for finding in findings:
        for key, cell in finding.keyed():
            if cell.qualifier != "exact" or cell.n is None:
                continue
            first, n = seen.setdefault(key, (finding.id, cell.n))
            if n != cell.n:
                problems.add("DIS-001", Place(finding.id), first=first, second=finding.id)
    problems.raise_errors()


def _take(finding: Finding, threshold: int, cells: dict[Key, Known], costs: Costs) -> None:
    public = {finding.key(where) for where in finding.public}
    measure, widths = finding.measure, required(finding, threshold)
    for key, cell in finding.keyed():
        known = cells.setdefault(key, Known(units(cell.n or 0, measure)))
        known.threshold = max(known.threshold, 0 if is_magnitude(measure) else threshold)
        known.floor = max(known.floor, int(finding.occurring and bool(cell.where)))
        known.printed = True
        known.public |= key in public
        known.weight = max(known.weight, price(finding, cell, costs))
        known.owners.append(finding.id)
    for latent in finding.latent:
        key = ref_key(latent.cell, measure)
        known = cells.setdefault(key, Known(units(latent.n, key.measure)))
        known.owed |= latent.owed
        if not latent.harmless and not is_magnitude(measure):
            known.threshold = max(known.threshold, threshold)
    for key, width in widths.items():
        cells[key].owed, cells[key].threshold = True, max(cells[key].threshold, width)


def _mark_public(finding: Finding, cells: dict[Key, Known]) -> None:
    for key, cell in finding.keyed():
        if key in cells and cell.qualifier == "exact":
            cells[key].public = True


def _ties(finding: Finding, cells: dict[Key, Known]) -> Iterator[Tie]:
    for relation in finding.relations:
        keys = [finding.key(where) for where in (relation.total, *relation.parts)]
        if all(key in cells for key in keys):
            telling = tuple(finding.key(where) for where in relation.telling)
            yield Tie(keys[0], tuple(keys[1:]), relation.kind, telling)
    for link in finding.links:
        keys = [ref_key(ref, finding.measure) for ref in (link.total, *link.parts)]
        if all(key in cells for key in keys):
            yield Tie(keys[0], tuple(keys[1:]), link.kind, linked=True)


def _stated(finding: Finding, cells: dict[Key, Known]) -> Iterator[Told]:
    for told in finding.stated:
        terms = tuple((ref_key(ref, finding.measure), factor) for ref, factor in told.terms)
        if all(key in cells for key, _ in terms):
            yield terms, told.low, told.high


def nested(cells: dict[Key, Known], ties: Iterable[Tie]) -> list[Tie]:
    """Tie what is printed inside something printed (appointments in Paris inside appointments).

    The rest, outer − inner, is a count that nobody prints and anybody can reckon. Pairs that
    relations join already, directly or through others, are left to them.
    """
    over: dict[Key, set[Key]] = {}
    for tie in ties:
        for part in tie.parts:
            over.setdefault(part, set()).add(tie.total)
    printed = {key for key, cell in cells.items() if cell.printed}
    found = []
    for inner in sorted(printed):
        reached = _above(inner, over)
        for size in range(len(inner.where)):
            for where in combinations(inner.where, size):
                outer = inner._replace(where=where)
                if outer in printed and outer not in reached:
                    rest = outer._replace(where=(*outer.where, ("rest", str(inner.where))))
                    found.append(Tie(outer, (inner, rest), linked=True))
    return found


def _reached(start: int, steps: dict[int, set[int]]) -> set[int]:
    reached, ahead = set[int](), [start]
    while ahead:
        new = steps.get(ahead.pop(), set()) - reached
        reached |= new
        ahead += sorted(new)
    return reached


def _above(key: Key, over: dict[Key, set[Key]]) -> set[Key]:
    reached, ahead = set[Key](), [key]
    while ahead:
        for total in over.get(ahead.pop(), ()):
            if total not in reached:
                reached.add(total)
                ahead.append(total)
    return reached
