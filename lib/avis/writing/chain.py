"""Reading the log of a session: one JSON object a line, each bound to the one before.

Words stand beside it, in `X.mots.json`, each with its own random salt; the log holds salted hashes.
Erasing a word erases its salt with it, and leaves the chain whole: nobody can then find by trial
what was said.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from avis.errors import Place, Problems
from avis.writing.bodies import faults, words_named


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody asks the log to keep. The sender makes the id, so that sending it twice is harmless."""

    id: str
    type: str
    body: dict[str, Any]
    at: str
    writer: str = "salle"


class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of the log; `seq` counts lines from 1, `prev` is the sha256 of the line before."""

    id: str
    seq: int
    writer: str
    at: str
    type: str
    body: dict[str, Any]
    prev: str


class Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that somebody wrote or said, with the salt of their hash."""

    salt: str
    language: str
    text: str


@dataclass(frozen=True)
class Log:
    """A session as it was kept: what happened, and the words that still stand."""

    name: str = ""
    events: tuple[Event, ...] = ()
    words: Mapping[str, Word] = field(default_factory=dict)


def make_word(text: str, language: str, salt: str = "") -> Word:
    """Make a word with its own random salt; a given salt makes generated examples repeatable.

    >>> make_word("Ouvrir le samedi", "fr", salt="00").salt, len(make_word("Ouvrir", "fr").salt)
    ('00', 32)
    """
    return Word(salt or secrets.token_hex(16), language, unicodedata.normalize("NFC", text))


def word_hash(word: Word) -> str:
    """Give the salted hash that stands in the log for a word.

    >>> word_hash(make_word("é", "fr", "00")) == word_hash(make_word("e\u0301", "fr", "00"))
    True
    """
    text = unicodedata.normalize("NFC", word.text)
    return hashlib.sha256((word.salt + text).encode("utf-8")).hexdigest()


def words_path(path: Path) -> Path:
    """Give the side file of a log: `2024-03.jsonl` has its words in `2024-03.mots.json`."""
    return path.with_suffix(".mots.json")


def encode(event: Event) -> bytes:
    """Write an event as its line, without the newline: what the next one's `prev` is made of."""
    return json.dumps(msgspec.to_builtins(event), ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def digest(line: bytes) -> str:
    """Give the sha256 of a line, as the next line's `prev` holds it."""
    return hashlib.sha256(line).hexdigest()


@dataclass(frozen=True)
class Chain:
    """What the bytes of a log gave: its events, where the whole lines end, how the last one hashes."""

    events: tuple[Event, ...] = ()
    length: int = 0
    last: str = ""
    lines: int = 0
    ended: bool = True
    """Whether a newline follows the last whole line."""


def read_log(path: Path, name: str, problems: Problems) -> Log:
    """Read a session log and its words.

    Errors: SES-001 (warning) the torn last line was dropped; SES-002 a line is not an event; SES-003 the
    chain is broken; SES-004 an event has not the form of the schema; SES-005 one id for two things;
    SES-006 no file; and those of the side file, SES-007 to SES-009 and SES-014. What follows a broken
    line is not read.
    """
    try:
        data = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError):
        problems.add("SES-006", Place(name))
        return Log(name)
    chain = read_chain(data, name, problems)
    return Log(name, chain.events, _standing_words(path, name, chain.events, problems))


def read_chain(data: bytes, name: str, problems: Problems) -> Chain:
    """Read the lines of a log one after the other, as far as each is bound to the one before."""
    data = data.rstrip(b"\0")  # a power cut can leave zeros where the next line was to be
    events: dict[str, Event] = {}
    start, last, number = 0, "", 0
    while start < len(data):
        end = data.find(b"\n", start)
        line = data[start : end if end >= 0 else len(data)].rstrip(b"\r")
        event = _decode(line)
        place = Place(name, line=number + 1)
        if event is None:
            _say_unreadable(place, torn=end < 0, problems=problems)
            break
        if event.prev != last or event.seq != number + 1:
            problems.add("SES-003", place)
            break
        _keep(event, events, place, problems)
        number, last = number + 1, digest(line)
        if end < 0:
            return Chain(tuple(events.values()), len(data), last, number, ended=False)
        start = end + 1
    return Chain(tuple(events.values()), start, last, number)


def _decode(line: bytes) -> Event | None:
    try:
        return msgspec.json.decode(line, type=Event)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _say_unreadable(place: Place, torn: bool, problems: Problems) -> None:
    if torn:
        problems.warn("SES-001", place)
    else:
        problems.add("SES-002", place)


def _keep(event: Event, events: dict[str, Event], place: Place, problems: Problems) -> None:
    """Keep an event once, whatever the number of times it was sent."""
    wrong = faults(msgspec.to_builtins(event))
    first = events.get(event.id)
    if wrong:
        for name in wrong:
            problems.add("SES-004", Place(place.file, line=place.line, field=name))
    elif first is None:
        events[event.id] = event
    elif (first.type, first.body) != (event.type, event.body):
        problems.add("SES-005", place)


def read_words(path: Path, name: str, problems: Problems) -> dict[str, Word] | None:
    """Read the side file of a log; none where there is none. Errors: SES-007 not readable."""
    side = words_path(path)
    try:
        return msgspec.json.decode(side.read_bytes(), type=dict[str, Word])
    except FileNotFoundError:
        return None
    except (msgspec.DecodeError, UnicodeDecodeError):
        problems.add("SES-007", Place(_side_name(name)))
        return {}


def _side_name(name: str) -> str:
    return words_path(Path(name)).as_posix()


def _standing_words(path: Path, name: str, events: tuple[Event, ...], problems: Problems) -> dict[str, Word]:
    """Give the words that the log names and that are still what they were."""
    named = [(word, hash, event.seq) for event in events for word, hash in words_named(event.body)]
    found = read_words(path, name, problems)
    if found is None:
        if named:
            problems.warn("SES-008", Place(_side_name(name)), n=len(named))
        return {}
    redacted = {event.body["word"] for event in events if event.type == "redacted"}
    if redacted & found.keys():
        problems.add("SES-014", Place(_side_name(name)), n=len(redacted & found.keys()))
    standing = {}
    for word, hash, line in named:
        if word not in found or word in redacted:
            continue
        if word_hash(found[word]) == hash:
            standing[word] = found[word]
        else:
            problems.add("SES-009", Place(name, line=line))
    return standing
