"""`avis session` as somebody runs it: opened, killed, started again, opened twice, stopped."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from table import DAY, HASH, make_evaluation

from avis.cli import main
from avis.evaluation import Evaluation
from avis.folders import Folders
from avis.found import Found, read_found

STARTED = 30.0


class Process:
    """The command in a process of its own."""

    def __init__(self, root: Path, *more: str, lang: str = "fr") -> None:
        self.folders = Folders(root)
        command = [sys.executable, "-m", "avis.cli", "session", str(root), "--no-browser", *more]
        environment = os.environ | {"AVIS_LANG": lang, "PYTHONUNBUFFERED": "1"}
        environment.pop("AVIS_BUILD", None)
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
        )
        self.found: Found | None = None

    def __enter__(self) -> Process:
        until = time.monotonic() + STARTED
        while time.monotonic() < until and self.process.poll() is None:
            found = read_found(self.folders)
            if found is not None and found.pid == self.process.pid:
                self.found = found
                break
            time.sleep(0.02)
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.end(signal.SIGTERM)

    def end(self, how: signal.Signals) -> tuple[int, str, str]:
        self.process.send_signal(how)
        said, complained = self.process.communicate(timeout=20)
        return self.process.returncode, said, complained

    @property
    def where(self) -> Found:
        assert self.found is not None, self.process.communicate(timeout=5)
        return self.found

    def post(self, path: str, content: dict[str, Any], key: str = "") -> tuple[int, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.where.port, timeout=20)
        with closing(connection):
            headers = {"Content-Type": "application/json", "X-Cle": key or self.where.key}
            connection.request("POST", path, json.dumps(content), headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())

    def view(self, role: str = "lead", key: str = "") -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.where.port, timeout=20)
        with closing(connection):
            connection.request("GET", f"/vue?as={role}", headers={"X-Cle": key or self.where.key})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or b"{}").get("view")

    def lead(self, number: int, do: str, **fields: Any) -> Any:
        status, told = self.post("/mener", {"id": f"act-{number:06}", "do": do, **fields})
        assert status == 200, told
        return told

    def begin(self) -> str:
        """Open a session, and give the seat of a phone."""
        self.lead(1, "open_session", date=DAY, languages=["fr"], scale="accord", present=6)
        self.lead(2, "limits_read", language="fr", hash=HASH)
        code = self.view()[1]["join"]["code"]
        status, told = self.post("/entrer", {"code": code})
        assert status == 200
        return str(told["key"])


@pytest.fixture
def evaluation(tmp_path: Path) -> Evaluation:
    return make_evaluation(tmp_path)


@pytest.fixture
def root(evaluation: Evaluation) -> Path:
    return evaluation.folders.root


@pytest.fixture
def running(root: Path) -> Iterator[Process]:
    with Process(root) as process:
        yield process


TEXT = {"question": "q1", "kind": "statement", "language": "fr", "text": "Ouvrir.", "confirmed": True}


def test_it_says_where_to_go_in_and_how_to_stop(root: Path) -> None:
    with Process(root) as running:
        found = running.where
        status, said, complained = running.end(signal.SIGINT)
    assert (status, complained) == (0, "")
    for words in (found.lead, found.wall, "Ctrl-C", *found.phones[:1]):
        assert words in said
    assert said.rstrip().endswith("Tout ce qui a été reçu est gardé.")
    assert read_found(running.folders) is None
    assert (running.folders.private.stat().st_mode & 0o777) == 0o700


def test_it_speaks_english_too(root: Path) -> None:
    with Process(root, lang="en") as running:
        assert running.where.port
        _, said, _ = running.end(signal.SIGTERM)
    assert "For the wall, on this computer" in said and "séance" not in said


def test_where_it_is_open_is_written_for_its_owner_alone(running: Process) -> None:
    assert running.where.lead.endswith(running.where.key)
    assert (running.folders.room.stat().st_mode & 0o777) == 0o600


def test_a_kill_loses_no_answer_no_key_and_no_seat(root: Path) -> None:
    with Process(root) as first:
        seat = first.begin()
        given = first.post("/dire", {"id": "text-0001", "do": "propose", **TEXT}, seat)[1]
        first.lead(3, "open_round", items=["s1"], present=6, paper=0)
        for number in range(4):
            react = {"do": "react", "item": "s1", "version": 1, "level": "oui"}
            assert first.post("/dire", {"id": f"vote-{number:04}", **react}, seat)[0] == 200
        before = first.where
        first.end(signal.SIGKILL)
    with Process(root) as again:
        assert again.where.port == before.port and again.where.key == before.key
        status, view = again.view("phone", seat)
        assert (status, view["phase"], view["round"]["items"][0]["id"]) == (200, "round", "s1")
        resent = again.post("/dire", {"id": "text-0001", "do": "propose", **TEXT}, seat)[1]
        assert resent["again"] and (resent["code"], resent["item"]) == (given["code"], "s1")
        again.lead(4, "close_round")
        assert again.view()[1]["texts"][0]["outcome"] == "consensus"
        assert again.view()[1]["session"]["name"] == DAY


def test_a_stop_ends_the_process_and_not_the_session(root: Path) -> None:
    with Process(root) as first:
        seat = first.begin()
        first.end(signal.SIGINT)
    with Process(root) as again:
        assert again.view()[1]["session"]["name"] == DAY
        assert again.view("phone", seat)[0] == 200


def test_a_session_of_another_day_is_offered_and_not_taken_up(root: Path) -> None:
    with Process(root) as first:
        seat = first.begin()
        first.end(signal.SIGINT)
    for path in (root / "seances").iterdir():
        os.utime(path, (time.time() - 13 * 3600,) * 2)
    with Process(root) as again:
        assert again.view()[1]["session"] is None
        assert again.view()[1]["unfinished"] == [{"name": DAY, "date": DAY}]
        assert again.view("phone", seat)[0] == 403
        again.lead(9, "resume_session", name=DAY)
        assert again.view()[1]["session"]["name"] == DAY
        assert again.view("phone", seat)[0] == 200


def test_a_second_one_says_where_the_first_one_is(running: Process, root: Path) -> None:
    with Process(root) as second:
        _, complained = second.process.communicate(timeout=20)
    assert second.process.returncode == 1
    assert "SAL-121" in complained and f":{running.where.port}/animer" in complained
    assert running.where.key not in complained
    assert running.view()[0] == 200


def test_a_log_that_another_writer_holds_is_told(root: Path, tmp_path: Path) -> None:
    from avis.writing.events import Recorder

    with Process(root) as first:
        first.begin()
        first.end(signal.SIGKILL)
    with Recorder(root / "seances" / f"{DAY}.jsonl"), Process(root) as second:
        _, complained = second.process.communicate(timeout=20)
    assert second.process.returncode == 1 and "SES-010" in complained


def test_a_port_that_is_taken_is_an_error_where_it_was_asked_for(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(socket.create_server(("", 0))) as taken:
        port = str(taken.getsockname()[1])
        with ThreadPoolExecutor(1) as thread:  # a browser's own loop may run in this one
            assert thread.submit(main, ["session", str(root), "--port", port, "--no-browser"]).result() == 2
    assert f"SAL-120 Le port {port}" in capsys.readouterr().err


@pytest.mark.parametrize(("wrong", "code"), [("203.0.113.9", "SAL-122"), ("nulle-part", "SAL-122")])
def test_an_address_of_somebody_else_is_refused(
    root: Path, wrong: str, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["session", str(root), "--host", wrong, "--no-browser"]) == 2
    assert code in capsys.readouterr().err


def test_an_evaluation_without_scale_or_question_has_nothing_to_ask(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "vide"
    root.mkdir()
    yaml = "title: {fr: V}\norganisation: {name: A}\nperiod: {start: 2024, end: 2024}\nstatus: planned\n"
    (root / "evaluation.yaml").write_text(yaml + "documents: [fiche]\n", "utf-8")
    assert main(["session", str(root), "--no-browser"]) == 1
    assert "SAL-123" in capsys.readouterr().err


def test_the_facilitator_can_stop_it_from_her_page(running: Process) -> None:
    running.lead(1, "stop_server")
    assert running.process.wait(10) == 0


def test_the_process_holds_no_table_of_people(running: Process) -> None:
    """No pandas, and less than 100 MB with the library of identifiers and the QR code loaded."""
    seat = running.begin()
    running.post(
        "/dire", {"id": "text-0001", "do": "propose", **TEXT, "text": "Mme Dupont, 06 12 34 56 78"}, seat
    )
    assert running.view()[1]["texts"][0]["flags"]
    assert running.view("wall")[1]["join"]["qr"] or running.where.phones == ()
    maps = Path(f"/proc/{running.process.pid}/maps").read_text("utf-8")
    assert "pandas" not in maps and "numpy" not in maps
    status = Path(f"/proc/{running.process.pid}/status").read_text("utf-8")
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    assert peak < 100_000


def test_cards_are_printed_without_opening_the_room(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "cartes"
    assert main(["session", str(root), "--cards", "--lang", "fr,en", "--out", str(out)]) == 0
    printed = sorted(path.name for path in out.glob("*.pdf"))
    assert printed and all(name in capsys.readouterr().out for name in printed[:1])
    assert main(["session", str(root), "--cards", "--lang", "fr;rm"]) == 2


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_without_any_network_the_room_says_so_and_works_on_this_computer(
    evaluation: Evaluation, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from avis.cli.session import _where
    from avis.room import serving

    monkeypatch.setenv("AVIS_LANG", lang)
    monkeypatch.setattr(serving, "lan_addresses", list)
    room = serving.Room(evaluation, 8731)
    lines = _where(room)
    assert len(lines) == 4 and "--cards" in lines[-1]
    room.desk.lead(
        {
            "id": "act-000001",
            "do": "open_session",
            "date": DAY,
            "languages": ["fr"],
            "scale": "accord",
            "present": 6,
        }
    )
    wall, lead = (json.loads(room.view(role)[1])["view"] for role in ("wall", "lead"))
    assert wall["join"] is lead["join"] is None and lead["session"]["name"] == DAY
    room.desk.close()


def test_words_of_a_language_that_are_not_all_there_are_said(tmp_path: Path) -> None:
    root = make_evaluation(tmp_path).folders.root
    (root / "salle").mkdir()
    (root / "salle" / "mots.pcm.toml").write_text('name = "x"\n', encoding="utf-8")
    with Process(root) as room:
        _, _, complained = room.end(signal.SIGTERM)
    assert "SAL-072" in complained
