"""What is stale is decided from contents: every file that a result rests on, wherever it lies."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from avis.evaluation import open_evaluation
from avis.folders import write_whole
from avis.pipeline.plan import STEPS, State, Task, _reads, tasks, waves
from avis.settings import Organisation, Period, Settings

SETTINGS = Settings({"fr": "x"}, Organisation("x"), Period("2024", "2024"), "running")
YAML = """\
title: {fr: Titre}
organisation: {name: Association}
period: {start: 2024-01, end: 2024-12}
status: running
languages: [fr]
request: {by: {fr: x}, questions: [{id: q1, text: {fr: x}}]}
indicators: [{id: a, label: {fr: a}, measure: acts}]
sources:
  activities: [journal/*.csv]
  notes: [ailleurs/notes/*.md]
  consent: donnees/accords.csv
  review: donnees/relecture.csv
  sessions: [salle/*.jsonl]
  method: methode.yaml
scales: {accord: {version: 1, levels: [{id: oui, label: {fr: oui}}, {id: non, label: {fr: non}}]}}
"""
FILES = {
    "journal/un.csv": "date;type\n2024-01-02;a\n",
    "ailleurs/notes/n.md": "x",
    "donnees/accords.csv": "x",
    "donnees/relecture.csv": "x",
    "salle/s.jsonl": "",
    "salle/s.mots.json": "{}",
    "methode.yaml": "sections: {}",
    "protocole.md": "x",
    "textes/01-a.fr.md": "x",
}
ALL = [
    *("10-activites", "20-questionnaire", "30-ateliers", "35-relecture"),
    *("40-protection", "50-avis.public.fr"),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small evaluation whose files lie in unusual places, all of it built today."""
    root = tmp_path / "essai"
    for name, content in (FILES | {"evaluation.yaml": YAML}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")
    monkeypatch.setenv("AVIS_AS_OF", "2024-06-15")
    pretend_built(root)
    return root


def pretend_built(root: Path, ends: str = "2025-01-01") -> None:
    """Write what a build would leave, as far as staleness looks at it."""
    state = State(open_evaluation(root))
    write_whole(state.folders.private / "valid.txt", f"2024-06-15 {ends}\n")
    for task in tasks(SETTINGS, ("avis",), ("fr",), "public"):
        for path in task.outputs(state.folders, ("html",)):
            write_whole(path, f"made by {task.name}")
        state.finish(task)


def stale(root: Path) -> dict[str, str]:
    state = State(open_evaluation(root))
    planned = tasks(SETTINGS, ("avis",), ("fr",), "public")
    return {task.name: reason for task in planned if (reason := state.reason(task, ("html",)))}


def test_what_was_just_built_is_fresh(folder: Path) -> None:
    assert stale(folder) == {}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("journal/un.csv", {"10-activites"}),
        ("ailleurs/notes/n.md", {"30-ateliers", "35-relecture", "40-protection"}),
        ("donnees/accords.csv", {"30-ateliers", "35-relecture", "40-protection"}),
        ("donnees/relecture.csv", {"35-relecture", "40-protection"}),
        ("salle/s.jsonl", {"30-ateliers", "40-protection"}),
        ("salle/s.mots.json", {"30-ateliers", "40-protection"}),
        ("methode.yaml", {"40-protection"}),
        ("protocole.md", {"40-protection"}),
        ("textes/01-a.fr.md", {"50-avis.public.fr"}),
    ],
)
def test_a_changed_file_makes_stale_what_rests_on_it_and_nothing_else(
    folder: Path, change: str, expected: set[str]
) -> None:
    (folder / change).write_text("autre chose", encoding="utf-8")
    assert set(stale(folder)) == expected
    assert set(stale(folder).values()) == {"changed"}


def test_a_new_file_a_lost_file_and_a_renamed_one_are_changes(folder: Path) -> None:
    changes: list[Callable[[], object]] = [
        lambda: shutil.copy(folder / "journal/un.csv", folder / "journal/deux.csv"),
        lambda: (folder / "journal/deux.csv").rename(folder / "journal/trois.csv"),
        lambda: (folder / "journal/trois.csv").write_text("date;type\n", encoding="utf-8"),
    ]
    for change in changes:
        change()
        assert set(stale(folder)) == {"10-activites"}
        pretend_built(folder)


def test_a_date_alone_changes_nothing(folder: Path) -> None:
    os.utime(folder / "journal/un.csv", (0, 0))
    assert stale(folder) == {}


def test_the_evaluation_itself_is_read_by_every_count(folder: Path) -> None:
    text = (folder / "evaluation.yaml").read_text(encoding="utf-8")
    (folder / "evaluation.yaml").write_text(text.replace("fr: a}", "fr: b}"), encoding="utf-8")
    assert set(stale(folder)) == set(ALL[:5])


def test_a_missing_draft_and_a_hand_over_that_changed_make_the_document_stale(folder: Path) -> None:
    state = State(open_evaluation(folder))
    (state.folders.drafts / "avis.public.fr.html").unlink()
    assert stale(folder) == {"50-avis.public.fr": "missing"}
    pretend_built(folder)
    write_whole(state.folders.exhibits, "somebody edited it")
    assert stale(folder) == {"50-avis.public.fr": "changed"}


@pytest.mark.parametrize(("days", "reason"), [(-1, ""), (0, "consent"), (1, "consent")])
def test_protection_is_stale_from_the_day_on_which_a_consent_ends(
    folder: Path, monkeypatch: pytest.MonkeyPatch, days: int, reason: str
) -> None:
    pretend_built(folder, ends="2024-09-01")
    monkeypatch.setenv("AVIS_AS_OF", (dt.date(2024, 9, 1) + dt.timedelta(days)).isoformat())
    assert stale(folder).get("40-protection", "") == reason


def test_a_register_that_changed_or_a_key_that_came_makes_what_weighs_words_stale(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AVIS_KEY", "AVIS_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    write_whole(folder / "evaluation.yaml", f"{YAML}vault: {{folder: ../coffre}}\n")
    write_whole(folder.parent / "coffre" / "coffre.age", "one register")
    weighing = {"35-relecture": "changed", "40-protection": "changed"}
    pretend_built(folder)
    assert stale(folder) == {}
    write_whole(folder.parent / "coffre" / "coffre.age", "one name more")
    assert stale(folder) == weighing
    pretend_built(folder)
    monkeypatch.setenv("AVIS_KEY", str(folder.parent / "cle.age"))
    monkeypatch.setenv("AVIS_PASSPHRASE", "quatre mots pour essayer")
    assert stale(folder) == weighing


def test_a_clock_set_back_makes_protection_stale(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVIS_AS_OF", "2024-06-14")
    assert stale(folder) == {"35-relecture": "consent", "40-protection": "consent"}


@pytest.mark.parametrize("place", ["suite", "next", '"suite"', "suite # pour la fin"])
def test_the_restitution_is_stale_only_for_the_texts_that_it_reads(folder: Path, place: str) -> None:
    state = State(open_evaluation(folder))
    (task,) = [task for task in tasks(SETTINGS, ("restitution",), ("fr",)) if task.step.document]
    for path in task.outputs(state.folders, ("html",)):
        write_whole(path, "made")
    state.finish(task)

    def reason() -> str:
        return State(open_evaluation(folder)).reason(task, ("html",))

    (folder / "textes" / "01-a.fr.md").write_text("---\nplace: introduction\n---\nX\n", encoding="utf-8")
    assert reason() == ""
    (folder / "textes" / "95-suite.fr.md").write_text(f"---\nplace: {place}\n---\nX\n", encoding="utf-8")
    assert reason() == "changed"


@pytest.mark.parametrize(
    "front", ["place : suite", '"place": suite', "{place: suite}", f"# {'x' * 2000}\nplace: suite"]
)
def test_a_place_counts_however_yaml_lets_it_be_written(folder: Path, front: str) -> None:
    (step,) = [step for step in STEPS if step.document == "restitution"]
    path = folder / "textes" / "95-suite.fr.md"
    path.write_text(f"---\n{front}\n---\nX\n", encoding="utf-8")
    assert _reads(step, path)


def test_a_document_is_for_its_own_audience_where_nobody_says() -> None:
    kinds = ("avis", "restitution", "fiche")
    own = [task.stem for task in tasks(SETTINGS, kinds, ("fr",)) if task.step.document]
    assert own == ["avis.public.fr", "restitution.members.fr", "fiche.public.fr"]
    for audience in ("public", "funder", "members"):
        asked = [task.audience for task in tasks(SETTINGS, kinds, ("fr",), audience) if task.step.document]
        assert asked == [audience] * 3


def test_waves_run_side_by_side_what_does_not_wait_for_each_other() -> None:
    grouped = waves(tasks(SETTINGS, ("avis", "fiche"), ("fr", "en"), "public"))
    names = [[task.name for task in wave] for wave in grouped]
    assert names[0] == ["10-activites", "20-questionnaire", "30-ateliers", "35-relecture"]
    assert names[1] == ["40-protection"]
    assert set(names[2]) == {
        f"{step}.public.{lang}" for step in ("50-avis", "80-fiche") for lang in ("fr", "en")
    }


def test_every_source_of_an_evaluation_is_read_by_some_step() -> None:
    from avis.settings import Sources

    read = {field for step in STEPS for field in step.reads}
    assert read == set(Sources.__struct_fields__)


def test_parameters_are_those_that_the_notebooks_declare(folder: Path) -> None:
    state = State(open_evaluation(folder))
    assert set(Task(STEPS[0]).parameters(state.folders)) == {"evaluation"}
    assert set(Task(STEPS[-1], "fr", "public").parameters(state.folders)) == {
        "evaluation",
        "langue",
        "audience",
    }
