"""Words of people on their way to exhibits: consented, reread by two people, coded; and how many are not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from avis.errors import Problems
from avis.evaluation import Evaluation
from avis.i18n import say
from avis.redaction.absent import consented, count_absent, uncoded, why_absent
from avis.redaction.combinations import Said, find_combinations
from avis.redaction.decisions import read_review
from avis.redaction.registers import Searched, search_quietly
from avis.redaction.reviewed import Reviewed, weigh_review
from avis.sources.notes.model import Notes
from avis.sources.stories import read_stories, story_segments


def told_counts(counts: Mapping[str, int]) -> str:
    """Say how many words are absent for each reason, in one line."""
    parts = (
        say("redaction.count", reason=say(f"notebooks.reasons.{reason}"), n=n) for reason, n in counts.items()
    )
    return say("redaction.between").join(parts)


@dataclass(frozen=True, repr=False)
class Quotable:
    """Words as they may be printed; why others may not ("" where they may); which lists were searched."""

    reviewed: Reviewed
    reasons: Mapping[str, str]
    searched: Searched
    segments: pd.DataFrame
    """The segments that consent lets somebody read, reread or not."""
    speakers: Mapping[str, str]
    """Private: who said what, by the person's code, for the check on combinations alone."""
    decisions: pd.DataFrame
    """What `read_review` gave."""

    @property
    def printable(self) -> dict[str, str]:
        """The words that may be printed, as they may be, by contribution."""
        return {id: self.reviewed.words[id] for id, reason in self.reasons.items() if not reason}

    def told(self) -> list[str]:
        """Say which lists were searched, how many words are absent and why, and what meets: never who."""
        absent = count_absent(self.reasons)
        lines = [self.searched.told()]
        if absent:
            lines.append(say("redaction.absent", n=sum(absent.values()), why=told_counts(absent)))
        met = find_combinations(self.printed())
        if met:
            lines.append(say("redaction.meeting", n=len(met)))
        return lines

    def printed(self) -> list[Said]:
        """Give the words that will be printed, as they will be, each with its speaker's code."""
        return [Said(id, words, self.speakers.get(id, "")) for id, words in self.printable.items()]


def weigh_words(
    opened: Evaluation,
    notes: Notes,
    consents: pd.DataFrame,
    judged: pd.DataFrame,
    problems: Problems,
    searched: Searched | None = None,
) -> Quotable:
    """Weigh consent, rereading and coding of every paragraph and of all words in records of methods.

    Errors: those of `read_review`.
    """
    searched = searched or search_quietly(opened)
    apart = story_segments(read_stories(opened, Problems()))  # told with their lines where they are read
    segments = consented(pd.concat([notes.segments, apart], ignore_index=True), judged)
    decisions = read_review(opened, problems)
    reviewed = weigh_review(segments, decisions, searched.known, opened.settings.mediators)
    noted = set(segments["id"]) - set(apart["id"])  # a record of a method is its own reading
    left = uncoded(noted, notes.codings, bool(opened.settings.sources.codebook))
    reasons = why_absent(judged, reviewed, left)
    people = consents[consents["person"] != ""].drop_duplicates("contribution", keep="last")
    speakers = dict(zip(people["contribution"].astype(str), people["person"].astype(str), strict=True))
    return Quotable(reviewed, reasons, searched, segments, speakers, decisions)
