"""Private views of records: selections, outcomes by substantiation, an H, a board of scores, ripples.

Nobody is ranked: stories stand in the order of the file, and no view holds a sum or a mean of scores.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import pandas as pd

from avis.exhibits import Words
from avis.i18n import Language, date, language, pick, say
from avis.sources.stories_model import (
    HForm,
    MostSignificantChange,
    Outcome,
    OutcomeHarvest,
    Record,
    RippleEffects,
    Said,
    Score,
    Scorecard,
    Selection,
)


@dataclass(frozen=True, repr=False)
class Sight:
    """One table about one record, for evaluators alone: it holds words of people."""

    record: str
    title: str
    frame: pd.DataFrame


def look_at(record: Record) -> list[Sight]:
    """Give the tables of a record, in the language of messages."""
    return _VIEWS[type(record)](record, language())


def _word(key: str, lang: Language, **facts: object) -> str:
    return say(f"findings.stories.{key}", lang, **facts)


def _sight(record: Record, key: str, rows: list[dict[str, Any]], lang: Language) -> Sight:
    title = f"{pick(record.title, lang)[0]} — {_word(f'title.{key}', lang)}"
    heads = {name: _word(f"column.{name}", lang) for row in rows for name in row if not name.startswith("=")}
    named = [{heads.get(name, name.removeprefix("=")): value for name, value in row.items()} for row in rows]
    return Sight(record.id, title, pd.DataFrame(named))


def _text(text: Words, lang: Language) -> str:
    return pick(text, lang)[0]


def _words(said: Said | None) -> str:
    return said.words.strip() if said is not None else ""


# --- Most Significant Change


def _change(record: MostSignificantChange, lang: Language) -> list[Sight]:
    stories = [
        {
            "story": story.id,
            "words": _words(story),
            "language": story.language,
            "collected_on": date(story.collected_on, lang) if story.collected_on else "",
            "verified": _text(story.verified.by, lang) if story.verified else _word("no", lang),
            "fed_back": date(story.fed_back.on, lang) if story.fed_back else _word("no", lang),
        }
        for story in record.stories
    ]
    ordered = sorted(record.selections, key=lambda one: one.level)
    collected = {"level": _word("collected", lang), "by": "", "kept": "", "among": ""}
    funnel = [
        collected | {"kept": str(record.collected or len(record.stories))},
        *(_step(one, lang) for one in ordered),
    ]
    reasons = [
        {
            "level": str(selection.level),
            "story": choice.story,
            "chosen": _word("yes" if choice.chosen else "no", lang),
            "reason": _words(choice.reason) or _word("no_reason", lang),
        }
        for selection in ordered
        for choice in selection.choices
    ]
    return [
        _sight(record, "stories", stories, lang),
        _sight(record, "funnel", funnel, lang),
        _sight(record, "reasons", reasons, lang),
    ]


def _step(selection: Selection, lang: Language) -> dict[str, str]:
    """Give one level: who chose, how many were kept among how many."""
    kept = sum(choice.chosen for choice in selection.choices)
    by = _text(selection.by, lang)
    return {"level": str(selection.level), "by": by, "kept": str(kept), "among": str(len(selection.choices))}


# --- outcome harvesting

_STATES = ("fully", "partly", "not", "nobody")


def substantiated(outcome: Outcome) -> str:
    """Tell how far independent people substantiated an outcome: the most doubtful of them counts.

    >>> substantiated(Outcome(id="e1", outcome={}, significance={}, contribution={}))
    'nobody'
    """
    said = [one.agrees for one in outcome.substantiation if one.independent]
    return max(said, key=_STATES.index, default="nobody")


def _harvest(record: OutcomeHarvest, lang: Language) -> list[Sight]:
    rows = [
        {
            "substantiated": _word(f"substantiated.{state}", lang),
            "outcome": _text(outcome.outcome, lang),
            "significance": _text(outcome.significance, lang),
            "contribution": _text(outcome.contribution, lang),
            "evidence": " · ".join(_text(text, lang) for text in outcome.evidence),
            "comment": " · ".join(filter(None, (_words(one.comment) for one in outcome.substantiation))),
        }
        for state in _STATES
        for outcome in record.outcomes
        if substantiated(outcome) == state
    ]
    return [_sight(record, "outcomes", rows, lang)]


# --- H-form


def _h_form(record: HForm, lang: Language) -> list[Sight]:
    """Lay the record out as the sheet on the wall: what pulls down, question and rating, what pulls up."""
    scale = record.scale
    rating = _word("no_rating", lang) if record.group_rating is None else str(record.group_rating)
    ends = f"{scale.lowest} « {_text(scale.low, lang)} » — {scale.highest} « {_text(scale.high, lang)} »"
    middle = [_text(record.question, lang), ends, f"{_word('column.group_rating', lang)} : {rating}"]
    middle.append(_word("participants", lang, n=record.participants))
    down, up = [_words(one) for one in record.pulls_down], [_words(one) for one in record.pulls_up]
    rows = [
        {"pulls_down": low or "", "middle": line or "", "pulls_up": high or ""}
        for low, line, high in zip_longest(down, middle, up)
    ]
    asked = [{"suggestions": _words(one)} for one in record.suggestions]
    found = [_sight(record, "h_form", rows, lang)]
    return [*found, _sight(record, "suggestions", asked, lang)] if asked else found


# --- scorecard


def _card(record: Scorecard, lang: Language) -> list[Sight]:
    labelled = [
        (f"={_text(group.label, lang)} ({group.participants})", group.scores) for group in record.groups
    ]
    if record.provider is not None:
        labelled.append((f"={_text(record.provider.label, lang)}", record.provider.scores))
    board, reasons = [], []
    for indicator in record.indicators:
        row = {"indicator": _text(indicator.label, lang)}
        for label, scores in labelled:
            given = next((one for one in scores if one.indicator == indicator.id), None)
            row[label] = _score(given)
            if given is not None and given.reason is not None:
                said = {"indicator": row["indicator"], "group": label.removeprefix("=")}
                reasons.append({**said, "reason": _words(given.reason)})
        board.append(row)
    plan = [
        {
            "action": _text(one.action, lang),
            "by": _text(one.by, lang) if one.by else "",
            "due": date(one.due, lang) if one.due else "",
        }
        for one in record.action_plan
    ]
    absent = [{"absent": _text(record.absent, lang)}]
    parts = (("board", board), ("card_reasons", reasons), ("absent", absent), ("plan", plan))
    return [_sight(record, key, rows, lang) for key, rows in parts if rows]


def _score(given: Score | None) -> str:
    return "–" if given is None or given.score is None else str(given.score)


# --- ripple effects


def _ripples(record: RippleEffects, lang: Language) -> list[Sight]:
    rows = [
        {
            "ring": str(ripple.ring),
            "effect": _word(ripple.effect, lang),
            "words": _words(ripple),
            "noticed_by": _text(ripple.noticed_by, lang) if ripple.noticed_by else "",
        }
        for ripple in sorted(record.ripples, key=lambda one: one.ring)
    ]
    return [_sight(record, "ripples", rows, lang)]


_VIEWS: dict[type, Callable[[Any, Language], list[Sight]]] = {
    MostSignificantChange: _change,
    OutcomeHarvest: _harvest,
    HForm: _h_form,
    Scorecard: _card,
    RippleEffects: _ripples,
}
