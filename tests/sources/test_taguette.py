"""Taguette: places are counted in bytes over the text between tags; a database runs nothing of its own."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pytest
import xlsxwriter
from coded_files import SCHEMA, codes, quotes, read, sqlite_file, taguette
from hypothesis import given, settings
from hypothesis import strategies as st

from avis.errors import tell
from avis.sources.coding import database

PARAGRAPHS = ["P1 : L’été 🚌 est long & chaud.", "Il n’y a pas de bus.", "On marche 😀."]
FLAT = "\n".join(PARAGRAPHS)
BUS = FLAT.index("pas de bus")
PASSAGES = [(0, len(PARAGRAPHS[0]), "lieux.été"), (BUS, BUS + 10, "lieux"), (BUS, BUS + 10, "bus")]
HANGS = 30


def test_a_project_gives_codes_with_their_path_and_passages_at_their_place(tmp_path: Path) -> None:
    coded, problems = read(tmp_path, taguette(PARAGRAPHS, PASSAGES))
    assert coded is not None
    assert quotes(coded) == [
        ("lieux.été", "L’été 🚌 est long & chaud."),
        ("lieux", "pas de bus"),
        ("bus", "pas de bus"),
    ]
    assert coded.codes.set_index("code")["parent"].to_dict() == {"bus": "", "lieux": "", "lieux.été": "lieux"}
    assert coded.codes["definition_fr"].tolist() == ["sens de bus", "sens de lieux", "sens de lieux.été"]
    assert coded.facts["codings"] == 3
    assert codes(problems) == ["SRC-357"]


def test_a_passage_without_a_code_is_said(tmp_path: Path) -> None:
    coded, problems = read(tmp_path, taguette(PARAGRAPHS, [(0, 4, "")]))
    assert coded is not None
    assert coded.notes.codings.empty
    assert "SRC-352" in codes(problems)


def test_a_passage_over_two_paragraphs_is_coded_in_each(tmp_path: Path) -> None:
    coded, _ = read(tmp_path, taguette(PARAGRAPHS, [(BUS, len(FLAT), "a")]))
    assert coded is not None
    assert quotes(coded) == [("a", "pas de bus."), ("a", "On marche 😀.")]


def test_a_place_of_another_text_keeps_the_words_apart(tmp_path: Path) -> None:
    moved = "UPDATE highlights SET start_offset = 3, end_offset = 9;"
    coded, problems = read(tmp_path, taguette(PARAGRAPHS, PASSAGES[1:2], more=moved))
    assert coded is not None
    assert quotes(coded) == [("lieux", "pas de bus")]
    assert "SRC-355" in codes(problems)


def test_users_and_names_of_documents_stay_in_the_file(tmp_path: Path) -> None:
    user = "INSERT INTO users VALUES ('fatima', 'fatima@example.org');"
    coded, problems = read(tmp_path, taguette(PARAGRAPHS, PASSAGES, more=user))
    assert coded is not None
    tables = [coded.codes, coded.notes.meetings, coded.notes.segments, coded.notes.codings]
    told = " ".join(table.to_csv() for table in tables) + tell(problems, "fr") + repr(coded)
    assert "fatima" not in told.casefold()


def test_an_open_project_is_read_and_its_journal_told(tmp_path: Path) -> None:
    data = bytearray(taguette(PARAGRAPHS, PASSAGES))
    data[18:20] = b"\2\2"
    (tmp_path / "projet.bin-wal").write_bytes(b"x")
    coded, problems = read(tmp_path, bytes(data))
    assert coded is not None
    assert len(coded.notes.codings) == 3
    assert "SRC-366" in codes(problems)


def test_a_database_of_another_kind_is_refused(tmp_path: Path) -> None:
    coded, problems = read(tmp_path, sqlite_file("CREATE TABLE a (b);"))
    assert coded is None
    assert codes(problems) == ["SRC-350"]


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id, 'x' AS path FROM n"


def test_a_view_in_the_place_of_a_table_is_never_run(tmp_path: Path) -> None:
    script = SCHEMA + f"DROP TABLE tags; CREATE VIEW tags AS {ENDLESS};"
    started = time.monotonic()
    coded, problems = read(tmp_path, sqlite_file(script))
    assert coded is None
    assert codes(problems) == ["SRC-350"]
    assert time.monotonic() - started < HANGS


def test_a_column_that_is_computed_is_not_read(tmp_path: Path) -> None:
    script = SCHEMA.replace(
        "description TEXT, UNIQUE", "description TEXT AS (hex(zeroblob(1000000))), UNIQUE"
    )
    rows: dict[str, list[tuple[object, ...]]] = {"tags": [(1, 1, "a")]}
    coded, _ = read(tmp_path, sqlite_file(script, rows))
    assert coded is not None
    assert coded.codes["definition_fr"].tolist() == [""]


def test_an_index_that_calls_a_function_is_refused(tmp_path: Path) -> None:
    script = SCHEMA + "CREATE INDEX i ON tags (hex(path)); INSERT INTO tags VALUES (1, 1, 'a', '');"
    coded, problems = read(tmp_path, sqlite_file(script))
    assert coded is None or quotes(coded) == []
    assert coded is not None or problems.errors


@pytest.mark.parametrize("name", ["MAX_TEXT", "SECONDS"])
def test_what_is_too_much_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(database, name, 0 if name == "MAX_TEXT" else -1.0)
    monkeypatch.setattr(database, "_STEPS", 1)
    coded, problems = read(tmp_path, taguette(PARAGRAPHS, PASSAGES))
    assert coded is None
    assert codes(problems) == ["SRC-364"]


EXPORT = "id,document,tag,content\n1,Fatima.docx,bus,pas de bus\n1,Fatima.docx,lieux,pas de bus\n"


def test_an_export_gives_each_passage_once_and_says_what_it_lacks(tmp_path: Path) -> None:
    repeated = EXPORT + EXPORT.partition("\n")[2] + '2,Awa.docx,bus,"deux\nlignes"\n'
    coded, problems = read(tmp_path, repeated.encode(), "highlights.csv")
    assert coded is not None
    assert quotes(coded) == [("bus", "pas de bus"), ("lieux", "pas de bus"), ("bus", "deux lignes")]
    assert codes(problems) == ["SRC-361", "SRC-362", "SRC-357"]
    assert coded.notes.meetings["id"].tolist() == ["document-1", "document-2"]


def test_an_export_in_a_workbook_is_the_same(tmp_path: Path) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("highlights")
    for number, line in enumerate(EXPORT.splitlines()):
        sheet.write_row(number, 0, line.split(","))
    book.close()
    coded, _ = read(tmp_path, out.getvalue(), "highlights.xlsx")
    assert coded is not None
    assert quotes(coded) == [("bus", "pas de bus"), ("lieux", "pas de bus")]


def test_a_codebook_export_gives_codes_alone(tmp_path: Path) -> None:
    data = "tag,description,number of highlights\nlieux,Où,2\nlieux.bus,,1\n".encode()
    coded, problems = read(tmp_path, data, "codebook.csv")
    assert coded is not None
    assert coded.codes[["code", "parent", "definition_fr"]].to_numpy().tolist() == [
        ["lieux", "", "Où"],
        ["lieux.bus", "lieux", ""],
    ]
    assert codes(problems) == []


words = st.text(st.sampled_from("abcé 😀&<’ñ"), min_size=1, max_size=12).filter(lambda text: text.strip())


def test_a_passage_that_ends_before_the_end_of_a_word_ends_there(tmp_path: Path) -> None:
    coded, _ = read(tmp_path, taguette(["<", "<", "<<<<<<<éa"], [(0, 12, "a")]))
    assert coded is not None
    assert "".join(quote for _, quote in quotes(coded)) == "<<<<<<<<<é"


@settings(max_examples=40)
@given(st.data(), st.lists(words, min_size=1, max_size=4))
def test_what_is_written_comes_back_equal(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, paragraphs: list[str]
) -> None:
    flat = "\n".join(paragraphs)
    start = data.draw(st.integers(0, len(flat) - 1))
    end = data.draw(st.integers(start + 1, len(flat)))
    folder = tmp_path_factory.mktemp("taguette")
    coded, problems = read(folder, taguette(paragraphs, [(start, end, "a")]))
    assert coded is not None
    assert coded.notes.segments["text"].tolist()[: len(paragraphs)] == [
        " ".join(one.split()) for one in paragraphs
    ]
    found = "".join("".join(quote.split()) for _, quote in quotes(coded))
    blank = not flat[start:end].strip()
    assert found == "".join(flat[start:end].split()) or (blank and "SRC-354" in codes(problems))
    assert "SRC-355" not in codes(problems)


@settings(max_examples=40)
@given(st.floats(0, 0.999))
def test_a_cut_is_always_told(tmp_path_factory: pytest.TempPathFactory, share: float) -> None:
    folder = tmp_path_factory.mktemp("cut")
    whole = taguette(PARAGRAPHS, PASSAGES)
    coded, problems = read(folder, whole[: int(len(whole) * share)])
    assert coded is None
    assert problems.errors


@settings(max_examples=40)
@given(st.integers(0, 2**20), st.integers(0, 7))
def test_a_flipped_bit_never_moves_a_passage(
    tmp_path_factory: pytest.TempPathFactory, at: int, bit: int
) -> None:
    """A letter may change unseen, since nothing in the file sums it up; a passage keeps the words it had."""
    folder = tmp_path_factory.mktemp("flip")
    data = bytearray(taguette(PARAGRAPHS, PASSAGES))
    data[at % len(data)] ^= 1 << bit
    coded, problems = read(folder, bytes(data))
    if coded is None or problems.errors or set(codes(problems)) - {"SRC-357"}:
        assert problems.items
        return
    assert len(coded.notes.codings) == 3
    assert [len(quote) for _, quote in quotes(coded)] == [25, 10, 10]
