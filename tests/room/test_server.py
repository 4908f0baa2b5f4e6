"""The room's server, asked as pages ask it: who may see what, who may do what, who hears of it and when."""

from __future__ import annotations

import asyncio
import errno
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from awaited import awaited
from served import Served, serve
from table import make_evaluation

from avis.room import serving


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Served]:
    with serve(make_evaluation(tmp_path)) as served:
        yield served


@pytest.mark.parametrize("path", ["/", "/mur", "/animer", "/vide"])
def test_a_page_asks_nobody_else_and_leaves_nothing_behind(served: Served, path: str) -> None:
    told = served.ask("GET", path)
    assert told.status == 200
    policy = told.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    assert told.headers["cache-control"] == "no-store"
    assert told.headers["referrer-policy"] == "no-referrer"
    assert not {"server", "set-cookie", "etag"} & told.headers.keys()
    assert b"<title>Notes</title>" in told.body
    assert not re.search(rb'(?:src|href)="(?!data:)', told.body)


def test_the_wall_and_the_lead_are_shown_on_this_computer_alone(served: Served) -> None:
    assert served.ask("GET", "/", far=True).status == 200
    for path in ("/mur", "/animer"):
        told = served.ask("GET", path, far=True)
        assert (told.status, told.error) == (403, "SAL-101")


def test_a_text_goes_from_a_phone_to_the_lead_to_the_wall(fresh: Served) -> None:
    fresh.begin()
    key = fresh.join()
    given = fresh.propose(key).json
    assert len(given["code"]) == 8
    assert fresh.view("phone", key, far=True)["texts"] == []
    assert fresh.view("wall")["texts"] == []
    text = fresh.view("lead")["texts"][0]
    assert (text["id"], text["shown"], text["flags"]) == (given["item"], False, [])
    fresh.lead("show", what="texts", items=[given["item"]])
    for role in ("phone", "wall"):
        view = fresh.view(role, key)
        assert [one["text"] for one in view["texts"][0]["wordings"]] == ["Ouvrir le samedi."]


def test_an_act_that_is_sent_again_is_done_once_and_answered_the_same(fresh: Served) -> None:
    key = fresh.begin().join()
    act = fresh.act("propose", question="q1", kind="statement", language="fr", text="Ouvrir.", confirmed=True)
    first, again = (fresh.post("/dire", act, far=True, X_Cle=key).json for _ in range(2))
    assert (first["again"], again["again"]) == (False, True)
    assert first["code"] == again["code"]
    assert len(fresh.view("lead")["texts"]) == 1


def test_what_may_name_somebody_is_pointed_at_for_the_lead_by_its_kind(fresh: Served) -> None:
    key = fresh.begin().join()
    fresh.propose(key, "Appelez Mme Dupont au 06 12 34 56 78.")
    flags = fresh.view("lead")["texts"][0]["flags"]
    assert {"nom", "téléphone"} <= {word for flag in flags for word in flag["fr"].split()} or len(flags) == 2
    assert "Dupont" not in str(flags)


def test_nobody_sees_an_answer_before_the_round_is_closed(fresh: Served) -> None:
    keys = [fresh.begin().join(), *(fresh.join() for _ in range(3))]
    fresh.propose(keys[0])
    fresh.lead("open_round", items=["s1"], present=12, paper=0)
    before = {role: fresh.view(role, keys[0]) for role in ("phone", "wall", "lead")}
    for key in keys:
        assert fresh.phone(key, "react", item="s1", version=1, level="oui").status == 200
    after = {role: fresh.view(role, keys[0]) for role in ("phone", "wall", "lead")}
    assert after == before
    assert before["phone"]["phase"] == "round"
    assert before["phone"]["results"] == []
    fresh.lead("close_round")
    assert fresh.view("phone", keys[0])["results"] == [{"id": "s1", "outcome": "consensus", "adopted": False}]
    assert "votes" not in str(fresh.view("lead"))


def test_a_round_with_one_on_paper_is_on_paper_for_all(fresh: Served) -> None:
    key = fresh.begin().join()
    fresh.propose(key)
    fresh.lead("open_round", items=["s1"], present=12, paper=1)
    view = fresh.view("phone", key)
    assert (view["phase"], view["round"]) == ("paper", None)
    assert [item["id"] for item in fresh.view("lead")["round"]["items"]] == ["s1"]  # she enters the piles
    told = fresh.phone(key, "react", item="s1", version=1, level="oui")
    assert told.status == 409


def test_every_screen_hears_of_a_change_at_once(served: Served) -> None:
    key = served.join()

    async def hear() -> float:
        phones = [await served.line("phone", key) for _ in range(4)]
        wall, lead = (
            await served.line("wall", far=False),
            await served.line("lead", served.room.lead_key, far=False),
        )
        lines = [*phones, wall, lead]
        for line in lines:
            await line.hear()
        began = time.perf_counter()
        await asyncio.to_thread(served.lead, "show", what="limits")
        while (await wall.hear())["shown"]["what"] != "limits":
            pass
        return time.perf_counter() - began

    assert awaited(hear()) < 0.3
    served.lead("show", what="nothing")


def test_phones_are_told_nothing_that_concerns_the_wall_alone(served: Served) -> None:
    view = served.view("phone", served.join())
    assert not {"join", "shown", "calls", "door", "log"} & view.keys()


