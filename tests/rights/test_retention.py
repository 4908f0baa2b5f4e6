"""How long data are kept: told in time, shown before anything goes, deleted with what builds made of them."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest

from avis.checking.check import check
from avis.cli import main
from avis.errors import Problems, tell
from avis.evaluation import open_evaluation
from avis.folders import Folders, write_whole
from avis.keeping import NAME, Erased, end_of, ends, next_end, note_erased, read_erased
from avis.rights.retention import read_kept
from avis.settings import Organisation, Period, Retention, Settings

EXAMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"
WORDS = "Planted words that nobody says elsewhere"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example that keeps its notes until the end of 2025, and the answers for three years."""
    monkeypatch.delenv("AVIS_BUILD", raising=False)
    monkeypatch.setenv("AVIS_LANG", "fr")
    copied = tmp_path / "essai"
    shutil.copytree(EXAMPLE, copied, ignore=shutil.ignore_patterns("build", "publications", "generateur"))
    path = copied / "evaluation.yaml"
    head, _, _ = path.read_text(encoding="utf-8").partition("\nretention:")
    rules = "\nretention:\n  - {what: notes, until: 2025-12}\n  - {what: surveys, months: 36}\n"
    path.write_text(head + rules, encoding="utf-8")
    return copied


def codes(folder: Path, monkeypatch: pytest.MonkeyPatch, day: str) -> list[tuple[str, str]]:
    monkeypatch.setenv("AVIS_AS_OF", day)
    found = [item for item in check(Folders(folder)) if item.code in ("RIG-040", "RIG-042", "EVA-021")]
    return [(item.code, item.severity) for item in found]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2025-11-01", []),
        ("2025-11-02", [("RIG-042", "warning")]),
        ("2025-12-31", [("RIG-042", "warning")]),
        ("2026-01-01", [("RIG-040", "error")]),
    ],
)
def test_an_end_is_told_sixty_days_before_and_is_an_error_from_the_day_after(
    folder: Path, monkeypatch: pytest.MonkeyPatch, day: str, told: list[tuple[str, str]]
) -> None:
    assert codes(folder, monkeypatch, day) == told


@pytest.mark.parametrize(
    ("end", "months", "until", "day"),
    [
        ("2024-12", 24, "", "2026-12-31"),
        ("2024", 2, "", "2025-02-28"),
        ("2024-11", 1, "", "2024-12-31"),
        ("2024-12", 24, "2026-03-15", "2026-03-15"),
        ("2024-12", 1, "2026-03-15", "2025-01-31"),
        ("2024-12", 0, "2026", "2026-12-31"),
    ],
)
def test_months_count_from_the_end_of_the_period_and_the_earlier_end_holds(
    end: str, months: int, until: str, day: str
) -> None:
    settings = Settings({}, Organisation("A"), Period("2023", end), "finished")
    assert end_of(Retention("notes", months=months, until=until), settings) == dt.date.fromisoformat(day)


def test_a_rule_without_months_or_day_decides_nothing() -> None:
    rules = (Retention("notes"), Retention("surveys", until="2027"))
    settings = Settings({}, Organisation("A"), Period("2023", "2024"), "finished", retention=rules)
    assert ends(settings) == {"surveys": dt.date(2027, 12, 31)}
    assert next_end(settings, dt.date(2027, 12, 31)) == dt.date(2028, 1, 1)
    assert next_end(settings, dt.date(2028, 1, 1)) is None


def test_who_holds_real_data_is_asked_until_when(folder: Path) -> None:
    path = folder / "evaluation.yaml"
    path.write_text(path.read_text("utf-8").replace(", fictional: true", ""), encoding="utf-8")
    (told,) = [item for item in check(Folders(folder)) if item.code == "RIG-041"]
    words = tell([told], "fr")
    assert "registre des accords" in words and "notes des rencontres" not in words


def test_what_is_due_is_shown_first_and_nothing_goes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AVIS_AS_OF", "2026-02-01")
    before = sorted(path for path in folder.rglob("*") if path.is_file())
    assert main(["retention", str(folder)]) == 0
    shown = capsys.readouterr().out
    assert "2024-03-16-les-horaires.md" in shown and "--yes" in shown and "avant.csv" not in shown
    assert sorted(path for path in folder.rglob("*") if path.is_file()) == before


def test_a_deletion_takes_the_files_and_all_that_a_build_made_of_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    note = folder / "sources" / "ateliers" / "2024-03-16-les-horaires.md"
    note.write_text(note.read_text("utf-8") + f"\n{WORDS}\n", encoding="utf-8")
    for made in ("build/private/notebooks/30-ateliers.ipynb", "build/brouillon/avis.public.fr.html"):
        write_whole(folder / made, WORDS)
    write_whole(folder / "sources" / ".ipynb_checkpoints" / "n.md", WORDS)
    monkeypatch.setenv("AVIS_AS_OF", "2026-02-01")
    assert main(["retention", str(folder), "--yes"]) == 0
    capsys.readouterr()
    left = [path for path in folder.rglob("*") if path.is_file() and WORDS.encode() in path.read_bytes()]
    assert left == []
    assert (folder / "sources" / "questionnaire" / "avant.csv").is_file()


