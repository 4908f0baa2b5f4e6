"""Notebook 20: survey answers become counted tables, each with its base."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from avis.errors import Problems
from avis.evaluation import Evaluation, open_evaluation
from avis.findings.answers import count_answers
from avis.findings.bands import tie_bands
from avis.findings.change import before_after, pairing
from avis.findings.model import Finding, Findings
from avis.i18n import say
from avis.sources.registers import read_persons
from avis.sources.surveys.wave import Survey, read_survey
from avis.steps.counted import Counted, source
from avis.steps.parameters import COUNTING, refuse_unknown
from avis.steps.views import View, Viewed, remarks


@dataclass(frozen=True, repr=False)
class Surveys(Viewed):
    """The waves of the survey as they were understood: records, questions, the status of every answer."""

    evaluation: Evaluation
    waves: tuple[Survey, ...]
    persons: pd.DataFrame
    remarks: str

    def views(self) -> list[View]:
        rows = [
            {
                say("notebooks.wave"): wave.id,
                say("notebooks.records"): len(wave.records),
                say("notebooks.questions"): int((wave.questions["role"] == "question").sum()),
            }
            for wave in self.waves
        ]
        return [View(say("notebooks.surveys"), pd.DataFrame(rows), remarks=self.remarks)]


def load_surveys(evaluation: str) -> Surveys:
    """Read the forms and answers of every wave; raises all their problems at once (SRC-…)."""
    refuse_unknown(COUNTING)
    opened, problems = open_evaluation(evaluation), Problems()
    waves = tuple(read_survey(opened, wave, problems) for wave in opened.settings.sources.surveys)
    persons = read_persons(opened, problems)
    problems.raise_errors()
    return Surveys(opened, waves, persons, remarks(problems))


def count_surveys(loaded: Surveys) -> Counted:
    """Count the answers to each question shown, and before against after by person code."""
    findings: list[Finding] = []
    settings, problems = loaded.evaluation.settings, Problems()
    last = max(loaded.waves, key=lambda wave: wave.wave) if len(loaded.waves) > 1 else None
    for wave, config in zip(loaded.waves, settings.sources.surveys, strict=True):
        for shown in (shown for shown in config.show if not (shown.change and wave is last)):
            findings += count_answers(wave, shown, loaded.persons, settings, problems)
    findings += _changes(loaded, problems)
    findings = tie_bands(findings, loaded.persons)
    sources = tuple(
        source("survey", f"questionnaire-{config.id}", dict(config.title) or None)
        for config in settings.sources.surveys
    )
    counted = Findings(name="questionnaire", findings=tuple(findings), sources=sources)
    return Counted(loaded.evaluation, counted, remarks(problems))


def _changes(loaded: Surveys, problems: Problems) -> list[Finding]:
    """Compare the first and the last wave on the questions that ask for it."""
    if len(loaded.waves) < 2:
        return []
    order = sorted(range(len(loaded.waves)), key=lambda index: loaded.waves[index].wave)
    first, last = order[0], order[-1]
    config = loaded.evaluation.settings.sources.surveys[last]
    settings = loaded.evaluation.settings
    before, after = loaded.waves[first], loaded.waves[last]
    compared = [shown for shown in config.show if shown.change]
    found = [pairing(before, after, settings)] if compared else []
    for shown in compared:
        found += before_after(before, after, shown, settings, problems, loaded.persons)
    return found