def test_without_a_live_line_a_page_asks_whether_something_changed(served: Served) -> None:
    key = served.join()
    rev = served.ask("GET", "/vue?as=phone", far=True, X_Cle=key).json["rev"]
    assert served.ask("GET", f"/vue?as=phone&rev={rev}", far=True, X_Cle=key).status == 204
    assert served.ask("GET", f"/vue?as=phone&rev={rev - 1}", far=True, X_Cle=key).status == 200


def test_refusals_are_told_in_the_language_of_the_page(served: Served) -> None:
    french, english = (
        served.post("/entrer", {"code": "AAAAAA"}, far=True, X_Langue=lang).json for lang in ("fr", "en")
    )
    assert french["what"].startswith("Ce code") and english["what"].startswith("This code")
    assert french["error"] == english["error"] == "SAL-104"
    assert served.post("/entrer", {"code": "AAAAAA"}, far=True, X_Langue="ru").json["what"] == french["what"]


def test_a_call_reaches_the_lead_alone_and_says_not_who(fresh: Served) -> None:
    key = fresh.begin().join()
    assert fresh.phone(key, "call", what="talk").status == 200
    (call,) = fresh.view("lead")["calls"]
    assert call["what"] == "talk" and call.keys() == {"n", "what", "at"}
    assert "calls" not in fresh.view("wall") and "calls" not in fresh.view("phone", key)
    fresh.lead("answered", n=call["n"])
    assert fresh.view("lead")["calls"] == []


def test_a_session_that_is_closed_takes_the_seats_with_it(fresh: Served) -> None:
    key = fresh.begin().join()

    async def hear() -> str:
        line = await fresh.line("phone", key)
        await line.hear()
        await asyncio.to_thread(fresh.lead, "close_session")
        return str((await line.hear())["phase"])

    assert awaited(hear()) == "closed"
    assert fresh.propose(key).error == "SAL-103"
    assert fresh.post("/entrer", {"code": fresh.room.door.code}, far=True).error == "SAL-110"
    assert fresh.view("lead")["session"] is None


def test_the_lead_shuts_the_door_and_turns_the_code(fresh: Served) -> None:
    fresh.begin()
    code = fresh.room.door.code
    fresh.lead("rotate_code")
    assert fresh.room.door.code != code
    assert fresh.post("/entrer", {"code": code}, far=True).status == 200
    fresh.lead("set_door", open=False)
    assert fresh.view("wall")["join"] is None or fresh.view("wall")["join"]["qr"] == []
    assert fresh.post("/entrer", {"code": fresh.room.door.code}, far=True).error == "SAL-104"


def test_words_come_in_the_language_that_was_asked_for(served: Served) -> None:
    assert served.ask("GET", "/mots/es.json", far=True).json["language"] == "es"
    assert served.ask("GET", "/mots/en.json?as=wall").json["language"] == "en"
    assert served.ask("GET", "/mots/en.json?as=../lead").error == "SAL-108"


def test_a_recorded_sentence_is_sent_where_there_is_one(fresh: Served) -> None:
    folder = fresh.room.opened.folders.root / "salle" / "voix" / "pcm"
    folder.mkdir(parents=True)
    (folder / "join.mp3").write_bytes(b"ID3")
    told = fresh.ask("GET", "/voix/pcm/join", far=True)
    assert (told.status, told.headers["content-type"], told.body) == (200, "audio/mpeg", b"ID3")
    assert fresh.ask("GET", "/voix/pcm/other", far=True).error == "SAL-108"


def test_a_full_disk_is_said_at_once_on_every_screen_and_nothing_is_lost(
    fresh: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = fresh.begin().join()
    fresh.propose(key)
    fresh.lead("open_round", items=["s1"], present=12, paper=0)
    answer = fresh.act("react", item="s1", version=1, level="oui")

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        told = fresh.post("/dire", answer, far=True, X_Cle=key)
        assert (told.status, told.json["retry"]) == (507, True)
        fresh.in_loop(fresh.room.look_after)
        assert [fresh.view(role, key)["trouble"] for role in ("wall", "phone", "lead")] == ["full"] * 3
    fresh.in_loop(fresh.room.look_after)
    assert fresh.view("wall")["trouble"] == ""
    again = fresh.post("/dire", answer, far=True, X_Cle=key)
    assert (again.status, again.json["again"]) == (200, False)
    fresh.lead("close_round")
    assert fresh.view("phone", key)["results"][0]["outcome"] == "consensus"


def test_the_code_of_the_wall_turns_while_nobody_touches_anything(fresh: Served) -> None:
    fresh.begin()
    before = fresh.view("wall")["join"]["code"] if fresh.room.phone_addresses else fresh.room.door.code
    fresh.room.door.clock = lambda: time.time() + 601
    fresh.in_loop(fresh.room.look_after)
    assert fresh.room.door.code != before
    assert fresh.post("/entrer", {"code": before}, far=True).status == 200  # somebody was typing it


def test_a_card_opens_nothing_where_the_sources_cannot_be_read(
    fresh: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And a phone is told so, instead of asking for ever."""

    async def fail(_: Path) -> None:
        raise TimeoutError

    key = fresh.begin().join()
    before = fresh.phone(key, "quotes", card="NZ26DMCX")
    monkeypatch.setattr(serving, "gather", fail)
    asyncio.run_coroutine_threadsafe(fresh.room.gather_offers(), fresh.loop).result(10)
    after = fresh.phone(key, "quotes", card="NZ26DMCX")
    assert (before.json["retry"], after.json["retry"]) == (True, False)
