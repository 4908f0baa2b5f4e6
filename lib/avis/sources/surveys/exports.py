"""A file of answers, opened once: its grids where it is a table, its bytes in any case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from avis.errors import Problems
from avis.files.archives import open_archive
from avis.files.grids import Grid
from avis.files.kinds import sniff
from avis.files.opening import Opened, open_file
from avis.files.sheets import grids_of
from avis.sources.surveys.uncut import refused

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
            exports.append(open_export(opened, problems))
    return exports


def open_export(opened: Opened, problems: Problems) -> Export:
    """Read the grids of a file that is open, where it has any. Errors: SRC-257 cut by an unread sign."""
    if refused(opened, problems):
        return Export(opened)
    grids = tuple(grid for grid in _grids(opened, problems) if not grid.hidden)
    # The cells are held by now; the bytes of a large file would only stand beside them.
    return Export(replace(opened, data=b"") if grids else opened, grids)


def _grids(opened: Opened, problems: Problems) -> list[Grid]:
    if opened.kind == "zip":
        return _packed(opened, problems)
    return grids_of(opened, problems) if opened.kind in TABLES else []


def _packed(opened: Opened, problems: Problems) -> list[Grid]:
    """Read the CSV files of a zip, as ODK Central gives them: each a sheet; pictures beside them are left."""
    archive = open_archive(opened.data, opened.place, problems)
    found = []
    for name in archive.names if archive else ():
        path = PurePosixPath(name)
        if (
            archive
            and path.suffix.casefold() == ".csv"
            and not path.parts[0].startswith(("media", "__MACOSX"))
        ):
            data = archive.read(name)
            if data is not None and sniff(data) == "csv":
                inner = Opened(f"{opened.name}/{path.name}", opened.path, data, "csv")
                found += [replace(grid, name=path.stem) for grid in grids_of(inner, problems)]
    return found
