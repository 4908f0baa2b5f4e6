"""Tables → CSV files: UTF-8, comma, quotes where needed, one header always the same; for the owner alone."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from avis.descriptors import read_descriptor
from avis.errors import Place, fail
from avis.folders import cannot_write
from avis.sources.reading.model import Frames, Reading
from avis.sources.reading.shape import lines

SUMMARY = "lecture.json"
"""What was understood, as data; its presence says that a folder is ours to write over."""
TABLES = (
    *("questions", "choices", "records", "answers", "activities"),
    *("meetings", "segments", "codings", "codes", "references"),
)
"""The tables that a reading may make."""


def write_reading(
    readings: list[Reading], summary: object, folder: Path, read: Iterable[Path] = ()
) -> list[Path]:
    """Write the tables of readings into a folder, one CSV a table: all of them, or nothing changes.

    What people said stands in them: the folder and its files are for their owner alone (0700, 0600).
    `read` are the files that were read. Errors: CLI-005 the folder holds something else, CLI-006 two kinds of
    files make one table, CLI-008 the folder holds a file that was read.
    """
    if folder.resolve() in {path.resolve().parent for path in read}:
        raise fail("CLI-008", Place(folder.name))
    if folder.exists() and not _is_ours(folder):
        raise fail("CLI-005", Place(folder.name))
    names = [name for reading in readings for name in reading.tables]
    if len(set(names)) < len(names):
        raise fail("CLI-006", Place(folder.name))
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return _write_all(_contents(readings, summary, folder), folder)
    except OSError as error:
        raise cannot_write(folder, error) from None


def _contents(readings: Iterable[Reading], summary: object, folder: Path) -> list[tuple[str, Iterable[str]]]:
    """Give the files to write, by name, in parts; the summary comes first, since it says whose they are."""
    contents: list[tuple[str, Iterable[str]]] = [
        (SUMMARY, [json.dumps(summary, ensure_ascii=False, indent=1) + "\n"])
    ]
    for reading in readings:
        contents += [(f"{name}.csv", _rows(name, frames)) for name, frames in reading.tables.items()]
        contents += [(name, [text]) for name, text in reading.exported.items()]
    for reading in readings:  # somebody may have corrected what stands there already
        contents += [
            (name, [text]) for name, text in reading.proposed.items() if not (folder / name).exists()
        ]
    return contents


def _rows(name: str, frames: Frames) -> Iterable[str]:
    yield ",".join(field.name for field in read_descriptor(name).fields) + "\n"
    yield from map(lines, frames())


def _write_all(contents: Iterable[tuple[str, Iterable[str]]], folder: Path) -> list[Path]:
    """Write all files beside those that are there, and only then put them in their place."""
    scratch: dict[Path, Path] = {}
    try:
        for name, parts in contents:
            path = folder / name
            scratch[path] = path.with_name(f".{name}.{os.getpid()}.tmp")
            _write(scratch[path], parts)
        for path, made in scratch.items():
            made.replace(path)
        for old in (*(f"{table}.csv" for table in TABLES), "codes.qdc"):
            if folder / old not in scratch:  # a table of the last reading must not pass for one of this
                (folder / old).unlink(missing_ok=True)
    finally:
        for made in scratch.values():
            made.unlink(missing_ok=True)
    return [*list(scratch)[1:], folder / SUMMARY]


def _write(path: Path, parts: Iterable[str]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="", buffering=2**20) as out:
        for part in parts:
            out.write(part)
        out.flush()
        os.fsync(out.fileno())


def _is_ours(folder: Path) -> bool:
    """Tell whether a folder is empty, or of a reading before; what a stopped run left does not count."""
    if not folder.is_dir():
        return False
    names = [path.name for path in folder.iterdir()]
    return SUMMARY in names or all(name.startswith(".") and name.endswith(".tmp") for name in names)
