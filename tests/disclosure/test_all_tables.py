"""Every group of people that agrees with all that is printed, listed: no small count may be narrow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import combinations
from random import Random

import numpy as np
import pytest
from logs import indicator, log, persons, published, settings, survey
from numpy.typing import NDArray

from avis.disclosure.protect import protect
from avis.disclosure.rules import Rules
from avis.exhibits import Where
from avis.findings.answers import count_answers
from avis.findings.counts import count_indicators
from avis.findings.model import Finding
from avis.settings import ShownQuestion

K = 3
MOST = 16
Lists = NDArray[np.int64]
Fits = Callable[[str, Where], list[int]]
"""The kinds of people that a cell counts: the id of its table, its place."""


@cache
def groups(kinds: int) -> Lists:
    """Every group of at most `MOST` people of some kinds: how many of each."""
    places = combinations(range(MOST + kinds), kinds)
    cuts = np.array(list(places))
    return np.diff(np.column_stack([np.full(len(cuts), -1), cuts]), axis=1) - 1


def narrow(
    findings: Sequence[Finding], people: Sequence[int], fits: Fits, unprinted: Sequence[list[int]]
) -> list[object]:
    """Give the small counts that a reader of all tables can bound too closely."""
    protected = protect(findings, Rules(K))
    assert protected.passed
    agree, asked = groups(len(people)), {str(kinds): kinds for kinds in unprinted}
    for finding in findings:
        for cell in finding.cells:
            kinds = fits(finding.id, cell.where)
            assert sum(people[kind] for kind in kinds) == cell.n, (finding.id, cell.where)
            if protected.shows(finding.key(cell.where)):
                agree = agree[agree[:, kinds].sum(axis=1) == cell.n]
            else:
                asked[f"{finding.id} {cell.where}"] = kinds
    found = []
    for name, kinds in asked.items():
        true, every = sum(people[kind] for kind in kinds), agree[:, kinds].sum(axis=1)
        if 0 < true < K and every.max() - every.min() < K and every.max() < MOST - K:
            found.append((name, true, every.min(), every.max()))
    return found


def some(seed: int, kinds: int) -> list[int]:
    """A random group that leaves room for larger ones."""
    random, people = Random(seed), [0] * kinds
    weights = [random.random() ** 3 for _ in range(kinds)]
    for _ in range(random.randint(2 * K, MOST - K - 1)):
        people[random.choices(range(kinds), weights)[0]] += 1
    return people


def repeat(people: Sequence[int], values: Sequence[str | None]) -> list[str | None]:
    return [value for value, n in zip(values, people, strict=True) for _ in range(n)]


Counted = tuple[list[Finding], list[int]]


def listable(make: Callable[[int], Counted], seed: int) -> Counted:
    """Give the first group from a seed on in which no answer that could not be read is hidden.

    Such an answer stands in the listing of no kind of people, so that the listing would say too little.
    """
    for tried in range(seed, seed + 1000, 25):
        found, people = make(tried)
        hidden = protect(found, Rules(K)).hidden_keys
        if not any(value in ("unknown_empty", "invalid") for key in hidden for _, value in key.where):
            return found, people
    raise AssertionError("no group can be listed")


def conditional(seed: int) -> Counted:
    """Count a question, and another that is asked only of those who said no to it."""
    first, second = ["oui", "non", "non", "non", None], [None, "a", "b", None, None]
    why = ["not_asked", "answered", "answered", "no_answer", "not_asked"]
    people = some(seed, 5)
    codes = {"g": ["oui", "non"], "e": ["a", "b"]}
    reasons = [str(status) for status in repeat(people, why)]
    wave = survey(
        "w", {"g": repeat(people, first), "e": repeat(people, second)}, codes, statuses={"e": reasons}
    )
    wave.questions["relevance"] = ["", "${g} = 'non'"]
    found = [f for q in ("g", "e") for f in count_answers(wave, ShownQuestion(q), persons(), settings())]
    return found, people


@pytest.mark.parametrize("seed", range(25))
def test_a_question_asked_of_some_tells_nothing_small_of_the_question_before(seed: int) -> None:
    found, people = listable(conditional, seed)

    def fits(table: str, where: Where) -> list[int]:
        value = where[0][1] if where else ""
        if table == "w.g":
            known = {"": [0, 1, 2, 3, 4], "answered": [0, 1, 2, 3], "oui": [0], "non": [1, 2, 3]}
            return known.get(value, [4] if value == "no_answer" else [])
        known = {"": [0, 1, 2, 3, 4], "answered": [1, 2], "a": [1], "b": [2], "not_asked": [0, 4]}
        return known.get(value, [3] if value == "no_answer" else [])

    assert narrow(found, people, fits, [[1, 2, 3], [4], [0]]) == []


@pytest.mark.parametrize("seed", range(25))
def test_years_tell_nothing_small_of_who_came_in_several(seed: int) -> None:
    years = ["2021", "2022", "2023"]
    kinds = [held for size in (1, 2, 3) for held in combinations(years, size)]
    people = some(seed, len(kinds))
    held = repeat([1] * sum(people), [f"P{n}" for n in range(sum(people))])
    of = [kind for kind, n in zip(kinds, people, strict=True) for _ in range(n)]
    rows = [
        {
            "period_start": year,
            "person_codes": " ".join(c for c, kind in zip(held, of, strict=True) if c and year in kind),
        }
        for year in years
    ]
    wanted = [indicator(measure="people", count="person_codes", by=("year",))]
    found = count_indicators(
        log(
            *[row for row in rows if row["person_codes"]],
            {"type": "autre", "period_start": "2021"},
            {"type": "autre", "period_start": "2022"},
            {"type": "autre", "period_start": "2023"},
        ),
        persons(),
        published(),
        wanted,
        "2021",
        "2023",
        "none",
    )

    def fits(_: str, where: Where) -> list[int]:
        return [n for n, kind in enumerate(kinds) if not where or where[0][1] in kind]

    several = [n for n, kind in enumerate(kinds) if len(kind) > 1]
    missing = [[n for n, kind in enumerate(kinds) if year not in kind] for year in years]
    assert narrow(found, people, fits, [several, *missing]) == []


def ticked(seed: int) -> Counted:
    """Count a question with several answers, one of which excludes the others."""
    people = some(seed, 5)
    answers = ["a", "b", "a b", "aucun", None]
    wave = survey("w", {"m": repeat(people, answers)}, {"m": ["a", "b", "aucun"]}, several=["m"])
    return count_answers(wave, ShownQuestion("m"), persons(), settings()), people


@pytest.mark.parametrize("seed", range(25))
def test_ticks_tell_nothing_small_of_who_ticked_several(seed: int) -> None:
    found, people = listable(ticked, seed)
    known = {
        "": [0, 1, 2, 3, 4],
        "answered": [0, 1, 2, 3],
        "a": [0, 2],
        "b": [1, 2],
        "aucun": [3],
        "no_answer": [4],
    }

    def fits(_: str, where: Where) -> list[int]:
        return known.get(where[0][1] if where else "", [])

    assert narrow(found, people, fits, [[2], [0], [1]]) == []
