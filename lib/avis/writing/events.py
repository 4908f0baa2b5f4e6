"""The log of a session: appended by one writer at a time, on the disk before it is acknowledged.

Reading it is in `chain`, the form of each event in `bodies`; their names are given on from here.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import msgspec

from avis import locks
from avis.errors import AvisError, Place, Problems, fail
from avis.folders import cannot_write, write_whole
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
from avis.writing.lines import append_bytes, cut

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
    SES-013 where the log cannot be read to its end. What was read is kept, so that an event costs the same
    in a long log as in a short one.
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
        self.problems = Problems()
        """What was said of the log when it was opened: SES-001 where its last line was torn."""
        data = self.path.read_bytes() if self.path.exists() else b""
        chain = read_chain(data, self.path.name, self.problems)
        self._words = read_words(self.path, self.path.name, self.problems) or {}
        if errors := self.problems.errors:
            raise fail("SES-013", Place(self.path.name, line=chain.lines + 1), n=len(errors))
        self._end = replace(chain, events=())
        if len(data) > chain.length:
            cut(self.path, chain.length)
        self._torn = False
        self._events = list(chain.events)
        self._known = {event.id: (event.type, event.body) for event in chain.events}
        self._named = {word: hash for event in chain.events for word, hash in words_named(event.body)}

    @property
    def log(self) -> Log:
        """The log as it now is, with the words that still stand."""
        gone = {event.body["word"] for event in self._events if event.type == "redacted"}
        standing = {
            name: word
            for name, hash in self._named.items()
            if name not in gone and (word := self._words.get(name)) and word_hash(word) == hash
        }
        return Log(self.path.name, tuple(self._events), standing)

    @property
    def events(self) -> Sequence[Event]:
        """What happened, in order."""
        return self._events

    def known(self, id: str) -> tuple[str, dict[str, Any]] | None:
        """Give the type and body of an event that the log holds."""
        return self._known.get(id)

    @property
    def words(self) -> Mapping[str, Word]:
        """The words of the side file, as it now is."""
        return self._words

    def append(self, entries: Iterable[Entry], words: Mapping[str, Word]) -> tuple[Event, ...]:
        """Add the entries that are new: words first, so that no line ever names a word that is not kept.

        Where the disk refuses (RUN-010 to RUN-012), the log and its words are as they were before.
        """
        new = self._new(entries)
        events, lines = self._chained(new)
        named: dict[str, str] = {}
        for event in events:
            named |= self._check_words(event, words, named)
        before = self._words
        self._write_words({word: words[word] for word in named if word in words})
        try:
            self._write_lines(lines)
        except OSError as error:
            self._put_back(before)
            raise cannot_write(self.path, error) from None
        self._events += events
        self._known |= {entry.id: (entry.type, entry.body) for entry in new}
        self._named |= named
        return tuple(events)

    def erase(self, word: str) -> bool:
        """Erase a word and its salt."""
        return bool(self.erase_all([word]))

    def erase_all(self, words: Iterable[str]) -> int:
        """Erase words and their salts at once, and give how many there were."""
        left = {name: word for name, word in self._words.items() if name not in set(words)}
        erased = len(self._words) - len(left)
        if erased:
            self._save_words(left)
        return erased

    def erase_unnamed(self) -> int:
        """Erase the words that no line names: a writer killed between a word and its line left them."""
        return self.erase_all([name for name in self._words if name not in self._named])

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
        last, seq = self._end.last, self._end.lines
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
            self._save_words(self._words | new)

    def _save_words(self, words: dict[str, Word]) -> None:
        content = msgspec.json.format(msgspec.json.encode(words, order="sorted"), indent=1)
        write_whole(words_path(self.path), content + b"\n")
        self._words = words

    def _put_back(self, words: dict[str, Word]) -> None:
        """Take words out again whose lines could not be written; a full disk may refuse that too."""
        if words is not self._words:
            with contextlib.suppress(AvisError):
                self._save_words(words)

    def _write_lines(self, lines: list[bytes]) -> None:
        if not lines:
            return
        end = self._end
        if self._torn:
            cut(self.path, end.length)
            self._torn = False
        data = b"".join(line + b"\n" for line in lines)
        data = data if end.ended else b"\n" + data
        try:
            append_bytes(self.path, data)
        except OSError:
            self._torn = True
            with contextlib.suppress(OSError):
                cut(self.path, end.length)
                self._torn = False
            raise
        self._end = Chain((), end.length + len(data), digest(lines[-1]), end.lines + len(lines))


def _take_lock(path: Path) -> IO[bytes]:
    """Lock `.X.jsonl.lock`; errors: SES-010 another writer holds the log."""
    held = locks.take(path.with_name(f".{path.name}.lock"))
    if held is None:
        raise fail("SES-010", Place(path.name))
    return held
