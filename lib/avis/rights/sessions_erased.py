"""Taking words out of the sessions: from the side files, with events that say so and repeat nothing."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

from avis.errors import AvisError, Problems
from avis.evaluation import Evaluation
from avis.folders import lies_within
from avis.settings import Scale
from avis.writing.bodies import words_named
from avis.writing.chain import Entry, Event, Log, read_log, read_words
from avis.writing.deliberation import fold_logs, in_order, words_hash_of
from avis.writing.events import Recorder
from avis.writing.lessened import taken_back

WRITER = "avis"
VOICES = "voix"
KEPT_VOICES = f"seances/{VOICES}/"
"""Where the room keeps a voice, seen from the evaluation."""
"""The folder beside the logs with the recordings that somebody consented to have kept."""
_AMENDMENTS = ("amendment_proposed", "amendment_rejected")


@dataclass(frozen=True)
class Held:
    """What a log holds of some contributions: names of words, texts and quotes, files of voices."""

    path: Path
    log: Log = field(repr=False)
    words: tuple[str, ...]
    items: tuple[str, ...]
    quotes: tuple[str, ...]
    voices: tuple[Path, ...] = ()


def held_in_sessions(opened: Evaluation, gone: frozenset[str]) -> list[Held]:
    """Find what the logs hold, by the order of their sessions; what was taken back already is not in it."""
    found = []
    for path in opened.files(opened.settings.sources.sessions):
        log = read_log(path, opened.name(path), Problems())
        found.append((path, log))
    by_path = {log.name: path for path, log in found}
    logs = in_order(log for _, log in found)
    left = _not_withdrawn(logs, gone)
    amending = _amending(logs, gone)
    return [_held(by_path[log.name], log, gone | amending, left) for log in logs]


def _amending(logs: Iterable[Log], gone: frozenset[str]) -> frozenset[str]:
    """Give the amendments of texts that are taken back: reworded, they say her words under their own id."""
    events = (event for log in logs for event in log.events if event.type == "amendment_proposed")
    return frozenset(str(event.body["amendment"]) for event in events if event.body["item"] in gone)


def _not_withdrawn(logs: Iterable[Log], gone: frozenset[str]) -> frozenset[str]:
    """Leave out the texts that were withdrawn, and the quotes whose approval was the last to be revoked."""
    left = set(gone)
    for log in logs:
        for event in log.events:
            if event.type == "withdrawn":
                left.discard(str(event.body["item"]))
            elif event.type == "approval_revoked":
                left.discard(str(event.body["quote"]))
            elif event.type == "quote_approved" and event.body["quote"] in gone:
                left.add(str(event.body["quote"]))
    return frozenset(left)


def _held(path: Path, log: Log, gone: frozenset[str], left: frozenset[str]) -> Held:
    events = log.events
    said = {event.body["word"] for event in events if event.type == "redacted"}
    said -= (read_words(path, log.name, Problems()) or {}).keys()  # a copy of before brought them back
    named = [word for event in events for word, _ in words_named(event.body) if gone & set(_owners(event))]
    words = [word for word in named if word not in said]
    items = [id for event in events for id in _owners(event) if id in left and event.type in _BRINGS]
    quotes = [event.body["quote"] for event in events if event.body.get("quote") in left]
    words, items, quotes = (list(dict.fromkeys(names)) for names in (words, items, quotes))
    voices = tuple(_voices(path, events, gone))
    return Held(path, log, tuple(words), tuple(items), tuple(quotes), voices)


def _voices(path: Path, events: Iterable[Event], gone: frozenset[str]) -> Iterator[Path]:
    """Give the voices that are kept of texts: files in their folder alone, whatever a log names."""
    folder = path.parent / VOICES
    for event in events:
        if event.type == "audio_attached" and event.body["item"] in gone and "file" in event.body:
            voice = path.parent / str(event.body["file"])
            if lies_within(voice, folder):
                yield voice


_BRINGS = ("proposed", "dissent_recorded")
"""Events that bring what `withdrawn` can take back."""


def _owners(event: Event) -> Iterator[str]:
    """Give what the words of an event belong to; an amendment, and why it was rejected, to its text too."""
    body = event.body
    narrow = [str(body[name]) for name in ("dissent", "objection", "amendment", "quote") if name in body]
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


def erase_sessions(
    opened: Evaluation,
    gone: frozenset[str],
    mark: str,
    carried: bool = False,
    held: Recorder | None = None,
) -> list[str]:
    """Erase voices and words, then add `redacted`, `withdrawn`, `approval_revoked`; twice does it once.

    `mark` makes the ids of the events, so that a run that broke off adds none of them again. Where words were
    taken back and nothing else changed (`carried`), `adoption_carried` says that what is left was adopted.
    `held` is the log that the caller has open: what the disk says to that one is raised (RUN-010 to RUN-012).
    Gives the names of the logs that could not be written, since another is at work or they are damaged, and
    of the voices that could not be erased.
    """
    logs = held_in_sessions(opened, gone)
    wanted = _events(logs)
    adoption = _adoption(opened.settings.scales, logs, wanted) if carried else None
    if adoption:
        # Before any word goes: after a crash in between nobody could reckon any more what had been adopted.
        _write(replace(logs[-1], words=()), [adoption], mark, held)
    left = [opened.name(voice) for log in logs for voice in log.voices if not _silence(voice)]
    done = [not events or _write(log, events, mark, held) for log, events in zip(logs, wanted, strict=True)]
    return left + [opened.name(log.path) for log, written in zip(logs, done, strict=True) if not written]


def _silence(voice: Path) -> bool:
    """Erase a recording, and tell whether it is gone."""
    try:
        voice.unlink(missing_ok=True)
    except OSError:
        return False
    return True


Said: TypeAlias = tuple[str, dict[str, Any]]
"""The type of an event, and its body."""


def _events(logs: list[Held]) -> list[list[Said]]:
    """Give what is to be added to each log; what is taken back is said in the last, after all about it."""
    events: list[list[Said]] = [[("redacted", {"word": word}) for word in log.words] for log in logs]
    if logs:
        events[-1] += [
            ("withdrawn", {"item": id}) for id in dict.fromkeys(id for log in logs for id in log.items)
        ]
        quotes = dict.fromkeys(id for log in logs for id in log.quotes)
        events[-1] += [("approval_revoked", {"quote": id}) for id in quotes]
    return events


def _adoption(scales: Mapping[str, Scale], logs: list[Held], wanted: list[list[Said]]) -> Said | None:
    """Carry the adoption over to the words that will be left, where they are the adopted ones less hers.

    It is reckoned before anything is erased: afterwards nobody can tell what had been adopted.
    """
    before = [held.log for held in logs]
    after = [_less(log, events) for log, events in zip(before, wanted, strict=True)]
    then, now = fold_logs(before, scales), fold_logs(after, scales)
    taken = taken_back(then, now)
    if not taken or then.edition_adopted != words_hash_of(then):
        return None
    return "adoption_carried", {"was": then.edition_adopted, "words_hash": words_hash_of(now), **taken}


def _less(log: Log, events: list[Said]) -> Log:
    """Give a log as it will be."""
    more = (Event("", 0, WRITER, "", type, body, "") for type, body in events)
    return Log(log.name, (*log.events, *more), log.words)


def _write(log: Held, events: list[Said], mark: str, held: Recorder | None) -> bool:
    now = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:00Z")  # by its second, a text could be told
    entries = [Entry(_id(mark, type, body), type, body, now, WRITER) for type, body in events]
    if held is not None and held.path == log.path:
        _erase(held, log.words, entries)
        return True
    try:
        with Recorder(log.path) as recorder:
            _erase(recorder, log.words, entries)
    except (AvisError, OSError):
        return False
    return True


def _id(mark: str, type: str, body: dict[str, Any]) -> str:
    """Name an event by what it says: after a run that broke off there is less to say."""
    said = json.dumps([type, body], sort_keys=True)
    return f"{mark}-{hashlib.sha256(said.encode('utf-8')).hexdigest()[:12]}"


def _erase(recorder: Recorder, words: tuple[str, ...], entries: list[Entry]) -> None:
    recorder.erase_all(words)
    recorder.append(entries, {})
