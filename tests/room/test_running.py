"""The life of the room's server: what happens beside it does not end a meeting."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from awaited import awaited
from table import Table, make_evaluation

from avis.errors import fail
from avis.folders import Folders
from avis.found import Found, read_found
from avis.room import running
from avis.room.codes import kept_path
from avis.room.serving import Room


def test_a_full_disk_ends_no_meeting_when_the_room_moves_to_another_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    evaluation, refused = make_evaluation(tmp_path), list[Found]()
    write = running.write_found

    def refuse(folders: Folders, found: Found) -> None:
        if len(refused) < 3:
            refused.append(found)
            raise fail("RUN-011")
        write(folders, found)

    async def no_offers(_: Room) -> None:
        """Reading the sources is no matter here."""

    async def moved() -> None:
        room = Room(evaluation, 8731, ("192.168.1.5",))
        serving = asyncio.create_task(running._until_stopped(room))
        await asyncio.sleep(0.02)
        room.hosts = ("192.168.1.6",)
        while not read_found(evaluation.folders) and not serving.done():
            await asyncio.sleep(0.01)
        room.stopped.set()
        await serving
        await room.close()

    monkeypatch.setattr(running, "write_found", refuse)
    monkeypatch.setattr(running, "TICK", 0.01)
    monkeypatch.setattr(Room, "gather_offers", no_offers)
    awaited(asyncio.wait_for(moved(), 10))
    found = read_found(evaluation.folders)
    assert found and found.phones == ("http://192.168.1.6:8731/",) and len(refused) == 3


def test_a_crash_in_the_closing_of_a_session_leaves_no_secret_for_the_next_start(tmp_path: Path) -> None:
    table = Table(make_evaluation(tmp_path)).begin()
    assert table.desk.sitting
    secret = kept_path(table.desk.sitting.path)
    kept = secret.read_bytes()
    running.forget_closed(table.evaluation)
    assert secret.exists()  # it is open
    assert table.lead("close_session").ok
    secret.write_bytes(kept)  # as if the process had ended after the last line
    running.forget_closed(table.evaluation)
    assert not secret.exists()
