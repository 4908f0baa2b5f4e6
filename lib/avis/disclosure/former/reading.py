"""Former editions, from what they printed: findings that the next edition is protected and audited with.

What an edition hid has no count here, and needs none: what can be deduced of it depends on what was
printed alone. Any whole numbers that agree with every printed sum serve as well; those nearest to the counts
of today are taken, so that where nobody moved nothing moves. What was hidden then must not become narrow now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from avis.disclosure.completion import Bounds
from avis.disclosure.editions import Editions, counts_of, is_same
from avis.disclosure.former.owing import owed, parts_of_few
from avis.disclosure.former.reprinted import (
    NO_LIMIT,
    finding_of,
    hidden_guesses,
    nested,
    rows_of,
    shown_counts,
    with_reckoned,
    with_structure,
)
from avis.disclosure.joint.latent import complete_together
from avis.disclosure.rules import Rules
from avis.editions.printed import PrintedTable
from avis.findings.model import Finding, Key, Latent, Ref, changed, ref_key


@dataclass(frozen=True)
class Former:
    """Former editions as findings, one for all that printed the same, and what could not be read."""

    editions: Editions = ()
    compared: int = 0
    """How many editions they stand for."""
    contradictory: tuple[int, ...] = ()
    """Editions, by their place among those given, whose numbers contradict each other: sums are left out."""


def former(editions: Sequence[Sequence[PrintedTable]], findings: Sequence[Finding], rules: Rules) -> Former:
    """Turn the tables of former editions into findings, beside those of today.

    Today's findings lend the structure that was never printed (who must be one person), where the same
    counts stand in both. Tables that say the same as in an edition before are taken once, all those of
    joined populations together: twenty editions of the same numbers cost as much as one. Where no count
    differs from today's they stand apart: their numbers are today's, and need no copy.
    """
    people = [finding for finding in findings if finding.protect]
    today = {key: int(n) for key, n in counts_of(people).items()}
    group = _groups(people, chain.from_iterable(editions))
    seen, made, wrong = set[tuple[bytes, ...]](), list[list[Finding]](), list[int]()
    for number, tables in enumerate(editions):
        kept: dict[str, dict[bytes, PrintedTable]] = {}
        for table in tables:
            if table.people:
                kept.setdefault(group[table.population], {})[table.content] = table
        edition, same = list[Finding](), list[Finding]()
        for held in kept.values():
            if (content := tuple(sorted(held))) not in seen:
                seen.add(content)
                completed, agrees = _completed(list(held.values()), people, today)
                if is_same(completed, today):
                    same += completed if _as_strict(held.values(), rules) else _without(completed, today)
                else:
                    edition += completed
                wrong += [] if agrees else [number]
        made += [part for part in (same, edition) if part]
    still = owed(people, made, today, rules)
    settled = []
    for edition, keys in zip(made, still, strict=True):
        few = parts_of_few(edition, today, rules.threshold)
        settled.append(tuple(_settled(one, keys, few, rules) for one in edition))
    return Former(
        tuple(settled),
        len(editions),
        tuple(dict.fromkeys(wrong)),
    )


def _as_strict(tables: Iterable[PrintedTable], rules: Rules) -> bool:
    return all(table.threshold == rules.threshold_for(table.minors) for table in tables)


def _without(edition: Iterable[Finding], today: Mapping[Key, int]) -> list[Finding]:
    """Leave out what another threshold hid of today's own counts, so that the rule of today decides on it."""
    return [
        changed(
            one, latent=tuple(held for held in one.latent if ref_key(held.cell, one.measure) not in today)
        )
        for one in edition
    ]


def _groups(people: Iterable[Finding], tables: Iterable[PrintedTable]) -> dict[str, str]:
    """Put together the populations that links of today join: they are all the same as before, or none is."""
    first: dict[str, str] = {}

    def root(name: str) -> str:
        while first.setdefault(name, name) != name:
            name = first[name]
        return name

    for finding in people:
        for ref in (ref for link in finding.links for ref in (link.total, *link.parts)):
            a, b = sorted((root(finding.population), root(ref.population)))
            first[b] = a
    return {table.population: root(table.population) for table in tables}


def _completed(
    tables: Sequence[PrintedTable], people: Sequence[Finding], today: Mapping[Key, int]
) -> tuple[list[Finding], bool]:
    """Complete the hidden counts of one edition, with as much of today's structure as agrees with it."""
    plain = [finding_of(table) for table in tables]
    lent = with_structure(plain, people)
    for findings in ([*lent, *nested(lent, tables, today)], [*plain, *nested(plain, tables, today)], plain):
        shown, guesses, rows = shown_counts(findings), hidden_guesses(findings), list(rows_of(findings))
        near = {key: today.get(key, n) for key, n in guesses.items()}
        way = _one_way(shown, near, today)
        for told in (way, []) if way else ([],):
            found = complete_together(findings, shown, near, [*rows, *told])
            if found is not None:
                return with_reckoned([_filled(one, shown | found) for one in findings]), True
    return [changed(one, relations=(), latent=(), links=(), stated=()) for one in plain], False


def _one_way(shown: Mapping[Key, int], hidden: Iterable[Key], today: Mapping[Key, int]) -> list[Bounds]:
    """Where every number that can be compared fell, or every one rose, so did those that are hidden."""
    moves = [n - today[key] for key, n in shown.items() if key in today]
    if not any(moves) or min(moves) < 0 < max(moves):
        return []
    fell = max(moves) > 0
    return [
        (((key, 1.0),), float(today[key]) if fell else 0.0, NO_LIMIT if fell else float(today[key]))
        for key in sorted(hidden)
        if key in today
    ]


def _filled(finding: Finding, counts: Mapping[Key, int]) -> Finding:
    """Put the completed counts in their places."""
    latent = (
        Latent(cell=one.cell, n=counts[ref_key(one.cell, finding.measure)], harmless=one.harmless)
        for one in finding.latent
    )
    return changed(finding, latent=tuple(latent))


def _settled(finding: Finding, still: frozenset[Key], few: frozenset[Key], rules: Rules) -> Finding:
    """Mark the hidden counts that are still owed; of the others, who moved is owed where it can be.

    Of a shown count whose moves are owed, the same holds: a place beside it says so.
    """
    least = rules.threshold_for(finding.minors)

    def settle(one: Latent) -> Latent:
        if one.harmless:
            return one
        wide = ref_key(one.cell, finding.measure) in still
        return Latent(cell=one.cell, n=one.n, harmless=not wide, owed=wide or one.n >= least)

    beside = (
        Latent(cell=Ref(population=key.population, where=key.where), n=cell.n or 0, harmless=True, owed=True)
        for key, cell in finding.keyed()
        if key in few and (cell.n or 0) >= least
    )
    return changed(finding, latent=(*map(settle, finding.latent), *beside))
