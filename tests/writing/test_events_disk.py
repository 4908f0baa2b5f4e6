"""A log on a disk that refuses: half a line, a word without its line, a file that cannot even be cut."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from test_events import WORD, entry, path, proposed, read, whole

from avis.errors import AvisError
from avis.writing import events
from avis.writing.events import Recorder, append, make_word

__all__ = ["path", "whole"]


def contents(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.parent.iterdir()}


@pytest.mark.parametrize("torn", [0, 7, 200])
def test_where_the_disk_refuses_a_line_the_log_and_its_words_are_as_they_were(
    whole: Path, monkeypatch: pytest.MonkeyPatch, torn: int
) -> None:
    def full(path: Path, data: bytes) -> None:
        with path.open("ab") as out:
            out.write(data[:torn])
        raise OSError(errno.ENOSPC, "full")

    other = make_word("Ouvrir le soir.", "fr")
    with Recorder(whole) as recorder:
        before = contents(whole)
        monkeypatch.setattr(events, "append_bytes", full)
        with pytest.raises(AvisError) as caught:
            recorder.append([proposed("e4", "w4", other)], {"w4": other})
        assert [item.code for item in caught.value.problems] == ["RUN-011"]
        assert contents(whole) == before
        monkeypatch.undo()
        assert len(recorder.append([proposed("e4", "w4", other)], {"w4": other})) == 1
    log, problems = read(whole)
    assert problems == []
    assert [event.id for event in log.events] == ["e1", "e2", "e3", "e4"]


def test_half_a_line_that_could_not_be_cut_off_is_cut_off_before_the_next_one(
    whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        with path.open("ab") as out:
            out.write(data[:9])
        raise OSError(errno.ENOSPC, "full")

    def refuses(path: Path, length: int) -> None:
        raise OSError(errno.EIO, "broken")

    with Recorder(whole) as recorder:
        monkeypatch.setattr(events, "append_bytes", full)
        monkeypatch.setattr(events, "cut", refuses)
        with pytest.raises(AvisError):
            recorder.append([entry("e4")], {})
        assert read(whole)[1] == ["SES-001"]
        monkeypatch.undo()
        recorder.append([entry("e5")], {})
    assert [event.id for event in read(whole)[0].events] == ["e1", "e2", "e3", "e5"]
    assert read(whole)[1] == []


def test_a_first_line_that_is_refused_leaves_no_log(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> None:
        path.touch()
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(events, "append_bytes", full)
    with pytest.raises(AvisError):
        append(path, [entry("e1")])
    assert not path.exists()


def test_words_that_no_line_names_are_erased_and_no_others(whole: Path) -> None:
    with Recorder(whole) as recorder:
        recorder._save_words({**recorder.words, "w9": make_word("Perdu.", "fr")})  # killed before its line
        assert recorder.erase_unnamed() == 1
        assert recorder.erase_unnamed() == 0
    assert read(whole)[0].words == {"w1": WORD}


def test_the_log_that_a_recorder_holds_is_the_one_on_the_disk(whole: Path) -> None:
    with Recorder(whole) as recorder:
        recorder.append([entry("e4", "redacted", word="w1")], {})
        recorder.erase("w1")
        assert recorder.log == read(whole)[0]
        assert recorder.known("e4") == ("redacted", {"word": "w1"})
        assert recorder.known("e9") is None
