"""A record in the hand-over: there with consent and two readers, gone when the consent is taken back."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from avis.checking.check import check
from avis.exhibits import Exhibits, Story
from avis.folders import find
from avis.report.html.page import render_html
from avis.steps.documents import load_exhibits, read_texts, write_avis
from avis.steps.protection import hand_exhibits_over, protect_together
from avis.steps.stories import load_stories

EXAMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"
WORDS = "je gardais les lettres fermées"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("AVIS_AS_OF", "2026-01-01")
    monkeypatch.delenv("AVIS_BUILD", raising=False)
    copy = tmp_path / "exemple-fictif"
    shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns("build"))
    return copy


def handed(folder: Path) -> Exhibits:
    return hand_exhibits_over(protect_together(str(folder))).exhibits


def page(folder: Path) -> str:
    pieces = load_exhibits(str(folder), "fr", "public")
    return render_html(write_avis(pieces, read_texts(pieces)))


def rewrite(path: Path, column: str, value: str, contribution: str) -> None:
    """Write a value in a column of the rows about one contribution."""
    with path.open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source, delimiter=";"))
    for row in rows:
        if row["contribution"] == contribution:
            row[column] = value
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]), delimiter=";", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.slow
def test_a_story_is_printed_with_consent_and_gone_without(folder: Path) -> None:
    stories = [item for item in handed(folder).exhibits if isinstance(item, Story)]
    assert {story.method for story in stories} == {
        *("most_significant_change", "outcome_harvesting", "h_form", "community_scorecard"),
        "ripple_effects",
    }
    assert WORDS in page(folder)
    rewrite(folder / "sources" / "consentements.csv", "retire_le", "2025-06-01", "re01")
    handed(folder)
    after = page(folder)
    assert WORDS not in after and "Elle ne dit pas que" not in after
    assert "6 récits recueillis" in after


@pytest.mark.slow
def test_a_story_that_nobody_reread_is_not_printed(folder: Path) -> None:
    path = folder / "sources" / "relecture.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith("re01;")), encoding="utf-8")
    assert WORDS not in str(handed(folder).exhibits)


def test_the_notebook_shows_each_record_and_how_many_words_may_not_appear(folder: Path) -> None:
    shown = repr(load_stories(str(folder)))
    assert "les choix, niveau par niveau" in shown
    assert "pas d'accord" in shown


def test_check_knows_the_ids_of_stories_and_lists_blank_items(folder: Path) -> None:
    told = check(find(str(folder)))
    assert not {item.code for item in told} & {"SRC-136", "SRC-137", "SRC-457"}
    method = folder / "methode.yaml"
    text = method.read_text(encoding="utf-8")
    kept = [line for line in text.splitlines(keepends=True) if not line.startswith("    24: {where")]
    method.write_text("".join(kept), encoding="utf-8")
    blank = [item for item in check(find(str(folder))) if item.code == "SRC-457"]
    assert [dict(item.facts)["items"] for item in blank] == ["24"]


def test_check_tells_words_of_a_record_that_changed_since_their_consent(folder: Path) -> None:
    record = folder / "sources" / "recits" / "ricochets-notice.yaml"
    record.write_text(record.read_text().replace("avec ma voisine", "avec une voisine"), encoding="utf-8")
    told = [item for item in check(find(str(folder))) if item.code == "SRC-139"]
    assert "sources/recits/ricochets-notice.yaml" in {item.place.file for item in told}
