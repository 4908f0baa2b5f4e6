"""The code that the room gives for what somebody brought: she reads with it, and takes back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_withdraw import withdraw

from avis.errors import Problems
from avis.evaluation import open_evaluation
from avis.rights.access import tell_held
from avis.rights.asked import find_asked
from avis.rights.withdrawals import read_withdrawals
from avis.writing.chain import Entry, make_word
from avis.writing.codes import code_hash
from avis.writing.deliberation import Deliberation, deliberate
from avis.writing.events import append, name_word

LOG = "seances/2025-02-01.jsonl"
CODE, OTHER, SALT = "HJ4K 7QWM", "ZZZZ-2222", "0f" * 16
MINE = "Ouvrir le guichet le samedi matin, avec une personne qui traduit."
DISSENT = "Je préfère un guichet ouvert le soir."
THEIRS = "Afficher les horaires dans plusieurs langues."


@pytest.fixture
def session(folder: Path) -> Path:
    words = {
        "w1": make_word(MINE, "fr"),
        "w2": make_word(DISSENT, "fr"),
        "w3": make_word(THEIRS, "fr"),
    }
    mine, other = code_hash(CODE, SALT), code_hash(OTHER, SALT)
    opening = {
        "session": "2025-02-01",
        "date": "2025-02-01",
        "languages": ["fr"],
        "scale": {"id": "accord", "version": 1},
        "present": 12,
        "code_salt": SALT,
    }
    text = {"kind": "statement", "question": "q1", "language": "fr"}
    bodies = [
        ("session_opened", opening),
        ("proposed", {"item": "s90", **text, "text": name_word("w1", words["w1"]), "code": mine}),
        ("proposed", {"item": "s91", **text, "text": name_word("w3", words["w3"]), "code": other}),
        (
            "dissent_recorded",
            {
                "item": "s91",
                "dissent": "s91-d1",
                "language": "fr",
                "text": name_word("w2", words["w2"]),
                "code": mine,
            },
        ),
    ]
    entries = [Entry(f"e{n}", type, body, "2025-02-01T10:00Z") for n, (type, body) in enumerate(bodies)]
    append(folder / LOG, entries, words)
    return folder


def held(folder: Path) -> Deliberation:
    return deliberate(open_evaluation(folder), Problems())


@pytest.mark.parametrize("written", ["HJ4K 7QWM", "hj4k-7qwm", "code: HJ4K7QWM"])
def test_a_code_stands_for_all_that_it_was_given_for_however_it_is_written(
    session: Path, written: str
) -> None:
    problems = Problems()
    asked = find_asked(open_evaluation(session), written, problems)
    assert not problems.items
    assert asked.contributions == ("s90", "s91-d1") and asked.by == "code" and asked.person == ""


def test_a_code_that_nothing_carries_is_said_and_costs_no_other_code_a_guess(session: Path) -> None:
    problems = Problems()
    assert find_asked(open_evaluation(session), "AAAA AAAA", problems).contributions == ()
    assert [item.code for item in problems] == ["RIG-001"]


def test_with_the_code_she_reads_what_she_brought_and_nothing_of_anybody_else(session: Path) -> None:
    told = tell_held(open_evaluation(session), CODE, "fr", Problems())
    assert MINE in told and DISSENT in told
    assert THEIRS not in told


def test_words_that_she_changed_in_a_later_session_are_told_too(session: Path) -> None:
    word = make_word("Ouvrir le guichet le dimanche.", "fr")
    opening = {"session": "2025-02-08", "date": "2025-02-08", "languages": ["fr"], "present": 12}
    body = {"item": "s90", "language": "fr", "text": name_word("w1", word)}
    entries = [
        Entry(
            "o", "session_opened", opening | {"scale": {"id": "accord", "version": 1}}, "2025-02-08T10:00Z"
        ),
        Entry("r", "reworded", body, "2025-02-08T10:01Z"),
    ]
    append(session / "seances" / "2025-02-08.jsonl", entries, {"w1": word})
    told = tell_held(open_evaluation(session), CODE, "fr", Problems())
    assert MINE in told and word.text in told


def test_without_the_code_no_text_of_the_room_is_said_to_be_hers(session: Path) -> None:
    assert MINE not in tell_held(open_evaluation(session), "s90", "fr", Problems())


def test_words_taken_back_by_their_code_are_in_no_file_and_leave_others_alone(session: Path) -> None:
    assert withdraw(session, CODE, "--yes") == 0
    log = (session / LOG).read_bytes()
    side = json.loads((session / "seances" / "2025-02-01.mots.json").read_text(encoding="utf-8"))
    assert set(side) == {"w3"}
    kept = [path for path in session.rglob("*") if path.is_file() and "build" not in path.parts]
    assert not [path for path in kept if MINE.encode() in path.read_bytes()]
    assert b"HJ4K" not in log
    now = held(session)
    assert "s90" not in now.items and now.items["s91"].dissents == ()
    assert now.items["s91"].wordings[0].text == THEIRS


def test_what_was_brought_in_a_session_is_put_on_hold_and_taken_up_again_by_its_code(session: Path) -> None:
    append(session / LOG, [Entry("a1", "adopted", {"item": "s90", "version": 1}, "2025-02-01T11:00Z")])
    assert held(session).items["s90"].adopted
    assert withdraw(session, CODE, "--suspend", "--yes") == 0
    now = held(session)
    assert not now.items["s90"].adopted and not now.items["s91"].dissents[0].wordings
    assert withdraw(session, CODE, "--resume", "--yes") == 0
    back = held(session)
    assert back.items["s90"].adopted and back.items["s91"].dissents[0].wordings[0].text == DISSENT


def test_her_voice_goes_and_the_voice_of_somebody_else_is_no_work_for_anybody(session: Path) -> None:
    folder = session / "seances" / "voix"
    folder.mkdir()
    spoken = {"hers.webm": "s90", "other.webm": "s91"}
    for number, (name, item) in enumerate(spoken.items()):
        (folder / name).write_bytes(b"\x1a\x45\xdf\xa3" + bytes(range(256)) * 8)
        body = {"item": item, "file": f"voix/{name}", "sha256": "0" * 64}
        append(session / LOG, [Entry(f"v{number}", "audio_attached", body, "2025-02-01T10:05Z")])
    assert withdraw(session, CODE, "--yes") == 0
    assert [path.name for path in folder.iterdir()] == ["other.webm"]
    (done,) = [one.done for one in read_withdrawals(session, Problems()).values()]
    assert done is not None and not [one for one in done.hand if "voix" in one.file]
