"""Notes: what a paragraph says, to whom it belongs, and what is said when it cannot be known."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from avis.errors import Problems, tell
from avis.evaluation import Evaluation
from avis.sources.meetings import read_notes
from avis.sources.notes.model import Notes
from avis.sources.notes.note import MOST_BYTES

Association = Callable[..., Evaluation]

FRONT = """---
id: at03
date: 2023-09-23
lieu: médiathèque
type: séance
langues: [fr, en]
participants: 9
animation: [une animatrice, une interprète]
guide: 2
rendu: non
absents: {fr: Les personnes qui travaillent., en: People at work.}
---
"""
CODEBOOK = (
    "codes:\n  - {id: horaires, label: {fr: Horaires, en: Hours}}\n  - {id: travail, label: {fr: Travail}}\n"
)


def read(association: Association, body: str | bytes, front: str = FRONT) -> tuple[Notes, Problems]:
    note = front.encode() + body if isinstance(body, bytes) else front + body
    files = {"notes/a.md": note, "codebook.yaml": CODEBOOK}
    problems = Problems()
    return read_notes(association(files, notes=("notes/*.md",), codebook="codebook.yaml"), problems), problems


def codes(problems: Problems) -> list[str]:
    return [item.code for item in problems]


def test_a_paragraph_keeps_its_id_speaker_language_words_codes_file_and_line(
    association: Association,
) -> None:
    notes, problems = read(
        association, "\n## Venir\n\n{#at03-02} P3 (en) : The desk closes early. #horaires #travail\n"
    )
    assert codes(problems) == []
    assert notes.segments.iloc[0].to_dict() == {
        "id": "at03-02",
        "meeting": "at03",
        "text": "The desk closes early.",
        "speaker": "P3",
        "language": "en",
        "kind": "speech",
        "heading": "Venir",
        "file": "notes/a.md",
        "line": 16,
        "written_id": True,
    }
    assert notes.codings["theme"].tolist() == ["horaires", "travail"]
    assert notes.codings["end"].tolist() == [22, 22]


def test_the_front_matter_becomes_a_row_of_meetings(association: Association) -> None:
    meeting = read(association, "")[0].meetings.iloc[0].to_dict()
    assert meeting["kind"] == "session"
    assert meeting["languages"] == "fr en"
    assert meeting["participants"] == 9
    assert meeting["facilitators"] == "une animatrice, une interprète"
    assert meeting["returned"] == ""
    assert (meeting["absent_fr"], meeting["absent_en"]) == (
        "Les personnes qui travaillent.",
        "People at work.",
    )


@pytest.mark.parametrize(
    ("written", "kind"),
    [("atelier", "workshop"), ("workshop", "workshop"), ("entretien", "interview"), ("seance", "session")],
)
def test_a_type_is_one_thing_in_both_languages(written: str, kind: str, association: Association) -> None:
    notes, problems = read(association, "", FRONT.replace("type: séance", f"type: {written}"))
    assert codes(problems) == []
    assert notes.meetings["kind"].tolist() == [kind]


@pytest.mark.parametrize("front", [FRONT.replace("type: séance\n", ""), FRONT.replace("séance", "")])
def test_a_note_without_a_type_is_a_meeting_and_that_is_said(front: str, association: Association) -> None:
    notes, problems = read(association, "", front)
    assert [(item.code, item.severity) for item in problems] == [("SRC-106", "warning")]
    assert notes.meetings["kind"].tolist() == ["meeting"]


@pytest.mark.parametrize(
    ("written", "speaker", "kind", "language"),
    [
        ("P3 : Oui.", "P3", "speech", "fr"),
        ("p3: Oui.", "P3", "speech", "fr"),
        ("P 3 (EN) : Oui.", "P3", "speech", "en"),
        ("P3\u00a0: Oui.", "P3", "speech", "fr"),
        ("P3\u202f(en)\u202f: Oui.", "P3", "speech", "en"),
        ("Groupe : Oui.", "group", "speech", "fr"),
        ("group (en): Oui.", "group", "speech", "en"),
        ("Observation : Oui.", "", "observation", "fr"),
        ("Résumé : Oui.", "", "summary", "fr"),
        ("Re\u0301sume\u0301 : Oui.", "", "summary", "fr"),
        ("Summary: Oui.", "", "summary", "fr"),
        ("Mémo : Oui.", "", "memo", "fr"),
        ("MEMO: Oui.", "", "memo", "fr"),
    ],
)
def test_a_speaker_is_written_one_way(
    association: Association, written: str, speaker: str, kind: str, language: str
) -> None:
    notes, problems = read(association, f"{{#at03-01}} {written}\n")
    row = notes.segments.iloc[0]
    assert (row["speaker"], row["kind"], row["language"], row["text"]) == (speaker, kind, language, "Oui.")
    assert codes(problems) == []


@pytest.mark.parametrize(
    "placeholder",
    [
        "[à écrire par une locutrice — pcm]",
        "[A ecrire par une locutrice - pcm]",
        "[to be written by a speaker: pcm]",
    ],
)
def test_a_space_for_a_speaker_has_a_language_and_no_words(
    association: Association, placeholder: str
) -> None:
    notes, problems = read(association, f"{{#at03-09}} Groupe (pcm) : {placeholder}\n")
    row = notes.segments.iloc[0]
    assert (row["kind"], row["language"], row["text"]) == ("space", "pcm", "")
    assert codes(problems) == []


def test_words_in_square_brackets_are_words(association: Association) -> None:
    notes, _ = read(association, "{#at03-09} P1 : [rires] On a bien ri.\n")
    assert notes.segments["kind"].tolist() == ["speech"]


def test_two_people_never_share_a_paragraph_even_without_a_blank_line(association: Association) -> None:
    body = "{#at03-01} P1 : Un.\n{#at03-02} P2 : Deux,\nsuite.\n- {#at03-03} P3 : Trois.\n"
    body += "P4 : Quatre.\n> P5 : Cinq.\n"
    notes, _ = read(association, body)
    assert notes.segments["text"].tolist() == ["Un.", "Deux, suite.", "Trois.", "Quatre.", "Cinq."]
    assert notes.segments["line"].tolist() == [13, 14, 16, 17, 18]


def test_comments_and_structure_hold_no_words_and_move_no_line(association: Association) -> None:
    body = (
        "<!-- {#x-1} P9 : secret\nencore -->\n# Titre\n\n***\n\n[//]: # (note à part)\n{:.center}\n\n"
        "{#at03-01} P1 : Oui <!-- non --> oui.\n"
    )
    notes, problems = read(association, body)
    assert notes.segments[["text", "line"]].to_numpy().tolist() == [["Oui oui.", 22]]
    assert codes(problems) == ["SRC-326"]


def test_a_comment_that_does_not_end_is_an_error_with_its_line(association: Association) -> None:
    notes, problems = read(association, "{#at03-01} P1 : Oui.\n<!-- suite\n{#at03-02} P1 : Non.\n")
    assert [(item.code, item.place.line) for item in problems] == [("SRC-117", 14)]
    assert notes.segments["id"].tolist() == ["at03-01"]


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(association: Association) -> None:
    body = "{#at03-01} P1 : Été.\n\n{#at03-02} P2 : Hiver. #horaires\n"
    plain, _ = read(association, body)
    windows = ("\ufeff" + FRONT + body).replace("\n", "\r\n").encode()
    other, problems = read(association, windows, front="")
    assert codes(problems) == []
    assert other.segments.equals(plain.segments)
    assert other.meetings.equals(plain.meetings)


def test_cp1252_is_read_and_said(association: Association) -> None:
    notes, problems = read(association, "{#at03-01} P1 : Là, c’était l’été.\n".encode("cp1252"))
    assert notes.segments["text"].tolist() == ["Là, c’était l’été."]
    assert [(item.code, item.severity) for item in problems] == [("SRC-010", "warning")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04\x00\x00", "SRC-003"),
        (b"\x00\x01\x02", "SRC-101"),
        (b"%PDF-1.7\n", "SRC-320"),
        (b"{\\rtf1 oui}", "SRC-320"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "SRC-320"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "SRC-005"),
    ],
)
def test_what_is_no_note_is_refused_by_its_content(association: Association, data: bytes, code: str) -> None:
    notes, problems = read(association, data, front="")
    assert codes(problems) == [code]
    assert notes.segments.empty
    assert notes.meetings.empty


@pytest.mark.parametrize(("more", "expected"), [(-1, []), (0, []), (1, ["SRC-100"])])
def test_a_note_has_a_size_limit(association: Association, more: int, expected: list[str]) -> None:
    head = (FRONT + "{#at03-01} P1 : ").encode()
    _, problems = read(association, head + b"a" * (MOST_BYTES - len(head) + more), front="")
    assert codes(problems) == expected


def test_a_missing_id_is_proposed_and_moves_no_other(association: Association) -> None:
    notes, problems = read(association, "{#at03-07} P1 : Un.\n\nP2 : Deux.\n\nP3 : Trois.\n")
    assert notes.segments["id"].tolist() == ["at03-07", "at03-08", "at03-09"]
    assert notes.segments["written_id"].tolist() == [True, False, False]
    facts = {"n": 2, "lines": "15, 17", "proposal": "at03-08"}
    assert [(item.code, item.severity, dict(item.facts)) for item in problems] == [
        ("SRC-108", "warning", facts)
    ]
    assert "{#at03-08}" in tell(problems, "fr")


@pytest.mark.parametrize(
    ("n", "lines"), [(4, "13, 15, 17, 19"), (5, "13, 15, 17, 19, 21"), (6, "13, 15, 17, 19, 21…")]
)
def test_paragraphs_without_ids_are_one_remark_that_names_the_first(
    association: Association, n: int, lines: str
) -> None:
    _, problems = read(association, "P1 : Un.\n\n" * n)
    assert [(dict(item.facts)["n"], dict(item.facts)["lines"]) for item in problems] == [(n, lines)]


def test_numbers_of_other_meetings_move_no_proposal(association: Association) -> None:
    notes, _ = read(association, "P1 : Un.\n\n{#at02-05} P2 : Deux.\n")
    assert notes.segments["id"].tolist() == ["at03-01", "at02-05"]


def test_an_id_used_twice_in_two_notes_is_an_error_that_tells_both_places(association: Association) -> None:
    second = FRONT.replace("id: at03", "id: at04") + "{#AT03-01} P2 : Deux.\n"
    files = {"notes/a.md": FRONT + "{#at03-01} P1 : Un.\n", "notes/b.md": second}
    problems = Problems()
    notes = read_notes(association(files, notes=("notes/*.md",)), problems)
    assert notes.segments["text"].tolist() == ["Un."]
    [found] = problems
    assert found.code == "SRC-110"
    assert (found.place.file, found.place.line) == ("notes/b.md", 13)
    assert (dict(found.facts)["file"], dict(found.facts)["line"]) == ("notes/a.md", 13)


def test_two_notes_of_one_meeting_id_are_an_error(association: Association) -> None:
    files = {"notes/a.md": FRONT, "notes/b.md": FRONT}
    problems = Problems()
    notes = read_notes(association(files, notes=("notes/*.md",)), problems)
    assert codes(problems) == ["SRC-107"]
    assert len(notes.meetings) == 1


def test_an_id_of_another_form_is_an_error(association: Association) -> None:
    notes, problems = read(association, "{#à côté} P1 : Un.\n\n{#été} P1 : Deux.\n")
    assert codes(problems) == ["SRC-109", "SRC-109"]
    assert notes.segments.empty


def test_an_unknown_code_is_an_error_with_its_line_and_never_shown(association: Association) -> None:
    notes, problems = read(association, "{#at03-01} P1 : Le soir,\naprès le travail. #horaire #Bernadette\n")
    assert [(item.code, item.place.line) for item in problems] == [("SRC-111", 14), ("SRC-111", 14)]
    assert dict(problems.items[0].facts) == {"hint": "horaires"}
    assert "Bernadette" not in tell(problems, "fr")
    assert notes.codings.empty


def test_codes_are_known_whatever_their_case_and_accents(association: Association) -> None:
    notes, problems = read(association, "{#at03-01} P1 : Oui. #Horaires, #TRAVAIL #horaires.\n")
    assert codes(problems) == []
    assert notes.codings["theme"].tolist() == ["horaires", "travail"]


def test_a_known_code_inside_a_sentence_is_a_remark_and_stays_a_word(association: Association) -> None:
    notes, problems = read(association, "{#at03-01} P1 : Pour #horaires je dirais le soir, bureau #12 non.\n")
    assert codes(problems) == ["SRC-112"]
    assert notes.segments["text"].tolist() == ["Pour #horaires je dirais le soir, bureau #12 non."]


def test_codes_cut_off_from_their_paragraph_are_an_error(association: Association) -> None:
    notes, problems = read(association, "{#at03-01} P1 : Oui.\n\n#horaires\n")
    assert "SRC-113" in codes(problems)
    assert notes.segments["id"].tolist() == ["at03-01"]


def test_a_sentence_with_a_colon_is_no_speaker(association: Association) -> None:
    notes, problems = read(association, "{#at03-01} Voici ce qui compte : les heures.\n")
    row = notes.segments.iloc[0]
    assert (row["speaker"], row["kind"], row["text"]) == (
        "",
        "observation",
        "Voici ce qui compte : les heures.",
    )
    assert codes(problems) == ["SRC-114"]


def test_a_first_name_as_speaker_is_a_remark_that_does_not_repeat_it(association: Association) -> None:
    _, problems = read(association, "{#at03-01} Bernadette : Oui.\n")
    assert codes(problems) == ["SRC-115"]
    assert "ernadette" not in tell(problems, "fr") + tell(problems, "en")


def test_a_language_that_the_meeting_does_not_name_is_a_remark(association: Association) -> None:
    notes, problems = read(association, "{#at03-01} P1 (bin) : …\n")
    assert codes(problems) == ["SRC-116"]
    assert notes.segments["language"].tolist() == ["bin"]


def test_no_message_holds_words_of_a_person(association: Association) -> None:
    body = "P1 : Canari.\n\n{#é} P2 : Canari. #canari\n\n{#at03-01} Canari : Canari.\n\n"
    body += "{#at03-01} P1 : Canari.\n\n{#at03-02} P1 (bin) : Canari. #canari\n"
    _, problems = read(association, body)
    assert len(problems.items) >= 4
    for lang in ("fr", "en"):
        assert not re.search("canari", tell(problems, lang), re.IGNORECASE)


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("", {"SRC-102", "SRC-104", "SRC-105", "SRC-106"}),
        ("---\nid: at03\ntype: entretien\ndate: 2023-02-30\n---\n", {"SRC-105"}),
        ("---\nid: at03\ntype: entretien\ndate: 04.03.23\n---\n", {"EVA-014"}),
        ("---\nid: at03\ntype: entretien\ndate: 2023-02\n---\n", set()),
        ("---\nid: at03\ntype: entretien\ndate: 2023-02\nlieu:\n---\n", set()),
        ("---\nid: at03\ndate: 2023-02\n", {"SRC-103", "SRC-104", "SRC-105", "SRC-106"}),
        (
            "---\nid: at03\ntype: entretien\ndate: 2023-02\nparticipants: une dizaine\nlangues: fr\n---\n",
            {"SRC-322"},
        ),
        ("---\nid: at03\ntype: entretien\ndate: 2023-02\nparticipants: [9]\n---\n", {"EVA-012"}),
        ("---\nid: at03\ndate: 2023-02\ntype: atelie\n---\n", {"EVA-013"}),
        ("---\n- id\n---\n", {"EVA-012", "SRC-104", "SRC-105", "SRC-106"}),
        ("---\nid: [\n---\n", {"EVA-005", "SRC-104", "SRC-105", "SRC-106"}),
    ],
)
def test_a_front_matter_that_is_wrong_is_said(
    association: Association, front: str, expected: set[str]
) -> None:
    notes, problems = read(association, "{#at03-01} P1 : Oui.\n", front=front)
    assert set(codes(problems)) == expected
    assert len(notes.meetings) == 1


def test_without_a_codebook_codes_are_taken_as_they_are(association: Association) -> None:
    problems = Problems()
    files = {"notes/a.md": FRONT + "{#at03-01} P1 : Oui. #soir\n"}
    notes = read_notes(association(files, notes=("notes/*.md",)), problems)
    assert codes(problems) == []
    assert notes.codings["theme"].tolist() == ["soir"]


def test_no_notes_give_empty_tables_with_their_columns(association: Association) -> None:
    notes = read_notes(association({}, notes=("notes/*.md",)), Problems())
    assert notes.segments.empty
    assert {"id", "text", "kind", "file", "line"} <= set(notes.segments.columns)
    assert notes.meetings.columns[0] == "id"


@pytest.mark.parametrize(
    "body",
    [
        "{#a} P1 : " + "#a " * 200_000 + "!",
        "a" + " " * 900_000 + ": b",
        "<!-- -->" * 100_000 + "<!--" * 100_000,
    ],
    ids=["codes", "spaces", "comments"],
)
def test_a_note_made_to_be_slow_is_read_in_one_pass(association: Association, body: str) -> None:
    # No clock: where reading is not linear, these take hours.
    assert len(read(association, body + "\n\n{#at03-01} P1 : Oui.\n")[0].meetings) == 1
