"""Notes one after the other → the tables of meetings, segments and codings.

No message holds a person's words: not even a wrong code, which may be a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd

from avis.errors import Place, Problems
from avis.periods import is_date
from avis.sources.notes.codemarks import CODER, Mark, has_broken_mark
from avis.sources.notes.model import (
    CODING_COLUMNS,
    CODING_TYPES,
    MEETING_COLUMNS,
    SEGMENT_COLUMNS,
    Notes,
    typed,
)
from avis.sources.notes.naming import safe_name
from avis.sources.notes.note import Note
from avis.sources.notes.paragraphs import EMPTY, Said
from avis.spelling import fold, suggest

_KINDS = {
    **dict.fromkeys(("atelier", "workshop"), "workshop"),
    **dict.fromkeys(("entretien", "interview"), "interview"),
    **dict.fromkeys(("seance", "session"), "session"),
}
_UNKNOWN_KIND = "meeting"
"""What a note without a type is called: nobody can tell how many spoke."""

_FIRST = 5
"""Paragraphs without ids that are named; the others are counted."""


class Gathered:
    """Rows of the three tables, and the ids that were met on the way."""

    def __init__(self, problems: Problems, codes: Mapping[str, str] | None, loose: bool = False) -> None:
        """Take `codes` by their folded spelling, or none where any code is known.

        `loose` files are looked at outside an evaluation: nothing is built from them, so that a missing date
        is a remark, and missing ids are one.
        """
        self.problems = problems
        self.loose = loose
        self.codes = codes
        self.meetings: dict[str, dict[str, Any]] = {}
        self.segments: list[dict[str, Any]] = []
        self.codings: list[dict[str, Any]] = []
        self.ids: dict[str, Place] = {}

    def take(self, note: Note) -> None:
        meeting = self._meeting(note)
        if meeting["id"] in self.meetings:
            other = self.meetings[meeting["id"]]["file"]
            self.problems.add("SRC-107", note.place(key="id"), id=meeting["id"], other=other)
            return
        self.meetings[meeting["id"]] = meeting
        proposals = propose_ids(meeting["id"], note.paragraphs)
        languages = str(meeting["languages"]).split()
        self._tell_without(note, proposals)
        for said, proposal in zip(note.paragraphs, proposals, strict=True):
            place = note.place(said.line)
            id = self._id(said, place, proposal)
            if id and self._has_words(said, place):
                self._remark(said, place, languages)
                self._keep(said, id, meeting, place)

    def _tell_without(self, note: Note, proposals: list[str]) -> None:
        """Say once of how many paragraphs no consent can hold on to the words, and where the first are."""
        without = [(said.line, id) for said, id in zip(note.paragraphs, proposals, strict=True) if id]
        if not without:
            return
        (line, proposal), n = without[0], len(without)
        if self.loose:
            self.problems.warn("SRC-345", note.place(), n=n)
            return
        lines = ", ".join(str(line) for line, _ in without[:_FIRST]) + ("…" if n > _FIRST else "")
        self.problems.warn("SRC-108", note.place(line), n=n, lines=lines, proposal=proposal)

    def _meeting(self, note: Note) -> dict[str, Any]:
        front = note.front
        id = str(front.get("id", ""))
        if not id:
            id = self._neutral(note.file)
            self.problems.warn("SRC-104", note.place(), id=id)
        if not front.get("type"):
            self.problems.warn("SRC-106", note.place(key="type"))
        kind = _KINDS.get(fold(str(front.get("type", ""))), _UNKNOWN_KIND)
        participants = front.get("participants")
        if kind in ("workshop", "session") and participants is None:
            self.problems.warn("SRC-346", note.place())
        absent = front.get("absents", {})
        returned = str(front.get("rendu", ""))
        return {
            "id": id,
            "date": self._date(note),
            "place": front.get("lieu", ""),
            "kind": kind,
            "languages": " ".join(_listed(front.get("langues"))),
            "participants": participants if isinstance(participants, int) else None,
            "facilitators": ", ".join(_listed(front.get("animation"))),
            "guide": front.get("guide", ""),
            "setting": front.get("cadre", ""),
            "returned": returned if returned[:1].isdigit() else "",
            "absent_fr": absent.get("fr", "") if isinstance(absent, dict) else "",
            "absent_en": absent.get("en", "") if isinstance(absent, dict) else "",
            "coders": " ".join(coder for coder in _listed(front.get("codage")) if CODER.fullmatch(coder)),
            "file": note.file,
        }

    def _neutral(self, file: str) -> str:
        """Name a meeting after its file where that name can be no person's."""
        numbered = (f"document-{number}" for number in count(len(self.meetings) + 1))
        return safe_name(Path(file).stem, coded=False) or next(
            id for id in numbered if id not in self.meetings
        )

    def _date(self, note: Note) -> str:
        date = str(note.front.get("date", ""))[:10]
        if is_date(date):
            return date
        place = note.place(key="date")
        told = [item.place for item in self.problems if item.code.startswith("EVA")]
        if place not in told:  # a date of another form was told by the schema
            (self.problems.warn if self.loose else self.problems.add)("SRC-105", place)
        return ""

    def _id(self, said: Said, place: Place, proposal: str) -> str:
        if said.bad_id:
            self.problems.add("SRC-109", place)
            return ""
        id = said.id or proposal
        first = self.ids.setdefault(id.casefold(), place)
        if first is not place:
            self.problems.add("SRC-110", place, id=id, file=first.file, line=first.line)
            return ""
        return id

    def _has_words(self, said: Said, place: Place) -> bool:
        if not said.text and said.kind not in EMPTY:
            self.problems.add("SRC-113", place)
            return False
        return True

    def _remark(self, said: Said, place: Place, languages: list[str]) -> None:
        if said.unspoken:
            self.problems.warn("SRC-114", place)
        if said.named:
            self.problems.warn("SRC-115", place)
        if said.language and languages and said.language not in languages and said.kind not in EMPTY:
            self.problems.warn("SRC-116", place, language=said.language)
        if has_broken_mark(said.text):
            self.problems.warn("SRC-421", place)
        for _, line in (tag for tag in said.inner_tags if self.codes and fold(tag[0]) in self.codes):
            self.problems.warn("SRC-112", replace(place, line=line))

    def _keep(self, said: Said, id: str, meeting: Mapping[str, Any], place: Place) -> None:
        languages = str(meeting["languages"]).split()
        self.segments.append(
            {
                "id": id,
                "meeting": meeting["id"],
                "text": said.text,
                "speaker": said.speaker,
                "language": said.language or (languages[0] if languages else ""),
                "kind": said.kind,
                "heading": said.heading,
                "file": meeting["file"],
                "line": said.line,
                "written_id": bool(said.id),
            }
        )
        marks = [self._coding(mark, id, replace(place, line=mark.line)) for mark in said.marks]
        self.codings += {tuple(row.items()): row for row in marks if row["theme"]}.values()

    def _coding(self, mark: Mark, id: str, place: Place) -> dict[str, Any]:
        tag, coder = mark.tag, mark.tag.coder.casefold()
        if coder and not CODER.fullmatch(coder):
            self.problems.add("SRC-420", place)
        row = {"segment": id, "theme": self._theme(tag.code, place), "start": mark.start, "end": mark.end}
        return row | {"coder": coder, "against": tag.against}

    def _theme(self, tag: str, place: Place) -> str:
        if self.codes is None:
            return tag
        known = self.codes.get(fold(tag), "")
        if not known:
            self.problems.add("SRC-111", place, **suggest(tag, self.codes.values()))
        return known

    def tables(self) -> Notes:
        meetings = pd.DataFrame(list(self.meetings.values()), columns=MEETING_COLUMNS)
        text = [name for name in MEETING_COLUMNS if name != "participants"]
        return Notes(
            meetings.astype({"participants": "Int64", **dict.fromkeys(text, "str")}),
            typed(self.segments, SEGMENT_COLUMNS, {"line": "int64", "written_id": "bool"}),
            typed(self.codings, CODING_COLUMNS, CODING_TYPES),
        )


def _listed(value: object) -> list[str]:
    """A list of words; what is none was reported by the schema."""
    return [str(item) for item in value] if isinstance(value, list) else []


def propose_ids(meeting: str, paragraphs: Iterable[Said]) -> list[str]:
    """Propose the next free number of the meeting to each paragraph without id; nothing to the others."""
    own = re.compile(rf"{re.escape(meeting)}-(\d{{1,9}})", re.I)
    numbers = [int(found[1]) for said in paragraphs if (found := own.fullmatch(said.id))]
    free = count(max(numbers, default=0) + 1)
    return ["" if said.id or said.bad_id else f"{meeting}-{next(free):02d}" for said in paragraphs]
