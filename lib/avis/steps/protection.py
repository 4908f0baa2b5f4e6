"""Notebook 40: all findings are protected together, audited, and handed over with what people allowed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from avis.consent.judging import judge, next_change
from avis.consent.ledger import read_consents, report_unknown
from avis.consent.minors import minors_of
from avis.disclosure.audit import audit_tables
from avis.disclosure.combining.proposing import chosen, combine, propose
from avis.disclosure.editions import Editions
from avis.disclosure.former.printed import printed_tables
from avis.disclosure.protect import Protected, protect
from avis.disclosure.reasons import explain
from avis.disclosure.rules import rules_for
from avis.disclosure.tables import protected_tables
from avis.editions.printed import Printed, PrintedTable, keep_printed
from avis.errors import Problems, fail
from avis.evaluation import Evaluation, as_of, open_evaluation
from avis.exhibits import Exhibit, Exhibits, Source, Table
from avis.findings.model import Finding
from avis.findings.published import known_figures
from avis.findings.reactions import count_reactions
from avis.folders import write_whole
from avis.handover.accounting import make_budget
from avis.handover.assembling import (
    assemble,
    hand_over,
    make_figures,
    make_follow_up,
    make_setting,
    make_verdict,
)
from avis.handover.forgetting import forget_drafts
from avis.handover.spoken import make_quotes, make_statements
from avis.i18n import say
from avis.inputs import hash_file, spoken_digest
from avis.keeping import is_erased, next_end, tell_ended, words_erased
from avis.sources.meetings import read_notes
from avis.sources.method import read_method
from avis.sources.notes.model import Notes
from avis.sources.references.bibliography import published_sources, read_references
from avis.sources.registers import read_budget, read_follow_up, read_persons, read_published
from avis.sources.stories import check_against_notes, read_stories, story_segments
from avis.steps.before import (
    keep_told,
    read_before,
    tell_absent,
    tell_cost,
    without_lost_themes,
)
from avis.steps.counted import source
from avis.steps.fresh import SPOKEN_FROM, fresh_findings
from avis.steps.parameters import COUNTING, refuse_unknown
from avis.steps.protecting_page import write_html, write_text
from avis.steps.protecting_view import Known, Told, tell_protection
from avis.steps.quoting import Quotable, weigh_words
from avis.steps.renamed import doubts_among
from avis.steps.stories import hand_stories_over
from avis.steps.views import remarks
from avis.steps.workshops import all_spoken
from avis.writing.deliberation import Deliberation, deliberate, read_logs
from avis.writing.history import tell_histories


@dataclass(frozen=True, repr=False)
class Shielded:
    """All findings after protection, with the audit's decision."""

    evaluation: Evaluation
    findings: tuple[Finding, ...]
    sources: tuple[Source, ...]
    protected: Protected
    tables: tuple[Table, ...]
    reactions: tuple[Table, ...]
    """Reactions whose counts the group decided to publish: they go beside its texts."""
    threshold: int
    deliberation: Deliberation
    published: pd.DataFrame
    problems: Problems
    printed: tuple[PrintedTable, ...] = ()
    """The tables as everybody will see them, for the register of editions."""
    compared: int = 0
    """How many former editions, which printed something else, they were compared with."""
    counted: tuple[Finding, ...] = ()
    """All that was protected together: the findings, the reactions, what everybody knows."""
    editions: Editions = ()
    """Former editions as protection knew them."""

    @cached_property
    def told(self) -> Told:
        """What the page says; private, and made when it is looked at."""
        rules, editions = self.protected.rules, self.editions
        known = Known(
            self.counted,
            (*self.tables, *self.reactions),
            self.protected,
            explain(self.counted, self.protected, editions),
            propose(self.counted, self.protected, rules, editions),
            self.evaluation.settings.disclosure,
            self.compared,
        )
        return tell_protection(known)

    def __repr__(self) -> str:
        return write_text(self.told)

    def _repr_html_(self) -> str:
        return write_html(self.told)


def protect_together(evaluation: str) -> Shielded:
    """Protect every finding of the evaluation at once, and the reactions that a group publishes.

    What somebody published already is taken for known, and so is all that this evaluation published.
    Errors: DIS-013 where the audit refuses; those of the register. Remarks: DIS-033 a search was left, and
    more is hidden than might be.
    """
    refuse_unknown(COUNTING)
    opened, problems = open_evaluation(evaluation), Problems()
    kept = fresh_findings(opened)
    findings = combined(opened, [finding for group in kept for finding in group.findings])
    sources = tuple(item for group in kept for item in group.sources)
    deliberation, published = deliberate(opened, problems), read_published(opened, problems)
    settings = opened.settings
    voted = count_reactions(deliberation.items.values(), settings.scales, settings.minors != "none")
    rules = rules_for(settings.disclosure)
    beside = (*voted, *known_figures(published, findings))
    before = read_before(opened, (*findings, *beside), rules, problems)
    findings = without_lost_themes(findings, before, problems)
    counted = (*findings, *beside)
    protected = protect(counted, rules, before.former.editions)
    if not protected.passed:
        raise fail("DIS-013")
    tables = protected_tables((*findings, *voted), protected)
    audited = audit_tables(counted, tables, rules, before.former.editions)
    if not audited.passed:  # the last word is on what is printed, not on what was meant
        raise fail("DIS-013")
    problems.extend(audited.remarks)
    if protected.whole:
        problems.warn("DIS-033")
    tell_cost(counted, protected, tables, before, problems)
    printed = printed_tables((*findings, *voted), tables, rules)
    return Shielded(
        opened,
        findings,
        sources,
        protected,
        tuple(tables[: -len(voted)] if voted else tables),
        tuple(tables[-len(voted) :] if voted else ()),
        rules.threshold,
        deliberation,
        published,
        problems,
        printed,
        before.compared(printed),
        counted,
        before.former.editions,
    )


