"""The master of Benders' method: which cells to hide, yes or no, under the inequalities found so far.

Cells that no inequality joins are chosen apart from each other, and what was chosen stands until a new
inequality speaks of it: sixty tables that share their margins are then sixty small questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from avis.disclosure.solver import EXACT, Numbers, Row, is_feasible, parted, quiet_solver, solution

MOST_NODES = 2000
"""Nodes of one search, not seconds: a clock would make two runs differ."""


@dataclass(frozen=True)
class Inequality:
    """`Σ factor × column ≥ least`."""

    columns: NDArray[np.int64]
    factors: Numbers
    least: float


@dataclass(frozen=True)
class _Part:
    """The best choice found in one part, and the cost that none can be under."""

    columns: list[int]
    choice: Numbers
    bound: float


class Master:
    """Binary columns with a cost each, under inequalities that only grow in number."""

    def __init__(self, costs: Numbers, shared: NDArray[np.bool_]) -> None:
        """Take what each column costs, and which ones join parts that have nothing else in common."""
        self._costs, self._shared = costs, shared
        self._size = len(costs)
        self._fixed = np.zeros(self._size, dtype=bool)
        self._told: list[Inequality] = []
        self.work = 0
        """What searching has taken since somebody looked, in columns times rows."""
        self._parts: dict[tuple[tuple[int, ...], tuple[int, ...]], _Part | None] = {}
        self._highs: Any = quiet_solver()
        none = np.zeros(0, dtype=np.int32)
        ends = np.zeros(self._size), np.ones(self._size)
        self._highs.addCols(self._size, costs, *ends, 0, none, none, np.zeros(0))

    def require(self, told: Inequality) -> None:
        """Add one inequality."""
        columns = told.columns.astype(np.int32)
        self._highs.addRow(told.least, highspy.kHighsInf, len(columns), columns, told.factors)
        self._told.append(told)

    def fix(self, column: int) -> None:
        """Choose one column for good."""
        self._highs.changeColBounds(column, 1.0, 1.0)
        if not self._fixed[column]:
            self._parts.clear()
        self._fixed[column] = True

    def cost(self, choice: Numbers) -> float:
        """Give what a choice costs."""
        return float(self._costs @ choice)

    def relaxed(self) -> tuple[Numbers, float]:
        """Give the cheapest choice by halves, and its cost: no choice can cost less."""
        self._highs.run()
        return solution(self._highs), float(self._highs.getInfo().objective_function_value)

    def whole(self, thorough: bool) -> tuple[Numbers, float]:
        """Give the cheapest choice found, and the cost that no choice can be under.

        Shared columns that the choice by halves leaves alone are left alone; a `thorough` search lets
        nothing be, and takes longer.
        """
        half, least = self.relaxed()
        idle = self._shared & (half <= EXACT) if not thorough else np.zeros(self._size, dtype=bool)
        parts = self._chosen(half, idle)
        if parts is None:
            idle[:] = False
            parts = self._chosen(half, idle) or []
        choice, bound = self._fixed.astype(np.float64), float(self._costs @ self._fixed)
        for part in parts:
            choice[part.columns] = part.choice
            bound += part.bound
        return choice, least if idle.any() else max(bound, least)

    def _chosen(self, half: Numbers, idle: NDArray[np.bool_]) -> list[_Part] | None:
        free = ~self._fixed & ~idle
        rows = [self._row(told, free) for told in self._told]
        if any(not row.terms and row.low > EXACT for row in rows):
            return None
        parts = []
        for columns, numbers in parted(self._size, rows):
            part = self._part(columns, numbers, rows, half) if numbers else None
            if numbers and part is None:
                return None
            parts += [part] if part is not None else []
        return parts

    def _row(self, told: Inequality, free: NDArray[np.bool_]) -> Row:
        kept = free[told.columns]
        given = float(told.factors[self._fixed[told.columns]].sum())
        terms = zip(told.columns[kept].tolist(), told.factors[kept].tolist(), strict=True)
        return Row(tuple(terms), told.least - given, highspy.kHighsInf)

    def _part(self, columns: list[int], numbers: list[int], rows: list[Row], half: Numbers) -> _Part | None:
        mine = half[columns]
        if np.all(np.abs(mine - np.round(mine)) <= EXACT):
            return _Part(columns, np.round(mine), float(self._costs[columns] @ np.round(mine)))
        key = tuple(numbers), tuple(columns)
        if key not in self._parts:
            self._parts[key] = self._search(columns, [rows[number] for number in numbers])
        return self._parts[key]

    def _search(self, columns: list[int], rows: list[Row]) -> _Part | None:
        place = {column: number for number, column in enumerate(columns)}
        size = len(columns)
        self.work += size * len(rows)
        highs = quiet_solver(mip_max_nodes=MOST_NODES, mip_rel_gap=0.0, presolve="on")
        none = np.zeros(0, dtype=np.int32)
        ends = np.zeros(size), np.ones(size)
        highs.addCols(size, self._costs[columns], *ends, 0, none, none, np.zeros(0))
        kinds = np.full(size, highspy.HighsVarType.kInteger.value, dtype=np.uint8)
        highs.changeColsIntegrality(size, np.arange(size, dtype=np.int32), kinds)
        for row in rows:
            at = np.array([place[column] for column, _ in row.terms], dtype=np.int32)
            highs.addRow(row.low, row.high, len(at), at, np.array([factor for _, factor in row.terms]))
        highs.run()
        if not is_feasible(highs):
            return None
        return _Part(columns, np.round(solution(highs)), float(highs.getInfo().mip_dual_bound))
