"""Findings that are there and up to date: notebook 40 counts again what is missing or stale.

Protecting yesterday's counts, or none, would seal a hand-over that nobody meant.
"""

from __future__ import annotations

from collections.abc import Callable

from avis.errors import AvisError
from avis.evaluation import Evaluation
from avis.findings.model import Findings, load_all
from avis.inputs import COUNTED, counted_digest, spoken_digest
from avis.steps.activities import count_activities, load_activities
from avis.steps.counted import Counted, store
from avis.steps.survey import count_surveys, load_surveys
from avis.steps.workshops import count_workshops, load_workshops

SPOKEN_FROM = "spoken.txt"
"""In the private folder: the hash of the words, consents and decisions that the hand-over was made from."""


def _activities(evaluation: str) -> Counted:
    return count_activities(load_activities(evaluation))


def _surveys(evaluation: str) -> Counted:
    return count_surveys(load_surveys(evaluation))


def _workshops(evaluation: str) -> Counted:
    return count_workshops(load_workshops(evaluation))


_COUNT: dict[str, Callable[[str], Counted]] = {
    "activites": _activities,
    "questionnaire": _surveys,
    "ateliers": _workshops,
}


def is_fresh(opened: Evaluation) -> bool:
    """Tell whether the hand-over holds what the sources say; a build that broke off leaves an old one."""
    folders = opened.folders
    try:
        kept = {group.name: group.inputs for group in load_all(folders.findings)}
    except AvisError:
        return False
    try:
        spoken = (folders.private / SPOKEN_FROM).read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    counted = spoken == spoken_digest(opened) and all(
        kept.get(name) == counted_digest(opened, name) for name in COUNTED
    )
    made = [path.stat().st_mtime_ns for path in folders.findings.glob("*.json")]
    return counted and folders.exhibits.stat().st_mtime_ns >= max(made)


def fresh_findings(opened: Evaluation) -> tuple[Findings, ...]:
    """Give all findings of an evaluation, counting again those whose sources changed or that are missing."""
    kept = {group.name: group for group in load_all(opened.folders.findings)}
    for name in COUNTED:
        if name not in kept or kept[name].inputs != counted_digest(opened, name):
            kept[name] = store(_COUNT[name](str(opened.folders.root)))
    return tuple(kept[name] for name in COUNTED)
