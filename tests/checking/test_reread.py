"""What `avis check` says of words that wait, of texts that still show somebody, and of what meets."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from avis.checking.check import check
from avis.consent.judging import words_hash
from avis.errors import Problem
from avis.folders import Folders

pytestmark = pytest.mark.slow  # each test reads the whole example
EXAMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"
REVIEW = "sources/relecture.csv"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AVIS_AS_OF", "2026-01-01")
    monkeypatch.delenv("AVIS_KEY", raising=False)
    monkeypatch.setenv("AVIS_LANG", "fr")
    copy = tmp_path / "exemple-fictif"
    shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns("build"))
    return copy


def told(folder: Path, *codes: str) -> list[Problem]:
    return [item for item in check(Folders(folder)) if item.code in codes]


def drop(path: Path, word: str, first_only: bool = False) -> None:
    """Take the lines that hold a word out of a file."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    gone = [line for line in lines if word in line]
    assert gone
    kept = [line for line in lines if line not in (gone[:1] if first_only else gone)]
    path.write_text("".join(kept), "utf-8")


def test_consented_words_that_nobody_reread_are_counted_and_never_named(folder: Path) -> None:
    assert told(folder, "RED-006") == []
    drop(folder / REVIEW, "at07-01")
    drop(folder / REVIEW, "at08-01", first_only=True)
    (waiting,) = told(folder, "RED-006")
    assert waiting.severity == "warning" and dict(waiting.facts)["n"] == 2
    assert "at07" not in waiting.told() and "at08" not in waiting.told()


@pytest.mark.parametrize(
    ("word", "first_only", "code"), [("at07-01", False, "RED-020"), ("at07-01", True, "RED-023")]
)
def test_a_text_that_quotes_it_is_told_why_it_finds_nothing(
    word: str, first_only: bool, code: str, folder: Path
) -> None:
    drop(folder / REVIEW, word, first_only)
    found = told(folder, code)
    assert {dict(item.facts)["id"] for item in found} == {word}
    endings = sorted(item.place.file.rpartition("/")[2][-6:] for item in found)
    assert endings == [".en.md", ".fr.md"], "once in each language"


def test_a_flag_that_is_open_is_told_without_the_name(folder: Path) -> None:
    drop(folder / REVIEW, "Sauge")
    found = told(folder, "RED-022")
    assert {dict(item.facts)["id"] for item in found} == {"at09-01"}
    assert all("Ombeline" not in item.told() for item in found)


def test_words_changed_since_they_were_reread_are_told(folder: Path) -> None:
    path = folder / REVIEW
    lines = path.read_text("utf-8").splitlines(keepends=True)
    (old,) = {line.split(";")[1] for line in lines if line.startswith("at07-01")}
    path.write_text("".join(line.replace(old, "0" * 64) for line in lines), "utf-8")
    assert {dict(item.facts)["id"] for item in told(folder, "RED-021")} == {"at07-01"}


def test_words_that_nobody_coded_are_told_where_there_is_a_codebook(folder: Path) -> None:
    for note in (folder / "sources" / "ateliers").glob("*.md"):
        text = note.read_text("utf-8")
        lines = [line.partition(" #")[0] if "{#at07-01}" in line else line for line in text.splitlines()]
        note.write_text("\n".join(lines) + "\n", "utf-8")
    assert {dict(item.facts)["id"] for item in told(folder, "RED-024")} == {"at07-01"}


def test_a_number_in_a_text_is_told_with_its_line_and_kind_and_never_its_value(folder: Path) -> None:
    path = folder / "textes" / "10-q1.fr.md"
    before = len(path.read_text("utf-8").splitlines())
    with path.open("a", encoding="utf-8") as text:
        text.write("\nUne membre se joint au 06 12 34 56 78.\n")
    (found,) = [item for item in told(folder, "RED-007") if item.place.file == "textes/10-q1.fr.md"]
    assert found.place.line == before + 2
    assert "téléphone" in found.told() and "06 12" not in found.told()


def test_a_first_name_in_a_text_is_told_where_there_is_no_vault_and_a_town_or_a_law_is_not(
    folder: Path,
) -> None:
    path = folder / "textes" / "10-q1.fr.md"
    before = len(path.read_text("utf-8").splitlines())
    lines = ["À Valmarin, la loi Asile a changé.", "Notre amie Rosalinde le dit.", "Aminata le dit aussi."]
    with path.open("a", encoding="utf-8") as text:
        text.write("".join(f"\n{line}\n" for line in lines))
    found = told(folder, "RED-007")
    assert [item.place.line for item in found] == [before + 4, before + 6]
    assert all("Rosalinde" not in item.told() and "Aminata" not in item.told() for item in found)


def test_the_texts_of_the_example_raise_no_false_alarm(folder: Path) -> None:
    assert told(folder, "RED-007", "RED-009") == []


def test_what_meets_in_a_text_of_the_group_is_told(folder: Path) -> None:
    path = folder / "textes" / "10-q1.fr.md"
    with path.open("a", encoding="utf-8") as text:
        text.write("\nL’une de nous est passée par la Libye en 2017 avec ses deux enfants.\n")
    (found,) = told(folder, "RED-009")
    assert found.place.file == "textes/10-q1.fr.md" and "Libye" not in found.told()


