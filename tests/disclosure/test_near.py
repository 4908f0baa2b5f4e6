"""Other tables found near by: they agree with everything printed, and move nothing that is known."""

import numpy as np
import pytest

from avis.disclosure.deducing.near import Near
from avis.disclosure.solver import Row


def square() -> Near:
    """Four counts of which the sums of both rows and both columns are printed."""
    sums = [((0, 1.0), (1, 1.0)), ((2, 1.0), (3, 1.0)), ((0, 1.0), (2, 1.0)), ((1, 1.0), (3, 1.0))]
    truth = np.array([3.0, 5.0, 2.0, 1.0])
    rows = [Row(terms, value, value) for terms in sums for value in [sum(truth[c] for c, _ in terms)]]
    return Near(rows, truth, np.zeros(4))


@pytest.mark.parametrize("column", range(4))
def test_another_table_differs_by_one_and_keeps_every_sum(column: int) -> None:
    truth = np.array([3.0, 5.0, 2.0, 1.0])
    found = square().other(column, ())
    assert found is not None and abs(found[column] - truth[column]) == 1 and found.min() >= 0
    assert found.reshape(2, 2).sum(axis=0).tolist() == [5, 6]
    assert found.reshape(2, 2).sum(axis=1).tolist() == [8, 3]


def test_who_knows_one_of_four_crossed_counts_knows_all_of_them() -> None:
    near = square()
    assert all(near.other(column, {0}) is None for column in (1, 2, 3))
    assert near.other(1, ()) is not None, "asked again, what she knew is forgotten"


def test_counts_that_many_tables_share_are_followed_last() -> None:
    """A chain far longer than what is looked at: the pair that the count stands in is found all the same."""
    rows = [Row(((at, 1.0), (at + 1, 1.0)), 7, 7) for at in range(0, 900, 2)]
    rows += [Row(tuple((at, 1.0) for at in range(1, 900, 2)), 0, 1e6)]
    found = Near(rows, np.tile([3.0, 4.0], 450), np.zeros(900)).other(0, ())
    assert found is not None and np.flatnonzero(found != np.tile([3.0, 4.0], 450)).tolist() == [0, 1]
