"""Which counts that a former edition hid must still be protected from the next one.

Not those of which everybody sees that nobody went or came: they are today's counts, which are protected as
such. Not those that former editions leave narrow by themselves: these were hidden for the sake of others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from avis.disclosure.deducing.deduction import Deductions
from avis.disclosure.deducing.knowledge import learn
from avis.disclosure.deducing.numbered import Numbered
from avis.disclosure.editions import earlier, is_same, then_key
from avis.disclosure.former.reprinted import hidden_guesses, shown_counts, sums_of
from avis.disclosure.frame import Frame
from avis.disclosure.rules import Rules
from avis.findings.model import Finding, Key, ref_key

Known = frozenset[Key]


def unmoved(edition: Sequence[Finding], today: Mapping[Key, int]) -> frozenset[Key]:
    """Give the hidden counts of which the numbers say that nobody went or came, as far as sums tell it.

    Where a total and all of its shown parts moved the same way, and the parts by as much as the total,
    nobody is left who could have moved in the hidden ones. Where no number moved, nobody did.
    """
    shown, moves = shown_counts(edition), _moves(edition, today)
    if not any(moves.values()):
        return frozenset(hidden_guesses(edition).keys() & today.keys())
    return frozenset(key for key, n in moves.items() if not n and key not in shown)


def _moves(edition: Sequence[Finding], today: Mapping[Key, int]) -> dict[Key, int]:
    """Give how many went (or came, below zero) wherever printed numbers and sums tell it."""
    moves = {key: n - today[key] for key, n in shown_counts(edition).items() if key in today}
    sums, before = _comparable(edition, today), -1
    while len(moves) > before:
        before = len(moves)
        for total, *parts in sums:
            told = [moves[part] for part in parts if part in moves]
            left = [part for part in parts if part not in moves]
            if total not in moves and not left:
                moves[total] = sum(told)
            elif total in moves and left:
                one_way = min((moves[total], *told)) >= 0 or max((moves[total], *told)) <= 0
                if moves[total] == sum(told) and one_way:
                    moves |= dict.fromkeys(left, 0)
    return moves


def _comparable(edition: Sequence[Finding], today: Mapping[Key, int]) -> list[tuple[Key, ...]]:
    return [keys for keys, at_most in sums_of(edition) if not at_most and today.keys() >= set(keys)]


def parts_of_few(edition: Sequence[Finding], today: Mapping[Key, int], threshold: int) -> frozenset[Key]:
    """Give the parts of hidden totals in which a few may have moved, and fewer than the threshold at most.

    Nobody knows whether the one who left had answered: if she had, an answer that did not move is one that
    she did not give. So none of them may be compared.
    """
    moves, sums = _moves(edition, today), _comparable(edition, today)
    most: dict[Key, int] = {}
    before = -1
    while len(most) > before:
        before = len(most)
        for total, *parts in sums:
            left = [part for part in parts if part not in moves]
            if total in moves:
                rest = abs(moves[total] - sum(moves[part] for part in parts if part in moves))
            elif total in most:
                rest = most[total]
            else:
                continue
            most |= {part: min(rest, most.get(part, rest)) for part in left}
    few = {key for key, n in most.items() if 0 < n < threshold}
    return frozenset(part for total, *parts in sums if total in few for part in parts)


def owed(
    people: Sequence[Finding], editions: Sequence[Sequence[Finding]], today: Mapping[Key, int], rules: Rules
) -> list[Known]:
    """Give for each edition the keys of hidden counts that the next publication must leave wide."""
    asked = []
    for edition in editions:
        harmless = {key for finding in edition for key in _harmless(finding)}
        asked.append(hidden_guesses(edition).keys() - unmoved(edition, today) - harmless)
    if not any(asked):
        return [frozenset() for _ in editions]
    before = earlier(people, editions)
    facts = learn(people, rules, Frame(before.findings, before.known))
    named = []
    for number, (edition, keys) in enumerate(zip(editions, asked, strict=True), 1):
        same = is_same(edition, today)
        named.append({key: key if same else then_key(key, number) for key in keys})
    wanted = {then for keys in named for then in keys.values()}
    wide = Deductions(Numbered(facts)).knowing(facts.public).wide(wanted & facts.truth.keys())
    return [frozenset(key for key, then in keys.items() if then in wide) for keys in named]


def _harmless(finding: Finding) -> set[Key]:
    return {ref_key(one.cell, finding.measure) for one in finding.latent if one.harmless}
