"""A file of any coding tool → codes, and notes with what was coded in them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from avis.errors import Problems
from avis.files.delimited import decode
from avis.files.opening import Opened, open_file
from avis.files.sheets import grids_of
from avis.marked import parse_yaml
from avis.sources.coding.attaching import attach, signed
from avis.sources.coding.codes_model import CODE_COLUMNS, Coded
from avis.sources.coding.database import Database, read_database
from avis.sources.coding.qualcoder import is_code_list, is_qualcoder, read_code_list, read_qualcoder
from avis.sources.coding.refi import is_refi, read_refi
from avis.sources.coding.taguette import is_export, is_taguette, read_export, read_taguette
from avis.sources.coding.written import YAML, no_codes, read_written
from avis.sources.notes.model import no_notes

__all__ = ["attach", "is_project", "read_opened", "read_project", "signed"]
_TABLES = ("csv", "xlsx", "xls", "xlsb", "ods")
MAX_PROJECT = 96 * 2**20
"""Bytes of a file; a Taguette project of a hundred interviews has some 20 MB."""


def is_project(opened: Opened) -> bool:
    """Tell whether a file is one of a coding tool; it may still be damaged."""
    if opened.kind == "sqlite" or is_refi(opened):
        return True
    if opened.kind == "csv" and is_code_list(_text(opened, Problems())):
        return True
    return opened.kind in _TABLES and is_export(grids_of(opened, Problems()))


def read_project(
    path: Path, name: str, problems: Problems, codes: Mapping[str, str] | None = None
) -> Coded | None:
    """Read a file of a coding tool, whichever: `.qdpx`, `.qdc`, `.sqlite3`, `.qda`, lists, exports, our YAML.

    `codes` are those of the codebook, by their folded spelling: themes are then written as it does. A folder
    of QualCoder is read by its `data.qda`. Errors: those of `open_file` and of the tool's reader, and SRC-350
    where no tool is known by it.
    """
    inside = path / "data.qda" if path.is_dir() else path
    opened = open_file(inside, name, problems, MAX_PROJECT)
    return read_opened(opened, problems, codes) if opened is not None else None


def read_opened(opened: Opened, problems: Problems, codes: Mapping[str, str] | None = None) -> Coded | None:
    """Read a file that is open; see `read_project`."""
    if opened.path.suffix.lower() in YAML and opened.kind == "csv":
        return _read_ours(opened, problems)
    if opened.kind == "sqlite":
        return read_database(opened, problems, partial(_read_tables, opened, problems, codes))
    if is_refi(opened):
        return read_refi(opened, problems, codes)
    if opened.kind == "csv" and is_code_list(text := _text(opened, problems)):
        return read_code_list(text, opened.place, problems)
    if opened.kind in _TABLES:
        before = len(problems.errors)
        grids = grids_of(opened, problems)
        if is_export(grids):
            return read_export(grids, opened.place, problems, codes)
        if len(problems.errors) > before:
            return None
    problems.add("SRC-003" if opened.kind == "damaged" else "SRC-350", opened.place)
    return None


def _read_ours(opened: Opened, problems: Problems) -> Coded | None:
    marked = parse_yaml(_text(opened, problems), opened.name, problems)
    codes = read_written(marked, problems) if marked else no_codes()
    return (
        Coded(codes[CODE_COLUMNS], no_notes(), {"tool": "avis", "codes": len(codes)}) if len(codes) else None
    )


def _text(opened: Opened, problems: Problems) -> str:
    return decode(opened.data, opened.place, problems)[0].removeprefix("\ufeff")


def _read_tables(
    opened: Opened, problems: Problems, codes: Mapping[str, str] | None, database: Database
) -> Coded | None:
    if is_taguette(database):
        return read_taguette(database, opened.place, problems, codes)
    if is_qualcoder(database):
        return read_qualcoder(database, opened.place, problems, codes)
    problems.add("SRC-350", opened.place)
    return None
