"""Codes that people type in a note → marks, and the words without them.

`#attente` after the words is said of the whole paragraph; `[the waiting]{#attente}` of these words alone.
`#attente@b` says who coded, by a letter that is no name; `#attente!` that somebody says otherwise there.
Words without their marks are the same words: a consent is bound to them, and coding must not break it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

CODER = re.compile(r"[a-z][0-9]{0,2}")
"""A coder's code: a letter, two digits at most; a name does not fit."""
_TAG = re.compile(r"#(?P<code>[^\W_][\w/-]*)(?P<against>!?)(?:@(?P<coder>[^\s{}]*?))?[,;.]?")
_BRACES = re.compile(r"\s?\{\s*(#[^\s{}\[\]]+(?:\s+#[^\s{}\[\]]+)*)\s*\}")


class Tag(NamedTuple):
    """A code as somebody typed it: which, who coded (empty: the team), whether it says otherwise."""

    code: str
    coder: str = ""
    against: bool = False


class Mark(NamedTuple):
    """A code put on words: from `start` to before `end`, in code points; its line in the file."""

    tag: Tag
    line: int
    start: int = 0
    end: int = 0


def read_tag(word: str) -> Tag | None:
    """Read a word as a code; none where it is a word.

    >>> read_tag("#attente!@b,")
    Tag(code='attente', coder='b', against=True)
    >>> read_tag("#2"), read_tag("n°#")
    (Tag(code='2', coder='', against=False), None)
    """
    found = _TAG.fullmatch(word)
    return Tag(found["code"], found["coder"] or "", bool(found["against"])) if found else None


def cut_last(text: str) -> tuple[str, tuple[Tag, ...]]:
    """Give the words, and the codes that stand after the last of them, in their order.

    >>> cut_last("The desk closes. #horaires #attente@b")[0]
    'The desk closes.'
    """
    words, tags = text.split(), list[Tag]()
    while words and (tag := read_tag(words[-1])):
        tags.insert(0, tag)
        words.pop()
    return " ".join(words), tuple(tags)


def cut_passages(text: str) -> tuple[str, tuple[tuple[Tag, int, int], ...]]:
    """Give the words without the marks around parts of them, and each part's code with where it stands.

    Brackets without codes behind them are words. Parts may stand within parts.

    >>> words, marked = cut_passages("I wait [a [long]{#attente} time]{#temps} there.")
    >>> words, [(tag.code, words[start:end]) for tag, start, end in marked]
    ('I wait a long time there.', [('attente', 'long'), ('temps', 'a long time')])
    """
    found = list(_find(text)) if "{" in text else []
    if not found:
        return text, ()
    dropped = {at for start, end, until, _ in found for at in (start, *range(end, until))}
    out: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        places.append(len(out))
        if at not in dropped and not (char == " " and (not out or out[-1] == " ")):
            out.append(char)
    words = "".join(out)
    marks = (
        (tag, *_trimmed(words, places[start], places[end])) for start, end, _, tags in found for tag in tags
    )
    return words.rstrip(), tuple(marks)


def _find(text: str) -> Iterator[tuple[int, int, int, tuple[Tag, ...]]]:
    """Find the marks: where the bracket opens and closes, where the braces end, their codes."""
    opened: list[int] = []
    for at, char in enumerate(text):
        if char == "[":
            opened.append(at)
        elif char == "]" and opened:
            start, braces = opened.pop(), _BRACES.match(text, at + 1)
            tags = [read_tag(word) for word in braces[1].split()] if braces else []
            if braces and all(tags):
                yield start, at, braces.end(), tuple(filter(None, tags))


def _trimmed(words: str, start: int, end: int) -> tuple[int, int]:
    """Take the spaces off both ends; a mark around no words is said of them all."""
    while start < end and words[start] == " ":
        start += 1
    while start < end and words[end - 1] == " ":
        end -= 1
    return (start, end) if start < end else (0, len(words))


def has_broken_mark(text: str) -> bool:
    """Tell whether something looks like a mark and is none, such as `[words]{attente}`.

    >>> has_broken_mark("[oui]{attente}"), has_broken_mark("[rires]")
    (True, False)
    """
    return "]{" in text or "]{#" in text.replace(" ", "")


def placed(
    passages: Iterable[tuple[Tag, int, int]],
    last: Iterable[Tag],
    length: int,
    lines: dict[str, int],
    line: int,
) -> tuple[Mark, ...]:
    """Join both kinds of marks; those of a part end where the words do."""
    parts = [
        Mark(tag, lines.get(tag.code, line), min(start, length), min(end, length))
        for tag, start, end in passages
    ]
    return (*parts, *(Mark(tag, lines.get(tag.code, line), 0, length) for tag in last))
