"""Variables of which each person has one value, read from the sums between counts.

A relation whose parts differ from their total in one variable alone says that this variable parts the
people of the total. All such relations about a variable make a tree of values; its leaves are exclusive.
A question with several answers has a tree for each of its choices (answered = ticked + not ticked). What
a `cover` relation is about (places where somebody may come twice) parts nobody and has no tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from avis.exhibits import Where
from avis.findings.model import Key

Values: TypeAlias = frozenset[str]

OTHER = "other"
"""The leaf of those whom a variable says nothing about, where no relation begins at everybody."""

MOST_VIEWS = 24
"""Trees read for one variable; a question with more choices than that keeps the first ones."""


class Sum(NamedTuple):
    """A total and its parts, of one population and measure; `exact`: nobody is in several parts."""

    total: Key
    parts: tuple[Key, ...]
    exact: bool


class Split(NamedTuple):
    """A relation seen as a statement on one variable: the value `whole` (none: everybody) has these parts."""

    variable: str
    whole: str | None
    parts: Values


@dataclass(frozen=True)
class View:
    """One tree of one variable: for each of its values the leaves under it, and all leaves."""

    name: str
    under: Mapping[str, Values]
    leaves: Values


def split_of(total: Where, parts: Sequence[Where]) -> Split | None:
    """Read the one variable in which all parts differ from their total, none where there is none.

    >>> split_of((("sex", "f"),), [(("q", "yes"), ("sex", "f")), (("q", "no"), ("sex", "f"))]).variable
    'q'
    """
    new = set(parts[0]) - set(total)
    if len(new) != 1:
        return None
    (variable, _), *_ = new
    rest = set(parts[0]) - new
    gone = set(total) - rest
    if len(gone) > 1 or any(name != variable for name, _ in gone) or any(n == variable for n, _ in rest):
        return None
    values = set[str]()
    for part in parts:
        own = set(part) - rest
        if len(own) != 1 or not rest <= set(part):
            return None
        (name, value), *_ = own
        if name != variable:
            return None
        values.add(value)
    return Split(variable, next((value for _, value in gone), None), frozenset(values))


def views_of(sums: Iterable[Sum]) -> dict[str, list[View]]:
    """Give each variable that parts people its trees, in the order of the names."""
    families: dict[str, dict[str | None, set[Values]]] = {}
    several = set[str]()
    for one in sums:
        split = split_of(one.total.where, [part.where for part in one.parts])
        if split is None:
            continue
        if one.exact:
            families.setdefault(split.variable, {}).setdefault(split.whole, set()).add(split.parts)
        else:
            several.add(split.variable)
    found = {}
    for variable in sorted(families.keys() - several):
        views = _views(variable, families[variable])
        if views:
            found[variable] = views
    return found


def _views(variable: str, family: Mapping[str | None, set[Values]]) -> list[View]:
    """One tree where all relations agree; one for each of the ways where a total is parted in several."""
    choices = {
        whole: _ways(whole, family) for whole in sorted(family, key=lambda t: (t is not None, t or ""))
    }
    single = {whole: ways[0] for whole, ways in choices.items() if len(ways) == 1}
    trees = [{**single, whole: way} for whole, ways in choices.items() if len(ways) > 1 for way in ways] or [
        single
    ]
    views = []
    for number, tree in enumerate(trees[:MOST_VIEWS]):
        under = _under(tree)
        if under:
            name = variable if len(trees) == 1 else f"{variable}#{number}"
            views.append(View(name, under, frozenset().union(*under.values())))
    return views


def _ways(whole: str | None, family: Mapping[str | None, set[Values]]) -> list[Values]:
    """The ways in which a value is parted, each once: not a way that lists fewer of the same values."""
    expanded = {way: _expand(way, family, frozenset()) for way in family[whole]}
    ways: dict[Values, Values] = {}
    for way in sorted(family[whole], key=lambda way: (len(way), sorted(way))):
        if not any(expanded[way] < other for other in expanded.values()):
            ways.setdefault(expanded[way], way)
    return list(ways.values())


def _expand(values: Values, family: Mapping[str | None, set[Values]], seen: Values) -> Values:
    """Replace values by their parts, as far as they are parted in one way alone."""
    found = set[str]()
    for value in values:
        ways = family.get(value, set())
        if len(ways) == 1 and value not in seen:
            found |= _expand(next(iter(ways)), family, seen | {value})
        else:
            found.add(value)
    return frozenset(found)


def _under(tree: Mapping[str | None, Values]) -> dict[str, Values]:
    """The leaves under each value; nothing where the relations are no tree."""
    below = {part for parts in tree.values() for part in parts}
    tops = sorted(value for value in tree if value is not None and value not in below)
    under: dict[str, Values] = {}
    if None in tree:
        for value in sorted(tree[None]):
            _descend(value, tree, under, 0)
    elif len(tops) == 1:
        _descend(tops[0], tree, under, 0)
        under[OTHER] = frozenset({OTHER})
    for _ in tops:  # groups of values that stand beside the tree
        for top in tops:
            parts = tree[top]
            if top not in under and parts <= under.keys():
                under[top] = frozenset().union(*(under[part] for part in parts))
    disjoint = all(
        sum(len(under[part]) for part in parts) == len(frozenset().union(*(under[part] for part in parts)))
        for parts in tree.values()
        if parts <= under.keys()
    )
    return under if disjoint else {}


def _descend(value: str, tree: Mapping[str | None, Values], under: dict[str, Values], depth: int) -> Values:
    if value not in under:
        parts = tree.get(value, frozenset()) if depth < len(tree) + 1 else frozenset()
        held = [_descend(part, tree, under, depth + 1) for part in sorted(parts) if part != value]
        under[value] = frozenset().union(*held) if held else frozenset({value})
    return under[value]
