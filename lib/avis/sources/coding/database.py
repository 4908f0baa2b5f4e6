"""A SQLite file that somebody else wrote → rows of its plain tables, and nothing else.

The file is copied into memory and never written. Views, triggers, virtual tables and generated columns can
run what their author likes: none is read. Functions are refused, and so is what takes too long.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from avis.errors import Problems
from avis.files.opening import Opened

SECONDS = 5.0
"""Time for a query; one of 2 000 passages takes a hundredth of it."""
MAX_CELL = 2 * 2**20
"""Bytes of a cell; Taguette keeps a document in one: 800 pages of 2 500 characters."""
MAX_TEXT = 16 * 2**20
"""Characters of all that is read."""
_STEPS = 20_000
_PRAGMAS = {"trusted_schema", "query_only", "integrity_check", "table_xinfo", "cell_size_check"}
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ}

Row = dict[str, str | int]
T = TypeVar("T")


class _Stopped(Exception):
    """What is read is more than any project holds."""


@dataclass
class Database:
    """A database that is open: `tables` are those that can be read, with their columns."""

    connection: sqlite3.Connection = field(repr=False)
    tables: dict[str, tuple[str, ...]]
    _read: int = 0

    def rows(self, table: str, columns: Sequence[str]) -> list[Row]:
        """Give the rows of a table, in their order: columns that it lacks and NULL are empty."""
        there = [name for name in columns if name in self.tables.get(table, ())]
        rows: list[Row] = []
        if not there:
            return rows
        _hurry(self.connection)
        listed = ", ".join(f'"{name}"' for name in there)
        for cells in self.connection.execute(f'SELECT {listed} FROM "{table}" ORDER BY "{there[0]}"'):
            row: Row = dict.fromkeys(columns, "")
            row |= {
                name: cell for name, cell in zip(there, cells, strict=True) if isinstance(cell, str | int)
            }
            self._read += sum(len(cell) for cell in row.values() if isinstance(cell, str))
            if self._read > MAX_TEXT:
                raise _Stopped
            rows.append(row)
        return rows


def number(cell: str | int) -> int:
    """Read a number of a cell; −1 where there is none: what a damaged file holds may be of any type."""
    return cell if isinstance(cell, int) and abs(cell) < 2**40 else -1


def read_database(opened: Opened, problems: Problems, read: Callable[[Database], T]) -> T | None:
    """Open a database and read it; whatever is wrong with it becomes a problem.

    Errors: SRC-363 damaged, SRC-364 too much time or text. Warning: SRC-366 another program has it open.
    """
    connection = sqlite3.connect(":memory:")
    try:
        return read(_open(connection, opened, problems))
    except (_Stopped, sqlite3.OperationalError) as error:
        stopped = isinstance(error, _Stopped) or "interrupted" in str(error)
        problems.add("SRC-364" if stopped else "SRC-363", opened.place)
    except sqlite3.DataError:  # a cell that is larger than the limit
        problems.add("SRC-364", opened.place)
    except (sqlite3.Error, UnicodeError, OverflowError, MemoryError):
        problems.add("SRC-363", opened.place)
    finally:
        connection.close()
    return None


def _open(connection: sqlite3.Connection, opened: Opened, problems: Problems) -> Database:
    journal = opened.path.with_name(opened.path.name + "-wal")
    if journal.is_file() and journal.stat().st_size:
        problems.warn("SRC-366", opened.place)
    data = bytearray(opened.data)
    data[18:20] = b"\1\1"  # a copy has no journal beside it: read it as a file that needs none
    connection.deserialize(bytes(data))
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_CELL)
    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    _hurry(connection)
    connection.set_authorizer(_allow)
    for pragma in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
        connection.execute(f"PRAGMA {pragma}")
    if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
        raise sqlite3.DatabaseError
    return Database(connection, _tables(connection))


def _hurry(connection: sqlite3.Connection) -> None:
    """Give what comes next its time: what readers do between two queries is not the file's fault."""
    end = time.monotonic() + SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS)


def _allow(
    action: int, first: str | None, second: str | None, database: str | None, trigger: str | None
) -> int:
    """Let nothing pass but reading plain tables: no function, no view, no trigger."""
    allowed = action in _ALLOWED or (action == sqlite3.SQLITE_PRAGMA and first in _PRAGMAS)
    return sqlite3.SQLITE_OK if allowed and trigger is None else sqlite3.SQLITE_DENY


def _tables(connection: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    listed = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    plain = [
        name
        for name, sql in listed
        if isinstance(name, str) and name.isidentifier() and not str(sql).upper().startswith("CREATE VIRTUAL")
    ]
    return {name: _columns(connection, name) for name in plain}


def _columns(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """Give the columns that are stored; 2 and 3 are computed on reading."""
    described = connection.execute(f'PRAGMA table_xinfo("{table}")').fetchall()
    return tuple(row[1] for row in described if row[6] == 0)
