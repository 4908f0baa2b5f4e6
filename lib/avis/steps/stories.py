"""Records of methods: private views for evaluators, and what of them may be handed over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from avis.consent.judging import judge
from avis.consent.ledger import read_consents
from avis.consent.minors import minors_of
from avis.disclosure.rules import rules_for
from avis.errors import Problems
from avis.evaluation import Evaluation, as_of, open_evaluation
from avis.exhibits import Story
from avis.findings.stories import Sight, look_at
from avis.handover.readable import readable
from avis.handover.stories import make_stories
from avis.i18n import say
from avis.keeping import is_erased
from avis.sources.meetings import read_notes
from avis.sources.notes.model import no_notes
from avis.sources.registers import read_persons
from avis.sources.stories import Stories, check_against_notes, read_stories, story_segments
from avis.steps.parameters import COUNTING, refuse_unknown
from avis.steps.quoting import weigh_words
from avis.steps.views import View, Viewed, remarks
from avis.steps.workshops import told
from avis.writing.deliberation import Deliberation


@dataclass(frozen=True, repr=False)
class Records(Viewed):
    """The records of an evaluation as they were understood, with what consents allow of their words."""

    sights: tuple[Sight, ...]
    reasons: tuple[str, ...]
    """Why each of their words may not be printed, empty where it may."""
    remarks: str

    def views(self) -> list[View]:
        if not self.sights:
            return [View(say("notebooks.no_stories"), pd.DataFrame(), remarks=self.remarks)]
        counted = Counter(reason or "printed" for reason in self.reasons)
        rows = [(say(f"notebooks.reasons.{reason}"), n) for reason, n in sorted(counted.items())]
        consent = pd.DataFrame(rows, columns=[say("notebooks.reason"), say("notebooks.count")])
        title = say("notebooks.stories", n=len({sight.record for sight in self.sights}))
        shown = [View(sight.title, sight.frame) for sight in self.sights]
        return [*shown, View(title, consent, remarks=self.remarks)]


def load_stories(evaluation: str) -> Records:
    """Read the records of methods and show them, record by record; raises all their problems at once."""
    refuse_unknown(COUNTING)
    opened, problems = open_evaluation(evaluation), Problems()
    stories, notes = read_stories(opened, problems), read_notes(opened, problems)
    if not is_erased(opened.folders.root, "notes"):
        check_against_notes(stories, notes, problems)
    consents = read_consents(opened, problems)
    minors = minors_of(opened.settings.minors, read_persons(opened, problems))
    problems.raise_errors()
    judged = judge(told(stories), consents, as_of(), minors=minors)
    weighed = weigh_words(opened, no_notes(), consents, judged, problems)
    problems.raise_errors()
    sights = tuple(sight for record in stories.records for sight in look_at(record))
    return Records(sights, tuple(weighed.reasons.values()), remarks(problems))


def hand_stories_over(
    opened: Evaluation,
    stories: Stories,
    meetings: pd.DataFrame,
    judged: pd.DataFrame,
    words: Mapping[str, str],
    deliberation: Deliberation,
) -> tuple[Story, ...]:
    """Give the records as they may be shown: words that the ledger allows, as two reviewers left them."""
    segments = story_segments(stories)
    languages = dict(zip(segments["id"], segments["language"], strict=True))
    said = dict(zip(segments["id"], segments["text"], strict=True))
    settings = opened.settings
    threshold = rules_for(settings.disclosure).threshold_for(settings.minors != "none")
    allowed = readable(judged, words, deliberation.quotes, languages, said)
    return make_stories(stories, meetings, allowed, threshold)
