"""`avis check`: everything that is wrong in an evaluation, from every reader, in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec

from avis.checking.calls import check_answers, tell_calls, tell_recipients
from avis.checking.kept import tell_erased, tell_kept, tell_register
from avis.checking.looks import tell_look
from avis.checking.remains import tell_remains
from avis.checking.shelved import tell_shelved
from avis.checking.unfinished import tell_unfinished
from avis.errors import AvisError, Place, Problems
from avis.evaluation import Evaluation, check_evaluation, check_rest
from avis.exhibits import Exhibits, Verdict
from avis.folders import Folders, passages
from avis.keeping import words_erased
from avis.sealing import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from avis.checking.agreed import Spoken
    from avis.checking.rehearsal import Tables
    from avis.checking.standing import Standing
    from avis.errors import Problem
    from avis.i18n import Language
    from avis.writing.deliberation import QuoteApproval

OF_THE_TEXT_ALONE = (
    *("TXT-001", "TXT-002", "TXT-003", "TXT-004", "TXT-005", "TXT-006", "TXT-024"),
    *("EVA-022", "SRC-006", "SRC-041"),
)
"""What can be said of a text before a build has made what its roles call by name."""
COMPARED = {"sources", "scales", "answer_scales", "request"}
"""What sources are held against: where a part of it is lost, they would be blamed for it."""


class Known(NamedTuple):
    """What explains why a role of a text finds nothing: the notes with their consents, the group's log."""

    spoken: Spoken
    standing: Standing

    def explain(self, named: list[Problem], built: bool) -> Iterator[Problem]:
        """Say of each role what became of what it calls; without a build, pass over what nothing explains."""
        told = {item: found for item in named if (found := self.standing.explain(item))}
        yield from told.values()
        yield from self.spoken.explain((item for item in named if item not in told), built)


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
    tables, spoken = _check_sources(opened, lost, problems)
    if not lost & COMPARED:
        _check_counts(opened, tables, lost, problems)
    standing = _check_sessions(opened, lost, problems)
    tell_unfinished(opened, problems)
    if not lost & {"calls", "request", "documents"}:
        tell_calls(opened, problems)
    if not lost:  # half a file would contradict what was written from the whole one
        tell_kept(opened, problems)
    tell_look(folders, problems)
    tell_register(opened, problems)
    tell_erased(opened, problems)
    tell_remains(opened, problems)
    tell_shelved(opened, problems)
    for language in opened.settings.languages:
        _check_texts(opened, lost, language, Known(spoken, standing), problems)
    _check_told(opened, spoken, problems)
    return Problems(list(dict.fromkeys(problems)))


def _check_decision(opened: Evaluation, problems: Problems) -> None:
    from avis.disclosure.rules import rules_for

    try:
        rules_for(opened.settings.disclosure, opened.place("disclosure", "threshold"))
    except AvisError as error:
        problems.extend(error.problems)


def _check_sources(opened: Evaluation, lost: frozenset[str], problems: Problems) -> tuple[Tables, Spoken]:
    from avis.checking.carried import tell_carried
    from avis.checking.coverage import tell_coverage
    from avis.checking.rehearsal import Tables
    from avis.checking.reported import tell_reports
    from avis.checking.reread import tell_reread
    from avis.checking.standing import tell_proofread, tell_unproved
    from avis.checking.untranslated import tell_untranslated
    from avis.handover.courses import reasons_of
    from avis.sources.activities import read_activities
    from avis.sources.coding.codebook import read_codebook
    from avis.sources.meetings import read_notes
    from avis.sources.references.bibliography import read_references
    from avis.sources.registers import read_budget, read_follow_up, read_persons, read_published
    from avis.sources.surveys.wave import read_survey
    from avis.writing.deliberation import Deliberation, deliberate, read_logs
    from avis.writing.history import tell_histories

    read_references(opened, problems)
    budget = read_budget(opened, problems)
    if not lost & {"funders", "indicators", "organisation"}:
        tell_reports(opened, budget, problems)
    follow_up = read_follow_up(opened, problems)
    tell_carried(opened, follow_up, problems)
    deliberation = Deliberation() if lost & COMPARED else deliberate(opened, problems)
    tell_proofread(opened, deliberation, problems)
    tell_unproved(opened, deliberation, problems)
    histories = tell_histories(read_logs(opened, Problems()), opened.settings.scales)
    tables = Tables(
        activities=read_activities(opened, problems),
        persons=read_persons(opened, problems),
        published=read_published(opened, problems),
        codebook=read_codebook(opened, problems),
        notes=read_notes(opened, problems),
        waves=tuple(read_survey(opened, wave, problems) for wave in opened.settings.sources.surveys),
    )
    of_languages = {"budget": budget, "follow_up": follow_up, "published": tables.published}
    if "languages" not in lost:
        tell_untranslated(opened, of_languages, deliberation.items.values(), problems)
    if not lost & (COMPARED | {"tags", "indicators"}):
        tell_coverage(opened, deliberation.items, tables.codebook, tables.notes, problems)
    spoken = _check_meetings(opened, tables, lost, deliberation.quotes, problems)
    items = deliberation.items
    reasons = reasons_of(histories, [id for id, item in items.items() if item.adopted])
    tell_reread(opened, spoken.quotable, items.values(), problems, reasons)
    return tables, spoken


