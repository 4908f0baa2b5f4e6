"""Count tables → which counts to hide, so that nothing small can be reckoned from all of them together."""

from __future__ import annotations

from collections.abc import Sequence

from avis.disclosure.choosing.prices import Costs
from avis.disclosure.protect import protect
from avis.disclosure.protected import Protected
from avis.disclosure.rules import Rules
from avis.exhibits import Where
from avis.linked.bringing import Read
from avis.linked.counted import to_findings
from avis.linked.model import key_of
from avis.linked.outcome import HiddenCell, Outcome, called, printed_where
from avis.linked.percentages import is_kept
from avis.linked.rewriting import Changes


def protect_read(read: Read, rules: Rules, cost: Costs = "useful", exact: bool = False) -> Protected:
    """Protect all cells together; `cost` and `exact` say what to hide by preference and how hard to look."""
    findings = to_findings(read.gathered, read.structures, read.rough, read.tables)
    return protect(findings, rules, costs=cost, exact=exact)


def tell_hidden(read: Read, found: Protected, outcome: Outcome) -> None:
    """Put into the outcome what is hidden, row by row."""
    outcome.passed, outcome.cells, outcome.hidden_cells = found.passed, found.cells, found.hidden
    for number, table in enumerate(read.tables):
        for at, row in enumerate(table.rows):
            spot = read.gathered.names[number][at], read.gathered.wheres[number][at]
            if key_of(spot) in found.hidden_keys:
                outcome.hidden.append(
                    HiddenCell(called(table), row.line, spot[0], printed_where(table, row.where))
                )


def hide(read: Read, found: Protected, changes: Sequence[Changes]) -> None:
    """Empty hidden counts, and the percentages that would tell them or their base."""
    hidden: dict[str, frozenset[Where]] = {
        name: frozenset(key.where for key in found.hidden_keys if key.population == name)
        for name in read.gathered.populations
    }
    for number, table in enumerate(read.tables):
        for at, row in enumerate(table.rows):
            spot = read.gathered.names[number][at], read.gathered.wheres[number][at]
            if key_of(spot) in found.hidden_keys:
                changes[number].put(row.line, table.n_at, "")
            if row.percent is not None and table.percent_at is not None:
                kept = {name for name, _ in row.percent.base}
                base = tuple(pair for pair in spot[1] if pair[0] in kept)
                if not is_kept(row.percent, spot, base, read.structures[spot[0]], hidden[spot[0]]):
                    changes[number].put(row.line, table.percent_at, "")
