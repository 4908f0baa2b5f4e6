"""Notes of workshops, interviews and sessions → meetings, segments and codings.

A note is Markdown with a YAML front matter; its form is told in `paragraphs` and in `note.schema.json`.
No message holds a person's words: not even a wrong code, which may be a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.marked import Marked, parse_yaml
from avis.periods import is_date
from avis.schema import check_document
from avis.sources.coding.codebook import read_codebook
from avis.sources.files.delimited import decode
from avis.sources.notes.paragraphs import Said, blank_comments, split_paragraphs, take_apart
from avis.spelling import fold, header_key, suggest

MOST_BYTES = 2_000_000
"""A day of transcribed speech is some 300 kB; a larger note is another kind of file."""

_MEETINGS = ["id", "date", "place", "kind", "languages", "participants", "facilitators", "guide", "returned"]
MEETING_COLUMNS = [*_MEETINGS, "absent_fr", "absent_en", "file"]
SEGMENT_COLUMNS = ["id", "meeting", "text", "speaker", "language", "kind", "file", "line", "written_id"]
CODING_COLUMNS = ["segment", "theme", "start", "end", "coder"]

_KINDS = {
    **dict.fromkeys(("atelier", "workshop"), "workshop"),
    **dict.fromkeys(("entretien", "interview"), "interview"),
    **dict.fromkeys(("seance", "session"), "session"),
}
_UNKNOWN_KIND = "meeting"
"""What a note without a type is called: nobody can tell how many spoke."""


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


@dataclass(frozen=True)
class Note:
    """One note: its front matter with all its keys, its body taken apart."""

    file: str
    front: Mapping[str, Any] = field(default_factory=dict)
    marked: Marked | None = None
    paragraphs: tuple[Said, ...] = ()


def read_note(path: Path, name: str, problems: Problems) -> Note | None:
    """Read one note, whoever wrote it; none where it is not text.

    Errors: SRC-100 too large, SRC-101 not text, SRC-102 no front matter (warning), SRC-103 one that does
    not end, SRC-117 a comment that does not end; those of `decode` and of `parse_yaml`.
    """
    text = _text(path, name, problems)
    if text is None:
        return None
    head, body, first_line = _split_front(text, name, problems)
    marked = parse_yaml(head, name, problems, first_line=2) if head.strip() else None
    front = check_document(_filled(marked), "note", problems) if marked else {}
    body, unclosed = blank_comments(body)
    if unclosed:
        problems.add("SRC-117", Place(name, line=first_line + unclosed - 1))
    paragraphs = tuple(take_apart(paragraph) for paragraph in split_paragraphs(body, first_line))
    return Note(name, front if isinstance(front, dict) else {}, marked, paragraphs)


def _text(path: Path, name: str, problems: Problems) -> str | None:
    size = path.stat().st_size
    if size > MOST_BYTES:
        problems.add("SRC-100", Place(name), size=size // 1000, most=MOST_BYTES // 1000)
        return None
    data = path.read_bytes()
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        problems.add("SRC-101", Place(name))
        return None
    text, _ = decode(data, Place(name), problems)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _split_front(text: str, name: str, problems: Problems) -> tuple[str, str, int]:
    """Give front matter, body, and the line on which the body begins."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        problems.warn("SRC-102", Place(name, line=1))
        return "", text, 1
    for number, line in enumerate(lines[1:], 2):
        if line.rstrip() in ("---", "..."):
            return "\n".join(lines[1 : number - 1]), "\n".join(lines[number:]), number + 1
    problems.add("SRC-103", Place(name, line=1))
    return "", "", len(lines) + 1


def _filled(marked: Marked) -> Marked:
    """A key left empty says nothing; it is not a fault."""
    if not isinstance(marked.data, dict):
        return marked
    filled = {key: value for key, value in marked.data.items() if value is not None}
    return Marked(marked.file, filled, marked.marks)


def read_notes(evaluation: Evaluation, problems: Problems) -> Notes:
    """Read all notes of an evaluation.

    Errors: those of `read_note`; SRC-104 (warning) no meeting id, SRC-105 no date or none that exists,
    SRC-106 (warning) no type, SRC-107 one id for two meetings, SRC-108 (warning) a paragraph without id,
    SRC-109 an id of another form, SRC-110 one id for two paragraphs, SRC-111 unknown code, SRC-112 (warning)
    a code inside a sentence, SRC-113 no words, SRC-114 (warning) no speaker, SRC-115 (warning) a speaker who
    is no code, SRC-116 (warning) a language that the meeting does not name.
    """
    gathered = _Gathered(problems, _known_codes(evaluation))
    for path in evaluation.files(evaluation.settings.sources.notes):
        note = read_note(path, evaluation.name(path), problems)
        if note is not None:
            gathered.take(note)
    return gathered.tables()


def _known_codes(evaluation: Evaluation) -> dict[str, str] | None:
    """Codes by their folded spelling; none without a codebook, so that no code is called unknown."""
    codebook = read_codebook(evaluation, Problems())  # its own reader reports what is wrong with it
    return {fold(code): code for code in codebook["code"]} if len(codebook) else None


