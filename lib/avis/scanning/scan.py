"""The last look at a folder that is about to leave: every file opened, all that is wanted looked for.

What the points of a picture show is not read (`Report.pictures` names them); what cannot be opened is in
`Report.unread`, and nothing leaves with it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from avis.decoding.escapes import readings
from avis.decoding.opener import Opener
from avis.decoding.pieces import MOST_BYTES
from avis.folders import read_regular
from avis.scanning.matching import Found, Matcher
from avis.scanning.plants import check_plants
from avis.scanning.wanted import Wanted

MOST_FILE = 16 * 2**20
"""Bytes of one file: what is larger is no page of an edition."""
MOST_ALL = 3 * MOST_BYTES
"""Bytes of all files and of what they unpack to."""
MOST_TEXT = 48_000_000
"""Letters of all that these read as: a search ends within a minute or two, whatever it is given."""
HIDDEN = "(…)"
"""Stands for a name that holds what was looked for: where something was found is told to whoever asks."""


@dataclass(frozen=True, order=True)
class Hit:
    """Something that must not leave: in which file, what kind, where in it, how many different ones."""

    file: str
    kind: str
    where: str = ""
    n: int = 1


@dataclass(frozen=True)
class Report:
    """What was found and what was not opened; nothing of anybody is in it."""

    hits: tuple[Hit, ...]
    unread: tuple[str, ...]
    lists: tuple[str, ...]
    missing: tuple[str, ...]
    plants: int
    pictures: tuple[str, ...] = ()
    files: int = 0

    @property
    def clean(self) -> bool:
        """Tell whether nothing was found and all was read."""
        return not self.hits and not self.unread


def scan(folder: Path, wanted: Wanted) -> Report:
    """Look into every file of a folder, hidden ones too; links are not followed and count as not opened.

    The scanner first finds its own plants: SCA-001 where it misses one.
    """
    plants = check_plants(_found_in)
    look = _Look(Matcher(wanted))
    for path, name in _files(folder):
        look.at(path, name)
    return Report(
        hits=tuple(sorted(look.hits())),
        unread=tuple(dict.fromkeys(look.unread)),
        lists=wanted.lists,
        missing=wanted.missing,
        plants=plants,
        pictures=tuple(dict.fromkeys(look.pictures)),
        files=look.files,
    )


def _found_in(files: Iterable[bytes], wanted: Wanted) -> Iterator[set[Found]]:
    matcher = Matcher(wanted)
    for data in files:
        look = _Look(matcher)
        look.into("", data)
        yield {(kind, value) for (_, _, kind), values in look.found.items() for value in values}


def _files(folder: Path) -> Iterator[tuple[Path, str]]:
    for here, folders, files in os.walk(folder):
        folders.sort()
        top = Path(here)
        links = [name for name in folders if (top / name).is_symlink()]
        for name in sorted((*files, *links)):
            yield top / name, (top / name).relative_to(folder).as_posix()
        for name in folders:
            if name not in links and not any((top / name).iterdir()):
                yield top / name, f"{(top / name).relative_to(folder).as_posix()}/"


class _Look:
    """What was found so far: by file and place, each different thing once."""

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self.found: dict[tuple[str, str, str], set[object]] = {}
        self.unread: list[str] = []
        self.pictures: list[str] = []
        self.left = MOST_ALL
        self.letters = MOST_TEXT
        self.files = 0
        self._told: dict[str, str] = {}

    def hits(self) -> Iterator[Hit]:
        for (file, where, kind), values in self.found.items():
            yield Hit(file, kind, where, len(values))

    def at(self, path: Path, name: str) -> None:
        """Look at a file's name, and into it."""
        for reading in readings(os.fsencode(name).decode("utf-8", "replace")):
            for one in (*self.matcher.find(reading), *self.matcher.identifiers(reading)):
                self._note(self._masked(name), "name of the file", one)
        if name.endswith("/"):
            return
        self.files += 1
        try:
            data = read_regular(path, MOST_FILE) if not path.is_symlink() else None
        except OSError:
            data = None
        if data is None or len(data) > MOST_FILE:
            self.unread.append(self._masked(name))
        else:
            self.into(name, data)

    def into(self, name: str, data: bytes) -> None:
        """Look into the bytes of a file."""
        opener = Opener(min(MOST_BYTES, self.left))
        left, file = opener.left, self._masked(name)
        for piece in opener.open(data):
            self.letters -= len(piece.text)
            if self.letters < 0:
                self.unread.append(file)
                break
            for found in self.matcher.find(piece.text):
                self._note(file, self._masked(piece.where), found)
            for found in () if piece.glued else self.matcher.identifiers(piece.text):
                self._note(file, self._masked(piece.where), found)
        self.left -= left - opener.left
        self.unread += [_inside(file, self._masked(where)) for where in opener.unread]
        self.pictures += [_inside(file, self._masked(where)) for where in opener.pictures]

    def _note(self, file: str, where: str, found: Found) -> None:
        self.found.setdefault((file, where, found[0]), set()).add(found[1])

    def _masked(self, name: str) -> str:
        """Write a name without any part in which something was found."""
        if name not in self._told:
            parts = [part.split("/") for part in name.split(" › ")]
            self._told[name] = " › ".join("/".join(map(self._masked_part, some)) for some in parts)
        return self._told[name]

    def _masked_part(self, part: str) -> str:
        written = part.encode("utf-8", "backslashreplace").decode("utf-8")
        held = any(self.matcher.find(one) or [*self.matcher.identifiers(one)] for one in readings(written))
        return HIDDEN if held else written


def _inside(file: str, where: str) -> str:
    return f"{file} › {where}" if where else file
