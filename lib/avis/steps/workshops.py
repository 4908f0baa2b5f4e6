"""Notebook 30: workshop notes become themes; and how many words are covered by a consent, never whose."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from avis.consent.judging import judge
from avis.consent.ledger import read_consents
from avis.consent.minors import minors_of
from avis.errors import Problems
from avis.evaluation import Evaluation, as_of, open_evaluation
from avis.findings.coverage import count_coverage, cover, list_answers
from avis.findings.model import Findings
from avis.findings.themes import count_themes
from avis.i18n import LANGUAGES, language, say
from avis.sources.coding.codebook import read_changes, read_codebook
from avis.sources.meetings import read_notes
from avis.sources.notes.model import Notes
from avis.sources.registers import read_persons
from avis.sources.stories import Stories, read_stories, story_segments
from avis.steps.counted import Counted, source
from avis.steps.parameters import COUNTING, refuse_unknown
from avis.steps.views import View, Viewed, remarks
from avis.writing.deliberation import deliberate


@dataclass(frozen=True, repr=False)
class Workshops(Viewed):
    """The notes of meetings as they were understood, and the codebook."""

    evaluation: Evaluation
    notes: Notes
    codebook: pd.DataFrame
    changes: pd.DataFrame
    """The history of the codebook."""
    judged: pd.DataFrame
    covered: pd.DataFrame
    """Criteria that are asked for, and what answers them."""
    remarks: str

    @property
    def withdrawn(self) -> frozenset[str]:
        """Ids of the segments that somebody took back, or suspended."""
        away = self.judged["reason"].isin(["withdrawn", "suspended"])
        return frozenset(self.judged.loc[away, "contribution"])

    def views(self) -> list[View]:
        meetings = self.notes.meetings
        kinds = self.notes.segments.groupby("kind", observed=True).size()
        frame = kinds.rename(say("notebooks.count")).rename_axis(say("notebooks.kind")).reset_index()
        frame[say("notebooks.kind")] = [say(f"notebooks.kinds.{kind}") for kind in frame.iloc[:, 0]]
        reasons = self.judged.groupby("reason", observed=True).size()
        consent = reasons.rename(say("notebooks.count")).rename_axis(say("notebooks.reason")).reset_index()
        consent[say("notebooks.reason")] = [say(f"notebooks.reasons.{key}") for key in consent.iloc[:, 0]]
        title = say("notebooks.workshops", n=len(meetings))
        return [
            View(title, frame, remarks=self.remarks),
            View(say("notebooks.consents"), consent),
            self._history(),
        ]

    def _history(self) -> View:
        """Show what became of the codes, the latest first, and why."""
        lang = language()
        rows = self.changes.iloc[::-1]
        words = {
            name: rows[f"{name}_{lang}"].where(rows[f"{name}_{lang}"] != "", rows[f"{name}_{other}"])
            for other in LANGUAGES
            if other != lang
            for name in ("was", "reason")
        }
        told = [say(f"notebooks.coding.changes.{change}") for change in rows["change"]]
        frame = rows[["on", "code"]].assign(change=told, into=rows["into"], **words)
        heads = {name: say(f"notebooks.coding.columns.{name}") for name in frame.columns}
        return View(say("notebooks.coding.history"), frame.rename(columns=heads), private=False)


def load_workshops(evaluation: str) -> Workshops:
    """Read notes, codebook and consents; raises all their problems at once (SRC-…)."""
    refuse_unknown(COUNTING)
    opened, problems = open_evaluation(evaluation), Problems()
    notes = read_notes(opened, problems)
    codebook = read_codebook(opened, problems)
    deliberation = deliberate(opened, problems)
    consents, persons = read_consents(opened, problems), read_persons(opened, problems)
    problems.raise_errors()
    minors = minors_of(opened.settings.minors, persons)
    judged = judge(spoken(notes), consents, as_of(), minors=minors)
    settings = opened.settings
    answers = list_answers(settings, deliberation.items.values(), notes.codings["theme"])
    covered = cover(settings.request.questions if settings.request else (), settings.tags, answers)
    changes = read_changes(opened, codebook)
    return Workshops(opened, notes, codebook, changes, judged, covered, remarks(problems))


def spoken(notes: Notes) -> pd.DataFrame:
    """Give the words that somebody said and that can be named: columns contribution (segment id), text.

    A paragraph whose id is only proposed moves when another is inserted: no consent can bind to it.
    """
    segments = notes.segments
    speech = segments[(segments["kind"] == "speech") & segments["written_id"]]
    return speech[["id", "text"]].rename(columns={"id": "contribution"}).reset_index(drop=True)


def told(stories: Stories) -> pd.DataFrame:
    """Give the words of people in records of methods: columns contribution, text."""
    segments = story_segments(stories)
    speech = segments[segments["kind"] == "speech"]
    return speech[["id", "text"]].rename(columns={"id": "contribution"}).reset_index(drop=True)


def all_spoken(opened: Evaluation, notes: Notes) -> pd.DataFrame:
    """Give all words that a consent can be about, of notes and of records: columns contribution, text."""
    stories = read_stories(opened, Problems())  # its problems are told where they are first read
    return pd.concat([spoken(notes), told(stories)], ignore_index=True)


def count_workshops(loaded: Workshops) -> Counted:
    """Count in how many meetings each theme came up; never how many people, never who."""
    notes = loaded.notes
    found = count_themes(notes.meetings, notes.segments, notes.codings, loaded.codebook, loaded.withdrawn)
    told = (*found, *count_coverage(loaded.covered))
    findings = Findings(name="ateliers", findings=told, sources=(source("notes"), source("session")))
    return Counted(loaded.evaluation, findings)
