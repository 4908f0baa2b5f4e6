"""Tables → CSV files: UTF-8, comma, quotes where needed, one header always the same; for the owner alone."""

from __future__ import annotations

import json
import os
from pathlib import Path

from avis.descriptors import read_descriptor
from avis.errors import Place, fail
from avis.folders import cannot_write, write_whole
from avis.sources.reading.model import Frames, Reading
from avis.sources.reading.shape import lines

SUMMARY = "lecture.json"
"""What was understood, as data; its presence says that a folder is ours to write over."""
TABLES = (
    *("questions", "choices", "records", "answers", "activities"),
    *("meetings", "segments", "codings", "codes", "references"),
)
"""The tables that a reading may make."""


def write_reading(readings: list[Reading], summary: object, folder: Path) -> list[Path]:
    """Write the tables of readings into a folder, one CSV a table, each whole or not at all.

    What people said stands in them: the folder and its files are for their owner alone (0700, 0600).
    Errors: CLI-005 the folder holds something else, CLI-006 two kinds of files make one table.
    """
    if folder.exists() and (
        not folder.is_dir() or (any(folder.iterdir()) and not (folder / SUMMARY).is_file())
    ):
        raise fail("CLI-005", Place(folder.name))
    tables = [(name, frames) for reading in readings for name, frames in reading.tables.items()]
    names = [name for name, _ in tables]
    if len(set(names)) < len(names):
        raise fail("CLI-006", Place(folder.name))
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for old in TABLES:  # a table of the last reading must not pass for one of this
            (folder / f"{old}.csv").unlink(missing_ok=True)
        written = [_write_table(folder / f"{name}.csv", name, frames) for name, frames in tables]
    except OSError as error:
        raise cannot_write(folder, error) from None
    for name, text in (item for reading in readings for item in reading.proposed.items()):
        if not (folder / name).exists():  # somebody may have corrected it
            write_whole(folder / name, text)
            written.append(folder / name)
    write_whole(folder / SUMMARY, json.dumps(summary, ensure_ascii=False, indent=1) + "\n")
    return [*written, folder / SUMMARY]


def _is_ours(folder: Path) -> bool:
    return folder.is_dir() and ((folder / SUMMARY).is_file() or not any(folder.iterdir()))


def _write_table(path: Path, name: str, frames: Frames) -> Path:
    scratch = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="", buffering=2**20) as out:
            out.write(",".join(field.name for field in read_descriptor(name).fields) + "\n")
            for frame in frames():
                out.write(lines(frame))
            out.flush()
            os.fsync(out.fileno())
        scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)
    return path
