"""One note, whoever wrote it → its front matter and its paragraphs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from avis.errors import Place, Problems
from avis.marked import Marked, parse_yaml
from avis.schema import check_document
from avis.sources.files.delimited import decode
from avis.sources.notes.paragraphs import Said, blank_comments, split_paragraphs, take_apart

MOST_BYTES = 2_000_000
"""A day of transcribed speech is some 300 kB; a larger note is another kind of file."""


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
