"""What joins several findings of the activity log: years to their quarters, people to their attendances."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from avis.exhibits import Where
from avis.findings.model import Finding, Key, Latent, Link, Ref, changed, ref_of
from avis.findings.overlaps import beside, overlap_of, tie_overlap
from avis.findings.rows import SEVERAL, STEPS, UNKNOWN, months

Held = Mapping[Key, frozenset[str]]
"""The codes of the people in each cell."""

NEAREST_PAIRS = 20_000
"""Pairs of groups of nearly one size that are compared, the smaller ones first; beyond, none is."""

Tied = tuple[tuple[Link, ...], tuple[Latent, ...]]


def tie_periods(parts: Sequence[Finding], held: Held) -> list[Finding]:
    """Tie quarters and months of what is protected to the years and quarters that hold them.

    `held` gives the codes of the people in each cell.
    """
    steps = {finding.dimensions[0].id: finding for finding in parts if finding.protect}
    for at, step in enumerate(STEPS):
        for name in STEPS[:at]:
            if step in steps and name in steps:
                links, latent = _inside(steps[name], steps[step], held)
                finer = steps[step]
                steps[step] = changed(finer, links=finer.links + links, latent=finer.latent + latent)
    tied = {finding.id: finding for finding in steps.values()}
    return [tied.get(finding.id, finding) for finding in parts]


def _inside(coarser: Finding, finer: Finding, held: Held) -> Tied:
    inside = {}
    for outer in _periods(coarser):
        first, last = months(outer[0][1])
        inside[outer] = [where for where in _periods(finer) if first <= months(where[0][1])[0] <= last]
    return tie_inside(coarser, finer, inside, held)


def tie_inside(coarser: Finding, finer: Finding, inside: Mapping[Where, list[Where]], held: Held) -> Tied:
    """Tie each cell of a coarser finding to those of a finer one that lie inside it (years, places)."""
    links, latent = tuple[Link, ...](), tuple[Latent, ...]()
    summed = all(relation.kind == "sum" for relation in finer.relations)
    for outer, inner in inside.items():
        more = (_sum if summed else _cover)(coarser, outer, finer, inner)
        links, latent = links + more[0], latent + more[1]
        if not summed:
            more = _overlap(coarser, outer, finer, [at for at in inner if held.get(finer.key(at))], held)
            links, latent = links + more[0], latent + more[1]
    return links, latent


def _periods(finding: Finding) -> list[Where]:
    return [
        cell.where
        for cell in finding.cells
        if cell.where and cell.n is not None and cell.where[0][1] not in (SEVERAL, UNKNOWN)
    ]


def _sum(coarser: Finding, outer: Where, finer: Finding, inner: list[Where]) -> Tied:
    """A year is the sum of its quarters and of the rows that lie in the year, in several quarters of it."""
    parts = tuple(ref_of(finer, where) for where in inner)
    whole, several = ref_of(coarser, outer), _across(finer)
    if not several:
        return ((Link(total=whole, parts=parts),) if parts else ()), ()
    held = Ref(population=whole.population, where=(*whole.where, ("across", finer.dimensions[0].id)))
    rest = coarser.n(outer) - sum(finer.n(where) for where in inner)
    links = (Link(total=whole, parts=(*parts, held)), Link(total=held, parts=several, kind="cover"))
    return links, (Latent(cell=held, n=rest),)


def _cover(coarser: Finding, outer: Where, finer: Finding, inner: list[Where]) -> Tied:
    """Everybody of a year stands in one quarter of it or in several, or in a row across quarters."""
    parts = tuple(ref_of(finer, where) for where in inner)
    whole, links, latent = ref_of(coarser, outer), list[Link](), list[Latent]()
    if parts:
        links.append(Link(total=whole, parts=(*parts, *_across(finer)), kind="cover"))
    for where, part in zip(inner, parts, strict=True):
        others = Ref(population=part.population, where=(*part.where, ("others", outer[0][1])))
        latent.append(Latent(cell=others, n=coarser.n(outer) - finer.n(where)))
        links.append(Link(total=whole, parts=(part, others)))
    return tuple(links), tuple(latent)


def _overlap(coarser: Finding, outer: Where, finer: Finding, busy: list[Where], held: Held) -> Tied:
    """Whoever came in several quarters of a year is counted in each; some came only in rows across them."""
    within = overlap_of([held[finer.key(at)] for at in busy])
    found = replace(within, total=int(coarser.n(outer)), outside=int(coarser.n(outer)) - within.total)
    whole, name = ref_of(coarser, outer), f"inside.{finer.dimensions[0].id}"
    links, latent = tie_overlap(whole, [ref_of(finer, at) for at in busy], found, name)
    across = _across(finer)
    if across and links and found.outside:
        links += (Link(total=beside(whole, name, "outside"), parts=across, kind="cover"),)
    return links, latent


def _across(finer: Finding) -> tuple[Ref, ...]:
    where = ((finer.dimensions[0].id, SEVERAL),)
    cell = finer.cell(where)
    return () if cell is None or cell.n is None else (ref_of(finer, where),)


def tie_groups(found: Sequence[Finding], held: Held, threshold: int) -> list[Finding]:
    """Tie a group to a larger one that holds it whole, where fewer than `threshold` people lie between.

    Their filters do not say it (another column, another word), and somebody who knows the place does:
    the larger minus the smaller is a count of a few people. Two filters that find the same people give
    one number. Groups whose filters say it already are tied by protection itself.
    """
    named = {key: finding for finding in found if finding.protect for key, _ in finding.keyed()}
    sizes = sorted((key for key in named if held.get(key)), key=lambda key: (len(held[key]), key))
    more: dict[str, Tied] = {}
    for inner, outer in islice(_near(sizes, held, threshold), NEAREST_PAIRS):
        if not _said(inner, outer) and held[inner] <= held[outer]:
            finding = named[outer]
            links, latent = _nest(inner, outer, len(held[outer]) - len(held[inner]))
            before = more.get(finding.id, ((), ()))
            more[finding.id] = (before[0] + links, before[1] + latent)
    return [
        changed(
            finding,
            links=finding.links + more.get(finding.id, ((), ()))[0],
            latent=finding.latent + more.get(finding.id, ((), ()))[1],
        )
        for finding in found
    ]


def _near(sizes: Sequence[Key], held: Held, threshold: int) -> Iterator[tuple[Key, Key]]:
    """Give the pairs of groups, from the smallest on, of which one has at most a few people more."""
    for at, inner in enumerate(sizes):
        for outer in sizes[at + 1 :]:
            if len(held[outer]) - len(held[inner]) >= threshold:
                break
            yield inner, outer


def _said(inner: Key, outer: Key) -> bool:
    return inner.population != outer.population or set(outer.where) <= set(inner.where)


def _nest(inner: Key, outer: Key, between: int) -> Tied:
    small, large = (Ref(population=key.population, where=key.where) for key in (inner, outer))
    if not between:
        return (Link(total=large, parts=(small,)),), ()
    rest = beside(large, "without", str(inner.where))
    return (Link(total=large, parts=(small, rest)),), (Latent(cell=rest, n=between),)


def bound_people(found: Sequence[Finding]) -> list[Finding]:
    """Tell protection that people are at most their attendances, where one filter counts both.

    Only where it is so: attendances that somebody forgot to note would make it false.
    """
    visits = {
        key: cell.n
        for finding in found
        if finding.protect and finding.measure == "attendances"
        for key, cell in finding.keyed()
    }
    return [
        _bound(finding, visits) if visits and finding.measure == "people" else finding for finding in found
    ]


def _bound(finding: Finding, visits: dict[Key, int | float | None]) -> Finding:
    links = []
    for key, cell in finding.keyed():
        most = visits.get(key._replace(measure="attendances"))
        if most is not None and cell.n is not None and cell.n <= most:
            paid = Ref(population=key.population, where=key.where, measure="attendances")
            links.append(
                Link(total=Ref(population=key.population, where=key.where), parts=(paid,), kind="cover")
            )
    return changed(finding, links=(*finding.links, *links))
