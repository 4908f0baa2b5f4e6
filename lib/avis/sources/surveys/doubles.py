"""Answers that stand in two tables: counted once where something proves it, said where nothing does.

Short closed answers repeat by chance, so rows that are alike prove nothing by themselves: an id or the time
of sending does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from avis.errors import Place, Problems
from avis.files.copies import same_rows
from avis.files.sheets import Sheet
from avis.sources.surveys.answers import Bools
from avis.sources.surveys.choices import tidy
from avis.sources.surveys.tables import Table
from avis.sources.surveys.timestamps import read_times
from avis.spelling import header_key

Keys = pd.Series
"""Text that tells a record in every export of it; "" where nothing does."""
LEAST_ALIKE = 0.5
"""Share of the cells that agree, from which two rows with one key are one: two people may send at once."""
_IDS = frozenset({"id", "uuid", "numero", "identifiant", "response_id", "id_de_la_reponse", "n_de_reponse"})
_TIMES = frozenset(
    {"horodateur", "timestamp", "horodatage", "date_de_soumission", "submission_time", "submissiondate"}
)
_NUMBER = r"[-+]?\d+(?:[.,]\d+)?"


def keys_of(table: Table) -> Keys:
    """Give the key of each row of a table that no tool explains: its ids and times, where they differ.

    A column of ids counts where it is filled, and no id stands twice; so does one of times to the second.
    """
    names = [header_key(header).strip("_") for header in table.headers]
    parts = []
    for number in (n for n, name in enumerate(names) if name in _IDS | _TIMES):
        cells = table.text(number)
        times = names[number] in _TIMES
        if (cells != "").all() and not cells.duplicated().any() and (not times or cells.str.len().min() > 15):
            parts.append(header_key(table.headers[number]) + ":" + _plain(cells))
    blank = pd.Series([""] * len(table.rows), dtype="str")
    return sum(parts[1:], parts[0]) if parts else blank


def without_doubles(tables: Sequence[tuple[Table, Keys]], problems: Problems) -> list[Bools]:
    """Tell the rows of each table to keep: what stands in an earlier table is counted once.

    Errors: SRC-311 a table whose rows all stand in another one, and nothing tells whether they are the same
    answers: the smaller one is left out. Remarks: SRC-243 rows with the key of another table, SRC-308 a table
    of nothing else.
    """
    kept = [np.ones(len(table.rows), dtype=bool) for table, _ in tables]
    if len(tables) < 2:
        return kept
    frames = [_frame(table) for table, _ in tables]
    for at, (table, keys) in enumerate(tables):
        for before in range(at):
            kept[at] &= ~_again((frames[at], keys), (frames[before], tables[before][1]))
        n = int((~kept[at]).sum())
        if n:
            code = "SRC-243" if kept[at].any() else "SRC-308"
            problems.warn(code, Place(table.place.file, table.place.sheet), n=n)
    _leave_copies([table for table, _ in tables], frames, kept, problems)
    return kept


def _frame(table: Table) -> pd.DataFrame:
    """Write cells one way: a CSV and a workbook do not write dates and numbers alike."""
    names: dict[str, int] = {}
    for number, header in enumerate(table.headers):
        names.setdefault(tidy(header) or f"{number}", number)
    return pd.DataFrame({name: _plain(table.text(number)) for name, number in names.items()}, dtype="str")


def _plain(cells: pd.Series[str]) -> pd.Series[str]:
    numbers, distinct = pd.factorize(cells)
    words = pd.Series([" ".join(str(cell).split()) for cell in distinct], dtype="str")
    times, unsure = read_times(words, french=False)
    times = read_times(words, french=True)[0] if unsure else times
    times = times.str.slice(0, 19).str.removesuffix("T00:00:00")
    figures = pd.to_numeric(
        words.where(words.str.fullmatch(_NUMBER)).str.replace(",", "."), errors="coerce"
    ).astype("float64")
    told = words.str.casefold().mask(times != "", times).mask(figures.notna(), figures.astype("str"))
    return told.astype("str").take(numbers).reset_index(drop=True)


def _again(new: tuple[pd.DataFrame, Keys], old: tuple[pd.DataFrame, Keys]) -> Bools:
    """Tell the rows whose key stands in an older table, above cells of which most agree."""
    (frame, keys), (older, known) = new, old
    first = known[(known != "") & ~known.duplicated()]
    at = pd.Index(first).get_indexer(pd.Index(keys))
    again = (at >= 0) & (keys != "").to_numpy(dtype=bool)
    shared = [name for name in frame.columns if name in older.columns]
    if not again.any() or not shared:
        return np.zeros(len(keys), dtype=bool)
    mine = frame.loc[again, shared].to_numpy()
    theirs = older.loc[first.index[at[again]], shared].to_numpy()
    filled = (mine != "") | (theirs != "")
    agree = ((mine == theirs) & filled).sum(axis=1)
    again[again] = agree >= LEAST_ALIKE * filled.sum(axis=1)
    return np.asarray(again, dtype=bool)


def _leave_copies(
    tables: Sequence[Table], frames: Sequence[pd.DataFrame], kept: list[Bools], problems: Problems
) -> None:
    """Leave out the smaller of two tables that hold the same rows, and name both (SRC-311)."""
    sheets = [
        Sheet(table.place.sheet, frame[keep], pd.Series(table.lines[keep]), "")
        for table, frame, keep in zip(tables, frames, kept, strict=True)
    ]
    gone: set[int] = set()
    for one, two, shared in same_rows(sheets):
        copy, other = (one, two) if len(sheets[one].frame) < len(sheets[two].frame) else (two, one)
        if not gone & {one, two}:
            place = tables[other].place
            told = " › ".join(filter(None, (place.file, place.sheet)))
            here = Place(tables[copy].place.file, tables[copy].place.sheet)
            problems.add("SRC-311", here, other=told, n=shared)
            kept[copy] = np.zeros(len(kept[copy]), dtype=bool)
            gone.add(copy)
