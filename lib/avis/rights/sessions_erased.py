"""Taking words out of the sessions: from the side files, with events that say so and repeat nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from avis.errors import AvisError, Problems
from avis.evaluation import Evaluation
from avis.writing.bodies import words_named
from avis.writing.chain import Entry, Event, read_log
from avis.writing.events import Recorder

WRITER = "avis"
_AMENDMENTS = ("amendment_proposed",)


@dataclass(frozen=True)
class Held:
    """What a log holds of some contributions: names of words, texts and quotes to take back."""

    path: Path
    words: tuple[str, ...]
    items: tuple[str, ...]
    quotes: tuple[str, ...]


def held_in_sessions(opened: Evaluation, gone: frozenset[str]) -> list[Held]:
    """Find what the logs hold, by the order of their sessions."""
    found = []
    for path in opened.files(opened.settings.sources.sessions):
        events = read_log(path, opened.name(path), Problems()).events
        opening = next((event.body["date"] for event in events if event.type == "session_opened"), "")
        found.append((opening, path, events))
    return [_held(path, events, gone) for _, path, events in sorted(found, key=lambda one: one[:2])]


def _held(path: Path, events: tuple[Event, ...], gone: frozenset[str]) -> Held:
    words = [word for event in events for word, _ in words_named(event.body) if gone & set(_owners(event))]
    items = [id for event in events for id in _owners(event) if id in gone and event.type in _BRINGS]
    quotes = [event.body["quote"] for event in events if event.body.get("quote") in gone]
    once = (tuple(dict.fromkeys(names)) for names in (words, items, quotes))
    return Held(path, *once)


_BRINGS = ("proposed", "dissent_recorded")
"""Events that bring what `withdrawn` can take back."""


def _owners(event: Event) -> Iterator[str]:
    """Give what the words of an event belong to; an amendment belongs to its text too."""
    body = event.body
    narrow = [str(body[name]) for name in ("dissent", "objection", "amendment") if name in body]
    yield from narrow
    if "item" in body and (not narrow or event.type in _AMENDMENTS):
        yield str(body["item"])


def with_texts_amended(opened: Evaluation, gone: frozenset[str]) -> frozenset[str]:
    """Add the texts that took in an amendment of hers: as adopted they are her words, shown no more."""
    events = (
        event
        for path in opened.files(opened.settings.sources.sessions)
        for event in read_log(path, opened.name(path), Problems()).events
    )
    taken_in = (event for event in events if event.type == "amendment_accepted")
    return gone | {str(event.body["item"]) for event in taken_in if event.body.get("amendment") in gone}


def erase_sessions(opened: Evaluation, gone: frozenset[str], mark: str) -> list[str]:
    """Erase the words, then add `redacted`, `withdrawn` and `approval_revoked`; twice does no more than once.

    `mark` makes the ids of the events, so that a run that broke off adds none of them again. Gives the
    names of the logs that could not be written: another writer is at work, or they are damaged.
    """
    logs = held_in_sessions(opened, gone)
    last = logs[-1].path if logs else None
    items = [id for log in logs for id in log.items]
    quotes = [id for log in logs for id in log.quotes]
    left = []
    for log in logs:
        events = [("redacted", {"word": word}) for word in log.words]
        if log.path == last:  # after all that was approved or said about them
            events += [("withdrawn", {"item": id}) for id in dict.fromkeys(items)]
            events += [("approval_revoked", {"quote": id}) for id in dict.fromkeys(quotes)]
        if events and not _write(log, events, mark):
            left.append(opened.name(log.path))
    return left


def _write(log: Held, events: list[tuple[str, dict[str, str]]], mark: str) -> bool:
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    entries = [
        Entry(f"{mark}-{number:03}", type, dict(body), now, WRITER)
        for number, (type, body) in enumerate(events, 1)
    ]
    try:
        with Recorder(log.path) as recorder:
            for word in log.words:
                recorder.erase(word)
            recorder.append(entries, {})
    except (AvisError, OSError):
        return False
    return True