def combined(opened: Evaluation, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Put together what the evaluator chose to combine rather than hide. Errors: DIS-060 to DIS-066."""
    parts = opened.settings.disclosure.combine
    places = [opened.place("disclosure", "combine", index) for index in range(len(parts))]
    return tuple(combine(findings, chosen(parts), places))


@dataclass(frozen=True)
class Handed:
    """What was handed over to the documents, in numbers."""

    exhibits: Exhibits
    remarks: str

    def __repr__(self) -> str:
        kinds = pd.Series([type(item).__name__ for item in self.exhibits.exhibits], dtype="str")
        counted = kinds.value_counts(sort=False).sort_index()
        lines = [f"{say(f'notebooks.exhibits.{kind}')} : {n}" for kind, n in counted.items()]
        return "\n".join([say("notebooks.handed"), *lines, *filter(None, [self.remarks])])


def hand_exhibits_over(shielded: Shielded) -> Handed:
    """Read what people allowed and decided, put it beside the tables, and write the sealed hand-over."""
    opened, problems, today = shielded.evaluation, Problems(), as_of()
    problems.extend(shielded.problems)
    notes = read_notes(opened, problems)
    others, sources, ends, quotable = _beside(shielded, notes, problems, today)
    method = read_method(opened, problems)
    problems.raise_errors()
    settings = opened.settings
    exhibits = assemble(
        make_setting(opened.slug, settings, method, shielded.deliberation, notes.meetings),
        shielded.tables,
        shielded.findings,
        others,
        (*shielded.sources, *sources),
        make_verdict(shielded.protected, settings, shielded.compared),
    )
    tell_absent(opened, exhibits.exhibits, problems)
    forgot = forget_drafts(opened.folders, exhibits)
    hand_over(exhibits, opened.folders.exhibits)
    handed = hash_file(opened.folders.exhibits)
    printed = Printed(exhibits=handed, tables=shielded.printed, doubts=doubts_among(problems))
    keep_printed(opened.folders.private, printed)
    keep_told(opened.folders, problems)
    write_whole(opened.folders.private / SPOKEN_FROM, spoken_digest(opened))
    last = min(filter(None, (ends, next_end(settings, today))), default=dt.date.max)
    write_whole(opened.folders.private / "valid.txt", f"{today.isoformat()} {last.isoformat()}\n")
    told = [*([say("notebooks.forgot")] if forgot else []), *quotable.told()]
    return Handed(exhibits, "\n".join([*told, *filter(None, [remarks(problems)])]))


def _beside(
    shielded: Shielded, notes: Notes, problems: Problems, today: dt.date
) -> tuple[list[Exhibit], list[Source], dt.date | None, Quotable]:
    """All exhibits that are no table, their sources, the next day on which a consent ends, what is absent."""
    opened, deliberation, published = shielded.evaluation, shielded.deliberation, shielded.published
    consents = read_consents(opened, problems)
    minors = minors_of(opened.settings.minors, read_persons(opened, problems))
    references = read_references(opened, problems)
    follow_up, budget = read_follow_up(opened, problems), read_budget(opened, problems)
    stories = read_stories(opened, problems)
    if not is_erased(opened.folders.root, "notes"):
        check_against_notes(stories, notes, problems)
    tell_ended(opened, today, problems)
    if not words_erased(opened.folders.root):  # a withdrawal that names nothing stops here
        report_unknown(consents, [*notes.segments["id"], *story_segments(stories)["id"]], problems)
    problems.raise_errors()
    judged = judge(all_spoken(opened, notes), consents, today, minors=minors)
    quotable = weigh_words(opened, notes, consents, judged, problems)
    histories = tell_histories(read_logs(opened, Problems()), opened.settings.scales)
    others: list[Exhibit] = [
        *make_quotes(notes.segments, notes.meetings, notes.codings, judged, quotable.printable, deliberation),
        *hand_stories_over(opened, stories, notes.meetings, judged, quotable.printable, deliberation),
        *make_statements(deliberation, opened.settings.scales, shielded.reactions, histories),
        *make_figures(published),
        *make_follow_up(follow_up),
        *make_budget(budget),
    ]
    kinds = ("notes", "stories", "session", "follow_up", "budget")
    sources = [*map(source, kinds), *published_sources(published).values(), *references.values()]
    return others, sources, next_change(consents, today), quotable
