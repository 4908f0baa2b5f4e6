"""A file of answers, opened once: its grids where it is a table, its bytes in any case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from avis.errors import Problems
from avis.sources.files.grids import Grid
from avis.sources.files.opening import Opened, open_file
from avis.sources.files.sheets import grids_of

TABLES = frozenset({"csv", "xlsx", "xlsb", "xls", "ods", "fods", "html"})
"""Kinds of files that hold grids."""


@dataclass(frozen=True)
class Export:
    """One file of a tool; `grids` are its sheets that are not hidden."""

    opened: Opened
    grids: tuple[Grid, ...] = field(default=(), repr=False)

    @property
    def name(self) -> str:
        """What messages call it."""
        return self.opened.name


def open_exports(files: Sequence[tuple[Path, str]], problems: Problems) -> list[Export]:
    """Open files of answers, each with the name that messages call it; what cannot be opened is left out."""
    exports = []
    for path, name in files:
        opened = open_file(path, name, problems)
        if opened is not None:
            found = grids_of(opened, problems) if opened.kind in TABLES else []
            exports.append(Export(opened, tuple(grid for grid in found if not grid.hidden)))
    return exports
