"""A file → count tables: every cell checked at once, column by column; nothing is guessed.

A message names the line and the column, never a value: the value of a dimension may point to somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from avis.errors import Place, Problems
from avis.exhibits import Where
from avis.files.grids import Grid
from avis.files.sheets import read_grids
from avis.linked.columns import Columns, read_header
from avis.linked.model import CountTable, Percent, Row
from avis.linked.numbers import each, read_counts, read_percents, trim
from avis.linked.totals import read_totals
from avis.spelling import TRUTHS, fold, folded

MOST_ROWS = 1_000_000
"""Rows of a file: nobody prints more, and every cell would stand in the audit."""

FORMULA = re.compile(r"[=+@]|-(?![0-9])")
"""What a spreadsheet takes for a formula when it opens a CSV."""


def read_tables(path: Path, name: str, problems: Problems, hidden: bool = False) -> list[CountTable]:
    """Read every table of a file; `hidden` admits empty counts (protected elsewhere).

    Errors: those of `read_grids`; LIN-001, LIN-002 columns; LIN-003 no row, LIN-004 a row of another width,
    LIN-005 to 009 a count that is none, LIN-010 a dimension without a value, LIN-011 and 012 percentages,
    LIN-015 too many rows. Remark: LIN-030 a value that a spreadsheet would take for a formula.
    """
    tables = []
    for grid in read_grids(path, name, problems):
        read = cut(grid, Place(name, grid.name), problems)
        if read is not None:
            found = _table(*read, grid, path, Place(name, grid.name), problems, hidden)
            tables += [found] if found else []
    return tables


def cut(
    grid: Grid, place: Place, problems: Problems, known: bool = False
) -> tuple[pd.DataFrame, Columns, pd.Series[int]] | None:
    """Cut a grid in its header and its rows of text; none where something is wrong, which is said."""
    filled = [at for at, row in enumerate(grid.rows) if any(map(str.strip, row))]
    if not filled:
        return None
    header = trim(pd.Series(grid.rows[filled[0]], dtype="str")).tolist()
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
    frame = pd.DataFrame([grid.rows[at][:width] for at in body], dtype="str")
    frame = frame.apply(trim)
    return frame, columns, pd.Series([grid.lines[at] for at in body], dtype="int64")


def _blank_end(row: Sequence[str], width: int) -> bool:
    """Tell whether a row is longer by blank cells alone: a delimiter ends each line."""
    return len(row) > width and not any(map(str.strip, row[width:]))


def _table(
    frame: pd.DataFrame,
    columns: Columns,
    lines: pd.Series[int],
    grid: Grid,
    path: Path,
    place: Place,
    problems: Problems,
    hidden: bool,
) -> CountTable | None:
    before = len(problems.errors)
    counts = read_counts(frame[columns.roles["n"]], lines, place, problems, hidden)
    wheres, totals = read_wheres(frame, columns, lines, counts, place, problems)
    percents = _percents(frame, columns, lines, wheres, place, problems)
    minors = _truths(frame, columns, lines, place, problems)
    if len(problems.errors) > before:
        return None
    populations = read_populations(frame, columns)
    rows = tuple(
        Row(line, population, where, None if n < 0 else n, minor, percent)
        for line, population, where, n, minor, percent in zip(
            lines.tolist(), populations, wheres, counts, minors, percents, strict=True
        )
    )
    header = next(row for row in grid.rows if any(map(str.strip, row)))
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


def read_wheres(
    frame: pd.DataFrame,
    columns: Columns,
    lines: pd.Series[int],
    counts: Sequence[int],
    place: Place,
    problems: Problems,
) -> tuple[list[Where], frozenset[tuple[str, str]]]:
    """Give each row its conditions: the dimensions that are not `Total`, sorted."""
    pairs: list[list[tuple[str, str] | None]] = []
    for name in sorted(columns.dimensions):
        values = frame[columns.dimensions[name]]
        for line in lines[values == ""].tolist():
            problems.add("LIN-010", replace(place, line=line, field=columns.printed[name]))
        for line in lines[each(values, lambda text: bool(FORMULA.match(text)))].tolist()[:1]:
            problems.warn("LIN-030", replace(place, line=line, field=columns.printed[name]))
    chosen, softened = read_totals(frame, columns, counts)
    for name in sorted(columns.dimensions):
        codes, found = pd.factorize(frame[columns.dimensions[name]])
        told = [None if fold(value) in chosen[name] else (name, value) for value in found]
        pairs.append([told[code] for code in codes])
    if not pairs:
        return [()] * len(frame), frozenset()
    wheres = [tuple(pair for pair in row if pair is not None) for row in zip(*pairs, strict=True)]
    for name, _ in sorted(softened):
        problems.warn("LIN-031", replace(place, field=columns.printed[name]))
    return wheres, frozenset(softened)


def read_populations(frame: pd.DataFrame, columns: Columns) -> Iterable[str]:
    if "population" not in columns.roles:
        return [""] * len(frame)
    values: list[str] = folded(frame[columns.roles["population"]]).tolist()
    return values


def _percents(
    frame: pd.DataFrame,
    columns: Columns,
    lines: pd.Series[int],
    wheres: Sequence[Where],
    place: Place,
    problems: Problems,
) -> list[Percent | None]:
    """Read what a column of percentages says of n and of its base, where there is one."""
    if "percent" not in columns.roles:
        return [None] * len(frame)
    bounds = read_percents(frame[columns.roles["percent"]], lines, place, problems)
    if "percent_of" not in columns.roles:
        return [Percent(*one, ()) if one else None for one in bounds]
    found: list[Percent | None] = []
    said = frame[columns.roles["percent_of"]].tolist()
    for one, text, where, line in zip(bounds, said, wheres, lines.tolist(), strict=True):
        names = {fold(part) for part in text.replace("+", ",").replace(";", ",").split(",")} - {""}
        if names - columns.dimensions.keys():
            problems.add("LIN-012", replace(place, line=line))
        base = tuple(pair for pair in where if names and pair[0] not in names)
        found.append(Percent(*one, base) if one else None)
    return found


def _truths(
    frame: pd.DataFrame, columns: Columns, lines: pd.Series[int], place: Place, problems: Problems
) -> list[bool]:
    if "minors" not in columns.roles:
        return [False] * len(frame)
    values = folded(frame[columns.roles["minors"]])
    for line in lines[~values.isin([*TRUTHS, ""])].tolist():
        problems.add("LIN-013", replace(place, line=line))
    return [TRUTHS.get(value, False) for value in values]
