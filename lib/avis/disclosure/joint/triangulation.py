"""Graphs of variables that tables cross: made chordal, parted into cliques, joined in a tree.

Counts on the cliques of a chordal graph that agree where two cliques overlap are the margins of one set of
records (Lauritzen, Graphical Models, 1996, 3.2): what must be written down is one set of joint counts per
clique, and nothing larger. The fill is chosen by least new edges first, which is not always the least of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import TypeAlias

Clique: TypeAlias = frozenset[str]


def cliques_of(edges: Iterable[Clique]) -> list[Clique]:
    """Triangulate the graph in which each set is joined throughout, and give its maximal cliques.

    >>> [sorted(clique) for clique in cliques_of([frozenset("ab"), frozenset("bc"), frozenset("ac")])]
    [['a', 'b', 'c']]
    >>> [sorted(clique) for clique in cliques_of([frozenset("ab"), frozenset("bc")])]
    [['a', 'b'], ['b', 'c']]
    """
    near: dict[str, set[str]] = {}
    for edge in edges:
        for node in edge:
            near.setdefault(node, set()).update(edge - {node})
    found: list[Clique] = []
    while near:
        node = min(near, key=lambda one: (_fill(one, near), len(near[one]), one))
        around = near.pop(node)
        found.append(frozenset({node, *around}))
        for other in around:
            near[other] |= around - {other}
            near[other].discard(node)
    kept = [one for one in found if not any(one < other for other in found)]
    return sorted(dict.fromkeys(kept), key=sorted)


def _fill(node: str, near: dict[str, set[str]]) -> int:
    return sum(b not in near[a] for a, b in combinations(sorted(near[node]), 2))


def joined(cliques: Sequence[Clique]) -> list[tuple[int, int, Clique]]:
    """Join cliques in a tree by the largest overlaps: two numbers and what they share, maybe nothing.

    >>> joined([frozenset("ab"), frozenset("bc")])
    [(0, 1, frozenset({'b'}))]
    """
    inside, outside, found = [0], list(range(1, len(cliques))), []
    while outside:
        a, b = min(
            ((a, b) for a in inside for b in outside),
            key=lambda ab: (-len(cliques[ab[0]] & cliques[ab[1]]), ab),
        )
        found.append((a, b, cliques[a] & cliques[b]))
        inside.append(b)
        outside.remove(b)
    return found
