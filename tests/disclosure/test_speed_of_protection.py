"""Protection grows with what is to be protected, not with its square: ratios in one run, with room."""

import time

import numpy as np
import pytest
from small_tables import crossed

from avis.disclosure.protect import protect
from avis.disclosure.rules import Rules
from avis.findings.model import Finding

pytestmark = pytest.mark.slow


def chain(tables: int) -> list[Finding]:
    """Tables of six by six, each with the margins of the next."""
    random = np.random.default_rng(1)
    likely = random.dirichlet(np.ones(6) * 0.7, 6)
    now, made = random.integers(0, 6, 800), []
    for at in range(tables):
        then = np.array([random.choice(6, p=likely[value]) for value in now])
        counts = np.zeros((6, 6), dtype=int)
        np.add.at(counts, (now, then), 1)
        made.append(crossed(f"t{at:02}", counts.tolist(), rows=f"v{at:02}", columns=f"v{at + 1:02}"))
        now = then
    return made


def seconds(findings: list[Finding]) -> float:
    started = time.process_time()
    assert protect(findings, Rules()).passed
    return time.process_time() - started


def test_three_times_as_many_linked_tables_take_less_than_twelve_times_as_long() -> None:
    seconds(chain(2))  # what is loaded once
    assert seconds(chain(30)) < 12 * seconds(chain(10))


def test_a_large_table_is_protected_within_a_few_seconds_of_the_processor() -> None:
    counts = np.round(np.random.default_rng(1).lognormal(np.log(30), 1.0, (30, 30))).astype(int)
    assert seconds([crossed("t", counts.tolist())]) < 6
