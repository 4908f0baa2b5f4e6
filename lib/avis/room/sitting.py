"""A session while it is open: its log under lock, the state of all texts, the box of its open round.

What is said here is on the disk before it changes anything that a page may show.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from avis.errors import AvisError, Problems, fail
from avis.evaluation import Evaluation
from avis.room.box import Box, box_path, make_box, read_box
from avis.room.codes import Kept, kept_path, make_kept, read_kept, write_kept
from avis.writing.chain import Entry, Event, Word
from avis.writing.deliberation import fold_state, happen, read_logs
from avis.writing.events import Recorder, make_word, name_word, words_path
from avis.writing.items import Item, Session
from avis.writing.state import State

FOLDER = "seances"
WRITER = "salle"


@dataclass(frozen=True)
class Said:
    """An event to be: its type, its body, and its words by the field they stand in, as (language, text)."""

    type: str
    body: dict[str, Any]
    words: Mapping[str, tuple[str, str]] = field(default_factory=dict, repr=False)


def minute() -> str:
    """Give the time, down to the minute: by its second, a text could be told from a phone."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:00Z")


class Sitting:
    """An open session. It holds the log's lock until `close`."""

    def __init__(self, evaluation: Evaluation, name: str, kept: Kept) -> None:
        self.evaluation, self.name, self.kept = evaluation, name, kept
        self.path = log_path(evaluation, name)
        self.recorder = Recorder(self.path)
        self.recorder.__enter__()
        self.box: Box | None = None
        try:
            self._fold()
        except BaseException:
            self.close()
            raise

    def _fold(self) -> None:
        self.others = [log for log in read_logs(self.evaluation, Problems()) if log.name != self._log_name]
        self.refold()

    @property
    def _log_name(self) -> str:
        return self.evaluation.name(self.path)

    def refold(self) -> None:
        """Reckon the state afresh, from all logs: words were erased, or another log has changed."""
        own = self.recorder.log
        self.state: State = fold_state([*self.others, own], self.evaluation.settings.scales)

    def reread(self) -> None:
        """Read the other logs again: something was taken out of them."""
        self._fold()

    @property
    def session(self) -> Session:
        """This session, as its log tells it."""
        return self.state.sessions[-1]

    @property
    def salt(self) -> str:
        """The salt of the return codes of this session."""
        return self.state.salts[-1]

    def say(self, id: str, said: Sequence[Said]) -> tuple[Event, ...]:
        """Add events and let them happen; the last has the id of the act: where it stands, all stand.

        Errors: those of `Recorder.append`; then nothing has happened.
        """
        ids = [f"{id}.{number}" for number in range(1, len(said))] + [id]
        words: dict[str, Word] = {}
        entries = []
        for event, one in zip(ids, said, strict=True):
            body = dict(one.body)
            for name, (language, text) in one.words.items():
                word = f"{event}-{name}"
                words[word] = make_word(text, language)
                body[name] = name_word(word, words[word])
            entries.append(Entry(event, one.type, body, minute(), WRITER))
        return self.add(entries, words)

    def add(self, entries: Iterable[Entry], words: Mapping[str, Word]) -> tuple[Event, ...]:
        """Add entries as they are, and let those happen that are new."""
        try:
            events = self.recorder.append(entries, words)
        except AvisError:
            if not self.state.open:  # the box was for a round that did not open
                self.drop_box()
            raise
        if any(event.type == "redacted" for event in events):
            self.refold()
        else:
            happen(self.state, self._log_name, events, self.recorder.words)
        return events

    def is_before_others(self, date: str) -> bool:
        """Tell whether a day is before that of a session that was kept: its events would happen too late."""
        return any(session.date > date for session in self.state.sessions)

    def keep(self) -> None:
        """Write what stands beside the log. Errors: RUN-010 to RUN-012."""
        write_kept(self.path, self.kept)

    def is_seen(self, id: str) -> bool:
        """Tell whether everybody may know of a text or an amendment: a round or the wall showed its words.

        Words that their author has changed since are others: nobody puts them on the wall from a phone.
        """
        item, state = self.state.items.get(id), self.state
        was_asked = item is not None and bool(item.session or item.adopted_version)
        if was_asked and state.asked_reworded.get(id, 0) == state.reworded.get(id, 0):
            return True
        return self.mark(id) in self.kept.seen

    def mark(self, id: str) -> str:
        """Name something as its author has worded it now, for what was seen."""
        changed = self.state.reworded.get(id, 0)
        return f"{id}#{changed}" if changed else id

    def text(self, id: str) -> Item | None:
        """Give a text that is there and has words."""
        item = self.state.items.get(id)
        return item if item and item.wordings else None

    def open_box(self, round: str) -> Box:
        """Make the box of a round. Raises OSError."""
        self.box = make_box(box_path(self.path), round)
        return self.box

    def empty_box(self) -> None:
        """Remove the box of a round that is in the log; the ids of its acts are kept, if the disk lets us."""
        if self.box and self.box.given:
            self.kept.answered = sorted(self.box.given)
            with contextlib.suppress(AvisError):
                self.keep()
        self.drop_box()

    def drop_box(self) -> None:
        """Remove the box."""
        self.box = None
        box_path(self.path).unlink(missing_ok=True)

    def take_up(self) -> None:
        """After a crash: erase what was to be erased, find the box of the open round again or remove it."""
        self.heal()
        found = read_box(box_path(self.path))
        if found and found.round in self.state.open:
            self.box = found
        elif self.state.open:
            self.open_box(next(iter(self.state.open)))
        else:
            self.box = found
            self.empty_box()

    def heal(self) -> None:
        """Erase what the log says is erased, and words that no line names: nobody was told of them.

        Half-written copies of the words and of the secret go too: who takes hers back would not reach them.
        Errors: RUN-010 to RUN-012.
        """
        gone = {event.body["word"] for event in self.recorder.events if event.type == "redacted"}
        self.recorder.erase_all(gone)
        self.recorder.erase_unnamed()
        for path in (words_path(self.path), kept_path(self.path)):
            for scratch in path.parent.glob(f".{path.name}.*.tmp"):
                scratch.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the log."""
        self.recorder.__exit__(None, None, None)

    def end(self) -> None:
        """Forget what only an open session keeps: its secret, and its box."""
        kept_path(self.path).unlink(missing_ok=True)
        self.drop_box()
        self.close()


def log_path(evaluation: Evaluation, name: str) -> Path:
    """Give the log of a session by its name."""
    return evaluation.folders.root / FOLDER / f"{name}.jsonl"


def is_read(evaluation: Evaluation, name: str) -> bool:
    """Tell whether `sources, sessions` of `evaluation.yaml` holds the log of a session."""
    log = PurePosixPath(FOLDER, f"{name}.jsonl")
    return any(log.match(pattern) for pattern in evaluation.settings.sources.sessions)


def free_name(evaluation: Evaluation, date: str) -> str:
    """Give the name of the next session of a day: `2024-03-15`, then `2024-03-15-2`."""
    number, name = 1, date
    while log_path(evaluation, name).exists():
        number += 1
        name = f"{date}-{number}"
    return name


def unfinished(evaluation: Evaluation) -> list[Session]:
    """Give the session that was opened in this room last, where it was not closed: what can be taken up.

    Once a later one was opened, what is said in an earlier one would happen before it.
    """
    found = []
    for log in read_logs(evaluation, Problems())[-1:]:
        opened = next((event for event in log.events if event.type == "session_opened"), None)
        ended = any(event.type == "session_closed" for event in log.events)
        if opened and not ended and "code_salt" in opened.body:
            found.append(Session(opened.body["session"], opened.body["date"], (), "", 1, 0))
    return found


def answers_wait(evaluation: Evaluation) -> bool:
    """Tell whether a round was left open: its answers would count nowhere once another session is opened."""
    return any(box_path(log_path(evaluation, one.id)).exists() for one in unfinished(evaluation))


def open_sitting(evaluation: Evaluation, name: str, lead: str, date: str, present: int) -> Sitting:
    """Open a session under a name that is free. Errors: those of `Recorder` and of `write_whole`."""
    kept = make_kept(lead, date, present)
    write_kept(log_path(evaluation, name), kept)
    return Sitting(evaluation, name, kept)


def resume_sitting(evaluation: Evaluation, name: str, lead: str) -> Sitting:
    """Take up a session after a crash or a stop.

    Errors: SAL-022 none of that name is open, or a later one was opened since; SAL-039, and those of
    `Recorder`.
    """
    if name not in {session.id for session in unfinished(evaluation)}:
        raise fail("SAL-022")
    path = log_path(evaluation, name)
    # Without what was kept, somebody must still be let in to lead: no key would be nobody's.
    kept = read_kept(path) or make_kept(lead or secrets.token_urlsafe(24), name[:10], 0)
    if lead and kept.lead != lead:
        kept.lead = lead
    write_kept(path, kept)
    sitting = Sitting(evaluation, name, kept)
    try:
        sitting.take_up()
    except BaseException:
        sitting.close()
        raise
    return sitting
