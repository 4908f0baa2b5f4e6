"""What notes become: meetings, segments, codings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pandas as pd

_MEETINGS = ["id", "date", "place", "kind", "languages", "participants", "facilitators", "guide", "setting"]
MEETING_COLUMNS = [*_MEETINGS, "returned", "absent_fr", "absent_en", "coders", "file"]
_SEGMENTS = ["id", "meeting", "text", "speaker", "language", "kind", "heading", "file", "line"]
SEGMENT_COLUMNS = [*_SEGMENTS, "written_id"]
CODING_COLUMNS = ["segment", "theme", "start", "end", "coder", "against"]
CODING_TYPES = {"start": "int64", "end": "int64", "against": "bool"}


@dataclass(frozen=True)
class Notes:
    """What was said and observed, as tables.

    `meetings`: id, date, place, kind (workshop, interview, session; meeting where unknown), languages,
    participants (Int64), facilitators (roles), guide, setting, returned (a date, or empty), absent_fr,
    absent_en, coders (codes of who read it to code it, between spaces), file.
    `segments`: id, meeting, text, speaker (code, `group`, `facilitator` or empty), language, kind (speech,
    facilitation, observation, summary, memo, space, withdrawn), heading (`A > B`), file, line (the
    paragraph's number in a document), written_id (False: the id is only proposed). A memo never leaves;
    facilitation is never counted nor quoted as words of participants.
    `codings`: segment, theme, start, end (code points of the text), coder (a short code;
    empty: the team), against (somebody says otherwise there).
    """

    meetings: pd.DataFrame = field(repr=False)
    segments: pd.DataFrame = field(repr=False)
    codings: pd.DataFrame = field(repr=False)


def typed(rows: list[dict[str, Any]], columns: list[str], types: dict[str, str]) -> pd.DataFrame:
    """Make a table of rows, every column of text but those that `types` names."""
    return pd.DataFrame(rows, columns=columns).astype({name: types.get(name, "str") for name in columns})


def no_notes() -> Notes:
    """Give tables of notes without a row, each with its columns."""
    meetings = typed([], MEETING_COLUMNS, {"participants": "Int64"})
    segments = typed([], SEGMENT_COLUMNS, {"line": "int64", "written_id": "bool"})
    return Notes(meetings, segments, typed([], CODING_COLUMNS, CODING_TYPES))
