"""What every format of a note becomes first: blocks of words, headings, and counts of what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

Unit = Literal["line", "paragraph"]


@dataclass(frozen=True)
class Block:
    """A heading (`level` 1 to 9), or a paragraph, list item or row of a table (`level` 0)."""

    number: int
    """The file's line, or the paragraph's number: paragraphs with words are counted, headings too."""
    lines: tuple[str, ...] = field(repr=False)
    level: int = 0
    language: str = ""
    """What the file says of the whole block, where that is not the language of the document."""


@dataclass(frozen=True)
class Body:
    """The words of a file in their order; `dropped` counts what is told, by its key in `TOLD`."""

    blocks: tuple[Block, ...] = field(repr=False)
    unit: Unit = "line"
    dropped: Counter[str] = field(default_factory=Counter)

    def to_json(self) -> dict[str, Any]:
        """Write it for the process that asked."""
        blocks = [[block.number, block.lines, block.level, block.language] for block in self.blocks]
        return {"blocks": blocks, "unit": self.unit, "dropped": self.dropped}


def from_json(read: dict[str, Any]) -> Body:
    """Take over what a process of its own has read."""
    blocks = (Block(number, tuple(lines), level, lang) for number, lines, level, lang in read["blocks"])
    return Body(tuple(blocks), read["unit"], Counter(read["dropped"]))


def numbered(blocks: Iterable[tuple[str, int, str]]) -> tuple[Block, ...]:
    r"""Number the paragraphs of a document (text, level, language), without those that have no words.

    >>> [(block.number, block.lines) for block in numbered([("a", 1, ""), (" ", 0, ""), ("b\nc", 0, "")])]
    [(1, ('a',)), (2, ('b', 'c'))]
    """
    filled = ((text, level, language) for text, level, language in blocks if text.strip())
    return tuple(
        Block(number, tuple(line.strip() for line in text.split("\n") if line.strip()), level, language)
        for number, (text, level, language) in enumerate(filled, 1)
    )


TOLD = {
    "authors": "SRC-325",
    "comments": "SRC-326",
    "deletions": "SRC-327",
    "insertions": "SRC-328",
    "images": "SRC-329",
    "footnotes": "SRC-330",
    "margins": "SRC-331",
    "hidden": "SRC-332",
    "properties": "SRC-333",
    "embedded": "SRC-334",
    "macros": "SRC-335",
    "rows": "SRC-336",
    "times": "SRC-337",
    "facilitation": "SRC-338",
    "revisions": "SRC-339",
    "chat": "SRC-340",
    "symbols": "SRC-341",
    "contents": "SRC-342",
    "boxes": "SRC-343",
    "memos": "SRC-347",
}
"""One remark each, with its count: what a file holds beside the words of its paragraphs."""
