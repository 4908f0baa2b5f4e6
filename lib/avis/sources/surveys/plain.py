"""Any table whose rows are answers: read by a codebook, or proposed; asked last, since it suits anything."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from avis.errors import Place, Problems
from avis.files.sheets import Sheet, sheets_of
from avis.sources.surveys.choices import tidy
from avis.sources.surveys.coded import Layout, read_coded
from avis.sources.surveys.doubles import keys_of, without_doubles
from avis.sources.surveys.exports import Export
from avis.sources.surveys.form import Form
from avis.sources.surveys.heads import match_heads
from avis.sources.surveys.identity import safe_headers
from avis.sources.surveys.inference import propose_form
from avis.sources.surveys.servers import silent_columns
from avis.sources.surveys.tables import Table
from avis.sources.surveys.tools import Responses
from avis.spelling import fold


def suits(exports: Sequence[Export], form: Form | None) -> bool:
    """Tell whether there is a table at all."""
    return any(export.grids for export in exports)


def read(exports: Sequence[Export], form: Form | None, person: str, problems: Problems) -> Responses:
    """Read the answers of tables; without a form, their questions are proposed and nothing is declared.

    A table does not say whether a form was received whole, so a blank stays unexplained unless the codebook
    says that it was not asked. Errors: those of `sheets_of`, `without_doubles` and `read_coded`. Remarks:
    SRC-243 and SRC-308 rows of another table, SRC-291 proposed, SRC-309 other columns.
    """
    tables = [table for export in exports for table in _tables(export, problems)]
    kept = _alike(tables, problems) if form is None else _known(tables, form, problems)
    fresh = without_doubles([(table, keys_of(table)) for table in kept], problems)
    once = [table.only(rows) for table, rows in zip(kept, fresh, strict=True) if rows.any() or not rows.size]
    layouts = [(table, Layout(silent=silent_columns(table))) for table in once]
    if form is None:
        form = propose_form(layouts, person) if layouts else propose_form([(_no_table(exports), Layout())])
        problems.warn("SRC-291", Place(exports[0].name))
    return read_coded("plain", layouts, form, person, problems)


def _no_table(exports: Sequence[Export]) -> Table:
    return Table(Place(exports[0].name), "", [], [], np.empty(0, dtype=np.int64))


def _tables(export: Export, problems: Problems) -> list[Table]:
    sheets = sheets_of(export.grids, export.name, problems)
    return [_table(sheet, export.name) for sheet in sheets]


def _table(sheet: Sheet, file: str) -> Table:
    headers = safe_headers([str(header) for header in sheet.frame.columns])
    rows = sheet.frame.to_numpy(dtype=object).tolist()
    return Table(Place(file, sheet.name), sheet.name, headers, rows, np.asarray(sheet.lines, dtype=np.int64))


def _alike(tables: list[Table], problems: Problems) -> list[Table]:
    """Keep the tables that have the columns of the first one that has rows."""
    filled = [table for table in tables if len(table.rows)] or tables[:1]
    first = {fold(tidy(header)) for header in filled[0].headers} if filled else set()
    kept = [table for table in filled if {fold(tidy(header)) for header in table.headers} == first]
    for table in filled:
        if table not in kept:
            problems.warn("SRC-309", Place(table.place.file, table.place.sheet))
    return kept


def _known(tables: list[Table], form: Form, problems: Problems) -> list[Table]:
    """Keep the tables that have a column of the form; where none has, the first one tells so."""
    kept = [table for table in tables if not match_heads(table, {}, form, frozenset(), Problems())[0].nothing]
    for table in tables if kept else ():
        if table not in kept:
            problems.warn("SRC-309", Place(table.place.file, table.place.sheet))
    return kept or tables[:1]
