"""What the avis before asked, and still waits for: it goes on in the next one, line by line of `suites.csv`.

Only sealed exhibits of the former evaluation are read: what was adopted and may be published, never a source.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from avis.errors import AvisError, Place, Problems
from avis.evaluation import Evaluation
from avis.exhibits import Exhibits, FollowUp, Recommendation, Words
from avis.folders import Folders
from avis.i18n import LANGUAGES
from avis.sealing import load

OPEN = ("none", "in_part")
"""Answers after which a recommendation is still waited for."""


def former(opened: Evaluation) -> Folders | None:
    """Find the evaluation that `follows` names, by its path from this one or its name beside it."""
    named = opened.settings.follows
    for folder in (opened.folders.root / named, opened.folders.root.parent / named):
        if named and (folder / "evaluation.yaml").is_file():
            return Folders(folder.resolve())
    return None


def carried(exhibits: Exhibits) -> list[dict[str, str]]:
    """Give what goes on, as rows of `tables/follow_up.json`: id, recommendation_fr… to source.

    First what was still waited for, with its answer; then each recommendation that was adopted, without one.
    The id of a recommendation begins with the evaluation's name: no two avis share one.
    """
    waiting = [item for item in exhibits.exhibits if isinstance(item, FollowUp) and item.answer in OPEN]
    asked = [item for item in exhibits.exhibits if isinstance(item, Recommendation)]
    asked.sort(key=lambda item: item.number)
    return [*map(_waiting, waiting), *(_asked(item, exhibits.setting.slug) for item in asked)]


def _waiting(item: FollowUp) -> dict[str, str]:
    ((language, words),) = tuple(item.words.items())[:1] or (("", ""),)
    return {
        "id": item.id,
        **_both("recommendation", item.recommendation),
        **_both("addressee", item.addressee),
        "asked_on": item.asked_on,
        "due_on": item.due_on,
        "answer": item.answer,
        "words": words,
        "words_language": language,
        "source": item.source,
    }


def _asked(item: Recommendation, slug: str) -> dict[str, str]:
    """Take the words that the group adopted or approved: an open translation is not what was asked."""
    said = {one.language: one.text for one in item.wordings if one.approved or one.original}
    return {
        "id": f"{slug}-{item.id}",
        **_both("recommendation", said),
        **_both("addressee", item.addressee),
        "asked_on": item.adoption.month,
        "due_on": "",
        "answer": "none",
        "words": "",
        "words_language": "",
        "source": "",
    }


def _both(name: str, words: Words) -> dict[str, str]:
    return {f"{name}_{lang}": words.get(lang, "") for lang in LANGUAGES}


def not_carried(opened: Evaluation, rows: pd.DataFrame, problems: Problems) -> list[dict[str, str]]:
    """Give the rows of the former avis that no row of this one goes on with.

    Warnings: EVA-060 the former evaluation is not there, EVA-061 its exhibits cannot be read.
    """
    place = opened.place("follows")
    folders = former(opened)
    if folders is None:
        problems.warn("EVA-060", place)
        return []
    try:
        exhibits = load(folders.exhibits)
    except AvisError:
        problems.warn("EVA-061", place, slug=folders.slug)
        return []
    known = set(rows["id"]) if len(rows) else set()
    return [row for row in carried(exhibits) if row["id"] not in known]


def tell_carried(opened: Evaluation, rows: pd.DataFrame, problems: Problems) -> None:
    """Warn of each recommendation of the former avis that this one forgot, or says in other words.

    Warnings: EVA-062 forgotten, EVA-063 said in other words, and those of `not_carried`.
    """
    if not opened.settings.follows:
        return
    for row in not_carried(opened, rows, problems):
        problems.warn("EVA-062", opened.place("follows"), id=row["id"])
    folders = former(opened)
    if folders is None or not folders.exhibits.is_file() or rows.empty:
        return
    try:
        before = {row["id"]: row for row in carried(load(folders.exhibits))}
    except AvisError:
        return
    for now in rows.to_dict("records"):
        then = before.get(str(now["id"]))
        said: Words = {lang: str(now[f"recommendation_{lang}"]) for lang in LANGUAGES}
        if then is not None and _differ(then, said):
            problems.warn("EVA-063", Place(str(now["file"]), line=int(now["row"])), id=then["id"])


def _differ(before: dict[str, str], said: Words) -> bool:
    """Compare words alone, in the languages that the former avis has: spaces and dashes are set anew."""
    pairs = [(before[f"recommendation_{lang}"], text) for lang, text in said.items()]
    return any(then and re.findall(r"\w+", then) != re.findall(r"\w+", now) for then, now in pairs)


def place_of(opened: Evaluation) -> Path:
    """Give the file that follow-up stands in: the one that is named, else `sources/suites.csv`."""
    return opened.folders.root / (opened.settings.sources.follow_up or "sources/suites.csv")
