"""Notes that nobody of this project wrote: read whole, whatever else they are for."""

from __future__ import annotations

from pathlib import Path

import pytest

from avis.errors import Problems
from avis.sources.notes.note import Note, read_note

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "notes"

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="../shared/samples is not here")


def read(name: str) -> tuple[Note, Problems]:
    problems = Problems()
    note = read_note(SAMPLES / name, name, problems)
    assert note is not None
    assert not problems.errors
    return note, problems


@pytest.mark.parametrize(("name", "keys"), [("charte.md", 11), ("plateforme.md", 9)])
def test_the_front_matter_has_all_its_keys(name: str, keys: int) -> None:
    assert len(read(name)[0].front) == keys


def test_a_folded_title_keeps_its_colon() -> None:
    note, _ = read("charte.md")
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
    note, _ = read(name)
    assert note.paragraphs[0].text.startswith(first)
    assert note.paragraphs[-1].text.endswith(last)
    lines = (SAMPLES / name).read_text(encoding="utf-8").splitlines()
    for said in note.paragraphs:
        assert said.text.split()[0] in lines[said.line - 1]


def test_a_document_that_is_no_text_is_refused_clearly() -> None:
    for name in ("etherpad_test.docx", "etherpad_test.odt"):
        problems = Problems()
        assert read_note(SAMPLES / name, name, problems) is None
        assert [item.code for item in problems] == ["SRC-101"]
