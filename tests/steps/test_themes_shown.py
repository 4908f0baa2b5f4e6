"""Notebook 30 shows what people put in the notes, to those who hold them, and no words of anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from avis.steps.themes import compare_coders, look_at_criteria, look_at_themes
from avis.steps.workshops import Workshops, count_workshops, load_workshops

EXAMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"


@pytest.fixture(scope="module")
def loaded() -> Workshops:
    return load_workshops(str(EXAMPLE))


def shown(loaded: Workshops) -> str:
    views = (loaded, look_at_themes(loaded), compare_coders(loaded), look_at_criteria(loaded))
    return "\n".join(repr(view) + view._repr_html_() for view in (*views, count_workshops(loaded)))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_words_and_no_speaker_stand_in_any_view(
    loaded: Workshops, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AVIS_LANG", language)
    text = shown(loaded)
    segments = loaded.notes.segments
    assert not [
        id for id, said in zip(segments["id"], segments["text"], strict=True) if said and said in text
    ]
    columns = {name for view in look_at_themes(loaded).views() for name in view.frame.columns}
    assert not columns & {"speaker", "text", "P1", "P2"}


def test_every_table_that_stays_here_says_so(loaded: Workshops) -> None:
    for step in (look_at_themes(loaded), compare_coders(loaded), look_at_criteria(loaded)):
        assert all(view.private for view in step.views())


def test_the_example_has_a_disagreement_and_words_that_say_otherwise(loaded: Workshops) -> None:
    agreement, parted = compare_coders(loaded).views()
    assert agreement.frame.shape[0] == 7
    assert "0,889" in agreement.frame["alpha"].tolist()
    assert parted.frame["paragraphe"].tolist() == [
        *("at07-02", "at07-05", "at08-02", "at12-01", "at12-02", "at12-03")
    ]
    otherwise = look_at_themes(loaded).views()[1]
    assert otherwise.frame.values.tolist() == [["Attente", 1, "at12-05"]]


def test_each_meeting_says_who_was_absent(loaded: Workshops) -> None:
    saturation = look_at_themes(loaded).views()[0].frame
    assert saturation["en tout"].tolist() == [5, 7, 9, 9, 10, 10, 10, 10, 10, 10, 10, 10]
    assert (saturation["qui était absent"] != "").all()


def test_the_history_of_the_codebook_is_shown_with_its_reasons(loaded: Workshops) -> None:
    history = loaded.views()[-1]
    merged = history.frame[history.frame["changement"] == "réuni"]
    assert merged[["thème", "devenu"]].values.tolist() == [["papiers", "courriers"]]
    assert (history.frame["raison"] != "").all()


def test_the_table_of_criteria_leaves_with_the_counts_of_the_workshops(loaded: Workshops) -> None:
    counted = {finding.id: finding for finding in count_workshops(loaded).findings.findings}
    assert list(counted) == ["themes", "themes-meetings", "themes-otherwise", "coverage"]
    cells = {tuple(value for _, value in cell.where): cell.n for cell in counted["coverage"].cells}
    assert cells["texts", "sustainability"] == 2
    assert cells["themes", "efficiency"] == 1
