"""When data were lost, stolen or seen: help at once, the clock right, nothing of anybody in the texts."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from avis.cli import main
from avis.consent.ledger import read_consents
from avis.editions.register import Issued, Placed, SentFile, append
from avis.errors import Problems
from avis.evaluation import open_evaluation
from avis.rights.asked import people_known
from avis.rights.incident import Incident, clock, open_incident, write_help
from avis.rights.inventory import take_inventory
from avis.sources.meetings import read_notes

EXAMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("AVIS_BUILD", raising=False)
    monkeypatch.setenv("AVIS_LANG", "fr")
    copied = tmp_path / "essai"
    shutil.copytree(EXAMPLE, copied, ignore=shutil.ignore_patterns("build", "publications", "generateur"))
    return copied


def incident(folder: Path, known: str, now: str) -> Incident:
    times = [dt.datetime.fromisoformat(text).astimezone() for text in (known, now)]
    return open_incident(open_evaluation(folder), times[0], times[1], "unknown", [])


@pytest.mark.parametrize(
    ("now", "left"),
    [("2024-03-15T14:00", 72), ("2024-03-18T13:00", 1), ("2024-03-18T14:00", 0), ("2024-03-18T14:01", -1)],
)
def test_seventy_two_hours_run_from_when_it_was_known(folder: Path, now: str, left: int) -> None:
    found = incident(folder, "2024-03-15T14:00", now)
    assert found.hours_left == left
    told = clock(found, "fr")
    assert "18 mars 2024 à 14 h 00" in told
    assert ("dites pourquoi c'est en retard" in told) is (left < 0)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system has one time zone")
def test_a_change_of_the_clock_takes_no_hour_and_gives_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Paris")
    time.tzset()
    try:
        found = incident(folder, "2024-03-30T12:00", "2024-03-30T12:00")
        assert found.hours_left == 72
        assert "2 avril 2024 à 13 h 00" in clock(found, "fr")
    finally:
        monkeypatch.delenv("TZ")
        time.tzset()


def test_no_text_holds_a_code_or_a_word_of_anybody(folder: Path, tmp_path: Path) -> None:
    opened = open_evaluation(folder)
    consents = read_consents(opened, Problems())
    texts = [
        path.read_text("utf-8") for lang in ("fr", "en") for path in write(folder, tmp_path / lang, lang)
    ]
    codes = {*people_known(opened, consents), *consents["return_code"]} - {""}
    segments = read_notes(opened, Problems()).segments
    words = [text for text in segments["text"] if len(text) > 25]
    assert len(codes) > 40 and len(words) > 40 and len(texts) == 22
    for text in texts:
        assert not [code for code in codes if re.search(rf"\b{re.escape(code)}\b", text)]
        assert not [said for said in words if said in text]
        assert "{" not in text


def write(folder: Path, out: Path, lang: str) -> list[Path]:
    return write_help(
        incident(folder, "2024-03-15T14:00", "2024-03-15T15:00"), out, "fr" if lang == "fr" else "en"
    )


def test_messages_stand_in_both_languages_and_never_go_to_a_home(folder: Path, tmp_path: Path) -> None:
    names = {path.name for path in write(folder, tmp_path / "aide", "fr")}
    assert {"06-cnil.fr.md", "06-cnil.en.md", "07-personnes.fr.md", "07-personnes.en.md"} <= names
    assert "Jamais par une lettre à la maison" in (tmp_path / "aide" / "07-personnes.fr.md").read_text(
        "utf-8"
    )
    assert "Never by a letter to her home" in (tmp_path / "aide" / "07-personnes.en.md").read_text("utf-8")
    notification = (tmp_path / "aide" / "06-cnil.fr.md").read_text("utf-8")
    assert "en cours de vérification" in notification and "15 mars 2024 à 14 h 00" in notification


def test_what_is_lost_is_named_by_kind_even_where_its_file_is_gone(folder: Path) -> None:
    opened = open_evaluation(folder)
    (folder / "sources" / "personnes.csv").unlink()
    found = take_inventory(opened, [str(folder / "sources" / "personnes.csv")])
    assert [(one.what, one.files) for one in found.lost] == [("persons", 0)]
    assert found.unknown == 0


def test_a_folder_that_is_lost_takes_with_it_all_that_lies_in_it(folder: Path) -> None:
    found = take_inventory(open_evaluation(folder), ["sources/ateliers"])
    assert [one.what for one in found.lost] == ["notes"]
    whole = take_inventory(open_evaluation(folder), [])
    assert {"notes", "surveys", "activities", "persons", "consent", "sessions"} <= {
        one.what for one in whole.lost
    }


def test_a_file_of_no_known_kind_is_taken_for_the_worst(folder: Path) -> None:
    (folder / "liste.txt").write_text("x")
    assert take_inventory(open_evaluation(folder), ["liste.txt", "/nowhere/else.csv"]).unknown == 2


def test_editions_to_recall_are_listed_with_where_they_are(folder: Path, tmp_path: Path) -> None:
    file = SentFile(name="a.pdf", sha256="0" * 64)
    issued = Issued(edition="2025-01", on="2025-01-15", audience="public", files=(file,))
    append(folder, [issued, Placed(edition="2025-01", on="2025-01-20", place="https://exemple.example/avis")])
    last = write(folder, tmp_path / "aide", "fr")[-1]
    assert last.name == "09-rappeler-les-editions.md"
    assert "https://exemple.example/avis" in last.read_text("utf-8")


def test_help_comes_though_a_source_was_stolen_and_is_private(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(folder / "sources")
    assert main(["incident", str(folder), "--lost", "sources", "--encrypted", "no"]) == 0
    assert "pour notifier à la CNIL" in capsys.readouterr().out
    written = list((folder / "incidents").rglob("*.md"))
    assert len(written) == 11
    assert all(path.stat().st_mode & 0o077 == 0 for path in written)
    told = next(path for path in written if path.name.startswith("02-")).read_text("utf-8")
    assert "notes des rencontres | plus là" in told


@pytest.mark.slow
def test_a_second_incident_does_not_write_over_the_first(folder: Path) -> None:
    for _ in range(2):
        assert main(["incident", str(folder)]) == 0
    assert len(list((folder / "incidents").iterdir())) == 2
    assert main(["incident", str(folder), "--out", str(next((folder / "incidents").iterdir()))]) == 2


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ("hier", "CLI-037"),
        ("2024-03-15T25:00", "CLI-037"),
        ("15/03/2024 25:00", "CLI-037"),
        ("03/15/2024 14:00", "CLI-037"),
        ("2024", "CLI-037"),
        ("2999-01-01T00:00", "CLI-039"),
        ("01/01/2099 9h", "CLI-039"),
    ],
)
def test_a_time_that_is_none_or_is_yet_to_come_is_refused(
    folder: Path, when: str, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["incident", str(folder), "--known-at", when]) == 2
    assert code in capsys.readouterr().err
    assert not (folder / "incidents").exists()


@pytest.mark.skipif(shutil.which("git") is None, reason="no git here")
def test_git_follows_nothing_of_it(folder: Path, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True, env=os.environ)
    main(["incident", str(folder)])
    status = subprocess.run(
        ["git", "-C", str(tmp_path), "status", "--porcelain", "--untracked-files=all"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "essai/evaluation.yaml" in status.stdout
    assert "incidents" not in status.stdout


@pytest.mark.parametrize("content", [None, "{{{", ""])
def test_where_nothing_tells_what_was_there_the_texts_do_not_say_that_nobody_is_concerned(
    folder: Path, content: str | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "evaluation.yaml"
    path.unlink() if content is None else path.write_text(content, encoding="utf-8")
    assert main(["incident", str(folder), "--out", str(tmp_path / "aide")]) == 0
    assert "pour notifier à la CNIL" in capsys.readouterr().out
    text = (tmp_path / "aide" / "06-cnil.fr.md").read_text("utf-8")
    assert "[à compléter] evaluation.yaml n'est pas lisible" in text
    assert "Nombre approximatif de personnes : pas comptées ici" in text


def test_a_part_of_the_settings_that_cannot_be_read_is_told(folder: Path, tmp_path: Path) -> None:
    path = folder / "evaluation.yaml"
    path.write_text(path.read_text("utf-8").replace("minors: none", "minors: nobody"), encoding="utf-8")
    assert main(["incident", str(folder), "--out", str(tmp_path / "aide")]) == 0
    text = (tmp_path / "aide" / "02-ce-qui-etait-la.md").read_text("utf-8")
    assert "notes des rencontres" in text and "evaluation.yaml n'est pas lisible" in text


def test_notes_in_which_nobody_has_a_code_are_not_notes_of_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AVIS_LANG", "fr")
    monkeypatch.chdir(tmp_path)
    assert main(["new", "neuf"]) == 0
    assert main(["incident", "neuf", "--out", "aide"]) == 0
    text = Path("aide/06-cnil.fr.md").read_text("utf-8")
    assert "personnes : aucune" not in text and "pas comptées ici" in text


def test_the_notification_asks_all_that_the_law_lists(folder: Path, tmp_path: Path) -> None:
    """GDPR, article 33(3): nature with both approximate numbers, a contact, consequences, measures."""
    write(folder, tmp_path / "aide", "fr")
    text = (tmp_path / "aide" / "06-cnil.fr.md").read_text("utf-8")
    for asked in (
        "Nombre approximatif de personnes",
        "Nombre approximatif d’enregistrements",
        "À qui la CNIL peut parler",
        "Conséquences probables",
        "Mesures prises depuis",
    ):
        assert asked in text


@pytest.mark.parametrize(
    ("when", "known"),
    [
        ("15/03/2024", "15 mars 2024 à 0 h 00"),
        ("15/03/2024 14:30", "15 mars 2024 à 14 h 30"),
        ("15 mars 2024 à 9h", "15 mars 2024 à 9 h 00"),
        ("2024-03-15 14:30", "15 mars 2024 à 14 h 30"),
    ],
)
def test_a_time_is_read_as_people_write_it(
    folder: Path, when: str, known: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["incident", str(folder), "--known-at", when]) == 0
    assert known in capsys.readouterr().out.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(("said", "same"), [("non", "no"), ("Oui", "yes"), ("inconnu", "unknown")])
def test_whether_a_disk_was_encrypted_is_said_in_either_language(
    folder: Path, tmp_path: Path, said: str, same: str
) -> None:
    for answer in (said, same):
        known = ["--known-at", "2024-03-15T14:00", "--encrypted", answer, "--out", str(tmp_path / answer)]
        assert main(["incident", str(folder), *known]) == 0
    texts = [[path.read_bytes() for path in sorted((tmp_path / one).glob("*.md"))] for one in (said, same)]
    assert texts[0] == texts[1]
