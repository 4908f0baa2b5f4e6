"""Replaying a log: one state, whatever was said; any beginning of it is the state of that time.

The first laws hold for any events that have the form of the schema, sense or not; the others for what the
desk itself writes when people do things in any order, twice, or after a crash.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from table import DAY, Table, make_evaluation
from test_deliberation import OPENED, SCALES

from avis.errors import Problems
from avis.writing import codes
from avis.writing.bodies import TYPES, faults
from avis.writing.chain import Event, Log, Word, make_word, read_log
from avis.writing.deliberation import (
    Deliberation,
    deliberate,
    fold,
    fold_logs,
    fold_state,
    happen,
    words_hash_of,
)
from avis.writing.events import erase, name_word, words_path
from avis.writing.history import tell_histories


@pytest.fixture(autouse=True, scope="module")
def quick_codes() -> Iterator[None]:
    """Return codes are slow on purpose; what is held here does not depend on how slow."""
    before, codes.COST = codes.COST, 2
    yield
    codes.COST = before


# --- any events

ITEMS = st.sampled_from(["s1", "s2", "s3"])
HELD = st.sampled_from(["s1", "s2", "s3", "a1", "o1", "d1", "d2"])
LANGUAGE = st.sampled_from(["fr", "en"])
VERSION = st.integers(1, 3)
WORD = st.sampled_from(["w1", "w2", "w3"])
WORDS: dict[str, Word] = {name: make_word(f"Texte {name}.", "fr", salt="00") for name in ("w1", "w2", "w3")}
NAMED = WORD.map(lambda name: name_word(name, WORDS[name]))
HASH = st.sampled_from(["0" * 64, "1" * 64])
BODIES: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "limits_read": {"language": LANGUAGE, "hash": HASH},
    "proposed": {
        "item": ITEMS,
        "kind": st.just("statement"),
        "question": st.just("q1"),
        "language": LANGUAGE,
        "text": NAMED,
        "code": HASH,
    },
    "reworded": {"item": HELD, "language": LANGUAGE, "text": NAMED},
    "translated": {
        "item": HELD,
        "version": VERSION,
        "language": LANGUAGE,
        "text": NAMED,
        "approved": st.booleans(),
    },
    "grouped": {"items": st.lists(ITEMS, min_size=1, max_size=2, unique=True), "into": st.just("g1")},
    "merged": {"items": st.lists(ITEMS, min_size=1, max_size=3, unique=True), "into": ITEMS},
    "amendment_proposed": {"item": ITEMS, "amendment": st.just("a1"), "language": LANGUAGE, "text": NAMED},
    "amendment_accepted": {"item": ITEMS, "amendment": st.just("a1")},
    "amendment_rejected": {"item": ITEMS, "amendment": st.just("a1"), "reason": NAMED},
    "amendment_withdrawn": {"item": ITEMS, "amendment": st.just("a1")},
    "round_opened": {
        "round": st.just("r1"),
        "items": st.lists(ITEMS, min_size=1, max_size=3, unique=True),
        "present": st.integers(0, 9),
    },
    "reacted": {
        "item": ITEMS,
        "version": VERSION,
        "voter": st.sampled_from(["aaaa", "bbbb"]),
        "level": st.sampled_from(["support", "oppose", "other"]),
    },
    "round_closed": {"round": st.just("r1")},
    "objected": {"item": ITEMS, "version": VERSION, "objection": st.just("o1"), "text": NAMED},
    "objection_resolved": {"objection": st.just("o1")},
    "dissent_recorded": {
        "item": ITEMS,
        "dissent": st.sampled_from(["d1", "d2"]),
        "language": LANGUAGE,
        "text": NAMED,
    },
    "addressee_set": {"item": ITEMS, "addressee": st.just({"fr": "La ville"})},
    "quote_approved": {
        "quote": st.just("e1"),
        "audience": st.sampled_from(["public", "members"]),
        "language": LANGUAGE,
        "text": NAMED,
    },
    "approval_revoked": {"quote": st.just("e1")},
    "counts_published": {"item": ITEMS},
    "adopted": {"item": ITEMS, "version": VERSION},
    "edition_adopted": {"words_hash": HASH},
    "adoption_carried": {"was": HASH, "words_hash": HASH, "statements": st.just(1)},
    "withdrawn": {"item": HELD},
    "suspended": {"item": HELD},
    "resumed": {"item": HELD},
    "joined": {},
    "session_closed": {},
    "audio_attached": {"item": ITEMS},
}


@st.composite
def events_of(draw: st.DrawFn) -> list[Event]:
    told = [("session_opened", OPENED)]
    for type in draw(st.lists(st.sampled_from(sorted(BODIES)), max_size=14)):
        told.append((type, {name: draw(value) for name, value in BODIES[type].items()}))
    made = []
    for seq, (type, body) in enumerate(told, 1):
        event = {"id": f"e{seq}", "seq": seq, "writer": "salle", "at": "2024-03-15T14:00:00Z", "prev": ""}
        assert faults(event | {"type": type, "body": body}) == []
        made.append(Event(f"e{seq}", seq, "salle", "2024-03-15T14:00:00Z", type, body, ""))
    return made


def test_every_type_of_event_is_told_here() -> None:
    assert set(BODIES) | {"session_opened", "redacted"} == set(TYPES)


@settings(max_examples=120, deadline=None)
@given(events_of())
def test_any_beginning_gives_the_state_of_that_time(events: list[Event]) -> None:
    live = fold_state([], SCALES)
    for number, event in enumerate(events, 1):
        happen(live, "log", [event], WORDS)
        now = live.result()
        assert now == fold(events[:number], WORDS, SCALES)
        assert len(words_hash_of(now)) == 64


@settings(max_examples=80, deadline=None)
@given(events_of(), st.sets(WORD))
def test_without_any_of_its_words_a_log_is_still_a_state_and_a_history(
    events: list[Event], gone: set[str]
) -> None:
    left = {name: word for name, word in WORDS.items() if name not in gone}
    found = fold(events, left, SCALES)
    assert found == fold_logs([Log("log", tuple(events), left)], SCALES)
    said = repr(found) + repr(tell_histories([Log("log", tuple(events), left)], SCALES))
    assert not any(f"Texte {name}." in said for name in gone)


@settings(max_examples=80, deadline=None)
@given(events_of(), st.sets(WORD, min_size=1))
def test_a_word_that_was_redacted_is_gone_from_the_beginning_on(events: list[Event], gone: set[str]) -> None:
    at = len(events)
    redacted = [
        Event(f"x{name}", at + 1, "salle", "2024-03-15T14:00:00Z", "redacted", {"word": name}, "")
        for name in sorted(gone)
    ]
    left = {name: word for name, word in WORDS.items() if name not in gone}
    assert fold([*events, *redacted], WORDS, SCALES) == fold(events, left, SCALES)


# --- what the desk writes

Act = tuple[str, str, dict[str, Any]]
_TEXT = st.sampled_from(["Ouvrir le samedi.", "Garder l’interprète.", "Un bus le soir."])
_SAID = {"language": st.just("fr"), "text": _TEXT, "confirmed": st.just(True)}
_IDS = st.sampled_from(["s1", "s2", "s3"])
_SEATS = st.sampled_from(["a", "b", "c", "d"])
_AMENDMENT = {"item": _IDS, "amendment": st.sampled_from(["s1-a1", "s2-a1"])}
DOING: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "propose": {"question": st.just("q1"), "kind": st.just("statement"), **_SAID},
    "amend": {"item": _IDS, **_SAID},
    "object": {"item": _IDS, "version": VERSION, **_SAID},
    "dissent": {"item": _IDS, **_SAID},
    "react": {"item": _IDS, "version": VERSION, "level": st.sampled_from(["oui", "non", "parler"])},
    "change": _SAID,
    "suspend": {},
    "resume": {},
    "show": {"what": st.just("texts"), "items": st.lists(_IDS, max_size=2, unique=True)},
    "open_round": {
        "items": st.lists(_IDS, min_size=1, max_size=2, unique=True),
        "present": st.just(9),
        "paper": st.sampled_from([0, 1, 4]),
    },
    "pile": {"item": _IDS, "version": VERSION, "counts": st.just({"oui": 2})},
    "close_round": {},
    "accept_amendment": _AMENDMENT,
    "reject_amendment": _AMENDMENT,
    "stand_alone": _AMENDMENT,
    "merge": {"items": st.lists(_IDS, min_size=1, max_size=2, unique=True), "into": _IDS},
    "translate": {"item": _IDS, "version": VERSION, "language": st.just("en"), "text": _TEXT},
    "approve_words": {"item": _IDS, "language": st.just("en")},
    "adopt": {"item": _IDS, "version": VERSION},
    "adopt_edition": {},
    "publish_counts": {"item": _IDS},
}
PHONES = {"propose", "amend", "object", "dissent", "react", "change", "suspend", "resume", "withdraw"}
WITH_CODE = {"change", "suspend", "resume", "withdraw"}


@st.composite
def acts_of(draw: st.DrawFn, more: tuple[str, ...] = ()) -> list[Act]:
    """Acts in any order; those with a code name the act that gave it, by its number."""
    found: list[Act] = [("a", "propose", {name: draw(value) for name, value in DOING["propose"].items()})]
    for do in draw(st.lists(st.sampled_from(sorted(DOING) + list(more) * 3), min_size=4, max_size=16)):
        fields = {name: draw(value) for name, value in DOING.get(do, {"confirmed": st.just(True)}).items()}
        if do in WITH_CODE:
            fields["of"] = draw(st.integers(0, 5))
        found.append((draw(_SEATS) if do in PHONES else "lead", do, fields))
    return found


class Played:
    """A meeting that was played: what each act was, and what it was answered."""

    def __init__(self, folder: Path) -> None:
        self.evaluation = make_evaluation(folder)
        self.table = Table(self.evaluation).begin()
        self.given: list[str] = []
        self.sent: list[tuple[str, dict[str, Any], Any]] = []

    def play(self, act: Act, number: int) -> None:
        seat, do, fields = act
        if "of" in fields:
            fields = {name: value for name, value in fields.items() if name != "of"}
            fields["code"] = self.given[act[2]["of"] % len(self.given)] if self.given else "AAAAAAAA"
        raw = self.table.act(do, f"act-number-{number:04}", **fields)
        answer = self.send(seat, raw)
        if answer.ok:
            self.sent.append((seat, raw, answer.given))
            self.given += [answer.given["code"]] if "code" in answer.given else []

    def send(self, seat: str, raw: dict[str, Any]) -> Any:
        return self.table.desk.lead(raw) if seat == "lead" else self.table.desk.phone(raw, seat)

    @property
    def log(self) -> Path:
        return self.evaluation.folders.root / "seances" / f"{DAY}.jsonl"

    def read(self) -> Log:
        problems = Problems()
        log = read_log(self.log, "log", problems)
        assert list(problems) == []
        return log

    def state(self) -> Deliberation:
        return self.table.desk.deliberation


@contextlib.contextmanager
def played(acts: list[Act]) -> Iterator[Played]:
    with tempfile.TemporaryDirectory() as folder:
        meeting = Played(Path(folder))
        for number, act in enumerate(acts):
            meeting.play(act, number)
        yield meeting
        meeting.table.desk.close()


@settings(max_examples=40, deadline=None)
@given(acts_of())
def test_what_the_desk_shows_is_what_its_log_replays_to_at_any_time(acts: list[Act]) -> None:
    with played([]) as meeting:
        times = []
        for number, act in enumerate(acts):
            meeting.play(act, number)
            times.append((len(meeting.read().events), meeting.state()))
        log, scales = meeting.read(), meeting.evaluation.settings.scales
        for length, state in times:
            assert fold(log.events[:length], log.words, scales) == state
        assert deliberate(meeting.evaluation, Problems()) == meeting.state()


@settings(max_examples=30, deadline=None)
@given(acts_of(more=("withdraw",)), st.data())
def test_sending_any_of_it_again_changes_nothing_even_after_a_crash(
    acts: list[Act], data: st.DataObject
) -> None:
    with played(acts) as meeting:
        before, state = meeting.log.read_bytes(), meeting.state()
        words = words_path(meeting.log).read_bytes()
        again = data.draw(st.lists(st.sampled_from(meeting.sent), max_size=6))
        for seat, raw, given_then in again:
            answer = meeting.send(seat, raw)
            assert (answer.ok, answer.again, answer.given) == (True, True, given_then)
        meeting.table = meeting.table.again()
        assert meeting.state() == state
        for seat, raw, given_then in again:
            # An answer to a round before the last one is in the log, where nobody can find it by its id; what
            # only a page shows is shown again.
            if raw["do"] in ("react", "pile", "show"):
                continue
            answer = meeting.send(seat, raw)
            assert answer.ok, (raw, answer)
            assert answer.given == given_then
        assert meeting.log.read_bytes() == before
        assert words_path(meeting.log).read_bytes() == words
        assert meeting.state() == state


@settings(max_examples=30, deadline=None)
@given(acts_of(more=("withdraw",)), st.data())
def test_erasing_any_word_leaves_the_chain_whole_and_the_state_to_be_had(
    acts: list[Act], data: st.DataObject
) -> None:
    with played(acts) as meeting:
        log = meeting.read()
        assert deliberate(meeting.evaluation, Problems()) == meeting.state()
        gone = data.draw(st.sets(st.sampled_from(sorted(log.words)))) if log.words else set()
        meeting.table.desk.close()
        for name in gone:
            assert erase(meeting.log, name)
        problems = Problems()
        left = read_log(meeting.log, "log", problems)
        assert list(problems) == []
        assert left.events == log.events
        assert left.words.keys() == log.words.keys() - gone
        fold(left.events, left.words, meeting.evaluation.settings.scales)
