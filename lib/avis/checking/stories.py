"""Records of methods and reporting standards, as `avis check` looks at them."""

from __future__ import annotations

import pandas as pd

from avis.consent.judging import judge
from avis.consent.minors import Minors
from avis.errors import Place, Problems
from avis.evaluation import Evaluation, as_of
from avis.keeping import is_erased
from avis.report.standards import blanks
from avis.sources.method import Method
from avis.sources.notes.model import Notes
from avis.sources.stories import check_against_notes, read_stories, story_segments
from avis.steps.workshops import told


def check_stories(
    opened: Evaluation, notes: Notes, consents: pd.DataFrame, minors: Minors, problems: Problems
) -> frozenset[str]:
    """Read the records, hold them against the notes, and give the ids of all words in them.

    Errors: those of `read_stories` and `check_against_notes`. Warning SRC-139: words changed since their
    consent.
    """
    stories = read_stories(opened, problems)
    if not is_erased(opened.folders.root, "notes"):
        check_against_notes(stories, notes, problems)
    segments = story_segments(stories)
    judged = judge(told(stories), consents, as_of(), minors=minors)
    changed = set(judged.loc[judged["reason"] == "changed_words", "contribution"])
    for id, file, line in segments[["id", "file", "line"]].itertuples(index=False):
        if id in changed:
            problems.warn("SRC-139", Place(str(file), line=int(line)), id=str(id))
    return frozenset(segments["id"])


def tell_standards(opened: Evaluation, method: Method, problems: Problems) -> None:
    """Tell which items of a standard that the evaluation asked for have no answer (warning SRC-457)."""
    place = Place(opened.settings.sources.method, field="standards")
    for standard in method.standards:
        left = blanks(standard, method.sections)
        if left:
            items = ", ".join(str(item) for item in left)
            problems.warn("SRC-457", place, standard=standard.id.upper(), items=items)
