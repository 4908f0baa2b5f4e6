"""Earlier editions as what a reader has at hand: two of them compared can tell who left.

Counts of an earlier edition are another population (`avant@1`), known where they were printed. What
went or came since is a count too, that nobody prints and anybody can reckon: earlier = now + gone. It
is protected as every count is. A reader is taken to know that people only left, or only came, between
two numbers; where that holds for a total and all of its parts, those who moved add up like them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from avis.findings.model import Finding, Key, Latent, Link, Ref, Relation, changed, ref_key

MOVED = ("moved", "yes")

Editions = Sequence[Sequence[Finding]]
"""For each edition its findings as printed (see `former`)."""


@dataclass(frozen=True)
class Earlier:
    """Findings that print nothing and stand for earlier editions, and the counts that these showed."""

    findings: tuple[Finding, ...]
    known: frozenset[Key]


NOTHING = Earlier((), frozenset())
"""What was published before a first edition."""


def as_printed(findings: Iterable[Finding], hidden: frozenset[Key]) -> tuple[Finding, ...]:
    """Mark what an edition hides, with its true counts: for tests, and for what never left this computer.

    Editions that went out are read from the register, which has no hidden count (see `former`).
    """
    return tuple(
        changed(
            finding,
            cells=tuple(
                msgspec.structs.replace(cell, status="hidden") if finding.key(cell.where) in hidden else cell
                for cell in finding.cells
            ),
        )
        for finding in findings
        if finding.protect
    )


def earlier(findings: Sequence[Finding], published: Editions) -> Earlier:
    """Turn earlier editions into counts and relations that stand beside the findings of today."""
    made, known = list[Finding](), set[Key]()
    if published:
        today = counts_of([finding for finding in findings if finding.protect])
        for number, edition in enumerate(published, start=1):
            for finding in (finding for finding in edition if finding.protect):
                then = _renamed(finding, f"@{number}")
                known |= {then.key(c.where) for c in finding.cells if c.n is not None and c.status == "shown"}
                known |= {then.key(where) for where in finding.public}
                made.append(_moved(finding, then, today))
    return Earlier(tuple(made), frozenset(known))


def counts_of(findings: Iterable[Finding]) -> dict[Key, int | float]:
    """Give every count of some findings by its key, those included that no table prints."""
    found: dict[Key, int | float] = {}
    for finding in findings:
        for latent in finding.latent:
            found.setdefault(ref_key(latent.cell, finding.measure), latent.n)
    for finding in findings:
        found |= {key: cell.n or 0 for key, cell in finding.keyed()}
    return found


def then_key(key: Key, number: int) -> Key:
    """Give the key of a count as the edition of this number had it.

    >>> then_key(Key("avant", "people", ()), 2).population
    'avant@2'
    """
    return key._replace(population=f"{key.population}@{number}")


_FORMER = re.compile(r".+@[1-9]\d*")


def is_former(key: Key) -> bool:
    """Tell whether a count is one of an earlier edition: who was alone in it is alone in today's, or left.

    >>> is_former(then_key(Key("avant", "people", ()), 2)), is_former(Key("avant", "people", ()))
    (True, False)
    """
    return _FORMER.fullmatch(key.population) is not None


def _renamed(finding: Finding, suffix: str) -> Finding:
    """Give another name to the population, and let what was printed be counts that are printed nowhere."""

    def again(ref: Ref) -> Ref:
        return msgspec.structs.replace(ref, population=ref.population + suffix)

    printed = tuple(
        Latent(cell=Ref(population=key.population + suffix, where=key.where), n=cell.n or 0)
        for key, cell in finding.keyed()
    )
    return changed(
        finding,
        id=finding.id + suffix,
        population=finding.population + suffix,
        cells=(),
        public=(),
        latent=(*printed, *(msgspec.structs.replace(held, cell=again(held.cell)) for held in finding.latent)),
        links=tuple(
            msgspec.structs.replace(link, total=again(link.total), parts=tuple(map(again, link.parts)))
            for link in finding.links
        ),
        stated=tuple(
            msgspec.structs.replace(told, terms=tuple((again(ref), factor) for ref, factor in told.terms))
            for told in finding.stated
        ),
    )


def _moved(finding: Finding, then: Finding, today: Mapping[Key, int | float]) -> Finding:
    """Add to an earlier finding those who went or came since, and what anybody can reckon of them.

    Of a count that the earlier edition hid, those who moved are protected where the count itself still is.
    """
    latent, links, moves = list[Latent](), list[Link](), dict[Key, float]()
    keys = [*(key for key, _ in finding.keyed()), *(ref_key(x.cell, finding.measure) for x in finding.latent)]
    for key, old in zip(keys, then.latent, strict=True):
        if key not in today:
            continue
        moves[key] = old.n - today[key]
        now = Ref(population=key.population, where=key.where, measure=key.measure)
        went = Ref(
            population=old.cell.population, where=tuple(sorted({*key.where, MOVED})), measure=key.measure
        )
        latent.append(Latent(cell=went, n=abs(moves[key]), harmless=old.harmless, owed=old.owed))
        first, second = (old.cell, now) if moves[key] >= 0 else (now, old.cell)
        links.append(Link(total=first, parts=(second, went)))
    return changed(
        then,
        latent=(*then.latent, *latent),
        links=(*then.links, *links),
        relations=(*then.relations, *_between(finding, moves)),
    )


def _between(finding: Finding, moves: dict[Key, float]) -> Iterator[Relation]:
    """Those who moved add up where all of them moved the same way: a reader then knows it."""
    for relation in finding.relations:
        keys = [finding.key(where) for where in (relation.total, *relation.parts)]
        ways = [moves[key] for key in keys if key in moves]
        one_way = min(ways, default=0) >= 0 or max(ways, default=0) <= 0
        if relation.kind == "sum" and len(ways) == len(keys) and one_way:
            yield Relation(
                total=(*relation.total, MOVED),
                parts=tuple((*where, MOVED) for where in relation.parts),
                telling=tuple((*where, MOVED) for where in relation.telling),
            )
