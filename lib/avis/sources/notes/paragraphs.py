"""Blocks of a note → its paragraphs: who spoke, in which language, under which headings, which words.

A paragraph of a note reads `{#at03-02} P3 (en) : The desk closes early. #horaires`. Every part but the
words can be missing. Nothing here judges; `gathered` says what is wrong, and never with a person's words.
Words are NFC, on one line, with one space between them; offsets count code points of that text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from avis.sources.notes.blocks import Block, Body
from avis.sources.notes.codemarks import Mark, cut_last, cut_passages, placed, read_tag
from avis.sources.notes.labels import write_alike
from avis.sources.notes.memos import is_memo_heading
from avis.sources.notes.speakers import Kind, Turn, find_labels, read_turn
from avis.spelling import fold

_ID = re.compile(r"\{\s*#?\s*([^{}]*?)\s*\}\s*")
_GOOD_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")
_SPACE = re.compile(
    r"\[\s*(?:a ecrire par|to be written by)\b[^\]]*?(?:[-:]\s*(?P<language>[a-z]{2,3})\s*)?\]\.?"
)
_TAKEN_BACK = re.compile(r"\[\s*(?:parole reprise|words taken back)\s*\]\.?")
"""The mark that stays where somebody took her words back."""
_HASH = re.compile(r"#([^\W_][\w/-]*)")
_UNSEEN = re.compile("[\u00ad\ufeff]")
"""Soft hyphens and marks of byte order: they say where a word may be cut, and are no part of it."""
MARKER = re.compile(r"\s*(?:>\s?|[-*+•◦▪‣]\s+|\d{1,3}[.)]\s+)")
"""What stands before a list item or a quotation."""
_FIRST = 120
"""Characters of a line that tell whether somebody begins to speak there."""
EMPTY: tuple[Kind, ...] = ("space", "withdrawn")
"""Kinds of paragraphs without words: still to be written, or taken back."""
PATH = " > "
"""Between the headings above a paragraph."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as it stands in a note, `line` being that of its first words."""

    line: int
    lines: tuple[str, ...] = field(repr=False)
    heading: str = field(default="", repr=False)
    language: str = ""
    step: int = 1
    """Lines between one of its lines and the next; 0 where paragraphs are counted."""
    private: bool = False
    """It stands under a heading of memos."""
    section: int = 0
    """How many headings stand before it."""

    @property
    def text(self) -> str:
        """Its words on one line, with one space between them."""
        return clean(" ".join(self.lines))

    @property
    def tags(self) -> dict[str, int]:
        """Its hashtags that stand as words, each with the line on which it stands last."""
        return {tag.code: line for word, line in self._words() if (tag := read_tag(word)) is not None}

    @property
    def code_lines(self) -> dict[str, int]:
        """The last line of whatever follows a `#`, inside marks too."""
        return {found: line for word, line in self._words() for found in _HASH.findall(word)}

    def _words(self) -> Iterator[tuple[str, int]]:
        """Give the words that hold a `#`, each with its line."""
        for number, line in enumerate(self.lines):
            if "#" in line:
                for word in unicodedata.normalize("NFC", line).split():
                    if "#" in word:
                        yield word, self.line + number * self.step


@dataclass(frozen=True)
class Said:
    """What a paragraph says, taken apart."""

    line: int
    id: str
    """As written; empty where there is none."""
    bad_id: bool
    kind: Kind
    speaker: str
    """A code in capitals, `group`, `facilitator`, or empty where nobody in particular speaks."""
    named: bool
    """The speaker was a word, perhaps somebody's name: it is not kept."""
    unspoken: bool
    """No speaker stands before the words."""
    language: str
    """As written in brackets, or as the file marks it; empty where the meeting's first language holds."""
    text: str = field(repr=False)
    marks: tuple[Mark, ...] = field(repr=False)
    """Codes on parts of the words, then those at the end, which are said of them all."""
    inner_tags: tuple[tuple[str, int], ...] = field(repr=False)
    """Codes inside the sentence, which are words and not coded."""
    heading: str = field(default="", repr=False)
    """The headings above, from the highest: `A > B`."""

    @property
    def tags(self) -> tuple[tuple[str, int], ...]:
        """Codes of the whole and of its parts, each with its line."""
        return tuple({mark.tag.code: mark.line for mark in self.marks}.items())


def clean(text: str) -> str:
    r"""Write words as they are kept: NFC, one space between them, no soft hyphens.

    >>> clean("e\u0301te\u0301\u00a0: \n oui") == "été : oui"
    True
    """
    return " ".join(unicodedata.normalize("NFC", _UNSEEN.sub("", text)).split())


