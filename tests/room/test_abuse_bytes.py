"""Abuse of the room's server in bytes: too much, too slow, of no form, by other ways and other methods."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from awaited import awaited
from served import FAR, JSON, Served, serve
from table import make_evaluation
from tornado.httpclient import HTTPClientError

from avis.room import live, network, serving
from avis.room.answering import MOST_BODY
from avis.room.keys import make_seat


@pytest.mark.parametrize("size", [MOST_BODY + 1, 5_000_000, 30_000_000])
def test_a_proposal_that_is_too_long_is_refused_without_being_read(
    served: Served, key: str, size: int
) -> None:
    body = json.dumps({"id": "abcdefgh", "do": "propose", "text": "a" * size}).encode()
    with closing(socket.create_connection((FAR, served.port), 10)) as line:
        head = f"POST /dire HTTP/1.1\r\nHost: {FAR}:{served.port}\r\nX-Cle: {key}\r\nContent-Type: {JSON}\r\n"
        line.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode())
        answer = line.recv(4096)
    assert answer.startswith((b"HTTP/1.1 413", b"HTTP/1.1 400"))
    assert served.view("lead")["texts"] == []


def test_a_body_without_end_is_cut_off(served: Served, key: str) -> None:
    """In pieces, so that no length is told beforehand."""
    with closing(socket.create_connection((FAR, served.port), 10)) as line:
        head = f"POST /dire HTTP/1.1\r\nHost: {FAR}:{served.port}\r\nX-Cle: {key}\r\nContent-Type: {JSON}\r\n"
        line.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        piece = b"%x\r\n%b\r\n" % (60_000, b"a" * 60_000)
        line.sendall(piece * 4 + b"0\r\n\r\n")
        assert line.recv(4096).startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_what_a_form_of_another_page_could_send_is_refused(served: Served, key: str, kind: str) -> None:
    told = served.post(
        "/dire", {"id": "abcdefgh", "do": "call", "what": "talk"}, X_Cle=key, Content_Type=kind
    )
    assert (told.status, told.error) == (415, "SAL-111")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"null",
        b"NaN",
        b'{"id": NaN}',
        b'{"id": Infinity}',
        b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
        b"[" * 60_000,
        b'{"id": "\xff\xfe"}',
        b'{"id": "\\ud800"}',
        b'{"id": 1e999}',
        b"\x00",
    ],
)
def test_what_is_no_act_is_refused_in_words(served: Served, key: str, body: bytes) -> None:
    for path, shown in (("/dire", key), ("/mener", served.room.lead_key)):
        told = served.post(path, body, X_Cle=shown)
        assert told.status in (400, 409), body[:20]
        assert told.json["what"]
    assert served.post("/entrer", body).status == 400


@pytest.mark.parametrize("value", [None, True, 1, -1, 1.5, 10**30, [], {}, [[]], "", "a" * 700, "\u202e"])
def test_no_field_takes_what_it_should_not(served: Served, key: str, value: Any) -> None:
    good = {"question": "q1", "kind": "statement", "language": "fr", "text": "Ouvrir.", "confirmed": True}
    for name in (*good, "id", "do", "from"):
        if name == "confirmed" and value is True:
            continue
        act = {"id": "abcdefgh", "do": "propose", **good} | {name: value}
        if name == "from" and value is None:
            continue  # a field that may be missing may be said to be
        told = served.post("/dire", act, X_Cle=make_seat(served.room.secret, time.time()))
        assert told.status in (400, 403, 409), (name, value)


@pytest.mark.parametrize(
    "path",
    [
        "/evaluation.yaml",
        "/../evaluation.yaml",
        "/%2e%2e/evaluation.yaml",
        "/..%2f..%2fetc/passwd",
        "//etc/passwd",
        "/seances/",
        "/mots/../fr.json",
        "/mots/fr.json/../../x",
        "/mots/xx.json%00",
        "/voix/fr/..%2f..%2fevaluation.yaml",
        "/voix/../../x/y",
        "/voix/fr/%00",
        "/animer/",
        "/mur%20",
        "/lab",
        "/api/kernels",
        "/tree",
        "/static/base.js",
        "/" + "a" * 8000,
        "/\\..\\evaluation.yaml",
        "/?path=../../evaluation.yaml&x=" + "y" * 2000,
    ],
)
def test_no_path_leads_to_a_file_a_notebook_or_a_kernel(served: Served, path: str) -> None:
    told = served.ask("GET", path, far=True)
    if path.startswith("/?"):
        assert told.status == 200 and b"Notes" in told.body
    else:
        assert told.status in (400, 404), told
    assert b"organisation" not in told.body


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "BREW"])
def test_other_methods_do_nothing(served: Served, method: str) -> None:
    before = served.events()
    for path in ("/", "/dire", "/mener", "/entrer", "/vue", "/son", "/direct"):
        told = served.ask(method, path, X_Cle=served.room.lead_key, Content_Length="0")
        assert told.status in (400, 405)
        assert "access-control-allow-origin" not in told.headers
    assert served.events() == before


def test_half_requests_hold_nobody_up_and_are_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "IDLE", 1.0)
    monkeypatch.setattr(serving, "PATIENCE", 1.0)
    with serve(make_evaluation(tmp_path)) as served:
        halves = [socket.create_connection((FAR, served.port), 10) for _ in range(60)]
        for number, half in enumerate(halves):
            host = f"Host: {FAR}:{served.port}\r\n" if number % 3 else ""
            rest = (
                "Content-Type: application/json\r\nContent-Length: 900\r\n\r\n{" if number % 2 else "X-A: b"
            )
            half.sendall(f"POST /entrer HTTP/1.1\r\n{host}{rest}".encode())
        began = time.perf_counter()
        assert served.ask("GET", "/", far=True).status == 200
        assert time.perf_counter() - began < 1
        for half in halves:
            half.settimeout(10)
            while half.recv(4096):
                pass
            half.close()


def test_a_live_line_that_floods_is_cut_off(served: Served, key: str) -> None:
    async def flood() -> int | None:
        line = await served.line("phone", key)
        for _ in range(200):
            try:
                await line.socket.write_message("{}")
            except Exception as closed:  # noqa: BLE001  # whatever tornado's client says of a line that is gone
                assert "Closed" in type(closed).__name__
                break
        while await line.hear() is not None:
            pass
        return line.code

    assert awaited(flood()) == live.TOO_MUCH


def test_a_live_line_that_sends_too_much_at_once_is_cut_off(served: Served, key: str) -> None:
    async def send() -> Any:
        line = await served.line("phone", key)
        await line.hear()
        await line.socket.write_message("a" * 100_000)
        return await line.hear()

    assert awaited(send()) is None


def test_a_live_line_that_never_says_who_it_is_is_cut_off(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tornado.httpclient import HTTPRequest
    from tornado.websocket import websocket_connect

    monkeypatch.setattr(live, "PATIENCE", 0.1)

    async def wait() -> Any:
        socket = await websocket_connect(HTTPRequest(f"ws://{FAR}:{served.port}/direct"))
        return await asyncio.wait_for(socket.read_message(), 5), socket.close_code

    assert awaited(wait()) == (None, live.NOT_KNOWN)


def test_one_address_takes_not_all_the_places(
    served: Served, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "MOST_LINES_OF_ONE", 3)

    async def open_many() -> int:
        lines = []
        for _ in range(6):
            try:
                lines.append(await served.line("phone", key))
            except HTTPClientError as refused:
                assert refused.code == 429
        lead = await served.line("lead", served.room.lead_key, far=False)
        assert await lead.hear()
        return len(lines)

    assert awaited(open_many()) <= 3


def test_one_address_opens_no_connections_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "MOST_OPEN_OF_ONE", 5)
    with serve(make_evaluation(tmp_path)) as served:
        monkeypatch.setattr(network, "is_loopback", lambda _: False)
        idle = [socket.create_connection((FAR, served.port), 10) for _ in range(8)]
        hung_up = 0
        for one in idle:
            one.settimeout(0.5)
            with contextlib.suppress(TimeoutError):
                hung_up += one.recv(1) == b""
        assert hung_up == 3
        for one in idle:
            one.close()
        monkeypatch.undo()
        assert served.ask("GET", "/").status == 200
