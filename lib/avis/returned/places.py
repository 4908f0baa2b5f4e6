"""Where the words of a document are changed: a passage, the settings, or nowhere but by the group."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from avis.errors import AvisError, Problems
from avis.exhibits import Exhibits, Quote, Recommendation, Statement
from avis.folders import Folders, passages
from avis.sealing import load
from avis.spelling import fold

Whose = Literal["passage", "settings", "adopted", "dissent", "quote"]
LEAST = 12
"""Letters of words below which they may come from anywhere."""
FEW = 4
"""Different words below which every text holds them all."""
ENOUGH = 0.8
"""Share of the words of a paragraph that a passage must hold for it to be the place."""
_ROLES = re.compile(r"\{[a-z_-]+\}`[^`]*`|[*_`>#\[\]]|\]\([^)]*\)")
_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Origin:
    """Where some words come from; `name` is a file, with its line, or the id of a text."""

    whose: Whose
    name: str
    line: int = 0


@dataclass
class Places:
    """Every wording that may be met in a document, folded, with where it comes from."""

    whole: dict[str, Origin] = field(default_factory=dict)
    parts: list[tuple[frozenset[str], Origin]] = field(default_factory=list)

    def find(self, text: str) -> Origin | None:
        """Find where words come from: the very words first, else the passage that holds most of them."""
        key = _key(text)
        if key in self.whole:
            return self.whole[key]
        if len(key) < LEAST:
            return None
        held = next(
            (origin for words, origin in self.whole.items() if len(words) >= LEAST and words in key), None
        )
        if held is not None:
            return held
        words = frozenset(key.split())
        if len(words) < FEW:
            return None
        best, share = None, ENOUGH
        for known, origin in self.parts:
            common = len(words & known) / max(len(words), 1)
            if common >= share:
                best, share = origin, common
        return best


def _key(text: str) -> str:
    return re.sub(r"\W+", " ", fold(text)).strip()


def read_places(folders: Folders) -> Places:
    """Gather the wordings of an evaluation: adopted texts and quotes, passages, settings."""
    found = Places()
    for text, origin in _shown(folders):
        if _key(text):
            found.whole.setdefault(_key(text), origin)
    for path in passages(folders.texts, "*.md", Problems()):
        for line, text in _paragraphs(path):
            origin = Origin("passage", f"textes/{path.name}", line)
            words = _key(_ROLES.sub(" ", text))
            if len(words) >= LEAST:
                found.parts.append((frozenset(words.split()), origin))
    for line, text in _settings(folders.root / "evaluation.yaml"):
        if len(_key(text)) >= LEAST:
            found.whole.setdefault(_key(text), Origin("settings", "evaluation.yaml", line))
    return found


def _shown(folders: Folders) -> Iterator[tuple[str, Origin]]:
    try:
        exhibits: Exhibits = load(folders.exhibits)
    except AvisError:  # never built, or built by another version: passages are found all the same
        return
    for item in exhibits.exhibits:
        if isinstance(item, Statement | Recommendation):
            yield from ((one.text, Origin("adopted", item.id)) for one in item.wordings)
            for dissent in item.dissents:
                yield from ((one.text, Origin("dissent", dissent.id)) for one in dissent.wordings)
        elif isinstance(item, Quote):
            yield from ((one.text, Origin("quote", "")) for one in item.wordings)


def _paragraphs(path: Path) -> Iterator[tuple[int, str]]:
    text, at = path.read_text(encoding="utf-8", errors="replace"), 0
    for block in _LINES.split(text):
        at = text.index(block, at)
        yield text.count("\n", 0, at) + 1, block
        at += len(block)


def _settings(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").split("\n"), start=1):
        _, _, value = line.partition(": ")
        yield number, (value or line).strip().strip("\"'- ")
