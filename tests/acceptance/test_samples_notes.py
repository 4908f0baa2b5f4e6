"""Notes that nobody of this project wrote: read whole, whatever else they are for."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from avis.errors import Problems, tell
from avis.sources.notes.note import Note, read_note

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared/samples is not here")


def read(name: str) -> tuple[Note, Problems]:
    problems = Problems()
    note = read_note(SAMPLES / name, name, problems)
    assert note is not None
    assert not problems.errors
    return note, problems


@pytest.mark.parametrize(("name", "keys"), [("charte.md", 11), ("plateforme.md", 9)])
def test_the_front_matter_has_all_its_keys(name: str, keys: int) -> None:
    assert len(read(f"notes/{name}")[0].front) == keys


def test_a_folded_title_keeps_its_colon() -> None:
    note, _ = read("notes/charte.md")
    title = "Charte éthique pour les démarches de participation en ligne : sprint final !"
    assert note.front["title"] == title
    assert note.front["lang"] == "fr"
    assert note.front["date"].startswith("2017-11-15")


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("charte.md", "**Initiée par un collectif citoyen", "des 25 et 26 novembre."),
        ("plateforme.md", "Dans un [article précédent]", "peut prendre forme."),
    ],
)
def test_the_body_is_read_from_its_first_word_to_its_last(name: str, first: str, last: str) -> None:
    note, _ = read(f"notes/{name}")
    assert note.paragraphs[0].text.startswith(first)
    assert note.paragraphs[-1].text.endswith(last)
    lines = (SAMPLES / "notes" / name).read_text(encoding="utf-8").splitlines()
    for said in note.paragraphs:
        assert said.text.split()[0] in lines[said.line - 1]


@pytest.mark.parametrize("format", ["docx", "odt"])
def test_a_document_that_etherpad_imports_has_its_one_sentence(format: str) -> None:
    note, _ = read(f"notes/etherpad_test.{format}")
    assert [said.text for said in note.paragraphs] == [f"Hello from Etherpad test {format.upper()} import"]


def test_a_pad_has_its_bullet_without_the_marker_and_no_author() -> None:
    note, problems = read("notes/etherpad_test.etherpad")
    assert [said.text for said in note.paragraphs] == ["hello"]
    told = {item.code: dict(item.facts).get("n") for item in problems}
    assert (told["SRC-325"], told["SRC-339"]) == (1, 6)
    assert "ElbBWNTxmtRrfFqn" not in repr(note) + tell(problems)


def test_a_transcript_has_its_turns() -> None:
    note, _ = read("coding/qualcoder/transcript.txt")
    assert Counter(said.speaker for said in note.paragraphs) == {"ID1": 3, "ID2": 2, "ID3": 2}
    assert note.paragraphs[0].text.startswith("hello, I like")


@pytest.mark.parametrize(("name", "words"), [("ID1.docx", 117), ("ID2.odt", None)])
def test_a_document_of_words_alone_has_its_paragraphs(name: str, words: int | None) -> None:
    note, _ = read(f"coding/qualcoder/{name}")
    assert len(note.paragraphs) == 3
    if words:
        assert sum(len(said.text.split()) for said in note.paragraphs) == words
