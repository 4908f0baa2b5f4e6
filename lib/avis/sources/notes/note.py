"""One note, in whatever format it was written → its front matter and its paragraphs.

The content decides on the format, never the name; but a text called .md joins its lines as Markdown does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from avis.errors import Place, Problems
from avis.files.apart import run_apart
from avis.files.archives import open_archive
from avis.files.delimited import decode
from avis.files.kinds import OLE, ZIP
from avis.files.opening import Opened, open_file
from avis.marked import Marked
from avis.sources.notes.blocks import TOLD, Body, Unit, from_json
from avis.sources.notes.front import check_front, read_beside, read_front, split_front
from avis.sources.notes.header import drop_present, take_front
from avis.sources.notes.paragraphs import Said, read_said
from avis.sources.notes.plaintext import blank_comments, blank_cues, is_wrapped, read_text
from avis.sources.notes.webpage import is_cut
from avis.spelling import fold

MOST_BYTES = 2_000_000
"""A day of transcribed speech is some 300 kB; a larger text is another kind of file."""
_DOCUMENTS = ("docx", "odt", "fodt", "etherpad", "html")
_MARKDOWN = (".md", ".markdown", ".mkd")
_WRITTEN_BY_A_TOOL = re.compile(rb'\A.?\s*\{\s*"|"pad:|<office:document\b|<html\b|<body\b', re.DOTALL)
"""What begins like a document and is none any more: its beginning is damaged."""
_INTERVIEWS = ("entretien", "interview")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class Note:
    """One note: its front matter with all its keys, its body taken apart.

    `unit` is what the lines of its paragraphs count: paragraphs in a document of Word or LibreOffice.
    """

    file: str
    front: Mapping[str, Any] = field(default_factory=dict, repr=False)
    marked: Marked | None = field(default=None, repr=False)
    paragraphs: tuple[Said, ...] = field(default=(), repr=False)
    unit: Unit = "line"

    def place(self, line: int = 0, key: str = "") -> Place:
        """Say where a paragraph, or a key of the front matter, stands."""
        if key and self.marked:
            place = self.marked.place((key,))
            unit = self.unit if place.file == self.file else "line"
            return Place(place.file, "", place.line, place.column, place.field, unit)
        return Place(self.file, line=line or 1, unit=self.unit)


def read_note(path: Path, name: str, problems: Problems) -> Note | None:
    """Read one note: Markdown, plain text, DOCX, ODT, FODT, a pad's .etherpad, HTML; none if it is not one.

    Errors: SRC-100 a text too large, SRC-101 not text, SRC-103 front matter that does not end, SRC-117 a
    comment that does not end, SRC-320 another kind of file, SRC-344 a cut page; those of `open_file`,
    `open_archive`, `run_apart`, `decode`, `parse_yaml`.
    Remarks: SRC-102 and SRC-321 nothing that says what the note is, SRC-322 people named at its top, SRC-323
    a file beside it that wins, SRC-324 a document without words, SRC-325 to SRC-343 what else the file holds
    (`blocks.TOLD`), SRC-347 memos by their place, SRC-348 and SRC-349 no language, no role.
    """
    opened = open_file(path, name, problems)
    return read_opened(opened, problems) if opened else None


def read_opened(opened: Opened, problems: Problems) -> Note | None:
    """Read a note that is open already."""
    if _is_document(opened):
        body, inside = _read_document(opened, problems), None
    else:
        body, inside = _read_text(opened, problems)
    if body is None:
        return None
    if inside is None:
        inside, blocks = take_front(body.blocks, opened.name, body.unit, problems)
        body = Body(blocks, body.unit, body.dropped)
    body = Body(drop_present(body.blocks, opened.name, body.unit, problems), body.unit, body.dropped)
    note = _make(opened, body, inside, problems)
    _tell_dropped(note, body, problems)
    return note


def _is_document(opened: Opened) -> bool:
    """Tell a document from a text; Markdown may begin with an element of HTML."""
    return opened.kind in _DOCUMENTS and not (opened.kind == "html" and _is_markdown(opened))


def _is_markdown(opened: Opened) -> bool:
    return opened.path.suffix.lower() in _MARKDOWN


def _make(opened: Opened, body: Body, inside: Marked | None, problems: Problems) -> Note:
    beside = read_beside(opened.path, opened.name, problems)
    front = check_front(inside, body.unit, problems) | check_front(beside, "line", problems)
    if _is_document(opened) and not body.blocks:
        problems.warn("SRC-324", opened.place)
    if inside is None and beside is None:
        code = "SRC-321" if _is_document(opened) else "SRC-102"
        problems.warn(code, Place(opened.name, line=1, unit=body.unit), name=f"{opened.path.stem}.yaml")
    elif inside and beside and _both(inside, beside):
        problems.warn("SRC-323", Place(beside.file))
    said = read_said(body, interview=fold(str(front.get("type", ""))) in _INTERVIEWS)
    return Note(opened.name, front, beside or inside, said, body.unit)


def _both(inside: Marked, beside: Marked) -> bool:
    """Tell whether the two disagree about a key."""
    first, second = inside.data, beside.data
    if not isinstance(first, dict) or not isinstance(second, dict):
        return False
    return any(first[key] != second[key] for key in first.keys() & second.keys())


def _tell_dropped(note: Note, body: Body, problems: Problems) -> None:
    for key, code in TOLD.items():
        if body.dropped[key]:
            problems.warn(code, Place(note.file), n=body.dropped[key])


def _read_document(opened: Opened, problems: Problems) -> Body | None:
    if opened.data.startswith(ZIP) and open_archive(opened.data, opened.place, problems) is None:
        return None
    if opened.kind == "html" and is_cut(opened.data):
        problems.add("SRC-344", opened.place)
        return None
    read = run_apart("avis.sources.notes.documents", opened.data, opened.place, problems)
    return from_json(read) if read is not None else None


def _read_text(opened: Opened, problems: Problems) -> tuple[Body | None, Marked | None]:
    if not _is_text(opened, problems):
        return None, None
    text, _ = decode(opened.data, opened.place, problems)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    name, split = opened.name, split_front(text, opened.name, problems)
    markdown = split is not None or _is_markdown(opened)
    head, body, first_line = split or ("", text, 1)
    body, unclosed, comments = blank_comments(body)
    body, times = blank_cues(body)
    if unclosed:
        problems.add("SRC-117", Place(name, line=first_line + unclosed - 1))
    inside = read_front(head, name, problems) or (Marked(name, {}, {}) if split else None)
    read = read_text(body, first_line, joined=markdown or is_wrapped(body))
    read.dropped.update(comments=comments, times=times)
    return read, inside


def _is_text(opened: Opened, problems: Problems) -> bool:
    """A text may begin with a brace and end with a bracket, and be no JSON for all that."""
    if opened.data.startswith(OLE) and _ENCRYPTED in opened.data:
        problems.add("SRC-005", opened.place)
    elif opened.kind == "damaged" or _WRITTEN_BY_A_TOOL.search(opened.data[:4096]):
        problems.add("SRC-003", opened.place)
    elif opened.kind == "binary":
        problems.add("SRC-101", opened.place)
    elif opened.kind not in ("csv", "html") and not (opened.kind == "json" and not _is_json(opened.data)):
        problems.add("SRC-320", opened.place, kind=opened.kind)
    elif len(opened.data) > MOST_BYTES:
        problems.add("SRC-100", opened.place, size=len(opened.data) // 1000, most=MOST_BYTES // 1000)
    else:
        return True
    return False


def _is_json(data: bytes) -> bool:
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True
