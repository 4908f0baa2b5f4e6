"""Taking the call of a quote out of the group's texts: a line that holds it and nothing else.

Without it a passage would call words that are gone, and no document could be made. A sentence is the group's:
where the call stands inside one, the line is named and nothing is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.folders import passages, write_whole

ROLES = ("parole", "quote", "constat", "statement", "recommandation", "recommendation", "recit", "story")
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True)
class Calls:
    """Where texts call some words: on a line of their own, or inside a sentence."""

    alone: tuple[Place, ...] = ()
    inside: tuple[Place, ...] = ()
    before: tuple[tuple[Place, str], ...] = field(default=(), repr=False)
    """The sentences that stand before those lines, which stay: they may introduce words that are gone."""


NO_CALLS = Calls()


def find_calls(opened: Evaluation, gone: Iterable[str]) -> Calls:
    """Find where the texts call some contributions."""
    return _calls(opened, frozenset(gone), write=False)


def take_calls_out(opened: Evaluation, gone: Iterable[str]) -> Calls:
    """Take the lines out that hold nothing but such a call; gives what was there.

    Errors: RUN-010 to RUN-012.
    """
    return _calls(opened, frozenset(gone), write=True)


def _calls(opened: Evaluation, gone: frozenset[str], write: bool) -> Calls:
    found = Calls()
    if not gone:
        return found
    role = _role(gone)
    for path in passages(opened.folders.texts, "*.md", Problems()):
        place, data = Place(opened.name(path)), path.read_bytes()
        lines = _LINE.findall(data)
        kept: list[bytes] = []
        for number, line in enumerate(lines, 1):
            if role.fullmatch(line.strip()):
                alone = (*found.alone, replace(place, line=number))
                found = replace(found, alone=alone, before=(*found.before, *_before(lines, number, place)))
                continue
            if role.search(line):
                found = replace(found, inside=(*found.inside, replace(place, line=number)))
            after_gap = len(kept) == 0 or not kept[-1].strip()
            if line.strip() or not after_gap or number == 1 or kept == lines[: number - 1]:
                kept.append(line)  # of two blank lines around a line that went, one stays
        if write and kept != lines:
            write_whole(path, b"".join(kept), shared=True)
    return found


def _before(lines: list[bytes], number: int, place: Place) -> Iterator[tuple[Place, str]]:
    """Give the line before a call, where it is a sentence: neither a heading nor another call."""
    above = next((at for at in range(number - 1, 0, -1) if lines[at - 1].strip()), 0)
    text = lines[above - 1].decode("utf-8", "replace").strip() if above else ""
    if text and not text.startswith(("#", "{", ":::", "<!--")):
        yield replace(place, line=above), text


def _role(gone: frozenset[str]) -> re.Pattern[bytes]:
    ids = "|".join(re.escape(id) for id in sorted(gone))
    return re.compile(rf"\{{(?:{'|'.join(ROLES)})\}}`\s*(?:{ids})\s*`".encode(), re.IGNORECASE)
