"""Records of methods → exhibits: what may be shown of a story, an outcome, an H-form, a scorecard, ripples.

A rating is what a group settled on together, so it tells what each of its members holds: it is shown only
where the group counts as many people as the threshold, and no average or total is made of several. Words of
a smaller group stand without saying of which group. What was not kept in a selection is never shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from avis.exhibits import Evidence, Fact, Part, Story, Words
from avis.handover.circumstances import circumstances, is_replaced, with_brackets
from avis.handover.readable import Readable
from avis.handover.scorecards import card
from avis.i18n import LANGUAGES, both, date, pick, say
from avis.sources.stories import Stories, story_segments
from avis.sources.stories_model import (
    HForm,
    MostSignificantChange,
    Outcome,
    OutcomeHarvest,
    Record,
    RippleEffects,
    Said,
    Scorecard,
    Substantiation,
    ToldStory,
)


@dataclass(frozen=True)
class Desk:
    """What making an exhibit needs: words that may be read, the threshold, how each meeting is told."""

    readable: Readable
    threshold: int
    altered: frozenset[str] = field(default=frozenset(), repr=False)
    """Words, as they are printed, of which some were replaced."""

    def people(self, n: int) -> Words:
        """Say how many people a group counts, or that they are fewer than the threshold."""
        if n < self.threshold:
            return both("handover.story.small", threshold=self.threshold)
        return both("handover.story.people", n=n)


def make_stories(
    stories: Stories, meetings: pd.DataFrame, readable: Readable, threshold: int
) -> tuple[Story, ...]:
    """Give each record as it may be shown, in the order of the files.

    Takes the meetings of the notes (id, kind, date). Who may read which words is resolved word by word.
    """
    told = {
        str(row["id"]): circumstances(str(row["kind"]), str(row["date"]))
        for row in meetings.to_dict("records")
    }
    segments = story_segments(stories)
    altered = frozenset(
        words
        for id, said in zip(segments["id"], segments["text"], strict=True)
        if is_replaced(words := readable.words.get(id, ""), said)
    )
    desk = Desk(readable, threshold, altered)
    return tuple(_story(record, told.get(record.meeting, {}), desk) for record in stories.records)


def _story(record: Record, setting: Words, desk: Desk) -> Story:
    method, make = _MAKERS[type(record)]
    hidden, parts = make(record, desk)
    printed = {wording.text for part in parts["parts"] for one in part.told for wording in one.wordings}
    altered = not printed.isdisjoint(desk.altered)
    rule = both(f"handover.story.rule.{method}")
    return Story(
        id=record.id,
        method=method,  # type: ignore[arg-type]
        title=record.title,
        setting=with_brackets(setting) if altered else setting,
        evidence=Evidence(rule=rule, protection=_protection(hidden, altered, desk), sources=("stories",)),
        **parts,
    )


def _protection(hidden: bool, altered: bool, desk: Desk) -> Words:
    told = [both("handover.story.protected.scores", threshold=desk.threshold)] if hidden else []
    told += [both("handover.replaced")] if altered else []
    return {lang: " ".join(one[lang] for one in told) for lang in LANGUAGES} if told else {}


Made = tuple[bool, dict[str, Any]]
"""Whether a figure was hidden, and the fields of a `Story` that a method fills."""


def fact(key: str, text: Words, **named: object) -> Fact:
    """Give a term of `[story.fact]` with what is said of it."""
    return Fact(label=both(f"handover.story.fact.{key}", **named), text=text)


def dated(text: Words, month: str) -> Words:
    """Add a month in words, where there is one."""
    if not month:
        return text
    return {
        lang: say("handover.story.dated", lang, text=pick(text, lang)[0], when=date(month[:7], lang))
        for lang in LANGUAGES
    }


# --- Most Significant Change


def _change(record: MostSignificantChange, desk: Desk) -> Made:
    collected = both("handover.story.collected", n=record.collected or len(record.stories))
    facts = [fact("domain", record.domain), fact("collected", collected)]
    refused: set[str] = set()
    for selection in sorted(record.selections, key=lambda one: one.level):
        kept = sum(choice.chosen for choice in selection.choices)
        refused |= {choice.story for choice in selection.choices if not choice.chosen}
        text = both("handover.story.kept", n=kept, by=selection.by)
        facts.append(fact("selection", text, n=selection.level))
    chosen = {choice.story for one in record.selections for choice in one.choices if choice.chosen} - refused
    parts = [part for story in record.stories if story.id in chosen for part in _kept(record, story, desk)]
    return False, {"facts": tuple(facts), "parts": tuple(parts)}


def _kept(record: MostSignificantChange, story: ToldStory, desk: Desk) -> list[Part]:
    """Give a story that was kept, then the reasons; nothing at all where its words may not be read."""
    words = desk.readable.told(story)
    if not words:
        return []
    facts = []
    if story.fed_back is not None:
        facts.append(fact("told_back", _month(story.fed_back.on, story.fed_back.to)))
    if story.verified is not None:
        how = both("handover.story.by", by=story.verified.by, text=story.verified.how)
        facts.append(fact("verified", how))
    label = story.title or both("handover.story.untitled")
    reasons = [
        told
        for selection in sorted(record.selections, key=lambda one: one.level)
        for choice in selection.choices
        if choice.story == story.id
        for told in desk.readable.told(choice.reason, selection.by, within=story)
    ]
    parts = [Part(label=label, facts=tuple(facts), told=words)]
    if reasons:
        parts.append(Part(label=both("handover.story.part.reasons"), told=tuple(reasons)))
    return parts


def _month(month: str, to: Words) -> Words:
    when: Words = {lang: date(month[:7], lang) for lang in LANGUAGES}
    return both("handover.story.by", by=when, text=to) if to else when


# --- outcome harvesting


def _harvest(record: OutcomeHarvest, desk: Desk) -> Made:
    return False, {"parts": tuple(_outcome(outcome, desk) for outcome in record.outcomes)}


def _outcome(outcome: Outcome, desk: Desk) -> Part:
    facts = [fact("significance", outcome.significance), fact("contribution", outcome.contribution)]
    facts += [fact("evidence", text) for text in outcome.evidence]
    facts += [fact("substantiation", text) for text in _substantiated(outcome)]
    told = [words for said in outcome.words for words in desk.readable.told(said)]
    told += [words for one in outcome.substantiation for words in desk.readable.told(one.comment, one.by)]
    return Part(label=dated(outcome.outcome, outcome.on), facts=tuple(facts), told=tuple(told))


def _substantiated(outcome: Outcome) -> list[Words]:
    said = [_agrees(one) for one in outcome.substantiation]
    if any(one.independent for one in outcome.substantiation):
        return said
    return [*said, both("handover.story.agrees.nobody")]


def _agrees(one: Substantiation) -> Words:
    key = one.agrees if one.independent else f"tied_{one.agrees}"
    return dated(both(f"handover.story.agrees.{key}", by=one.by), one.on[:4])


# --- H-form


def _h_form(record: HForm, desk: Desk) -> Made:
    scale, large = record.scale, record.participants >= desk.threshold
    ends = {"lowest": scale.lowest, "highest": scale.highest}
    rating: Words
    if record.group_rating is None:
        rating = both("handover.story.no_rating")
    elif large:
        rating = both("handover.story.score", n=record.group_rating, **ends)
    else:
        rating = both("handover.story.hidden", threshold=desk.threshold)
    facts = (
        fact("question", record.question),
        fact("scale", both("handover.story.scale", low=scale.low, high=scale.high, **ends)),
        fact("participants", desk.people(record.participants)),
        fact("group_rating", rating),
    )
    sides: tuple[tuple[str, tuple[Said, ...]], ...] = (
        ("pulls_up", record.pulls_up),
        ("pulls_down", record.pulls_down),
        ("suggestions", record.suggestions),
    )
    parts = [
        Part(label=both(f"handover.story.part.{name}"), told=told)
        for name, said in sides
        if (told := tuple(words for one in said for words in desk.readable.told(one)))
    ]
    return record.group_rating is not None and not large, {"facts": facts, "parts": tuple(parts)}


# --- ripple effects


def _ripples(record: RippleEffects, desk: Desk) -> Made:
    parts = []
    for ring in sorted({ripple.ring for ripple in record.ripples}):
        for effect in ("positive", "negative"):
            found = [ripple for ripple in record.ripples if (ripple.ring, ripple.effect) == (ring, effect)]
            told = tuple(words for one in found for words in desk.readable.told(one, one.noticed_by))
            if told:
                parts.append(Part(label=both(f"handover.story.part.{effect}", n=ring), told=told))
    facts = (fact("change", record.change), fact("participants", desk.people(record.participants)))
    return False, {"facts": facts, "parts": tuple(parts)}


def _scorecard(record: Scorecard, desk: Desk) -> Made:
    return card(record, desk.readable, desk.threshold)


_MAKERS: dict[type, tuple[str, Callable[[Any, Desk], Made]]] = {
    MostSignificantChange: ("most_significant_change", _change),
    OutcomeHarvest: ("outcome_harvesting", _harvest),
    HForm: ("h_form", _h_form),
    Scorecard: ("community_scorecard", _scorecard),
    RippleEffects: ("ripple_effects", _ripples),
}
