"""Combine before hiding: two small lines put together may be shown where each alone had to be hidden.

What is combined is the evaluator's choice (`disclosure: {combine: …}`); `propose` tries which choice
would give back most counts, by really protecting again. Combining groups loses their difference, hiding
loses two counts: neither is free, and no program can weigh them for those who will read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from avis.disclosure.combining.grouping import Combination, chosen, combine
from avis.disclosure.combining.trying import worth_it
from avis.disclosure.editions import Editions
from avis.disclosure.protect import protect
from avis.disclosure.protected import Protected
from avis.disclosure.rules import Rules
from avis.errors import AvisError
from avis.exhibits import Dimension
from avis.findings.model import Finding, Key
from avis.spelling import TRUTHS, fold

__all__ = ["Combination", "Proposal", "chosen", "combine", "propose"]

MOST_TRIALS = 24
"""Combinations that are really tried; those that hold most hidden counts come first."""

MOST_TRIED = 120
"""Counts in the tables of one trial; beyond, the tables that lose most to it are tried without the others."""

MOST_WORK = 1_500
"""Counts in the tables of all trials together: beyond, fewer are tried; nobody waits minutes for a page."""

OPPOSITE = {*TRUTHS, "aucun", "aucune", "none"}
"""Answers that no proposal puts together with others: what is left would say nothing."""


@dataclass(frozen=True)
class Proposal:
    """A combination that was tried, and how many more counts can be shown with it."""

    combination: Combination
    given_back: int
    whole: bool = True
    """Whether all that it touches was protected again; else some tables of it alone, those that lose most."""


def propose(
    findings: Sequence[Finding], protected: Protected, rules: Rules, published: Editions = ()
) -> list[Proposal]:
    """Try which combinations give back most shown counts, by protecting again what they touch.

    Neighbours where values have an order, never both sides of a scale's middle, never a reason for no
    answer. Best first; those that give nothing back are left out. The same findings, the same proposals.
    """
    shown: dict[tuple[str, ...], int] = {}

    def given_back(trial: _Trial) -> int:
        same = tuple(sorted(finding.id for finding in trial.part))
        if same not in shown:
            now = protected if trial.whole else protect(trial.part, rules, trial.before)
            shown[same] = _shown(now, trial.part)
        combined = combine(trial.part, [trial.combination])
        again = protect(combined, rules, trial.before)
        return _shown(again, combined) - shown[same] if again.passed else 0

    trials = ((trial, _size(trial.part)) for trial in _trials(findings, protected, published))
    return [
        Proposal(trial.combination, given, trial.whole)
        for given, trial in worth_it(trials, given_back, MOST_WORK)
    ]


@dataclass(frozen=True)
class _Trial:
    """What is protected again: findings, whether they are all that is touched, what was printed of them."""

    combination: Combination
    part: Sequence[Finding]
    whole: bool
    before: Editions


def _trials(findings: Sequence[Finding], protected: Protected, published: Editions) -> Iterator[_Trial]:
    """Give what to try, made one after the other: the next is not asked for where it would take too long."""
    around = _neighbourhoods(findings)
    for one in _candidates(findings, protected.hidden_keys)[:MOST_TRIALS]:
        near = frozenset().union(*(around[f.population] for f in findings if one.touches(f)))
        whole = [finding for finding in findings if finding.population in near]
        part = _tried(whole, one, protected.hidden_keys)
        all_ = len(part) == len(whole)
        yield _Trial(one, part, all_, _editions(published, near, None if all_ else part))


def _editions(
    published: Editions, near: frozenset[str], part: Sequence[Finding] | None
) -> list[list[Finding]]:
    """Give what former editions printed of these populations, or of some tables of them alone."""
    ids = None if part is None else {finding.id for finding in part}
    return [
        [f for f in edition if f.population in near and (ids is None or f.id in ids)] for edition in published
    ]


def _printed(findings: Iterable[Finding]) -> set[Key]:
    return {key for finding in findings if finding.protect for key, _ in finding.keyed()}


def _size(findings: Iterable[Finding]) -> int:
    return len(_printed(findings))


def _shown(protected: Protected, findings: Iterable[Finding]) -> int:
    return len(_printed(findings) - protected.hidden_keys)


def _tried(findings: Sequence[Finding], one: Combination, hidden: Collection[Key]) -> list[Finding]:
    """Give what a trial protects: all, or where that would take long the tables that lose most by it."""
    if _size(findings) <= MOST_TRIED:
        return list(findings)

    def losing(finding: Finding) -> int:
        pairs = {(one.variable, value) for value in one.values}
        return sum(key in hidden and bool(pairs.intersection(key.where)) for key, _ in finding.keyed())

    touched = (finding for finding in findings if finding.protect and one.touches(finding))
    taken = list[Finding]()
    for finding in sorted(touched, key=lambda finding: (-losing(finding), finding.id)):
        if not taken or _size([*taken, finding]) <= MOST_TRIED:
            taken.append(finding)
    return [finding for finding in findings if finding in taken]


def _neighbourhoods(findings: Sequence[Finding]) -> dict[str, frozenset[str]]:
    """Give for each population those that relations tie to it, itself included."""
    groups: dict[str, set[str]] = {}
    for finding in findings:
        told = {finding.population, *(latent.cell.population for latent in finding.latent)}
        told |= {ref.population for link in finding.links for ref in (link.total, *link.parts)}
        joined = set().union(told, *(groups[name] for name in told if name in groups))
        for name in joined:
            groups[name] = joined
    return {name: frozenset(joined) for name, joined in groups.items()}


def _candidates(findings: Sequence[Finding], hidden: Collection[Key]) -> list[Combination]:
    """List what may be combined, what holds most hidden counts first."""
    weights: Counter[tuple[str, str]] = Counter(pair for key in sorted(hidden) for pair in key.where)
    found: dict[tuple[str, tuple[str, ...]], tuple[float, int, Combination]] = {}
    for finding in (one for one in findings if one.protect):
        for dimension in finding.dimensions:
            for values in _sets(dimension, finding):
                one = Combination(
                    dimension.id, values, population=_population(findings, hidden, dimension.id)
                )
                weight = sum(weights[dimension.id, value] for value in values) / len(values)
                if weight and (dimension.id, values) not in found and _fits(findings, one):
                    found[dimension.id, values] = (-weight, len(found), one)
    return [one for *_, one in sorted(found.values(), key=lambda item: item[:2])]


def _population(findings: Sequence[Finding], hidden: Collection[Key], variable: str) -> str:
    """Name the one population in which something is hidden by this variable, if it is one of several."""
    with_it = {f.population for f in findings for d in f.dimensions if d.id == variable}
    losing = {key.population for key in hidden if any(name == variable for name, _ in key.where)}
    return next(iter(losing)) if len(losing) == 1 and with_it != losing else ""


def _fits(findings: Sequence[Finding], one: Combination) -> bool:
    try:
        combine(findings, [one])
    except AvisError:
        return False
    return True


def _sets(dimension: Dimension, finding: Finding) -> Iterator[tuple[str, ...]]:
    """Give sets of two or three values that would make sense as one line, two lines at least left."""
    ids = [value.id for value in dimension.values if value.role == "choice"]
    if is_ordered(dimension):
        runs = [tuple(ids[at : at + size]) for size in (2, 3) for at in range(len(ids) - size + 1)]
        half = len(ids) / 2
        sides = {id: (at + 0.5 > half) - (at + 0.5 < half) for at, id in enumerate(ids)}
        told = [run for run in runs if not dimension.better or len({sides[id] for id in run}) == 1]
    else:
        asked = any(name == dimension.id for name, _ in finding.base or ())
        plain = [id for id in ids if not asked or fold(id) not in OPPOSITE]
        told = list(combinations(plain, 2)) if not asked or len(ids) > 3 else []
    yield from (values for values in told if len(ids) - len(values) >= 1)


def is_ordered(dimension: Dimension) -> bool:
    """Tell whether values stand in an order: a scale, ages, years.

    >>> from avis.exhibits import Value
    >>> values = tuple(Value(id=id, label={}) for id in ("15-17", "18-24", "unknown"))
    >>> is_ordered(Dimension(id="age_band", label={}, values=values[:2]))
    True
    """
    choices = [value.id for value in dimension.values if value.role == "choice"]
    return bool(dimension.better) or all(id[:1].isdigit() for id in choices)