class _Gathered:
    """Rows of the three tables, and the ids that were met on the way."""

    def __init__(self, problems: Problems, codes: Mapping[str, str] | None) -> None:
        self.problems = problems
        self.codes = codes
        self.meetings: dict[str, dict[str, Any]] = {}
        self.segments: list[dict[str, Any]] = []
        self.codings: list[dict[str, Any]] = []
        self.ids: dict[str, Place] = {}

    def take(self, note: Note) -> None:
        meeting = self._meeting(note)
        if meeting["id"] in self.meetings:
            other = self.meetings[meeting["id"]]["file"]
            self.problems.add("SRC-107", _place(note, "id"), id=meeting["id"], other=other)
            return
        self.meetings[meeting["id"]] = meeting
        proposals = _proposals(meeting["id"], note.paragraphs)
        languages = str(meeting["languages"]).split()
        for said in note.paragraphs:
            place = Place(note.file, line=said.line)
            id = self._id(said, place, proposals)
            if id and self._has_words(said, place):
                self._remark(said, place, languages)
                self._keep(said, id, meeting, languages)

    def _meeting(self, note: Note) -> dict[str, Any]:
        front = note.front
        id = str(front.get("id", ""))
        if not id:
            id = header_key(Path(note.file).stem).replace("_", "-")
            self.problems.warn("SRC-104", Place(note.file, line=1), id=id)
        date = str(front.get("date", ""))[:10]
        if not is_date(date):
            place = _place(note, "date")
            told = [item.place for item in self.problems if item.code.startswith("EVA")]
            if place not in told:  # a date of another form was told by the schema
                self.problems.add("SRC-105", place)
            date = ""
        if not front.get("type"):
            self.problems.warn("SRC-106", _place(note, "type"))
        absent = front.get("absents", {})
        returned, participants = str(front.get("rendu", "")), front.get("participants")
        return {
            "id": id,
            "date": date,
            "place": front.get("lieu", ""),
            "kind": _KINDS.get(fold(str(front.get("type", ""))), _UNKNOWN_KIND),
            "languages": " ".join(_listed(front.get("langues"))),
            "participants": participants if isinstance(participants, int) else None,
            "facilitators": ", ".join(_listed(front.get("animation"))),
            "guide": front.get("guide", ""),
            "returned": returned if returned[:1].isdigit() else "",
            "absent_fr": absent.get("fr", "") if isinstance(absent, dict) else "",
            "absent_en": absent.get("en", "") if isinstance(absent, dict) else "",
            "file": note.file,
        }

    def _id(self, said: Said, place: Place, proposals: Mapping[int, str]) -> str:
        if said.bad_id:
            self.problems.add("SRC-109", place)
            return ""
        id = said.id or proposals[said.line]
        if not said.id:
            self.problems.warn("SRC-108", place, proposal=id)
        first = self.ids.setdefault(id.casefold(), place)
        if first is not place:
            self.problems.add("SRC-110", place, id=id, file=first.file, line=first.line)
            return ""
        return id

    def _has_words(self, said: Said, place: Place) -> bool:
        if not said.text and said.kind != "space":
            self.problems.add("SRC-113", place)
            return False
        return True

    def _remark(self, said: Said, place: Place, languages: list[str]) -> None:
        if said.unspoken:
            self.problems.warn("SRC-114", place)
        if said.named:
            self.problems.warn("SRC-115", place)
        if said.language and languages and said.language not in languages and said.kind != "space":
            self.problems.warn("SRC-116", place, language=said.language)
        for _, line in (tag for tag in said.inner_tags if self.codes and fold(tag[0]) in self.codes):
            self.problems.warn("SRC-112", Place(place.file, line=line))

    def _keep(self, said: Said, id: str, meeting: Mapping[str, Any], languages: list[str]) -> None:
        self.segments.append(
            {
                "id": id,
                "meeting": meeting["id"],
                "text": said.text,
                "speaker": said.speaker,
                "language": said.language or (languages[0] if languages else ""),
                "kind": said.kind,
                "file": meeting["file"],
                "line": said.line,
                "written_id": bool(said.id),
            }
        )
        themes = (self._theme(tag, Place(meeting["file"], line=line)) for tag, line in said.tags)
        for theme in dict.fromkeys(filter(None, themes)):
            coding = {"segment": id, "theme": theme, "start": 0, "end": len(said.text), "coder": ""}
            self.codings.append(coding)

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
            _typed(self.segments, SEGMENT_COLUMNS, {"line": "int64", "written_id": "bool"}),
            _typed(self.codings, CODING_COLUMNS, {"start": "int64", "end": "int64"}),
        )


def _typed(rows: list[dict[str, Any]], columns: list[str], types: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns).astype({name: types.get(name, "str") for name in columns})


def _place(note: Note, key: str) -> Place:
    return note.marked.place((key,)) if note.marked else Place(note.file, line=1)


def _listed(value: object) -> list[str]:
    """A list of words; what is none was reported by the schema."""
    return [str(item) for item in value] if isinstance(value, list) else []


def _proposals(meeting: str, paragraphs: Iterable[Said]) -> dict[int, str]:
    """Propose the next free number to each paragraph without id, by its line."""
    written = [said.id for said in paragraphs if said.id]
    numbers = [int(id.rsplit("-", 1)[1]) for id in written if id.rsplit("-", 1)[-1].isdecimal() and "-" in id]
    free = max(numbers, default=0)
    lines = [said.line for said in paragraphs if not said.id and not said.bad_id]
    return {line: f"{meeting}-{free + number:02d}" for number, line in enumerate(lines, 1)}
