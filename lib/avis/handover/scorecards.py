"""A community scorecard as it may be shown: scores of large groups side by side, the rest in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from avis.exhibits import Board, Fact, Part, Scored, Told, Words
from avis.handover.readable import Readable
from avis.i18n import LANGUAGES, both, date, pick, say
from avis.sources.stories_model import Action, Group, Indicator, Interface, Score, Scorecard


def card(record: Scorecard, readable: Readable, threshold: int) -> tuple[bool, dict[str, Any]]:
    """Give whether scores were hidden, and the facts, the board and the parts of a scorecard.

    The provider is a service, not a person: its own scores are shown. Where every group is smaller than the
    threshold there is no board, and the provider's scores stand with each indicator.
    """
    large = [group for group in record.groups if group.participants >= threshold]
    small = len(record.groups) - len(large)
    facts = [_fact("scale", _scale(record))]
    facts += [_fact("groups", _group(group)) for group in large]
    if small:
        facts.append(_fact("groups", both("handover.story.small_groups", n=small, threshold=threshold)))
    facts.append(_fact("absent", record.absent))
    if record.interface_meeting is not None:
        facts.append(_fact("interface", _interface(record.interface_meeting)))
    named = large if small != 1 else []
    parts = [_indicator(record, one, readable, named, bool(large)) for one in record.indicators]
    if record.action_plan:
        label = both("handover.story.part.action_plan")
        parts.append(Part(label=label, facts=tuple(map(_action, record.action_plan))))
    kept = tuple(part for part in parts if part.facts or part.told)
    made: dict[str, Any] = {"facts": tuple(facts), "parts": kept}
    if large:
        made["board"] = _board(record, large)
    return bool(small), made


def _fact(key: str, text: Words, **named: object) -> Fact:
    return Fact(label=both(f"handover.story.fact.{key}", **named), text=text)


def _scale(record: Scorecard) -> Words:
    scale = record.scale
    ends = {"lowest": scale.lowest, "highest": scale.highest}
    return both("handover.story.scale", low=scale.low, high=scale.high, **ends)


def _group(group: Group) -> Words:
    people = both("handover.story.people", n=group.participants)
    return both("handover.story.by", by=group.label, text=people)


def _interface(meeting: Interface) -> Words:
    """Say when groups and service met, with whom, and what they agreed."""
    told: Words = {lang: date(meeting.on[:7], lang) for lang in LANGUAGES}
    if meeting.with_:
        names = {lang: ", ".join(pick(one, lang)[0] for one in meeting.with_) for lang in LANGUAGES}
        told = {lang: f"{told[lang]}, {names[lang]}" for lang in LANGUAGES}
    return both("handover.story.by", by=told, text=meeting.agreed) if meeting.agreed else told


def _action(action: Action) -> Fact:
    text = dict(action.action)
    if action.by:
        text = both("handover.story.by", by=action.by, text=action.action)
    if action.due:
        text = {
            lang: say("handover.story.dated", lang, text=pick(text, lang)[0], when=date(action.due[:7], lang))
            for lang in LANGUAGES
        }
    return _fact("action", text)


def _board(record: Scorecard, large: Iterable[Group]) -> Board:
    scored: list[tuple[Words, tuple[Score, ...]]] = [(group.label, group.scores) for group in large]
    if record.provider is not None:
        scored.append((record.provider.label, record.provider.scores))
    ends = {"lowest": record.scale.lowest, "highest": record.scale.highest}
    return Board(
        title=both("handover.story.board", title=record.title, **ends),
        columns=tuple(label for label, _ in scored),
        rows=tuple(
            Scored(label=one.label, scores=tuple(_given(scores, one.id) for _, scores in scored))
            for one in record.indicators
        ),
    )


def _given(scores: Iterable[Score], indicator: str) -> int | None:
    return next((one.score for one in scores if one.indicator == indicator), None)


def _indicator(
    record: Scorecard, indicator: Indicator, readable: Readable, named: list[Group], boarded: bool
) -> Part:
    """Give the reasons of all groups on one indicator; those of a group that is not `named` without its name.

    Where one group alone is small, the words without a name would be hers: then no group is named, and the
    words stand in the order of the alphabet.
    """
    told: list[Told] = []
    for group in record.groups:
        by = group.label if group in named else {}
        for score in group.scores:
            if score.indicator == indicator.id:
                told += readable.told(score.reason, by)
    if not named:
        told.sort(key=lambda one: one.wordings[0].text)
    facts: list[Fact] = []
    if record.provider is not None:
        own = [score for score in record.provider.scores if score.indicator == indicator.id]
        for score in own:
            told += readable.told(score.reason, record.provider.label)
            if not boarded and score.score is not None:
                ends = {"lowest": record.scale.lowest, "highest": record.scale.highest}
                given = both("handover.story.score", n=score.score, **ends)
                facts.append(_fact("score_of", given, who=record.provider.label))
    return Part(label=indicator.label, facts=tuple(facts), told=tuple(told))
