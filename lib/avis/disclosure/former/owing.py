"""Which counts that a former edition hid must still be protected from the next one.

Not those of which everybody sees that nobody went or came: they are today's counts, which are protected as
such. Not those that former editions leave narrow by themselves: these were hidden for the sake of others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from avis.disclosure.deducing.knowledge import learn
from avis.disclosure.editions import earlier, is_same, then_key
from avis.disclosure.former.reprinted import hidden_guesses, shown_counts, sums_of
from avis.disclosure.frame import Frame
from avis.disclosure.rules import Rules, is_wide
from avis.disclosure.solver import UNLIMITED, Program, Row, connected
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
    named = [
        {key: key if is_same(edition, today) else then_key(key, number) for key in keys}
        for number, (edition, keys) in enumerate(zip(editions, asked, strict=True), 1)
    ]
    wanted = {then for keys in named for then in keys.values()}
    wide = _wide(facts.truth, facts.floor, facts.threshold, facts.equations, facts.public, wanted)
    return [frozenset(key for key, then in keys.items() if then in wide) for keys in named]


def _harmless(finding: Finding) -> set[Key]:
    return {ref_key(one.cell, finding.measure) for one in finding.latent if one.harmless}


def _wide(
    truth: Mapping[Key, int],
    floor: Mapping[Key, int],
    threshold: Mapping[Key, int],
    equations: Mapping[tuple[tuple[Key, float], ...], tuple[float, float]],
    public: set[Key],
    wanted: set[Key],
) -> set[Key]:
    """Give the wanted counts that stay wide while only `public` ones are known."""
    unknown = [key for key in sorted(truth) if key not in public]
    column = {key: number for number, key in enumerate(unknown)}
    rows = []
    for terms, (low, high) in equations.items():
        given = sum(factor * truth[key] for key, factor in terms if key not in column)
        left = tuple((column[key], factor) for key, factor in terms if key in column)
        if left:
            rows.append(Row(left, low - given, high - given))
    groups = connected(len(unknown), rows)
    group_of = {number: at for at, group in enumerate(groups) for number in group}
    own: list[list[Row]] = [[] for _ in groups]
    for row in rows:
        own[group_of[row.terms[0][0]]].append(row)
    found = set[Key]()
    for group, held in zip(groups, own, strict=True):
        keys = [unknown[number] for number in group]
        here = [at for at, key in enumerate(keys) if key in wanted]
        if here and not held:
            found |= {keys[at] for at in here}
        elif here:
            place = {number: at for at, number in enumerate(group)}
            moved = [Row(tuple((place[c], f) for c, f in row.terms), row.low, row.high) for row in held]
            lower = np.array([floor.get(key, 0) for key in keys], dtype=np.float64)
            program = Program(moved, lower, np.full(len(keys), UNLIMITED))
            found |= {keys[at] for at in here if _is_wide(program, at, len(keys), threshold[keys[at]])}
    return found


def _is_wide(program: Program, column: int, size: int, threshold: int) -> bool:
    costs = np.zeros(size)
    costs[column] = 1.0
    low, high = program.minimise(costs), program.minimise(-costs)
    return low is not None and high is not None and is_wide(low[column], high[column], threshold)
