"""`retraits.jsonl`: what was taken back, one line an act, appended; only hashes of people's codes go.

It holds ids, days, names of files and keyed hashes: no words, no person, no code of a slip. What is meant is
written before anything is erased, so that a withdrawal that broke off is finished by the next one.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from avis import locks
from avis.editions.keyed import WINDOW, Trace, keyed, plain_words, windows
from avis.errors import Place, Problems, fail
from avis.folders import make_folder, read_regular, write_whole

NAME = "retraits.jsonl"
MOST_BYTES = 20_000_000
SHORTEST = 4
"""Words below which a text is not searched for: « Oui, c'est vrai. » is everybody's."""
BATCH_DAYS = 28
"""Days that counts may wait: a month at most, whatever the month."""
Kind = Literal["withdrawn", "changed", "suspended", "resumed", "counts"]


class _Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    pass


class ByHand(_Line, frozen=True, kw_only=True):
    """What the tool could not erase: a file of the evaluation, or objects of git by their ids."""

    file: str
    what: Literal["words", "git", "unsearched", "text"] = "words"
    objects: tuple[str, ...] = ()


class Withdrawal(_Line, frozen=True, kw_only=True, tag="asked", tag_field="act"):
    """Somebody asked: what for, and by what her words can be found again."""

    id: str
    on: str
    kind: Kind
    contributions: tuple[str, ...] = ()
    traces: tuple[Trace, ...] = ()
    person: str = ""
    """Her code, hashed under the key: she is found again when the counts are made, and nobody else is."""
    editions: tuple[str, ...] = ()
    """Those that went out with the words."""
    due: str = ""
    """For counts: the day by which she leaves them."""


class Done(_Line, frozen=True, kw_only=True, tag="done", tag_field="act"):
    """It was carried out, but for what is to be erased by hand."""

    of: str
    on: str
    hand: tuple[ByHand, ...] = ()


Act: TypeAlias = Withdrawal | Done


@dataclass(frozen=True)
class Standing:
    """A withdrawal and what became of it; `done` is none while it is not finished."""

    asked: Withdrawal
    done: Done | None = None

    @property
    def erases(self) -> bool:
        """Whether words had to go."""
        return self.asked.kind in ("withdrawn", "changed")


def read_withdrawals(root: Path, problems: Problems) -> dict[str, Standing]:
    """Give the withdrawals of an evaluation in their order, by id; the last `done` of each counts.

    Errors: RIG-003 a line that cannot be read.
    """
    found: dict[str, Standing] = {}
    for act in _acts(root, problems):
        if isinstance(act, Withdrawal):
            found.setdefault(act.id, Standing(act))
        elif act.of in found:
            found[act.of] = Standing(found[act.of].asked, act)
    return found


def _acts(root: Path, problems: Problems) -> Iterable[Act]:
    try:
        data = read_regular(root / NAME, MOST_BYTES)
    except FileNotFoundError:
        return
    except OSError:
        problems.add("SRC-041", Place(NAME))
        return
    for number, line in enumerate(data.splitlines(), 1):
        if line.strip():
            try:
                yield msgspec.json.decode(line, type=Act)
            except (msgspec.DecodeError, UnicodeDecodeError):
                problems.add("RIG-003", Place(NAME, line=number))


def append(root: Path, acts: Iterable[Act]) -> None:
    """Add acts; when it returns, they are on the disk, and only their owner reads them.

    Errors: RIG-004 somebody else is writing; RUN-010 to RUN-012.
    """
    path = root / NAME
    make_folder(root)
    held = locks.take(path.with_name(f".{NAME}.lock"))
    if held is None:
        raise fail("RIG-004", Place(NAME))
    with held, os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "ab") as out:
        torn = out.tell() and not read_regular(path, MOST_BYTES).endswith(b"\n")
        lines = b"".join(msgspec.json.encode(act) + b"\n" for act in acts)
        out.write(b"\n" + lines if torn else lines)
        out.flush()
        os.fsync(out.fileno())


def forget_person(root: Path, hashed: str) -> None:
    """Write the file without the hash of somebody's code, once she left the counts: codes are few to try.

    Errors: RIG-004 somebody else is writing; RUN-010 to RUN-012.
    """
    path = root / NAME
    held = locks.take(path.with_name(f".{NAME}.lock"))
    if held is None:
        raise fail("RIG-004", Place(NAME))
    with held:
        old = read_regular(path, MOST_BYTES)
        new = old.replace(f',"person":"{hashed}"'.encode(), b"") if hashed else old
        if new != old:
            write_whole(path, new)


def traces_of(
    key: bytes | None, texts: Iterable[str], runs: Collection[str] | None = None
) -> tuple[Trace, ...]:
    """Keep texts as what they can be found by again; what is too short to be somebody's is not kept.

    Only `runs` are kept of them, where they are given: others are somebody else's too.

    >>> [len(traces_of(b"k", [text])) for text in ("Oui.", "Le guichet ferme trop tôt.")]
    [0, 1]
    """
    kept = (_trace(key, text, runs) for text in texts if not is_short(text))
    return tuple(trace for trace in kept if trace.hashes)


def is_short(text: str) -> bool:
    """Tell whether a text has too few words to be somebody's: it is erased, and searched for nowhere else."""
    return len(plain_words(text)) < SHORTEST


def marks_of(key: bytes | None, marks: Iterable[str]) -> tuple[Trace, ...]:
    """Keep codes and hashes of words, which are one word each, as what they can be found by again."""
    return tuple(_trace(key, mark) for mark in marks if len("".join(plain_words(mark))) >= 6)


def _trace(key: bytes | None, text: str, runs: Collection[str] | None = None) -> Trace:
    """Without a key: the words themselves, every run of them, for a search that keeps nothing."""
    words = plain_words(text)
    size = min(WINDOW, len(words))
    parts = [" ".join(part) for part in windows(words, size, 1 if key is None else size or 1)]
    wanted = dict.fromkeys(part for part in parts if runs is None or part in runs)
    return Trace(size, tuple(wanted) if key is None else tuple(keyed(key, [part]) for part in wanted))


def person_hash(key: bytes, person: str) -> str:
    """Hash a person code under the key.

    >>> person_hash(b"k", "E8X4") == person_hash(b"k", "E8X5")
    False
    """
    return keyed(key, ["person", person])


def due_day(today: dt.date) -> str:
    """Give the day by which counts that wait are made again."""
    return (today + dt.timedelta(days=BATCH_DAYS)).isoformat()
