"""Private views of records: selections with reasons, outcomes by substantiation, an H, a board, rings."""

from __future__ import annotations

from pathlib import Path

import pytest

from avis.errors import Problems
from avis.evaluation import open_evaluation
from avis.findings.stories import Sight, look_at
from avis.sources.stories import read_stories

EXAMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"


@pytest.fixture(scope="module")
def sights() -> dict[str, list[Sight]]:
    stories = read_stories(open_evaluation(EXAMPLE), Problems())
    return {record.id: look_at(record) for record in stories.records}


def test_the_funnel_goes_from_all_that_were_collected_to_what_was_kept(
    sights: dict[str, list[Sight]],
) -> None:
    funnel = sights["changement-courrier"][1].frame
    assert funnel["retenus"].tolist() == ["6", "2", "1"]
    reasons = sights["changement-courrier"][2].frame
    assert reasons["retenu"].tolist() == ["oui", "oui", "oui", "non"]


def test_outcomes_stand_by_how_far_they_are_substantiated(sights: dict[str, list[Sight]]) -> None:
    told = sights["effets-recoltes"][0].frame["confirmation"].tolist()
    assert told == ["confirmé en partie", "personne d’indépendant ne l’a confirmé"]


def test_an_h_has_what_pulls_down_on_one_side_and_up_on_the_other(sights: dict[str, list[Sight]]) -> None:
    sheet = sights["grille-horaires"][0].frame
    assert list(sheet.columns) == ["tire vers le bas", "question et note", "tire vers le haut"]
    assert "note du groupe : 4" in sheet["question et note"].tolist()


def test_a_board_has_a_column_a_group_and_no_mean(sights: dict[str, list[Sight]]) -> None:
    board = sights["carte-accueil"][0].frame
    assert board.shape == (3, 4)
    assert board.iloc[0, 1:].tolist() == ["4", "5", "4"]


def test_nothing_ranks_people_or_measures_how_grave_a_story_is(sights: dict[str, list[Sight]]) -> None:
    columns = {name for found in sights.values() for sight in found for name in sight.frame.columns}
    assert not {name for name in columns if any(word in name for word in ("rang", "gravité", "moyenne"))}
