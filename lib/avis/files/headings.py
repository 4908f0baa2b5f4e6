"""Where a table begins: title rows above it, a header on one row or several.

A guess here would eat the first rows of a plain table, so the first filled row is the header unless
there is strong evidence of something else: what is said in `find_heading`. The same rows
always give the same answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

Row = tuple[list[str], int]
"""The cells of a row, and its line."""
Merged = tuple[int, int, int, int]
"""First line, first column, last line, last column, from 1."""

MAX_TITLES, MAX_LEVELS = 20, 3
"""Rows that may stand above a header; rows of a header above the one that names the columns."""
LOOKED_AT = 50
"""Rows below a header that bear witness."""
LONG_TITLE = 25
"""Characters of a title that no single name of a column has."""
_NUMBER = re.compile(
    r"[-+(]?[\d\s\u00a0\u202f.,/:'-]*\d[\d\s\u00a0\u202f.,/:')-]*(?:[%€$£]|e[+-]?\d+)?", re.I
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-/]\s*(?:19|20)?\d\d)?")


@dataclass(frozen=True)
class Heading:
    """How many rows are titles, and the names that the rows of the header give; `levels` is their number."""

    titles: int
    levels: int
    names: list[str]


def find_heading(rows: Sequence[Row], merged: Sequence[Merged]) -> Heading:
    """Find the title rows and the header of a table whose blank rows are gone.

    A title is a row whose only filled cell is its first (or two, the first ending with a colon), above a row
    of names: two cells at least, none of them a number, none found again below in its column. One more sign
    is asked for: a blank row between, a cell merged over the table, a line of a CSV that stops there, a title
    longer than any name, or numbers under a name. Above two columns a title needs two of these signs, or a
    blank row, or numbers. Above one column it needs a blank row, and none between the first rows below.
    A row above the header holds groups where it leaves blank what the row below names, and its cells are
    merged over several columns, or the names below come back (H, F, H, F) or fill exactly its blanks, above
    numbers.

    >>> rows = [(["Bilan", "", ""], 1), (["Mois", "H", "F"], 3), (["mai", "1", "2"], 4)]
    >>> find_heading(rows, ())
    Heading(titles=1, levels=1, names=['Mois', 'H', 'F'])
    """
    width = _width(rows)
    if _has_lone_title(rows):
        return Heading(1, 1, list(rows[1][0]))
    titles = 0
    while titles < min(MAX_TITLES, len(rows) - 1) and _is_title(rows[titles], width, merged):
        titles += 1
    levels = _levels(rows, titles, merged)
    if titles and not _has_proof(rows, titles, levels, width, merged):
        titles, levels = 0, _levels(rows, 0, merged)
    return Heading(titles, levels, _names(rows[titles : titles + levels], merged))


def _width(rows: Sequence[Row]) -> int:
    return max((len(row) for row, _ in rows[: MAX_TITLES + LOOKED_AT]), default=0)


def _filled(row: Sequence[str]) -> list[int]:
    return [number for number, cell in enumerate(row) if cell.strip()]


def _is_title(row: Row, width: int, merged: Sequence[Merged]) -> bool:
    filled = _filled(row[0])
    if len(filled) == 2:
        return filled[1] == filled[0] + 1 and row[0][filled[0]].rstrip().endswith(":")
    return len(filled) == 1 and (filled[0] == 0 or _spans(row, filled[0], merged) * 3 >= width * 2)


def _has_lone_title(rows: Sequence[Row]) -> bool:
    """Say whether a title stands above one column: a blank row follows it, and none the row below."""
    looked_at = rows[: LOOKED_AT + 2]
    if len(rows) < 3 or any(_filled(row) != [0] for row, _ in looked_at):
        return False
    gaps = [is_below_blank(looked_at, number) for number in (1, 2)]
    return gaps == [True, False] and _are_names(rows[1][0], looked_at[2:])


def is_below_blank(rows: Sequence[Row], number: int) -> bool:
    """Say whether a blank row stands above; a cell of a CSV that goes on over lines is none."""
    if not number:
        return False
    (above, line), (_, here) = rows[number - 1], rows[number]
    return here > line + 1 and here > line + 1 + sum(cell.count("\n") for cell in above)


def _spans(row: Row, column: int, merged: Sequence[Merged]) -> int:
    """Count the columns over which a cell is merged."""
    for top, left, _, right in merged:
        if (top, left) == (row[1], column + 1):
            return right - left + 1
    return 1


def _has_proof(rows: Sequence[Row], titles: int, levels: int, width: int, merged: Sequence[Merged]) -> bool:
    header, below = rows[titles + levels - 1], rows[titles + levels :][:LOOKED_AT]
    count = len(_filled(header[0]))
    typical = median(len(_filled(row)) for row, _ in below) if below else 0
    if count < 2 or not below or count < 0.6 * typical or not _are_names(header[0], below):
        return False
    above = rows[titles - 1]
    blank, numbers = is_below_blank(rows, titles), _has_numbers(header[0], below)
    signs = (
        blank,
        _spans(above, _filled(above[0])[0], merged) * 3 >= width * 2 > 2,
        len(above[0]) == 1 < len(header[0]),
        any(len(row[0].strip()) > LONG_TITLE for row, _ in rows[:titles]),
        numbers,
    )
    return blank or numbers or sum(signs) >= (1 if count > 2 or levels > 1 else 2)


def _are_names(row: Sequence[str], below: Sequence[Row]) -> bool:
    """Say whether no cell is a number (a year may be one), and none comes back below in its column."""
    filled = _filled(row)
    if any(_NUMBER.fullmatch(row[c].strip()) and not _YEAR.fullmatch(row[c].strip()) for c in filled):
        return False
    others = [cells for cells, _ in below if cells != row]
    return not any(cells[c].strip() == row[c].strip() for cells in others for c in filled if c < len(cells))


def is_number(cell: str) -> bool:
    """Say whether a cell is a number, a date or a time.

    >>> is_number("1 234,5 €"), is_number("3 mai")
    (True, False)
    """
    return _NUMBER.fullmatch(cell) is not None


def are_numbers(rows: Sequence[Row], column: int) -> bool:
    """Say whether some cells of a column are filled, and all of these are numbers, dates or times."""
    cells = [row[column].strip() for row, _ in rows if column < len(row) and row[column].strip()]
    return bool(cells) and all(map(is_number, cells))


def _has_numbers(row: Sequence[str], below: Sequence[Row]) -> bool:
    """Say whether some name, or some year, stands above nothing but numbers, that are not years too."""
    for column in _filled(row):
        cells = [cells[column].strip() for cells, _ in below if column < len(cells) and cells[column].strip()]
        name = row[column].strip()
        names = not any(map(_YEAR.fullmatch, cells)) if _YEAR.fullmatch(name) else not _NUMBER.fullmatch(name)
        if cells and names and all(map(_NUMBER.fullmatch, cells)):
            return True
    return False


def _levels(rows: Sequence[Row], start: int, merged: Sequence[Merged]) -> int:
    levels = 1
    while levels <= MAX_LEVELS and _is_group(rows, start + levels - 1, merged):
        levels += 1
    return levels


def _is_group(rows: Sequence[Row], number: int, merged: Sequence[Merged], most: int = MAX_LEVELS) -> bool:
    """Say whether a row groups the names below it; at most `most` rows of groups are looked through."""
    if number + 2 >= len(rows) or not most:
        return False
    (row, line), (below, _) = rows[number], rows[number + 1]
    filled, named = set(_filled(row)), set(_filled(below))
    if len(row) != len(below) or len(named) < 2 or not named - filled:
        return False
    data = rows[number + 2 :][:LOOKED_AT]
    across = [cells for cells in merged if cells[0] == line and cells[3] > cells[1]]
    if across and not any(cells[3] - cells[1] + 1 >= len(named | filled) > 2 for cells in across):
        return _are_names(below, data) or _is_group(rows, number + 1, merged, most - 1)
    names = [below[column].strip() for column in named]
    back = max(Counter(names).values()) > 1
    fits = len(filled) > 1 and not filled & named
    return len(filled) > 1 and (back or fits) and _are_names(below, data) and _has_numbers(below, data)


def _names(rows: Sequence[Row], merged: Sequence[Merged]) -> list[str]:
    """Name the columns: the lowest row's name where it stands alone, else `group / name`."""
    lowest = [cell.strip() for cell in rows[-1][0]]
    if len(rows) == 1:
        return list(rows[-1][0])
    groups = [_spread(row, merged, lowest) for row in rows[:-1]]
    names = []
    for column, name in enumerate(lowest):
        own = [row[column].strip() for row, _ in rows[:-1]]
        parts = [*(group[column] for group in groups), name] if name else own
        if name and lowest.count(name) == 1:
            parts = [name]
        names.append(" / ".join(dict.fromkeys(part for part in parts if part)))
    return names


def _spread(row: Row, merged: Sequence[Merged], lowest: Sequence[str]) -> list[str]:
    """Write a group over its columns: those of the merged cell, or those up to the next group."""
    cells = [cell.strip() for cell in row[0]]
    across = [found for found in merged if found[0] == row[1] and found[3] > found[1]]
    for _, left, _, right in across:
        for column in range(left, min(right, len(cells))):
            cells[column] = cells[column] or cells[left - 1]
    for column in range(1, len(cells)) if not across else ():
        if lowest[column]:
            cells[column] = cells[column] or cells[column - 1]
    return cells
