"""What servers of XLSForms (Kobo, ODK Central) add to a table: how it is known, and what is never read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import pandas as pd

from avis.errors import Place, Problems
from avis.sources.surveys.answers import no_answers
from avis.sources.surveys.choices import tidy
from avis.sources.surveys.exports import Export
from avis.sources.surveys.form import empty_form
from avis.sources.surveys.headers import PRIVATE_COLUMNS, TOOL_COLUMNS
from avis.sources.surveys.odk import CENTRAL_COLUMNS
from avis.sources.surveys.tables import Table
from avis.sources.surveys.tools import Responses

_FIRST_ROWS = 12
"""Rows among which a header stands, titles above it included."""
_SIGNS = frozenset(
    {
        *("_uuid", "_submission_time", "__version__", "meta/instanceid", "meta-instanceid", "formhub/uuid"),
        *("_xform_id_string", "_parent_table_name", "_submission__uuid", "_submission__id"),
    }
)
"""Columns, case aside, that nobody else writes; any of them is enough."""
_PAIRS = ({"submissiondate", "key"}, {"parent_key", "key"}, {"submitterid", "submittername"})
_KOBO_OWN = frozenset(name.casefold() for name in TOOL_COLUMNS if name.startswith("_"))
_SILENT = frozenset(name.casefold() for name in PRIVATE_COLUMNS | TOOL_COLUMNS | CENTRAL_COLUMNS)
_SIDE = re.compile(
    r"_.+_(?:latitude|longitude|altitude|precision)|.+[-/_](?:latitude|longitude|altitude|accuracy)|.+_url",
    re.IGNORECASE,
)
"""What stands beside a place or a picture."""
_PLACE = r"-?\d{1,3}\.\d+[ ,]+-?\d{1,3}\.\d+(?: -?\d+(?:\.\d+)?){0,2}"
"""A cell that is a place: latitude and longitude, then maybe altitude and precision."""


def is_from_server(headers: Iterable[str]) -> bool:
    """Tell whether a server of XLSForms wrote these headers.

    >>> is_from_server(["q1", "_uuid"]), is_from_server(["q1", "KEY"]), is_from_server(["_id", "_status"])
    (True, False, True)
    """
    names = {tidy(header).casefold() for header in headers}
    known = bool(names & _SIGNS) or any(pair <= names for pair in _PAIRS)
    return known or len(names & _KOBO_OWN) > 1


def from_server(exports: Sequence[Export]) -> list[Export]:
    """Give the files that a server of XLSForms wrote, told by their headers."""
    return [
        export
        for export in exports
        if any(is_from_server(row) for grid in export.grids for row in grid.rows[:_FIRST_ROWS])
    ]


def ask_for_form(exports: Sequence[Export], tool: str, problems: Problems) -> Responses:
    """Ask for the form of tables that have none (SRC-255), and read nothing of them.

    Only the form tells places, pictures and names from questions.
    """
    for export in from_server(exports):
        problems.add("SRC-255", Place(export.name))
    return Responses(tool, empty_form(), no_answers())


def silent_columns(table: Table) -> frozenset[int]:
    """Give the columns of a server's table that are never read: its own, and those that hold places."""
    if not is_from_server(table.headers):
        return frozenset()
    headers = [tidy(header) for header in table.headers]
    return frozenset(
        number
        for number, header in enumerate(headers)
        if header.casefold() in _SILENT or _SIDE.fullmatch(header) or _holds_places(table, number)
    )


def _holds_places(table: Table, number: int) -> bool:
    cells = pd.Series(pd.unique(table.text(number)), dtype="str")
    filled = cells[cells != ""]
    return len(filled) > 0 and bool(filled.str.fullmatch(_PLACE).any())
