"""The session log: a chain that is only added to, and words that can be erased beside it."""

from __future__ import annotations

import hashlib
import itertools
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from avis.errors import AvisError, Problems
from avis.schema import resource
from avis.writing.bodies import TYPES, faults
from avis.writing.events import (
    Entry,
    Log,
    Recorder,
    Word,
    append,
    erase,
    make_word,
    name_word,
    read_log,
    word_hash,
    words_path,
)

AT = "2024-03-15T14:00:00Z"
WORD = make_word("Ouvrir le samedi.", "fr", salt="00ff")


def entry(id: str, type: str = "adopted", **body: Any) -> Entry:
    return Entry(id, type, body or {"item": "s1", "version": 1}, AT)


def proposed(id: str, word: str = "w1", kept: Word = WORD) -> Entry:
    text = name_word(word, kept)
    return entry(id, "proposed", item="s1", kind="statement", question="q1", language="fr", text=text)


def read(path: Path) -> tuple[Log, list[str]]:
    problems = Problems()
    return read_log(path, path.name, problems), [item.code for item in problems]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "seances" / "2024-03.jsonl"


@pytest.fixture
def whole(path: Path) -> Path:
    """A log of three events, the first with a word."""
    append(path, [proposed("e1"), entry("e2"), entry("e3", "withdrawn", item="s1")], {"w1": WORD})
    return path


def refused(code: str, path: Path, entries: list[Entry], words: dict[str, Word] | None = None) -> None:
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()} if path.parent.exists() else {}
    with pytest.raises(AvisError) as caught:
        append(path, entries, words)
    assert [item.code for item in caught.value.problems] == [code]
    str(caught.value)  # the words of the message exist
    after = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    assert {name: data for name, data in after.items() if not name.endswith(".lock")} == {
        name: data for name, data in before.items() if not name.endswith(".lock")
    }


def test_what_is_appended_is_read_back(whole: Path) -> None:
    log, problems = read(whole)
    assert problems == []
    assert [(event.id, event.seq) for event in log.events] == [("e1", 1), ("e2", 2), ("e3", 3)]
    assert log.words == {"w1": WORD}


def test_each_line_holds_the_hash_of_the_line_before(whole: Path) -> None:
    lines = whole.read_bytes().splitlines()
    assert json.loads(lines[0])["prev"] == ""
    for before, line in itertools.pairwise(lines):
        assert json.loads(line)["prev"] == hashlib.sha256(before).hexdigest()


def test_words_never_stand_in_the_log(whole: Path) -> None:
    assert "samedi" not in whole.read_text(encoding="utf-8")
    assert "samedi" in words_path(whole).read_text(encoding="utf-8")


def test_the_same_words_have_another_hash_each_time() -> None:
    assert word_hash(make_word("Oui.", "fr")) != word_hash(make_word("Oui.", "fr"))


def test_sending_again_is_harmless(whole: Path) -> None:
    before = whole.read_bytes()
    assert append(whole, [entry("e2"), proposed("e1")], {"w1": WORD}) == ()
    assert whole.read_bytes() == before
    assert [event.id for event in append(whole, [entry("e2"), entry("e4"), entry("e4")])] == ["e4"]
    assert [event.id for event in read(whole)[0].events] == ["e1", "e2", "e3", "e4"]


def test_one_id_for_two_things_is_refused(whole: Path) -> None:
    refused("SES-005", whole, [entry("e2", "withdrawn", item="s1")])
    refused("SES-005", whole, [entry("e5"), entry("e5", "withdrawn", item="s1")])


@pytest.mark.parametrize("cut", [1, 5, 40])
def test_a_torn_last_line_is_dropped_and_said_then_cut_off_by_the_next_writer(whole: Path, cut: int) -> None:
    whole.write_bytes(whole.read_bytes()[: -1 - cut])
    log, problems = read(whole)
    assert problems == ["SES-001"]
    assert [event.id for event in log.events] == ["e1", "e2"]
    append(whole, [entry("e4")])
    log, problems = read(whole)
    assert problems == []
    assert [event.id for event in log.events] == ["e1", "e2", "e4"]


