"""Kobo exports: CSV (`;` or `,`), XLSX or ODS, values as XML codes or as labels in any language of the form.

Repeats stand on sheets of their own, joined by `_parent_index` to `_index`; the form says which hangs on
which, since Kobo cuts the names of sheets.
"""

from __future__ import annotations

from collections.abc import Sequence

from avis.errors import Problems
from avis.sources.surveys.codebooks import Codebook
from avis.sources.surveys.exports import Export
from avis.sources.surveys.form import Form
from avis.sources.surveys.gathering import Gathering
from avis.sources.surveys.older import form_with_older
from avis.sources.surveys.repeats import Links, gather
from avis.sources.surveys.servers import ask_for_form, from_server
from avis.sources.surveys.tables import read_tables
from avis.sources.surveys.tools import Responses

LINKS = Links(own="_index", parent="_parent_index")


def suits(exports: Sequence[Export], form: Form | None) -> bool:
    """Tell whether these are tables of answers to a form that is known, and is no codebook.

    Without a form, those that a server wrote suit too: their form is asked for.
    """
    if form is None:
        return bool(from_server(exports))
    known = not isinstance(form, Codebook)
    return known and bool(exports) and all(export.grids for export in exports)


def read(exports: Sequence[Export], form: Form | None, person: str, problems: Problems) -> Responses:
    """Read the answers to a form from one or more exports; `person` names the column that holds person codes.

    Errors: SRC-255 no form, SRC-011 a row too short or too long, and those of `gather`. Remarks: SRC-060 to
    SRC-067, SRC-071, SRC-074, SRC-077, SRC-078 what is no code, SRC-240 and SRC-241 codes of other versions
    of the form.
    """
    if form is None:
        return ask_for_form(exports, "KoboToolbox / ODK", problems)
    gathering = Gathering(form, problems)
    answers, repeats = gather(gathering, read_tables(exports, problems), LINKS, person)
    for one in (answers, *repeats.values()):
        form = form_with_older(form, one.columns)
    return Responses("KoboToolbox", form, answers, repeats, tuple(dict.fromkeys(gathering.left_out)))
