"""The log of a session: appended by one writer at a time, on the disk before it is acknowledged.

Reading it is in `chain`, the form of each event in `bodies`; their names are given on from here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO

import msgspec

from avis import locks
from avis.errors import Place, Problems, fail
from avis.folders import write_whole
from avis.writing.bodies import TYPES, faults, words_named
from avis.writing.chain import (
    Chain,
    Entry,
    Event,
    Log,
    Word,
    digest,
    encode,
    make_word,
    read_chain,
    read_log,
    read_words,
    word_hash,
    words_path,
)

__all__ = [
    "TYPES",
    "Entry",
    "Event",
    "Log",
    "Recorder",
    "Word",
    "append",
    "erase",
    "make_word",
    "name_word",
    "read_log",
    "word_hash",
    "words_path",
]


def name_word(name: str, word: Word) -> dict[str, str]:
    """Give what stands in a body for a word: its name in the side file and its salted hash.

    >>> name_word("w1", make_word("Ouvrir le samedi", "fr", salt="00"))["word"]
    'w1'
    """
    return {"word": name, "hash": word_hash(word)}


def append(
    path: Path, entries: Iterable[Entry], words: Mapping[str, Word] | None = None
) -> tuple[Event, ...]:
    """Add events to a log and give those that were new; when it returns, they are on the disk.

    An entry whose id the log knows already is not written again. Raises `AvisError`: SES-004 wrong form,
    SES-005 an id that stands for something else, SES-010 another writer is at work, SES-011 a word is
    missing or is not the one that was hashed, SES-012 its name stands for other words already, SES-013 the
    log is broken.

    >>> import tempfile
    >>> entry = Entry("e1", "round_opened", {"round": "r1", "items": ["s1"]}, "2024-03-15T14:00:00Z")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     log = Path(folder, "seance.jsonl")
    ...     len(append(log, [entry])), len(append(log, [entry]))
    (1, 0)
    """
    with Recorder(path) as recorder:
        return recorder.append(entries, words or {})


def erase(path: Path, word: str) -> bool:
    """Erase a word and its salt from the side file of a log; tell whether it was there.

    The log is not touched: its chain stays whole, and the hash that it holds can no longer be tried.
    """
    with Recorder(path) as recorder:
        return recorder.erase(word)


class Recorder:
    """The one writer of a log, as a context: it holds the lock, the ids and the end of the chain.

    A torn last line is cut off before anything is added. Raises SES-010 where another is writing and
    SES-013 where the log cannot be read to its end.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> Recorder:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = _take_lock(self.path)
        try:
            self._open()
        except BaseException:
            self._lock.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.close()

    def _open(self) -> None:
        problems = Problems()
        data = self.path.read_bytes() if self.path.exists() else b""
        self._chain = read_chain(data, self.path.name, problems)
        self._words = read_words(self.path, self.path.name, problems) or {}
        if problems.errors:
            raise fail("SES-013", Place(self.path.name, line=self._chain.lines + 1), n=len(problems.errors))
        if len(data) > self._chain.length:
            os.truncate(self.path, self._chain.length)
        self._known = {event.id: (event.type, event.body) for event in self._chain.events}
        self._named = {word: hash for event in self._chain.events for word, hash in words_named(event.body)}

    def append(self, entries: Iterable[Entry], words: Mapping[str, Word]) -> tuple[Event, ...]:
        """Add the entries that are new: words first, so that no line ever names a word that is not kept."""
        new = self._new(entries)
        events, lines = self._chained(new)
        named: dict[str, str] = {}
        for event in events:
            named |= self._check_words(event, words, named)
        self._write_words({word: words[word] for word in named if word in words})
        self._write_lines(lines)
        self._known |= {entry.id: (entry.type, entry.body) for entry in new}
        self._named |= named
        return tuple(events)

    def erase(self, word: str) -> bool:
        """Erase a word and its salt."""
        if word not in self._words:
            return False
        del self._words[word]
        self._save_words()
        return True

    def _new(self, entries: Iterable[Entry]) -> list[Entry]:
        """Give the entries that the log does not hold yet, each once."""
        new: dict[str, Entry] = {}
        for entry in entries:
            said = (entry.type, entry.body)
            first = new.get(entry.id)
            before = (first.type, first.body) if first else self._known.get(entry.id, said)
            if before != said:
                raise fail("SES-005", Place(self.path.name))
            if entry.id not in self._known:
                new[entry.id] = first or entry
        return list(new.values())

    def _chained(self, entries: Sequence[Entry]) -> tuple[list[Event], list[bytes]]:
        events: list[Event] = []
        lines: list[bytes] = []
        last, seq = self._chain.last, self._chain.lines
        for entry in entries:
            seq += 1
            event = Event(entry.id, seq, entry.writer, entry.at, entry.type, entry.body, last)
            wrong = faults(msgspec.to_builtins(event))
            if wrong:
                raise fail("SES-004", Place(self.path.name, line=seq, field=wrong[0]))
            events.append(event)
            lines.append(encode(event))
            last = digest(lines[-1])
        return events, lines

    def _check_words(
        self, event: Event, words: Mapping[str, Word], batch: Mapping[str, str]
    ) -> dict[str, str]:
        named = dict(words_named(event.body))
        place = Place(self.path.name, line=event.seq)
        for name, hash in named.items():
            if hash != self._named.get(name, batch.get(name, hash)):
                raise fail("SES-012", place)
            word = words.get(name) or self._words.get(name)
            if word is None or word_hash(word) != hash:
                raise fail("SES-011", place)
        return named

    def _write_words(self, words: Mapping[str, Word]) -> None:
        new = {name: word for name, word in words.items() if self._words.get(name) != word}
        if new:
            self._words |= new
            self._save_words()

    def _save_words(self) -> None:
        content = msgspec.json.format(msgspec.json.encode(self._words, order="sorted"), indent=1)
        write_whole(words_path(self.path), content + b"\n")

    def _write_lines(self, lines: list[bytes]) -> None:
        if not lines:
            return
        data = b"".join(line + b"\n" for line in lines)
        _append_bytes(self.path, data if self._chain.ended else b"\n" + data)
        end = self._chain
        length = end.length + len(data) + (0 if end.ended else 1)
        self._chain = Chain(end.events, length, digest(lines[-1]), end.lines + len(lines))


def _append_bytes(path: Path, data: bytes) -> None:
    is_new = not path.exists()
    with path.open("ab") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    if is_new and sys.platform != "win32":  # a new name is on the disk once its folder is
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


def _take_lock(path: Path) -> IO[bytes]:
    """Lock `.X.jsonl.lock`; errors: SES-010 another writer holds the log."""
    held = locks.take(path.with_name(f".{path.name}.lock"))
    if held is None:
        raise fail("SES-010", Place(path.name))
    return held
