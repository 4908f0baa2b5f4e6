"""Abuse of the room's server: somebody on the Wi-Fi who is no friend, or a page in another window."""

from __future__ import annotations

import time
from typing import Any

import pytest
from awaited import awaited
from served import FAR, Served
from tornado.httpclient import HTTPClientError

from avis.room.acts import LEAD
from avis.room.keys import make_seat
from avis.room.rates import ALL_CODES_TRIED, BROUGHT, CALLS, CODES_TRIED, JOINS

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'`${7*7}{{7*7}}"


@pytest.mark.parametrize("do", sorted(LEAD))
def test_a_phone_does_nothing_that_is_the_leads(served: Served, do: str) -> None:
    """Whatever key it shows and wherever it knocks; acts that both have need their fields."""
    key = make_seat(served.room.secret, time.time())
    before = served.events()
    assert served.post("/dire", {"id": "abcdefgh", "do": do}, far=True, X_Cle=key).status in (403, 409)
    for shown in (key, served.room.lead_key, ""):
        told = served.post("/mener", {"id": "abcdefgh", "do": do}, far=True, X_Cle=shown)
        assert (told.status, told.error) == (403, "SAL-101")
    assert served.post("/mener", {"id": "abcdefgh", "do": do}, X_Cle=key).error == "SAL-103"
    assert served.events() == before


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

    assert awaited(codes()) == [4403, 4403, 4401, 4401, 4401]


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
        awaited(open_line())
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
        awaited(open_line())


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


def test_who_tries_codes_from_many_seats_leaves_the_others_their_tries(fresh: Served) -> None:
    seats = [fresh.join() for _ in range(8)]
    told = [fresh.phone(key, "mine", code="BBBB BBBB") for key in seats for _ in range(CODES_TRIED.burst)]
    assert sum(one.status != 429 for one in told) < ALL_CODES_TRIED.burst
    mine = {"code": "BBBB BBBB", "id": "another-address", "do": "mine"}
    assert fresh.post("/dire", mine, X_Cle=fresh.join()).error == "SAL-017"


def test_one_phone_fills_neither_the_list_of_texts_nor_that_of_calls(fresh: Served) -> None:
    key = fresh.join()
    brought = [fresh.propose(key, f"Texte {number}.").status for number in range(BROUGHT.burst + 10)]
    assert brought.count(200) <= BROUGHT.burst + 1 and brought[-1] == 429
    called = [fresh.phone(key, "call", what="talk").status for _ in range(CALLS.burst + 5)]
    assert called.count(200) <= CALLS.burst + 1 and called[-1] == 429
    other = fresh.join()
    assert fresh.propose(other).status == 200
    assert fresh.phone(other, "call", what="stop").status == 200


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
