"""Records of methods (stories of change, harvested outcomes, H-forms, scorecards, ripples) from YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.i18n import LANGUAGES
from avis.marked import Keys, Marked, load_yaml
from avis.schema import check_document, read_as
from avis.sources.notes.model import SEGMENT_COLUMNS, Notes, typed
from avis.sources.stories_meaning import check_meaning
from avis.sources.stories_model import SCHEMAS, Record
from avis.spelling import suggest

TAKEN_BACK = ("[parole reprise]", "[words taken back]")
"""What stands in the place of words that somebody took back, as in notes."""
_SAID = {"id", "language", "words"}


@dataclass(frozen=True)
class Stories:
    """The records that could be read, and where each part of them stands."""

    records: tuple[Record, ...] = field(default=(), repr=False)
    marked: Mapping[str, Marked] = field(default_factory=dict, repr=False)
    """The file of each record, by the record's id."""

    def place(self, record: str, *keys: str | int) -> Place:
        """Say where a part of a record stands."""
        return self.marked[record].place(keys)


def read_stories(evaluation: Evaluation, problems: Problems) -> Stories:
    """Read every record of `sources.stories`, one a file; a file that is wrong takes no other along.

    Errors: those of `load_yaml` and `check_document` (by `data/schema/{changement,recolte,h-form,
    carte-de-score,ricochets}.schema.json`), SRC-430 no known method, SRC-432 one id twice, and those of
    `check_meaning`.
    """
    records: list[Record] = []
    marked: dict[str, Marked] = {}
    first: dict[str, Place] = {}
    for path in evaluation.files(evaluation.settings.sources.stories):
        found = load_yaml(path, evaluation.name(path), problems)
        record = _record(found, problems) if found is not None else None
        if found is None or record is None:
            continue
        before = len(problems.errors)
        check_meaning(record, found, problems)
        _check_ids(found, first, problems)
        if len(problems.errors) == before:
            records.append(record)
            marked[record.id] = found
    return Stories(tuple(records), marked)


def _record(marked: Marked, problems: Problems) -> Record | None:
    """Read one record by the schema of its method; none where something of it is wrong."""
    method = marked.data.get("method") if isinstance(marked.data, dict) else None
    if method not in SCHEMAS:
        problems.add("SRC-430", marked.place(("method",)), known=", ".join(SCHEMAS), **_near(method))
        return None
    before = len(problems.errors)
    schema, kind = SCHEMAS[method]
    data = check_document(marked, schema, problems)
    if len(problems.errors) > before:
        return None
    record: Record = read_as(data, kind)
    return record


def _near(method: object) -> dict[str, str]:
    return suggest(str(method), SCHEMAS) if method else {}


def _check_ids(marked: Marked, first: dict[str, Place], problems: Problems) -> None:
    """Refuse an id that names two things: a consent or a role would not know which."""
    named = [
        (str(marked.data["id"]), ("id",)),
        *((said["id"], (*keys, "id")) for said, keys, _ in _said(marked)),
    ]
    for id, keys in named:
        place = marked.place(keys)
        if id in first:
            problems.add("SRC-432", place, id=id, other=first[id].file, line=first[id].line)
        first.setdefault(id, place)


def _said(marked: Marked) -> Iterator[tuple[dict[str, str], Keys, str]]:
    """Find all words of people in a record: the words, where they stand, the meeting they are from."""
    yield from _within(marked.data, (), "")


def _within(node: Any, keys: Keys, meeting: str) -> Iterator[tuple[dict[str, str], Keys, str]]:
    if isinstance(node, dict):
        meeting = node.get("meeting") or meeting
        if node.keys() >= _SAID:
            yield node, keys, meeting
        parts: Any = node.items()
    else:
        parts = enumerate(node) if isinstance(node, list) else ()
    for key, value in parts:
        yield from _within(value, (*keys, key), meeting)


def story_segments(stories: Stories) -> pd.DataFrame:
    """Give the words of people in the records, in the columns of the segments of notes (`Notes`).

    `kind` is `speech`, or `withdrawn` (without text) where the words were taken back; `heading` is the
    record's id. Consent, review, access and withdrawal see them as they see paragraphs of notes.
    """
    rows = []
    for id, marked in stories.marked.items():
        for said, keys, meeting in _said(marked):
            text = said["words"].strip()
            taken = text.casefold() in TAKEN_BACK
            row = {"id": said["id"], "meeting": meeting, "text": "" if taken else text, "speaker": ""}
            row |= {"language": said["language"], "kind": "withdrawn" if taken else "speech", "heading": id}
            place = marked.place((*keys, "words"))
            rows.append({**row, "file": place.file, "line": place.line, "written_id": True})
    return typed(rows, SEGMENT_COLUMNS, {"line": "int64", "written_id": "bool"})


def written_in(stories: Stories) -> Iterator[tuple[Place, str, str]]:
    """Give what the evaluation itself wrote in the records: where it stands, its language, the text."""
    for marked in stories.marked.values():
        for keys, language, text in texts_in(marked.data):
            yield marked.place(keys), language, text


def texts_in(node: Any, keys: Keys = ()) -> Iterator[tuple[Keys, str, str]]:
    """Give the texts that stand under the name of a language, anywhere in a file, with the keys above it."""
    parts: Any = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in parts:
        if key in LANGUAGES and isinstance(value, str):
            yield keys, key, value
        yield from texts_in(value, (*keys, key))


def check_against_notes(stories: Stories, notes: Notes, problems: Problems) -> None:
    """Hold the records against the notes of meetings.

    Errors: SRC-446 a meeting that no note is about, SRC-447 an id that a paragraph of the notes has already.
    """
    meetings = set(notes.meetings["id"])
    segments = notes.segments
    where = zip(segments["id"], segments["file"], segments["line"], strict=True)
    paragraphs = {str(id): (str(file), int(line)) for id, file, line in where}
    for marked in stories.marked.values():
        for keys, meeting in _meetings(marked.data, ()):
            if meeting not in meetings:
                problems.add("SRC-446", marked.place(keys), **suggest(meeting, meetings))
        for said, keys, _ in _said(marked):
            if said["id"] in paragraphs:
                file, line = paragraphs[said["id"]]
                place = marked.place((*keys, "id"))
                problems.add("SRC-447", place, id=said["id"], other=file, line=line)


def _meetings(node: Any, keys: Keys) -> Iterator[tuple[Keys, str]]:
    """Find every meeting that a record names, and where."""
    if isinstance(node, dict):
        if "meeting" in node:
            yield (*keys, "meeting"), node["meeting"]
        parts: Any = node.items()
    else:
        parts = enumerate(node) if isinstance(node, list) else ()
    for key, value in parts:
        yield from _meetings(value, (*keys, key))
