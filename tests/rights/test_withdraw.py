"""A word taken back is gone from every byte that the tool writes, and people are told of all the others."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from avis.cli import main
from avis.consent.judging import judge, words_hash
from avis.consent.ledger import read_consents
from avis.consent.minors import minors_of
from avis.decoding.texts import NotSearched, texts_of
from avis.editions.keyed import make_key, plain_words, trace
from avis.editions.register import Held, Issued, Placed, SentFile, append, read_register
from avis.errors import Problems
from avis.evaluation import as_of, check_evaluation, open_evaluation
from avis.folders import find
from avis.rights.withdrawals import read_withdrawals
from avis.sources.meetings import read_notes
from avis.sources.registers import read_persons
from avis.steps.workshops import spoken
from avis.writing.deliberation import deliberate

EXAMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"
ID, PERSON, SLIP = "at07-01", "E8X4", "WVMD79PK"
EDITION = "2025-03-01-0a1b2c3d"


def words(folder: Path, id: str = ID) -> str:
    segments = read_notes(open_evaluation(folder), Problems()).segments
    return str(segments.set_index("id")["text"][id])


def withdraw(folder: Path, *arguments: str) -> int:
    return main(["withdraw", str(folder), *arguments, "--no-build"])


def findings(folder: Path) -> list[tuple[str, str]]:
    from avis.checking.remains import tell_remains

    problems = Problems()
    opened = check_evaluation(find(folder), problems)
    assert opened is not None
    tell_remains(opened, problems)
    return [(item.code, item.place.file) for item in problems if item.code.startswith("RIG")]


def texts_in(data: bytes) -> Iterator[str]:
    try:
        yield from texts_of(data)
    except NotSearched:
        return


def holding(top: Path, said: str) -> list[str]:
    """Name every file in which a run of six of the words, or the hash of them all, stands in any encoding."""
    run = " ".join(plain_words(said)[:6])
    wanted = [f" {run} ", f" {words_hash(said)} "]
    found = []
    for path in (Path(here) / name for here, _, names in os.walk(top) for name in names):
        for text in texts_in(path.read_bytes()):
            joined = f" {' '.join(plain_words(text))} "
            if any(one in joined for one in wanted):
                found.append(path.relative_to(top).as_posix())
                break
    return sorted(found)


def publish(folder: Path, said: str) -> None:
    """An edition that holds the words, its page, and two places that have it."""
    home = folder / "publications" / EDITION
    home.mkdir(parents=True)
    (home / "avis.public.fr.html").write_text(f"<p>« {said} »</p>", "utf-8")
    key = make_key(folder)
    held = Held(id=ID, kind="quote", trace=trace(key, said))
    files = (SentFile(name="avis.public.fr.html", sha256="ab" * 32, language="fr"),)
    issued = Issued(edition=EDITION, on="2025-03-01", audience="public", files=files, held=(held,))
    placed = Placed(
        edition=EDITION, on="2025-03-02", recipient="Ville de Valmarin", place="https://v.example/a"
    )
    append(folder, [issued, placed])


@pytest.mark.parametrize("who", [ID, "at07 01", "wvmd-79pk", "e8x4"])
def test_by_number_by_slip_or_by_person_no_byte_keeps_the_words(folder: Path, who: str) -> None:
    said = words(folder)
    publish(folder, said)
    assert holding(folder, said)
    assert withdraw(folder, who, "--yes") == 0
    assert holding(folder, said) == []
    assert not any(code != "RIG-015" for code, _ in findings(folder))
    note = next((folder / "sources" / "ateliers").glob("2024-05-25*")).read_text("utf-8")
    assert "{#at07-01} [parole reprise]\n" in note


def test_nothing_changes_before_somebody_says_yes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish(folder, words(folder))
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert withdraw(folder, ID) == 0
    told = capsys.readouterr().out
    after = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != ".lock"}
    assert after == before
    assert EDITION in told and "Ville de Valmarin" in told and "https://v.example/a" in told
    assert "textes/20-q2.fr.md" in told and words(folder) not in told


def test_editions_give_place_to_a_notice_and_messages_do_not_point_at_the_passage(folder: Path) -> None:
    said = words(folder)
    publish(folder, said)
    withdraw(folder, SLIP, "--yes")
    assert read_register(folder, Problems())[EDITION].taken_back_on == "2026-01-01"
    messages = [path.read_text("utf-8") for path in (folder / "messages").iterdir()]
    assert sum("Ville de Valmarin" in text for text in messages) >= 1
    assert not any(ID in text or "at07" in text for text in messages)
    assert [one.asked.editions for one in read_withdrawals(folder, Problems()).values()] == [(EDITION,)]


def test_the_register_of_withdrawals_holds_no_words_no_person_and_no_slip(folder: Path) -> None:
    said = words(folder)
    withdraw(folder, PERSON, "--yes")
    kept = (folder / "retraits.jsonl").read_text("utf-8")
    assert not any(secret in kept for secret in (PERSON, SLIP, words_hash(said), "attendais"))
    assert (folder / "retraits.jsonl").stat().st_mode & 0o077 == 0


def test_copies_that_the_tool_did_not_write_are_listed_until_they_are_gone(folder: Path) -> None:
    said = words(folder)
    copies = {
        "vieux/note.docx": b"",
        "large.bin": said.encode("utf-16-le"),
        "windows.txt": said.encode("cp1252"),
        "packed.gz": gzip.compress(said.encode()),
        "export.json": json.dumps({"a": said}).encode(),
        "sources/consentements.csv~": (folder / "sources" / "consentements.csv").read_bytes(),
    }
    (folder / "vieux").mkdir()
    for name, data in copies.items():
        (folder / name).write_bytes(data)
    with zipfile.ZipFile(folder / "vieux/note.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:t>{said[:12]}</w:t><w:t>{said[12:]}</w:t>")
    withdraw(folder, ID, "--yes")
    assert {(code, file) for code, file in findings(folder)} == {("RIG-010", name) for name in copies}
    for name in copies:
        (folder / name).unlink()
    assert findings(folder) == []


def test_words_that_a_restored_copy_brings_back_are_told(folder: Path) -> None:
    note = next((folder / "sources" / "ateliers").glob("2024-05-25*"))
    before = note.read_bytes()
    withdraw(folder, ID, "--yes")
    note.write_bytes(before)
    assert [code for code, _ in findings(folder)] == ["RIG-013"]
    assert withdraw(folder, ID, "--yes") == 0
    assert findings(folder) == []


def test_what_somebody_else_said_in_the_same_words_stays_hers(folder: Path) -> None:
    said = words(folder)
    note = folder / "sources" / "ateliers" / "2024-05-25-l-attente.md"
    with note.open("a", encoding="utf-8") as more:
        more.write(f"\n{{#at07-20}} P9 (fr) : {said}\n")
    withdraw(folder, ID, "--yes")
    assert words(folder, "at07-20") == said
    assert findings(folder) == []


def test_very_short_words_are_erased_and_searched_for_nowhere_else(folder: Path) -> None:
    note = folder / "sources" / "ateliers" / "2024-05-25-l-attente.md"
    with note.open("a", encoding="utf-8") as more:
        more.write("\n{#at07-21} P9 (fr) : Oui.\n")
    withdraw(folder, "at07-21", "--yes")
    assert "{#at07-21} [parole reprise]\n" in note.read_text("utf-8")
    assert findings(folder) == []


def test_a_dissent_leaves_the_side_files_and_the_state_of_the_group(folder: Path) -> None:
    assert withdraw(folder, "s3-d1", "--yes") == 0
    problems = Problems()
    found = deliberate(open_evaluation(folder), problems)
    assert not problems.errors
    assert found.items["s3"].dissents == ()
    assert holding(folder, "For those of us who speak neither French nor English") == []


def test_a_withdrawal_that_broke_off_is_finished_by_the_next_command(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from avis.rights import erasing

    said = words(folder)
    with monkeypatch.context() as broken:
        broken.setattr(erasing, "rewrite_note", _stop)
        with pytest.raises(KeyboardInterrupt):
            main_without_catching(folder)
    assert ("RIG-012", "retraits.jsonl") in findings(folder)
    assert withdraw(folder) == 0
    assert holding(folder, said) == [] and findings(folder) == []


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def main_without_catching(folder: Path) -> None:
    from avis.cli.withdrawn import apply
    from avis.rights.asked import find_asked
    from avis.rights.withdraw import look

    opened, problems = open_evaluation(folder), Problems()
    plan = look(opened, "withdrawn", find_asked(opened, ID, problems), problems)
    apply(plan, agreed=False, history=False)


@pytest.mark.slow
def test_counts_wait_for_one_batch_and_are_overdue_after_a_month(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    withdraw(folder, PERSON, "--yes")
    assert PERSON in (folder / "sources" / "personnes.csv").read_text("utf-8")
    assert findings(folder) == [("RIG-015", "retraits.jsonl")]
    monkeypatch.setenv("AVIS_AS_OF", "2026-02-02")
    assert findings(folder) == [("RIG-016", "retraits.jsonl")]
    assert withdraw(folder, "--counts", "--yes") == 0
    assert not any(PERSON in path.read_text("utf-8") for path in (folder / "sources").rglob("*.csv"))
    assert findings(folder) == []


def test_changed_words_take_the_place_of_the_old_ones_and_are_kept_only_if_nobody_agreed(
    folder: Path, tmp_path: Path
) -> None:
    said, new = words(folder), tmp_path / "new.txt"
    new.write_text("J’ai attendu,\nmais moins qu’avant.\n", "utf-8")
    assert withdraw(folder, ID, "--change", str(new), "--yes") == 0
    assert words(folder) == "J’ai attendu, mais moins qu’avant."
    assert holding(folder, said) == [] and findings(folder) == []
    assert reason(folder) == "withdrawn"


def test_changed_words_are_allowed_as_the_old_ones_where_she_is_there_to_say_yes(
    folder: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new.txt"
    new.write_text("J’ai attendu, mais moins qu’avant.", "utf-8")
    withdraw(folder, SLIP, "--change", str(new), "--yes", "--agreed")
    assert reason(folder) == "granted" and findings(folder) == []


def reason(folder: Path) -> str:
    opened = open_evaluation(folder)
    consents = read_consents(opened, Problems())
    minors = minors_of(opened.settings.minors, read_persons(opened, Problems()))
    judged = judge(spoken(read_notes(opened, Problems())), consents, as_of(), minors=minors)
    return str(judged.set_index("contribution")["reason"].get(ID))


def test_suspended_words_are_kept_and_shown_nowhere_until_they_are_resumed(folder: Path) -> None:
    said = words(folder)
    assert reason(folder) == "granted"
    withdraw(folder, ID, "--suspend", "--yes")
    assert (words(folder), reason(folder)) == (said, "suspended")
    withdraw(folder, ID, "--resume", "--yes")
    assert reason(folder) == "granted"


def test_a_file_that_cannot_be_written_is_listed_and_nothing_is_lost(folder: Path) -> None:
    said = words(folder)
    (note,) = (
        path for path in (folder / "sources" / "ateliers").glob("*.md") if said in path.read_text("utf-8")
    )
    # Root may write everywhere: a folder stands where the whole file would be written first.
    taken = note.with_name(f".{note.name}.{os.getpid()}.tmp")
    taken.mkdir()
    assert withdraw(folder, ID, "--yes") == 1
    taken.rmdir()
    assert said in note.read_text("utf-8")
    assert any(code == "RIG-013" for code, _ in findings(folder))


def test_links_out_of_the_folder_are_not_followed(folder: Path, tmp_path: Path) -> None:
    said = words(folder)
    outside = tmp_path / "elsewhere.txt"
    outside.write_text(said, "utf-8")
    (folder / "lien.txt").symlink_to(outside)
    withdraw(folder, ID, "--yes")
    assert outside.read_text("utf-8") == said and findings(folder) == []


@pytest.mark.parametrize("who", ["../../etc/passwd", "at07-99", "", "%s%s", "a" * 5000])
def test_what_nothing_is_called_changes_nothing(folder: Path, who: str) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert withdraw(folder, who, "--yes") == 1
    assert all(path.read_bytes() == data for path, data in before.items())


def git(folder: Path, *arguments: str) -> bytes:
    made = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=True)
    return made.stdout


def objects(folder: Path) -> str:
    data = git(folder, "cat-file", "--batch-all-objects", "--batch")
    return " ".join(plain_words(data.decode("utf-8", "replace")))


@pytest.fixture
def tracked(folder: Path) -> Path:
    for arguments in (
        ("init", "-q"),
        ("config", "user.email", "a@example.org"),
        ("config", "user.name", "a"),
    ):
        git(folder, *arguments)
    (folder / ".gitignore").write_text("build/\nregistre.cle\n", "utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "un")
    (folder / "README.md").write_text("deux\n", "utf-8")
    git(folder, "commit", "-qam", "deux")
    return folder


def test_git_is_searched_and_check_fails_until_its_objects_are_gone(tracked: Path) -> None:
    said = " ".join(plain_words(words(tracked))[:6])
    withdraw(tracked, ID, "--yes")
    assert said in objects(tracked) and ("RIG-011", ".git") in findings(tracked)


def test_history_is_rewritten_so_that_no_object_keeps_the_words_and_the_rest_stays(tracked: Path) -> None:
    said, other = (" ".join(plain_words(words(tracked, id))[:6]) for id in (ID, "at07-03"))
    withdraw(tracked, ID, "--yes", "--history")
    kept = objects(tracked)
    assert said not in kept and SLIP.casefold() not in kept and other in kept
    assert git(tracked, "log", "--format=%s").split() == [b"deux", b"un"]
    assert "{#at07-01} [parole reprise]" in git(tracked, "diff").decode()
    assert findings(tracked) == []


def test_without_the_key_of_before_nothing_goes_on_in_silence(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = words(folder)
    publish(folder, said)
    (folder / "registre.cle").unlink()
    assert withdraw(folder, ID, "--yes") == 1
    assert "REL-024" in capsys.readouterr().err
    assert words(folder) == said
    (folder / "registre.cle").touch()  # lost for good, said so on purpose
    assert withdraw(folder, ID, "--yes") == 0
    assert holding(folder, said) == []


def test_what_a_killed_release_left_goes_with_any_withdrawal(folder: Path) -> None:
    left = folder / "publications" / ".2025-03-01-0a1b2c3d.1234.tmp" / "avis.public.fr.html"
    left.parent.mkdir(parents=True)
    left.write_text(f"<p>{words(folder)}</p>", "utf-8")
    assert withdraw(folder, ID, "--yes") == 0
    assert not left.parent.exists()


def test_a_story_taken_back_by_its_slip_leaves_nothing_to_erase_by_hand(folder: Path) -> None:
    assert withdraw(folder, "zucc 84wn", "--yes") == 0
    assert findings(folder) == []
    record = (folder / "sources" / "recits" / "changement-courrier.yaml").read_text("utf-8")
    assert "tiroir" not in record and "relu avec la personne qui raconte" in record


def test_a_file_that_is_called_by_the_words_is_named_without_them(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = words(folder)
    copy = folder / "copies" / f"{said[:90]} {SLIP}.txt"
    copy.parent.mkdir()
    copy.write_text("rien", "utf-8")
    assert withdraw(folder, ID, "--yes") == 0
    kept = plain_words((folder / "retraits.jsonl").read_text("utf-8") + capsys.readouterr().out)
    assert " ".join(plain_words(said)[:6]) not in " ".join(kept)
    assert SLIP.lower() not in kept
    assert [code for code, _ in findings(folder)] == ["RIG-010"]
    copy.unlink()
    assert findings(folder) == []


def test_an_edition_behind_a_link_is_left_to_somebody_and_nothing_behind_it_is_touched(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(folder, words(folder))
    home, elsewhere = folder / "publications" / EDITION, tmp_path / "site"
    shutil.move(home, elsewhere)
    (elsewhere / "autre.html").write_text("a page of somebody else", "utf-8")
    home.symlink_to(elsewhere, target_is_directory=True)
    withdraw(folder, ID, "--yes")
    assert f"publications/{EDITION}" in capsys.readouterr().out
    assert (elsewhere / "autre.html").read_text("utf-8") == "a page of somebody else"


@pytest.mark.slow
def test_whoever_asks_twice_waits_once(folder: Path) -> None:
    assert withdraw(folder, PERSON, "--yes") == 0
    assert withdraw(folder, PERSON, "--yes") == 0
    acts = [json.loads(line) for line in (folder / "retraits.jsonl").read_text("utf-8").splitlines()]
    assert [act["kind"] for act in acts if act.get("kind") == "counts"] == ["counts"]


def test_a_build_that_stands_elsewhere_is_searched_and_forgotten_too(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AVIS_BUILD", str(tmp_path / "ailleurs"))
    said, made = words(folder), open_evaluation(folder).folders.build
    assert not made.is_relative_to(folder)
    kept = ("brouillon/avis.public.fr.html", "private/exhibits.json", "private/accord/papiers.txt")
    for name in kept:
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(said, "utf-8")
    (made / "private" / "accord" / "autres.txt").write_text("Papiers d’autres personnes.", "utf-8")
    assert withdraw(folder, ID, "--yes") == 0
    assert holding(made, said) == []
    assert (made / "private" / "accord" / "autres.txt").exists()


@pytest.mark.slow
def test_history_that_something_set_aside_held_up_is_rewritten_later(tracked: Path) -> None:
    said = " ".join(plain_words(words(tracked))[:6])
    (tracked / "protocole.md").write_text("mis de côté", "utf-8")
    git(tracked, "stash")
    assert withdraw(tracked, ID, "--yes", "--history") == 0
    assert ("RIG-011", ".git") in findings(tracked)  # what git refused is not forgotten
    git(tracked, "stash", "drop")
    assert withdraw(tracked, "--history") == 0
    assert findings(tracked) == []
    assert said not in objects(tracked)


def test_a_text_that_took_in_an_amendment_is_called_no_more_when_the_amendment_goes(folder: Path) -> None:
    called = [path for path in (folder / "textes").glob("*.md") if "`s1`" in path.read_text("utf-8")]
    assert called
    assert withdraw(folder, "s1-a1", "--yes") == 0
    assert not any("`s1`" in path.read_text("utf-8") for path in called)
    assert any("`s2`" in path.read_text("utf-8") for path in called)


@pytest.mark.parametrize(
    "before", ["Observation : plusieurs ont repris : « ", "P9 (fr) : comme elle l’a dit : « "]
)
def test_whoever_repeats_her_words_does_not_make_them_hers(
    folder: Path, capsys: pytest.CaptureFixture[str], before: str
) -> None:
    said, note = words(folder), folder / "sources" / "ateliers" / "2024-05-25-l-attente.md"
    with note.open("a", encoding="utf-8") as more:
        more.write(f"\n{{#at07-22}} {before}{said} »\n")
    (folder / "copie.txt").write_text(said, "utf-8")
    withdraw(folder, ID, "--yes")
    told = capsys.readouterr().out
    assert "  at07-22\n" in told and said not in told
    name = note.relative_to(folder).as_posix()
    assert set(findings(folder)) == {("RIG-010", name), ("RIG-010", "copie.txt")}


def test_somebody_who_says_the_same_is_told_of(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (folder / "sources" / "ateliers" / "2024-05-25-l-attente.md").open("a", encoding="utf-8") as more:
        more.write(f"\n{{#at07-20}} P9 (fr) : {words(folder)}\n")
    withdraw(folder, ID, "--yes")
    assert "Quelqu’un d’autre a dit une partie de ces mots" in capsys.readouterr().out


def test_a_copy_of_the_note_under_another_meeting_is_nobody_elses_speech(folder: Path) -> None:
    note = folder / "sources" / "ateliers" / "2024-05-25-l-attente.md"
    before = note.read_text("utf-8")
    withdraw(folder, ID, "--yes")
    copy = folder / "sources" / "ateliers" / "2024-06-30-copie.md"
    copy.write_text(before.replace("at07", "at77"), "utf-8")
    (folder / "copie.txt").write_text(before, "utf-8")
    found = set(findings(folder))
    assert {("RIG-010", "sources/ateliers/2024-06-30-copie.md"), ("RIG-010", "copie.txt")} <= found
