"""The body of a note → its paragraphs: who spoke, in which language, which words, which codes.

A paragraph of a note reads `{#at03-02} P3 (en) : The desk closes early. #horaires`. Every part but the
words can be missing. Nothing here judges; `notes` says what is wrong, and never with a person's words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from avis.sources.codes import person_code
from avis.spelling import fold

Kind = Literal["speech", "observation", "summary", "memo", "space"]

GROUP = "group"
"""The speaker where the note says that the group spoke."""
_KINDS: dict[str, Kind] = {
    "observation": "observation",
    "observations": "observation",
    "resume": "summary",
    "summary": "summary",
    "memo": "memo",
    "memos": "memo",
}
_GROUPS = {"groupe", "group", "le groupe", "the group"}

_ID = re.compile(r"\{\s*#?\s*([^{}]*?)\s*\}\s*")
_GOOD_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")
_SPEAKER = re.compile(
    r"(?P<who>[^:()\[\]{}#]{1,40}?)\s*(?:\((?P<language>[A-Za-z]{2,3})\))?(?:\s+:\s*|:\s+)(?P<text>.*)",
    re.DOTALL,
)
_CODE = re.compile(r"[^\W\d_]{1,4}[ -]?\d{1,4}")
_ROLE = re.compile(r"[^\W\d_][\w'’-]{0,24}(?: \d{1,3})?")
_SPACE = re.compile(
    r"\[\s*(?:a ecrire par|to be written by)\b[^\]]*?(?:[-:]\s*(?P<language>[a-z]{2,3})\s*)?\]\.?"
)
_TAG = re.compile(r"#([^\W_][\w/-]*)[,;.]?")

_MARKER = re.compile(r"\s*(?:>\s?|[-*+]\s+|\d{1,3}[.)]\s+)")
_SKIPPED = re.compile(r"#{1,6}(\s|$)|([-*_=]\s*){3,}$|```|~~~|\{:[^}]*\}$|\[[^\]]*\]:\s*(#|<>)")
"""Headings, rules, fences, attribute lists, and comments written as a link: structure, no words."""
_FIRST = 120
"""Characters of a line that tell whether somebody begins to speak there."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph as it stands in a note, `line` being that of its first words."""

    line: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its words on one line, with one space between them."""
        return " ".join(unicodedata.normalize("NFC", " ".join(self.lines)).split())

    @property
    def tags(self) -> dict[str, int]:
        """Its hashtags, each with the line on which it stands last."""
        return {
            found[1]: self.line + number
            for number, line in enumerate(self.lines)
            for word in unicodedata.normalize("NFC", line).split()
            if (found := _TAG.fullmatch(word))
        }


@dataclass(frozen=True)
class Said:
    """What a paragraph says, taken apart."""

    line: int
    id: str
    """As written; empty where there is none."""
    bad_id: bool
    kind: Kind
    speaker: str
    """A code in capitals, `group`, or empty where nobody in particular speaks."""
    named: bool
    """The speaker is a word without a digit: perhaps somebody's name."""
    unspoken: bool
    """No speaker stands before the words."""
    language: str
    """As written in brackets; empty where the meeting's first language holds."""
    text: str
    tags: tuple[tuple[str, int], ...]
    """Codes at the end, each with its line."""
    inner_tags: tuple[tuple[str, int], ...]
    """Codes inside the sentence, which are words and not coded."""


def blank_comments(body: str) -> tuple[str, int]:
    r"""Blank out Markdown comments, keeping line breaks; give also the line of one that never closes, or 0.

    >>> blank_comments("a <!-- b\nc --> d"), blank_comments("a\n<!-- b")
    (('a \n d', 0), ('a\n', 2))
    """
    kept: list[str] = []
    end = 0
    while (start := body.find("<!--", end)) >= 0:
        kept.append(body[end:start])
        close = body.find("-->", start)
        if close < 0:
            return "".join(kept), body.count("\n", 0, start) + 1
        end = close + len("-->")
        kept.append("\n" * body.count("\n", start, end))
    return "".join(kept) + body[end:], 0


