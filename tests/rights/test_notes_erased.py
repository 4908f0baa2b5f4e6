"""A note loses one paragraph's words, and not a byte of anything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from avis.rights.notes_erased import Uneditable, rewrite_note, rewrite_record
from avis.rights.rows import read_rows

NOTE = (
    "---\nid: at01\ndate: 2024-03-12\ntype: atelier\nlangues: [fr]\nparticipants: 9\n---\n\n"
    "## Été\n\n{#at01-01} P1 (fr) : Déjà fermé,\net sans un mot. #horaires\n\n"
    "- {#at01-02} P2 (fr) : Je reviens demain.\n- P3 (fr) : Moi aussi, à l’heure.\n"
)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_only_the_paragraph_changes_whatever_the_encoding_and_the_line_ends(
    tmp_path: Path, encoding: str, end: str
) -> None:
    path = tmp_path / "at01.md"
    path.write_bytes(NOTE.replace("\n", end).encode(encoding))
    assert rewrite_note(path, "at01", {"at01-01": ""}, "fr") == ["at01-01"]
    mended = NOTE.replace("P1 (fr) : Déjà fermé,\net sans un mot. #horaires", "[parole reprise]")
    assert path.read_bytes() == mended.replace("\n", end).encode(encoding)


def test_a_paragraph_without_a_number_keeps_its_place_so_that_the_others_keep_theirs(tmp_path: Path) -> None:
    path = tmp_path / "at01.md"
    path.write_text(NOTE, "utf-8")
    assert rewrite_note(path, "at01", {"at01-03": ""}, "fr") == ["at01-03"]
    assert path.read_text("utf-8") == NOTE.replace("P3 (fr) : Moi aussi, à l’heure.", "[parole reprise]")


def test_twice_is_no_more_than_once(tmp_path: Path) -> None:
    path = tmp_path / "at01.md"
    path.write_text(NOTE, "utf-8")
    rewrite_note(path, "at01", {"at01-02": ""}, "fr")
    before = path.read_bytes()
    assert rewrite_note(path, "at01", {"at01-02": ""}, "fr") == ["at01-02"]
    assert path.read_bytes() == before


def test_new_words_stand_with_their_speaker_and_without_the_codes_of_the_old_ones(tmp_path: Path) -> None:
    path = tmp_path / "at01.md"
    path.write_text(NOTE, "utf-8")
    rewrite_note(path, "at01", {"at01-01": "Fermé trop tôt."}, "fr")
    assert "{#at01-01} P1 (fr) : Fermé trop tôt.\n" in path.read_text("utf-8")


def test_words_that_would_change_the_note_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "at01.md"
    path.write_text(NOTE, "utf-8")
    with pytest.raises(Uneditable):
        rewrite_note(path, "at01", {"at01-01": "Oui. #horaires"}, "fr")
    assert path.read_text("utf-8") == NOTE


def test_a_record_keeps_its_form_and_loses_the_words(tmp_path: Path) -> None:
    path = tmp_path / "recit.yaml"
    path.write_text(
        "# tenu par l’équipe\nwords:\n- {id: a1, words: Oui}\n- id: a2\n  words: >\n    Non,\n    merci.\n",
        "utf-8",
    )
    assert rewrite_record(path, frozenset({"a2"}), "fr")
    assert path.read_text("utf-8") == (
        '# tenu par l’équipe\nwords:\n- {id: a1, words: Oui}\n- id: a2\n  words: "[parole reprise]"\n'
    )
    assert not rewrite_record(path, frozenset({"a2"}), "fr")


def test_a_story_loses_its_title_with_its_words_and_not_what_others_did_with_it(tmp_path: Path) -> None:
    path = tmp_path / "recit.yaml"
    told = (
        "title: {fr: Courrier}\nstories:\n- id: re01\n  title: {fr: Le tiroir, en: The drawer}\n"
        "  verified: {by: {fr: une membre}}\n  words: Les lettres restaient au tiroir.\n"
        "selections:\n- choices: [{story: re01, reason: {id: re01-n1, words: Elle dit ce qu’elle fait.}}]\n"
    )
    path.write_text(told, "utf-8")
    assert rewrite_record(path, frozenset({"re01"}), "fr")
    mended = told.replace("Le tiroir, en: The drawer", '"[parole reprise]", en: "[words taken back]"')
    assert path.read_text("utf-8") == mended.replace("Les lettres restaient au tiroir.", '"[parole reprise]"')


@pytest.mark.parametrize("data", [b"a;b\r\n1;2\r\n", b'"a","b"\n"1","x\ny"\n', "a;b\n1;é".encode("cp1252")])
def test_a_table_comes_out_byte_by_byte_but_for_the_row_that_changed(data: bytes) -> None:
    grid = read_rows(data, ["b"])
    assert grid is not None and grid.bytes() == data
    at, row = next(grid.body())
    changed = grid.with_row(at, [row.cells[0], ""]).bytes()
    assert changed.startswith(data.split(b"1")[0]) and len(changed) < len(data)
