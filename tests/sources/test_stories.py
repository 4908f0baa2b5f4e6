"""Records of methods: read by their own forms, every mistake told at once, words found as contributions."""

from __future__ import annotations

from pathlib import Path

import pytest
from records import CARD, CHANGE, H_FORM, HARVEST, RIPPLES, evaluation, read

from avis.errors import Problems, tell
from avis.evaluation import Evaluation
from avis.sources.notes.model import MEETING_COLUMNS, SEGMENT_COLUMNS, Notes, no_notes, typed
from avis.sources.stories import check_against_notes, read_stories, story_segments
from avis.sources.stories_model import HForm, MostSignificantChange

ALL = (CHANGE, HARVEST, H_FORM, CARD, RIPPLES)


def codes(problems: Problems) -> list[str]:
    return sorted(item.code for item in problems)


def test_each_method_has_its_own_form(tmp_path: Path) -> None:
    stories, problems = read(tmp_path, *ALL)
    assert problems.errors == []
    assert [record.id for record in stories.records] == [
        *("courrier", "effets", "horaires", "carte", "ricochets"),
    ]
    change = stories.records[0]
    assert isinstance(change, MostSignificantChange)
    assert [choice.chosen for choice in change.selections[1].choices] == [True, False]


def test_all_words_of_people_are_contributions_with_an_id(tmp_path: Path) -> None:
    stories, _ = read(tmp_path, *ALL)
    segments = story_segments(stories)
    assert list(segments.columns) == SEGMENT_COLUMNS
    assert set(segments["id"]) == {
        *("re01", "re02", "re01-n1", "re02-n1", "re01-n2", "re02-n2", "ef01-c1"),
        *("h-haut", "h-bas", "ca-j", "ca-s", "ri1", "ri2"),
    }
    assert set(segments["kind"]) == {"speech"}
    line = segments.set_index("id").loc["re01", "line"]
    assert (
        (tmp_path / "recits" / "1.yaml").read_text().splitlines()[int(line) - 1].startswith("  - {id: re01")
    )


@pytest.mark.parametrize("mark", ["[parole reprise]", "[words taken back]", "[Parole reprise]"])
def test_words_that_were_taken_back_leave_a_mark_without_content(tmp_path: Path, mark: str) -> None:
    stories, problems = read(tmp_path, RIPPLES.replace("Je l’ai relue.", f'"{mark}"'))
    assert problems.errors == []
    taken = story_segments(stories).set_index("id").loc["ri1"]
    assert (taken["kind"], taken["text"]) == ("withdrawn", "")


def test_nothing_that_somebody_said_stands_in_a_repr(tmp_path: Path) -> None:
    stories, _ = read(tmp_path, *ALL)
    shown = repr(stories) + "".join(map(repr, stories.records)) + repr(stories.records[0].stories)  # type: ignore[union-attr]
    assert "lettres" not in shown and "relue" not in shown


@pytest.mark.parametrize(
    ("record", "old", "new", "code"),
    [
        (CHANGE, "most_significant_change", "most_significant_changes", "SRC-430"),
        (CHANGE, "method: most_significant_change", "", "SRC-430"),
        (CHANGE, "id: re02, language: en", "id: re01, language: en", "SRC-432"),
        (CHANGE, "{story: re02, chosen: non", "{story: re03, chosen: non", "SRC-433"),
        (CHANGE, "collected: 6", "collected: 1", "SRC-445"),
        (CARD, "{indicator: ecoute, score: 2", "{indicator: ecout, score: 2", "SRC-436"),
        (CARD, "score: 2", "score: 6", "SRC-437"),
        (CARD, "[{indicator: ecoute, score: 3}]", "[{indicator: ecoute}, {indicator: ecoute}]", "SRC-438"),
        (CARD, "participants: 5", "participants: 1", "SRC-448"),
        (CARD, "absent: {fr: Celles qui ne viennent plus}", "", "EVA-011"),
        (H_FORM, "group_rating: 4", "group_rating: 11", "SRC-437"),
        (H_FORM, "highest: 10", "highest: 0", "SRC-444"),
        (H_FORM, "participants: 12", "participants: 1", "SRC-448"),
        (H_FORM, "group_rating: 4", "group_rating: [4, 6, 2]", "EVA-012"),
        (H_FORM, "group_rating: 4", "individual_ratings: [4, 6, 2]", "EVA-010"),
        (RIPPLES, "ring: 2, effect: negative", "ring: 2, effect: negative, severity: 3", "EVA-010"),
    ],
)
def test_what_is_wrong_in_a_record_is_told_and_the_record_is_not_read(
    tmp_path: Path, record: str, old: str, new: str, code: str
) -> None:
    stories, problems = read(tmp_path, record.replace(old, new), HARVEST)
    assert code in [item.code for item in problems.errors]
    assert [kept.id for kept in stories.records] == ["effets"]