def read_said(body: Body, interview: bool = False) -> tuple[Said, ...]:
    """Take the whole body of a note apart; counts times of recordings, turns of the facilitation, memos."""
    written = list(write_alike(body.blocks))
    body.dropped["times"] += sum(times for _, times in written)
    blocks = [block for block, _ in written]
    lines = (
        _ID.sub("", line[:_FIRST], count=1) for block in blocks if not block.level for line in block.lines
    )
    labels = find_labels(map(clean, lines), interview)
    step = 1 if body.unit == "line" else 0
    paragraphs = list(split_paragraphs(blocks, labels, step))
    apart = [take_apart(paragraph, labels) for paragraph in paragraphs]
    said = tuple(_keep_memos(paragraphs, apart))
    body.dropped["memos"] += sum(a.kind != b.kind for a, b in zip(apart, said, strict=True))
    body.dropped["facilitation"] += sum(one.kind == "facilitation" for one in said)
    return said


def _keep_memos(paragraphs: Iterable[Paragraph], apart: Iterable[Said]) -> Iterator[Said]:
    """Make memos of what stands under their headings, and of what follows one until somebody speaks."""
    section = -1
    for paragraph, said in zip(paragraphs, apart, strict=True):
        follows = said.unspoken and said.kind not in EMPTY and paragraph.section == section
        if paragraph.private or follows:
            said = replace(said, kind="memo", speaker="", unspoken=False)
        if said.kind == "memo":
            section = paragraph.section
        elif said.kind not in EMPTY:
            section = -1
        yield said


def split_paragraphs(
    blocks: list[Block], labels: frozenset[str] = frozenset(), step: int = 1
) -> Iterator[Paragraph]:
    """Cut blocks wherever an id or somebody speaks, and give each paragraph the headings above it.

    Two people must never end up in one paragraph, even where a blank line was forgotten.
    """
    path: dict[int, str] = {}
    section = 0
    for block in blocks:
        if block.level:
            section += 1
            path = {level: title for level, title in path.items() if level < block.level}
            path[block.level] = _ID.sub("", clean(" ".join(block.lines))).strip()
            continue
        heading = PATH.join(path[level] for level in sorted(path) if path[level])
        private = any(is_memo_heading(title) for title in path.values())
        for start, lines in _turns(block.lines, labels):
            number = block.number + start * step
            yield Paragraph(number, lines, heading, block.language, step, private, section)


def _turns(lines: tuple[str, ...], labels: frozenset[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    start = 0
    for number, line in enumerate(lines):
        if number > start and _begins(line[:_FIRST], labels):
            if any(lines[start:number]):
                yield start, lines[start:number]
            start = number
    if any(lines[start:]):
        yield start, lines[start:]


def _begins(line: str, labels: frozenset[str]) -> bool:
    return line.startswith("{") or read_turn(line, labels) is not None


def take_apart(paragraph: Paragraph, labels: frozenset[str] = frozenset()) -> Said:
    """Take a paragraph apart.

    >>> said = take_apart(Paragraph(7, ("{#at03-02} p 3 (en) : The desk closes. #horaires",)))
    >>> said.id, said.speaker, said.language, said.text, said.tags
    ('at03-02', 'P3', 'en', 'The desk closes.', (('horaires', 7),))
    """
    text = paragraph.text
    written = _ID.match(text)
    id = written[1] if written else ""
    text = text[written.end() :] if written else text
    turn = read_turn(text, labels, has_id=written is not None)
    words, passages = cut_passages(turn.text if turn else text)
    words, last = cut_last(words)
    space = _SPACE.fullmatch(re.sub(r"[\u2010-\u2015]", "-", fold(words)))
    taken_back = _TAKEN_BACK.fullmatch(fold(words))
    language = (turn.language if turn else "") or paragraph.language
    coded = {tag.code for tag in (*last, *(tag for tag, _, _ in passages))}
    return Said(
        line=paragraph.line,
        id=id if _GOOD_ID.fullmatch(id) else "",
        bad_id=written is not None and not _GOOD_ID.fullmatch(id),
        kind=_kind(turn, space is not None, taken_back is not None),
        speaker=turn.speaker if turn and not taken_back else "",
        named=turn is not None and turn.named and not taken_back,
        unspoken=turn is None and not taken_back,
        language=(space["language"] or language) if space else language,
        text="" if space or taken_back else words,
        marks=placed(
            passages, last, 0 if space or taken_back else len(words), paragraph.code_lines, paragraph.line
        ),
        inner_tags=tuple((tag, line) for tag, line in paragraph.tags.items() if tag not in coded),
        heading=paragraph.heading,
    )


def _kind(turn: Turn | None, space: bool, taken_back: bool) -> Kind:
    if space or taken_back:
        return "space" if space else "withdrawn"
    return turn.kind if turn else "observation"
