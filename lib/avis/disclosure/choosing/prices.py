"""What hiding a cell costs, in one place; the choice of cells makes the sum as small as it can.

Three ways, chosen by whoever protects:

- `useful` (the usual one): what a reader loses. A whole table's total is dear (8), the base that shares
  are taken of (6), a row or column total (3); a cell is 1, and a reason for no answer about a half, a
  little more for those listed later. A larger count is a little dearer: × (1 + log10(1 + n) / 2). All of
  it is multiplied by the finding's `focus`: below 1 where a table matters less to the questions asked.
- `cells`: as few hidden cells as possible, each 1.
- `people`: the smallest sum of hidden counts; a zero costs something too, so that none is hidden for nothing.

>>> from typing import get_args
>>> get_args(Costs)
('useful', 'cells', 'people')
"""

from __future__ import annotations

from math import log10
from typing import Literal, TypeAlias

from avis.exhibits import Cell
from avis.findings.model import Finding

Costs: TypeAlias = Literal["useful", "cells", "people"]

WHOLE, BASE, MARGIN = 8.0, 6.0, 3.0
"""How many cells a table's total, its base, and the total of a row or column are worth."""

EMPTY = 0.1
"""What hiding a zero costs where people are counted."""


def price(finding: Finding, cell: Cell, costs: Costs) -> float:
    """Give what hiding one cell of a finding costs."""
    if costs == "cells":
        return 1.0
    if costs == "people":
        return float(cell.n or EMPTY)
    return finding.focus * _place(finding, cell) * (1 + log10(1 + (cell.n or 0)) / 2)


def _place(finding: Finding, cell: Cell) -> float:
    if not cell.where:
        return WHOLE
    if cell.where == finding.base:
        return BASE
    statuses = {
        (dimension.id, value.id): 0.5 + at / 100  # the first reasons rather than the rare last ones
        for dimension in finding.dimensions
        for at, value in enumerate(dimension.values)
        if value.role == "status"
    }
    place = min((statuses[pair] for pair in cell.where if pair in statuses), default=1.0)
    return place * MARGIN if len(cell.where) < len(finding.dimensions) else place
