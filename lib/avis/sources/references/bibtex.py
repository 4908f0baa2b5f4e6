"""BibTeX and biblatex files → their entries, each with its line; a broken one hides no other.

The grammar is BibTeX's own (Patashnik, "BibTeXing", 1988): braces count even behind a backslash, what
stands outside of entries is a comment. Two things are stricter, because a lost brace would otherwise
swallow the next entry without a word: a value that holds the start of another entry is broken, and so are
two fields without a comma between them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

MONTHS = {
    name[:3].lower(): name
    for name in (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    )
}
"""Abbreviations of months that every style of BibTeX knows; a name, for `jul # "~20"` adds a day to it."""

LONGEST = 100_000
"""Characters of a value: the longest abstracts have 10,000. Beyond, a brace was lost."""
MOST_TEXT = 8 * 2**20
"""Characters of all values: a file has two million, and abbreviations that hold others grow without end."""
MOST_BROKEN = 100
"""Broken entries after which the rest is left: such a file is no bibliography."""

_START = re.compile(r"@[ \t]*([A-Za-z]\w*)\s*([{(])")
_LINE_START = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]\w*\s*[{(]", re.M)
_KEY = re.compile(r"\s*([^\s,{}()\"#=%~\\]+)\s*")
_NAME = re.compile(r"[\s,]*([A-Za-z][\w:.+/-]*)\s*=\s*")
_GAP = re.compile(r"\s*")
_BARE = re.compile(r"[^\s,{}()\"#=]+")
_ENTRY = r"^[ \t]*@[ \t]*[A-Za-z]\w*\s*[{(]\s*[^\s,{}]+\s*,"
_BRACE = re.compile(rf"[{{}}]|{_ENTRY}", re.M)
_QUOTED = re.compile(rf"[{{}}\"]|{_ENTRY}", re.M)
_STRAY = re.compile(r"[{}=]")
_CLOSES = {"{": "}", "(": ")"}


@dataclass(frozen=True)
class Entry:
    """One entry: its type and the names of its fields in small letters, its values in LaTeX."""

    type: str
    key: str
    line: int
    fields: dict[str, str] = field(repr=False)


@dataclass(frozen=True)
class Broken:
    """An entry that cannot be read; `key` is empty where not even that stands there."""

    key: str
    line: int
    column: int


class _Unreadable(Exception):
    """What follows is no field of an entry; `at` is where."""

    def __init__(self, at: int) -> None:
        self.at = at
        super().__init__(at)


def parse_bibtex(text: str) -> tuple[list[Entry], list[Broken]]:
    r"""Read all entries of a file, in its order.

    >>> entries, broken = parse_bibtex("@misc{a, title={A}}\n@misc{b, title={B\n@misc{c, title = {C}}")
    >>> [entry.key for entry in entries], broken
    (['a', 'c'], [Broken(key='b', line=2, column=17)])
    """
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = [0, *(found.end() for found in re.finditer("\n", text))]
        self.strings = dict(MONTHS)
        self.taken = 0
        self.entries: list[Entry] = []
        self.broken: list[Broken] = []

    def read(self) -> tuple[list[Entry], list[Broken]]:
        at = 0
        while len(self.broken) < MOST_BROKEN and (start := _START.search(self.text, at)):
            self._tell_stray(at, start.start())
            at = self._line_end(start.end()) if self._is_remark(start.start()) else self._one(start)
        self._tell_stray(at, len(self.text))
        return self.entries, self.broken

    def _tell_stray(self, start: int, end: int) -> None:
        """Tell of fields outside of entries: a brace too many closed an entry, or its @ was lost."""
        if self.broken and self.broken[-1].line >= self._line(start):
            return
        for line in self.text[start:end].splitlines():
            if _STRAY.search(line) and not line.lstrip().startswith("%"):
                self.broken.append(Broken("", self._line(start), 0))
                return
            start += len(line) + 1

    def _is_remark(self, at: int) -> bool:
        begin = self.lines[bisect_right(self.lines, at) - 1]
        return self.text[begin:at].lstrip().startswith("%")

    def _one(self, start: re.Match[str]) -> int:
        """Read what begins here; give where to go on."""
        kind, closing = start[1].lower(), _CLOSES[start[2]]
        if kind in ("comment", "preamble"):
            return self._skip(start.end(), start[2])
        key = None if kind == "string" else _KEY.match(self.text, start.end())
        try:
            if kind != "string" and key is None:
                raise _Unreadable(start.end())
            at = start.end() if key is None else key.end()
            fields, end = self._fields(at, closing)
        except _Unreadable as stop:
            self._tell(start, key, stop.at)
            again = _LINE_START.search(self.text, start.end())
            return again.start() if again else len(self.text)
        if key is None:
            self.strings.update(fields)
        else:
            self.entries.append(Entry(kind, key[1], self._line(start.start()), fields))
        return end

    def _tell(self, start: re.Match[str], key: re.Match[str] | None, at: int) -> None:
        line = self._line(start.start())
        column = at - self.lines[self._line(at) - 1] + 1 if self._line(at) == line else 0
        self.broken.append(Broken(key[1] if key else "", line, column))

    def _line(self, at: int) -> int:
        return bisect_right(self.lines, at)

    def _skip(self, at: int, opening: str) -> int:
        """Pass over a comment: to its closing brace if it has one, else to the end of its line."""
        try:
            return self._closed(at) if opening == "{" else at
        except _Unreadable:
            return self._line_end(at)

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def _fields(self, at: int, closing: str) -> tuple[dict[str, str], int]:
        fields: dict[str, str] = {}
        while True:
            gap = _GAP.match(self.text, at)
            at = gap.end() if gap else at
            if self.text[at : at + 1] == closing:
                return fields, at + 1
            if self.text[at : at + 1] == ",":
                at += 1
                continue
            name = _NAME.match(self.text, at)
            if name is None:
                raise _Unreadable(at)
            value, at = self._value(name.end())
            fields.setdefault(name[1].lower(), value)
            if self.text[at : at + 1] not in (",", closing):
                raise _Unreadable(at)

    def _value(self, at: int) -> tuple[str, int]:
        """Read pieces joined by `#`; give the value and where it ends, spaces behind it passed."""
        pieces, length = [], 0
        while True:
            piece, at = self._piece(at)
            pieces.append(piece)
            length += len(piece)
            self.taken += len(piece)
            if length > LONGEST or self.taken > MOST_TEXT:
                raise _Unreadable(at)
            gap = _GAP.match(self.text, at)
            at = gap.end() if gap else at
            if self.text[at : at + 1] != "#":
                return "".join(pieces), at
            gap = _GAP.match(self.text, at + 1)
            at = gap.end() if gap else at

    def _piece(self, at: int) -> tuple[str, int]:
        if self.text[at : at + 1] == "{":
            end = self._closed(at + 1)
        elif self.text[at : at + 1] == '"':
            end = self._quoted(at + 1)
        else:
            bare = _BARE.match(self.text, at)
            if bare is None:
                raise _Unreadable(at)
            return self.strings.get(bare[0].lower(), bare[0]), bare.end()
        return self.text[at + 1 : end - 1], end

    def _closed(self, at: int) -> int:
        depth = 1
        for mark in _BRACE.finditer(self.text, at, at + LONGEST):
            if mark[0] not in "{}":
                break  # another entry begins: a brace was lost
            depth += 1 if mark[0] == "{" else -1
            if not depth:
                return mark.end()
        raise _Unreadable(at)

    def _quoted(self, at: int) -> int:
        depth = 0
        for mark in _QUOTED.finditer(self.text, at, at + LONGEST):
            if mark[0] == '"' and not depth:
                return mark.end()
            if mark[0] not in '{}"':
                break
            depth += {"{": 1, "}": -1, '"': 0}[mark[0]]
            if depth < 0:
                break
        raise _Unreadable(at)
