"""What was acknowledged is there, once: after kill -9 in the middle, and after a disk that was full.

The disk is made full by a limit on the size of files (RLIMIT_FSIZE) that a process of its own sets for
itself and takes away again: the system takes a part of what is written and refuses the rest, as a full disk.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from table import DAY, HASH, make_evaluation

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.room.desk import Desk
from avis.writing.chain import read_log

SERVE = """
import json, sys
from avis.evaluation import open_evaluation
from avis.room.desk import Desk

desk = Desk.open(open_evaluation(sys.argv[1]), sys.argv[2] or None)
for line in sys.stdin:
    by, act = json.loads(line)
    answer = desk.lead(act) if by == "lead" else desk.phone(act, by)
    print(json.dumps([act["id"], answer.ok, answer.code, answer.given]), flush=True)
"""


class Process:
    """A desk in a process of its own, that can be killed at any moment."""

    def __init__(self, evaluation: Evaluation, name: str = "") -> None:
        command = [sys.executable, "-c", SERVE, str(evaluation.folders.root), name]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        assert self.process.stdin is not None and self.process.stdout is not None
        self.into, self.out = self.process.stdin, self.process.stdout

    def send(self, by: str, act: dict[str, Any]) -> None:
        self.into.write(json.dumps([by, act]) + "\n")

    def answer(self) -> list[Any]:
        found: list[Any] = json.loads(self.out.readline())
        return found

    def kill(self) -> list[list[Any]]:
        """Kill it, and give the answers that were on their way."""
        self.process.kill()
        rest = self.out.read().splitlines()
        self.process.wait()
        return [json.loads(line) for line in rest if line.endswith("]")]


def opening() -> list[dict[str, Any]]:
    opened = {"date": DAY, "languages": ["fr"], "scale": "accord", "present": 12}
    return [
        {"id": "open-session", "do": "open_session", **opened},
        {"id": "limits-read", "do": "limits_read", "language": "fr", "hash": HASH},
    ]


def proposal(number: int) -> dict[str, Any]:
    text = f"Texte numéro {number} du groupe."
    words = {"question": "q1", "kind": "statement", "language": "fr", "text": text, "confirmed": True}
    return {"id": f"proposal-{number:04}", "do": "propose", **words}


@pytest.mark.slow
def test_through_kills_at_any_moment_every_act_is_there_once(tmp_path: Path) -> None:
    evaluation = make_evaluation(tmp_path)
    chance = random.Random(20)
    process = Process(evaluation)
    for act in opening():
        process.send("lead", act)
        assert process.answer()[1]
    acts = {act["id"]: act for act in map(proposal, range(40))}
    waiting, given = list(acts), dict[str, Any]()
    while waiting:
        sent = waiting[: chance.randint(1, 12)] + chance.sample(sorted(given), min(2, len(given)))
        for id in sent:
            process.send("a", acts[id])
        answers = [process.answer() for _ in range(chance.randint(0, len(sent)))]
        if chance.random() < 0.4:
            answers += process.kill()
            process = Process(evaluation, DAY)
        else:
            answers += [process.answer() for _ in range(len(sent) - len(answers))]
        for id, ok, code, told in answers:
            assert ok, code
            assert given.setdefault(id, told) == told  # the same code each time
        waiting = [id for id in acts if id not in given]
    process.kill()
    desk = Desk.open(evaluation, DAY)
    items = desk.deliberation.items.values()
    texts = Counter(item.wordings[0].text for item in items)
    assert texts == Counter(act["text"] for act in acts.values())
    assert {told["item"] for told in given.values()} == {item.id for item in items}
    desk.close()


@pytest.mark.slow
def test_answers_of_an_open_round_outlive_kills(tmp_path: Path) -> None:
    evaluation = make_evaluation(tmp_path)
    process = Process(evaluation)
    asked = {"id": "open-round", "do": "open_round", "items": ["s1"], "present": 12, "paper": 0}
    for by, act in [*(("lead", act) for act in opening()), ("a", proposal(1)), ("lead", asked)]:
        process.send(by, act)
        assert process.answer()[1]
    for number in range(12):
        react = {"id": f"answer-{number:03}", "do": "react", "item": "s1", "version": 1, "level": "oui"}
        process.send(f"seat-{number}", react)
        if number % 4 == 3:
            process.kill()
            process = Process(evaluation, DAY)
            process.send(f"seat-{number}", react)  # nobody knows whether it had arrived
        assert process.answer()[1]
    process.kill()
    desk = Desk.open(evaluation, DAY)
    assert desk.lead({"id": "close-round", "do": "close_round"}).ok
    assert list(desk.deliberation.items["s1"].votes.values()) == ["oui"] * 12
    desk.close()


def test_a_torn_last_line_is_dropped_said_and_written_again(tmp_path: Path) -> None:
    evaluation = make_evaluation(tmp_path)
    desk = Desk(evaluation)
    for act in opening():
        assert desk.lead(act).ok
    given = [desk.phone(proposal(number), "a").given for number in range(2)]
    desk.close()
    log = evaluation.folders.root / "seances" / f"{DAY}.jsonl"
    log.write_bytes(log.read_bytes()[:-30])
    desk = Desk.open(evaluation, DAY)
    assert [problem.code for problem in desk.problems] == ["SES-001"]
    assert desk.phone(proposal(0), "a").again
    assert desk.phone(proposal(1), "a").given == given[1]
    desk.close()
    problems = Problems()
    assert len(read_log(log, "log", problems).events) == 4
    assert list(problems) == []


FILL = """
import json, resource, sys
from pathlib import Path
from avis.evaluation import open_evaluation
from avis.room.desk import Desk