def test_a_last_line_that_only_lost_its_line_end_is_kept(whole: Path) -> None:
    whole.write_bytes(whole.read_bytes().rstrip(b"\n"))
    append(whole, [entry("e4")])
    log, problems = read(whole)
    assert problems == []
    assert [event.id for event in log.events] == ["e1", "e2", "e3", "e4"]


def test_zeros_left_by_a_power_cut_are_no_event(whole: Path) -> None:
    whole.write_bytes(whole.read_bytes() + b"\0" * 512)
    append(whole, [entry("e4")])
    assert [event.id for event in read(whole)[0].events] == ["e1", "e2", "e3", "e4"]


def test_line_ends_changed_by_git_break_nothing(whole: Path) -> None:
    whole.write_bytes(whole.read_bytes().replace(b"\n", b"\r\n"))
    assert read(whole)[1] == []


@pytest.mark.parametrize(
    ("change", "code", "line", "left"),
    [
        (lambda lines: [lines[0].replace(b"q1", b"q2"), *lines[1:]], "SES-003", 2, 1),
        (lambda lines: [lines[0], lines[2]], "SES-003", 2, 1),
        (lambda lines: [lines[1], lines[0], lines[2]], "SES-003", 1, 0),
        (lambda lines: [lines[0], b"rien", *lines[1:]], "SES-002", 2, 1),
        (lambda lines: [lines[0], b"", *lines[1:]], "SES-002", 2, 1),
    ],
)
def test_a_broken_chain_is_an_error_with_its_line(
    whole: Path, change: Any, code: str, line: int, left: int
) -> None:
    whole.write_bytes(b"".join(part + b"\n" for part in change(whole.read_bytes().splitlines())))
    problems = Problems()
    log = read_log(whole, "x.jsonl", problems)
    assert [(item.code, item.place.line) for item in problems] == [(code, line)]
    assert len(log.events) == left
    refused("SES-013", whole, [entry("e9")])


def test_no_log_is_an_error(path: Path) -> None:
    assert read(path) == (Log(path.name), ["SES-006"])


@pytest.mark.parametrize(
    "wrong",
    [
        entry("e9", "adopted", item="s1"),
        entry("e9", "adopted", item="s1", version=0),
        entry("e9", "adopted", item="s1", version=1, words="non"),
        entry("e9", "danced"),
        entry("e 9"),
        entry("e9", "reacted", item="s1", version=1, voter="a", level="oui"),
        Entry("e9", "adopted", {"item": "s1", "version": 1}, "hier"),
        entry("e9", "proposed", item="s1", kind="statement", question="q1", language="fr", text="Ouvrir"),
    ],
)
def test_an_event_of_another_form_is_refused_whole(path: Path, wrong: Entry) -> None:
    append(path, [entry("e1")])
    refused("SES-004", path, [entry("e2"), wrong])


def test_a_word_that_was_not_sent_or_is_another_one_is_refused(path: Path) -> None:
    append(path, [entry("e0")])
    refused("SES-011", path, [proposed("e1")])
    refused("SES-011", path, [proposed("e1")], {"w1": make_word("Fermer le samedi.", "fr", salt="00ff")})
    append(path, [proposed("e1")], {"w1": WORD})
    other = make_word("Autre.", "fr")
    refused("SES-012", path, [proposed("e2", kept=other)], {"w1": other})


def test_one_writer_at_a_time(path: Path) -> None:
    with Recorder(path) as first:
        first.append([entry("e1")], {})
        refused("SES-010", path, [entry("e2")])
        first.append([entry("e3")], {})
    append(path, [entry("e2")])
    assert [event.id for event in read(path)[0].events] == ["e1", "e3", "e2"]


def test_a_writer_that_was_killed_frees_the_log_and_loses_nothing_it_confirmed(path: Path) -> None:
    script = (
        "import os, sys, pathlib\n"
        "from avis.writing.events import Entry, Recorder\n"
        "recorder = Recorder(pathlib.Path(sys.argv[1])).__enter__()\n"
        "recorder.append([Entry('e1', 'joined', {}, '2024-03-15T14:00:00Z')], {})\n"
        "os.kill(os.getpid(), 9)\n"
    )
    assert subprocess.run([sys.executable, "-c", script, str(path)], check=False).returncode == -9
    append(path, [entry("e2")])
    assert [event.id for event in read(path)[0].events] == ["e1", "e2"]


