"""Codes typed in notes: on a paragraph or a part of it, with who coded, and where somebody says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from coded_files import codes, packed, qde, taguette
from hypothesis import given
from hypothesis import strategies as st

from avis.consent.judging import words_hash
from avis.errors import Problems, tell
from avis.evaluation import Evaluation
from avis.sources.coding.codebook import names_of, read_changes, read_codebook
from avis.sources.meetings import read_note_files, read_notes
from avis.sources.notes.codemarks import cut_passages
from avis.sources.notes.model import Notes
from avis.sources.notes.paragraphs import Paragraph, take_apart

Association = Callable[..., Evaluation]
WORDS = "L’attente est longue 🚌, et le bus ne vient pas."
FRONT = "---\nid: m1\ndate: 2024-01-20\ntype: atelier\nlangues: [fr]\nparticipants: 6\n---\n\n"


def note(folder: Path, *paragraphs: str, front: str = FRONT) -> tuple[Notes, Problems]:
    path, problems = folder / "note.md", Problems()
    path.write_bytes((front + "\n\n".join(paragraphs) + "\n").encode())
    return read_note_files([(path, "note.md")], problems), problems


def coded(notes: Notes) -> list[tuple[str, str, str, bool]]:
    """Give each code with the words that bear it, who put it there, and whether it says otherwise."""
    text = notes.segments.set_index("id")["text"]
    return [
        (row["theme"], text[row["segment"]][row["start"] : row["end"]], row["coder"], row["against"])
        for row in notes.codings.to_dict("records")
    ]


def test_a_code_says_who_coded_and_that_somebody_says_otherwise(tmp_path: Path) -> None:
    notes, problems = note(tmp_path, "{#m1-01} P1 : On attend. #attente #attente@b #horaires!@b")
    assert not problems.errors
    assert coded(notes) == [
        ("attente", "On attend.", "", False),
        ("attente", "On attend.", "b", False),
        ("horaires", "On attend.", "b", True),
    ]


def test_a_part_of_a_paragraph_is_coded_at_its_place(tmp_path: Path) -> None:
    notes, _ = note(
        tmp_path,
        "{#m1-01} P1 : [L’attente]{#attente@b} est longue 🚌, et [le bus]{#trajet #horaires} ne vient pas.",
    )
    assert notes.segments["text"].tolist() == [WORDS]
    assert [(theme, words) for theme, words, *_ in coded(notes)] == [
        ("attente", "L’attente"),
        ("trajet", "le bus"),
        ("horaires", "le bus"),
    ]


@pytest.mark.parametrize(
    "written",
    [
        "L’attente est longue 🚌, et le bus ne vient pas. #attente",
        "L’attente est longue 🚌, et le bus ne vient pas. #attente@b #attente! #trajet!@c2",
        "[L’attente est longue 🚌,]{#attente@b} et le bus ne vient pas.",
        "L’attente [est [longue 🚌]{#attente!}, et le bus]{#trajet} ne\nvient pas. #attente",
        "L’attente est longue [🚌]{ #trajet@a  #attente }, et le bus ne vient pas.",
    ],
)
def test_coding_never_changes_the_words_that_somebody_agreed_to(tmp_path: Path, written: str) -> None:
    notes, problems = note(tmp_path, f"{{#m1-01}} P1 : {written}")
    assert not problems.errors
    assert words_hash(notes.segments["text"].iloc[0]) == words_hash(WORDS)
    assert len(notes.codings)


@given(
    st.text(st.sampled_from("ab é🚌'[] "), max_size=20).map(lambda text: " ".join(text.split())), st.data()
)
def test_marks_around_any_words_leave_them_as_they_were(words: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words)))
    end = data.draw(st.integers(start, len(words)))
    inside = words[start:end]
    if inside.count("[") or inside.count("]"):
        return
    cut, marks = cut_passages(f"{words[:start]}[{inside}]{{#attente}}{words[end:]}")
    assert cut == words
    assert len(marks) == 1
    tag, first, last = marks[0]
    assert tag.code == "attente"
    assert words[first:last] == (inside.strip() or words)


def test_brackets_without_a_code_are_words() -> None:
    said = take_apart(Paragraph(1, ("P1 : [rires] Oui [enfin]{sic} non.",)))
    assert said.text == "[rires] Oui [enfin]{sic} non."
    assert said.marks == ()


def test_a_code_inside_a_mark_is_no_code_lost_in_a_sentence(tmp_path: Path) -> None:
    path, problems = tmp_path / "n.md", Problems()
    path.write_text(FRONT + "{#m1-01} P1 : [On attend]{ #attente #trajet } ici.\n", encoding="utf-8")
    notes = read_note_files([(path, "n.md")], problems, {"attente": "attente", "trajet": "trajet"})
    assert "SRC-112" not in codes(problems)
    assert notes.codings["theme"].tolist() == ["attente", "trajet"]


def test_a_mark_that_is_not_understood_is_told(tmp_path: Path) -> None:
    _, problems = note(tmp_path, "{#m1-01} P1 : [Oui]{attente} non.")
    assert "SRC-421" in codes(problems)


@pytest.mark.parametrize("coder", ["zoe", "ab", "b123", "Fatima.Testeuse", ""])
def test_a_name_is_no_coder_and_is_never_shown(tmp_path: Path, coder: str) -> None:
    notes, problems = note(tmp_path, f"{{#m1-01}} P1 : On attend. #attente@{coder}")
    assert notes.segments["text"].tolist() == ["On attend."]
    assert ("SRC-420" in codes(problems)) == bool(coder)
    assert not coder or coder not in tell(problems, "fr") + tell(problems, "en")


def test_who_read_a_note_and_found_nothing_to_code_is_kept_from_its_top(tmp_path: Path) -> None:
    notes, _ = note(
        tmp_path,
        "{#m1-01} P1 : On attend. #attente@a",
        front=FRONT.replace("---\n\n", "codage: [a, b]\n---\n\n"),
    )
    assert notes.meetings["coders"].tolist() == ["a b"]


BOOK = """codes:
  - {id: trajet, label: {fr: Trajet}, since: 2023, reason: {fr: Atelier 1.}}
  - id: bus
    label: {fr: Bus}
    since: 2023
    history:
      - {on: 2024-01, change: renamed, was: {fr: Autocar}, reason: {fr: Le mot du groupe.}}
      - {on: 2024-03, change: merged, into: [trajet], reason: {fr: On disait la même chose.}}
  - id: lieu
    label: {fr: Lieu}
    history: [{on: 2024-02, change: retired, reason: {fr: Trop vague.}}]
