"""The box of answers of an open round: on the disk before an answer is acknowledged, opened by nobody.

When the round closes, the last answer of each voter is given out in an order that tells nothing, under a
token that links neither two texts nor two rounds; then the box goes, and the secret of its tokens with it
(docs/adr/0016).
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from avis.errors import Place, fail
from avis.writing.lines import settle_name

TOKEN = 16
"""Hexadecimal signs of a voter's token."""


class Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer to one text, or the pile of paper for it, as the box keeps it."""

    id: str
    item: str
    version: int
    voter: str = ""
    level: str = ""
    counts: dict[str, int] = {}


class _Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    round: str
    secret: str


@dataclass(frozen=True)
class Reaction:
    """An answer as it goes to the log; `id` is that of its event."""

    id: str
    item: str
    version: int
    voter: str
    level: str

    @property
    def body(self) -> dict[str, Any]:
        """The body of its event."""
        return {"item": self.item, "version": self.version, "voter": self.voter, "level": self.level}


@dataclass
class Box:
    """The open box of a round."""

    path: Path
    round: str
    secret: str = field(repr=False)
    given: dict[str, Given] = field(default_factory=dict, repr=False)
    """What was put in, by the id of the act, in the order in which it came."""
    _length: int = 0

    def voter(self, seat: str, item: str) -> str:
        """Give the token of a seat for one text of this round.

        >>> box = Box(Path("b"), "r1", "00")
        >>> box.voter("seat", "s1") == box.voter("seat", "s2")
        False
        """
        return self._mac(f"seat {seat} {item}")[:TOKEN]

    def put(self, given: Given) -> None:
        """Keep an answer, on the disk when this returns; where the disk refuses, the box is as it was.

        Raises OSError.
        """
        line = msgspec.json.encode(given) + b"\n"
        _write(self.path, line, self._length)
        self._length += len(line)
        self.given[given.id] = given

    def reactions(self) -> list[Reaction]:
        """Give the last answer of each voter and those of the piles, in an order that tells nothing."""
        found = [self._reaction(*answer) for answer in (*self._answers(), *self._piled())]
        # By the id, which is a number that only the secret explains: shuffled, and the same after a crash.
        return sorted(found, key=lambda reaction: reaction.id)

    def _answers(self) -> Iterator[tuple[str, int, str, str]]:
        last = {one.voter: one for one in self.given.values() if one.voter}
        return ((one.item, one.version, voter, one.level) for voter, one in last.items())

    def _piled(self) -> Iterator[tuple[str, int, str, str]]:
        last = {one.item: one for one in self.given.values() if not one.voter}
        for item, one in last.items():
            for level, times in one.counts.items():
                for number in range(times):
                    voter = self._mac(f"paper {item} {level} {number}")[:TOKEN]
                    yield item, one.version, voter, level

    def _reaction(self, item: str, version: int, voter: str, level: str) -> Reaction:
        id = self._mac(f"event {item} {version} {voter} {level}")[:40]
        return Reaction(id, item, version, voter, level)

    def _mac(self, said: str) -> str:
        return hmac.new(bytes.fromhex(self.secret), said.encode("utf-8"), hashlib.sha256).hexdigest()


def box_path(log: Path) -> Path:
    """Give the file of the box beside a log: `.2024-03-15.urne` for `2024-03-15.jsonl`."""
    return log.with_name(f".{log.stem}.urne")


def make_box(path: Path, round: str) -> Box:
    """Make an empty box for a round, in the place of any other. Raises OSError."""
    path.unlink(missing_ok=True)
    box = Box(path, round, secrets.token_hex(32))
    head = msgspec.json.encode(_Head(round, box.secret)) + b"\n"
    try:
        _write(path, head, 0)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    box._length = len(head)
    return box


def read_box(path: Path) -> Box | None:
    """Read a box after a crash, less a last line that is torn; none where there is no box, or no whole head.

    Errors: SAL-039 it was changed by another hand.
    """
    try:
        data = path.read_bytes().rstrip(b"\0")
    except FileNotFoundError:
        return None
    whole = data[: data.rfind(b"\n") + 1]
    head, *lines = whole.splitlines() or [b""]
    if not head:
        return None
    try:
        top = msgspec.json.decode(head, type=_Head)
        given = [msgspec.json.decode(line, type=Given) for line in lines]
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise fail("SAL-039", Place(path.name)) from None
    return Box(path, top.round, top.secret, {one.id: one for one in given}, len(whole))


def _write(path: Path, line: bytes, length: int) -> None:
    """Write a line where the whole ones end, whatever a disk that was full left there."""
    flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o600)
    with os.fdopen(descriptor, "wb", buffering=0) as out:
        out.truncate(length)
        out.seek(length)
        try:
            left = memoryview(line)
            while left:
                left = left[out.write(left) :]
            os.fsync(out.fileno())
        except OSError:
            out.truncate(length)
            raise
    if not length:
        settle_name(path)
