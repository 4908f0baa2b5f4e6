"""What of a record may be shown: words by words, scores by the size of the group that gave them."""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path

import pandas as pd
import pytest

from avis.errors import Problems
from avis.evaluation import open_evaluation
from avis.exhibits import Story
from avis.handover.readable import AUDIENCES, readable
from avis.handover.stories import make_stories
from avis.sources.stories import Stories, read_stories, story_segments
from avis.writing.deliberation import QuoteApproval

EXAMPLE = Path(__file__).parents[2] / "evaluations" / "exemple-fictif"
MEETINGS = pd.DataFrame(
    [{"id": "at09", "kind": "workshop", "date": "2024-09-21"}, {"id": "at06", "kind": "", "date": ""}]
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "exemple"
    shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns("build"))
    return copy


def read(folder: Path) -> Stories:
    problems = Problems()
    stories = read_stories(open_evaluation(folder), problems)
    assert problems.errors == []
    return stories


def shown(
    folder: Path,
    refused: Collection[str] = (),
    members_only: Collection[str] = (),
    unread: Collection[str] = (),
    approvals: dict[str, QuoteApproval] | None = None,
    threshold: int = 11,
    printed: str = "<{}>",
) -> dict[str, Story]:
    """Show every record where all words are allowed but some."""
    stories = read(folder)
    segments = story_segments(stories)
    judged = pd.DataFrame({"contribution": segments["id"]})
    for audience in AUDIENCES:
        kept = [*refused, *(members_only if audience != "members" else ())]
        judged[audience] = ~segments["id"].isin(kept)
    judged["recipients"] = [()] * len(judged)
    words = {id: printed.format(id) for id in segments["id"] if id not in unread}
    languages = dict(zip(segments["id"], segments["language"], strict=True))
    allowed = readable(judged, words, approvals or {}, languages)
    return {story.id: story for story in make_stories(stories, MEETINGS, allowed, threshold)}


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / "sources" / "recits" / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def told(story: Story) -> list[str]:
    return [said.wordings[0].text for part in story.parts for said in part.told]


def facts(story: Story) -> str:
    own = [one.text["fr"] for one in story.facts]
    return "\n".join([*own, *(one.text["fr"] for part in story.parts for one in part.facts)])


def test_a_story_that_was_kept_is_shown_with_its_reasons_and_one_that_was_not_is_not(folder: Path) -> None:
    story = shown(folder)["changement-courrier"]
    assert told(story) == ["<re01>", "<re01-n1>", "<re01-n2>"]
    assert "6 récits recueillis" in facts(story)
    assert story.setting == {"fr": "atelier, 2024", "en": "workshop, 2024"}


def test_a_story_without_consent_shows_nothing_but_how_many_were_collected(folder: Path) -> None:
    story = shown(folder, refused=["re01"])["changement-courrier"]
    assert story.parts == ()
    assert "6 récits recueillis" in facts(story)


def test_a_reason_is_not_for_those_who_may_not_read_the_story(folder: Path) -> None:
    story = shown(folder, members_only=["re01"])["changement-courrier"]
    assert {said.audiences for part in story.parts for said in part.told} == {("members",)}


def test_what_the_square_brackets_are_is_said_beside_a_story_and_in_its_note(folder: Path) -> None:
    story = shown(folder, printed="[{}] dit.")["grille-horaires"]
    assert story.setting["en"].endswith("in square brackets, words that were replaced")
    assert "pas de la personne" in story.evidence.protection["fr"]


def test_words_that_nobody_reread_are_absent(folder: Path) -> None:
    assert "<ri-01>" not in told(shown(folder, unread=["ri-01"])["ricochets-notice"])


def test_what_the_room_took_back_is_absent_whatever_the_ledger_says(folder: Path) -> None:
    story = shown(folder, approvals={"ri-01": QuoteApproval(quote="ri-01")})["ricochets-notice"]
    assert "<ri-01>" not in told(story) and "<ri-02>" in told(story)


