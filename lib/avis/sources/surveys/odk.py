"""ODK Central's CSV sets: `Form.csv`, `Form-repeat.csv`…, loose or in the zip as it was downloaded.

Every row has a `KEY`, unique over all files; a row of a repeat names the key above in `PARENT_KEY`. Names are
joined by « - », and those of a repeat begin at the repeat.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from avis.errors import Problems
from avis.sources.surveys.exports import Export
from avis.sources.surveys.form import Form
from avis.sources.surveys.gathering import Gathering
from avis.sources.surveys.older import form_with_older
from avis.sources.surveys.repeats import Links, gather
from avis.sources.surveys.tables import read_table, read_tables
from avis.sources.surveys.tools import Responses

_START = 20
"""Rows among which the header stands."""
LINKS = Links(own="KEY", parent="PARENT_KEY", global_keys=True)
CENTRAL_COLUMNS = frozenset(
    {
        *("SubmissionDate", "KEY", "PARENT_KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent"),
        *("AttachmentsExpected", "Status", "ReviewState", "DeviceID", "Edits", "FormVersion"),
        *(
            "meta-instanceID",
            "meta-instanceName",
            "instanceID",
            "instanceName",
            "meta-audit",
            "meta-deprecatedID",
        ),
        *(
            "start",
            "end",
            "today",
            "deviceid",
            "username",
            "phonenumber",
            "simserial",
            "subscriberid",
            "audit",
        ),
    }
)
"""Columns that ODK Central, or the form's own settings, add."""


def suits(exports: Sequence[Export], form: Form | None) -> bool:
    """Tell whether these are answers to a form that is known, with the keys of ODK Central."""
    grids = [(grid, export.name) for export in exports for grid in export.grids]
    if form is None or not grids or not all(export.grids for export in exports):
        return False
    heads = [
        read_table(replace(grid, rows=grid.rows[:_START], lines=grid.lines[:_START]), name, Problems())
        for grid, name in grids
    ]
    known = ("SubmissionDate", "PARENT_KEY", "meta-instanceID", "instanceID", "SubmitterName")
    return all(head.has("KEY") and any(head.has(name) for name in known) for head in heads)


def read(exports: Sequence[Export], form: Form | None, person: str, problems: Problems) -> Responses:
    """Read the answers to a form from the files of a set; `person` names the column that holds person codes.

    Errors and remarks: as for Kobo (see `kobo.read`).
    """
    assert form is not None  # see `suits`
    gathering = Gathering(form, problems, CENTRAL_COLUMNS)
    answers, repeats = gather(gathering, read_tables(exports, problems), LINKS, person)
    for one in (answers, *repeats.values()):
        form = form_with_older(form, one.columns)
    return Responses("ODK Central", form, answers, repeats, tuple(dict.fromkeys(gathering.left_out)))
