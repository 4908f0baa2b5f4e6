"""Lines whose identifiers are marked `[[kind:words]]`, and how well flags meet them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from avis.identifiers.flags import find_flags
from avis.identifiers.model import Flag

_MARK = re.compile(r"\[\[(\w+):(.*?)\]\]")


@dataclass(frozen=True)
class Line:
    language: str
    text: str
    marks: tuple[tuple[int, int, str], ...]


@dataclass
class Met:
    """What was found of what is marked; `extra` are flags that meet no mark."""

    found: int = 0
    marked: int = 0
    flags: int = 0
    good: int = 0
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.marked

    @property
    def precision(self) -> float:
        return self.good / self.flags


def read_lines(path: Path) -> Iterator[Line]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            language, written = line.split("|", 1)
            text, marks = "", []
            last = 0
            for mark in _MARK.finditer(written):
                text += written[last : mark.start()]
                marks.append((len(text), len(text) + len(mark[2]), mark[1]))
                text += mark[2]
                last = mark.end()
            yield Line(language, text + written[last:], tuple(marks))


def meets(flag: Flag, mark: tuple[int, int, str]) -> bool:
    """Tell whether a flag covers at least half of a mark."""
    return min(flag.end, mark[1]) - max(flag.start, mark[0]) >= (mark[1] - mark[0]) / 2


def measure(path: Path) -> Met:
    met = Met()
    for line in read_lines(path):
        flags = find_flags(line.text)
        met.marked += len(line.marks)
        met.flags += len(flags)
        for mark in line.marks:
            hit = any(meets(flag, mark) for flag in flags)
            met.found += hit
            met.missed += [] if hit else [f"{mark[2]}: {line.text[mark[0] : mark[1]]} | {line.text}"]
        for flag in flags:
            hit = any(meets(flag, mark) for mark in line.marks)
            met.good += hit
            met.extra += [] if hit else [f"{flag.kind}: {line.text[flag.start : flag.end]} | {line.text}"]
    return met