evaluation = open_evaluation(sys.argv[1])
folder = evaluation.folders.root / "seances"
desk = Desk.open(evaluation, sys.argv[2])


def files():
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def limited(size, act, by):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    answer = desk.lead(act) if by == "lead" else desk.phone(act, by)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return answer


told = []
for by, act, step in json.loads(sys.stdin.read()):
    before = files()
    size, refused = 1, 0
    while True:
        answer = limited(size, act, by)
        if answer.ok:
            break
        assert (answer.code, answer.retry, desk.trouble) == ("SAL-037", True, "full"), answer
        after = files()
        changed = [name for name in before.keys() | after if before.get(name) != after.get(name)]
        assert changed == [], (size, changed)
        refused, size = refused + 1, size + step
    assert desk.trouble == ""
    assert (desk.lead(act) if by == "lead" else desk.phone(act, by)).again
    told.append(refused)
print(json.dumps(told))
"""


def test_a_full_disk_is_said_and_leaves_all_as_it_was_and_then_takes_everything(tmp_path: Path) -> None:
    evaluation = make_evaluation(tmp_path)
    desk = Desk(evaluation)
    for act in opening():
        assert desk.lead(act).ok
    assert desk.phone(proposal(0), "a").ok
    desk.close()
    show = {"id": "show-texts", "do": "show", "what": "texts", "items": ["s1"]}
    asked = {"id": "open-round", "do": "open_round", "items": ["s1"], "present": 12, "paper": 0}
    react = {"id": "one-answer", "do": "react", "item": "s1", "version": 1, "level": "oui"}
    closing = {"id": "close-round", "do": "close_round"}
    acts = [
        ("a", proposal(1), 61),
        ("lead", show, 31),
        ("lead", asked, 61),
        ("seat", react, 23),
        ("lead", closing, 61),
    ]
    command = [sys.executable, "-c", FILL, str(evaluation.folders.root), DAY]
    done = subprocess.run(command, input=json.dumps(acts), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert all(refused > 3 for refused in json.loads(done.stdout)), done.stdout
    desk = Desk.open(evaluation, DAY)
    assert sorted(desk.deliberation.items) == ["s1", "s2"]
    assert list(desk.deliberation.items["s1"].votes.values()) == ["oui"]
    desk.close()


def test_a_folder_that_cannot_be_written_is_said_and_the_desk_recovers(tmp_path: Path) -> None:
    evaluation = make_evaluation(tmp_path)
    desk = Desk(evaluation)
    for act in opening():
        assert desk.lead(act).ok
    words = evaluation.folders.root / "seances" / f"{DAY}.mots.json"
    words.mkdir()  # nothing can take its place
    answer = desk.phone(proposal(1), "a")
    assert (answer.code, answer.retry, desk.trouble) == ("SAL-038", True, "unwritable")
    revision = desk.revision
    words.rmdir()
    assert desk.breathe() and desk.trouble == "" and desk.revision > revision
    assert desk.phone(proposal(1), "a").ok
    assert not list(words.parent.glob(".*.tmp"))
    desk.close()
