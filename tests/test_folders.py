"""Where files lie, and files that are written whole or not at all."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from avis import folders, locks
from avis.errors import AvisError
from avis.folders import find, write_whole


def evaluation(root: Path) -> Path:
    root.mkdir(parents=True)
    (root / "evaluation.yaml").write_text("x", encoding="utf-8")
    return root


def test_an_evaluation_is_found_from_its_parents_and_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = evaluation(tmp_path / "evaluations" / "l'été à Nîmes")
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    for here in (tmp_path, deep):
        monkeypatch.chdir(here)
        for asked in ("evaluations/l'été à Nîmes", "l'été à Nîmes", str(root), str(root / "evaluation.yaml")):
            assert find(asked).root == root


def test_a_folder_without_an_evaluation_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(AvisError, match="EVA-001"):
        find("rien")


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "RUN-011"), (errno.EROFS, "RUN-010"), (errno.EACCES, "RUN-010"), (errno.EIO, "RUN-012")],
)
def test_a_disk_that_refuses_is_said_and_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    path = tmp_path / "a.txt"
    write_whole(path, "avant")

    def refuse(_: int) -> None:
        raise OSError(number, "x")

    monkeypatch.setattr(folders.os, "fsync", refuse)
    with pytest.raises(AvisError, match=code):
        write_whole(path, "après")
    assert path.read_text(encoding="utf-8") == "avant"
    assert [left.name for left in tmp_path.iterdir()] == ["a.txt"]


def test_a_lock_is_held_by_one_and_free_once_closed(tmp_path: Path) -> None:
    held = locks.take(tmp_path / "x" / ".lock")
    assert held is not None
    assert locks.take(tmp_path / "x" / ".lock") is None
    held.close()
    again = locks.take(tmp_path / "x" / ".lock")
    assert again is not None
    again.close()
