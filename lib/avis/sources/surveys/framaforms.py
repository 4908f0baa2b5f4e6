"""Framaforms (Drupal webform): three header rows, and a column an option, ticked by an X."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

import numpy as np
import pandas as pd

from avis.errors import Place, Problems
from avis.files.grids import Grid
from avis.sources.surveys.choices import tidy
from avis.sources.surveys.coded import Layout, once, read_coded
from avis.sources.surveys.exports import Export
from avis.sources.surveys.form import Form
from avis.sources.surveys.inference import propose_form
from avis.sources.surveys.tables import Table
from avis.sources.surveys.timestamps import read_times
from avis.sources.surveys.tools import Responses
from avis.spelling import TRUTHS, fold

_META: dict[str, tuple[str, ...]] = {
    "serial": ("serial", "serial number", "numero", "numero de serie", "n°", "no"),
    "id": ("sid", "submission id", "identifiant de soumission"),
    "uuid": ("uuid", "submission uuid"),
    "start": (
        "time",
        "date",
        "submitted time",
        "created",
        "date de soumission",
        "heure de soumission",
        "cree",
    ),
    "end": ("completed time", "completed", "date d'achevement", "heure d'achevement", "termine"),
    "changed": ("modified time", "changed", "date de modification", "heure de modification", "modifie"),
    "draft": ("draft", "brouillon", "is draft", "est un brouillon"),
    "page": ("current page", "page actuelle"),
}
_PERSONAL = frozenset(
    {
        *("ip address", "adresse ip", "remote ip address", "uid", "user id", "username", "nom d'utilisateur"),
        *("utilisateur", "user", "submitted by", "soumis par", "hostname"),
    }
)
_DETAILS = frozenset({"submission details", "details de la soumission", "details de soumission"})
_MOST_HEADERS = 3
_SAMPLE = 8
"""Rows among which the headers stand."""


@dataclass(frozen=True)
class _Frame:
    """Where the headers of an export stand: the row of the tool's own names, and the first row of answers."""

    names: int
    first: int
    meta: Mapping[str, int] = field(default_factory=dict)
    silent: frozenset[int] = frozenset()


def suits(exports: Sequence[Export], form: Form | None) -> bool:
    """Tell whether every file begins with the columns that Drupal's webform writes."""
    return bool(exports) and all(export.grids and _frame(export.grids[0]) for export in exports)


def read(exports: Sequence[Export], form: Form | None, person: str, problems: Problems) -> Responses:
    """Read the answers; without a form, their questions are proposed and nothing is declared (SRC-291).

    A draft is an incomplete record; where the export does not say which are drafts, none is called complete.
    Errors: SRC-011 a row too short or too long, and those of `read_coded`. Remarks: SRC-291,
    SRC-307 a day that may be a month: the time is left blank.
    """
    tables = once([_read(export, problems) for export in exports], problems)
    if form is None:
        form = propose_form(tables, person)
        problems.warn("SRC-291", Place(exports[0].name))
    return read_coded("Framaforms", tables, form, person, problems)


def _frame(grid: Grid) -> _Frame | None:
    """Find the row that names what the tool fills in, and the row where answers begin."""
    rows = grid.rows[:_SAMPLE]
    for at, row in enumerate(rows[:_MOST_HEADERS]):
        words = [fold(cell) for cell in row]
        meta = {key: words.index(word) for key, names in _META.items() for word in names if word in words}
        silent = frozenset(n for n, word in enumerate(words) if word in _PERSONAL)
        key = meta.get("id", meta.get("uuid", meta.get("serial")))
        if key is None or not _webform(rows, meta, silent):
            continue
        below = (n for n in range(at + 1, len(rows)) if len(rows[n]) > key and rows[n][key].strip())
        first = next(below, at + 1)
        if first <= _MOST_HEADERS:
            edge = max(*meta.values(), *silent, 0)
            inside = {name: number for name, number in meta.items() if number <= edge}
            return _Frame(at, first, inside, silent)
    return None


