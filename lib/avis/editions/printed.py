"""What an edition printed of its tables, as everybody saw it: shown numbers, and which cells were hidden.

Nothing stands here that was not published: a hidden cell has no count, nor the reason why it is hidden. Ties
between tables that follow from comparing people's codes were never printed, and are not kept either.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from avis.errors import Problem
from avis.exhibits import Measure, Where
from avis.folders import write_whole
from avis.i18n import Qualifier


class _Kept(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    pass


class PrintedCell(_Kept, frozen=True, kw_only=True):
    """One cell of a printed table; without a number it was hidden."""

    where: Where = ()
    n: int | float | None = None
    qualifier: Qualifier = "exact"

    @property
    def hidden(self) -> bool:
        """Whether the reader saw that a number is there, and not which."""
        return self.n is None


class PrintedSum(_Kept, frozen=True, kw_only=True):
    """What anybody reckons from the headings of a table: a total and its parts.

    `at_most`: somebody may stand in several parts. `telling` as in `findings.model.Relation`.
    """

    total: Where
    parts: tuple[Where, ...]
    at_most: bool = False
    telling: tuple[Where, ...] = ()


class PrintedTable(_Kept, frozen=True, kw_only=True):
    """One table of an edition, with all that a reader knows of it."""

    id: str
    measure: Measure
    population: str
    within: Where = ()
    cells: tuple[PrintedCell, ...]
    sums: tuple[PrintedSum, ...] = ()
    unprinted: tuple[Where, ...] = ()
    """Places of counts that no table prints and that the sums name: those who did not tick a choice."""
    public: tuple[Where, ...] = ()
    occurring: bool = False
    people: bool = True
    """Whether it counts people who can be harmed; other tables are kept for the record alone."""
    minors: bool = False
    threshold: int = 0
    """The threshold that it was protected with."""
    labels: dict[str, dict[str, tuple[str, ...]]] = {}
    """How it calls the values of each variable, in every language, and under no value the variable itself.

    By these a row is known again that the next edition calls by another id.
    """

    @property
    def content(self) -> bytes:
        """What it says, whatever it is called: two tables that say the same are one."""
        return msgspec.json.encode(msgspec.structs.replace(self, id="", threshold=0, labels={}))


class Printed(_Kept, frozen=True, kw_only=True):
    """The tables of one hand-over, kept beside it until an edition is made of it."""

    exhibits: str
    """sha256 of `exhibits.json`: of another one these are not the tables."""
    tables: tuple[PrintedTable, ...]
    doubts: tuple[Problem, ...] = ()
    """Names that may have changed since an edition: drafts are made with them, an edition is not."""

    @property
    def content(self) -> bytes:
        """What the tables say, in whatever order."""
        return content_of(self.tables)


NAME = "printed.json"
"""In the private folder, beside `exhibits.json`."""


def content_of(tables: Iterable[PrintedTable]) -> bytes:
    """Give what some tables say, in whatever order: two editions with the same content tell nothing new."""
    return hashlib.sha256(b"\n".join(sorted(table.content for table in tables))).digest()


def keep_printed(private: Path, printed: Printed) -> None:
    """Write the tables of a hand-over; the same tables give the same bytes."""
    write_whole(private / NAME, msgspec.json.encode(printed, order="deterministic"))


def kept_printed(private: Path) -> Printed | None:
    """Give the tables of the last hand-over; none where there is none that can be read."""
    try:
        return msgspec.json.decode((private / NAME).read_bytes(), type=Printed)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
