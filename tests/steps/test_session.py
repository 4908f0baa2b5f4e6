"""Notebook 38: the room from a notebook, which lives longer than its kernel and is not opened by a test."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

from avis.errors import AvisError
from avis.found import Found
from avis.steps import session
from avis.steps.session import OpenRoom, close_room, open_room

EXEMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("AVIS_BUILD", str(tmp_path / "build"))
    monkeypatch.setenv("AVIS_LANG", "fr")
    root = tmp_path / "essai"
    shutil.copytree(EXEMPLE, root, ignore=shutil.ignore_patterns("build", "publications"))
    yield root
    close_room(str(root))


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "somebody_answers", lambda: True)


def test_where_nobody_is_there_nothing_is_opened_and_it_is_said_how(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "somebody_answers", lambda: False)
    found = open_room(str(root))
    assert found.where is None
    assert f"avis session {root}" in repr(found) and "<a " not in found._repr_html_()


@pytest.mark.usefixtures("somebody")
def test_a_room_is_opened_once_and_found_again(root: Path) -> None:
    first, again = open_room(str(root)), open_room(str(root))
    assert first.where and again.where and first.where == again.where
    shown = first._repr_html_()
    assert f'href="{first.where.lead}"' in shown and "min-height:56px" in shown
    assert "Ouvrir la page de la personne qui anime" in shown and "close_room" in shown
    assert first.where.lead in repr(first)


@pytest.mark.usefixtures("somebody")
def test_a_room_is_stopped_and_says_so(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_room(str(root))
    close_room(str(root))
    assert "La salle est fermée" in capsys.readouterr().out
    close_room(str(root))
    assert "Aucune salle" in capsys.readouterr().out


@pytest.mark.usefixtures("somebody")
def test_a_room_that_does_not_open_says_what_it_said(root: Path) -> None:
    with (root / "evaluation.yaml").open("a") as file:
        file.write("\nscales_: {}\n")
    with pytest.raises(AvisError):
        open_room(str(root))


@pytest.mark.usefixtures("somebody")
def test_why_the_server_ended_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session.sys, "executable", shutil.which("false") or "/bin/false")
    with pytest.raises(AvisError, match="SAL-124"):
        open_room(str(root))


def test_what_another_program_left_at_that_port_is_no_room(root: Path) -> None:
    path = Path(os.environ["AVIS_BUILD"]) / "essai" / "private" / "salle.json"
    path.parent.mkdir(parents=True)
    path.write_text('{"pid": 1, "port": 9, "key": "k", "lead": "http://x", "wall": "http://y"}')
    assert session._find(session.find(str(root))) is None
    path.write_text("{")
    assert session._find(session.find(str(root))) is None


def test_an_address_stays_text_in_the_notebook() -> None:
    where = Found(1, 1, "k", 'http://x/"><script>', "<b>", ("<i>",), "<u>")
    shown = OpenRoom("x", where)._repr_html_()
    assert "<script>" not in shown and "<b>" not in shown and "<i>" not in shown and "<u>" not in shown


def run(client: BlockingKernelClient, code: str) -> str:
    """Run a cell as somebody at a keyboard does, and give what it shows."""
    client.execute(code, allow_stdin=True)
    client.get_shell_msg(timeout=60)
    shown = ""
    while True:
        message = client.get_iopub_msg(timeout=60)
        kind, content = message["msg_type"], message["content"]
        if kind == "execute_result":
            shown = content["data"]["text/html"]
        assert kind != "error", content
        if kind == "status" and content["execution_state"] == "idle":
            return str(shown)


@pytest.mark.slow
def test_a_room_lives_longer_than_the_kernel_that_opened_it(root: Path) -> None:
    cell = f"from avis import open_room\nopen_room({str(root)!r})"
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel()
    try:
        shown = []
        for _ in range(2):
            client = manager.blocking_client()
            client.start_channels()
            client.wait_for_ready(timeout=60)
            shown.append(run(client, cell))
            client.stop_channels()
            manager.restart_kernel(now=True)
            time.sleep(0.5)
    finally:
        manager.shutdown_kernel(now=True)
    assert "/animer#" in shown[0] and shown[0] == shown[1]
    assert session._find(session.find(str(root))) is not None
