"""The records of a table of answers: who, when, in which version, and which of them stand twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from avis.errors import Place, Problems
from avis.sources.codes import is_code, person_code
from avis.sources.surveys import doubles
from avis.sources.surveys.answers import Bools
from avis.sources.surveys.cells import MARKER
from avis.sources.surveys.headers import Matched
from avis.sources.surveys.tables import Table
from avis.spelling import suggest

UUIDS = ("_uuid", "meta/instanceID", "meta-instanceID", "instanceID", "KEY")
VERSIONS = ("__version__", "_version_", "_version", "FormVersion")
SENT = ("_submission_time", "SubmissionDate")
_REFUSED = r"(?i)not[ _]approved|rejected|non approuv|rejet"
"""What Kobo (`_validation_status`) and ODK Central (`ReviewState`) write for answers that were refused."""


def uuids_of(table: Table) -> pd.Series[str]:
    """Give what tells a record in every export: its uuid, without prefix; "" where there is none.

    The first column that holds something is taken: Kobo leaves `_uuid` blank in some exports.
    """
    there = [table.text(number) for name in UUIDS if (number := table.find(name)) is not None]
    found = next((cells for cells in there if cells.any()), table.text(None))
    for cells in there:
        if not (filled := found != "").all():
            found = found.where(filled, cells)
    return found.str.removeprefix("uuid:")


def without_doubles(tables: Sequence[Table], problems: Problems) -> list[Bools]:
    """Tell the rows of each file to keep: a record of an earlier file is counted once (SRC-243).

    It is known by its uuid, or by its id where one of the two rows has no uuid. Errors: those of
    `doubles.without_doubles`, where there is neither.
    """
    if len(tables) == 1:
        return [np.ones(len(tables[0].lines), dtype=bool)]
    seen: set[str] = set()
    numbered: set[str] = set()
    alone: set[str] = set()
    kept = []
    for table in tables:
        uuids, ids = uuids_of(table), table.text(table.find("_id"))
        bare = uuids == ""
        # An id tells a record of one server; where both rows have a uuid, the uuids decide.
        known = uuids.isin(list(seen)) | (bare & ids.isin(list(numbered))) | ids.isin(list(alone))
        fresh = ~known.to_numpy(dtype=bool)
        if not fresh.all():
            problems.warn("SRC-243", table.place, n=int((~fresh).sum()))
        seen |= set(uuids.unique()) - {""}
        numbered |= set(ids.unique()) - {""}
        alone |= set(ids[bare].unique()) - {""}
        kept.append(fresh)
    return _without_copies(tables, kept, problems)


def _without_copies(tables: Sequence[Table], kept: list[Bools], problems: Problems) -> list[Bools]:
    """Look for copies (SRC-311) among tables in which neither uuid nor id tells a record."""
    bare = [
        n for n, table in enumerate(tables) if not (uuids_of(table) + table.text(table.find("_id"))).any()
    ]
    blank = [pd.Series([""] * len(tables[n].rows), dtype="str") for n in bare]
    fresh = doubles.without_doubles([(tables[n], no) for n, no in zip(bare, blank, strict=True)], problems)
    for n, rows in zip(bare, fresh, strict=True):
        kept[n] = kept[n] & rows
    return kept


def make_records(table: Table, matched: Matched, people: pd.Series[str], problems: Problems) -> pd.DataFrame:
    """Make the records, one a row.

    Remarks: SRC-067 an id or a uuid that stands twice (all are kept), SRC-246 answers that were refused in
    the tool (kept and counted).
    """
    ids, uuids = table.text(matched.tool.get("_id")), uuids_of(table)
    for column, cells in (("_id", ids), ("_uuid", uuids)):
        twice = ((cells != "") & cells.duplicated(keep=False)).to_numpy(dtype=bool)
        table.spot(-1, column, problems).warn(twice, "SRC-067")
    _report_refused(table, problems)
    rows = pd.Series(table.lines)
    known = (ids != "") | (uuids != "")
    return pd.DataFrame(
        {
            "id": ids.where(ids != "", uuids).where(known, rows.astype("str") if not known.all() else ""),
            "version": table.text(*(table.find(name) for name in VERSIONS)),
            **{name: table.text(matched.tool.get(name)) for name in ("start", "end")},
            "complete": known | (table.text(*(table.find(name) for name in SENT)) != ""),
            **{"person": people, "parent": "", "index": 0, "repeat": ""},
            **{"file": table.place.file, "sheet": table.place.sheet, "row": rows},
        }
    )


def sent_at(table: Table) -> pd.Series[str]:
    """Give when each record was received, as text that sorts; its line where no time is known."""
    return table.text(*(table.find(name) for name in SENT)) + pd.Series(table.lines).map("{:012}".format)


def _report_refused(table: Table, problems: Problems) -> None:
    for name in ("_validation_status", "ReviewState"):
        number = table.find(name)
        told = table.text(number)
        refusals = [state for state in told.unique() if re.search(_REFUSED, state)]
        if refused := int(told.isin(refusals).sum()):
            problems.warn("SRC-246", Place(table.place.file, table.place.sheet, field=name), n=refused)


def take_people(matched: Matched, table: Table, person: str, problems: Problems) -> pd.Series[str]:
    """Take the codes of people out of the questions: whoever answers is not an answer.

    Errors: SRC-068 no such column. Remarks: SRC-078 what is no code.
    """
    blank = pd.Series([""] * len(table.lines), dtype="str")
    if not person:
        return blank
    headers = [header.strip() for header in table.headers]
    number = matched.questions.pop(person, None)
    number = headers.index(person) if number is None and person in headers else number
    if number is None:
        problems.add("SRC-068", table.place, column=person, **suggest(person, headers))
        return blank
    # What nothing in the form explains is explained by this.
    matched.unknown = [other for other in matched.unknown if other != number]
    numbers, distinct = pd.factorize(table.column(number))
    codes = pd.Series([person_code(str(cell)) for cell in distinct], dtype="str")
    fine = codes.map(is_code).to_numpy(dtype=bool)
    wrong = ~fine & ~codes.isin(["", MARKER.upper()]).to_numpy(dtype=bool)
    table.spot(number, person, problems).warn(np.asarray(wrong[numbers], dtype=bool), "SRC-078")
    return codes.where(fine, "").take(numbers).reset_index(drop=True)
