"""The register only grows: what was acknowledged stays whatever crashes, and what is half written is said."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avis import locks
from avis.editions.keyed import KEY, make_key, trace
from avis.editions.register import (
    NAME,
    Held,
    Issued,
    Placed,
    SentFile,
    TakenBack,
    append,
    check_key,
    read_register,
)
from avis.errors import AvisError, Problems

FILE = SentFile(name="avis.public.fr.html", sha256="0" * 64, language="fr")
HELD = Held(id="at07-03", kind="quote", trace=trace(b"k", "The desk closes before I finish work."))


def issued(edition: str = "2026-01-01-00000001") -> Issued:
    return Issued(edition=edition, on="2026-01-01", audience="public", files=(FILE,), held=(HELD,))


def codes(problems: Problems) -> list[str]:
    return [item.code for item in problems]


def test_what_was_appended_is_read_back_in_its_order(tmp_path: Path) -> None:
    placed = Placed(edition="b", on="2026-01-02", recipient="Ville de Valmarin")
    append(tmp_path, [issued("b"), issued("a")])
    append(tmp_path, [placed, TakenBack(edition="b", on="2026-02-03")])
    problems = Problems()
    found = read_register(tmp_path, problems)
    assert list(found) == ["b", "a"]
    assert found["b"].placed == (placed,) and found["b"].taken_back_on == "2026-02-03"
    assert not found["a"].placed and not found["a"].taken_back_on
    assert codes(problems) == []


def test_it_is_never_rewritten_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / NAME
    append(tmp_path, [issued("a")])
    before, inode = path.read_bytes(), path.stat().st_ino
    append(tmp_path, [TakenBack(edition="a", on="2026-02-03")])
    assert path.read_bytes().startswith(before) and path.stat().st_ino == inode
    assert path.stat().st_mode & 0o077 == 0


def test_it_holds_no_word(tmp_path: Path) -> None:
    append(tmp_path, [issued()])
    written = (tmp_path / NAME).read_text(encoding="utf-8").casefold()
    assert all(word not in written for word in ("desk", "closes", "finish", "before"))


@given(cut=st.integers(min_value=1, max_value=10_000), again=st.booleans())
def test_a_last_line_that_a_crash_cut_is_said_and_loses_no_other(
    tmp_path_factory: pytest.TempPathFactory, cut: int, again: bool
) -> None:
    folder = tmp_path_factory.mktemp("torn")
    append(folder, [issued("a")])
    path = folder / NAME
    whole = path.read_bytes()
    path.write_bytes(whole + whole.replace(b'"a"', b'"b"')[: 1 + cut % (len(whole) - 2)])
    problems = Problems()
    assert list(read_register(folder, problems)) == ["a"]
    assert codes(problems) == ["REL-019"] and not problems.errors
    if again:
        append(folder, [issued("c")])
        after = Problems()
        assert list(read_register(folder, after)) == ["a", "c"]
        assert codes(after) == []
        assert path.read_bytes().startswith(whole)


def test_a_last_line_that_lacks_only_its_end_counts(tmp_path: Path) -> None:
    append(tmp_path, [issued("a")])
    path = tmp_path / NAME
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    append(tmp_path, [issued("b")])
    problems = Problems()
    assert list(read_register(tmp_path, problems)) == ["a", "b"] and codes(problems) == []


@given(data=st.binary(max_size=400))
def test_whatever_stands_in_it_reading_never_fails(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    folder = tmp_path_factory.mktemp("noise")
    (folder / NAME).write_bytes(data)
    read_register(folder, Problems())
    append(folder, [issued("z")])
    assert (folder / NAME).read_bytes().startswith(data)
    assert "z" in read_register(folder, Problems())


def test_a_line_in_its_middle_that_was_changed_is_an_error_with_its_number(tmp_path: Path) -> None:
    append(tmp_path, [issued("a")])
    with (tmp_path / NAME).open("ab") as out:
        out.write(b'{"act": "issued"}\n')
    append(tmp_path, [issued("b"), Placed(edition="nowhere", on="2026-01-02"), issued("b")])
    problems = Problems()
    assert list(read_register(tmp_path, problems)) == ["a", "b"]
    assert [(item.code, item.place.line) for item in problems] == [
        ("REL-001", 2),
        ("REL-002", 4),
        ("REL-003", 5),
    ]


def test_who_comes_while_another_writes_is_told_and_writes_nothing(tmp_path: Path) -> None:
    held = locks.take(tmp_path / f".{NAME}.lock")
    assert held is not None
    with held, pytest.raises(AvisError) as refused:
        append(tmp_path, [issued()])
    assert [item.code for item in refused.value.problems] == ["REL-004"]
    assert not (tmp_path / NAME).exists()


def _write_many(folder: str, name: str) -> None:
    for number in range(40):
        while True:
            try:
                append(Path(folder), [issued(f"{name}{number}")])
                break
            except AvisError:
                continue


def test_two_that_write_at_once_lose_no_line(tmp_path: Path) -> None:
    started = multiprocessing.get_context("spawn")
    writers = [started.Process(target=_write_many, args=(str(tmp_path), name)) for name in ("a", "b")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    problems = Problems()
    found = read_register(tmp_path, problems)
    assert codes(problems) == []
    assert sorted(found) == sorted(f"{name}{number}" for name in ("a", "b") for number in range(40))
    assert [id for id in found if id[0] == "a"] == [f"a{number}" for number in range(40)]


def test_a_pipe_or_a_folder_in_its_place_is_said(tmp_path: Path) -> None:
    for number, make in enumerate((os.mkfifo, os.mkdir)):
        folder = tmp_path / str(number)
        folder.mkdir()
        make(folder / NAME)
        problems = Problems()
        assert read_register(folder, problems) == {} and codes(problems) == ["SRC-041"]
        with pytest.raises(AvisError):
            append(folder, [issued()])


def test_another_key_is_never_made_in_silence(tmp_path: Path) -> None:
    first = make_key(tmp_path)
    append(tmp_path, [issued()])
    (tmp_path / KEY).unlink()
    problems = Problems()
    check_key(tmp_path, problems)
    assert codes(problems) == ["REL-024"]
    (tmp_path / KEY).touch()  # somebody says that it is lost for good
    check_key(tmp_path, lost := Problems())
    assert codes(lost) == [] and make_key(tmp_path) != first
