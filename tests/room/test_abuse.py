"""Abuse of the room's server: somebody on the Wi-Fi who is no friend, or a page in another window."""

from __future__ import annotations

import asyncio
import json
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from served import FAR, JSON, Served, serve
from table import make_evaluation
from tornado.httpclient import HTTPClientError

from avis.room import live, serving
from avis.room.acts import LEAD
from avis.room.answering import MOST_BODY
from avis.room.keys import make_seat
from avis.room.rates import CODES_TRIED, JOINS

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'`${7*7}{{7*7}}"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serve(make_evaluation(tmp_path_factory.mktemp("salle"))) as served:
        yield served.begin()


@pytest.fixture(scope="module")
def key(served: Served) -> str:
    return served.join()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Served]:
    with serve(make_evaluation(tmp_path)) as served:
        yield served.begin()


def events(served: Served) -> int:
    return served.in_loop(lambda: len(served.room.desk.sitting.recorder.events))  # type: ignore[union-attr]


@pytest.mark.parametrize("do", sorted(LEAD))
def test_a_phone_does_nothing_that_is_the_leads(served: Served, do: str) -> None:
    """Whatever key it shows and wherever it knocks; acts that both have need their fields."""
    key = make_seat(served.room.secret, time.time())
    before = events(served)
    assert served.post("/dire", {"id": "abcdefgh", "do": do}, far=True, X_Cle=key).status in (403, 409)
    for shown in (key, served.room.lead_key, ""):
        told = served.post("/mener", {"id": "abcdefgh", "do": do}, far=True, X_Cle=shown)
        assert (told.status, told.error) == (403, "SAL-101")
    assert served.post("/mener", {"id": "abcdefgh", "do": do}, X_Cle=key).error == "SAL-103"
    assert events(served) == before


def test_a_phone_does_not_stop_the_server_nor_turn_the_code(served: Served, key: str) -> None:
    code = served.room.door.code
    for do in ("stop_server", "rotate_code", "set_door"):
        assert (
            served.post("/dire", {"id": "abcdefgh", "do": do, "open": False}, far=True, X_Cle=key).status
            == 409
        )
    assert (served.room.door.code, served.room.door.open) == (code, True)
    assert not served.room.stopped.is_set()


def test_a_phone_sees_neither_the_leads_view_nor_the_walls(served: Served, key: str) -> None:
    for role in ("lead", "wall"):
        for shown in (key, served.room.lead_key):
            assert served.ask("GET", f"/vue?as={role}", far=True, X_Cle=shown).error == "SAL-101"
    assert served.ask("GET", "/vue?as=lead", X_Cle=key).error == "SAL-103"

    async def codes() -> list[int | None]:
        lines = [
            await served.line("lead", served.room.lead_key),
            await served.line("wall"),
            await served.line("lead", key, far=False),
            await served.line("phone", "no key"),
            await served.line("nobody"),
        ]
        assert [await line.hear() for line in lines] == [None] * 5
        return [line.code for line in lines]

    assert asyncio.run(codes()) == [4403, 4403, 4401, 4401, 4401]


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1:{port}", "http://127.0.0.1:1", ""]
)
def test_another_page_drives_nothing(served: Served, origin: str) -> None:
    named = origin.format(port=served.port)
    for path, shown in (("/mener", served.room.lead_key), ("/dire", "x"), ("/entrer", "x"), ("/son", "x")):
        told = served.post(path, {"id": "abcdefgh", "do": "close_session"}, X_Cle=shown, Origin=named)
        assert (told.status, told.error) == (403, "SAL-102")

    async def open_line() -> None:
        await served.line("lead", served.room.lead_key, far=False, Origin=named)

    with pytest.raises(HTTPClientError, match=r"40[03]"):
        asyncio.run(open_line())
    assert served.room.session


@pytest.mark.parametrize(
    "host", ["evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.2:{port}", "a@127.0.0.1:{port}", ""]
)
def test_another_name_that_points_here_is_refused(served: Served, host: str) -> None:
    """DNS rebinding: a foreign name that resolves to this computer is still a foreign name."""
    named = host.format(port=served.port)
    for path in ("/", "/animer", "/vue?as=lead"):
        told = served.ask("GET", path, Host=named, X_Cle=served.room.lead_key)
        assert told.status in (400, 403), path

    async def open_line() -> None:
        await served.line("lead", served.room.lead_key, far=False, Host=named or "evil.example")

    with pytest.raises(HTTPClientError, match=r"40[03]"):
        asyncio.run(open_line())


def test_our_own_names_are_taken(served: Served) -> None:
    for host in ("127.0.0.1", "localhost", "LOCALHOST"):
        assert served.ask("GET", "/", Host=f"{host}:{served.port}").status == 200


def test_a_key_of_yesterday_or_of_another_session_opens_nothing(served: Served) -> None:
    now, secret = time.time(), served.room.secret
    yesterday, other = make_seat(secret, now - 86_400), make_seat(b"another secret", now)
    good = make_seat(secret, now)
    forged = good.replace(good[0], "a" if good[0] != "a" else "b", 1)
    longer = ".".join((good.split(".")[0], "99999999", good.split(".")[2]))
    for key in (yesterday, other, forged, longer, good[:-1], good + "x", "", ".", "..", "é.1.x", "a" * 9000):
        told = served.phone(key.encode().decode("latin-1"), "call", what="talk")
        assert told.status in (400, 403), key[:40]
    assert served.phone(good, "call", what="talk").status == 200


