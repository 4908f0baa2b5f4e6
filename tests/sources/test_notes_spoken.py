"""Notes: who speaks, what a note says of itself at its top or beside it, and what never leaves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import given_notes as given
import pandas as pd
import pytest

from avis.errors import Problems, tell
from avis.evaluation import Evaluation
from avis.findings.themes import count_themes
from avis.inputs import source_files
from avis.sources.coding.codebook import read_codebook
from avis.sources.meetings import read_note_files, read_notes
from avis.sources.notes.model import MEETING_COLUMNS, SEGMENT_COLUMNS, Notes
from avis.steps.workshops import spoken

Association = Callable[..., Evaluation]


def read(folder: Path, text: str | bytes, name: str = "note.txt") -> tuple[Notes, Problems]:
    path, problems = folder / name, Problems()
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_note_files([(path, name)], problems), problems


def rows(notes: Notes, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in notes.segments[list(columns)].to_numpy().tolist()]


def codes(problems: Problems) -> list[str]:
    return [item.code for item in problems]


@pytest.mark.parametrize(
    ("line", "speaker", "text"),
    [
        ("id1: Oui.", "ID1", "Oui."),
        ("P3:Oui.", "P3", "Oui."),
        ("[P3] Oui.", "P3", "Oui."),
        ("[p3 (en)] : Oui.", "P3", "Oui."),
        ("Participante 12 : Oui.", "PARTICIPANTE12", "Oui."),
        ("SPEAKER_00: Oui.", "SPEAKER_00", "Oui."),
        ("[00:12:03] P3: Oui.", "P3", "Oui."),
        ("00:12:03 P3 : Oui.", "P3", "Oui."),
        ("00:12:03.250 - P3 : Oui.", "P3", "Oui."),
        ("P3 (12:03) : Oui.", "P3", "Oui."),
        ("{#a-1} [12:03] P3 : Oui.", "P3", "Oui."),
        ("10:30 accueil", "", "10:30 accueil"),
        ("[rires] Oui.", "", "[rires] Oui."),
        ("mai 2024 : Oui.", "", "mai 2024 : Oui."),
        ("http://example.org : Oui.", "", "http://example.org : Oui."),
    ],
)
def test_a_turn_begins_with_a_code_however_a_transcript_writes_it(
    tmp_path: Path, line: str, speaker: str, text: str
) -> None:
    assert rows(read(tmp_path, line)[0], "speaker", "text") == [(speaker, text)]


def test_a_turn_goes_on_until_a_blank_line_or_another_speaker(tmp_path: Path) -> None:
    notes, _ = read(tmp_path, "P1 : Un,\ndeux.\n00:00:09\nP2 : Trois.\n\nQuatre.\nCinq.\n")
    found = rows(notes, "speaker", "text", "line")
    assert found == [("P1", "Un, deux.", 1), ("P2", "Trois.", 4), ("", "Quatre.", 6), ("", "Cinq.", 7)]


def test_times_of_a_recording_are_dropped_and_counted(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "[00:01] P1 : Un.\n\n[00:02] P2 : Deux.\n")
    assert {item.code: dict(item.facts)["n"] for item in problems if item.code == "SRC-337"} == {"SRC-337": 2}


@pytest.mark.parametrize(
    ("label", "times", "kind", "text"),
    [
        ("Animatrice", 1, "facilitation", "Oui."),
        ("Enquêteur 2", 1, "facilitation", "Oui."),
        ("E", 1, "observation", "E : Oui."),
        ("E", 2, "facilitation", "Oui."),
        ("Q", 2, "facilitation", "Oui."),
        ("R", 2, "speech", "Oui."),
    ],
)
def test_those_who_lead_are_told_from_those_who_take_part(
    tmp_path: Path, label: str, times: int, kind: str, text: str
) -> None:
    notes, problems = read(tmp_path, f"{label} : Oui.\n\n" * times)
    assert set(rows(notes, "kind", "text")) == {(kind, text)}
    assert ("SRC-338" in codes(problems)) == (kind == "facilitation")


@pytest.mark.parametrize(
    ("before", "times", "kept"), [("P1 : Un.\n", 1, False), ("", 1, True), ("", 2, False), ("", 3, False)]
)
def test_a_name_before_a_colon_is_no_word_where_people_speak_or_from_the_second_time_on(
    tmp_path: Path, before: str, times: int, kept: bool
) -> None:
    notes, problems = read(tmp_path, before + "MME BEN CANARI : Oui.\n" * times)
    text = notes.segments.to_csv()
    assert ("CANARI" in text) == kept
    assert ("SRC-115" in codes(problems)) == (not kept)
    assert not set(notes.segments["speaker"]) - {"", "P1"}
    assert "anari" not in tell(problems).casefold()


def test_a_name_after_an_id_is_never_kept(tmp_path: Path) -> None:
    notes, problems = read(tmp_path, "{#a-1} Canari : Oui.\n")
    assert rows(notes, "speaker", "kind", "text") == [("", "speech", "Oui.")]
    assert "SRC-115" in codes(problems)


def test_words_that_are_nobody_stay_words_however_often(tmp_path: Path) -> None:
    notes, _ = read(tmp_path, "Idée : un.\n\nIdée : deux.\n")
    assert rows(notes, "text") == [("Idée : un.",), ("Idée : deux.",)]


def test_lines_of_a_wrapped_text_are_joined_and_those_of_a_pad_are_not(tmp_path: Path) -> None:
    wrapped = "Cette phrase a été coupée par un courriel à la largeur que les\n"
    wrapped += "courriels ont depuis toujours, ici.\n"
    assert len(read(tmp_path, wrapped)[0].segments) == 1
    pad = "Un début\nUne autre ligne du pad\n\t* une puce\n\t* deux puces\n"
    found = [("Un début",), ("Une autre ligne du pad",), ("une puce",), ("deux puces",)]
    assert rows(read(tmp_path, pad)[0], "text") == found


def test_headings_make_a_path_and_rows_of_a_table_are_paragraphs(tmp_path: Path) -> None:
    body = "# A\n## B\nun\n# C {#c}\ndeux\nTitre\n====\n| P3 | oui |\n|---|---|\n| x | y |\n"
    notes, problems = read(tmp_path, body, "note.md")
    found = [("un", "A > B"), ("deux Titre", "C"), ("oui", "C"), ("x | y", "C")]
    assert rows(notes, "text", "heading") == found
    assert "SRC-336" in codes(problems)


TOP = [
    ("h1", "Atelier"),
    ("p", "Date : 4 mars 2024"),
    ("p", "Type : Entretien"),
    ("p", "Langues : français et anglais"),
    ("p", "Participants : 9 personnes"),
    ("p", "Animation : une animatrice, une interprète"),
    ("p", "Guide : 2"),
    ("p", "Cadre : chez elle"),
    ("p", "Rendu : 1er mai 2024"),
    ("p", "P1 : Oui."),
]


@pytest.mark.parametrize("format", ["txt", "docx", "odt", "html", "etherpad"])
def test_a_note_says_at_its_top_what_it_is(tmp_path: Path, format: str) -> None:
    data = given.WRITERS[format](TOP)
    notes, problems = read(tmp_path, data, f"note.{format}")
    meeting = notes.meetings.iloc[0].to_dict()
    assert (meeting["date"], meeting["kind"], meeting["languages"]) == ("2024-03-04", "interview", "fr en")
    assert (meeting["participants"], meeting["facilitators"]) == (9, "une animatrice, une interprète")
    assert (meeting["guide"], meeting["setting"], meeting["returned"]) == ("2", "chez elle", "2024-05-01")
    assert rows(notes, "speaker", "text") == [("P1", "Oui.")]
    assert not problems.errors
    assert not {"SRC-102", "SRC-321", "SRC-105", "SRC-106"} & set(codes(problems))


def test_names_of_those_present_are_dropped_and_never_told(tmp_path: Path) -> None:
    notes, problems = read(tmp_path, "Date : 2024-03-04\nPrésentes : Canari, Serin\n\nP1 : Oui.\n")
    assert codes(problems).count("SRC-322") == 1
    assert pd.isna(notes.meetings["participants"].iloc[0])
    assert "anari" not in tell(problems) + notes.meetings.to_csv() + notes.segments.to_csv()


def test_a_wrong_word_at_the_top_has_its_paragraph(tmp_path: Path) -> None:
    _, problems = read(
        tmp_path, given.WRITERS["docx"]([("p", "Type : canari"), ("p", "P1 : Oui.")]), "a.docx"
    )
    [found] = problems.errors
    assert (found.code, found.place.line, found.place.unit) == ("EVA-013", 1, "paragraph")
    assert "a.docx, paragraphe 1" in tell(problems, "fr")


def test_a_file_beside_a_note_wins_key_by_key_and_is_no_note(tmp_path: Path) -> None:
    (tmp_path / "note.yaml").write_text("date: 2024-05\nid: at9\n", encoding="utf-8")
    (tmp_path / "note.docx").write_bytes(
        given.word([("p", "Date : 2023"), ("p", "Lieu : salle"), ("p", "P1 : a")])
    )
    problems = Problems()
    files = [(tmp_path / name, name) for name in ("note.docx", "note.yaml")]
    notes = read_note_files(files, problems)
    assert notes.meetings[["id", "date", "place"]].to_numpy().tolist() == [["at9", "2024-05", "salle"]]
    assert codes(problems).count("SRC-323") == 1


def test_the_file_beside_a_note_is_an_input_of_what_is_counted(association: Association) -> None:
    opened = association(
        {"notes/a.txt": "P1 : a", "notes/a.yaml": "id: a", "evaluation.yaml": ""}, notes=("notes/*.txt",)
    )
    assert [path.name for path in source_files(opened, ["notes"])] == ["evaluation.yaml", "a.txt", "a.yaml"]


FRONT = "---\nid: at03\ndate: 2023-09-23\ntype: atelier\nlangues: [fr]\nparticipants: 9\n---\n"


def test_memos_and_words_of_those_who_lead_reach_neither_quotes_nor_themes(association: Association) -> None:
    body = "{#at03-01} Mémo : canari #a\n\n{#at03-02} Animatrice : canari ? #b\n\n{#at03-03} P1 : oui #c\n"
    codebook = "codes:\n" + "".join(
        f"  - {{id: {code}, label: {{fr: {code}, en: {code}}}}}\n" for code in "abc"
    )
    opened = association(
        {"notes/a.md": FRONT + body, "codebook.yaml": codebook},
        notes=("notes/*.md",),
        codebook="codebook.yaml",
    )
    problems = Problems()
    notes = read_notes(opened, problems)
    assert not problems.errors
    assert spoken(notes)["contribution"].tolist() == ["at03-03"]
    found = count_themes(notes.meetings, notes.segments, notes.codings, read_codebook(opened, problems))
    assert "canari" not in repr(found)
    assert {value.id for finding in found for value in finding.dimensions[0].values} == {"c"}


def test_loose_files_are_read_with_the_same_columns_and_a_date_is_no_error(tmp_path: Path) -> None:
    notes, problems = read(tmp_path, "P1 : Oui.\n\nP2 : Non.\n")
    assert list(notes.meetings) == MEETING_COLUMNS
    assert list(notes.segments) == SEGMENT_COLUMNS
    assert not problems.errors
    assert codes(problems).count("SRC-345") == 1
    assert read_note_files([], Problems()).segments.empty


@pytest.mark.parametrize(
    "start", ["<div>\n\n", '{#a-1} P1 : [« a » "b"]\n\n', '["Oui"]\n\n'], ids=["element", "id", "bracket"]
)
def test_markdown_may_begin_like_another_format(tmp_path: Path, start: str) -> None:
    notes, problems = read(tmp_path, start + "P2 : Oui ]\n", "note.md")
    assert rows(notes, "speaker", "text")[-1] == ("P2", "Oui ]")
    assert not problems.errors


@pytest.mark.parametrize("start", ['{"pad', '{ "a": [', "x<office:document ", "x<html><p>"])
def test_a_document_whose_beginning_is_damaged_is_no_text(tmp_path: Path, start: str) -> None:
    notes, problems = read(tmp_path, start + "P2 : Oui\n")
    assert [item.code for item in problems.errors] == ["SRC-003"]
    assert notes.segments.empty


@pytest.mark.parametrize(
    ("last", "kind"),
    [
        ("Canari : Moi aussi.", "speech"),
        ("Canari: Moi aussi.", "speech"),
        ("Mme Canari : Moi aussi.", "speech"),
        ("Une participante : Moi aussi.", "speech"),
        ("Canari (rires) : Moi aussi.", "speech"),
        ("E : Moi aussi.", "facilitation"),
    ],
)
@pytest.mark.parametrize("known", ["P6 : J’attends. #papiers", "Awa : Un.\nAwa : J’attends. #papiers"])
def test_somebody_who_speaks_once_is_never_in_the_mouth_of_the_person_before(
    tmp_path: Path, known: str, last: str, kind: str
) -> None:
    notes, problems = read(tmp_path, f"{known}\n{last}\n")
    assert rows(notes, "text", "kind")[-2:] == [("J’attends.", "speech"), ("Moi aussi.", kind)]
    assert list(notes.codings["theme"]) == ["papiers"]
    assert ("SRC-115" in codes(problems)) or kind == "facilitation"
    assert notes.segments["speaker"].iloc[-1] in ("", "facilitator")


def test_what_is_noted_beside_a_code_is_not_kept_since_it_may_be_a_name(tmp_path: Path) -> None:
    notes, problems = read(tmp_path, "P3 : Oui.\nP4 (Canari) : Non.\n")
    assert rows(notes, "speaker", "text") == [("P3", "Oui."), ("P4", "Non.")]
    assert codes(problems).count("SRC-115") == 1


def test_a_name_with_a_number_is_no_code(tmp_path: Path) -> None:
    notes, _ = read(tmp_path, "Canari2 : Oui.\nCanari2 : Non.\n")
    assert rows(notes, "speaker", "text") == [("", "Oui."), ("", "Non.")]


@pytest.mark.parametrize("line", ["Attention : fermé.", "Exemple : le bus.", "Voici ce qui compte : tout."])
def test_ordinary_words_before_a_colon_stay_in_the_turn(tmp_path: Path, line: str) -> None:
    assert rows(read(tmp_path, f"P6 : Oui.\n{line}\n")[0], "speaker", "text") == [("P6", f"Oui. {line}")]


@pytest.mark.parametrize(("kind", "facilitation"), [("entretien", True), ("atelier", False)])
def test_in_an_interview_one_question_is_enough(tmp_path: Path, kind: str, facilitation: bool) -> None:
    notes, _ = read(tmp_path, f"Type : {kind}\n\nE : Pourquoi ?\n")
    assert ("facilitation" in set(notes.segments["kind"])) == facilitation


_TOP = "Date : 4 mars 2024\nType : atelier\nAnimation : une animatrice\n"


@pytest.mark.parametrize("name", ["note.txt", "note.md"])
@pytest.mark.parametrize(
    ("top", "title"),
    [
        (f"Atelier 4\n{_TOP}Participants : Canari, Bécasse, Mésange\n\n", "Atelier 4"),
        (f"Atelier 4\n\nMédiathèque\n\n{_TOP}Présents :\nCanari\nBécasse et Mésange\n\n", "Médiathèque"),
        (f"Atelier 4\n{_TOP}Présentes (2) : Canari, Bécasse\n", "Atelier 4"),
        (f"{_TOP}\nOn arrive.\n\nParticipants : Canari, Bécasse\n\n", ""),
    ],
)
def test_the_title_of_a_pad_hides_neither_its_header_nor_a_list_of_names(
    tmp_path: Path, top: str, title: str, name: str
) -> None:
    notes, problems = read(tmp_path, f"{top}P3 : Oui.\n", name)
    (meeting,) = notes.meetings.to_dict("records")
    assert (meeting["date"], meeting["kind"], meeting["facilitators"]) == (
        "2024-03-04",
        "workshop",
        "une animatrice",
    )
    assert rows(notes, "speaker", "text", "heading")[-1] == ("P3", "Oui.", title)
    assert notes.segments["line"].iloc[-1] == top.count("\n") + 1
    assert codes(problems).count("SRC-322") == 1
    assert "anari" not in notes.segments.to_csv() + notes.meetings.to_csv() + tell(problems)


def test_a_header_and_its_first_turn_need_no_blank_line_between_them(tmp_path: Path) -> None:
    notes, _ = read(tmp_path, "Date : 4 mars 2024\nType : atelier\nP3 : Oui.\n")
    assert rows(notes, "speaker", "text", "line") == [("P3", "Oui.", 3)]
    assert list(notes.meetings["date"]) == ["2024-03-04"]


def test_a_list_of_names_in_a_table_of_a_document_is_dropped(tmp_path: Path) -> None:
    cells = ("Date", "4 mars 2024"), ("Participants", "Canari, Bécasse")
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    table = "".join(f"<w:tr>{cell.format(key)}{cell.format(value)}</w:tr>" for key, value in cells)
    notes, problems = read(tmp_path, given.raw_word(f"<w:tbl>{table}</w:tbl>"), "note.docx")
    assert (list(notes.meetings["date"]), len(notes.segments)) == (["2024-03-04"], 0)
    assert "SRC-322" in codes(problems)


@pytest.mark.parametrize("beside", [False, True])
def test_front_matter_takes_the_words_that_the_top_of_a_note_takes(tmp_path: Path, beside: bool) -> None:
    front = "Date : 4 mars 2024\nLangues : français, anglais\nType : Entretien\nPrésents : Canari\n"
    (tmp_path / "note.yaml").write_text(front if beside else "id: at03\n")
    notes, problems = read(tmp_path, "P3 : Oui.\n" if beside else f"---\n{front}---\nP3 : Oui.\n", "note.md")
    (meeting,) = notes.meetings.to_dict("records")
    found = meeting["date"], meeting["languages"], meeting["kind"]
    assert found == ("2024-03-04", "fr en", "interview")
    assert not {"SRC-105", "SRC-106", "EVA-012"} & set(codes(problems))
    assert codes(problems).count("SRC-322") == 1


def test_one_language_needs_no_list_and_one_key_is_written_once(tmp_path: Path) -> None:
    notes, problems = read(
        tmp_path, "---\nlangues: fr\nType: atelier\ntype: entretien\n---\nP3 : Oui.\n", "a.md"
    )
    assert (list(notes.meetings["languages"]), list(notes.meetings["kind"])) == (["fr"], ["workshop"])
    assert "EVA-007" in codes(problems)


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("atelier-03.txt", "atelier-03"),
        ("Note.txt", "note"),
        ("2024-03-04.txt", "2024-03-04"),
        ("entretien-mme-canari-bécasse.txt", "document-1"),
        ("canari.txt", "document-1"),
    ],
)
def test_a_meeting_is_named_after_its_file_only_where_that_can_be_nobodys_name(
    tmp_path: Path, name: str, id: str
) -> None:
    notes, _ = read(tmp_path, "P3 : Oui.\n", name)
    assert (notes.meetings["id"].tolist(), notes.segments["id"].tolist()) == ([id], [f"{id}-01"])


def test_two_notes_with_names_of_people_are_two_meetings(tmp_path: Path) -> None:
    files = [(tmp_path / name, name) for name in ("canari.txt", "mésange.txt")]
    for path, _ in files:
        path.write_text("P3 : Oui.\n")
    assert read_note_files(files, Problems()).meetings["id"].tolist() == ["document-1", "document-2"]


@pytest.mark.parametrize(
    ("kind", "people", "told"),
    [
        ("atelier", "", True),
        ("séance", "", True),
        ("entretien", "", False),
        ("atelier", "Participants : 2\n", False),
    ],
)
def test_a_workshop_that_does_not_say_how_many_took_part_is_a_remark(
    tmp_path: Path, kind: str, people: str, told: bool
) -> None:
    _, problems = read(tmp_path, f"Type : {kind}\n{people}\nP3 : Oui.\n")
    assert ("SRC-346" in codes(problems)) == told
