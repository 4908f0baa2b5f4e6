"""The history of texts for evaluators: what came and what went, in words, on a private page."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest

from avis.exhibits import Wording
from avis.steps.history import PAGE, Shown, show_history
from avis.writing.history import Step, diff

EXAMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"
WAS, NOW = "Ouvrir le <b>samedi</b>.", "Ouvrir le <b>soir</b>."


def step(kind: str, **more: object) -> Step:
    return Step(kind, 2, "2024-11-16", **more)  # type: ignore[arg-type]


SUGGESTED = step("suggested", wording=Wording(language="fr", text=NOW), change=diff(WAS, NOW))


def test_what_was_added_and_taken_out_is_said_in_words_and_not_by_colour_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AVIS_LANG", "fr")
    shown = Shown({"s1": (SUGGESTED,)})
    page = shown._repr_html_().replace("\u00a0", " ")
    assert "<del>[enlevé : samedi]</del><ins>[ajouté : soir]</ins>" in page
    assert "[enlevé : samedi][ajouté : soir]" in repr(shown).replace("\u00a0", " ")


def test_no_word_of_the_room_is_read_as_code() -> None:
    page = Shown({"s1": (SUGGESTED,)})._repr_html_()
    assert "<b>" not in page and "&lt;b&gt;" in page


def test_a_step_whose_words_are_gone_is_told_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVIS_LANG", "en")
    assert repr(Shown({"s1": (step("proposed"),)})).endswith("- proposed, on 16 November 2024 (version 2).")


def test_why_another_wording_was_not_taken_stands_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVIS_LANG", "en")
    refused = step("rejected", wording=SUGGESTED.wording, change=SUGGESTED.change)
    why = Step("rejected", 1, "2024-11-16", reason=Wording(language="en", text="We need both."))
    assert "We need both." in repr(Shown({"s1": (why,)}))
    assert NOW not in repr(Shown({"s1": (refused,)}))  # it stands in the step before


def test_the_page_is_private_and_the_notebook_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AVIS_LANG", "fr")
    monkeypatch.delenv("AVIS_BUILD", raising=False)
    folder = tmp_path / "essai"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("build"))
    shown = show_history(str(folder))
    page = folder / "build" / "private" / PAGE
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    text = page.read_text(encoding="utf-8")
    assert "PRIVÉ" in text and "PRIVÉ" in repr(shown) and "<script" not in text and "http" not in text
    assert {"s1", "s5", "r4", "s7"} <= set(shown.histories)
    assert "ne pas" in repr(shown).split("\n")[0]


def test_before_any_session_it_says_that_nothing_was_proposed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVIS_LANG", "en")
    assert "No text has been proposed" in repr(Shown({})) and "No text" in Shown({})._repr_html_()
