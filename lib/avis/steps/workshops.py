"""Notebook 30: workshop notes become themes; and how many words are covered by a consent, never whose."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from avis.consent.judging import judge
from avis.consent.ledger import read_consents
from avis.consent.minors import minors_of
from avis.errors import Problems
from avis.evaluation import Evaluation, as_of, open_evaluation
from avis.findings.model import Findings
from avis.findings.themes import count_themes
from avis.i18n import say
from avis.sources.coding.codebook import read_codebook
from avis.sources.meetings import read_notes
from avis.sources.notes.model import Notes
from avis.sources.registers import read_persons
from avis.steps.counted import Counted, source
from avis.steps.parameters import COUNTING, refuse_unknown
from avis.steps.views import View, Viewed, remarks


@dataclass(frozen=True, repr=False)
class Workshops(Viewed):
    """The notes of meetings as they were understood, and the codebook."""

    evaluation: Evaluation
    notes: Notes
    codebook: pd.DataFrame
    judged: pd.DataFrame
    remarks: str

    def views(self) -> list[View]:
        meetings = self.notes.meetings
        kinds = self.notes.segments.groupby("kind", observed=True).size()
        frame = kinds.rename(say("notebooks.count")).rename_axis(say("notebooks.kind")).reset_index()
        frame[say("notebooks.kind")] = [say(f"notebooks.kinds.{kind}") for kind in frame.iloc[:, 0]]
        reasons = self.judged.groupby("reason", observed=True).size()
        consent = reasons.rename(say("notebooks.count")).rename_axis(say("notebooks.reason")).reset_index()
        consent[say("notebooks.reason")] = [say(f"notebooks.reasons.{key}") for key in consent.iloc[:, 0]]
        title = say("notebooks.workshops", n=len(meetings))
        return [View(title, frame, remarks=self.remarks), View(say("notebooks.consents"), consent)]


def load_workshops(evaluation: str) -> Workshops:
    """Read notes, codebook and consents; raises all their problems at once (SRC-…)."""
    refuse_unknown(COUNTING)
    opened, problems = open_evaluation(evaluation), Problems()
    notes = read_notes(opened, problems)
    codebook = read_codebook(opened, problems)
    consents, persons = read_consents(opened, problems), read_persons(opened, problems)
    problems.raise_errors()
    minors = minors_of(opened.settings.minors, persons)
    return Workshops(
        opened, notes, codebook, judge(spoken(notes), consents, as_of(), minors=minors), remarks(problems)
    )


def spoken(notes: Notes) -> pd.DataFrame:
    """Give the words that somebody said and that can be named: columns contribution (segment id), text.

    A paragraph whose id is only proposed moves when another is inserted: no consent can bind to it.
    """
    segments = notes.segments
    speech = segments[(segments["kind"] == "speech") & segments["written_id"]]
    return speech[["id", "text"]].rename(columns={"id": "contribution"}).reset_index(drop=True)


def count_workshops(loaded: Workshops) -> Counted:
    """Count in how many meetings each theme came up; never how many people, never who."""
    notes = loaded.notes
    away = loaded.judged["reason"].isin(["withdrawn", "suspended"])
    withdrawn = frozenset(loaded.judged.loc[away, "contribution"])
    found = count_themes(notes.meetings, notes.segments, notes.codings, loaded.codebook, withdrawn)
    findings = Findings(name="ateliers", findings=tuple(found), sources=(source("notes"),))
    return Counted(loaded.evaluation, findings)
