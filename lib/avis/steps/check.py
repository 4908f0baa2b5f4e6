"""`avis check`: everything that is wrong in an evaluation, from every reader, in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from avis.errors import AvisError, Problems
from avis.evaluation import Evaluation, check_evaluation
from avis.folders import Folders
from avis.sealing import load

if TYPE_CHECKING:
    from avis.i18n import Language


def check(folders: Folders) -> Problems:
    """Read all that an evaluation holds and give every problem; builds nothing, prints no value."""
    problems = Problems()
    opened = check_evaluation(folders, problems)
    if opened is None:
        return problems
    _check_decision(opened, problems)
    _check_sources(opened, problems)
    for language in opened.settings.languages:
        _check_texts(opened, language, problems)
    return Problems(list(dict.fromkeys(problems)))


def _check_decision(opened: Evaluation, problems: Problems) -> None:
    from avis.disclosure.rules import rules_for

    try:
        rules_for(opened.settings.disclosure, opened.place("disclosure", "threshold"))
    except AvisError as error:
        problems.extend(error.problems)


def _check_sources(opened: Evaluation, problems: Problems) -> None:
    from avis.sources.activities import read_activities
    from avis.sources.coding import read_codebook
    from avis.sources.references import read_references
    from avis.sources.registers import read_budget, read_follow_up, read_persons, read_published
    from avis.sources.survey import read_survey
    from avis.writing.deliberation import deliberate

    readers = (
        *(read_activities, read_persons, read_published, read_follow_up, read_budget, read_references),
        *(read_codebook, deliberate),
    )
    for read in readers:
        read(opened, problems)
    for wave in opened.settings.sources.surveys:
        read_survey(opened, wave, problems)
    _check_meetings(opened, problems)


def _check_meetings(opened: Evaluation, problems: Problems) -> None:
    """Notes against what they must agree with: consents that name them, a protocol frozen before them."""
    from avis.consent import read_consents, report_unknown
    from avis.sources.method import check_frozen_first, read_method
    from avis.sources.notes import read_notes

    notes = read_notes(opened, problems)
    report_unknown(read_consents(opened, problems), set(notes.segments["id"]), problems)
    dates = [date for date in notes.meetings["date"] if date]
    if opened.settings.sources.method and dates:
        method = read_method(opened, problems)
        check_frozen_first(method, min(dates), problems, opened.settings.sources.method)


def _check_texts(opened: Evaluation, language: Language, problems: Problems) -> None:
    """Naked numbers always; roles too, once a build has made what they call by name."""
    from avis.writing.text import naked_numbers, read_passages

    texts = opened.folders.texts
    for path in sorted(texts.glob(f"*.{language}.md")):
        problems.extend(naked_numbers(path.read_text(encoding="utf-8"), f"textes/{path.name}"))
    if opened.folders.exhibits.is_file():
        try:
            read_passages(texts, language, load(opened.folders.exhibits), problems)
        except AvisError as error:
            problems.extend(error.problems)