"""


def test_a_merged_code_is_read_as_the_one_that_holds_it_and_a_retired_one_still_reads(
    association: Association,
) -> None:
    text = FRONT + "{#m1-01} P1 : Le bus. #bus\n\n{#m1-02} P2 : La salle. #lieu\n"
    opened = association(
        {"codebook.yaml": BOOK, "notes/m1.md": text}, codebook="codebook.yaml", notes=["notes/*.md"]
    )
    problems = Problems()
    book = read_codebook(opened, problems)
    notes = read_notes(opened, problems)
    assert not problems.errors
    assert notes.codings["theme"].tolist() == ["trajet", "lieu"]
    assert book["status"].tolist() == ["", "merged", "retired"]
    changes = read_changes(opened, book)
    assert changes[["code", "on", "change"]].values.tolist() == [
        ["trajet", "2023", "added"],
        ["bus", "2023", "added"],
        ["bus", "2024-01", "renamed"],
        ["lieu", "2024-02", "retired"],
        ["bus", "2024-03", "merged"],
    ]
    assert changes["was_fr"].tolist()[2] == "Autocar"
    assert names_of(book) == {"trajet": "trajet", "bus": "trajet", "lieu": "lieu"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("{on: 2024, change: merged, into: [ailleurs], reason: {fr: R}}", "SRC-422"),
        ("{on: 2024, change: merged, into: [a], reason: {fr: R}}", "SRC-423"),
        ("{on: 2024, change: merged, reason: {fr: R}}", "SRC-424"),
        ("{on: 2024, change: split, into: [b], reason: {fr: R}}", "SRC-424"),
        ("{on: 2024, change: retired}", "EVA-011"),
    ],
)
def test_a_change_that_says_too_little_is_told(association: Association, change: str, expected: str) -> None:
    book = f"codes:\n  - {{id: a, label: {{fr: A}}, history: [{change}]}}\n  - {{id: b, label: {{fr: B}}}}\n"
    problems = Problems()
    read_codebook(association({"codebook.yaml": book}, codebook="codebook.yaml"), problems)
    assert codes(problems) == [expected]


def project(user: str) -> bytes:
    text = "P1 : On attend le bus."
    mark = (
        '<PlainTextSelection guid="s" startPosition="5" endPosition="14">'
        f'<Coding guid="c" creatingUser="{user}"><CodeRef targetGUID="attente"/></Coding>'
        "</PlainTextSelection>"
    )
    source = f'<TextSource guid="t" name="m1"><PlainTextContent>{text}</PlainTextContent>{mark}</TextSource>'
    people = f'<User guid="{user}" name="Fatima Testeuse"/>'
    return packed(qde(source, '<Code guid="attente" name="attente" isCodable="true"/>', people))


def test_two_projects_have_two_coders_and_a_file_may_say_whose_it_is(tmp_path: Path) -> None:
    files = {
        "a.qdpx": project("u1"),
        "b.qdpx": project("u2"),
        "c@d.sqlite3": taguette(["P1 : On attend le bus."], [(5, 14, "attente")]),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "m1.md").write_text(FRONT + "{#m1-01} P1 : On attend le bus. #attente@a\n", encoding="utf-8")
    problems = Problems()
    listed = [(tmp_path / name, name) for name in ["m1.md", *files]]
    notes = read_note_files(listed, problems)
    assert not problems.errors
    assert notes.codings[["segment", "coder", "start", "end"]].values.tolist() == [
        ["m1-01", "a", 0, 17],
        ["m1-01", "codeur-1", 0, 9],
        ["m1-01", "codeur-2", 0, 9],
        ["m1-01", "d", 0, 9],
    ]
