"""What a schema cannot say of a record: stories that exist, scores on their scale, groups that are groups."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from avis.errors import Problems
from avis.marked import Keys, Marked
from avis.sources.stories_model import (
    HForm,
    MostSignificantChange,
    OutcomeHarvest,
    Record,
    RippleEffects,
    Scale,
    Score,
    Scorecard,
    Selection,
)
from avis.spelling import suggest

RIPPLE_GROUP = (8, 12)
"""How many people a ripple exercise is made for."""
RIPPLE_MOST = 20


def check_meaning(record: Record, marked: Marked, problems: Problems) -> None:
    """Check one record.

    Errors: SRC-433 a selection of a story that is not there, SRC-436 a score of no indicator, SRC-437 a score
    off its scale, SRC-438 one indicator twice, SRC-444 a scale upside down, SRC-445 fewer collected than
    written, SRC-448 a group of one. Warnings: SRC-434 kept at a level without the level before, SRC-435 no
    reason, SRC-439 an indicator without a score, SRC-440 one group only, SRC-441 and SRC-442 too few or too
    many for ripples, SRC-443 no independent person substantiated.
    """
    _CHECKS[type(record)](record, marked, problems)


def _check_change(record: MostSignificantChange, marked: Marked, problems: Problems) -> None:
    if record.collected and record.collected < len(record.stories):
        problems.add("SRC-445", marked.place(("collected",)), written=len(record.stories))
    known = [story.id for story in record.stories]
    kept: set[str] | None = None
    order = sorted(range(len(record.selections)), key=lambda index: record.selections[index].level)
    for index in order:
        selection = record.selections[index]
        _check_selection(selection, ("selections", index), known, kept, marked, problems)
        kept = {choice.story for choice in selection.choices if choice.chosen}


def _check_selection(
    selection: Selection,
    keys: Keys,
    known: list[str],
    kept: set[str] | None,
    marked: Marked,
    problems: Problems,
) -> None:
    for number, choice in enumerate(selection.choices):
        place = marked.place((*keys, "choices", number, "story"))
        if choice.story not in known:
            problems.add("SRC-433", place, **suggest(choice.story, known))
        elif kept is not None and choice.story not in kept:
            problems.warn("SRC-434", place, id=choice.story, level=selection.level)
        if choice.reason is None:
            problems.warn("SRC-435", place, id=choice.story, level=selection.level)


def _check_harvest(record: OutcomeHarvest, marked: Marked, problems: Problems) -> None:
    for index, outcome in enumerate(record.outcomes):
        if not any(one.independent for one in outcome.substantiation):
            problems.warn("SRC-443", marked.place(("outcomes", index)), id=outcome.id)


def _check_h_form(record: HForm, marked: Marked, problems: Problems) -> None:
    _check_group(record.participants, ("participants",), marked, problems)
    _check_scale(record.scale, marked, problems)
    if record.group_rating is not None:
        _check_on_scale(record.group_rating, record.scale, ("group_rating",), marked, problems)


def _check_card(record: Scorecard, marked: Marked, problems: Problems) -> None:
    _check_scale(record.scale, marked, problems)
    if len(record.groups) < 2:
        problems.warn("SRC-440", marked.place(("groups",)))
    for index, group in enumerate(record.groups):
        _check_group(group.participants, ("groups", index, "participants"), marked, problems)
        _check_scores(record, group.scores, ("groups", index), marked, problems)
    if record.provider is not None:
        _check_scores(record, record.provider.scores, ("provider",), marked, problems)


def _check_scores(
    record: Scorecard, scores: tuple[Score, ...], keys: Keys, marked: Marked, problems: Problems
) -> None:
    left = [indicator.id for indicator in record.indicators]
    known = tuple(left)
    for number, given in enumerate(scores):
        place = marked.place((*keys, "scores", number, "indicator"))
        if given.indicator not in known:
            problems.add("SRC-436", place, **suggest(given.indicator, known))
        elif given.indicator not in left:
            problems.add("SRC-438", place, id=given.indicator)
        else:
            left.remove(given.indicator)
        if given.score is not None:
            _check_on_scale(given.score, record.scale, (*keys, "scores", number, "score"), marked, problems)
    if left:
        problems.warn("SRC-439", marked.place((*keys, "scores")), missing=", ".join(left))


def _check_ripples(record: RippleEffects, marked: Marked, problems: Problems) -> None:
    fewest, usual = RIPPLE_GROUP
    place = marked.place(("participants",))
    if record.participants > RIPPLE_MOST:
        problems.warn("SRC-442", place, most=RIPPLE_MOST)
    elif not fewest <= record.participants <= usual:
        problems.warn("SRC-441", place, fewest=fewest, usual=usual)


def _check_group(participants: int, keys: Keys, marked: Marked, problems: Problems) -> None:
    """Refuse the rating of one person: a record holds what groups settled on, nobody's own rating."""
    if participants < 2:
        problems.add("SRC-448", marked.place(keys))


def _check_scale(scale: Scale, marked: Marked, problems: Problems) -> None:
    if scale.lowest >= scale.highest:
        problems.add("SRC-444", marked.place(("scale", "highest")))


def _check_on_scale(given: int, scale: Scale, keys: Keys, marked: Marked, problems: Problems) -> None:
    if not scale.lowest <= given <= scale.highest:
        problems.add("SRC-437", marked.place(keys), lowest=scale.lowest, highest=scale.highest)


_CHECKS: dict[type, Callable[[Any, Marked, Problems], None]] = {
    MostSignificantChange: _check_change,
    OutcomeHarvest: _check_harvest,
    HForm: _check_h_form,
    Scorecard: _check_card,
    RippleEffects: _check_ripples,
}
