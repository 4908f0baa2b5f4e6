"""A reader of published tables who shares no line with avis: she opens CSV files and reckons.

She knows that one record stands behind each person. Her unknowns are the people of each combination of all
values of all criteria; every printed number is a sum of them. Whole-number programs give her the lowest and
the highest count that each empty cell may hold.
"""

from __future__ import annotations

import csv
import itertools
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import highspy
import numpy as np

Cell = frozenset[tuple[str, str]]
Record = tuple[str, ...]
MANY = 100_000


def write_tables(
    folder: Path,
    criteria: Sequence[str],
    records: Sequence[Record],
    crossed: Iterable[Sequence[str]],
    margins: bool = True,
    order: random.Random | None = None,
) -> list[Path]:
    """Count records by some criteria at a time, as files t0.csv, t1.csv… with every combination of values."""
    values = [sorted({record[at] for record in records}) for at in range(len(criteria))]
    files = []
    for number, chosen in enumerate(crossed):
        places = [criteria.index(name) for name in chosen]
        rows = []
        for combination in itertools.product(*([*values[at], *["Total"] * margins] for at in places)):
            n = sum(
                all(value in ("Total", record[at]) for value, at in zip(combination, places, strict=True))
                for record in records
            )
            rows.append((*combination, n))
        if order:
            order.shuffle(rows)
        path = folder / f"t{number}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([(*chosen, "n"), *rows])
        files.append(path)
    return files


def read_table(path: Path) -> list[tuple[Cell, str]]:
    """Give each row of a published table: its cell, and its number as printed."""
    with path.open(newline="", encoding="utf-8") as file:
        return [
            (
                frozenset((name, value) for name, value in row.items() if name != "n" and value != "Total"),
                row["n"],
            )
            for row in csv.DictReader(file)
        ]


class Reader:
    """Somebody who has all published tables at hand, and knows what the tables do not say.

    `more`: numbers of her own. `contains`: which towns each region is made of.
    """

    def __init__(
        self,
        files: Iterable[Path],
        more: dict[Cell, int] | None = None,
        contains: dict[str, tuple[str, ...]] | None = None,
    ) -> None:
        self._contains = contains or {}
        rows = [row for path in files for row in read_table(path)]
        self.shown = {cell: int(n) for cell, n in rows if n}
        self.hidden = {cell for cell, n in rows if not n}
        assert not self.hidden & self.shown.keys(), "hidden in one table and shown in another"
        known = self.shown | (more or {})
        criteria = sorted({name for cell, _ in rows for name, _ in cell})
        values = [
            sorted({v for cell, _ in rows for name, v in cell if name == one} - self._contains.keys())
            for one in criteria
        ]
        self._combinations = [
            frozenset(zip(criteria, one, strict=True)) for one in itertools.product(*values)
        ]
        self._program = self._model(known)

    def _of(self, cell: Cell) -> np.ndarray:
        wanted = [(name, self._contains.get(value, (value,))) for name, value in cell]
        return np.array(
            [
                float(all(any((name, v) in one for v in values) for name, values in wanted))
                for one in self._combinations
            ]
        )

    def _model(self, known: dict[Cell, int]) -> highspy.Highs:
        size = len(self._combinations)
        rows = [np.flatnonzero(self._of(cell)) for cell in known]
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = size, len(rows)
        model.col_cost_, model.col_lower_ = np.zeros(size), np.zeros(size)
        model.col_upper_ = np.full(size, float(MANY))
        model.row_lower_ = model.row_upper_ = np.array(list(known.values()), dtype=np.float64)
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.cumsum([0, *map(len, rows)]).astype(np.int32)
        model.a_matrix_.index_ = np.concatenate([*rows, np.zeros(0)]).astype(np.int32)
        model.a_matrix_.value_ = np.ones(len(model.a_matrix_.index_))
        model.integrality_ = [highspy.HighsVarType.kInteger] * size
        program = highspy.Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0)):
            program.setOptionValue(option, value)
        program.passModel(model)
        return program

    def bounds(self, cell: Cell) -> tuple[int, int]:
        """Reckon the lowest and the highest count that a cell may hold."""
        ends = []
        size = len(self._combinations)
        for way in (1.0, -1.0):
            self._program.changeColsCost(size, np.arange(size, dtype=np.int32), way * self._of(cell))
            self._program.run()
            assert self._program.getModelStatus() == highspy.HighsModelStatus.kOptimal
            ends.append(round(way * self._program.getInfo().objective_function_value))
        return ends[0], ends[1]


def guessed(
    true: Iterable[Path],
    published: Sequence[Path],
    threshold: int,
    contains: dict[str, tuple[str, ...]] | None = None,
) -> list[tuple[Cell, int, tuple[int, int]]]:
    """List every small count that the published tables betray: shown, or bounded too narrowly."""
    counts = {cell: int(n) for path in true for cell, n in read_table(path)}
    reader = Reader(published, contains=contains)
    found = []
    for cell, n in sorted(counts.items(), key=str):
        if 0 < n < threshold:
            low, high = (n, n) if cell in reader.shown else reader.bounds(cell)
            assert low <= n <= high, "a true count must always be possible"
            if high - low < threshold:
                found.append((cell, n, (low, high)))
    return found


def pinned_by_one(true: Iterable[Path], published: Sequence[Path], threshold: int) -> list[tuple[Cell, Cell]]:
    """List every small count that somebody alone in another hidden cell could tell exactly."""
    counts = {cell: int(n) for path in true for cell, n in read_table(path)}
    plain = Reader(published)
    found = []
    for own in sorted(plain.hidden, key=str):
        if counts[own] == 1:
            insider = Reader(published, {own: 1})
            for cell in sorted(plain.hidden - {own}, key=str):
                if 0 < counts[cell] < threshold and len(set(insider.bounds(cell))) == 1:
                    found.append((own, cell))
    return found
