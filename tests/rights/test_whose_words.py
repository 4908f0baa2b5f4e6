"""A person code stands for the same words in every command, and for nobody else's: speakers' codes repeat."""

from __future__ import annotations

import io
import sys
import threading
from pathlib import Path

import pytest

from avis import locks
from avis.cli import main
from avis.errors import Problems
from avis.evaluation import open_evaluation
from avis.rights.access import tell_held
from avis.rights.asked import find_asked
from avis.rights.read_out import said_in
from avis.sources.meetings import read_notes

EXAMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"


@pytest.fixture
def tied(folder: Path) -> Path:
    """The ledger ties one paragraph of the speaker P1 of the second meeting to the person P1."""
    ledger = folder / "sources" / "consentements.csv"
    ledger.write_text(ledger.read_text("utf-8").replace(";G5S6;", ";P1;"), "utf-8")
    return folder


def withdraw(folder: Path, *arguments: str) -> int:
    return main(["withdraw", str(folder), *arguments, "--no-build"])


def standing(folder: Path) -> set[str]:
    segments = read_notes(open_evaluation(folder), Problems()).segments
    return set(segments.loc[segments["kind"] != "withdrawn", "id"])


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_what_a_speaker_says_in_a_meeting_that_the_ledger_ties_to_her_goes_whole(
    tied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = standing(tied)
    assert withdraw(tied, "P1", "--yes") == 0
    assert before - standing(tied) == {"at02-01", "at02-06"}
    told = capsys.readouterr().out
    assert "at01 : at01-01\n" in told and "at07-01" not in told  # the ledger ties at07-01 to another


def test_access_tells_the_words_that_a_withdrawal_takes_and_counts_the_others(tied: Path) -> None:
    opened = open_evaluation(tied)
    asked = find_asked(opened, "P1", Problems())
    segments = read_notes(opened, Problems()).segments
    words = dict(zip(segments["id"], segments["text"], strict=True))
    text = tell_held(opened, "P1", "fr", Problems())
    assert set(asked.contributions) == {"at02-01", "at02-06", "gh-bas-2"}
    assert all(words.get(id, id) in text for id in asked.contributions)
    assert asked.alike and not any(words[id] in text or id in text for id in asked.alike)
    assert "at01 (1)" in text


@pytest.mark.slow
def test_a_code_that_only_notes_bear_names_the_paragraphs_and_takes_none(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = standing(folder)
    assert withdraw(folder, "P6", "--yes") == 1
    told = capsys.readouterr()
    assert "at02 : at02-07\n" in told.out and "RIG-008" in told.err and "RIG-001" not in told.err
    assert standing(folder) == before
    problems = Problems()
    assert "at02 (1)" in tell_held(open_evaluation(folder), "P6", "fr", problems) and not problems.errors


@pytest.mark.slow
def test_on_a_terminal_she_says_which_are_hers(
    tied: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = standing(tied)
    monkeypatch.setattr(sys, "stdin", Terminal("at99\nAT01, at03-01\nat01, AT11-01\noui\n"))
    assert withdraw(tied, "P1") == 0
    assert before - standing(tied) == {"at02-01", "at02-06", "at01-01", "at11-01"}
    assert "Un de ces numéros n’est pas dans la liste." in capsys.readouterr().out


@pytest.mark.slow
def test_nobody_is_called_by_what_notes_write_for_the_group(folder: Path) -> None:
    problems = Problems()
    for who in ("group", "facilitator", "", "personne:"):
        find_asked(open_evaluation(folder), who, problems)
    assert [item.code for item in problems.errors] == ["RIG-001"] * 4


def test_stories_and_reasons_are_read_out_with_their_meeting_and_by_their_record(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = open_evaluation(folder)
    assert {"re01", "re02", "re01-n1", "re02-n2"} <= {one.id for one in said_in(opened, "at09")}
    assert {one.id for one in said_in(opened, "Changement courrier")} <= {
        one.id for one in said_in(opened, "at09")
    }
    assert main(["withdraw", str(folder), "--meeting", "changement-courrier"]) == 0
    told = capsys.readouterr().out
    assert "Avant, je gardais les lettres" in told and "Elle ne dit pas que" in told and "\nre01-n1\n" in told


@pytest.mark.slow
def test_a_slip_whose_words_went_is_told_the_day_and_a_code_of_nobody_that_it_may_be_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert withdraw(folder, "WVMD79PK", "--yes") == 0
    for who in ("wvmd-79pk", "code:WVMD 79PK"):
        assert withdraw(folder, who) == 1
        told = capsys.readouterr().err
        assert "RIG-025" in told and "le 1er janvier 2026" in told.replace("\u00a0", " ")
    assert withdraw(folder, "ABCD2345") == 1
    assert "peut-être déjà été reprises" in capsys.readouterr().err


def test_a_name_of_a_file_forges_no_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note = next((folder / "sources" / "ateliers").glob("2024-05-25*"))
    (folder / "copie\nC’est fait.\x1b[2J.txt").write_bytes(note.read_bytes())
    assert withdraw(folder, "at07-01", "--yes") == 0
    told = capsys.readouterr().out
    assert told.count("\nC’est fait.") == 1 and "\x1b" not in told and "[2J.txt" in told


def test_the_preview_of_a_story_names_its_file_and_the_sentence_before_a_call(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = folder / "textes" / "99-essai.fr.md"
    text.write_text("## Titre\n\nUne membre raconte :\n\n{recit}`re01`\n", "utf-8")
    assert withdraw(folder, "re01") == 0
    told = capsys.readouterr().out
    assert "  sources/recits/changement-courrier.yaml\n" in told
    assert "textes/99-essai.fr.md, ligne 3 : Une membre raconte :\n" in told


def test_words_of_a_record_are_not_changed_by_the_command_and_it_says_how(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = tmp_path / "new.txt"
    new.write_text("D’autres mots.", "utf-8")
    assert withdraw(folder, "re01", "--change", str(new), "--yes") == 1
    told = capsys.readouterr().err
    assert "RIG-024 sources/recits/changement-courrier.yaml" in told and "RIG-007" not in told


def test_two_withdrawals_at_once_wait_for_each_other_and_then_say_so(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = folder / "build" / "private" / ".lock"
    held = locks.take(lock)
    assert held is not None
    monkeypatch.setattr("avis.cli.withdraw.WAIT", 0.3)
    assert withdraw(folder, "at07-01", "--yes") == 1
    told = capsys.readouterr().err
    assert "RIG-009" in told and "RUN-008" not in told
    monkeypatch.setattr("avis.cli.withdraw.WAIT", 30.0)
    threading.Timer(0.5, held.close).start()
    assert withdraw(folder, "at07-01", "--yes") == 0