def _check_sessions(opened: Evaluation, lost: frozenset[str], problems: Problems) -> Standing:
    """What became of the group's texts; sessions and rounds that nobody closed."""
    from avis.checking.standing import Standing, standing_of, tell_open, tell_orphans

    if lost & COMPARED:
        return Standing()
    standing = standing_of(opened)
    tell_open(opened, problems)
    tell_orphans(opened, standing, problems)
    return standing


def _check_meetings(
    opened: Evaluation,
    tables: Tables,
    lost: frozenset[str],
    approvals: Mapping[str, QuoteApproval],
    problems: Problems,
) -> Spoken:
    """Notes against what they must agree with: consents that name them, a protocol frozen before them."""
    from avis.checking.agreed import weigh
    from avis.checking.consents import tell_consents
    from avis.checking.stories import check_stories, tell_standards
    from avis.consent.ledger import read_consents, report_unknown
    from avis.consent.minors import minors_of
    from avis.sources.method import check_frozen_first, read_method
    from avis.sources.stories import story_segments

    consents, method = read_consents(opened, problems), read_method(opened, problems)
    if "calls" not in lost:
        tell_recipients(opened, consents, problems)
    among = "none" if "minors" in lost else opened.settings.minors  # nobody is blamed for a word misspelt
    minors = minors_of(among, tables.persons)
    told = story_segments(check_stories(opened, tables.notes, problems))
    tell_standards(opened, method, problems)
    if not lost & COMPARED and not words_erased(opened.folders.root):
        report_unknown(consents, {*tables.notes.segments["id"], *told["id"]}, problems)
    dates = [date for date in tables.notes.meetings["date"] if date]
    if dates:
        check_frozen_first(method, min(dates), problems, opened.settings.sources.method)
    tell_consents(opened, tables, consents, minors, problems)
    return weigh(opened, tables.notes, told, consents, minors, approvals, problems)


def _check_counts(opened: Evaluation, tables: Tables, lost: frozenset[str], problems: Problems) -> None:
    from avis.checking.combined import tell_combined
    from avis.checking.overlooked import tell_overlooked
    from avis.checking.rehearsal import rehearse_activities, rehearse_notes, rehearse_survey

    before, counted = len(problems.errors), []
    if "period" not in lost:
        told = Problems()
        counted += rehearse_activities(opened, tables, told)
        problems.extend(item for item in told if item.code != "FIN-004")  # told with its lines: SRC-047
        tell_overlooked(opened, tables.activities, problems)
    counted += rehearse_survey(opened, tables, problems)
    counted += rehearse_notes(tables, problems)
    if not lost and len(problems.errors) == before:  # else what could not be counted would be missed here
        tell_combined(opened, counted, problems)


def _check_texts(
    opened: Evaluation, lost: frozenset[str], language: Language, known: Known, problems: Problems
) -> None:
    """Naked numbers and the place of a passage always; roles too, once a build has made what they name."""
    from avis.writing.text import naked_numbers, read_words

    for path in passages(opened.folders.texts, f"*.{language}.md", problems):
        name = f"{opened.folders.texts.name}/{path.name}"
        text = read_words(path, name, problems)
        problems.extend(naked_numbers(text, name) if text is not None else ())
    if "request" not in lost:
        _check_passages(opened, language, known, problems)


def _check_told(opened: Evaluation, spoken: Spoken, problems: Problems) -> None:
    """Numbers in words against what the last build suppressed, unless the sources changed since."""
    from avis.checking.told import tell_told
    from avis.steps.fresh import is_fresh

    if opened.folders.exhibits.is_file() and is_fresh(opened):
        tell_told(opened, spoken.places, problems)


def _check_passages(opened: Evaluation, language: Language, known: Known, problems: Problems) -> None:
    """Roles against what the last build made, unless the sources say something else since."""
    from avis.checking.reported import tell_fields
    from avis.handover.assembling import make_setting
    from avis.setting import REPORT
    from avis.sources.method import Method
    from avis.steps.fresh import is_fresh
    from avis.writing.text import read_passages

    setting, told = make_setting(opened.slug, opened.settings, Method()), Problems()
    built = opened.folders.exhibits.is_file()
    if built and not is_fresh(opened):
        problems.warn("TXT-035", Place(opened.folders.texts.name))
        built = False
    verdict = Verdict(passed=False, threshold=0, cells=0, hidden=0, checks={})
    exhibits = Exhibits(setting=setting, sources=(), exhibits=(), verdict=verdict)
    try:
        if built:
            exhibits = msgspec.structs.replace(load(opened.folders.exhibits), setting=setting)
    except AvisError as error:
        problems.extend(error.problems)
        built = False
    read_passages(opened.folders.texts, language, exhibits, told)
    for_funders = read_passages(opened.folders.texts, language, exhibits, told, "funder", (REPORT,))
    tell_fields(opened, for_funders, problems)
    told.extend(check_answers(opened, language, exhibits, built, OF_THE_TEXT_ALONE))
    alone = (item for item in told if item.code in OF_THE_TEXT_ALONE)
    named = [item for item in told if item.code not in OF_THE_TEXT_ALONE]
    problems.extend([*alone, *known.explain(named, built)])
