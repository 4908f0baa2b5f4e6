"""What a loose file is: answers, a form, an activity log, notes, codes or references; by its content."""

from __future__ import annotations

import re
from collections.abc import Sequence

from avis.descriptors import read_descriptor
from avis.errors import Problems
from avis.files.delimited import DELIMITERS, consistency, decode
from avis.files.grids import Grid
from avis.files.opening import Opened
from avis.sources.attendance import attendance_named
from avis.sources.coding.qualcoder import is_code_list
from avis.sources.coding.taguette import is_export
from avis.sources.reading.model import Kind
from avis.sources.surveys.codebooks import is_codebook
from avis.sources.surveys.exports import Export
from avis.sources.surveys.tools import is_of_a_tool
from avis.sources.surveys.uncut import is_uncut
from avis.spans import parse_span
from avis.spelling import header_key

_BY_CONTENT: dict[str, Kind] = {
    **dict.fromkeys(("docx", "odt", "fodt", "etherpad"), "notes"),
    **dict.fromkeys(("qdc", "qdpx", "sqlite"), "codes"),
    **{"lss": "form", "lsa": "survey", "json": "references", "zip": "survey"},
}
_SAMPLE = 64 * 1024
"""Bytes of a text that tell what it is."""
_FIRST_ROWS = 12
"""Rows among which a header stands, titles above it included."""
_ENTRY = re.compile(r"^\s*@(?:[a-z]+)\s*\{\s*[^\s,{}]+\s*,", re.I | re.M)
_TABULAR = 0.6
"""Share of lines that a delimiter must cut as it cuts the first: prose stays far below, a table far above."""
_FORM_SHEETS = {"survey", "choices", "settings"}
_DATED = ("date", "period_start", "period_end")
_COUNTED = ("type", "count", "participants", "people", "hours")
"""Of these a log has one beside its date; a date and the code of a person are answers to a survey too."""
_DAYS = 2
"""Columns named after days that make a list of persons by days."""


def kind_of_content(opened: Opened) -> Kind | None:
    """Tell what a file is where its content says it without a table being read; none for a table.

    What is neither a table nor words (a picture, a program) has no kind either: the readers refuse it.
    """
    if opened.kind in _BY_CONTENT:
        return _BY_CONTENT[opened.kind]
    if opened.kind == "csv":
        return kind_of_text(_start(opened))
    return "notes" if opened.kind == "html" and not re.search(rb"<table\b", opened.data, re.I) else None


def _start(opened: Opened) -> str:
    data = opened.data[:_SAMPLE]
    if len(opened.data) > _SAMPLE:  # a letter or a line that the cut breaks is no sign of anything
        data = data[: data.rfind(b"\n") + 1] or data
    return decode(data, opened.place, Problems())[0]


def kind_of_text(text: str) -> Kind | None:
    r"""Tell notes and references by their text; none for a table.

    >>> kind_of_text("---\nid: at01\n---\nP1 : Bonjour."), kind_of_text("a;b\n1;2\n3;4\n")
    ('notes', None)
    >>> kind_of_text("@book{x2024,\n title = {X}}"), kind_of_text("P1 : Oui, je viens.\nP2 : Non.\n")
    ('references', 'notes')
    """
    if re.match(r"\ufeff?---\s*\n", text):
        return "notes"
    if _ENTRY.search(text):
        return "references"
    if is_code_list(text):
        return "codes"
    if is_uncut(text):
        return "survey"
    return None if is_tabular(text) else "notes"


def is_tabular(text: str) -> bool:
    r"""Tell whether a delimiter cuts most rows into as many cells as it cuts the first of several.

    >>> is_tabular("nom;âge\nA1;30\n"), is_tabular("Une phrase, puis une autre.\nEt la suite.\n")
    (True, False)
    """
    if text[:4].lower() == "sep=":
        return True
    return any(consistency(text, delimiter)[0] >= _TABULAR for delimiter in DELIMITERS)


def kind_of_export(export: Export) -> Kind | None:
    """Tell forms, answers, logs and exports of codes by their sheets and headers; none for other tables."""
    if is_form(export.grids):
        return "form"
    if is_export(export.grids):
        return "codes"
    heads = [{header_key(cell) for cell in row} for grid in export.grids for row in grid.rows[:_FIRST_ROWS]]
    if is_of_a_tool([export]):
        return "survey"
    return "activities" if any(map(_is_log, heads)) or is_list_of_presence(export) else None


def is_list_of_presence(export: Export) -> bool:
    """Tell whether a table lists who was there: codes and dates as columns, or codes and acts alone.

    Its name says it where a column more stands beside the codes and the dates or numbers of acts.
    """
    named = attendance_named(f"{export.name} {' '.join(grid.name for grid in export.grids)}")
    return any(_lists(row, named) for grid in export.grids for row in grid.rows[:_FIRST_ROWS])


def _lists(row: Sequence[str], named: bool) -> bool:
    fields = {field.name: set(map(header_key, field.words)) for field in read_descriptor("attendance").read}
    head = {header_key(cell) for cell in row if cell.strip()}
    if not fields["person_codes"] & head or _is_counted(head):
        return False
    if sum(bool(parse_span(cell).start) for cell in row) >= _DAYS:
        return True
    acts = (fields["id"] | fields["date"]) & head
    known = head <= set().union(*fields.values())
    return bool(acts) and not fields["type"] & head and (known or named)


def _is_counted(head: set[str]) -> bool:
    log = {field.name: set(map(header_key, field.words)) for field in read_descriptor("activities").read}
    return any(log[name] & head for name in ("count", "participants", "people", "hours"))


def is_form(grids: Sequence[Grid]) -> bool:
    """Tell whether sheets are those of an XLSForm, in a workbook or in one CSV, or a small codebook."""
    names = {grid.name.strip().casefold() for grid in grids}
    if is_codebook(grids) or ("survey" in names and names & _FORM_SHEETS - {"survey"}):
        return True
    for grid in grids:
        head = next((row for row in grid.rows if any(map(str.strip, row))), [])
        keys = {header_key(cell.partition(":")[0]) for cell in head}
        if "survey" in names and {"type", "name"} <= keys:
            return True
        if len(grids) == 1 and head and head[0].strip().casefold() in _FORM_SHEETS:
            return True
    return False


def _is_log(head: set[str]) -> bool:
    """A log says when, and what or how many; answers to a survey also have dates, but neither."""
    fields = {field.name: set(map(header_key, field.words)) for field in read_descriptor("activities").read}
    return any(fields[name] & head for name in _DATED) and any(fields[name] & head for name in _COUNTED)
