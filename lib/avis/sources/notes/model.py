"""What notes become: meetings, segments, codings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

_MEETINGS = ["id", "date", "place", "kind", "languages", "participants", "facilitators", "guide", "returned"]
MEETING_COLUMNS = [*_MEETINGS, "absent_fr", "absent_en", "file"]
SEGMENT_COLUMNS = ["id", "meeting", "text", "speaker", "language", "kind", "file", "line", "written_id"]
CODING_COLUMNS = ["segment", "theme", "start", "end", "coder"]


@dataclass(frozen=True)
class Notes:
    """What was said and observed, as tables.

    `meetings`: id, date, place, kind (workshop, interview, session; meeting where unknown), languages,
    participants (Int64), facilitators (roles), guide, returned (a date, or empty), absent_fr,
    absent_en, file.
    `segments`: id, meeting, text, speaker (code, `group` or empty), language, kind (speech, observation,
    summary, memo, space), file, line, written_id (False: the id is only proposed). A memo never leaves.
    `codings`: segment, theme, start, end (characters of the text), coder.
    """

    meetings: pd.DataFrame
    segments: pd.DataFrame
    codings: pd.DataFrame


def typed(rows: list[dict[str, Any]], columns: list[str], types: dict[str, str]) -> pd.DataFrame:
    """Make a table of rows, every column of text but those that `types` names."""
    return pd.DataFrame(rows, columns=columns).astype({name: types.get(name, "str") for name in columns})
