"""Sums between values as equations: which of them the others imply already."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from avis.linked.subsets import Counts

_PRIME = 2_147_483_647


class Basis:
    """Equations none of which follows from the others, reduced modulo a prime."""

    def __init__(self, names: Sequence[str]) -> None:
        """Begin without equations."""
        self.at = {name: at for at, name in enumerate(names)}
        self.rows: dict[int, Counts] = {}

    def add(self, whole: str, parts: Sequence[str]) -> bool:
        """Take an equation in; false where those that are there imply it."""
        row = np.zeros(len(self.at), dtype=np.int64)
        for name, factor in ((whole, 1), *((part, -1) for part in parts)):
            if name in self.at:
                row[self.at[name]] += factor
        return self.take(row)

    def take(self, row: Counts) -> bool:
        """Reduce a row by the others, and keep what is left of it."""
        row = row % _PRIME
        for at in sorted(self.rows):
            if row[at]:
                row = (row - row[at] * self.rows[at]) % _PRIME
        if not row.any():
            return False
        first = int(np.flatnonzero(row)[0])
        self.rows[first] = row * pow(int(row[first]), -1, _PRIME) % _PRIME
        return True


def rank(rows: Sequence[Counts]) -> int:
    """Tell how many of some rows of counts follow from no other."""
    basis = Basis(())
    return sum(basis.take(row) for row in rows)