def test_the_log_says_what_when_and_how_many_and_nothing_else(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = len(list((folder / "sources" / "ateliers").glob("*.md")))
    monkeypatch.setenv("AVIS_AS_OF", "2026-02-01")
    main(["retention", str(folder), "--yes"])
    (line,) = (folder / NAME).read_text("utf-8").splitlines()
    assert json.loads(line) == {"what": "notes", "on": "2026-02-01", "files": notes}
    assert (folder / NAME).stat().st_mode & 0o077 == 0


def test_after_a_deletion_the_files_that_are_still_named_are_not_missing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AVIS_AS_OF", "2026-02-01")
    main(["retention", str(folder), "--yes"])
    errors = [item for item in check(Folders(folder)).errors if item.code != "RIG-044"]
    assert not errors, tell(errors)  # RIG-044: a text still calls words that are gone
    kept = {one.what: one for one in read_kept(open_evaluation(folder), Problems())}
    assert kept["notes"].erased_on == "2026-02-01" and not kept["notes"].due(dt.date(2026, 2, 2))


def test_files_that_come_back_are_due_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVIS_AS_OF", "2026-02-01")
    main(["retention", str(folder), "--yes"])
    source = EXAMPLE / "sources" / "ateliers" / "2024-03-16-les-horaires.md"
    shutil.copy(source, folder / "sources" / "ateliers")
    assert codes(folder, monkeypatch, "2026-02-02") == [("RIG-040", "error")]


def test_a_source_that_is_missing_for_another_reason_is_still_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AVIS_AS_OF", "2026-02-01")
    main(["retention", str(folder), "--yes"])
    (folder / "sources" / "activites.csv").unlink()
    assert codes(folder, monkeypatch, "2026-02-02") == [("EVA-021", "error")]


def test_a_line_of_the_log_that_cannot_be_read_is_told(folder: Path) -> None:
    (folder / NAME).write_text('{"what": "notes", "on": "2026-02-01", "files": 1}\nx\n', encoding="utf-8")
    problems = Problems()
    assert list(read_erased(folder, problems)) == ["notes"]
    assert [(item.code, item.place.line) for item in problems] == [("RIG-043", 2)]


def test_recordings_are_found_wherever_they_lie(folder: Path) -> None:
    write_whole(folder / "sources" / "ateliers" / "enregistrement.M4A", b"x")
    kept = {one.what: one for one in read_kept(open_evaluation(folder), Problems())}
    assert [path.name for path in kept["audio"].files] == ["enregistrement.M4A"]


@pytest.mark.parametrize(
    "field", ["notes", "surveys", "activities", "persons", "consent", "sessions", "stories", "review"]
)
def test_whichever_kind_was_deleted_only_texts_that_cite_what_it_allowed_are_wrong(
    folder: Path, monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    path = folder / "evaluation.yaml"
    head, _, _ = path.read_text("utf-8").partition("\nretention:")
    path.write_text(f"{head}\nretention: [{{what: {field}, until: 2025}}]\n", encoding="utf-8")
    monkeypatch.setenv("AVIS_AS_OF", "2026-02-01")
    assert main(["retention", str(folder), "--yes"]) == 0
    errors = check(Folders(folder)).errors
    elsewhere = [item for item in errors if not item.place.file.startswith("textes/")]
    assert not elsewhere, tell(elsewhere)
    assert not errors or field in ("notes", "stories", "consent", "review")


def test_behind_a_link_only_what_a_build_makes_is_deleted(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "ailleurs"
    for name in ("private/exhibits.json", "brouillon/avis.public.fr.html", "autre/a-garder.txt"):
        write_whole(elsewhere / name, WORDS)
    (folder / "build").symlink_to(elsewhere, target_is_directory=True)
    (folder / "sources" / ".ipynb_checkpoints").symlink_to(elsewhere / "autre", target_is_directory=True)
    monkeypatch.setenv("AVIS_AS_OF", "2026-02-01")
    assert main(["retention", str(folder), "--yes"]) == 0
    left = [path.name for path in elsewhere.rglob("*") if path.is_file()]
    assert left == ["a-garder.txt"]
    assert not list((folder / "sources" / "ateliers").glob("*.md"))


def test_a_line_that_a_crash_cut_takes_no_other_with_it(folder: Path) -> None:
    (folder / NAME).write_text('{"what": "surveys", "on": "2026-0', encoding="utf-8")
    note_erased(folder, Erased(what="notes", on="2026-02-01", files=3))
    problems = Problems()
    assert list(read_erased(folder, problems)) == ["notes"]
    assert [item.place.line for item in problems] == [1]


def test_a_register_that_lost_a_line_or_its_key_is_told_by_check(folder: Path) -> None:
    (folder / "registre.jsonl").write_text("no line of a register\n\n", encoding="utf-8")
    told = {item.code for item in check(Folders(folder)).errors}
    assert {"REL-001", "REL-024"} <= told


@pytest.mark.slow
def test_a_text_that_still_calls_erased_words_is_told_line_by_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AVIS_AS_OF", "2026-01-02")
    assert [item for item in check(Folders(folder)) if item.code == "RIG-044"] == []
    assert main(["retention", str(folder), "--yes"]) == 0
    found = [item for item in check(Folders(folder)) if item.code == "RIG-044"]
    calls = [
        (f"textes/{path.name}", number)
        for path in sorted((folder / "textes").glob("*.md"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for _ in range(line.count("{parole}") + line.count("{quote}"))
    ]
    assert calls and sorted((item.place.file, item.place.line) for item in found) == calls
    assert all("effacée le 2 janvier 2026 (conservation)" in tell([item], "fr") for item in found)
