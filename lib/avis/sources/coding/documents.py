"""Documents of a coding project → meetings, segments and codings.

Nobody is named: a document's name may be a person's, a user's always is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from avis.errors import Place, Problems
from avis.periods import is_date
from avis.sources.coding.codes_model import slug
from avis.sources.coding.smooth import Smooth, smooth, smoothed
from avis.sources.notes.codemarks import read_tag
from avis.sources.notes.model import (
    CODING_COLUMNS,
    CODING_TYPES,
    MEETING_COLUMNS,
    SEGMENT_COLUMNS,
    Notes,
    typed,
)
from avis.sources.notes.naming import KINDS, safe_name
from avis.sources.notes.paragraphs import Paragraph, Said, take_apart
from avis.spelling import fold, suggest

MAX_ROWS = 300_000
"""Paragraphs and codings of a project: two hundred interviews of an hour have 60 000."""
NUMBERED = "codeur-"
"""What users of a tool are called, with a number behind: their names are never kept."""
_DATE = re.compile(r"(?<!\d)(\d{4})[-_. ]?(\d\d)[-_. ]?(\d\d)(?!\d)")
_LINE = re.compile(r"[^\r\n\u2028\u2029]+")


@dataclass(frozen=True)
class Selection:
    """A passage that somebody marked: where (code points, or none), its words, codes with their coder."""

    span: tuple[int, int] | None
    words: str = field(repr=False)
    codes: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Document:
    """A document of a project: `paragraphs` are where they begin and end in its text."""

    text: str = field(default="", repr=False)
    paragraphs: tuple[tuple[int, int], ...] = ()
    selections: tuple[Selection, ...] = field(default=(), repr=False)
    memos: tuple[str, ...] = field(default=(), repr=False)


def lines_of(text: str) -> tuple[tuple[int, int], ...]:
    r"""Give the lines of a plain text that hold words: a line is a paragraph, so that two people share none.

    >>> lines_of("a\r\n\r\n  \nbc")
    ((0, 1), (8, 10))
    """
    return tuple(found.span() for found in _LINE.finditer(text) if found[0].strip())


class Gathering:
    """Rows of the three tables, as documents come in."""

    def __init__(self, file: str, problems: Problems, themes: Mapping[str, str]) -> None:
        """Begin; `themes` names each code by its key."""
        self.file, self.problems, self.themes = file, problems, themes
        self.meetings: list[dict[str, Any]] = []
        self.segments: list[dict[str, Any]] = []
        self.codings: list[dict[str, Any]] = []
        self.coders: dict[str, str] = {}
        self.ids: set[str] = set()
        self.rows = self.renamed = self.memos = self.lost = 0

    def coder(self, user: str) -> str:
        """Name a user by order of appearance: `codeur-1`, never by name; empty where nobody is said."""
        return self.coders.setdefault(user, f"{NUMBERED}{len(self.coders) + 1}") if user else ""

    def take(self, document: Document, id: str) -> None:
        """Take a document in, under an id that `name_of` gave."""
        paragraphs = [
            _Paragraph(document.text[start:end], start, number, [])
            for number, (start, end) in enumerate(document.paragraphs, 1)
        ]
        ends = [paragraph.end for paragraph in paragraphs]
        if not self._holds(document, ends):
            return
        loose = [
            selection
            for selection in document.selections
            if selection.codes and not _spread(selection, paragraphs, ends)
        ]
        for paragraph in paragraphs:
            self._keep(paragraph, id)
        for selection in loose:
            self._quote(selection, id)
        for memo in document.memos:
            self.memo(memo, id)

    def _holds(self, document: Document, ends: list[int]) -> bool:
        """Tell whether there is room: a passage over all of a text is a row for each of its paragraphs."""
        spans = (one.span for one in document.selections if one.span and one.codes)
        over = sum(bisect_left(ends, end) - bisect_left(ends, start) + 1 for start, end in spans)
        self.rows += len(ends) + over
        if self.rows > MAX_ROWS:
            self.problems.add("SRC-374", Place(self.file), most=MAX_ROWS)
        return self.rows <= MAX_ROWS

    def name_of(self, name: str) -> str:
        """Make the meeting of a document of that name; give its id."""
        number = len(self.meetings) + 1
        safe = safe_name(name)
        id = safe if safe and safe not in self.ids else f"document-{number}"
        while id in self.ids:
            number += 1
            id = f"document-{number}"
        self.ids.add(id)
        self.renamed += id != safe
        kind = next((KINDS[word] for word in safe.split("-") if word in KINDS), "meeting")
        row = dict.fromkeys(MEETING_COLUMNS, "") | {"id": id, "kind": kind, "file": self.file}
        self.meetings.append(row | {"date": _date(safe), "participants": None})
        return id

    def memo(self, words: str, meeting: str = "") -> None:
        """Keep what a coder wrote for herself as a segment that never leaves."""
        if text := smooth(words):
            self.memos += 1
            self._segment(meeting, text, 0, kind="memo")

    def _keep(self, paragraph: _Paragraph, meeting: str) -> None:
        words = smoothed(paragraph.stored)
        spans = [(words.start(start), words.end(end), codes) for start, end, codes in paragraph.selected]
        said, begins = _spoken(words, paragraph.number, [end for _, end, _ in spans])
        told = {"kind": "observation"} if said is None else _told(said)
        id = self._segment(meeting, words.text[begins:], paragraph.number, **told)
        for start, end, codes in spans:
            self._code(id, codes, max(start - begins, 0), end - begins)

    def _quote(self, selection: Selection, meeting: str) -> None:
        words = smooth(selection.words)
        if not words:
            self.lost += 1
            return
        id = self._segment(meeting, words, 0, kind="observation")
        self._code(id, selection.codes, 0, len(words))

    def _segment(self, meeting: str, text: str, line: int, **told: str) -> str:
        id = f"{meeting or 'projet'}-{len(self.segments) + 1:04d}"
        row: dict[str, Any] = dict.fromkeys(SEGMENT_COLUMNS, "") | {
            "id": id,
            "meeting": meeting,
            "text": text,
        }
        self.segments.append(row | {"file": self.file, "line": line, "written_id": False} | told)
        return id

    def _code(self, segment: str, codes: Iterable[tuple[str, str]], start: int, end: int) -> None:
        for code, user in codes:
            theme, coder = self.themes[code], self.coder(user)
            if theme:
                row = {"segment": segment, "theme": theme, "start": start, "end": end, "coder": coder}
                self.codings.append(row | {"against": False})

    def tables(self, bare: bool = True) -> Notes:
        """Give the tables, and say what became of names and memos; `bare`: meetings without words too."""
        place = Place(self.file)
        for code, n in (("SRC-357", self.renamed), ("SRC-358", self.memos)):
            if n:
                self.problems.warn(code, place, n=n)
        held = {segment["meeting"] for segment in self.segments}
        kept = [meeting for meeting in self.meetings if bare or meeting["id"] in held]
        meetings = pd.DataFrame(kept, columns=MEETING_COLUMNS)
        text = [name for name in MEETING_COLUMNS if name != "participants"]
        return Notes(
            meetings.astype({"participants": "Int64", **dict.fromkeys(text, "str")}),
            typed(self.segments, SEGMENT_COLUMNS, {"line": "int64", "written_id": "bool"}),
            typed(self.codings, CODING_COLUMNS, CODING_TYPES),
        )


@dataclass(frozen=True)
class _Paragraph:
    stored: str = field(repr=False)
    start: int
    number: int
    selected: list[tuple[int, int, tuple[tuple[str, str], ...]]] = field(repr=False)

    @property
    def end(self) -> int:
        return self.start + len(self.stored)


def _spread(selection: Selection, paragraphs: list[_Paragraph], ends: list[int]) -> bool:
    """Give a selection to each paragraph in which it holds words; tell whether there is one."""
    if selection.span is None:
        return False
    start, end = selection.span
    found = False
    for paragraph in paragraphs[bisect_left(ends, start + 1) :]:
        if paragraph.start >= end:
            break
        first, last = max(start - paragraph.start, 0), min(end, paragraph.end) - paragraph.start
        if paragraph.stored[first:last].strip():
            paragraph.selected.append((first, last, selection.codes))
            found = True
    return found


def _spoken(words: Smooth, line: int, ends: list[int]) -> tuple[Said | None, int]:
    """Take the speaker off a paragraph, as in notes; not where somebody coded the speaker alone.

    Codes at the end stay: they are words that a tool of coding knows nothing of.
    """
    said = take_apart(Paragraph(line, (words.text,)))
    if said.unspoken or not said.text:
        return None, 0
    begins, tags = words.text.find(said.text), {mark.tag.code for mark in said.marks}
    while begins >= 0 and _tags(words.text[begins + len(said.text) :]) != tags:
        begins = words.text.find(said.text, begins + 1)
    alone = begins < 0 or min(ends, default=begins + 1) <= begins
    return (None, 0) if alone else (said, begins)


def _tags(rest: str) -> set[str]:
    return {tag.code if (tag := read_tag(word)) else word for word in rest.split()}


def _told(said: Said) -> dict[str, str]:
    return {"kind": said.kind, "speaker": said.speaker, "language": said.language}


def _date(id: str) -> str:
    found = _DATE.search(id)
    date = "-".join(found.groups()) if found else ""
    return date if is_date(date) else ""


def themes_of(
    ids: Mapping[str, str], known: Mapping[str, str] | None, place: Place, problems: Problems
) -> dict[str, str]:
    """Name each code of a project by the codebook's (`known`), each as it is where there is none.

    Error: SRC-111 a code that the codebook does not have; its codings are left out.
    """
    if known is None:
        return dict(ids)
    slugs = {slug(code): code for code in known.values()}
    themes = {}
    for key, name in ids.items():
        themes[key] = known.get(fold(name), "") or slugs.get(slug(name) or name, "")
        if not themes[key]:
            problems.add("SRC-111", place, **suggest(name, known.values()))
    return themes