def test_what_a_quote_and_the_sentence_before_it_say_together_is_told(folder: Path) -> None:
    path = folder / "textes" / "10-q1.fr.md"
    before = len(path.read_text("utf-8").splitlines())
    text = "\nUne femme passée par la Libye en 2017 avec ses deux filles :\n\n{parole}`at07-01`\n"
    with path.open("a", encoding="utf-8") as out:
        out.write(text.replace(" avec ses deux filles", ""))
    assert told(folder, "RED-009") == []
    (note,) = (one for one in folder.glob("sources/ateliers/*.md") if "{#at07-01}" in one.read_text("utf-8"))
    old = next(line for line in note.read_text("utf-8").splitlines() if "{#at07-01}" in line)
    say_more(folder, "at07-01", old.partition(" : ")[2].partition(" #")[0], " Mes deux filles aussi.")
    (found,) = told(folder, "RED-009")
    assert (found.place.file, found.place.line) == ("textes/10-q1.fr.md", before + 4)
    assert dict(found.facts)["ids"] == "at07-01"


def say_more(folder: Path, id: str, words: str, more: str) -> None:
    """Let somebody say more, agree to it, and two people reread it."""
    for path in [*folder.glob("sources/ateliers/*.md"), *folder.glob("sources/recits/*.yaml")]:
        path.write_text(path.read_text("utf-8").replace(words, words + more), "utf-8")
    for path in (folder / "sources" / "consentements.csv", folder / REVIEW):
        path.write_text(path.read_text("utf-8").replace(words_hash(words), words_hash(words + more)), "utf-8")


def test_words_of_a_record_of_a_method_wait_and_meet_as_quotes_do(folder: Path) -> None:
    words = "Elle ne dit pas que l’on a fait à sa place. Elle dit ce qu’elle fait."
    say_more(folder, "re01-n1", words, " J’étais enceinte au tribunal avec mes deux enfants.")
    (met,) = told(folder, "RED-009")
    assert dict(met.facts)["ids"] == "re01-n1"
    drop(folder / REVIEW, "re01-n1")
    (waiting,) = told(folder, "RED-006")
    assert dict(waiting.facts)["n"] == 1


def test_what_the_evaluation_writes_in_a_record_is_searched_too(folder: Path) -> None:
    path = folder / "sources" / "recits" / "changement-courrier.yaml"
    text = path.read_text("utf-8").replace("les membres présentes", "les membres jointes au 06 12 34 56 78")
    path.write_text(text, "utf-8")
    (found,) = told(folder, "RED-007")
    assert found.place.file.endswith("changement-courrier.yaml") and found.place.line
    assert "06 12" not in found.told()


def test_what_the_record_of_the_method_says_is_searched_with_its_line(folder: Path) -> None:
    path = folder / "methode.yaml"
    text = path.read_text("utf-8")
    number = "Pour toute question, écrivez au 06 12 34 56 78."
    meets = "Une membre passée par la Libye en 2017 avec ses deux enfants a été invitée."
    text = text.replace(
        "protocol:\n", f'  - on: "2024-11-02"\n    fr: {number}\n    en: |-\n      {meets}\nprotocol:\n', 1
    )
    path.write_text(text, "utf-8")
    line = text.splitlines().index(f"    fr: {number}") + 1
    (found,) = told(folder, "RED-007")
    assert (found.place.file, found.place.line) == ("methode.yaml", line)
    (met,) = told(folder, "RED-009")
    assert (met.place.file, met.place.line) == ("methode.yaml", line + 1)
    assert "06 12" not in found.told() and "Libye" not in met.told()


def test_a_signature_by_hand_without_its_hash_is_told_with_the_value_to_paste(folder: Path) -> None:
    path = folder / REVIEW
    lines = path.read_text("utf-8").splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith("at07-01") and ";relu;" in line)
    value = lines[at].split(";")[1]
    path.write_text("".join([*lines[:at], lines[at].replace(value, ""), *lines[at + 1 :]]), "utf-8")
    (found,) = told(folder, "RED-025")
    assert found.place.line == at + 1 and dict(found.facts) == {"id": "at07-01", "sha256": value}
    lines[at] = lines[at].replace(value, str(dict(found.facts)["sha256"]))
    path.write_text("".join(lines), "utf-8")
    assert told(folder, "RED-025", "RED-020", "RED-021", "RED-023") == []


def test_two_spellings_of_one_name_are_told_by_their_lines_and_never_by_the_name(folder: Path) -> None:
    path = folder / REVIEW
    lines = path.read_text("utf-8").splitlines()
    lines[-1] = lines[-1].replace("Théo R.", "T. Renoir")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    (alike,) = told(folder, "RED-019")
    assert alike.place.line == len(lines) and dict(alike.facts)["line"] < len(lines)
    assert "Renoir" not in alike.told() and "Théo" not in alike.told()


def test_where_there_is_one_mediator_who_amended_is_told(folder: Path) -> None:
    with (folder / "textes" / "10-q1.fr.md").open("a", encoding="utf-8") as text:
        text.write("\nCe texte a été amendé par une médiatrice.\n")
    assert told(folder, "RED-007") == []
    with (folder / "evaluation.yaml").open("a", encoding="utf-8") as settings:
        settings.write("\nmediators: 1\n")
    assert [item.place.file for item in told(folder, "RED-007")] == ["textes/10-q1.fr.md"]


def test_a_vault_without_a_key_is_no_error_and_that_its_list_was_not_searched_is_said(
    folder: Path,
) -> None:
    with (folder / "evaluation.yaml").open("a", encoding="utf-8") as settings:
        settings.write("\nvault: {folder: ../nulle-part}\n")
    (closed,) = told(folder, "RED-008")
    assert closed.severity == "warning"
