"""Notes: private memos never leave, people are told apart, and no name stands where a word is expected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import given_notes as given
import pytest

from avis.errors import Problems, tell
from avis.sources.meetings import read_note_files
from avis.sources.notes.model import Notes
from avis.steps.workshops import spoken

TOP = "Date : 4 mars 2024\nType : atelier\nLangues : fr\nParticipants : 9\n\n"


def read(folder: Path, text: str | bytes, name: str = "note.txt") -> tuple[Notes, Problems]:
    path, problems = folder / name, Problems()
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_note_files([(path, name)], problems), problems


def rows(notes: Notes, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in notes.segments[list(columns)].to_numpy().tolist()]


def told(problems: Problems, code: str) -> list[object]:
    return [dict(item.facts).get("n") for item in problems if item.code == code]


SECTION = [
    ("h1", "Mémo privé"),
    ("p", "Secret un."),
    ("h2", "Détail"),
    ("p", "P1 : Secret deux."),
    ("li", "Secret trois."),
]
SECTION += [
    ("h1", "Suite"),
    ("p", "P1 : Oui."),
    ("p", "Mémo : Secret quatre."),
    ("p", "Secret cinq."),
    ("p", "P2 : Non."),
]


@pytest.mark.parametrize(
    ("write", "name"),
    [
        (given.markdown, "a.md"),
        (given.word, "a.docx"),
        (given.odt, "a.odt"),
        (given.pad, "a.etherpad"),
        (given.html, "a.html"),
    ],
)
def test_a_section_of_memos_and_what_follows_a_memo_are_memos_in_every_format(
    tmp_path: Path, write: Callable[..., bytes], name: str
) -> None:
    notes, problems = read(tmp_path, write(SECTION), name)
    memos = notes.segments["text"].str.contains("Secret")
    assert set(notes.segments.loc[memos, "kind"]) == {"memo"}
    assert rows(Notes(notes.meetings, notes.segments[~memos], notes.codings), "kind", "speaker", "text") == [
        ("speech", "P1", "Oui."),
        ("speech", "P2", "Non."),
    ]
    assert told(problems, "SRC-347") == [4]


@pytest.mark.parametrize(
    "line",
    [
        "[Mémo] Secret.",
        "**Mémo** : Secret.",
        "(Mémo) Secret.",
        "Mémo - Secret.",
        "Memo privé du 3 mars : Secret.",
        "Note personnelle : Secret.",
        "Note privée\nSecret.",
        "Journal de terrain\n\nSecret.",
        "Me\u0301mo : Secret.",
        "{#a-1} Mémo : Secret.",
        "> Field notes: Secret.",
    ],
)
def test_a_memo_is_told_however_it_is_written(tmp_path: Path, line: str) -> None:
    notes, problems = read(tmp_path, f"{TOP}P1 : Oui.\n{line}\n\n{{#a-2}} P2 : Non.\n")
    assert rows(notes, "kind", "text") == [("speech", "Oui."), ("memo", "Secret."), ("speech", "Non.")]
    assert not problems.errors


@pytest.mark.parametrize(
    "line", ["Mémoire des lieux : oui.", "On relit un mémo : oui.", "Une note privée circule."]
)
def test_a_word_like_memo_inside_a_sentence_makes_no_memo(tmp_path: Path, line: str) -> None:
    assert rows(read(tmp_path, TOP + line)[0], "kind") == [("observation",)]


def test_a_memo_ends_where_somebody_speaks_or_a_heading_comes(tmp_path: Path) -> None:
    notes, problems = read(
        tmp_path, "Mémo : a\n\nb\n\nObservation : c\n\nd\n\nMémo : e\n\n# T\n\nf\n", "a.md"
    )
    kinds = "memo memo observation observation memo observation"
    assert [kind for (kind,) in rows(notes, "kind")] == kinds.split()
    assert told(problems, "SRC-347") == [1]


def test_no_word_of_a_memo_is_counted_or_can_be_quoted(tmp_path: Path) -> None:
    body = "# Mémo\n\n{#a-1} P1 : Secret. #lieux\n\n{#a-2} Secret. #lieux\n\n# Suite\n\n{#a-3} Mémo : a\n\n{#a-4} Secret. #lieux\n"  # noqa: E501
    notes, _ = read(tmp_path, body, "a.md")
    assert spoken(notes).empty
    assert set(notes.segments["kind"]) == {"memo"}
    assert not set(notes.codings["segment"]) - set(notes.segments.loc[notes.segments["kind"] == "memo", "id"])


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("12:34 P2 : Non.", "P2"),
        ("P2 (rires) : Non.", "P2"),
        ("P2. Non.", "P2"),
        ("P2 - Non.", "P2"),
        ("Femme 2 : Non.", "FEMME2"),
        ("**P2 :** Non.", "P2"),
        ("**P2** : Non.", "P2"),
        ("[P2 00:01:02]\nNon.", "P2"),
        ("[P2 00:01:02]\n\nNon.", "P2"),
        ("P2 00:00:15\nNon.", "P2"),
        ("P2\t00:00:15\n\nNon.", "P2"),
        ("P2 00:00:15 Non.", "P2"),
        ("#2# P2 : Non. #00:00:15-2#", "P2"),
        ("<v P2>Non.</v>", "P2"),
        ("P2, 34 ans : Non.", "P2"),
        ("P2 et P3 : Non.", ""),
        ("P2/P3 : Non.", ""),
        ("Tous : Non.", "group"),
        ("Canari 00:00:15\nNon.", ""),
        ("12:34 Canari : Non.", ""),
        ("**Canari :** Non.", ""),
        ("<v Lise Canari>Non.</v>", ""),
        ("Canari, L. : Non.", ""),
        ("P2 et Canari : Non.", ""),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_two_people_are_never_one_paragraph_and_a_name_is_no_label(
    tmp_path: Path, line: str, speaker: str, name: str
) -> None:
    notes, problems = read(tmp_path, f"{TOP}P1 : Oui.\n{line}\nP1 : Ah.\n", name)
    assert rows(notes, "speaker", "kind", "text") == [
        ("P1", "speech", "Oui."),
        (speaker, "speech", "Non."),
        ("P1", "speech", "Ah."),
    ]
    assert ("Canari" in line) <= ("SRC-115" in [item.code for item in problems])
    assert "anari" not in tell(problems) + notes.segments.to_csv()


@pytest.mark.parametrize(
    "line", ["Marché 14:30", "10:30 accueil", "Art. 3 - Non.", "**Non**, dit-elle.", "A4. Non."]
)
def test_what_is_no_label_stays_words(tmp_path: Path, line: str) -> None:
    notes, _ = read(tmp_path, TOP + line)
    assert rows(notes, "speaker", "text") == [("", line)]


def test_subtitles_give_their_words_and_neither_numbers_nor_times(tmp_path: Path) -> None:
    cues = "WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.000\n<v P1>Oui.</v>\n\n00:04.000 --> 00:05.000\n<v P2>Non.</v> <v P3>Si.</v>\n"  # noqa: E501
    notes, problems = read(tmp_path, cues, "a.vtt")
    assert rows(notes, "speaker", "text", "line") == [("P1", "Oui.", 5), ("P2", "Non.", 8), ("P3", "Si.", 8)]
    assert told(problems, "SRC-337") == [2]
    notes, _ = read(
        tmp_path,
        "1\n00:00:01,000 --> 00:00:04,000\nP1 : Oui.\n\n2\n00:00:05,000 --> 00:00:06,000\nP2 : Non.\n",
    )
    assert rows(notes, "speaker", "text") == [("P1", "Oui."), ("P2", "Non.")]


@pytest.mark.parametrize(("n", "told_n"), [(0, []), (1, [1]), (2, [2])])
def test_comments_of_markdown_are_counted(tmp_path: Path, n: int, told_n: list[int]) -> None:
    notes, problems = read(tmp_path, "P1 : Oui.\n\n" + "<!-- secret -->\n\n" * n, "a.md")
    assert (told(problems, "SRC-326"), "secret" in notes.segments.to_csv()) == (told_n, False)


@pytest.mark.parametrize(
    ("key", "value", "column", "kept", "code"),
    [
        ("langues", "[Joy Ada, fr, Joy]", "languages", "fr", "SRC-348"),
        ("langues", "français et Joy", "languages", "fr", "SRC-348"),
        ("langues", "[FR, edo, pcm]", "languages", "fr bin pcm", ""),
        ("animation", "[Mme Canari, une animatrice]", "facilitators", "une animatrice", "SRC-349"),
        ("animation", "Lise Canari", "facilitators", "", "SRC-349"),
        (
            "animation",
            "[deux interprètes bénévoles, A1]",
            "facilitators",
            "deux interprètes bénévoles, A1",
            "",
        ),
    ],
)
def test_front_matter_keeps_languages_and_roles_and_nobody(
    tmp_path: Path, key: str, value: str, column: str, kept: str, code: str
) -> None:
    for name, top in (
        ("a.md", f"---\n{key}: {value}\n---\n"),
        ("b.txt", f"Type : atelier\n{key} : {value.strip('[]')}\n\n"),
    ):
        notes, problems = read(tmp_path, top + "P1 : Oui.\n", name)
        assert notes.meetings[column].tolist() == [kept]
        assert {one.code for one in problems if one.code in ("SRC-348", "SRC-349")} == (
            {code} if code else set()
        )
        assert not {"Canari", "Joy"} & set((tell(problems) + notes.meetings.to_csv()).split())
