"""Count tables → the same tables with counts hidden, so that nothing small can be reckoned."""

from __future__ import annotations

from avis.disclosure.protect import protect
from avis.disclosure.protected import Protected
from avis.disclosure.rules import Rules
from avis.exhibits import Where
from avis.linked.bringing import Read
from avis.linked.counted import to_findings
from avis.linked.model import CountTable, key_of
from avis.linked.outcome import HiddenCell, Outcome, called
from avis.linked.percentages import is_kept


def protect_read(read: Read, rules: Rules, outcome: Outcome) -> dict[int, dict[int, frozenset[int]]]:
    """Choose what to hide; give, for each table, the columns to empty by the line of the row."""
    findings = to_findings(read.gathered, read.structures, read.rough, read.tables)
    found = protect(findings, rules)
    outcome.passed = found.passed
    outcome.cells, outcome.hidden_cells = found.cells, found.hidden
    cells = dict[int, dict[int, frozenset[int]]]()
    for number, table in enumerate(read.tables):
        cells[number] = _to_empty(number, table, read, found)
        for at, row in enumerate(table.rows):
            if table.n_at in cells[number].get(row.line, ()):
                name = read.gathered.names[number][at]
                outcome.hidden.append(HiddenCell(called(table), row.line, name, dict(row.where)))
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
