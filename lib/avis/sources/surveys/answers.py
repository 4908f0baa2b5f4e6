"""Answers as any tool gives them, before it is settled why a cell is blank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from avis.errors import Place, Problems

STATUSES = ("answered", "no_answer", "not_asked", "dont_know", "refused", "invalid", "unknown_empty")
"""What a cell may be; a blank is one of `no_answer`, `not_asked`, `unknown_empty`, never a zero."""
CODE = {status: number for number, status in enumerate(STATUSES)}
UNDECIDED = -1
"""A blank cell of which the file alone does not say why it is blank."""

Bools = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int8]


@dataclass(frozen=True)
class Column:
    """The answers to one question, in the order of the records.

    `raw` is the cell as found, `values` a code, codes joined by a space, a number or a text (missing where
    blank or invalid), `status` numbers of STATUSES or UNDECIDED, `chosen` a bool a choice (select_multiple).
    """

    raw: pd.Series[str] = field(repr=False)
    values: pd.Series = field(repr=False)
    status: Codes = field(repr=False)
    chosen: pd.DataFrame | None = field(default=None, repr=False)


RECORD_COLUMNS = (
    *("id", "version", "start", "end", "complete", "person", "parent", "index", "repeat"),
    *("file", "sheet", "row"),
)


@dataclass(frozen=True)
class Answers:
    """What a file of answers holds: its records, and a column a question that it has.

    `records` has RECORD_COLUMNS: `id` is unique; `complete` says that the tool received the form whole;
    `parent` (the id of the record above) and `index` (from 1, within it) are "" and 0 but in a repeat, whose
    path is `repeat`; `row` is the line of `file` (and `sheet`).
    """

    records: pd.DataFrame = field(repr=False)
    columns: Mapping[str, Column] = field(repr=False)


@dataclass(frozen=True)
class Spot:
    """Where the cells of one column stand, to say so when something is wrong with some of them."""

    file: str
    sheet: str
    header: str
    number: int
    lines: npt.NDArray[np.int64] = field(repr=False)
    problems: Problems = field(repr=False)
    versions: pd.Series[str] | None = field(default=None, repr=False)
    """The form's version of each record, where the cell stands in a record of another version than the
    form that is known; "" elsewhere."""
    written: frozenset[str] | None = None
    """How the file writes choices (see `choices.decide`); none where that is not known."""

    def writing(self, ways: frozenset[str]) -> Spot:
        """Say how the file writes choices."""
        return replace(self, written=ways)

    def of(self, versions: pd.Series[str] | None) -> Spot:
        """Say of which other versions of the form the records are."""
        return replace(self, versions=versions)

    def warn(self, where: Bools, code: str, /, **facts: str | int) -> None:
        """Note a remark for each cell where the mask holds; never its content."""
        for line in self.lines[where]:
            place = Place(self.file, self.sheet, int(line), self.number, self.header)
            self.problems.warn(code, place, **facts)


def statuses_of(answered: Bools, **others: Bools) -> Codes:
    """Number the statuses of a column: `answered`, else the named ones in their order, else undecided.

    >>> statuses_of(np.array([True, False, False]), invalid=np.array([False, True, False])).tolist()
    [0, 5, -1]
    """
    status = np.full(len(answered), UNDECIDED, dtype=np.int8)
    for name, where in reversed(others.items()):
        status[where] = CODE[name]
    status[answered] = CODE["answered"]
    return status


def no_answers() -> Answers:
    """Give answers without a record: what stands where a file was refused."""
    return Answers(pd.DataFrame({column: [] for column in RECORD_COLUMNS}), {})