def split_paragraphs(body: str, first_line: int) -> Iterator[Paragraph]:
    """Cut a body into paragraphs at blank lines, structure, list items, and wherever an id or a code speaks.

    Two people must never end up in one paragraph, even where a blank line was forgotten.
    """
    lines: list[str] = []
    start = first_line
    for number, raw in enumerate(body.split("\n"), first_line):
        line = raw.strip()
        item = _MARKER.match(raw)
        skipped = not line or bool(_SKIPPED.match(line))
        words = raw[item.end() :].strip() if item and not skipped else line
        if lines and (skipped or item or _begins(words[:_FIRST])):
            yield Paragraph(start, tuple(lines))
            lines = []
        if not skipped and words:
            start = start if lines else number
            lines.append(words)
    if lines:
        yield Paragraph(start, tuple(lines))


def _begins(line: str) -> bool:
    if line.startswith("{"):
        return True
    found = _SPEAKER.match(line)
    return bool(found) and (_CODE.fullmatch(_who(found)) is not None or _reserved(_who(found)))


def _who(found: re.Match[str] | None) -> str:
    return " ".join(found["who"].split()) if found else ""


def _reserved(who: str) -> bool:
    return fold(who) in _KINDS or fold(who) in _GROUPS


def take_apart(paragraph: Paragraph) -> Said:
    """Take a paragraph apart.

    >>> said = take_apart(Paragraph(7, ("{#at03-02} p 3 (en) : The desk closes. #horaires",)))
    >>> said.id, said.speaker, said.language, said.text, said.tags
    ('at03-02', 'P3', 'en', 'The desk closes.', (('horaires', 7),))
    """
    text = paragraph.text
    written = _ID.match(text)
    id = written[1] if written else ""
    text = text[written.end() :] if written else text
    found = _SPEAKER.match(text)
    who = _who(found)
    speaks = found is not None and _speaks(who, has_id=written is not None)
    if found is None or not speaks:
        found, who = None, ""
    words, last = _without_codes(found["text"] if found else text)
    space = _SPACE.fullmatch(re.sub(r"[\u2010-\u2015]", "-", fold(words)))
    written_language = (found["language"] or "").lower() if found else ""
    return Said(
        line=paragraph.line,
        id=id if _GOOD_ID.fullmatch(id) else "",
        bad_id=written is not None and not _GOOD_ID.fullmatch(id),
        kind="space" if space else _KINDS.get(fold(who), "speech" if speaks else "observation"),
        speaker=_speaker(who),
        named=bool(who) and not _reserved(who) and not any(char.isdigit() for char in who),
        unspoken=not speaks,
        language=(space["language"] or written_language) if space else written_language,
        text="" if space else words,
        tags=tuple((tag, line) for tag, line in paragraph.tags.items() if tag in last),
        inner_tags=tuple((tag, line) for tag, line in paragraph.tags.items() if tag not in last),
    )


def _speaks(who: str, has_id: bool) -> bool:
    """A code or a word like `Groupe` speaks anywhere; another single word only after an id."""
    return _reserved(who) or bool(_CODE.fullmatch(who)) or (has_id and bool(_ROLE.fullmatch(who)))


def _speaker(who: str) -> str:
    """Write a speaker's code one way: capitals, no space, as the persons' table does."""
    key = fold(who)
    if key in _GROUPS:
        return GROUP
    return "" if not who or key in _KINDS else person_code(who).replace(" ", "")


def _without_codes(text: str) -> tuple[str, set[str]]:
    """Give the words, and the codes that stand after the last of them."""
    words = text.split()
    codes: set[str] = set()
    while words and (found := _TAG.fullmatch(words[-1])):
        codes.add(found[1])
        words.pop()
    return " ".join(words), codes
