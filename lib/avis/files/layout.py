"""A grid → the table in it: titles, repeated headers, headings between rows, notes and totals set apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from avis.errors import Place, Problems
from avis.files.delimited import MOST_REFUSED
from avis.files.endings import count_lone, count_notes, find_totals, is_sum
from avis.files.grids import Grid
from avis.files.headings import Heading, Merged, Row, find_heading
from avis.files.stacked import find_second_table


@dataclass(frozen=True)
class Layout:
    """The names of the columns and the rows of a table; what was set apart, by the lines of the file.

    `left_out` holds headers that stand again, headings between rows, notes and totals; every row has as many
    cells as there are names.
    """

    names: list[str]
    rows: list[list[str]] = field(repr=False)
    lines: list[int] = field(repr=False)
    title_rows: tuple[int, ...] = ()
    header_lines: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()


def lay_out(grid: Grid, place: Place, problems: Problems) -> Layout | None:
    """Find the table of a grid; none where no cell is filled.

    Errors: SRC-011 row too short or too long, refused (SRC-215 how many, where too many to
    name), SRC-144 second table, refused. Remarks: SRC-019 header repeated, SRC-207 title,
    SRC-208 header on several rows, SRC-209 note, SRC-210 total, SRC-213 heading between rows;
    kept: SRC-143 row that looks like a total, SRC-145 last row of one cell.
    """
    filled = [
        (row, line) for row, line in zip(grid.rows, grid.lines, strict=True) if any(map(str.strip, row))
    ]
    if not filled:
        return None
    heading = find_heading(filled, grid.merged)
    start = heading.titles + heading.levels
    titles, header = filled[: heading.titles], filled[heading.titles : start]
    _tell("SRC-207", titles, place, problems)
    _tell("SRC-208", header if len(header) > 1 else [], place, problems)
    kept, out = _rows_of_table(filled[start:], header, heading, grid, place, problems)
    return Layout(
        heading.names,
        [row for row, _ in kept],
        [line for _, line in kept],
        tuple(line for _, line in titles),
        tuple(line for _, line in header),
        tuple(sorted(line for _, line in out)),
    )


def _rows_of_table(
    rows: list[Row], header: list[Row], heading: Heading, grid: Grid, place: Place, problems: Problems
) -> tuple[list[Row], list[Row]]:
    """Part the rows of the table from those that are left out."""
    body, second = _without_second_table(rows, header, place, problems)
    body, notes = _without_notes(body, heading, place, problems)
    body, between = _without_headings(body, heading, grid.merged, place, problems)
    whole, again = _whole_rows(_without_blank_ends(body, heading), header, heading, place, problems)
    totals = whole[-1:] if whole and is_sum(whole) else []
    _tell("SRC-210", totals, place, problems)
    kept = whole[: len(whole) - len(totals)]
    _tell("SRC-143", find_totals(kept), place, problems)
    _tell("SRC-145", kept[len(kept) - count_lone(kept) :], place, problems)
    return kept, [*second, *notes, *between, *again, *totals]


def _without_second_table(
    rows: list[Row], header: list[Row], place: Place, problems: Problems
) -> tuple[list[Row], list[Row]]:
    start = find_second_table(rows, [row for row, _ in header])
    if start is None:
        return rows, []
    problems.add("SRC-144", replace(place, line=rows[start][1]), n=len(rows) - start)
    return rows[:start], rows[start:]


def _without_blank_ends(rows: list[Row], heading: Heading) -> list[Row]:
    """Cut the blank cells that every row has after the last name: a delimiter ends each line."""
    width = len(heading.names)
    if all(len(row) > width and not any(map(str.strip, row[width:])) for row, _ in rows):
        return [(row[:width], line) for row, line in rows]
    return rows


def _tell(code: str, rows: Sequence[Row], place: Place, problems: Problems) -> None:
    for _, line in rows:
        problems.warn(code, replace(place, line=line))


def _without_notes(
    rows: list[Row], heading: Heading, place: Place, problems: Problems
) -> tuple[list[Row], list[Row]]:
    count = len(rows) - count_notes(rows, len(heading.names), heading.names)
    _tell("SRC-209", rows[count:], place, problems)
    return rows[:count], rows[count:]


def _without_headings(
    rows: list[Row], heading: Heading, merged: Sequence[Merged], place: Place, problems: Problems
) -> tuple[list[Row], list[Row]]:
    """Set apart rows whose one cell is merged over two thirds of the table, three columns at least."""
    over = {
        top
        for top, left, bottom, right in merged
        if top == bottom and right - left + 1 >= max(3, len(heading.names) * 2 / 3)
    }
    between = [(row, line) for row, line in rows if line in over and sum(map(bool, map(str.strip, row))) == 1]
    _tell("SRC-213", between, place, problems)
    out = {line for _, line in between}
    return [(row, line) for row, line in rows if line not in out] if out else rows, between


def _whole_rows(
    rows: list[Row], header: list[Row], heading: Heading, place: Place, problems: Problems
) -> tuple[list[Row], list[Row]]:
    """Give the rows that are as wide as the header, and those that repeat it."""
    headers = [row for row, _ in header]
    kept, again = [], []
    refused = 0
    for row, line in rows:
        if len(row) != len(heading.names):
            refused += 1
            if refused <= MOST_REFUSED:
                here = replace(place, line=line)
                problems.add("SRC-011", here, found=len(row), expected=len(heading.names))
        elif row in headers:
            again.append((row, line))
        else:
            kept.append((row, line))
    _tell("SRC-019", again, place, problems)
    if refused > MOST_REFUSED:
        problems.add("SRC-215", place, n=refused)
    return kept, again
