"""What the public knows already, and what contains what: the two files beside the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path

from avis.amounts import Amount, parse_amount
from avis.errors import Place, Problems
from avis.exhibits import Where
from avis.files.sheets import read_grids
from avis.linked.model import reached
from avis.linked.numbers import MOST
from avis.linked.reading import cut, read_populations, read_wheres
from avis.spelling import fold

ABOUT = 0.1
"""How far « environ 120 » may be from the truth, as a share of it; at least one person."""


@dataclass(frozen=True)
class KnownCell:
    """A cell that the public knows, exactly (`low` and `high` are one number) or roughly."""

    place: Place
    population: str
    where: Where
    low: float
    high: float
    about: bool = False


def read_known(path: Path, name: str, problems: Problems) -> list[KnownCell]:
    """Read what the public knows: a count table whose `n` may be rough, or that has `low` and `high`.

    Errors: those of a table; LIN-017 a figure that nobody can read.

    « environ 120 », « plus de 40 », « 10 à 15 » are read as they are said.
    """
    found: list[KnownCell] = []
    for grid in read_grids(path, name, problems):
        place = Place(name, grid.name)
        read = cut(grid, place, problems, known=True)
        if read is None:
            continue
        columns_of, columns, lines = read
        wheres, _ = read_wheres(columns_of, columns, lines, [-1] * len(lines), place, problems)
        texts = {
            role: list(columns_of[columns.roles[role]]) if role in columns.roles else [""] * len(lines)
            for role in ("n", "low", "high", "about")
        }
        for at, (line, population) in enumerate(
            zip(lines, read_populations(columns_of, columns), strict=True)
        ):
            here = replace(place, line=line)
            bounds = _bounds(*(texts[role][at] for role in ("n", "low", "high", "about")))
            if bounds is None:
                problems.add("LIN-017", here)
            else:
                found.append(KnownCell(here, population, wheres[at], *bounds))
    return found


def _bounds(n: str, low: str, high: str, about: str) -> tuple[float, float, bool] | None:
    """Read what a row of `--known` says of its cell.

    >>> _bounds("12", "", "", ""), _bounds("", "10", "20", ""), _bounds("", "", "", "120")
    ((12.0, 12.0, False), (10.0, 20.0, False), (108.0, 132.0, True))
    >>> _bounds("plus de 40", "", "", ""), _bounds("beaucoup", "", "", "")
    ((40.0, inf, False), None)
    """
    if n or about:
        read = parse_amount(n or about)
        if read is None or not 0 <= read.low <= MOST:
            return None
        if not n and read.qualifier == "exact":
            read = Amount(read.low, "about")
        return _of_amount(read)
    ends = [parse_amount(text) if text else None for text in (low, high)]
    if not (low or high) or any(text and not end for text, end in zip((low, high), ends, strict=True)):
        return None
    least, most = (ends[0].low if ends[0] else 0.0), (ends[1].low if ends[1] else inf)
    return (least, most, False) if 0 <= least <= most else None


def _of_amount(read: Amount) -> tuple[float, float, bool] | None:
    if read.qualifier == "exact":
        return (read.low, read.low, False) if read.low.is_integer() else None
    if read.qualifier == "about":
        slack = max(1.0, ABOUT * read.low)
        return max(0.0, read.low - slack), read.low + slack, True
    if read.qualifier == "range":
        return read.low, read.high if read.high is not None else inf, False
    return (read.low, inf, False) if read.qualifier == "at_least" else (0.0, read.low, False)


def read_hierarchy(path: Path, name: str, problems: Problems) -> dict[str, list[tuple[str, str]]]:
    """Read what contains what: pairs (value, parent) by folded dimension.

    Errors: LIN-018 no columns dimension, value and parent.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for grid in read_grids(path, name, problems):
        rows = [
            (row, line) for row, line in zip(grid.rows, grid.lines, strict=True) if any(map(str.strip, row))
        ]
        if not rows:
            continue
        header = [fold(text) for text in rows[0][0]]
        if not {"dimension", "value", "parent"} <= set(header):
            problems.add("LIN-018", Place(name, grid.name, rows[0][1]))
            continue
        at = [header.index(column) for column in ("dimension", "value", "parent")]
        for row, line in rows[1:]:
            if len(row) <= max(at) or not row[at[0]].strip() or not row[at[1]].strip():
                problems.add("LIN-019", Place(name, grid.name, line))
            elif row[at[2]].strip():
                found.setdefault(fold(row[at[0]]), []).append((row[at[1]].strip(), row[at[2]].strip()))
    _refuse_rings(found, Place(name), problems)
    return found


def _refuse_rings(found: dict[str, list[tuple[str, str]]], place: Place, problems: Problems) -> None:
    """A value cannot contain itself, through others either. Errors: LIN-019."""
    for pairs in found.values():
        above: dict[str, set[str]] = {}
        for value, parent in pairs:
            above.setdefault(fold(value), set()).add(fold(parent))
        if any(value in reached([value], above) for value in above):
            problems.add("LIN-019", place)
            return


def spelled_pairs(pairs: Sequence[tuple[str, str]], values: Sequence[str]) -> list[tuple[str, str]]:
    """Spell declared values as the tables do."""
    spelling = {fold(value): value for value in reversed(values)}
    exact = set(values)

    def spell(text: str) -> str:
        return text if text in exact else spelling.get(fold(text), text)

    return [(spell(value), spell(parent)) for value, parent in pairs]
