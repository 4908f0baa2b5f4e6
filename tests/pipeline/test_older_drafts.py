"""Drafts that a build did not make: those that hold words taken back go, and so do those for nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from avis.errors import AvisError, Place, fail
from avis.evaluation import open_evaluation
from avis.folders import write_whole
from avis.pipeline import older, run
from avis.pipeline.plan import State, Task, tasks

YAML = """\
title: {fr: Titre}
organisation: {name: Association}
period: {start: 2024-01, end: 2024-12}
status: running
languages: [fr, en]
documents: [contribution, fiche]
request: {by: {fr: x}, questions: [{id: q1, text: {fr: x}}]}
calls:
  - id: onu
    to: {fr: x}
    confidentiality: confidential
    asked_by: {fr: x}
    questions: [{id: a1, text: {fr: x}}]
"""
MINE = "avis.public.fr.html"


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> State:
    monkeypatch.setenv("AVIS_AS_OF", "2024-06-15")
    root = tmp_path / "essai"
    root.mkdir()
    (root / "evaluation.yaml").write_text(YAML, encoding="utf-8")
    return State(open_evaluation(root))


def left(state: State, *names: str, made: str = MINE) -> set[str]:
    """Put drafts in place, as builds before did, and give those that are left by a build of one of them."""
    for name in (made, *names):
        write_whole(state.folders.drafts / name, "x")
    older.take_away(state, [state.folders.drafts / made])
    return {path.name for path in state.folders.drafts.iterdir()}


OTHERS = (
    "avis.public.en.docx",
    "avis.public.fr.interactif.html",
    "avis.public.fr relu.docx",
    "restitution.pdf",
)


def test_drafts_that_hold_words_taken_back_go_whatever_their_format(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    standing = {"a", "b"}
    monkeypatch.setattr(older, "words_in", lambda _: set(standing))
    assert left(state, *OTHERS) == {MINE, *OTHERS}
    standing.add("c")
    assert left(state) == {MINE, *OTHERS}  # nothing was taken back
    standing.discard("a")
    assert left(state) == {MINE, "avis.public.fr relu.docx", "restitution.pdf"}  # those are people's own


def test_where_a_build_fails_words_taken_back_leave_the_drafts_of_before(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    standing = [{"a", "b"}, {"b"}]
    monkeypatch.setattr(older, "words_in", lambda _: standing[0])
    left(state, *OTHERS)
    monkeypatch.setattr(older, "words_in", lambda _: standing[1])

    def fails(*_: object) -> None:
        raise fail("RUN-004", Place("40-protection"))

    monkeypatch.setattr(run, "run_task", fails)
    with pytest.raises(AvisError, match="RUN-004"):
        run.build(state.opened, run.Wanted(documents=("fiche",)))
    assert {path.name for path in state.folders.drafts.iterdir()} == {
        "avis.public.fr relu.docx",
        "restitution.pdf",
    }


def test_without_sealed_exhibits_no_draft_goes(state: State) -> None:
    state.note(older.KEY, "a b")
    assert left(state, *OTHERS) == {MINE, *OTHERS}


def test_a_draft_for_a_call_or_a_reader_that_is_no_more_goes(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(older, "words_in", lambda _: set())
    kept = "contribution-onu.recipient.fr.pdf"
    assert left(state, kept, "contribution-onu.public.fr.pdf", "contribution-autre.recipient.fr.pdf") == {
        MINE,
        kept,
    }


def test_a_format_that_was_not_made_again_is_known_to_say_what_was_before(state: State) -> None:
    (task,) = (
        one for one in tasks(state.opened.settings, ("fiche",), ("fr",)) if one.step.document == "fiche"
    )
    for path in task.outputs(state.folders, ("html", "pdf")):
        write_whole(path, "x")
    state.finish(task, ("html", "pdf"))
    assert not state.reason(task, ("html", "pdf"))
    changed(state, task)
    state.finish(task, ("html",))
    assert not state.reason(task, ("html",))
    assert state.reason(task, ("html", "pdf")) == "changed"
    state.finish(task, ("html", "pdf"))
    assert not state.reason(task, ("html", "pdf"))


def changed(state: State, task: Task) -> None:
    write_whole(state.folders.exhibits, "other")
    state._digests.clear()
    assert state.reason(task, ("html",)) == "changed"
