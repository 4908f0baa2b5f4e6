"""Records of methods and reporting standards, as `avis check` looks at them."""

from __future__ import annotations

from avis.errors import Place, Problems
from avis.evaluation import Evaluation
from avis.keeping import is_erased
from avis.report.compose.standards import blanks
from avis.sources.method import Method
from avis.sources.notes.model import Notes
from avis.sources.stories import Stories, check_against_notes, read_stories


def check_stories(opened: Evaluation, notes: Notes, problems: Problems) -> Stories:
    """Read the records and hold them against the notes.

    Errors: those of `read_stories` and `check_against_notes`.
    """
    stories = read_stories(opened, problems)
    if not is_erased(opened.folders.root, "notes"):
        check_against_notes(stories, notes, problems)
    return stories


def tell_standards(opened: Evaluation, method: Method, problems: Problems) -> None:
    """Tell which items of a standard that the evaluation asked for have no answer (warning SRC-457)."""
    place = Place(opened.settings.sources.method, field="standards")
    for standard in method.standards:
        left = blanks(standard, method.sections)
        if left:
            items = ", ".join(str(item) for item in left)
            problems.warn("SRC-457", place, standard=standard.id.upper(), items=items)
