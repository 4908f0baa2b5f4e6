"""The voice of somebody who said yes to having it kept: into one file, whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from served import Served, serve
from table import make_evaluation

from avis.room import recording
from avis.room.recording import MOST_SOUND, Sound, sweep
from avis.room.refusals import Refused

FILL = """
import resource, sys
from pathlib import Path
from avis.room.recording import Sound
from avis.room.refusals import Refused

sound = Sound(Path(sys.argv[1]), "audio/ogg")
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, resource.RLIM_INFINITY))
try:
    for _ in range(20):
        sound.write(b"OggS" + bytes(2_000))
except Refused as refused:
    print(refused.code)
sound.drop()
"""
WEBM = b"\x1a\x45\xdf\xa3" + bytes(range(256)) * 40


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with serve(make_evaluation(tmp_path)) as served:
        served.begin()
        served.propose(served.join())
        yield served


def send(served: Served, body: bytes = WEBM, item: str = "s1", far: bool = False, **headers: str) -> Any:
    named = {"X_Cle": served.room.lead_key, "Content_Type": "audio/webm;codecs=opus"} | headers
    return served.ask("POST", f"/son?item={item}&language=fr", body, far, **named)


def kept(served: Served) -> list[Path]:
    folder = served.room.opened.folders.root / "seances" / "voix"
    return sorted(folder.iterdir()) if folder.exists() else []


def test_a_voice_is_kept_for_its_owner_alone_with_its_hash_in_the_log(served: Served) -> None:
    told = send(served)
    assert told.status == 200, told
    (path,) = kept(served)
    assert path.read_bytes() == WEBM
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    sitting = served.room.desk.sitting
    assert sitting
    body = sitting.recorder.events[-1].body
    assert (sitting.recorder.events[-1].type, body["item"]) == ("audio_attached", "s1")
    assert body["sha256"] == hashlib.sha256(WEBM).hexdigest()
    assert body["file"] == f"voix/{path.name}" == told.json["file"]


def test_a_voice_goes_with_the_words_that_are_taken_back(served: Served) -> None:
    key = served.join()
    hers, others = (
        served.propose(key, "Ouvrir le soir.").json,
        served.propose(key, "Traduire les lettres.").json,
    )
    assert send(served, item=hers["item"]).status == send(served, item=others["item"]).status == 200
    assert len(kept(served)) == 2
    assert served.phone(key, "withdraw", code=hers["code"], confirmed=True).status == 200
    (left,) = kept(served)
    sitting = served.room.desk.sitting
    assert sitting
    spoken = [event.body for event in sitting.recorder.events if event.type == "audio_attached"]
    assert [body["item"] for body in spoken if body["file"] == f"voix/{left.name}"] == [others["item"]]


def test_a_voice_that_cannot_be_erased_yet_is_not_said_to_be_gone(served: Served) -> None:
    key = served.join()
    hers = served.propose(key, "Ouvrir le soir.").json
    send(served, item=hers["item"])
    (voice,) = kept(served)
    voice.unlink()
    voice.mkdir()
    act = served.act("withdraw", code=hers["code"], confirmed=True)
    told = served.post("/dire", act, far=True, X_Cle=key)
    assert (told.error, told.json["retry"]) == ("SAL-035", True)
    voice.rmdir()
    voice.write_bytes(WEBM)
    assert served.post("/dire", act, far=True, X_Cle=key).status == 200
    assert kept(served) == []


def test_only_the_lead_on_this_computer_gives_a_voice(served: Served) -> None:
    key = served.join()
    assert send(served, far=True).error == "SAL-101"
    assert send(served, X_Cle=key).error == "SAL-103"
    assert send(served, Origin="http://evil.example").error == "SAL-102"
    assert kept(served) == []


@pytest.mark.parametrize(
    ("kind", "body", "code"),
    [
        ("audio/webm", b"<html>", "SAL-111"),
        ("audio/webm", b"", "SAL-111"),
        ("text/html", WEBM, "SAL-111"),
        ("", WEBM, "SAL-111"),
        ("audio/webm", WEBM + bytes(MOST_SOUND), "SAL-106"),
    ],
)
def test_what_is_no_recording_leaves_nothing(served: Served, kind: str, body: bytes, code: str) -> None:
    assert send(served, body, Content_Type=kind).error == code
    assert kept(served) == []


def test_a_voice_of_no_text_is_erased(served: Served) -> None:
    told = send(served, item="s99")
    assert told.status == 409 and kept(served) == []


def test_a_full_disk_is_told_and_leaves_nothing(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(recording.os, "fsync", refuse)
    told = send(served)
    assert (told.status, told.error, told.json["retry"]) == (507, "SAL-113", True)
    monkeypatch.undo()
    assert kept(served) == []


def test_a_disk_that_is_full_in_the_middle_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FILL, str(tmp_path / "voix")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.returncode) == ("SAL-113", 0), done.stderr
    assert list((tmp_path / "voix").iterdir()) == []


def test_a_recording_that_breaks_off_is_erased(served: Served) -> None:
    import socket
    import time

    line = socket.create_connection(("127.0.0.1", served.port), 10)
    host = f"127.0.0.1:{served.port}"
    head = f"POST /son?item=s1&language=fr HTTP/1.1\r\nHost: {host}\r\nX-Cle: {served.room.lead_key}\r\n"
    line.sendall(f"{head}Content-Type: audio/webm\r\nContent-Length: 90000\r\n\r\n".encode() + WEBM)
    until = time.monotonic() + 5
    while not kept(served) and time.monotonic() < until:
        time.sleep(0.01)
    assert [path.suffix for path in kept(served)] == [".part"]
    line.close()
    while kept(served) and time.monotonic() < until:
        time.sleep(0.01)
    assert kept(served) == []


def test_what_a_server_left_half_written_is_erased_when_the_next_one_starts(tmp_path: Path) -> None:
    sound = Sound(tmp_path / "voix", "audio/ogg")
    sound.write(b"OggS and more")
    sweep(tmp_path / "voix")
    assert list((tmp_path / "voix").iterdir()) == []


def test_a_kind_that_no_browser_records_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        Sound(tmp_path, "audio/flac")
