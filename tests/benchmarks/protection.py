"""What protecting costs: single tables, linked ones, an avis, growth, and the distance to the optimum."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "disclosure"))

from small_tables import crossed

from avis.disclosure.editions import Editions
from avis.disclosure.former.printed import printed_tables
from avis.disclosure.former.reading import former
from avis.disclosure.protect import protect, protected_tables
from avis.disclosure.rules import Rules
from avis.findings.model import Finding

PEOPLE = 800
GROWTH = (25, 50, 100, 200)


def square(size: int) -> list[Finding]:
    """One table with all its margins."""
    counts = np.round(np.random.default_rng(1).lognormal(np.log(30), 1.0, (size, size)))
    return [crossed("t", counts.astype(int).tolist())]


def chain(tables: int, closed: bool = False, size: int = 6) -> list[Finding]:
    """Linked tables: each shares the margins of the next; `closed`, the last those of the first."""
    random = np.random.default_rng(1)
    likely = random.dirichlet(np.ones(size) * 0.7, size)
    first = now = random.integers(0, size, PEOPLE)
    made = []
    for at in range(tables):
        last = closed and at == tables - 1
        then = first if last else np.array([random.choice(size, p=likely[value]) for value in now])
        names = f"v{at:03}", f"v{0 if last else at + 1:03}"
        made.append(_crossed(names, now, then, size, size))
        now = then
    return made


def avis(questions: int = 57, people: int = 120, gone: int = 0) -> list[Finding]:
    """Answers of the same people to many questions, each by sex, and three questions by another.

    The first ones may be `gone`: what an edition after their withdrawal counts.
    """
    random = np.random.default_rng(1)
    kind = random.integers(0, 3, people)
    sizes = [3, *random.integers(2, 7, questions).tolist()]
    answers = []
    for size in sizes:
        likely = random.dirichlet(np.ones(size) * 0.7, 3)
        answers.append(np.array([random.choice(size, p=likely[held]) for held in kind])[gone:])
    pairs = [(question, 0) for question in range(1, questions + 1)] + [(1, 2), (3, 4), (5, 6)]
    return [_crossed((f"q{a:02}", f"q{b:02}"), answers[a], answers[b], sizes[a], sizes[b]) for a, b in pairs]


def _crossed(
    names: tuple[str, str], rows: np.ndarray, columns: np.ndarray, height: int, width: int
) -> Finding:
    counts = np.zeros((height, width), dtype=int)
    np.add.at(counts, (rows, columns), 1)
    return crossed("-".join(names), counts.tolist(), rows=names[0], columns=names[1])


def second_edition() -> tuple[float, str]:
    """Protect the same avis again after one person took her answers back, the first edition being out."""
    before, now, rules = avis(), avis(gone=1), Rules()
    kept = printed_tables(before, protected_tables(before, protect(before, rules)), rules)
    return taken(now, published=former([kept], now, rules).editions)


def taken(findings: Sequence[Finding], exact: bool = False, published: Editions = ()) -> tuple[float, str]:
    """Give the processor's seconds of protecting and auditing, and what came of it."""
    started = time.process_time()
    found = protect(findings, Rules(), published, exact=exact)
    over = f", at most {max(found.cost / found.bound - 1, 0):.1%} over the optimum" if found.bound else ""
    assert found.passed
    return time.process_time() - started, f"{found.hidden} of {found.cells} hidden{over}"


def protection_costs() -> Iterator[tuple[str, float, str]]:
    """Measure each case once."""
    cases = {
        "10 × 10": square(10),
        "30 × 30": square(30),
        "a chain of 100 tables of 6 × 6": chain(100),
        "a ring of 100 tables of 6 × 6": chain(100, closed=True),
        "an avis of 60 tables": avis(),
    }
    for name, findings in cases.items():
        yield name, *taken(findings)
    yield "its second edition, one person less", *second_edition()
    yield "a chain of 20, exact", *taken(chain(20), exact=True)


def growth() -> Iterator[tuple[int, float]]:
    """Give the time of ever longer chains as multiples of the first."""
    first = 0.0
    for tables in GROWTH:
        seconds, _ = taken(chain(tables))
        first = first or seconds
        yield tables, seconds / first


def main() -> int:
    """Print one table."""
    print("Protecting and auditing, once each, in seconds of the processor\n")
    for name, seconds, came in protection_costs():
        print(f"{name:40} {seconds:8.2f} s   {came}", flush=True)
    print()
    for tables, ratio in growth():
        print(f"a chain of {tables:3} tables: {ratio:6.2f} × the time of {GROWTH[0]}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