def _webform(rows: Sequence[Sequence[str]], meta: Mapping[str, int], silent: frozenset[int]) -> bool:
    details = any(fold(cell) in _DETAILS for row in rows[:_MOST_HEADERS] for cell in row[:1])
    return details or ("id" in meta and len(meta) + len(silent) > 2)


def _read(export: Export, problems: Problems) -> tuple[Table, Layout]:
    grid = export.grids[0]
    frame = _frame(grid)
    assert frame is not None  # see `suits`
    headers, titles = _heads(grid.rows[: frame.first], frame)
    rows, lines = [], []
    for row, line in zip(grid.rows[frame.first :], grid.lines[frame.first :], strict=True):
        if len(row) == len(headers):
            rows.append(row)
            lines.append(line)
        elif any(map(str.strip, row)):
            place = Place(export.name, grid.name, line)
            problems.add("SRC-011", place, found=len(row), expected=len(headers))
    place = Place(export.name, grid.name, grid.lines[frame.first - 1])
    table = Table(place, grid.name, headers, rows, np.array(lines, dtype=np.int64))
    table = table.only(np.array(["".join(row).strip() != "" for row in rows], dtype=bool))
    return table, _layout(table, titles, frame, problems)


def _heads(rows: Sequence[Sequence[str]], frame: _Frame) -> tuple[list[str], dict[int, str]]:
    """Give each column its lowest header, and the title that stands above it or left of that.

    A title is written once, above the first of its options: it holds until another one begins.
    """
    columns = [[tidy(cell) for cell in column] for column in zip_longest(*rows, fillvalue="")]
    own = {*frame.meta.values(), *frame.silent}
    headers, titles, title = [], dict[int, str](), ""
    for number, column in enumerate(columns):
        filled = [cell for cell in column if cell]
        headers.append(filled[-1] if filled else "")
        above = column[-2] if len(column) > 1 else ""
        begins = any(column[:-1]) or number in own or not column[-1]
        if begins:  # the tool's own, a question whose only header stands higher, or a new group
            title = above if column[-1] and number not in own else ""
        if title:
            titles[number] = title
    return headers, titles


def _layout(table: Table, titles: Mapping[int, str], frame: _Frame, problems: Problems) -> Layout:
    meta = frame.meta
    draft, completed = table.text(meta.get("draft")), table.text(meta.get("end"))
    whole = completed != ""
    if "draft" in meta:
        whole = ~draft.map(lambda cell: TRUTHS.get(fold(cell), cell != "")).astype(bool)
    times = {
        "start": _times(table, meta, meta.get("start"), problems),
        "end": _times(table, meta, meta.get("end", meta.get("changed")), problems),
    }
    key = next(meta[key] for key in ("id", "uuid", "serial") if key in meta)
    return Layout(
        meta={**meta, "id": key},
        titles=_ended(table, titles),
        marks=(",", ";"),
        complete=whole,
        times=times,
        silent=frame.silent,
    )


def _times(table: Table, meta: Mapping[str, int], number: int | None, problems: Problems) -> pd.Series[str]:
    times, unsure = read_times(table.text(number), french=_french(table, meta))
    if unsure and number is not None:
        place = Place(table.place.file, table.place.sheet, 0, number + 1, tidy(table.headers[number]))
        problems.warn("SRC-307", place)
    return times


def _french(table: Table, meta: Mapping[str, int]) -> bool:
    return any(
        fold(table.headers[number]) in ("numero", "brouillon", "date de modification")
        for number in meta.values()
    )


def _ended(table: Table, titles: Mapping[int, str]) -> dict[int, str]:
    """End a group of ticks where something else than a tick is written: the next question has no title.

    Only « other » holds words among ticks. Whether a last column without any tick is an option or a question
    is not known; the codebook decides.
    """
    found: dict[int, str] = {}
    ended = ""
    ticked: dict[str, bool] = {}
    for number, title in sorted(titles.items()):
        cells = set(table.text(number).str.casefold().unique()) - {""}
        ticks = cells <= {"x"}
        ticked.setdefault(title, bool(cells) and ticks)
        if ticked[title] and not ticks and not fold(table.headers[number]).startswith(("autre", "other")):
            ended = title
        if title != ended:
            found[number] = title
    return found