@pytest.mark.parametrize(("participants", "seen"), [(10, False), (11, True), (12, True)])
def test_a_rating_is_shown_where_the_group_is_as_large_as_the_threshold(
    folder: Path, participants: int, seen: bool
) -> None:
    edit(folder, "grille-horaires", "participants: 12", f"participants: {participants}")
    story = shown(folder)["grille-horaires"]
    assert ("4 (échelle de 0 à 10)" in facts(story)) is seen
    assert (f"{participants} personnes" in facts(story)) is seen
    assert bool(story.evidence.protection) is not seen
    assert "<gh-haut-1>" in told(story)


def test_minors_or_a_decision_move_the_threshold_that_a_rating_is_held_to(folder: Path) -> None:
    edit(folder, "grille-horaires", "participants: 12", "participants: 6")
    assert "4 (échelle" not in facts(shown(folder)["grille-horaires"])
    assert "4 (échelle" in facts(shown(folder, threshold=5)["grille-horaires"])


def test_a_small_group_has_no_column_and_its_reasons_no_name(folder: Path) -> None:
    card = shown(folder)["carte-accueil"]
    assert card.board is not None
    assert [label["en"] for label in card.board.columns] == ["daytime group", "the team of the desk"]
    assert card.board.rows[0].scores == (4, 4)
    assert "soir" not in facts(card)
    assert "moins de 11 personnes" in card.evidence.protection["fr"]


def test_words_of_the_one_small_group_are_not_found_by_elimination(folder: Path) -> None:
    by = {
        said.wordings[0].text: said.by for part in shown(folder)["carte-accueil"].parts for said in part.told
    }
    assert by["<ca-j-1>"] == by["<ca-s-1>"] == {}
    edit(folder, "carte-accueil", "participants: 5", "participants: 11")
    by = {
        said.wordings[0].text: said.by for part in shown(folder)["carte-accueil"].parts for said in part.told
    }
    assert by["<ca-j-1>"]["en"] == "daytime group" and by["<ca-s-1>"]["en"]


def test_the_order_of_words_without_a_name_does_not_tell_the_group(folder: Path) -> None:
    reason = "reason: {id: ca-a-1, language: fr, words: On nous écoute.}"
    edit(
        folder, "carte-accueil", "{indicator: ecoute, score: 5}", f"{{indicator: ecoute, score: 5, {reason}}}"
    )
    listened = shown(folder)["carte-accueil"].parts[0]
    assert [said.wordings[0].text for said in listened.told] == ["<ca-a-1>", "<ca-j-1>"]


def test_where_every_group_is_small_there_is_no_table_and_words_alone(folder: Path) -> None:
    edit(folder, "carte-accueil", "participants: 12", "participants: 7")
    card = shown(folder)["carte-accueil"]
    assert card.board is None
    assert told(card) == ["<ca-j-1>", "<ca-s-1>"]
    assert "2 groupes de moins de 11 personnes" in facts(card)


def test_who_was_absent_is_always_told(folder: Path) -> None:
    assert "celles qui travaillent le samedi" in facts(shown(folder)["carte-accueil"])


def test_an_outcome_says_who_substantiated_it_or_that_nobody_did(folder: Path) -> None:
    first, second = shown(folder)["effets-recoltes"].parts
    confirmed = [one.text["fr"] for one in first.facts]
    assert "confirmé en partie, par une personne indépendante\u00a0: une bibliothécaire (2024)" in confirmed
    assert second.facts[-1].text["fr"] == "aucune personne indépendante n’a confirmé cet effet"


def test_a_tied_person_alone_does_not_substantiate(folder: Path) -> None:
    edit(folder, "effets", "independent: oui", "independent: non")
    first = shown(folder)["effets-recoltes"].parts[0]
    assert first.facts[-1].text["en"] == "no independent person has substantiated this outcome"


def test_ripples_stand_by_ring_and_unwanted_ones_are_told(folder: Path) -> None:
    labels = [part.label["en"] for part in shown(folder)["ricochets-notice"].parts]
    assert labels == ["Ring 1: for the better", "Ring 2: for the better", "Ring 2: for the worse"]
