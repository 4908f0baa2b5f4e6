"""Taking the words of a paragraph out of the note that holds them, and of nothing else.

A text is edited line by line and read again before it is written: if anything but the paragraph had changed,
nothing is written and the file is listed for whoever wrote it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import yaml

from avis.errors import Problems
from avis.files.charsets import wide_encoding
from avis.files.opening import Opened, open_file
from avis.folders import write_whole
from avis.rights.asked import HERS
from avis.sources.notes.gathered import propose_ids
from avis.sources.notes.note import MOST_BYTES, Note, read_opened
from avis.sources.notes.paragraphs import MARKER, Said
from avis.sources.stories import TAKEN_BACK

MARKS = {"fr": TAKEN_BACK[0], "en": TAKEN_BACK[1]}
_TEXTS = ("csv", "html")
"""Kinds that a note in plain text or Markdown may look like."""
_ID = re.compile(r"\s*(\{[^{}\r\n]*\})\s*")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_ENDS = re.compile(r"\s*(?:$|#{1,6}(?:\s|$)|([-*_=]\s*){3,}$|```|~~~)")
"""What ends a paragraph: a blank line, a heading, a rule, a fence."""

Wanted = Mapping[str, str]
"""By id, what stands in the place of the words: "" for the mark alone, else the new words."""


def rewrite_note(path: Path, meeting: str, wanted: Wanted, language: str) -> list[str]:
    """Write a note with some paragraphs taken back or changed; gives the ids that were found in it.

    Raises `Uneditable` where the file is no text, or where another paragraph would have changed with it:
    then nothing was written. Errors: RUN-010 to RUN-012.
    """
    opened = open_file(path, path.name, Problems(), MOST_BYTES)
    note = read_opened(opened, Problems()) if opened else None
    if opened is None or note is None:
        return []
    ids = _ids(note, meeting)
    held = {id: said for id, said in zip(ids, note.paragraphs, strict=True) if id in wanted}
    todo = {id: said for id, said in held.items() if said.kind != "withdrawn" or wanted[id]}
    if not todo:
        return list(held)
    for keep_label in (False, True):
        data = _edited(opened, note, todo, wanted, language, keep_label)
        if data is not None and _is_only_that(note, meeting, replace(opened, data=data), wanted):
            write_whole(path, data, shared=_is_shared(path))
            return list(held)
    raise Uneditable


class Uneditable(Exception):
    """A file that the tool cannot edit safely: whoever wrote it erases the words by hand."""


def _is_shared(path: Path) -> bool:
    return bool(path.stat().st_mode & 0o044)


def _ids(note: Note, meeting: str) -> list[str]:
    """Give the id of every paragraph as `read_notes` gives it, proposed ones too."""
    proposals = propose_ids(meeting, note.paragraphs)
    return [said.id or proposal for said, proposal in zip(note.paragraphs, proposals, strict=True)]


def _edited(
    opened: Opened, note: Note, todo: Mapping[str, Said], wanted: Wanted, language: str, keep_label: bool
) -> bytes | None:
    if opened.kind not in _TEXTS or note.unit != "line":
        raise Uneditable
    encoding, mark = encoding_of(opened.data)
    try:
        lines = _LINE.findall(opened.data[len(mark) :].decode(encoding))
    except UnicodeDecodeError:
        raise Uneditable from None
    starts = sorted(said.line for said in note.paragraphs)
    for id, said in sorted(todo.items(), key=lambda item: -item[1].line):
        after = next((line for line in starts if line > said.line), len(lines) + 1)
        end = _end(lines, said.line, after)
        words = wanted[id] or MARKS.get(said.language, MARKS[language])
        line = _line(lines[said.line - 1], said, words, bool(wanted[id]) or keep_label)
        lines[said.line - 1 : end] = [line + _ending(lines[end - 1])]
    try:
        return mark + "".join(lines).encode(encoding)
    except UnicodeEncodeError:
        return None


def _end(lines: list[str], start: int, after: int) -> int:
    """Give the number of the last line of a paragraph that begins on line `start`."""
    end = start
    while end + 1 < after and end < len(lines) and not _ENDS.match(lines[end].rstrip("\r\n")):
        end += 1
    return end


def _line(first: str, said: Said, words: str, labelled: bool) -> str:
    marker = MARKER.match(first)
    head, rest = (first[: marker.end()], first[marker.end() :]) if marker else ("", first)
    id = _ID.match(rest)
    label = ""
    if labelled:
        start = rest[id.end() :] if id else rest
        label = start.partition(":")[0].strip() + " : " if ":" in start and said.speaker else ""
    return head + (f"{id[1]} " if id else "") + label + words


def _ending(line: str) -> str:
    found = re.search(r"[\r\n]*\Z", line)
    return found[0] if found else ""


def encoding_of(data: bytes) -> tuple[str, bytes]:
    """Tell how a text that is edited in place is written, and the mark of byte order that it begins with."""
    wide = wide_encoding(data)
    if wide:
        mark = codecs.BOM_UTF16_LE if wide == "utf-16-le" else codecs.BOM_UTF16_BE
        return wide, mark if data.startswith(mark) else b""
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252", mark
    return "utf-8", mark


def _is_only_that(before: Note, meeting: str, changed: Opened, wanted: Wanted) -> bool:
    """Read the edited text again: the paragraphs meant are as they should be, and all others as they were."""
    note, ids = read_opened(changed, Problems()), _ids(before, meeting)
    if note is None or len(note.paragraphs) != len(before.paragraphs) or _ids(note, meeting) != ids:
        return False
    pairs = zip(ids, before.paragraphs, note.paragraphs, strict=True)
    return note.front == before.front and all(_is_right(id, old, new, wanted) for id, old, new in pairs)


def _is_right(id: str, old: Said, new: Said, wanted: Wanted) -> bool:
    if id not in wanted:
        return replace(old, line=0, inner_tags=(), marks=()) == replace(new, line=0, inner_tags=(), marks=())
    if not wanted[id]:
        return new.kind == "withdrawn" and not new.text
    return (new.text, new.speaker, new.kind) == (" ".join(wanted[id].split()), old.speaker, old.kind)


def rewrite_record(path: Path, gone: frozenset[str], language: str) -> bool:
    """Put the mark in the place of the words of a record of stories; tells whether any stood there.

    Raises `Uneditable`. Errors: RUN-010 to RUN-012.
    """
    try:
        data = path.read_bytes()
        mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
        text = data[len(mark) :].decode("utf-8")
        nodes = list(_nodes(yaml.compose(text, Loader=yaml.SafeLoader), gone))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError):
        raise Uneditable from None
    todo = [one for one in nodes if one[0].value.strip() not in TAKEN_BACK]
    for node, own in sorted(todo, key=lambda one: -one[0].start_mark.index):
        start, end = node.start_mark.index, node.end_mark.index
        ending = "\n" if text[start:end].endswith("\n") else ""
        text = text[:start] + f'"{MARKS[own or language]}"' + ending + text[end:]
    if todo:
        try:
            yaml.safe_load(text)
        except yaml.YAMLError:
            raise Uneditable from None
        write_whole(path, mark + text.encode("utf-8"), shared=_is_shared(path))
    return bool(todo)


def _nodes(
    node: yaml.Node | None, gone: frozenset[str], inside: bool = False, language: str = ""
) -> list[tuple[yaml.ScalarNode, str]]:
    """Give the scalars that hold somebody's words or their title, with the language that their key names."""
    if isinstance(node, yaml.ScalarNode):
        return [(node, language)] if inside else []
    if isinstance(node, yaml.SequenceNode):
        return [found for part in node.value for found in _nodes(part, gone, inside, language)]
    if not isinstance(node, yaml.MappingNode):
        return []
    named = {key.value: value.value for key, value in node.value if isinstance(value, yaml.ScalarNode)}
    hers = "words" in named and (named.get("id") in gone or named.get("contribution") in gone)
    found = []
    for key, value in node.value:
        name = str(key.value)
        own = name if name in MARKS else language
        found += _nodes(value, gone, inside or (hers and name in HERS), own)
    return found
