"""The group's own levels of agreement on paper: ballots all alike, labels for piles, a scale for the wall."""

from __future__ import annotations

from collections import Counter
from typing import Any

from avis.evaluation import Evaluation
from avis.i18n import language_name
from avis.room.cards.pictures import Said, own_languages, paper, said, spoken
from avis.settings import Scale, ScaleLevel


def ballots(evaluation: Evaluation, id: str, scale: Scale, languages: tuple[str, ...]) -> str:
    """Give the Typst source of a page of four ballots: no number, no date, all languages on each.

    Levels that have no words in a language keep their drawing and the words of the others.
    """
    return _paper(
        "bulletins", "ballots", evaluation, id, levels(scale, languages, to_fill=False), languages, scale
    )


def pile_labels(evaluation: Evaluation, id: str, scale: Scale, languages: tuple[str, ...]) -> str:
    """Give the Typst source of the labels: one a level, and one for ballots that say nothing."""
    unanswered = {"picto": "paper", "strokes": 0, "words": said("unanswered", languages)}
    shown = [*levels(scale, languages), unanswered]
    return _paper("piles", "piles", evaluation, id, shown, languages, scale)


def wall_scale(evaluation: Evaluation, id: str, scale: Scale, languages: tuple[str, ...]) -> str:
    """Give the Typst source of the scale for the wall: a page a level."""
    return _paper("mur", "wall", evaluation, id, levels(scale, languages), languages, scale)


def levels(scale: Scale, languages: tuple[str, ...], to_fill: bool = True) -> list[dict[str, Any]]:
    """Give each level with its drawing and its words; an empty line where a speaker has still to write them.

    Levels of one kind share a drawing: strokes below tell the first from the second.
    """
    kinds, seen = Counter(level.kind for level in scale.levels), Counter[str]()
    found = []
    for level in scale.levels:
        seen[level.kind] += 1
        strokes = seen[level.kind] if kinds[level.kind] > 1 else 0
        found.append({"picto": level.kind, "strokes": strokes, "words": _words(level, languages, to_fill)})
    return found


def _words(level: ScaleLevel, languages: tuple[str, ...], to_fill: bool) -> list[Said]:
    """The words of a level; in another language than those asked for where it has none of them."""
    told_in = own_languages(languages)[0]
    words = [
        spoken(lang, level.label.get(lang, ""), language_name(lang, told_in))
        for lang in languages
        if to_fill or lang in level.label
    ]
    if any(word["text"] for word in words):
        return words
    return [*(spoken(lang, text) for lang, text in list(level.label.items())[:2]), *words]


def version_of(id: str, scale: Scale, languages: tuple[str, ...]) -> str:
    """Name a scale with its version, in small letters: what a pile of ballots meant is known years later."""
    told = said("version", languages, scale=id, version=str(scale.version))
    return " · ".join(words["text"] for words in told)


def _paper(
    template: str,
    title: str,
    evaluation: Evaluation,
    id: str,
    shown: list[dict[str, Any]],
    languages: tuple[str, ...],
    scale: Scale,
) -> str:
    return paper(
        template,
        evaluation,
        " / ".join(words["text"] for words in said(f"titles.{title}", languages)),
        own_languages(languages)[0],
        levels=shown,
        version=version_of(id, scale, languages),
    )
