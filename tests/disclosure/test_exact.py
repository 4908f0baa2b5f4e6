"""The choice of cells against the proven optimum, on random sets; and what may be called dear."""

from itertools import combinations

import numpy as np
import pytest
from small_tables import crossed, finding, where

from avis.disclosure.audit import audit
from avis.disclosure.choosing.choice import PATIENT
from avis.disclosure.choosing.exact import Exact
from avis.disclosure.choosing.pool import pool
from avis.disclosure.choosing.prices import Costs, price
from avis.disclosure.choosing.repair import Demand, Repair
from avis.disclosure.protect import protect
from avis.disclosure.rules import Rules
from avis.exhibits import Where
from avis.findings.model import Finding, Relation, changed


def linked(seed: int, pairs: list[tuple[int, int]], people: int) -> list[Finding]:
    """Tables of two variables each about the same people."""
    random = np.random.default_rng(seed)
    sizes = random.integers(2, 6, 1 + max(v for pair in pairs for v in pair))
    values = [random.choice(n, people, p=random.dirichlet(np.ones(n) * 0.7)) for n in sizes]
    tables = []
    for a, b in pairs:
        counts = np.zeros((sizes[a], sizes[b]), dtype=int)
        np.add.at(counts, (values[a], values[b]), 1)
        tables.append(crossed(f"t{a}{b}", counts.tolist(), rows=f"v{a}", columns=f"v{b}"))
    return tables


def single(seed: int) -> list[Finding]:
    random = np.random.default_rng(seed)
    rows, columns = random.integers(3, 8, 2)
    return [crossed("t", np.round(random.lognormal(2.7, 1.0, (rows, columns))).astype(int).tolist())]


SETS = {
    "one table": single,
    "a chain": lambda seed: linked(seed, [(0, 1), (1, 2), (2, 3)], 150),
    "a star": lambda seed: linked(seed, [(0, 1), (0, 2), (0, 3), (0, 4)], 150),
    "a ring": lambda seed: linked(seed, [(0, 1), (1, 2), (0, 2)], 150),
}


@pytest.mark.parametrize("kind", SETS)
@pytest.mark.parametrize("seed", range(3))
def test_what_is_hidden_costs_at_most_a_twentieth_more_than_the_proven_bound(kind: str, seed: int) -> None:
    findings = SETS[kind](seed)
    proven = protect(findings, Rules(), exact=True)
    usual = protect(findings, Rules())
    assert proven.passed and usual.passed
    assert proven.bound <= usual.cost + 1e-6
    assert usual.cost <= 1.05 * proven.cost + 1e-6


@pytest.mark.parametrize("seed", range(4))
def test_no_cheaper_choice_exists_among_all_choices(seed: int) -> None:
    """Every choice of cells that hides the small ones of a small table: none that passes is cheaper."""
    random = np.random.default_rng(seed)
    counts = random.choice([0, 3, 8, 12, 20, 33], (2, 3)).tolist()
    table = crossed("t", counts)
    protected = protect([table], Rules(), costs="cells", exact=True)
    small = {table.key(cell.where) for cell in table.cells if 0 < (cell.n or 0) < Rules().threshold}
    others = [key for key, _ in table.keyed() if key not in small]
    for size in range(protected.hidden - len(small)):
        for more in combinations(others, size):
            assert not audit([table], {*small, *more}, Rules()).passed
    assert protected.hidden == protected.cost >= protected.bound - 1e-6


def test_the_bound_is_the_cost_where_the_search_ends() -> None:
    findings = SETS["a chain"](5)
    cells = pool(findings, Rules())
    for group in cells.groups():
        demands = [Demand(k, n) for k, n in cells.sensitive().items() if k in group.cells]
        found = Exact(group).cheapest(demands, PATIENT, thorough=True)
        near = Repair(group)
        near.meet(demands)
        near.clean()
        assert found.met and found.cost == pytest.approx(found.bound)
        assert found.cost <= sum(group.cells[k].weight for k in near.hidden()) + 1e-6


def test_a_search_that_ends_before_its_time_leaves_a_wish_that_is_mended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("avis.disclosure.choosing.choice.QUICK", 1)
    assert protect(SETS["a star"](1), Rules()).passed
    monkeypatch.setattr("avis.disclosure.choosing.choice.PATIENT", 1)
    assert protect(SETS["a star"](1), Rules(), exact=True).passed


@pytest.mark.parametrize(("costs", "hidden"), [("cells", 2), ("people", 3)])
def test_few_cells_or_few_people_can_be_asked_for(costs: Costs, hidden: int) -> None:
    """Beside 4 people: 300 in one cell, or 8 and 9 in two that are a whole of 17 together."""
    small = where(q="few")
    parts = [small, where(q="most"), where(q="a"), where(q="b")]
    counts: dict[Where, int] = dict(zip([(), *parts], [340, 4, 300, 12, 24], strict=True))
    table = finding("t", counts, [Relation(total=(), parts=tuple(parts))])
    protected = protect([table], Rules(), costs=costs, exact=True)
    assert protected.passed
    assert protected.hidden <= hidden
    assert protected.cost == pytest.approx(
        protected.hidden if costs == "cells" else sum(counts[k.where] for k in protected.hidden_keys)
    )


def test_a_table_that_matters_less_is_cheaper_and_a_total_dearer() -> None:
    table = crossed("t", [[4, 30], [30, 30]])
    whole, line, *_, inner = table.cells
    less = changed(table, focus=0.2)
    for cell in (whole, line, inner):
        assert price(less, cell, "useful") == pytest.approx(0.2 * price(table, cell, "useful"))
    assert price(table, whole, "useful") > price(table, line, "useful") > price(table, inner, "useful")