def test_a_thousand_joins_let_in_no_more_than_a_room_and_cost_no_memory(fresh: Served) -> None:
    codes = [fresh.room.door.code] * 500 + ["AAAAAA"] * 500
    told = [fresh.post("/entrer", {"code": code}, far=True) for code in codes]
    in_time = JOINS.burst + JOINS.per_minute  # the thousand may take a minute
    assert 0 < sum(one.status == 200 for one in told) <= in_time
    slowed = [one for one in told if one.status == 429]
    assert len(slowed) > 900 - in_time and all(int(one.headers["retry-after"]) > 0 for one in slowed)
    assert len(fresh.room.limiter._left) < 10
    assert fresh.view("lead")["session"]


def test_codes_and_cards_are_not_tried_one_after_the_other(fresh: Served) -> None:
    key = fresh.join()
    told = [
        fresh.phone(key, "mine", code=f"AAAA AA{n:02}".replace("0", "B").replace("1", "C")) for n in range(14)
    ]
    assert sum(one.status != 429 for one in told) <= CODES_TRIED.burst + 1
    told = [fresh.phone(key, "quotes", card="BBBB BBBB")]
    assert told[0].status == 429


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


def test_markup_stays_text_in_every_field(fresh: Served) -> None:
    key = fresh.join()
    item = fresh.propose(key, MARKUP).json["item"]
    fresh.lead("show", what="texts", items=[item])
    assert fresh.phone(key, "amend", item=item, language="fr", text=MARKUP, confirmed=True).status == 200
    assert fresh.phone(key, "dissent", item=item, language="fr", text=MARKUP, confirmed=True).status == 200
    fresh.lead("translate", item=item, version=1, language="en", text=MARKUP)
    for role in ("phone", "wall", "lead"):
        told = fresh.ask("GET", f"/vue?as={role}", X_Cle=fresh.room.lead_key if role == "lead" else key)
        assert told.headers["content-type"].startswith("application/json")
        assert told.headers["x-content-type-options"] == "nosniff"
        assert {one["text"] for one in told.json["view"]["texts"][0]["wordings"]} == {MARKUP}
    for path in ("/", "/mur", "/animer"):  # nothing of anybody's is ever part of a page
        assert b"alert(1)" not in fresh.ask("GET", path).body


def test_words_of_an_association_cannot_end_their_element(fresh: Served) -> None:
    folder = fresh.room.opened.folders.root / "salle"
    folder.mkdir()
    (folder / "mots.fr.toml").write_text('[common]\nleave = "</script><script>alert(3)</script>"\n', "utf-8")
    (folder / "mots.en.toml").write_text('[phone]\nleave = "</script><script>alert(3)</script>"\n', "utf-8")
    body = fresh.ask("GET", "/").body
    assert b"</script><script>alert(3)" not in body


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
    before = events(served)
    for path in ("/", "/dire", "/mener", "/entrer", "/vue", "/son", "/direct"):
        told = served.ask(method, path, X_Cle=served.room.lead_key, Content_Length="0")
        assert told.status in (400, 405)
        assert "access-control-allow-origin" not in told.headers
    assert events(served) == before


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

    assert asyncio.run(flood()) == live.TOO_MUCH


def test_a_live_line_that_sends_too_much_at_once_is_cut_off(served: Served, key: str) -> None:
    async def send() -> Any:
        line = await served.line("phone", key)
        await line.hear()
        await line.socket.write_message("a" * 100_000)
        return await line.hear()

    assert asyncio.run(send()) is None


def test_a_live_line_that_never_says_who_it_is_is_cut_off(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tornado.httpclient import HTTPRequest
    from tornado.websocket import websocket_connect

    monkeypatch.setattr(live, "PATIENCE", 0.1)

    async def wait() -> Any:
        socket = await websocket_connect(HTTPRequest(f"ws://{FAR}:{served.port}/direct"))
        return await asyncio.wait_for(socket.read_message(), 5), socket.close_code

    assert asyncio.run(wait()) == (None, live.NOT_KNOWN)


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

    assert asyncio.run(open_many()) <= 3


def test_what_is_unforeseen_is_told_without_anybodys_words(
    fresh: Served, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def break_off(*_: Any) -> Any:
        raise ValueError("MOTS D'UNE PERSONNE")

    key = fresh.join()
    monkeypatch.setattr(fresh.room.desk, "phone", break_off)
    told = fresh.phone(key, "call", what="talk")
    assert (told.status, told.error) == (500, "SAL-112")
    said = capfd.readouterr()
    assert "ValueError" in said.err and "test_abuse.py" in said.err
    assert "PERSONNE" not in said.out + said.err and FAR not in said.out + said.err


def test_nothing_of_a_phone_is_written_anywhere(fresh: Served, capfd: pytest.CaptureFixture[str]) -> None:
    agent = "Telephone-de-Sauge/1.0"
    key = fresh.join()
    fresh.post("/dire", fresh.act("call", what="stop"), far=True, X_Cle=key, User_Agent=agent)
    fresh.ask("GET", "/../x", far=True, User_Agent=agent)
    fresh.propose(key)
    root = fresh.room.opened.folders.root
    kept = b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file())
    said = capfd.readouterr()
    for trace in (agent.encode(), FAR.encode(), key.encode(), key.split(".")[0].encode()):
        assert trace not in kept and trace.decode() not in said.out + said.err
