"""A copy of an edition is checked anywhere, by its manifest alone; nothing outside its folder is read."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from avis.cli import main
from avis.editions.copies import verify_copy
from avis.editions.manifest import (
    NAME,
    Listed,
    Manifest,
    encode_manifest,
    folder_of,
    read_manifest,
    sha256_of,
    sweep_unfinished,
    write_manifest,
)
from avis.errors import AvisError, Problems
from avis.rights.notices import replace_by_notice

ID = "2026-01-01-0123abcd"


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    folder = tmp_path / ID
    folder.mkdir()
    for name in ("avis.public.fr.html", "avis.public.fr.pdf"):
        (folder / name).write_bytes(name.encode())
    listed = tuple(Listed(name=path.name, sha256=sha256_of(path)) for path in sorted(folder.iterdir()))
    write_manifest(folder, Manifest(edition=ID, on="2026-01-01", organisation="Exemple", files=listed))
    return folder


def found(folder: Path) -> list[tuple[str, str]]:
    problems = Problems()
    verify_copy(folder, problems)
    return [(item.code, item.place.file) for item in problems]


def test_a_whole_copy_is_whole_wherever_it_lies(edition: Path, capsys: pytest.CaptureFixture[str]) -> None:
    moved = edition.rename(edition.with_name("téléchargé (2)"))
    assert found(moved) == []
    assert main(["verify", str(moved)]) == 0
    told = capsys.readouterr().out
    assert ID in told and sha256_of(moved / NAME) in told and str(edition.parent) not in told


def test_all_that_differs_is_said_at_once(edition: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (edition / "avis.public.fr.html").unlink()
    (edition / "avis.public.fr.pdf").write_bytes(b"other")
    (edition / "more").mkdir()
    (edition / "more" / "x.csv").write_bytes(b"")
    assert found(edition) == [
        ("REL-021", "avis.public.fr.html"),
        ("REL-022", "avis.public.fr.pdf"),
        ("REL-023", "more/x.csv"),
    ]
    assert main(["verify", str(edition)]) == 1
    assert capsys.readouterr().out == ""


def test_a_folder_without_a_manifest_is_no_edition(tmp_path: Path) -> None:
    assert found(tmp_path) == [("REL-006", NAME)]
    assert main(["verify", str(tmp_path / "nowhere")]) == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"\xff\xfe", b'{"edition": 3}', b"[" * 100_000, b'{"edition":"x","on":"y","files":[]}'],
)
def test_what_is_no_manifest_is_said(edition: Path, content: bytes) -> None:
    (edition / NAME).write_bytes(content)
    assert found(edition) == [("REL-007", NAME)]


@pytest.mark.parametrize(
    "name", ["../secret", "/etc/hostname", "a/../../secret", "C:\\secret", "\0", "", "x" * 9999]
)
def test_a_manifest_that_names_what_lies_outside_is_refused_unread(edition: Path, name: str) -> None:
    (edition.parent / "secret").write_bytes(b"private")
    listed = (Listed(name=name, sha256=sha256_of(edition.parent / "secret")),)
    (edition / NAME).write_bytes(encode_manifest(Manifest(edition=ID, on="2026-01-01", files=listed)))
    assert found(edition) == [("REL-007", NAME)]


@pytest.mark.parametrize("name", ["avis.public.fr.html", NAME])
def test_a_link_is_no_file_of_an_edition(edition: Path, name: str) -> None:
    page = edition / name
    twin = edition.parent / "twin.html"
    page.rename(twin)
    page.symlink_to(twin)
    assert found(edition) == [("REL-021", page.name)]


def test_a_pipe_in_the_place_of_a_file_keeps_nobody_waiting(edition: Path) -> None:
    page = edition / "avis.public.fr.html"
    page.unlink()
    os.mkfifo(page)
    assert found(edition) == [("REL-021", page.name)]


@pytest.mark.parametrize(
    "id",
    [
        "..",
        "../sources",
        "2026-01-01-0123abcd/../..",
        "",
        "2026-01-01-0123ABCD",
        "9" * 5000,
        "2026-01-01-0123abcd\n",
    ],
)
def test_an_id_that_is_none_never_becomes_a_path(tmp_path: Path, id: str) -> None:
    with pytest.raises(AvisError) as refused:
        folder_of(tmp_path, id)
    assert [item.code for item in refused.value.problems] == ["REL-005"]


def test_the_manifest_is_the_same_bytes_for_the_same_edition(edition: Path) -> None:
    manifest = read_manifest(edition, Problems())
    assert manifest is not None
    assert encode_manifest(manifest) == (edition / NAME).read_bytes()


def test_what_a_killed_release_left_is_swept_and_links_are_not_followed(tmp_path: Path) -> None:
    editions, kept = tmp_path / "publications", tmp_path / "kept"
    (editions / f".{ID}.12.tmp").mkdir(parents=True)
    (editions / f".{ID}.12.tmp" / "avis.html").write_text("words")
    (editions / ID).mkdir()
    kept.mkdir()
    (kept / "source.csv").write_text("a")
    (editions / f".{ID}.13.tmp").symlink_to(kept, target_is_directory=True)
    (editions / ".mine.tmp").mkdir()
    sweep_unfinished(tmp_path)
    assert {path.name for path in editions.iterdir()} == {ID, ".mine.tmp"}
    assert (kept / "source.csv").exists()


def test_an_edition_that_was_taken_back_is_said_so_though_its_notice_was_changed(
    edition: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AVIS_LANG", "fr")
    replace_by_notice(edition, ("fr",), dt.date(2026, 2, 3))
    assert main(["verify", str(edition)]) == 1
    assert "« retiré » le 3 février 2026" in capsys.readouterr().out
    page = next(edition.glob("*.html"))
    page.write_text(page.read_text("utf-8") + " ", encoding="utf-8")
    assert main(["verify", str(edition)]) == 1
    told = capsys.readouterr()
    assert "« retiré » le 3 février 2026" in told.out and "REL-022" in told.err
