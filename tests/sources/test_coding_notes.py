"""What was coded elsewhere comes to the note that holds the same words, so that coding and consent meet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from coded_files import code, codes, packed, qde, qdpx, quotes, read, taguette

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.sources.coding.attaching import attach
from avis.sources.coding.codes_model import Coded
from avis.sources.meetings import read_notes
from avis.sources.notes.gathered import Gathered
from avis.sources.notes.model import Notes
from avis.sources.notes.note import read_note

Association = Callable[..., Evaluation]

FRONT = "---\nid: at03\ndate: 2024-03-12\ntype: atelier\nlangues: [fr]\n---\n"
BODY = "{#at03-01} P1 : Le bus passe tôt. #horaires\n\n{#at03-02} P2 : Pas le soir.\n\n{#at03-03} P3 : Oui.\n"
LINES = ["P1 : Le bus  passe to\u0302t.", "P2 : Pas le soir.", "P3 : Oui."]


def noted(tmp_path: Path, body: str = BODY) -> Notes:
    (tmp_path / "at03.md").write_text(FRONT + body, "utf-8")
    problems = Problems()
    gathered = Gathered(problems, None)
    note = read_note(tmp_path / "at03.md", "at03.md", problems)
    assert note is not None
    gathered.take(note)
    assert not problems.errors
    return gathered.tables()


def coded_with(tmp_path: Path, lines: list[str], quote: str, name: str = "Fatima.docx") -> Coded:
    start = "\n".join(lines).index(quote)
    coded, problems = read(tmp_path, taguette(lines, [(start, start + len(quote), "bus")], name))
    assert coded is not None
    assert not problems.errors
    return coded


def test_codings_go_to_the_paragraph_that_a_note_holds(tmp_path: Path) -> None:
    problems = Problems()
    joined = attach(noted(tmp_path), coded_with(tmp_path, LINES, "passe to\u0302t"), problems)
    assert joined.segments["id"].tolist() == ["at03-01", "at03-02", "at03-03"]
    assert joined.meetings["id"].tolist() == ["at03"]
    row = joined.codings.iloc[-1]
    text = joined.segments.set_index("id").loc[row["segment"], "text"]
    assert (row["segment"], text[row["start"] : row["end"]]) == ("at03-01", "passe tôt")
    assert codes(problems) == []


def test_a_coded_paragraph_with_other_words_stays_apart_and_is_said(tmp_path: Path) -> None:
    problems = Problems()
    lines = [LINES[0], "P2 : Jamais le soir."]
    joined = attach(noted(tmp_path), coded_with(tmp_path, lines, "Jamais"), problems)
    assert joined.segments["meeting"].unique().tolist() == ["at03"]
    assert joined.segments["text"].tolist()[-1] == "Jamais le soir."
    assert joined.meetings["id"].tolist() == ["at03"]
    assert not joined.segments["written_id"].tolist()[-1]
    assert codes(problems) == ["SRC-368"]


def test_a_document_that_no_note_holds_is_a_meeting_of_its_own(tmp_path: Path) -> None:
    coded = coded_with(tmp_path, ["P9 : Autre chose."], "Autre", name="at03.docx")
    problems = Problems()
    joined = attach(noted(tmp_path), coded, problems)
    assert codes(problems) == ["SRC-375"]
    assert joined.meetings["id"].tolist() == ["at03", "at03-b2"]
    assert joined.segments["meeting"].tolist() == ["at03", "at03", "at03", "at03-b2"]


def test_a_document_of_the_same_name_as_its_note_adds_no_meeting(tmp_path: Path) -> None:
    joined = attach(noted(tmp_path), coded_with(tmp_path, LINES, "le soir", name="at03.docx"), Problems())
    assert joined.meetings["id"].tolist() == ["at03"]
    assert joined.codings["segment"].tolist() == ["at03-01", "at03-02"]


def test_words_said_twice_go_in_their_order(tmp_path: Path) -> None:
    body = BODY + "\n{#at03-04} P1 : Oui.\n"
    lines = [*LINES, "P1 : Oui."]
    flat = "\n".join(lines)
    last = flat.rindex("Oui")
    coded, _ = read(tmp_path, taguette(lines, [(last, last + 3, "bus")]))
    assert coded is not None
    joined = attach(noted(tmp_path, body), coded, Problems())
    assert joined.codings["segment"].tolist()[-1] == "at03-04"


def test_words_said_more_often_than_the_note_holds_are_told(tmp_path: Path) -> None:
    body = BODY + "\n{#at03-04} P1 : Oui.\n"
    lines = [*LINES, "P1 : Oui.", "P2 : Oui."]
    problems = Problems()
    joined = attach(noted(tmp_path, body), coded_with(tmp_path, lines, "Oui"), problems)
    assert codes(problems) == ["SRC-369", "SRC-368"]
    assert joined.codings["segment"].tolist()[-1] not in ("at03-03", "at03-04")


def test_memos_come_along_and_never_as_words(tmp_path: Path) -> None:
    source = (
        '<TextSource guid="t" name="x"><Description>moi seule</Description>'
        "<PlainTextContent>P2 : Pas le soir.</PlainTextContent></TextSource>"
    )
    coded, _ = read(tmp_path, packed(qde(source, code("a"))))
    assert coded is not None
    joined = attach(noted(tmp_path), coded, Problems())
    assert joined.segments[["kind", "meeting"]].to_numpy().tolist()[-1] == ["memo", "at03"]


def test_without_notes_a_project_comes_as_it_is(tmp_path: Path) -> None:
    empty = Gathered(Problems(), None).tables()
    coded, _ = read(tmp_path, qdpx("Un mot ici.", [(3, 6, "a")]))
    assert coded is not None
    joined = attach(empty, coded, Problems())
    assert quotes(Coded(coded.codes, joined, coded.facts)) == [("a", "mot")]
    assert len(joined.meetings) == 1


@pytest.mark.parametrize(
    ("line", "quote", "expected"),
    [
        ("P1 : P1", "P1 : P1", ("P1", "P1")),
        ("P1 : Le bus", "P1", ("P1 : Le bus", "P1")),
        ("P1 : Le bus", "P1 : Le", ("Le bus", "Le")),
        ("P1 : Le bus #venir", "#venir", ("Le bus #venir", "#venir")),
        ("Groupe : oui : non", "oui", ("oui : non", "oui")),
    ],
)
def test_a_speaker_is_taken_off_and_no_word_is_lost(
    tmp_path: Path, line: str, quote: str, expected: tuple[str, str]
) -> None:
    coded = coded_with(tmp_path, [line], quote)
    assert (coded.notes.segments["text"].tolist()[0], quotes(coded)[0][1]) == expected


def test_an_evaluation_reads_notes_and_a_project_together(association: Association) -> None:
    flat = "\n".join(LINES)
    start = flat.index("le soir")
    files: dict[str, str | bytes] = {
        "notes/at03.md": FRONT + BODY,
        "notes/projet.sqlite3": taguette(LINES, [(start, start + 7, "Le Soir")]),
        "codebook.yaml": "codes: [{id: horaires, label: {fr: H}}, {id: le-soir, label: {fr: S}}]\n",
    }
    problems = Problems()
    notes = read_notes(association(files, notes=("notes/*",), codebook="codebook.yaml"), problems)
    assert notes.meetings["id"].tolist() == ["at03"]
    assert notes.codings[["segment", "theme", "start", "end"]].to_numpy().tolist() == [
        ["at03-01", "horaires", 0, 17],
        ["at03-02", "le-soir", 4, 11],
    ]
    assert not problems.errors
