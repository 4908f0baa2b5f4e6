"""`.lsa`: LimeSurvey's archive of a survey, a form (`.lss`) and its answers (`.lsr`).

The register of participants (`.lst`) holds names and addresses: it is never opened.
"""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import Element

import numpy as np

from avis.errors import Place, Problems
from avis.files.archives import open_archive
from avis.files.markup import parse_xml
from avis.files.opening import Opened
from avis.sources.surveys.limefields import Fields
from avis.sources.surveys.tables import Table

MOST_BYTES = 100 * 2**20
"""Bytes of the answers: as elements they take some ten times that in memory."""
MOST_ELEMENTS = 4_000_000
"""Elements of the answers: 20 000 of them to 200 questions."""
SHOWN_TYPES = frozenset({"select_one", "select_multiple", "rank"})
"""NULL in their column means « not shown »; in that of a number or a date it also means « no answer »."""
FINISHED = "submitdate"


class Held(NamedTuple):
    """What an archive holds beside its form: a table of answers, and whether it has a register."""

    table: Table | None
    register: bool


def read_answers(opened: Opened, fields: Fields, problems: Problems) -> Held:
    """Read the answers of an archive as a table whose headers are codes.

    Errors: SRC-003 damaged, SRC-007 too large. Remark: SRC-275 an archive without answers.
    """
    archive = open_archive(opened.data, opened.place, problems)
    if archive is None:
        return Held(None, False)
    register = any(name.lower().endswith(".lst") for name in archive.names)
    members = [name for name in archive.names if name.lower().endswith(".lsr")]
    if not members:
        problems.warn("SRC-275", opened.place)
        return Held(None, register)
    data = archive.read(members[0], MOST_BYTES)
    root = _parsed(data, Place(opened.name, members[0]), problems) if data is not None else None
    return Held(None if root is None else _table(root, opened.name, members[0], fields), register)


def _parsed(data: bytes, place: Place, problems: Problems) -> Element | None:
    return parse_xml(data, place, problems, MOST_BYTES, MOST_ELEMENTS)


def _table(root: Element, file: str, member: str, fields: Fields) -> Table:
    """Make a table of the rows; an element that is not there is NULL in the database."""
    rows = [
        {_column(cell.tag): cell.text or "" for cell in row} for row in root.iterfind("responses/rows/row")
    ]
    named = [_column(name.text or "") for name in root.iterfind("responses/fields/fieldname")]
    columns = list(dict.fromkeys([*named, *(name for row in rows for name in row)]))
    known = {name: fields.by_column.get(name) for name in columns}
    headers = [found.header if found else name for name, found in known.items()]
    shown = {name for name, found in known.items() if found and found.type in SHOWN_TYPES}
    cells = [
        [row.get(name, "N/A" if name in shown and row.get(FINISHED) else "") for name in columns]
        for row in rows
    ]
    lines = np.arange(1, len(cells) + 1, dtype=np.int64)
    return Table(Place(file, member), member, headers, cells, lines)


def _column(tag: str) -> str:
    """Give a column's name back: an element's may not begin with a digit, nor hold a sharp sign."""
    name = tag.removeprefix("_") if tag[:1] == "_" and tag[1:2].isdecimal() else tag
    return name.replace("-", "#")
