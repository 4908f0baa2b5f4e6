"""Wherever a name hides in what is to be published, the scan finds it: a file each, made by real programs."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.scanning import hiding

from avis.scanning.scan import Report, scan
from avis.scanning.wanted import Term, Wanted

WANTED = Wanted(terms=(Term(kind="name", text=hiding.WORD),), lists=("people",))


def kinds(report: Report) -> set[str]:
    return {hit.kind for hit in report.hits}


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """All files in one folder, searched once."""
    folder = tmp_path_factory.mktemp("edition")
    for name, data in hiding.FILES.items():
        (folder / name).write_bytes(data)
    return scan(folder, WANTED)


@pytest.mark.parametrize("name", hiding.FILES)
def test_a_hidden_word_is_found(searched: Report, name: str) -> None:
    assert "name" in {hit.kind for hit in searched.hits if hit.file == name}


def test_no_report_holds_what_was_found(searched: Report) -> None:
    assert hiding.WORD.casefold() not in repr(searched).casefold()


def test_files_that_hide_a_word_raise_no_other_alarm_and_are_all_read(searched: Report) -> None:
    assert kinds(searched) == {"name"}
    assert searched.unread == ()
    assert "text.png" in searched.pictures


@pytest.mark.parametrize("packed", [False, True])
def test_what_git_keeps_of_a_word_that_was_taken_out_is_found(tmp_path: Path, packed: bool) -> None:
    hiding.repository(tmp_path)
    if packed:
        hiding.git(tmp_path, "gc", "-q", "--aggressive")
        assert list(tmp_path.glob(".git/objects/pack/*.pack"))
    report = scan(tmp_path, WANTED)
    assert [hit.kind for hit in report.hits if hit.kind == "name"]
    assert report.unread == ()


def test_a_bundle_of_git_is_opened(tmp_path: Path) -> None:
    source, folder = tmp_path / "source", tmp_path / "out"
    source.mkdir()
    folder.mkdir()
    hiding.repository(source)
    hiding.git(source, "gc", "-q")
    hiding.git(source, "bundle", "create", str(folder / "all.bundle"), "--all")
    report = scan(folder, WANTED)
    assert [hit.kind for hit in report.hits] == ["name"]
    assert report.unread == ()


def test_names_of_files_and_folders_are_read_and_not_repeated(tmp_path: Path) -> None:
    (tmp_path / "fiche zorvaxie").mkdir()
    (tmp_path / "fiche zorvaxie" / "a.txt").write_text("rien")
    (tmp_path / "Zorvaxie.empty").mkdir()
    report = scan(tmp_path, WANTED)
    assert {hit.file for hit in report.hits} == {"(…)/a.txt", "(…)/"}


def test_a_name_of_a_member_that_holds_a_word_is_not_repeated(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(hiding.zipped({f"x/{hiding.WORD}.txt": hiding.WORD.encode()}))
    report = scan(tmp_path, WANTED)
    assert {hit.where for hit in report.hits} == {"", "x/(…)"}


def test_where_a_word_stands_is_told_by_the_member_and_how_it_was_written(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(hiding.zipped({"b.txt": hiding.FILES["url64.txt"]}))
    assert [hit.where for hit in scan(tmp_path, WANTED).hits] == ["b.txt › base64"]


def test_a_word_within_another_is_another_word(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("prezorvaxiement, zorvax, vaxié")
    assert scan(tmp_path, WANTED).hits == ()