@pytest.mark.parametrize(
    ("record", "old", "new", "code"),
    [
        (CHANGE, "story: re02, chosen: oui", "story: re02, chosen: non", "SRC-434"),
        (CHANGE, ", reason: {id: re02-n2, language: fr, words: Nous avons déjà cette page.}", "", "SRC-435"),
        (CARD, "indicators:", "indicators:\n  - {id: autre, label: {fr: Autre}}", "SRC-439"),
        (RIPPLES, "participants: 10", "participants: 7", "SRC-441"),
        (RIPPLES, "participants: 10", "participants: 8", ""),
        (RIPPLES, "participants: 10", "participants: 12", ""),
        (RIPPLES, "participants: 10", "participants: 13", "SRC-441"),
        (RIPPLES, "participants: 10", "participants: 20", "SRC-441"),
        (RIPPLES, "participants: 10", "participants: 21", "SRC-442"),
        (HARVEST, "ef02", "ef02", "SRC-443"),
    ],
)
def test_what_a_method_advises_against_is_a_remark(
    tmp_path: Path, record: str, old: str, new: str, code: str
) -> None:
    _, problems = read(tmp_path, record.replace(old, new))
    assert problems.errors == []
    assert {item.code for item in problems} == ({code} if code else set())


def test_a_scorecard_of_one_group_says_what_it_lacks(tmp_path: Path) -> None:
    begin, end = CARD.index("  - id: soir"), CARD.index("provider:")
    _, problems = read(tmp_path, CARD[:begin] + CARD[end:])
    assert codes(problems) == ["SRC-440"]


def test_no_message_repeats_what_somebody_said(tmp_path: Path) -> None:
    wrong = CHANGE.replace("collected: 6", "collected: 1").replace("story: re02, chosen: non", "story: re09")
    _, problems = read(tmp_path, wrong, H_FORM.replace("language: fr", "langue: fr"))
    told = tell(problems)
    assert len(problems.errors) == 3
    for words in ("lettres", "première page", "ouverture du soir", "first page"):
        assert words not in told


def notes_with(meeting: str, segment: str) -> Notes:
    meetings = typed([dict.fromkeys(MEETING_COLUMNS, "") | {"id": meeting}], MEETING_COLUMNS, {})
    empty = no_notes()
    row = dict.fromkeys(SEGMENT_COLUMNS, "") | {"id": segment, "file": "note.md", "line": 3}
    segments = typed([row], SEGMENT_COLUMNS, {"line": "int64"})
    return Notes(meetings, segments, empty.codings)


@pytest.mark.parametrize(
    ("meeting", "segment", "expected"),
    [("at1", "p1", []), ("at2", "p1", ["SRC-446"]), ("at1", "ri1", ["SRC-447"])],
)
def test_a_record_is_held_against_the_notes(
    tmp_path: Path, meeting: str, segment: str, expected: list[str]
) -> None:
    stories, problems = read(tmp_path, RIPPLES.replace("id: ricochets", "id: ricochets\nmeeting: at1"))
    check_against_notes(stories, notes_with(meeting, segment), problems)
    assert codes(problems) == expected


def test_no_record_needs_none(tmp_path: Path) -> None:
    opened: Evaluation = evaluation(tmp_path, H_FORM)
    (tmp_path / "evaluation.yaml").write_text(
        (tmp_path / "evaluation.yaml").read_text().replace("sources: {stories: [recits/*.yaml]}", "")
    )
    from avis.evaluation import open_evaluation

    problems = Problems()
    assert isinstance(read_stories(opened, problems).records[0], HForm)
    assert read_stories(open_evaluation(tmp_path), problems).records == ()
    assert len(story_segments(read_stories(open_evaluation(tmp_path), problems))) == 0
