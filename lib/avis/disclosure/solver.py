"""Linear programs by HiGHS, in the few words that protection needs; always deterministic."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import highspy
import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

UNLIMITED = 1e6
"""Above any count of people here: a bound at or over it means that nothing published limits the cell."""

MOST_NODES = 200
"""Nodes, not seconds, limit a search for whole numbers: a clock would make two runs differ."""

TRIES, DEARER = 24, 3.0
"""How many linear programs are asked before a search for whole numbers, and how far their prices differ."""

SEARCHED = 20
"""What a search for whole numbers takes for each column and row, in steps; its own count misses the cuts."""

EXACT = 1e-6


@dataclass(frozen=True)
class Row:
    """`low ≤ Σ factor × column ≤ high`."""

    terms: tuple[tuple[int, float], ...]
    low: float
    high: float


class TooMuchWork(Exception):
    """Programs took all that they may take together."""


class Work:
    """What programs may take together, in steps of the simplex method times rows: never in seconds."""

    def __init__(self, left: float = float("inf")) -> None:
        """Begin with so much; nothing limits it by itself."""
        self.left = left

    def spend(self, steps: float) -> None:
        """Take some away; raise `TooMuchWork` where nothing is left."""
        self.left -= steps
        if self.left < 0:
            raise TooMuchWork


class Program:
    """Columns between bounds under rows, asked again and again with another objective."""

    def __init__(
        self,
        rows: Sequence[Row],
        lower: Numbers,
        upper: Numbers,
        *,
        nodes: int = MOST_NODES,
        effort: float = 0.0,
        work: Work | None = None,
    ) -> None:
        """`nodes` limits each search for whole numbers; `effort` is its share spent on finding any at all.

        `work` limits all questions together, those to other programs with the same `Work` included.
        """
        self.size = len(lower)
        self._rows, self._work = len(rows), work or Work()
        self._highs = quiet_solver(
            mip_max_nodes=nodes, mip_max_stall_nodes=nodes // 4, mip_heuristic_effort=effort
        )
        self._highs.passModel(_model(rows, lower, upper))
        self._all = np.arange(self.size, dtype=np.int32)

    def bound(self, columns: Iterable[int], lower: Numbers, upper: Numbers) -> None:
        """Change the bounds of some columns."""
        chosen = np.fromiter(columns, dtype=np.int32)
        self._highs.changeColsBounds(len(chosen), chosen, lower, upper)

    def minimise(self, costs: Numbers) -> Numbers | None:
        """Give the cheapest solution in whole numbers, none where there is none.

        Rows of one or two dimensions give whole corners by themselves; linked tables may not, and
        are then searched by branch and bound. What the search finds is always a solution, if not
        always the best: intervals can only come out narrower, which is the safe side.
        """
        found = self.relaxed(costs)
        if found is None:
            return None
        return np.round(found) if _is_whole(found) else self._in_whole_numbers()

    def corner(self, costs: Numbers) -> Numbers | None:
        """Give a cheap solution that some linear program ends in, in whole numbers, none where none does.

        Where the first does not, others are asked, at prices a little different: one search costs as much
        as many of them.
        """
        for tried in range(TRIES):
            found = self.relaxed(costs if tried == 0 else costs * self._prices_beside(tried))
            if found is None or _is_whole(found):
                return None if found is None else np.round(found)
        return None

    def some(self, costs: Numbers) -> Numbers | None:
        """Give a cheap solution in whole numbers, if not always the cheapest, none where none is found."""
        found = self.corner(costs)
        if found is None and self._highs.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            found = self.minimise(costs)
        return found

    def _prices_beside(self, tried: int) -> Numbers:
        return np.random.default_rng(tried).uniform(1, DEARER, self.size)

    def least(self, costs: Numbers) -> float:
        """Give a cost, in whole units, that no solution in whole numbers can be under.

        By the linear program where that ends in whole numbers, else by what the search has proven.
        """
        found = self.relaxed(costs)
        if found is None:
            return -UNLIMITED
        proven = float(costs @ found)
        if not _is_whole(found):
            self._in_whole_numbers()
            proven = max(proven, float(self._highs.getInfo().mip_dual_bound))
        return float(np.ceil(proven - EXACT))

    def relaxed(self, costs: Numbers) -> Numbers | None:
        """Give the cheapest solution in any numbers, none where there is none."""
        self._highs.changeColsCost(self.size, self._all, costs)
        self._highs.run()
        self._work.spend(self._rows * float(self._highs.getInfo().simplex_iteration_count))
        optimal = self._highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return solution(self._highs) if optimal else None

    def prices(self) -> Numbers:
        """Give what one more unit of each row is worth in the last solution (its dual)."""
        return np.asarray(self._highs.getSolution().row_dual, dtype=np.float64)

    def _in_whole_numbers(self) -> Numbers | None:
        """Search by branch and bound, with presolve, which the chain of linear programs goes without."""
        kinds = np.full(self.size, highspy.HighsVarType.kInteger.value, dtype=np.uint8)
        self._highs.changeColsIntegrality(self.size, self._all, kinds)
        self._highs.setOptionValue("presolve", "on")
        self._work.spend(SEARCHED * self.size * self._rows)
        self._highs.run()
        found = solution(self._highs) if is_feasible(self._highs) else None
        kinds[:] = highspy.HighsVarType.kContinuous.value
        self._highs.changeColsIntegrality(self.size, self._all, kinds)
        self._highs.setOptionValue("presolve", "off")
        return None if found is None else np.round(found)


Options: TypeAlias = dict[str, bool | float | str]
_OPTIONS: Options = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "presolve": "off",  # a small change of the last question starts from its answer
    "solver": "simplex",
    "mip_max_improving_sols": 10,
}


def quiet_solver(**changes: bool | float | str) -> Any:
    """Give a solver that says nothing, uses one thread and finds the same each time."""
    highs = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (_OPTIONS | changes).items():
        highs.setOptionValue(option, value)
    return highs


def is_feasible(highs: Any) -> bool:
    """Tell whether a solver found something that meets every row, the best or not."""
    return bool(highs.getInfo().primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible)


def solution(highs: Any) -> Numbers:
    """Give what a solver found, by columns."""
    return np.asarray(highs.getSolution().col_value, dtype=np.float64)


def _is_whole(found: Numbers) -> bool:
    return bool(np.all(np.abs(found - np.round(found)) <= EXACT))


def _model(rows: Sequence[Row], lower: Numbers, upper: Numbers) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(lower), len(rows)
    model.col_cost_ = np.zeros(len(lower))
    model.col_lower_, model.col_upper_ = lower, upper
    model.row_lower_ = np.array([row.low for row in rows], dtype=np.float64)
    model.row_upper_ = np.array([row.high for row in rows], dtype=np.float64)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    ends = np.cumsum([0, *(len(row.terms) for row in rows)])
    model.a_matrix_.start_ = ends.astype(np.int32)
    model.a_matrix_.index_ = np.array([column for row in rows for column, _ in row.terms], dtype=np.int32)
    model.a_matrix_.value_ = np.array([factor for row in rows for _, factor in row.terms], dtype=np.float64)
    return model


def connected(size: int, joined: Iterable[Sequence[int]]) -> list[list[int]]:
    """Part columns into groups that nothing joins, each sorted, in the order of their first column.

    >>> connected(3, [(0, 2), ()])
    [[0, 2], [1]]
    """
    parent = list(range(size))

    def root(column: int) -> int:
        while parent[column] != column:
            parent[column] = parent[parent[column]]
            column = parent[column]
        return column

    for columns in joined:
        a = root(columns[0]) if columns else 0
        for column in columns[1:]:
            b = root(column)
            if a != b:
                a, b = (a, b) if a < b else (b, a)
                parent[b] = a
    groups: dict[int, list[int]] = {}
    for column in range(size):
        groups.setdefault(root(column), []).append(column)
    return list(groups.values())


def parted(size: int, rows: Sequence[Row]) -> list[tuple[list[int], list[int]]]:
    """Part columns into groups that no row joins, each with the numbers of its rows; see `connected`.

    >>> parted(3, [Row(((0, 1.0), (2, 1.0)), 0, 0), Row(((1, 1.0),), 0, 0), Row((), 0, 0)])
    [([0, 2], [0]), ([1], [1])]
    """
    groups = connected(size, ([column for column, _ in row.terms] for row in rows))
    group_of = {column: number for number, group in enumerate(groups) for column in group}
    own: list[list[int]] = [[] for _ in groups]
    for number, row in enumerate(rows):
        if row.terms:
            own[group_of[row.terms[0][0]]].append(number)
    return list(zip(groups, own, strict=True))
