"""What was understood of loose files: what they are, what they hold, and their tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pandas as pd

Kind = Literal["survey", "form", "activities", "notes", "codes", "references"]
"""What a file may be; a `form` is the questions of a survey without its answers."""
KINDS: tuple[Kind, ...] = ("survey", "activities", "notes", "codes", "references")
"""What a person may call a file; a form is found out."""

Frames = Callable[[], Iterable[pd.DataFrame]]
"""A table in parts, made when they are asked for: answers to a large survey never stand in memory whole."""


@dataclass(frozen=True)
class Recognised:
    """A file and what it is; of answers also their form, of answers and forms the questions to show first."""

    path: Path
    kind: Kind
    form: Path | None = None
    closed: tuple[str, ...] = ()


@dataclass(frozen=True)
class SheetFacts:
    """A sheet as it stands: how many rows and columns are filled. Hidden ones are told among the problems."""

    name: str
    rows: int
    columns: int


@dataclass(frozen=True)
class FileFacts:
    """A file as it was opened: its kind by content, and how its text is written."""

    name: str
    content: str
    kind: Kind
    encoding: str = ""
    delimiter: str = ""
    sheets: tuple[SheetFacts, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What was understood of the files of one kind.

    `counts` are told in this order (`cli.read.counts.…` holds their words); `left_out` names columns, never
    what stands in them; `tables` are those of `data/schema/tables`; `proposed` is a text to correct and to
    keep, by the name of the file that it would be. It may hold words of answers where no form was given:
    only those named in `shown` may be printed.
    """

    kind: Kind
    tool: str
    files: tuple[FileFacts, ...]
    languages: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    tables: Mapping[str, Frames] = field(default_factory=dict, repr=False)
    proposed: Mapping[str, str] = field(default_factory=dict, repr=False)
    exported: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Other forms of the tables, for other tools, by the name of the file: a codebook as `.qdc`."""
    shown: tuple[str, ...] = ()
