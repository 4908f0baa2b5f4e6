"""What came of protecting or auditing tables: for a terminal, and as one document for a program."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from avis.errors import Problems
from avis.exhibits import Where
from avis.linked.model import CountTable

Why = Literal["narrow", "pinned", "shown_small", "shown_elsewhere", "unanimous", "reckoned", "alone"]


@dataclass(frozen=True)
class HiddenCell:
    """A hidden cell where it stands; `low` and `high` where the audit was asked (none: no upper end)."""

    file: str
    line: int
    population: str
    where: dict[str, str]
    low: int | None = None
    high: int | None = None
    ok: bool = True

    def data(self, bounds: bool) -> dict[str, Any]:
        """Give it for JSON."""
        told = {"file": self.file, "line": self.line, "population": self.population, "where": self.where}
        return told | ({"low": self.low, "high": self.high, "ok": self.ok} if bounds else {})


@dataclass(frozen=True)
class Weak:
    """Something that could be guessed, and why; `line` is 0 where no file prints it."""

    why: Why
    file: str
    line: int
    population: str
    where: dict[str, str]
    low: int | None = None
    high: int | None = None

    def data(self) -> dict[str, Any]:
        """Give it for JSON."""
        return {
            "why": self.why,
            "file": self.file or None,
            "line": self.line or None,
            "population": self.population,
            "where": self.where,
            "low": self.low,
            "high": self.high,
        }


@dataclass(frozen=True)
class Proposed:
    """Values that would give cells back if they were one: what to pass to `--combine`."""

    combine: str
    gives_back: int


@dataclass
class Outcome:
    """The whole result; `files` are those that were written, by the table's name."""

    mode: Literal["protect", "audit"]
    threshold: int
    passed: bool = False
    tables: int = 0
    cells: int = 0
    hidden: list[HiddenCell] = field(default_factory=list)
    hidden_cells: int = 0
    """Each once, however many files print it."""
    weak: list[Weak] = field(default_factory=list)
    proposals: list[Proposed] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)

    @property
    def left(self) -> int:
        """How many cells may be printed."""
        return self.cells - self.hidden_cells

    def data(self) -> dict[str, Any]:
        """Give the document of `--json` (see `data/schema/protect.schema.json`)."""
        return {
            "format": "avis.protect/1",
            "mode": self.mode,
            "passed": self.passed,
            "threshold": self.threshold,
            "cells": self.cells,
            "hidden": self.hidden_cells,
            "hidden_cells": [one.data(self.mode == "audit") for one in self.hidden],
            "weak": [one.data() for one in self.weak],
            "proposals": [{"combine": one.combine, "gives_back": one.gives_back} for one in self.proposals],
            "files": [{"table": name, "written": written} for name, written in self.files.items()],
        }


def printed_where(table: CountTable, where: Where) -> dict[str, str]:
    """Give a row's conditions under the names of its own columns; what is `Total` is no condition."""
    return {table.dimensions.get(name, name): value for name, value in where}


def called(table: CountTable) -> str:
    """Name a table: its file, and the sheet where there are several."""
    return f"{table.name} [{table.sheet}]" if table.sheet else table.name
