"""The first lines of a note: its title, lines « Clé : valeur », and names of those present.

A list of who was there has no place in a note, wherever it stands: it is dropped, and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from avis.errors import Place, Problems
from avis.marked import Marked
from avis.sources.notes.blocks import Block, Unit
from avis.sources.notes.front import key_of, number_of, put
from avis.sources.notes.paragraphs import clean

_Line = tuple[int, Block]
"""The index of a block, and one of its lines as a block of its own."""
_PAIR = re.compile(r"(?P<key>[^:|]{1,40}?)\s*[:|]\s*(?P<value>.*)", re.DOTALL)
"""« Date : 4 mars 2024 », or a row of a table: « Date | 4 mars 2024 »."""
_MOST_TITLES = 4
_LONGEST_TITLE = 100
_FIRST_LINES = 20
"""Lines at the top among which people write who was there."""
_NO_TITLE = re.compile(r":\s|[.!?…]$|#\w")
_NAMES = re.compile(r"[^\W\d_][\w.'’-]*(?:[ ,;&]+(?:et |and )?[^\W\d_][\w.'’-]*){0,5}[,;]?")


def take_front(
    blocks: tuple[Block, ...], name: str, unit: Unit, problems: Problems
) -> tuple[Marked | None, tuple[Block, ...]]:
    """Take the lines « Clé : valeur » from the top of a note, below its title; the first other ends them.

    What stands above them is a title, and becomes a heading. Remarks: SRC-322 people who are named there.
    """
    lines = _lines(blocks, unit)
    titles = _cut_titles(lines)
    data: dict[str, Any] = {}
    marks: dict[tuple[str | int, ...], tuple[int, int]] = {}
    while lines and (pair := _pair(lines[0][1])):
        number = lines.pop(0)[1].number
        marks[(pair[0],)] = (number, 1)
        place = Place(name, line=number, field=pair[0], unit=unit)
        put(data, *pair, place, problems)
        if pair[0] == "participants" and not pair[1] and _cut_names(lines):
            problems.warn("SRC-322", place)
    if not marks:
        return None, blocks
    return Marked(name, data, marks), (*titles, *_together(lines, unit))


def drop_present(blocks: tuple[Block, ...], name: str, unit: Unit, problems: Problems) -> tuple[Block, ...]:
    """Leave out the names of those present among the first lines. Remark: SRC-322, and nothing is kept."""
    lines = _lines(blocks, unit)
    kept: list[_Line] = []
    while lines and len(kept) < _FIRST_LINES:
        line = lines.pop(0)
        pair = _pair(line[1])
        if pair is None or pair[0] != "participants" or number_of(pair[1]):
            kept.append(line)
        elif pair[1] or _cut_names(lines):
            problems.warn("SRC-322", Place(name, line=line[1].number, field=pair[0], unit=unit))
    return tuple(_together([*kept, *lines], unit))


def _lines(blocks: tuple[Block, ...], unit: Unit) -> list[_Line]:
    step = 1 if unit == "line" else 0
    return [
        (index, block if block.level else replace(block, number=block.number + at * step, lines=(line,)))
        for index, block in enumerate(blocks)
        for at, line in enumerate(("",) if block.level else block.lines)
    ]


def _together(lines: list[_Line], unit: Unit) -> Iterator[Block]:
    """Put lines back into their blocks; a block goes on below what was cut out of it as another one."""
    held: Block | None = None
    of = -1
    for index, line in lines:
        there = unit == "paragraph" or (held and line.number == held.number + len(held.lines))
        if held and index == of and there and not line.level:
            held = replace(held, lines=(*held.lines, *line.lines))
            continue
        if held:
            yield held
        held, of = line, index
    if held:
        yield held


def _cut_titles(lines: list[_Line]) -> list[Block]:
    """Cut off what stands above the first line « Clé : valeur », where that is headings and short titles."""
    titles: list[Block] = []
    for at, (_, line) in enumerate(lines):
        if _pair(line):
            del lines[:at]
            return [replace(title, level=title.level or 1) for title in titles]
        if sum(not title.level for title in titles) == _MOST_TITLES or not (line.level or _is_title(line)):
            return []
        titles.append(line)
    return []


def _is_title(line: Block) -> bool:
    words = line.lines[0].strip()
    return len(words) <= _LONGEST_TITLE and not words.startswith("{") and not _NO_TITLE.search(words)


def _cut_names(lines: list[_Line]) -> bool:
    """Cut off the lines below « Présents : » that hold nothing but words like names."""
    names = 0
    for _, line in lines:
        words = clean(" ".join(line.lines))
        if line.level or not _NAMES.fullmatch(words) or not words[0].isupper():
            break
        names += 1
    del lines[:names]
    return names > 0


def _pair(line: Block) -> tuple[str, str] | None:
    """Give key and value of a line that tells what the note is."""
    if line.level:
        return None
    found = _PAIR.fullmatch(line.lines[0].replace("**", "").strip())
    key = key_of(found["key"]) if found else ""
    return (key, clean(found["value"])) if found and key else None
