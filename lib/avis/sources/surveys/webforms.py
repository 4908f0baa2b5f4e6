"""Google Forms and Microsoft Forms: one header row, labels in cells, several choices joined in one cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from avis.errors import Place, Problems
from avis.sources.surveys.cells import Manner
from avis.sources.surveys.choices import tidy
from avis.sources.surveys.coded import Layout, once, read_coded
from avis.sources.surveys.exports import Export
from avis.sources.surveys.form import Form
from avis.sources.surveys.inference import propose_form
from avis.sources.surveys.personal import is_personal
from avis.sources.surveys.tables import Table, read_table
from avis.sources.surveys.timestamps import read_times
from avis.sources.surveys.tools import Responses
from avis.spelling import fold

_META: dict[str, dict[str, tuple[str, ...]]] = {
    "Google Forms": {"end": ("horodateur", "timestamp")},
    "Microsoft Forms": {
        "id": ("id",),
        "start": ("start time", "heure de debut"),
        "end": ("completion time", "heure de fin"),
        "changed": ("last modified time", "heure de la derniere modification", "derniere modification"),
        "language": ("language", "langue"),
    },
}
"""Columns that each tool fills in, in French and English, folded."""
_NEEDED = {"Google Forms": ("end",), "Microsoft Forms": ("start", "end")}
_MARKS = {"Google Forms": (";", ","), "Microsoft Forms": (";",)}
_QUIZ = (
    "score",
    "total points",
    "quiz feedback",
    "grade posted time",
    "note totale",
    "nombre total de points",
)
_QUIZ_PARTS = ("[score]", "[feedback]", "[commentaires]", "[note]")
_QUIZ_STARTS = ("points - ", "feedback - ", "commentaires - ")
_FRENCH = frozenset({"horodateur", "heure de debut", "heure de fin"})
_FIRST = 9
"""Columns among which the tools write their own; a question may have the same words further on."""


@dataclass(frozen=True)
class _Found:
    tool: str
    meta: Mapping[str, int]


def _recognise(headers: Sequence[str]) -> _Found | None:
    """Find the tool whose own columns stand first; its meta columns end at the first question."""
    folded = [fold(header) for header in headers[:_FIRST]]
    for tool, names in _META.items():
        found = {key: folded.index(word) for key, words in names.items() for word in words if word in folded}
        at_start = found.get("end") == 0 if tool == "Google Forms" else found.get("start", 9) < 2
        if at_start and all(key in found for key in _NEEDED[tool]):
            return _Found(tool, found)
    return None


def _head(export: Export) -> Sequence[str]:
    rows = export.grids[0].rows if export.grids else []
    return next((row for row in rows if any(map(str.strip, row))), [])


def suits(exports: Sequence[Export], form: Form | None) -> bool:
    """Tell whether the first columns of every file are those of one of these tools."""
    tools = {found.tool if found else "" for found in (_recognise(_head(export)) for export in exports)}
    return len(tools) == 1 and tools != {""}


def read(exports: Sequence[Export], form: Form | None, person: str, problems: Problems) -> Responses:
    """Read the answers; without a form, their questions are proposed and nothing is declared (SRC-291).

    E-mail addresses, names, scores are left out. Errors: SRC-011, and those of `read_coded`. Remarks:
    SRC-291, SRC-307 a day that may be a month: the time is left blank.
    """
    found = _recognise(_head(exports[0]))
    assert found is not None  # see `suits`
    tables = []
    for export in exports:
        table = read_table(export.grids[0], export.name, problems)
        tables.append((table, _layout(table, problems)))
    tables = once(tables, problems)
    if form is None:
        form = propose_form(tables, person)
        problems.warn("SRC-291", Place(exports[0].name))
    return read_coded(found.tool, tables, form, person, problems)


def _layout(table: Table, problems: Problems) -> Layout:
    found = _recognise(table.headers)
    assert found is not None  # every file was recognised
    times = _times(table, found, problems)
    sent = times.get("end", pd.Series([""] * len(table.lines), dtype="str")) != ""
    raw = table.text(found.meta["end"]) != ""
    return Layout(
        meta=found.meta,
        marks=_MARKS[found.tool],
        complete=sent | raw,
        times=times,
        manner=Manner(day_first=fold(table.headers[found.meta["end"]]) in _FRENCH),
        silent=frozenset(n for n, header in enumerate(table.headers) if _is_silent(n, header)),
    )


def _is_silent(number: int, header: str) -> bool:
    word = fold(header)
    quiz = word.endswith(_QUIZ_PARTS) or word.startswith(_QUIZ_STARTS)
    return quiz or (number < _FIRST and (word in _QUIZ or is_personal(header)))


def _times(table: Table, found: _Found, problems: Problems) -> dict[str, pd.Series[str]]:
    times = {}
    for key in ("start", "end"):
        number = found.meta.get(key)
        if number is None:
            continue
        header = tidy(table.headers[number])
        times[key], unsure = read_times(table.text(number), fold(header) in _FRENCH)
        if unsure:
            problems.warn("SRC-307", Place(table.place.file, table.place.sheet, 0, number + 1, header))
    return times
