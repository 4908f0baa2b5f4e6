"""Columns of figures beside the counts, whatever their header: what is made from counts tells them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from avis.errors import Place, Problems
from avis.linked.columns import Columns, is_total
from avis.linked.numbers import each, fits, read_percents
from avis.linked.totals import read_totals
from avis.spelling import fold

Texts = Sequence[Sequence[str]]
Row = tuple[str, ...]

_NAMED = re.compile(
    r"%|\b(pct|pc|(pour|per) ?cents?|pourcentages?|percentages?|parts?|shares?|taux|rates?|ratios?"
    r"|proportions?|frequenc(e|es|y|ies)|moyennes?|means?|averages?|medianes?|medians?|ecart-type|sd|std"
    r"|anteil|prozent|porcentaje|percentuale)\b"
)
"""Words of headers under which figures stand, folded."""

_LABEL = re.compile(
    r"\b(ages?|annees?|years?|mois|months?|jours?|days?|semaines?|weeks?|trimestres?|quarters?)\b"
)
"""Headers under which whole numbers are values."""

BY_HAND = 1.0
"""How far whole figures may be from a percentage and still be taken for one that was rounded by hand."""

_NUMBER = re.compile(
    r"[(~≈<>≤≥]? ?[+-]?[0-9]+(?: [0-9]{3})*(?P<part>[.,][0-9]+)?"
    r" ?(?P<sign>%|‰|pct|pour ?cent|percent)?[)]?"
)


def part_figures(
    texts: Texts,
    columns: Columns,
    names: Sequence[str],
    counts: Sequence[int],
    place: Place,
    problems: Problems,
) -> tuple[Columns, tuple[str, ...]]:
    """Take figures out of the criteria: percentages of a total become `percent`, others are refused.

    Gives the columns, and the dimensions that are `Total` in the base of the percentages found. Errors:
    LIN-045 a column of figures that nobody can protect.
    """
    figures = _find(texts, columns, counts)
    kept = {name: at for name, at in columns.dimensions.items() if name not in figures}
    new = replace(columns, dimensions=kept)
    over: tuple[str, ...] = ()
    for name in figures:
        at = columns.dimensions[name]
        base = None if "percent" in new.roles else _base_of(texts, new, at, counts)
        if base is None:
            problems.add("LIN-045", replace(place, field=columns.printed[name]))
        else:
            over, new = base, replace(new, roles={**new.roles, "percent": at})
    _refuse_unnamed(texts, names, place, problems)
    return new, over


def _refuse_unnamed(texts: Texts, names: Sequence[str], place: Place, problems: Problems) -> None:
    """A column without a name would be written as it is; only numbers of rows may stay. Errors: LIN-045."""
    for at, name in enumerate(names):
        if not fold(name) and any(any(map(str.isdigit, text)) for text in texts[at]):
            rows = len(texts[at])
            if not any(list(texts[at]) == [str(n + first) for n in range(rows)] for first in (0, 1)):
                problems.add("LIN-045", replace(place, field=str(at + 1)))


def _find(texts: Texts, columns: Columns, counts: Sequence[int]) -> list[str]:
    """Give the dimensions that are figures: first what shows it, then whole numbers that part no rows."""
    left = dict(columns.dimensions)
    found = [name for name, at in left.items() if _shows(name, texts, columns, at, counts)]
    for name in found:
        del left[name]
    for name in reversed(list(left)):
        if _is_idle(name, texts[left[name]]) and not _parts(name, texts, columns, left):
            del left[name]
            found.append(name)
    return sorted(found, key=columns.dimensions.__getitem__)


def _shows(name: str, texts: Texts, columns: Columns, at: int, counts: Sequence[int]) -> bool:
    """Tell a column of figures by its header, its decimals, or what it repeats of the counts."""
    filled = [text for text in dict.fromkeys(texts[at]) if text]
    read = [_NUMBER.fullmatch(fold(text)) for text in filled]
    numbers = [one for one in read if one]
    if not filled:
        return False
    if numbers and _is_named(name):
        return True
    if not numbers or any(is_total(text) for text in filled):
        return _repeats(texts[at], counts)
    if any(one["part"] or one["sign"] for one in numbers):
        return True
    if len(columns.dimensions) == 1 or _is_label(name) or len(numbers) < len(filled):
        return False
    others = {key: spot for key, spot in columns.dimensions.items() if key != name}
    rest = replace(columns, dimensions=others)
    return _repeats(texts[at], counts) or _base_of(texts, rest, at, counts, BY_HAND) is not None


def _is_named(name: str) -> bool:
    return bool(_NAMED.search(name.replace("_", " ")))


def _is_label(name: str) -> bool:
    return bool(_LABEL.search(name.replace("_", " ")))


def _repeats(column: Sequence[str], counts: Sequence[int]) -> bool:
    """Tell whether a column says the count of every row again: « 4 », « 4 sur 42 », « 4 (9,5 %) »."""
    told = [(text, n) for text, n in zip(column, counts, strict=True) if n >= 0 and text]
    return len({n for _, n in told}) > 1 and all(str(n) in re.findall(r"[0-9]+", text) for text, n in told)


def _is_idle(name: str, column: Sequence[str]) -> bool:
    """Tell whether a column holds whole numbers alone, each once, or leaves some out: no criterion does."""
    filled = [text for text in column if text]
    if not filled or _is_label(name) or not all(_NUMBER.fullmatch(text) for text in dict.fromkeys(filled)):
        return False
    return len(set(filled)) == len(filled) or len(filled) < len(column)


def _parts(name: str, texts: Texts, columns: Columns, left: dict[str, int]) -> bool:
    """Tell whether rows that are alike without this criterion differ in it."""
    others = [texts[at] for key, at in left.items() if key != name]
    if not others:
        return True
    if "population" in columns.roles:
        others.append(texts[columns.roles["population"]])
    rows = list(zip(*others, strict=True))
    return len(set(rows)) < len(rows)


def _base_of(
    texts: Texts, columns: Columns, at: int, counts: Sequence[int], slack: float = 0.0
) -> tuple[str, ...] | None:
    """Give the criteria that are `Total` in the base of a column of percentages; () is all of them."""
    column = texts[at]
    bounds = read_percents(column, [0] * len(column), Place(), Problems())
    if any(text and not one for text, one in zip(column, bounds, strict=True)):
        return None
    if "percent_of" in columns.roles and not slack:
        return ()
    rows = _rows(texts, columns, counts)
    wholes = _wholes(rows, counts)
    for over in _choices(sorted(columns.dimensions)):
        kept = [name not in over for name in sorted(columns.dimensions)]
        tested = list(_tested(rows, counts, bounds, wholes, [*kept, True]))
        if tested and all(fits(low - slack, high + slack, n, of) for low, high, n, of in tested):
            return () if len(over) == len(kept) else over
    return None


def _choices(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Give what may be `Total` in a base: everything first, then ever fewer criteria."""
    yield tuple(names)
    for size in range(len(names) - 1, 0, -1):
        yield from combinations(names, size)


