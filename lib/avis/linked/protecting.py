"""Count tables → the same tables with counts hidden, so that nothing small can be reckoned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from avis.disclosure.protect import protect
from avis.disclosure.protected import Protected
from avis.disclosure.rules import Rules
from avis.errors import Place, Problems
from avis.exhibits import Where
from avis.linked.counted import to_findings
from avis.linked.gathering import Gathered, gather
from avis.linked.levels import Levels
from avis.linked.model import CountTable, key_of
from avis.linked.outcome import HiddenCell, Outcome
from avis.linked.percentages import check_percents, is_kept
from avis.linked.structure import MOST_CELLS, Structure, structure


@dataclass(frozen=True)
class Read:
    """Tables brought together: their cells and what follows from them."""

    tables: tuple[CountTable, ...]
    gathered: Gathered
    structures: Mapping[str, Structure]


def bring_together(
    tables: Sequence[CountTable], levels: Mapping[str, Levels], problems: Problems, loose: bool = False
) -> Read:
    """Gather the cells of all tables and find what follows. Errors: LIN-020, LIN-021, LIN-016 too many."""
    gathered = gather(tables, problems)
    problems.raise_errors()
    many = sum(len(population.printed) for population in gathered.populations.values())
    if many > MOST_CELLS:
        problems.add("LIN-016", Place(), n=many, most=MOST_CELLS)
        problems.raise_errors()
    structures = {
        name: structure(population, levels.get(name, Levels()), loose)
        for name, population in gathered.populations.items()
    }
    check_percents(gathered, structures, tables, problems)
    problems.raise_errors()
    return Read(tuple(tables), gathered, structures)


def protect_tables(read: Read, rules: Rules, outcome: Outcome) -> dict[int, dict[int, frozenset[int]]]:
    """Choose what to hide; give, for each table, the columns to empty by the line of the row."""
    findings = to_findings(read.gathered, read.structures, {}, read.tables)
    found = protect(findings, rules)
    outcome.passed = found.passed
    outcome.cells, outcome.hidden_cells = found.cells, found.hidden
    cells = dict[int, dict[int, frozenset[int]]]()
    for number, table in enumerate(read.tables):
        cells[number] = _to_empty(number, table, read, found)
        for at, row in enumerate(table.rows):
            if table.n_at in cells[number].get(row.line, ()):
                name = read.gathered.names[number][at]
                outcome.hidden.append(HiddenCell(_called(table), row.line, name, dict(row.where)))
    return cells


def _to_empty(number: int, table: CountTable, read: Read, found: Protected) -> dict[int, frozenset[int]]:
    """Empty hidden counts, and the percentages that would tell them or their base."""
    hidden: dict[str, frozenset[Where]] = {
        name: frozenset(key.where for key in found.hidden_keys if key.population == name)
        for name in read.gathered.populations
    }
    cells = dict[int, frozenset[int]]()
    for at, row in enumerate(table.rows):
        spot = read.gathered.names[number][at], read.gathered.wheres[number][at]
        columns = set[int]()
        if key_of(spot) in found.hidden_keys:
            columns.add(table.n_at)
        if row.percent is not None and table.percent_at is not None:
            kept = {name for name, _ in row.percent.base}
            base = tuple(pair for pair in spot[1] if pair[0] in kept)
            if not is_kept(row.percent, spot, base, read.structures[spot[0]], hidden[spot[0]]):
                columns.add(table.percent_at)
        if columns:
            cells[row.line] = frozenset(columns)
    return cells


def _called(table: CountTable) -> str:
    return f"{table.name} [{table.sheet}]" if table.sheet else table.name
