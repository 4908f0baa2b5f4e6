"""The master of Benders' method: which cells to hide, yes or no, under the inequalities found so far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from avis.disclosure.solver import Numbers, quiet_solver

MOST_NODES = 2000
"""Nodes of one search, not seconds: a clock would make two runs differ."""


@dataclass(frozen=True)
class Inequality:
    """`Σ factor × column ≥ least`."""

    columns: NDArray[np.int64]
    factors: Numbers
    least: float


class Master:
    """Binary columns with a cost each, under inequalities that only grow in number."""

    def __init__(self, costs: Numbers) -> None:
        self._costs = costs
        self._size = len(costs)
        self._highs: Any = quiet_solver(mip_max_nodes=MOST_NODES, mip_rel_gap=0.0)
        self._all = np.arange(self._size, dtype=np.int32)
        none = np.zeros(0, dtype=np.int32)
        ends = np.zeros(self._size), np.ones(self._size)
        self._highs.addCols(self._size, costs, *ends, 0, none, none, np.zeros(0))

    def require(self, told: Inequality) -> None:
        """Add one inequality."""
        columns = told.columns.astype(np.int32)
        self._highs.addRow(told.least, highspy.kHighsInf, len(columns), columns, told.factors)

    def fix(self, column: int) -> None:
        """Choose one column for good."""
        self._highs.changeColBounds(column, 1.0, 1.0)

    def cost(self, choice: Numbers) -> float:
        """Give what a choice costs."""
        return float(self._costs @ choice)

    def relaxed(self) -> tuple[Numbers, float]:
        """Give the cheapest choice by halves, and its cost: no choice can cost less."""
        self._highs.run()
        return self._found(), float(self._highs.getInfo().objective_function_value)

    def whole(self) -> tuple[Numbers, float] | None:
        """Give the cheapest choice found, and the cost that no choice can be under; none without one."""
        self._kind(highspy.HighsVarType.kInteger)
        self._highs.setOptionValue("presolve", "on")
        self._highs.run()
        info = self._highs.getInfo()
        found = np.round(self._found()) if info.primal_solution_status == 2 else None
        bound = float(info.mip_dual_bound)
        self._kind(highspy.HighsVarType.kContinuous)
        self._highs.setOptionValue("presolve", "off")
        return None if found is None else (found, bound)

    def _kind(self, kind: Any) -> None:
        if self._size:
            kinds = np.full(self._size, kind.value, dtype=np.uint8)
            self._highs.changeColsIntegrality(self._size, self._all, kinds)

    def _found(self) -> Numbers:
        return np.asarray(self._highs.getSolution().col_value, dtype=np.float64)
