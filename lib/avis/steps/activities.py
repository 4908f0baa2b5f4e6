"""Notebook 10: the activity log becomes counted indicators."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from avis.disclosure.rules import MINORS_THRESHOLD
from avis.errors import Problems
from avis.evaluation import Evaluation, open_evaluation
from avis.findings.counts import count_indicators
from avis.findings.model import Findings
from avis.i18n import language, say
from avis.sources.activities import read_activities
from avis.sources.references.bibliography import published_sources
from avis.sources.registers import read_persons, read_published
from avis.steps.counted import Counted, source
from avis.steps.parameters import COUNTING, refuse_unknown
from avis.steps.views import View, Viewed, remarks


@dataclass(frozen=True, repr=False)
class Activities(Viewed):
    """The activity log, the persons and the published figures, as they were understood."""

    evaluation: Evaluation
    activities: pd.DataFrame
    persons: pd.DataFrame
    published: pd.DataFrame
    remarks: str

    def views(self) -> list[View]:
        labels = self.evaluation.settings.labels.get("type", {})
        printed = {id: label.words.get(language(), id) for id, label in labels.items()}
        types = self.activities["type"].replace(printed)
        by_type = self.activities.groupby(types, sort=True, observed=True).size()
        frame = by_type.rename(say("notebooks.rows")).rename_axis(say("notebooks.type")).reset_index()
        title = say("notebooks.activities", rows=len(self.activities), figures=len(self.published))
        return [View(title, frame, remarks=self.remarks)]


def load_activities(evaluation: str) -> Activities:
    """Read the activity files, persons and published figures; raises all their problems at once (SRC-…)."""
    refuse_unknown(COUNTING)
    opened, problems = open_evaluation(evaluation), Problems()
    activities = read_activities(opened, problems)
    persons = read_persons(opened, problems)
    published = read_published(opened, problems)
    problems.raise_errors()
    return Activities(opened, activities, persons, published, remarks(problems))


def count_activities(loaded: Activities) -> Counted:
    """Count each indicator by its own rule; adding people is an error, not a number (FIN-001)."""
    settings, problems = loaded.evaluation.settings, Problems()
    findings = count_indicators(
        loaded.activities,
        loaded.persons,
        loaded.published,
        settings.indicators,
        settings.period.start,
        settings.period.end,
        settings.minors,
        problems,
        max(settings.disclosure.threshold, MINORS_THRESHOLD),
        settings.labels,
    )
    sources = (source("activities"), *published_sources(loaded.published).values())
    counted = Findings(name="activites", findings=tuple(findings), sources=sources)
    return Counted(loaded.evaluation, counted, remarks(problems))
