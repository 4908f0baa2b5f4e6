"""Sheets that hold the same rows: a copy must be seen before it is added to what it copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from avis.files.sheets import Sheet
from avis.spelling import header_key


def same_rows(sheets: Sequence[Sheet]) -> list[tuple[int, int, int]]:
    """Find the pairs of sheets of which one holds all rows of the other, in any order.

    Gives the indices of the two sheets and the number of rows that they share: all those of the smaller one,
    each as often as it stands there. Columns are matched by their names (case, accents and order make no
    difference), columns without any value count for nothing, and spaces around or within a cell neither.
    A pair with other columns is no pair, nor is one with a sheet without rows. One shared row may be an
    accident ("permanence; 12" in two years): who adds the sheets up decides what to do.

    >>> lines = pd.Series([2, 3])
    >>> one = Sheet("a", pd.DataFrame({"Mois": ["mai", "juin"], "n": ["1", "2"]}), lines, "utf-8")
    >>> two = Sheet("b", pd.DataFrame({"n": ["2 ", "1"], "mois": ["juin", "mai"]}), lines, "utf-8")
    >>> same_rows([one, two])
    [(0, 1, 2)]
    """
    return same_frames([sheet.frame for sheet in sheets])


def same_frames(frames: Sequence[pd.DataFrame]) -> list[tuple[int, int, int]]:
    """Find the pairs of tables of text of which one holds all rows of the other, as `same_rows` does."""
    return [(pair.one, pair.two, pair.shared) for pair in shared_rows(frames) if pair.whole]


class Shared(NamedTuple):
    """Two tables, by their numbers, that share rows; `whole` where all of one stand in the other."""

    one: int
    two: int
    shared: int
    whole: bool


def shared_rows(frames: Sequence[pd.DataFrame]) -> list[Shared]:
    """Find the pairs of tables that share rows, each with columns of the same names."""
    known = [_rows(frame) for frame in frames]
    pairs = []
    for one, two in combinations(range(len(frames)), 2):
        (names, rows), (others, more) = known[one], known[two]
        shared = (rows & more).total() if names == others else 0
        if shared:
            pairs.append(Shared(one, two, shared, shared == min(rows.total(), more.total())))
    return pairs


def _rows(frame: pd.DataFrame) -> tuple[tuple[str, ...], Counter[int]]:
    """Give the names of the columns that hold something, and how often each row stands there, as hashes."""
    cells = pd.DataFrame({number: _plain(frame.iloc[:, number]) for number in range(frame.shape[1])})
    names = {number: header_key(str(name)) for number, name in enumerate(frame.columns)}
    filled = sorted((number for number in names if (cells[number] != "").any()), key=names.__getitem__)
    if not filled:
        return (), Counter()
    hashes = pd.util.hash_pandas_object(cells[filled], index=False)
    blank = (cells[filled] == "").all(axis="columns")
    return tuple(names[number] for number in filled), Counter(hashes[~blank].tolist())


def _plain(cells: pd.Series[str]) -> pd.Series[str]:
    return cells.str.split().str.join(" ")
