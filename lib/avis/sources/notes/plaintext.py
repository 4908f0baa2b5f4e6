"""Markdown, and plain text → blocks.

A flipped byte of a text changes the very character that it hits, or is told as an encoding; a text that was
cut reads like a shorter one: nothing in the format can tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from avis.sources.notes.blocks import Block, Body
from avis.sources.notes.paragraphs import MARKER
from avis.sources.notes.speakers import read_turn

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*(?:\{[^{}]*\})?")
_UNDERLINE = re.compile(r"={3,}")
_SKIPPED = re.compile(r"#{1,6}$|([-*_=]\s*){3,}$|```|~~~|\{:[^}]*\}$|\[[^\]]*\]:\s*(#|<>)")
"""Empty headings, rules, fences, attribute lists, and comments written as a link: structure, no words."""
_RULE_OF_TABLE = re.compile(r"\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?")
_CUE = re.compile(r"\s*(?:\d{1,3}:)?\d\d:\d\d[.,]\d{3}\s+-->\s+(?:\d{1,3}:)?\d\d:\d\d[.,]\d{3}")
_SHORTEST_WRAP, _LONGEST_WRAP = 40, 100
"""Width, in characters, at which people and e-mails wrap lines."""


def blank_comments(body: str) -> tuple[str, int, int]:
    r"""Blank out Markdown comments, keeping line breaks; give also the line of one that never
    closes, or 0, and how many others there were.

    >>> blank_comments("a <!-- b\nc --> d"), blank_comments("a\n<!-- b")
    (('a \n d', 0, 1), ('a\n', 2, 0))
    """
    kept: list[str] = []
    end = found = 0
    while (start := body.find("<!--", end)) >= 0:
        found += 1
        kept.append(body[end:start])
        close = body.find("-->", start)
        if close < 0:
            return "".join(kept), body.count("\n", 0, start) + 1, found - 1
        end = close + len("-->")
        kept.append("\n" * body.count("\n", start, end))
    return "".join(kept) + body[end:], 0, found


def blank_cues(body: str) -> tuple[str, int]:
    r"""Blank out what a file of subtitles (WebVTT, SRT) holds beside its words; give how many times it had.

    >>> blank_cues("1\n00:00:01,000 --> 00:00:04,000\nP1 : Oui.")
    ('\n\nP1 : Oui.', 1)
    """
    lines = body.split("\n")
    cues = [number for number, line in enumerate(lines) if _CUE.match(line)]
    for number in cues:
        lines[number] = ""
        named = number > 0 and (number == 1 or not lines[number - 2].strip())
        if named or (number and lines[number - 1].strip().isdecimal()):
            lines[number - 1] = ""
    if cues and lines[0].startswith("WEBVTT"):
        lines[0] = ""
    return "\n".join(lines), len(cues)


def read_text(body: str, first_line: int = 1, joined: bool = True) -> Body:
    r"""Cut a text into blocks at blank lines, headings, rules, list items and rows of tables.

    Where lines are not `joined`, each line is a paragraph, as in a pad: but for those that follow somebody
    who speaks, up to the next blank line.

    >>> [(block.level, block.lines) for block in read_text("# A\n\nun\ndeux\n- trois").blocks]
    [(1, ('A',)), (0, ('un', 'deux')), (0, ('trois',))]
    """
    dropped: Counter[str] = Counter()
    return Body(tuple(_blocks(body, first_line, joined, dropped)), "line", dropped)


def _blocks(body: str, first_line: int, joined: bool, dropped: Counter[str]) -> Iterator[Block]:
    lines: list[str] = []
    start = first_line
    for number, raw in enumerate(body.split("\n"), first_line):
        line = raw.strip()
        if _UNDERLINE.fullmatch(line) and len(lines) == 1 and number == start + 1:
            yield Block(start, tuple(lines), 1)
            lines = []
            continue
        heading = _HEADING.fullmatch(line)
        row = line.startswith("|") and line.count("|") > 1
        item = MARKER.match(raw)
        skipped = not line or bool(_SKIPPED.match(line)) or (row and bool(_RULE_OF_TABLE.fullmatch(line)))
        if lines and (skipped or heading or row or item or not (joined or _speaks(lines[0]))):
            yield Block(start, tuple(lines))
            lines = []
        if heading and heading[2]:
            yield Block(number, (heading[2],), len(heading[1]))
        elif row and not skipped:
            dropped["rows"] += 1
            yield Block(number, (join_cells(line.strip("|").split("|")),))
        elif not skipped and (words := raw[item.end() :].strip() if item else line):
            start = start if lines else number
            lines.append(words)
    if lines:
        yield Block(start, tuple(lines))


def _speaks(line: str) -> bool:
    return ":" in line[:60] or line.startswith(("[", "{"))


def join_cells(cells: list[str]) -> str:
    """Write a row of a table as one paragraph; a code in its first cell speaks the others.

    >>> join_cells([" P3 ", "Oui.", ""]), join_cells(["Heure", "Lieu"])
    ('P3 : Oui.', 'Heure | Lieu')
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) > 1 and read_turn(f"{filled[0]} : ", frozenset()) and "\n" not in filled[0]:
        return f"{filled[0].rstrip(':')} : {' | '.join(filled[1:])}"
    return " | ".join(filled)


def is_wrapped(text: str) -> bool:
    r"""Tell whether lines end where they were full, so that they go on in the next one.

    >>> is_wrapped("Une ligne courte\nUne autre\n")
    False
    """
    lines = [line.strip() for line in text.split("\n")]
    width = max(map(len, lines))
    if not _SHORTEST_WRAP <= width <= _LONGEST_WRAP:
        return False
    pairs = [(a, b) for a, b in pairwise(lines) if a and b and not MARKER.match(b)]
    full = sum(len(a) + 1 + len(b.split()[0]) > width for a, b in pairs)
    return bool(pairs) and full >= 0.9 * len(pairs)
