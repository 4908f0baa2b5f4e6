"""Bands at two levels: 18-21 and 22-25 lie in 18-25, and what is printed of one level tells of the other.

Two columns of the register of persons may part people at two levels (ages, departments and regions). Where a
value of the finer column goes with one value of the coarser alone, each coarse count is the sum of its fine
ones, question by question and answer by answer. A reader sees it from the names of the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import permutations

import pandas as pd

from avis.exhibits import Where
from avis.findings.model import Finding, Key, Latent, Link, Ref, changed, ref_key
from avis.findings.rows import UNKNOWN
from avis.spelling import folded

Nesting = Mapping[str, Sequence[str]]
"""For each value of the coarser column, the values of the finer one that lie in it and nowhere else."""


def tie_bands(found: Sequence[Finding], persons: pd.DataFrame) -> list[Finding]:
    """Tie the counts of a coarser column of persons to those of a finer one, wherever both are counted."""
    printed = {dimension.id for finding in found for dimension in finding.dimensions}
    columns = sorted(printed & {str(name) for name in persons.columns})
    counts = dict(_counts(found))
    tied = list(found)
    for fine, coarse in permutations(columns, 2):
        nesting, spread = nest(persons, fine, coarse)
        if nesting:
            tied = [_tie(finding, (fine, coarse), nesting, spread, counts) for finding in tied]
    return tied


def nest(persons: pd.DataFrame, fine: str, coarse: str) -> tuple[Nesting, tuple[str, ...]]:
    """Tell which fine values lie in which coarse ones, and which are spread over several.

    Nothing where the two columns are one, or where most values are spread: they part people otherwise.

    >>> bands = pd.DataFrame({"age": ["18-21", "22-25", "26-30"], "band": ["18-25", "18-25", "26+"]})
    >>> nest(bands, "age", "band")
    ({'18-25': ['18-21', '22-25'], '26+': ['26-30'], 'unknown': ['unknown']}, ())
    >>> nest(bands, "band", "age")
    ({}, ())
    """
    values = {
        name: folded(persons[name].fillna("").astype(str).str.strip()).replace("", UNKNOWN)
        for name in (fine, coarse)
    }
    pairs = set(zip(values[fine], values[coarse], strict=True)) | {(UNKNOWN, UNKNOWN)}
    over: dict[str, set[str]] = {}
    for inner, outer in sorted(pairs):
        over.setdefault(inner, set()).add(outer)
    spread = tuple(inner for inner, outers in over.items() if len(outers) > 1)
    found: dict[str, list[str]] = {}
    for inner, outers in over.items():
        if len(outers) == 1:
            found.setdefault(min(outers), []).append(inner)
    known = [inner for inner in over if inner not in spread and inner != UNKNOWN]
    if len(known) < 2 or {inner for inner in spread if inner != UNKNOWN}:
        return {}, ()
    return found, spread


def _counts(found: Iterable[Finding]) -> Iterator[tuple[Key, int | float]]:
    for finding in found:
        for latent in finding.latent:
            yield ref_key(latent.cell, finding.measure), latent.n
        for key, cell in finding.keyed():
            yield key, cell.n or 0


def _tie(
    finding: Finding,
    columns: tuple[str, str],
    nesting: Nesting,
    spread: tuple[str, ...],
    counts: Mapping[Key, int | float],
) -> Finding:
    """Add to a finding of the coarser column what each of its counts is the sum of."""
    fine, coarse = columns
    links, latent, rests = list[Link](), list[Latent](), dict[Key, list[Ref]]()
    for key in dict.fromkeys(key for key, _ in _counts([finding])):
        outer = dict(key.where).get(coarse)
        if outer is None:
            continue
        inside = [_swapped(key, coarse, (fine, value)) for value in nesting.get(outer, ())]
        if not all(one in counts for one in inside):
            continue
        parts = tuple(_ref(one) for one in inside)
        left = counts[key] - sum(counts[one] for one in inside)
        if spread:  # those of no known fine value
            rest = Ref(population=key.population, where=tuple(sorted((*key.where, (fine, "spread")))))
            latent.append(Latent(cell=rest, n=left))
            rests.setdefault(_swapped(key, coarse, (fine, spread[0])), []).append(rest)
            links.append(Link(total=_ref(key), parts=(*parts, rest)))
        elif parts and not left:
            links.append(Link(total=_ref(key), parts=parts))
    held = {ref_key(one.cell, finding.measure): one.n for one in latent}
    for total, spare in rests.items():
        if counts.get(total) == sum(held[ref_key(one, finding.measure)] for one in spare):
            links.append(Link(total=_ref(total), parts=tuple(spare)))
    if not links:
        return finding
    return changed(finding, links=(*finding.links, *links), latent=(*finding.latent, *latent))


def _swapped(key: Key, name: str, pair: tuple[str, str]) -> Key:
    where: Where = tuple(sorted((*(held for held in key.where if held[0] != name), pair)))
    return key._replace(where=where)


def _ref(key: Key) -> Ref:
    return Ref(population=key.population, where=key.where, measure=key.measure)