def test_erasing_a_word_erases_its_salt_and_leaves_the_log_as_it_is(whole: Path) -> None:
    before = whole.read_bytes()
    assert erase(whole, "w1")
    assert not erase(whole, "w1")
    assert whole.read_bytes() == before
    side = words_path(whole).read_text(encoding="utf-8")
    assert "samedi" not in side
    assert "00ff" not in side
    log, problems = read(whole)
    assert (problems, log.words, len(log.events)) == ([], {}, 3)


def test_sending_again_does_not_bring_back_an_erased_word(whole: Path) -> None:
    erase(whole, "w1")
    append(whole, [proposed("e1"), entry("e5")], {"w1": WORD})
    assert read(whole)[0].words == {}


def test_without_its_side_file_a_log_is_read_and_that_is_said(whole: Path) -> None:
    words_path(whole).unlink()
    log, problems = read(whole)
    assert problems == ["SES-008"]
    assert len(log.events) == 3


def test_a_word_that_was_changed_by_hand_is_not_read(whole: Path) -> None:
    side = words_path(whole)
    side.write_text(side.read_text(encoding="utf-8").replace("Ouvrir", "Fermer"), encoding="utf-8")
    log, problems = read(whole)
    assert (problems, log.words) == (["SES-009"], {})


def test_a_side_file_that_is_not_readable_is_an_error_and_is_not_overwritten(whole: Path) -> None:
    words_path(whole).write_text("{", encoding="utf-8")
    assert read(whole)[1] == ["SES-007"]
    refused("SES-013", whole, [entry("e9")])


def test_a_word_taken_back_that_a_backup_returned_is_an_error_and_is_not_read(whole: Path) -> None:
    append(whole, [entry("e4", "redacted", word="w1")])
    log, problems = read(whole)
    assert (problems, log.words) == (["SES-014"], {})
    erase(whole, "w1")
    assert read(whole)[1] == []


def test_every_type_of_the_design_has_a_form_and_no_other() -> None:
    schema = json.loads(resource("schema", "event.schema.json").read_text(encoding="utf-8"))
    assert schema["properties"]["type"]["enum"] and set(schema["properties"]["type"]["enum"]) == set(TYPES)
    assert {rule["if"]["properties"]["type"]["const"] for rule in schema["allOf"]} == set(TYPES)
    assert all(schema["$defs"][type]["additionalProperties"] is False for type in TYPES)


def test_the_schema_alone_judges_as_we_do() -> None:
    from jsonschema import Draft202012Validator

    schema = json.loads(resource("schema", "event.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    envelope = {"id": "e1", "seq": 1, "writer": "salle", "at": AT, "prev": ""}
    for type, body in (
        ("adopted", {"item": "s1", "version": 1}),
        ("adopted", {"item": "s1"}),
        ("session_closed", {}),
        ("session_closed", {"item": "s1"}),
        ("danced", {}),
    ):
        event = envelope | {"type": type, "body": body}
        assert Draft202012Validator(schema).is_valid(event) == (not faults(event))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(texts=st.lists(st.text(max_size=20), min_size=1, max_size=6), data=st.data())
def test_erasing_any_words_leaves_the_chain_valid(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("log") / "x.jsonl"
    words = {f"w{number}": make_word(text, "fr") for number, text in enumerate(texts)}
    append(path, [proposed(f"e{name}", name, word) for name, word in words.items()], words)
    gone = data.draw(st.sets(st.sampled_from(sorted(words))))
    for name in gone:
        erase(path, name)
    log, problems = read(path)
    assert problems == []
    assert len(log.events) == len(words)
    assert log.words == {name: word for name, word in words.items() if name not in gone}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(kept=st.floats(0, 1))
def test_any_beginning_of_a_log_is_a_log(tmp_path_factory: pytest.TempPathFactory, kept: float) -> None:
    path = tmp_path_factory.mktemp("log") / "x.jsonl"
    append(path, [entry(f"e{number}") for number in range(6)])
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * kept)])
    problems = Problems()
    log = read_log(path, "x.jsonl", problems)
    assert not problems.errors
    assert [event.seq for event in log.events] == list(range(1, len(log.events) + 1))
    append(path, [entry("last")])
    assert read(path)[0].events[-1].id == "last"
