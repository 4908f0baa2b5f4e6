"""Notes in every format: the same words come back, and what was damaged is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import given_notes as given
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as forall
from hypothesis import strategies as st

from avis.errors import Place, Problems
from avis.files.kinds import sniff
from avis.files.opening import Opened
from avis.sources.notes import note as module
from avis.sources.notes.documents import read_document
from avis.sources.notes.note import Note, read_opened
from avis.sources.notes.paragraphs import clean

FORMATS = sorted(given.WRITERS)
_FAMILY = "\U0001f469\u200d\U0001f91d\u200d\U0001f469"
_LETTERS = ["été", "e\u0301te\u0301", "œuvre", "ñandú", "don’t", "na\u00efve\u00adté", "\u1eb9\u0300dó"]
_SIGNS = ["😀", _FAMILY, "« oui »", "a\u00a0:", "12,5 %", "1 < 2", "R&D", "[rires]", "—", "b_c", "Q. :"]
_WORDS = [*_LETTERS, *_SIGNS, "d\u202f!", "(x)", "“so”"]
words = st.lists(st.sampled_from(_WORDS), min_size=1, max_size=6).map(lambda found: "a " + " ".join(found))
turns = st.lists(st.tuples(st.sampled_from(["p", "p", "li", "h1", "h2"]), words), min_size=1, max_size=7)
often = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read documents in this process: forty of them would take a second each second."""

    def run(_: str, data: bytes, place: Place, problems: Problems) -> Any:
        told = Problems()
        body = read_document(data, told)
        for item in told:
            problems.add(item.code, place)
        return json.loads(json.dumps(body.to_json())) if body and not told.errors else None

    monkeypatch.setattr(module, "run_apart", run)


def read(data: bytes, name: str) -> tuple[Note | None, Problems]:
    problems = Problems()
    opened = Opened(name, Path("nowhere") / name, data, sniff(data))
    return read_opened(opened, problems), problems


def written(found: list[given.Turn]) -> list[given.Turn]:
    """Give ids and codes to paragraphs, as a note has them."""
    return [
        (kind, said if kind.startswith("h") else f"{{#x-{number}}} P{number} (en) : {said}")
        for number, (kind, said) in enumerate(found)
    ]


def expected(found: list[given.Turn]) -> list[tuple[str, str, str, str, str]]:
    path, rows = ["", ""], []
    for number, (kind, said) in enumerate(found):
        if kind == "h1":
            path = [clean(said), ""]
        elif kind == "h2":
            path[1] = clean(said)
        else:
            rows.append((f"x-{number}", f"P{number}", "en", clean(said), " > ".join(filter(None, path))))
    return rows


def seen(note: Note | None) -> list[tuple[str, str, str, str, str]]:
    return [(p.id, p.speaker, p.language, p.text, p.heading) for p in note.paragraphs] if note else []


@pytest.mark.parametrize("format", FORMATS)
@forall(found=turns)
@often
def test_what_is_written_in_a_format_comes_back_equal(format: str, found: list[given.Turn]) -> None:
    note, problems = read(given.WRITERS[format](written(found)), f"a.{format}")
    assert seen(note) == expected(found)
    assert not problems.errors


@pytest.mark.parametrize("format", FORMATS)
def test_offsets_count_code_points_of_the_words_that_are_kept(format: str) -> None:
    note, _ = read(given.WRITERS[format]([("p", "P1 : Un 😀 e\u0301te\u0301 #soir")]), f"a.{format}")
    assert note is not None
    assert [(p.text, len(p.text), [tag for tag, _ in p.tags]) for p in note.paragraphs] == [
        ("Un 😀 été", 8, ["soir"])
    ]


_TURNS = [("h1", "Venir"), ("p", "un deux trois"), ("li", "quatre 😀 été"), ("p", "cinq six"), ("p", "sept")]
FIXED = written(_TURNS)
ZIPPED = {"docx": given.small_word(FIXED), "odt": given.odt(FIXED)}


@pytest.mark.parametrize("format", sorted(ZIPPED))
@forall(data=st.data())
@often
def test_a_flipped_byte_of_an_archive_is_told_or_changes_nothing(format: str, data: st.DataObject) -> None:
    whole = bytearray(ZIPPED[format])
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    note, problems = read(bytes(whole), f"a.{format}")
    assert problems.errors or seen(note) == expected(_TURNS)


@pytest.mark.parametrize("format", ["docx", "odt", "fodt", "html", "etherpad"])
@forall(data=st.data())
@often
def test_a_document_that_was_cut_is_never_read_in_part(format: str, data: st.DataObject) -> None:
    whole = ZIPPED.get(format) or given.WRITERS[format](FIXED).rstrip()
    cut = whole[: data.draw(st.integers(60, len(whole) - 1))]
    note, problems = read(cut, f"a.{format}")
    assert note is None
    assert problems.errors


@forall(cut=st.integers(1, 400))
@often
def test_a_text_that_was_cut_reads_like_a_shorter_one(cut: int) -> None:
    whole = given.markdown(FIXED)
    note, problems = read(whole[:cut], "a.md")
    right = [row[3] for row in seen(read(whole, "a.md")[0])]
    found = [row[3] for row in seen(note)]
    assert problems.errors or found[:-1] == right[: len(found) - 1] if found else True


@pytest.mark.parametrize(("format", "most"), [("md", 2), ("fodt", 2), ("html", 4), ("etherpad", 4)])
@forall(data=st.data())
@often
def test_a_flipped_byte_of_a_text_is_told_or_reaches_few_paragraphs(
    format: str, most: int, data: st.DataObject
) -> None:
    # No format of text has a checksum: in the markup of a pad or of a page, one character may hold for many.
    whole = bytearray(given.WRITERS[format](FIXED))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.sampled_from([1, 2, 4, 8, 16, 32, 64, 128]))
    note, problems = read(bytes(whole), f"a.{format}")
    right = {row[3] for row in seen(read(given.WRITERS[format](FIXED), f"a.{format}")[0])}
    assert problems.errors or len(right - {row[3] for row in seen(note)}) <= most
