"""How people and tools write who speaks → the one way that is read: `P2 : words`.

Transcripts put times, numbers of turns and marks of emphasis around a label; subtitles put it in an element.
A label that can be nobody's code is written as `SOMEBODY`, so that a name goes no further.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from avis.sources.notes.blocks import Block
from avis.sources.notes.memos import cut_memo
from avis.sources.notes.speakers import SOMEBODY, cut_time, find_prefixes, is_code, is_name, is_reserved

_FIRST = 160
"""Characters of a line that tell whether somebody begins to speak there."""
_ID = r"(?P<head>(?:\{[^{}]{0,100}\}\s*)?)"
_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_LONG = r"\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,3})?"
_EMPHASIS = re.compile(
    rf"{_ID}(?P<mark>\*{{1,3}}|_{{1,3}})(?P<who>[^*_\n]{{1,60}}?)\s*(?P<in>:?)\s*(?P=mark)\s*(?P<out>:?)\s*"
)
_NUMBERED = re.compile(rf"{_ID}(?:#(?:\d{{1,4}}|{_CLOCK}(?:-\d{{1,2}})?)#\s*)+")
_MARK_OF_TIME = re.compile(rf"#{_CLOCK}-\d{{1,2}}#")
_VOICE = re.compile(rf"{_ID}<v(?:\.[^\s>]*)?\s+(?P<who>[^<>]{{1,80}})>\s*")
_NEXT_VOICE = re.compile(r"(?<=[\s>.!?])(?=<v[.\s])")
_ELEMENT = re.compile(r"</?(?:v|c|i|b|u|lang|ruby|rt)(?:[.\s][^<>]{0,80})?>|<\d\d:[\d:.]{4,10}>")
_HOUR = re.compile(
    rf"{_ID}{_CLOCK}\s*(?:[-–—]\s*)?(?P<rest>(?P<who>[^:()\[\]{{}}#]{{1,60}}?)\s*(?:\([^()]*\)\s*)?:\s.*)"
)
_TIMED = re.compile(
    rf"{_ID}(?P<open>\[?)(?P<who>[^\d\W][^:()\[\]{{}}#\n]{{0,59}}?)[\s,–-]*(?P<in>[\[(]?)\s*"
    rf"(?:(?P<long>{_LONG})|{_CLOCK})\s*[\])]{{0,2}}(?P<end>\s*$|\s+(?=[^\s:]))"
)
_AGED = re.compile(
    rf"{_ID}(?P<who>[^\W\d_]{{1,4}} ?\d{{1,4}}), ?(?P<age>\d{{1,3}} (?:ans|years)[^:()]{{0,30}}?)\s*:"
)
_POINTED = re.compile(rf"{_ID}(?P<who>[^\W\d_][^\W\d_(]{{0,20}}[ _-]?\d{{1,4}})(?:\.|\)|\s+[-–—])\s+(?=\S)")


def write_alike(blocks: Iterable[Block]) -> Iterator[tuple[Block, int]]:
    """Give each block with its labels written one way, and how many times of the recording it has lost.

    A label alone in its block, with its time, goes to the words below it.
    """
    parted = [piece for block in blocks for piece in _part_voices(block)]
    known = find_prefixes(line[:_FIRST] for block in parted if not block.level for line in block.lines)
    held = ""
    for block in parted:
        if block.level:
            held = ""
            yield block, 0
            continue
        written = [_write(line, known) for line in block.lines]
        times = sum(count for _, count in written)
        lines = tuple(line for line, _ in written)
        if held and lines:
            lines = (lines[0] if _speaks(lines[0]) else f"{held} {lines[0]}", *lines[1:])
        held = lines[-1] if lines and lines[-1] != block.lines[-1] and _is_bare(lines[-1]) else ""
        yield replace(block, lines=lines[:-1] if held else lines), times


def _is_bare(line: str) -> bool:
    """A label alone; one that has an id keeps its own paragraph, and is said to have no words."""
    return line.endswith(" :") and _is_label(line.removesuffix(" :"))


def _speaks(line: str) -> bool:
    who = re.sub(r"^\{[^{}]*\}\s*", "", line).partition(":")
    return bool(who[1]) and (line.startswith("{") or _is_label(who[0].strip()))


def _is_label(who: str) -> bool:
    return is_code(who) or is_reserved(who) or who == SOMEBODY


def _part_voices(block: Block) -> list[Block]:
    """Part a line in which two voices speak; their lines have one number."""
    if block.level or not any(_NEXT_VOICE.search(line) for line in block.lines):
        return [block]
    step = 1 if len(block.lines) > 1 else 0
    return [
        replace(block, number=block.number + at * step, lines=(piece,))
        for at, line in enumerate(block.lines)
        for piece in _NEXT_VOICE.split(line)
        if piece
    ]


def _write(line: str, known: frozenset[str]) -> tuple[str, int]:
    """Write the label of one line as it is read; give also how many times were cut."""
    start, rest = unicodedata.normalize("NFC", line[:_FIRST]), line[_FIRST:]
    marks = len(_MARK_OF_TIME.findall(start + rest))
    start = _without_emphasis(_NUMBERED.sub(r"\g<head>", start, count=1))
    start, times = cut_time(_voice(start))
    start, more = _cut_hour(start)
    start, again = _cut_timed(start)
    start = cut_memo(_pointed(_AGED.sub(r"\g<head>\g<who> (\g<age>) :", start), known))
    return _MARK_OF_TIME.sub("", start + rest), times + more + again + marks


def _without_emphasis(line: str) -> str:
    """« **P1 :** Oui. » and « **P1** : Oui. » are « P1 : Oui. »; other words keep their marks."""
    found = _EMPHASIS.match(line)
    if not found or not (found["in"] or found["out"] or is_reserved(found["who"])):
        return line
    return f"{found['head']}{found['who'].strip()} : {line[found.end() :]}"


def _voice(line: str) -> str:
    found = _VOICE.match(line)
    if found:
        line = f"{found['head']}{_safe(found['who'].strip())} : {line[found.end() :]}"
    return _ELEMENT.sub("", line) if found or "<" in line else line


def _safe(who: str) -> str:
    return who if _is_label(who) else SOMEBODY


def _cut_hour(line: str) -> tuple[str, int]:
    """« 12:34 P2 : Non. » has a time; « 10:30 accueil : salle 2 » is a programme."""
    found = _HOUR.match(line)
    if not found or not (_is_label(found["who"]) or is_name(found["who"])):
        return line, 0
    return found["head"] + found["rest"], 1


def _cut_timed(line: str) -> tuple[str, int]:
    """« P2 00:01:02 », « [P2 00:01:02] » and « Name (00:01:02) » begin a turn; « Marché 14:30 » does not."""
    found = _TIMED.match(line)
    if not found:
        return line, 0
    who = found["who"].strip()
    marked = found["long"] or found["in"] or found["open"]
    if not (_is_label(who) or (marked and is_name(who))):
        return line, 0
    return f"{found['head']}{_safe(who)} : {line[found.end() :]}".rstrip(), 1


def _pointed(line: str, known: frozenset[str]) -> str:
    """« P2. Non. » and « P2 - Non. » speak where the note has labels of the same letters, or P."""
    found = _POINTED.match(line)
    if not found or not is_code(found["who"]):
        return line
    letters = re.sub(r"[\W\d_]+", "", found["who"])
    if not letters[0].isupper() or not (letters == "P" or letters.casefold() in known or len(letters) > 4):
        return line
    return f"{found['head']}{found['who']} : {line[found.end() :]}"
