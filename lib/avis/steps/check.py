"""`avis check`: everything that is wrong in an evaluation, from every reader, in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from avis.errors import AvisError, Place, Problems
from avis.evaluation import Evaluation, check_evaluation, check_rest
from avis.exhibits import Exhibits, Verdict
from avis.folders import Folders
from avis.sealing import load

if TYPE_CHECKING:
    from avis.i18n import Language
    from avis.steps.rehearsal import Tables

OF_THE_TEXT_ALONE = ("TXT-001", "TXT-002", "TXT-003", "TXT-004", "TXT-005", "TXT-006", "TXT-024")
"""What can be said of a text before a build has made what its roles call by name."""
COMPARED = {"sources", "scales", "answer_scales", "request"}
"""What sources are held against: where a part of it is lost, they would be blamed for it."""


def check(folders: Folders) -> Problems:
    """Read and count all that an evaluation holds and give every problem; builds nothing, prints no value.

    Where `evaluation.yaml` is wrong, what is right of it serves to check the rest.
    """
    problems = Problems()
    opened, lost = check_evaluation(folders, problems), frozenset[str]()
    if opened is None:
        opened, lost = check_rest(folders, problems)
    if "disclosure" not in lost:
        _check_decision(opened, problems)
    tables = _check_sources(opened, lost, problems)
    if not lost & COMPARED:
        _check_counts(opened, tables, lost, problems)
    for language in opened.settings.languages:
        _check_texts(opened, lost, language, problems)
    return Problems(list(dict.fromkeys(problems)))


def _check_decision(opened: Evaluation, problems: Problems) -> None:
    from avis.disclosure.rules import rules_for

    try:
        rules_for(opened.settings.disclosure, opened.place("disclosure", "threshold"))
    except AvisError as error:
        problems.extend(error.problems)


def _check_sources(opened: Evaluation, lost: frozenset[str], problems: Problems) -> Tables:
    from avis.sources.activities import read_activities
    from avis.sources.coding import read_codebook
    from avis.sources.notes import read_notes
    from avis.sources.references import read_references
    from avis.sources.registers import read_budget, read_follow_up, read_persons, read_published
    from avis.sources.survey import read_survey
    from avis.steps.rehearsal import Tables
    from avis.writing.deliberation import deliberate

    for read in (read_follow_up, read_budget, read_references):
        read(opened, problems)
    if not lost & COMPARED:
        deliberate(opened, problems)
    tables = Tables(
        activities=read_activities(opened, problems),
        persons=read_persons(opened, problems),
        published=read_published(opened, problems),
        codebook=read_codebook(opened, problems),
        notes=read_notes(opened, problems),
        waves=tuple(read_survey(opened, wave, problems) for wave in opened.settings.sources.surveys),
    )
    _check_meetings(opened, tables, lost, problems)
    return tables


def _check_meetings(opened: Evaluation, tables: Tables, lost: frozenset[str], problems: Problems) -> None:
    """Notes against what they must agree with: consents that name them, a protocol frozen before them."""
    from avis.consent import read_consents, report_unknown
    from avis.sources.method import check_frozen_first, read_method

    consents, method = read_consents(opened, problems), read_method(opened, problems)
    if not lost & COMPARED:
        report_unknown(consents, set(tables.notes.segments["id"]), problems)
    dates = [date for date in tables.notes.meetings["date"] if date]
    if dates:
        check_frozen_first(method, min(dates), problems, opened.settings.sources.method)


def _check_counts(opened: Evaluation, tables: Tables, lost: frozenset[str], problems: Problems) -> None:
    from avis.steps.rehearsal import rehearse_activities, rehearse_notes, rehearse_survey

    if "period" not in lost:
        rehearse_activities(opened, tables, problems)
    rehearse_survey(opened, tables, problems)
    rehearse_notes(tables, problems)


def _check_texts(opened: Evaluation, lost: frozenset[str], language: Language, problems: Problems) -> None:
    """Naked numbers and the place of a passage always; roles too, once a build has made what they name."""
    from avis.writing.text import naked_numbers

    for path in sorted(opened.folders.texts.glob(f"*.{language}.md")):
        name, data = f"{opened.folders.texts.name}/{path.name}", path.read_bytes()
        try:
            problems.extend(naked_numbers(data.decode("utf-8-sig"), name))
        except UnicodeDecodeError as error:
            problems.add("TXT-001", Place(name, line=data[: error.start].count(b"\n") + 1))
    if "request" not in lost:
        _check_passages(opened, language, problems)


def _check_passages(opened: Evaluation, language: Language, problems: Problems) -> None:
    from avis.disclosure.handover import make_setting
    from avis.sources.method import Method
    from avis.writing.text import read_passages

    setting, told = make_setting(opened.slug, opened.settings, Method()), Problems()
    built = opened.folders.exhibits.is_file()
    verdict = Verdict(passed=False, threshold=0, cells=0, hidden=0, checks={})
    exhibits = Exhibits(setting=setting, sources=(), exhibits=(), verdict=verdict)
    try:
        if built:
            exhibits = msgspec.structs.replace(load(opened.folders.exhibits), setting=setting)
    except AvisError as error:
        problems.extend(error.problems)
        built = False
    read_passages(opened.folders.texts, language, exhibits, told)
    problems.extend(item for item in told if built or item.code in OF_THE_TEXT_ALONE)
