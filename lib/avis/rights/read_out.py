"""What somebody can recognise as hers where she has no slip: words read aloud, never who said them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.marked import load_yaml
from avis.rights.asked import spelled
from avis.sources.meetings import read_notes
from avis.sources.stories import TAKEN_BACK

_KINDS = ("speech", "observation", "summary")


@dataclass(frozen=True)
class Said:
    """A word that can be taken back: its number, the meeting it is from, its record if any, its text."""

    id: str
    meeting: str
    record: str = ""
    text: str = field(default="", repr=False)


def said_in(opened: Evaluation, name: str) -> list[Said]:
    """Give what was said at a meeting, in its notes and its records, or all that one record holds."""
    wanted = spelled(name)
    said = [*_notes(opened), *_records(opened)]
    return [one for one in said if wanted and wanted in (spelled(one.meeting), spelled(one.record))]


def known_names(opened: Evaluation) -> list[str]:
    """Give the ids of the meetings and records in which something is said."""
    said = [*_notes(opened), *_records(opened)]
    return list(dict.fromkeys(name for one in said for name in (one.meeting, one.record) if name))


def of_ids(opened: Evaluation, ids: Iterable[str]) -> list[Said]:
    """Give some paragraphs of notes, in the order in which they stand."""
    wanted = set(ids)
    return [one for one in _notes(opened, kinds=()) if one.id in wanted]


def _notes(opened: Evaluation, kinds: tuple[str, ...] = _KINDS) -> Iterator[Said]:
    columns = read_notes(opened, Problems()).segments[["id", "meeting", "text", "kind"]]
    for id, meeting, text, kind in columns.itertuples(index=False):
        if text and (not kinds or kind in kinds):
            yield Said(str(id), str(meeting), text=str(text))


def _records(opened: Evaluation) -> Iterator[Said]:
    """Give the words of records, reasons too; a record with a fault elsewhere still tells its words."""
    for path in opened.files(opened.settings.sources.stories):
        marked = load_yaml(path, opened.name(path), Problems())
        data = marked.data if marked else None
        record = str(data.get("id", "")) if isinstance(data, dict) else ""
        yield from _within(data, record, "")


def _within(value: Any, record: str, meeting: str) -> Iterator[Said]:
    if isinstance(value, dict):
        meeting = str(value.get("meeting") or meeting)
        id = next((str(value[key]) for key in ("contribution", "id") if isinstance(value.get(key), str)), "")
        words = value.get("words")
        if id and isinstance(words, str) and words.strip().casefold() not in TAKEN_BACK:
            yield Said(id, meeting, record, words.strip())
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        yield from _within(part, record, meeting)
