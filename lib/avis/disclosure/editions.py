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

from avis.findings.model import Finding, Key, Latent, Link, Ref, Relation, changed, ref_key, ref_of

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


def earlier(findings: Sequence[Finding], published: Editions) -> Earlier:
    """Turn earlier editions into counts and relations that stand beside the findings of today.

    Of an edition in which no count differs from today's, the shown numbers are today's, known already.
    """
    made, known = list[Finding](), set[Key]()
    today = counts_of([finding for finding in findings if finding.protect]) if published else {}
    for number, edition in enumerate(published, start=1):
        counted = [finding for finding in edition if finding.protect]
        same = is_same(counted, today)
        ways = {} if same else _ways(counted, today)
        for finding in counted:
            then = _renamed(finding, number, same)
            known |= {then.key(c.where) for c in finding.cells if c.n is not None and c.status == "shown"}
            known |= {then.key(where) for where in finding.public}
            made.append(then if same else _moved(finding, then, today, ways))
    return Earlier(tuple(made), frozenset(known))


def is_same(edition: Iterable[Finding], today: Mapping[Key, int | float]) -> bool:
    """Tell whether no count of an edition differs from today's; what was added or left out is no matter."""
    return all(today.get(key, n) == n for key, n in counts_of(edition).items())


def hidden_again(findings: Iterable[Finding], published: Editions) -> frozenset[Key] | None:
    """Give what was hidden when these very counts were printed before; none where they never were.

    Hiding the same again tells nothing new; hiding less, because a search went another way, might.
    """
    people = [finding for finding in findings if finding.protect]
    today, printed = counts_of(people), {key for finding in people for key, _ in finding.keyed()}
    told, shown = set[Key](), set[Key]()
    for edition in published:
        if is_same(edition, today):
            told |= counts_of(edition).keys()
            cells = ((f.key(c.where), c) for f in edition for c in f.cells if c.n is not None)
            shown |= {key for key, cell in cells if cell.status == "shown"}
    return frozenset(printed - shown) if told and printed <= told else None


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


def _renamed(finding: Finding, number: int, same: bool) -> Finding:
    """Let what was printed be printed nowhere, and be of a population of its own unless it is the same."""
    suffix = "" if same else f"@{number}"

    def again(ref: Ref) -> Ref:
        return msgspec.structs.replace(ref, population=ref.population + suffix)

    printed = tuple(
        Latent(cell=Ref(population=key.population + suffix, where=key.where), n=cell.n or 0)
        for key, cell in finding.keyed()
    )
    return changed(
        finding,
        id=f"{finding.id}@{number}",
        population=finding.population + suffix,
        cells=(),
        public=(),
        latent=(
            *printed,
            *(
                msgspec.structs.replace(held, cell=again(held.cell), owed=held.owed and not held.harmless)
                for held in finding.latent
            ),
        ),
        links=tuple(
            msgspec.structs.replace(link, total=again(link.total), parts=tuple(map(again, link.parts)))
            for link in finding.links
        ),
        stated=tuple(
            msgspec.structs.replace(told, terms=tuple((again(ref), factor) for ref, factor in told.terms))
            for told in finding.stated
        ),
    )


def _ways(edition: Sequence[Finding], today: Mapping[Key, int | float]) -> dict[Key, int]:
    """Say of each count whether people went (1) or came (−1) between then and now, each key in one way only.

    A count that did not move goes the way of the others in its sum: else the two ways would meet in it, and
    say by themselves that nobody moved.
    """
    moves = {key: n - today[key] for key, n in counts_of(edition).items() if key in today}
    ways = {key: 1 if move > 0 else -1 for key, move in moves.items() if move}
    for finding in edition:
        for relation in finding.relations:
            keys = [finding.key(where) for where in (relation.total, *relation.parts)]
            found = {ways[key] for key in keys if key in ways}
            if len(found) == 1:
                ways |= dict.fromkeys((key for key in keys if key in moves and key not in ways), *found)
    usual = -1 if ways and max(ways.values()) < 0 else 1
    return {key: ways.get(key, usual) for key in moves}


def _moved(
    finding: Finding, then: Finding, today: Mapping[Key, int | float], ways: Mapping[Key, int]
) -> Finding:
    """Add to an earlier finding those who went or came since, and what anybody can reckon of them.

    Of a count that the earlier edition hid, those who moved are protected where they can be (`owed`), though
    the count itself is narrow by what that edition printed alone (`harmless`).
    """
    latent, links = list[Latent](), list[Link]()
    keys = [*(key for key, _ in finding.keyed()), *(ref_key(x.cell, finding.measure) for x in finding.latent)]
    held = [Latent(cell=ref_of(finding, ()), n=0)] * len(list(finding.keyed())) + list(finding.latent)
    for key, old, told in zip(keys, then.latent, held, strict=True):
        if key not in today:
            continue
        now = Ref(population=key.population, where=key.where, measure=key.measure)
        went = Ref(
            population=old.cell.population, where=tuple(sorted({*key.where, MOVED})), measure=key.measure
        )
        n, harmless = abs(old.n - today[key]), told.harmless and not told.owed
        latent.append(Latent(cell=went, n=n, harmless=harmless, owed=told.owed))
        first, second = (old.cell, now) if ways[key] > 0 else (now, old.cell)
        links.append(Link(total=first, parts=(second, went)))
    return changed(
        then,
        latent=(*then.latent, *latent),
        links=(*then.links, *links),
        relations=(*then.relations, *_between(finding, ways)),
    )


def _between(finding: Finding, ways: Mapping[Key, int]) -> Iterator[Relation]:
    """Those who moved add up where all of them moved the same way: a reader then knows it."""
    for relation in finding.relations:
        keys = [finding.key(where) for where in (relation.total, *relation.parts)]
        found = {ways.get(key, 0) for key in keys}
        if relation.kind == "sum" and len(found) == 1 and 0 not in found:
            yield Relation(
                total=(*relation.total, MOVED),
                parts=tuple((*where, MOVED) for where in relation.parts),
                telling=tuple((*where, MOVED) for where in relation.telling),
            )
