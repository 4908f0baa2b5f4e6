"""Hide the counts that could tell something about one person, over all tables at once.

Primary cells come from `rules`; complementary ones from linear programs over all cells (after
Fischetti & Salazar, 2001): for each primary cell, the cheapest other tables that agree with what is
printed and in which the cell is lower, and higher. What differs in them must be hidden. A clean-up
shows again what proved needless. This room proposes; `audit` decides.
"""

from __future__ import annotations

from collections.abc import Sequence

from avis.disclosure.audit import Audit, audit
from avis.disclosure.choosing.choice import Choice
from avis.disclosure.choosing.pool import Pool, pool
from avis.disclosure.choosing.prices import Costs
from avis.disclosure.choosing.repair import Demand
from avis.disclosure.editions import Editions, hidden_again
from avis.disclosure.frame import frame
from avis.disclosure.protected import Protected
from avis.disclosure.rules import Rules
from avis.disclosure.tables import protected_tables
from avis.findings.model import Finding, Key

__all__ = ["Protected", "protect", "protected_tables"]

ROUNDS = 12
"""How often the audit may send its refusals back before whole tables are withheld."""


def protect(
    findings: Sequence[Finding],
    rules: Rules,
    published: Editions = (),
    *,
    costs: Costs = "useful",
    exact: bool = False,
) -> Protected:
    """Choose what to hide so that the audit passes; where it cannot, whole findings are withheld.

    `published` holds the findings of each earlier edition as it was printed (see `editions`): what it
    showed is known, and who left or came since must not be told by comparing. `costs` says what is dear
    to hide (see `prices`); `exact` searches long for the cheapest choice, and proves it where it ends.
    Errors: DIS-001 one cell with two results. The same findings give the same choice.
    """
    again = hidden_again(findings, published)
    if again is not None and (verdict := audit(findings, again, rules, published)).passed:
        return Protected(again, verdict, rules)
    cells = pool(findings, rules, frame(findings, published), costs)
    choices = _choices(cells, exact)
    hidden = _hidden(cells, choices)
    verdict = audit(findings, hidden, rules, published)
    for _ in range(ROUNDS):
        if verdict.passed:
            break
        demands = [Demand(f.key, cells.cells[f.key].threshold, f.known_by) for f in verdict.failures]
        for choice in choices:
            mine = [demand for demand in demands if choice.holds(demand.key)]
            if mine:
                choice.insist(mine)
        hidden = _hidden(cells, choices)
        verdict = audit(findings, hidden, rules, published)
    if not verdict.passed:
        hidden, verdict = _withhold(findings, rules, published, cells, hidden, verdict)
    cost = sum(cells.cells[key].weight for key in hidden if key in cells.cells)
    whole = any(choice.whole for choice in choices)
    return Protected(hidden, verdict, rules, cost, sum(choice.bound for choice in choices), whole)


def _choices(cells: Pool, exact: bool) -> list[Choice]:
    """Work on each group of linked cells by itself; those without a primary cell need no work."""
    sensitive, choices = cells.sensitive(), []
    for group in cells.groups():
        demands = [Demand(key, sensitive[key]) for key in group.cells if key in sensitive]
        if demands:
            choices.append(Choice(group, demands, exact))
    return choices


def _hidden(cells: Pool, choices: Sequence[Choice]) -> frozenset[Key]:
    touched = {key for choice in choices for key in choice.hidden()}
    return frozenset(key for key in touched if cells.cells[key].printed and not cells.cells[key].public)


def _withhold(
    findings: Sequence[Finding],
    rules: Rules,
    published: Editions,
    cells: Pool,
    hidden: frozenset[Key],
    verdict: Audit,
) -> tuple[frozenset[Key], Audit]:
    """Hide whole findings around what the audit refuses, wider and wider, until it passes.

    In the end everything that is not public already is hidden, and then nothing printed can tell.
    """
    withheld: set[str] = set()
    while not verdict.passed:
        around = {failure.key for failure in verdict.failures}
        tied = [{tie.total, *tie.parts} for tie in cells.ties]
        around = around.union(*(keys for keys in tied if keys & around))
        wider = withheld | {owner for key in around for owner in cells.cells[key].owners}
        if wider == withheld:
            wider = {finding.id for finding in findings}
            if wider == withheld:
                break
        withheld = wider
        hidden |= {
            key
            for key, cell in cells.cells.items()
            if cell.printed and not cell.public and withheld.intersection(cell.owners)
        }
        verdict = audit(findings, hidden, rules, published)
    return hidden, verdict