def _rows(texts: Texts, columns: Columns, counts: Sequence[int]) -> list[Row]:
    """Write each row as its values, in order of the criteria, "" for `Total`; its population stands last."""
    totals, _ = read_totals(texts, columns, counts)
    spelled = [
        ["" if value in totals[name] else value for value in each(texts[columns.dimensions[name]], fold)]
        for name in sorted(columns.dimensions)
    ]
    role = columns.roles.get("population")
    names = [""] * len(texts[0]) if role is None else each(texts[role], fold)
    return list(zip(*spelled, names, strict=True))


def _wholes(rows: Sequence[Row], counts: Sequence[int]) -> dict[Row, int]:
    return {row: n for row, n in zip(rows, counts, strict=True) if n >= 0}


def _tested(
    rows: Sequence[Row],
    counts: Sequence[int],
    bounds: Sequence[tuple[float, float] | None],
    wholes: dict[Row, int],
    kept: Sequence[bool],
) -> Iterator[tuple[float, float, int, int]]:
    """Give each percentage with its count and its base: printed, or the sum of the rows that it holds."""
    sums: dict[Row, int] = {}
    for row, n in zip(rows, counts, strict=True):
        if all(row[:-1]):
            base = _base(row, kept)
            sums[base] = sums.get(base, 0) + max(n, 0)
    hidden = {_base(row, kept) for row, n in zip(rows, counts, strict=True) if n < 0}
    for row, n, bound in zip(rows, counts, bounds, strict=True):
        base = _base(row, kept)
        of = wholes.get(base, None if base in hidden else sums.get(base))
        if bound and n >= 0 and of is not None and base != row:
            yield *bound, n, of


def _base(row: Row, kept: Sequence[bool]) -> Row:
    return tuple(value if keep else "" for value, keep in zip(row, kept, strict=True))
