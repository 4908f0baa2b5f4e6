"""Records of methods in a document: placed by a role or after the others, for those who may read them."""

from __future__ import annotations

import msgspec
import pytest
from given_compose import RICH, evidence

from avis.errors import Place, Problems
from avis.exhibits import Audience, Board, Exhibits, Fact, Part, Scored, Story, Told, Wording
from avis.i18n import Language
from avis.report.compose import compose_avis
from avis.report.compose.stories import telling
from avis.report.document import Document, Telling
from avis.report.html.page import render_html
from avis.report.pdf.paper import render_typst
from avis.writing.roles import Desk

STORY = Story(
    id="courrier",
    method="most_significant_change",
    title={"fr": "Ouvrir son courrier", "en": "Opening letters"},
    setting={"fr": "atelier, 2024", "en": "workshop, 2024"},
    facts=(Fact(label={"fr": "Domaine"}, text={"fr": "Les démarches"}),),
    parts=(
        Part(
            label={"fr": "Les lettres"},
            facts=(Fact(label={"fr": "Vérifié"}, text={"fr": "par une membre"}),),
            told=(Told(wordings=(Wording(language="en", text="I open them."),), audiences=("members",)),),
        ),
    ),
    evidence=evidence("notes"),
)
CARD = Story(
    id="carte",
    method="community_scorecard",
    title={"fr": "L’accueil"},
    board=Board(
        title={"fr": "Les notes"},
        columns=({"fr": "jour"}, {"fr": "équipe"}),
        rows=(Scored(label={"fr": "écoute"}, scores=(4, None)),),
    ),
    evidence=evidence("notes"),
)


def holding(*stories: Story) -> Exhibits:
    exhibits = RICH
    return msgspec.structs.replace(exhibits, exhibits=(*exhibits.exhibits, *stories))


def composed(exhibits: Exhibits, audience: Audience, language: Language = "fr") -> Document:
    return compose_avis(exhibits, (), language, audience)


def tellings(document: Document) -> list[Telling]:
    return [block for block in document.blocks if isinstance(block, Telling)]


def test_a_record_that_no_text_places_stands_once_with_its_note() -> None:
    document = composed(holding(STORY), "members")
    (found,) = tellings(document)
    assert found.note in {note.id for note in document.notes}
    assert found.pieces[0].voices[0].language == "en"


@pytest.mark.parametrize("audience", ["public", "funder"])
def test_who_may_not_read_a_story_sees_neither_its_words_nor_that_it_was_verified(audience: Audience) -> None:
    document = composed(holding(STORY), audience)
    assert tellings(document)[0].pieces == ()
    for page in (render_html(document), render_typst(document)):
        assert "I open them" not in page
        assert "par une membre" not in page


def test_words_in_another_language_are_marked_for_a_screen_reader() -> None:
    page = render_html(composed(holding(STORY), "members"))
    assert '<blockquote lang="en"><p>I open them.</p></blockquote>' in page


def test_scores_stand_side_by_side_and_what_nobody_gave_is_a_dash() -> None:
    grid = telling(CARD, "fr", "public").grid
    assert grid is not None
    assert [column.label for column in grid.columns] == ["Indicateur", "Jour", "Équipe"]
    assert [slot.content[0].text for slot in grid.rows[0]] == ["écoute", "4", "–"]  # type: ignore[union-attr]


@pytest.mark.parametrize("role", ["recit", "récit", "story", "Story"])
def test_a_role_places_a_record_once_and_links_to_it_inside_a_sentence(role: str) -> None:
    desk = Desk(holding(STORY), "fr", "fr", "members", Problems())
    assert isinstance(desk.block(role, "courrier", Place("t.md", line=1)), Telling)
    (link,) = desk.inline(role, "courrier", Place("t.md", line=2))
    assert link.href == "#story-courrier"  # type: ignore[union-attr]
    assert desk.block(role, "courrier", Place("t.md", line=3)) is None
    assert [item.code for item in desk.problems] == ["TXT-018"]


def test_a_record_that_is_not_there_is_suggested() -> None:
    desk = Desk(holding(STORY), "fr", "fr", "public", Problems())
    assert desk.block("recit", "courier", Place("t.md", line=1)) is None
    (told,) = desk.problems
    assert told.code == "TXT-013" and dict(told.facts)["hint"] == "courrier"
