"""Files without a row of names: what stands in their first row is shown nowhere, and the doubt is said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from avis.errors import Fact, Place, Problem, Problems
from avis.files.grids import Grid
from avis.files.headernames import is_data, is_value, safe_header
from avis.files.headings import LOOKED_AT, MAX_TITLES, find_heading
from avis.i18n import say

Hidden = Mapping[str, str]
"""By a name that must not be shown, the words that stand for it."""
_SPACES = re.compile(r"\s+")


def names_to_hide(grids: Sequence[tuple[str, Grid]], problems: Problems) -> dict[str, str]:
    """Give the names of columns that are somebody's values, with what is shown for them.

    `grids` come with the name of their file. Remark: SRC-413 a first row that looks like data.
    """
    hidden: dict[str, str] = {}
    for file, grid in grids:
        most = MAX_TITLES + LOOKED_AT
        rows = [
            (row, line)
            for row, line in zip(grid.rows[:most], grid.lines[:most], strict=True)
            if any(map(str.strip, row))
        ]
        if not rows:
            continue
        heading = find_heading(rows, grid.merged)
        start = heading.titles + heading.levels
        data = is_data(heading.names, [row for row, _ in rows[start:]])
        if data:
            problems.warn("SRC-413", Place(file, grid.name, rows[start - 1][1]))
        for number, name in enumerate(heading.names, 1 + grid.left):
            if name.strip() and (data or is_value(name)):
                hidden[_tidied(name)] = say("sources.header.numbered", n=number)
    return hidden


def _tidied(name: str) -> str:
    return _SPACES.sub(" ", name).strip()


def shown_name(name: str, number: int, hidden: Hidden) -> str:
    """Give a name of a column as it may be shown; one that stood twice is `name (2)`."""
    known = _tidied(name)
    stands_for = hidden.get(known) or hidden.get(re.sub(r" \(\d+\)$", "", known))
    return stands_for or (safe_header(name, number) if number else _without_number(name))


def _without_number(name: str) -> str:
    return say("sources.header.unknown") if is_value(name) else name


def without_values(problems: Problems, hidden: Hidden, since: int) -> None:
    """Take the names that must not be shown out of the problems told from number `since` on."""
    told = problems.items[since:]
    problems.items[since:] = [_without(item, hidden) for item in told]


def _without(item: Problem, hidden: Hidden) -> Problem:
    field = item.place.field
    place = replace(item.place, field=shown_name(field, item.place.column, hidden)) if field else item.place
    return replace(item, place=place, facts=tuple((name, _fact(fact, hidden)) for name, fact in item.facts))


def _fact(fact: Fact, hidden: Hidden) -> Fact:
    """Write a fact without the names that it holds, the longest first: one may stand within another."""
    if not isinstance(fact, str):
        return fact
    for name in sorted(hidden, key=len, reverse=True):
        if name in fact:
            fact = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", hidden[name].replace("\\", r"\\"), fact)
    return fact
