"""A file → count tables: every cell checked at once, column by column; nothing is guessed.

A message names the line and the column, never a value: the value of a dimension may point to somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from avis.errors import Place, Problems
from avis.exhibits import Where
from avis.files.grids import Grid
from avis.files.sheets import read_grids
from avis.linked.columns import Columns, read_header
from avis.linked.figures import part_figures
from avis.linked.model import CountTable, Percent, Row
from avis.linked.numbers import each, read_counts, read_percents, trim
from avis.linked.totals import read_totals
from avis.spelling import TRUTHS, fold

Texts: TypeAlias = Sequence[Sequence[str]]
"""The columns of a table, each a text a row."""

MOST_ROWS = 1_000_000
"""Rows of a file: nobody prints more, and every cell would stand in the audit."""

FORMULA = re.compile(r"[=+@]|-(?![0-9])")
"""What a spreadsheet takes for a formula when it opens a CSV."""


def read_tables(path: Path, name: str, problems: Problems, hidden: bool = False) -> list[CountTable]:
    """Read every table of a file; `hidden` admits empty counts (protected elsewhere).

    Errors: those of `read_grids`; LIN-001, LIN-002 columns; LIN-003 no row, LIN-004 a row of another width,
    LIN-005 to 009 a count that is none, LIN-010 a dimension without a value, LIN-011 and 012 percentages,
    LIN-015 too many rows, LIN-045 figures that nobody can protect. Remark: LIN-030 a
    value that a spreadsheet would take for a formula.
    """
    tables = []
    for grid in read_grids(path, name, problems):
        read = cut(grid, Place(name, grid.name), problems)
        if read is not None:
            found = _table(read, grid, path, Place(name, grid.name), problems, hidden)
            tables += [found] if found else []
    return tables


def cut(
    grid: Grid, place: Place, problems: Problems, known: bool = False
) -> tuple[Texts, Columns, list[int]] | None:
    """Cut a grid in its header and its rows of text; none where something is wrong, which is said."""
    filled = [at for at, row in enumerate(grid.rows) if any(map(str.strip, row))]
    if not filled:
        return None
    header = [trim(text) for text in grid.rows[filled[0]]]
    columns = read_header(header, replace(place, line=grid.lines[filled[0]]), problems, known)
    if columns is None:
        return None
    body = filled[1:]
    if not body:
        problems.add("LIN-003", place)
        return None
    if len(body) > MOST_ROWS:
        problems.add("LIN-015", place, n=len(body), most=MOST_ROWS)
        return None
    width = len(header)
    uneven = [at for at in body if len(grid.rows[at]) != width and not _blank_end(grid.rows[at], width)]
    for at in uneven:
        problems.add("LIN-004", replace(place, line=grid.lines[at]), expected=width)
    if uneven:
        return None
    rows = [grid.rows[at][:width] for at in body]
    texts = [each(column, trim) for column in zip(*rows, strict=True)]
    return texts, columns, [grid.lines[at] for at in body]


def _blank_end(row: Sequence[str], width: int) -> bool:
    """Tell whether a row is longer by blank cells alone: a delimiter ends each line."""
    return len(row) > width and not any(map(str.strip, row[width:]))


def _table(
    read: tuple[Texts, Columns, list[int]],
    grid: Grid,
    path: Path,
    place: Place,
    problems: Problems,
    hidden: bool,
) -> CountTable | None:
    texts, columns, lines = read
    before = len(problems.errors)
    counts = read_counts(texts[columns.roles["n"]], lines, place, problems, hidden)
    header = next(row for row in grid.rows if any(map(str.strip, row)))
    columns, over = part_figures(texts, columns, header, counts, place, problems)
    rows, totals = _rows(texts, columns, lines, counts, over, place, problems)
    if len(problems.errors) > before:
        return None
    return CountTable(
        name=place.file,
        path=path,
        sheet=place.sheet,
        dimensions=columns.printed,
        rows=rows,
        header=tuple(header),
        cells=tuple(map(tuple, grid.rows)),
        lines=tuple(grid.lines),
        dimension_at=columns.dimensions,
        n_at=columns.roles["n"],
        percent_at=columns.roles.get("percent"),
        delimiter=grid.delimiter,
        encoding=grid.encoding,
        totals=totals,
    )


def _rows(
    texts: Texts,
    columns: Columns,
    lines: Sequence[int],
    counts: Sequence[int],
    over: Sequence[str],
    place: Place,
    problems: Problems,
) -> tuple[tuple[Row, ...], frozenset[tuple[str, str]]]:
    """Read what each row says, and which softer words were read as `Total`."""
    wheres, totals = read_wheres(texts, columns, lines, counts, place, problems)
    percents = _percents(texts, columns, lines, wheres, over, place, problems)
    minors = _truths(texts, columns, lines, place, problems)
    populations = read_populations(texts, columns)
    rows = (
        Row(line, population, where, None if n < 0 else n, minor, percent)
        for line, population, where, n, minor, percent in zip(
            lines, populations, wheres, counts, minors, percents, strict=True
        )
    )
    return tuple(rows), totals


def read_wheres(
    texts: Texts,
    columns: Columns,
    lines: Sequence[int],
    counts: Sequence[int],
    place: Place,
    problems: Problems,
) -> tuple[list[Where], frozenset[tuple[str, str]]]:
    """Give each row its conditions: the dimensions that are not `Total`, sorted."""
    pairs: list[list[tuple[str, str] | None]] = []
    for name in sorted(columns.dimensions):
        values = texts[columns.dimensions[name]]
        for value, line in zip(values, lines, strict=True):
            if not value:
                problems.add("LIN-010", replace(place, line=line, field=columns.printed[name]))
        risky = [line for value, line in zip(values, lines, strict=True) if FORMULA.match(value)]
        if risky:
            problems.warn("LIN-030", replace(place, line=risky[0], field=columns.printed[name]))
    chosen, softened = read_totals(texts, columns, counts)
    for name in sorted(columns.dimensions):
        column = texts[columns.dimensions[name]]
        told = {text: None if fold(text) in chosen[name] else (name, text) for text in dict.fromkeys(column)}
        pairs.append([told[text] for text in column])
    if not pairs:
        return [()] * len(lines), frozenset()
    wheres = [tuple(pair for pair in row if pair is not None) for row in zip(*pairs, strict=True)]
    for name, _ in sorted(softened):
        problems.warn("LIN-031", replace(place, field=columns.printed[name]))
    return wheres, frozenset(softened)


def read_populations(texts: Texts, columns: Columns) -> Iterable[str]:
    if "population" not in columns.roles:
        return [""] * (len(texts[0]) if texts else 0)
    return each(texts[columns.roles["population"]], fold)


def _percents(
    texts: Texts,
    columns: Columns,
    lines: Sequence[int],
    wheres: Sequence[Where],
    over: Sequence[str],
    place: Place,
    problems: Problems,
) -> list[Percent | None]:
    """Read what a column of percentages says of n and of its base, where there is one.

    `over`: the criteria that are `Total` in the base, where the figures say so and no column does.
    """
    if "percent" not in columns.roles:
        return [None] * len(lines)
    bounds = read_percents(texts[columns.roles["percent"]], lines, place, problems)
    if "percent_of" not in columns.roles:
        bases = [tuple(pair for pair in where if over and pair[0] not in over) for where in wheres]
        return [Percent(*one, base) if one else None for one, base in zip(bounds, bases, strict=True)]
    found: list[Percent | None] = []
    said = texts[columns.roles["percent_of"]]
    for one, text, where, line in zip(bounds, said, wheres, lines, strict=True):
        names = {fold(part) for part in text.replace("+", ",").replace(";", ",").split(",")} - {""}
        if names - columns.dimensions.keys():
            problems.add("LIN-012", replace(place, line=line))
        base = tuple(pair for pair in where if names and pair[0] not in names)
        found.append(Percent(*one, base) if one else None)
    return found


def _truths(
    texts: Texts, columns: Columns, lines: Sequence[int], place: Place, problems: Problems
) -> list[bool]:
    if "minors" not in columns.roles:
        return [False] * len(lines)
    values = each(texts[columns.roles["minors"]], fold)
    for value, line in zip(values, lines, strict=True):
        if value and value not in TRUTHS:
            problems.add("LIN-013", replace(place, line=line))
    return [TRUTHS.get(value, False) for value in values]
