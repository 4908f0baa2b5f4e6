"""The fiche projet: one page a project, from public facts."""

from __future__ import annotations

from avis.exhibits import Audience, Exhibits, Figure, Table
from avis.i18n import Language, date, period
from avis.report import evidence_parts, summaries
from avis.report.document import Block, Document, Facts, Inline, Words
from avis.report.sheet import Sheet, banners, finish, public_notice


def compose_fiche(
    exhibits: Exhibits, language: Language, audience: Audience, *, draft: bool = True
) -> Document:
    """Compose the project sheet: objectives, what was done, figures, partners, funders, and gaps.

    Only figures and facts: no quote, no statement, no budget. Raises TXT-027 as `compose_avis` does.
    """
    sheet = Sheet(exhibits, (), language, audience)
    setting = exhibits.setting
    document = Document(
        kind="fiche",
        audience=audience,
        language=language,
        slug=setting.slug,
        title=sheet.pick(setting.title),
        subtitle=sheet.say("subtitle.fiche"),
        author=setting.organisation,
        banners=banners(sheet, draft),
        blocks=(
            Facts(items=_facts(sheet)),
            sheet.heading(2, "objectives"),
            sheet.listed(setting.objectives),
            sheet.heading(2, "done"),
            sheet.listed(setting.activities),
            *_figures(sheet),
            sheet.heading(2, "partners"),
            sheet.listed(setting.partners),
            sheet.heading(2, "funders"),
            sheet.listed(setting.funders),
            sheet.heading(2, "not-documented"),
            sheet.listed(setting.not_documented)
            if setting.not_documented
            else sheet.paragraph("nothing_missing"),
            *_origin(sheet),
        ),
        notes=(),
        period=period(setting.start, setting.end, language),
    )
    return finish(sheet, document)


def _facts(sheet: Sheet) -> tuple[tuple[str, tuple[Inline, ...]], ...]:
    setting = sheet.exhibits.setting
    about = period(setting.start, setting.end, sheet.language)
    return (
        (sheet.say("fact.organisation"), (Words(text=setting.organisation),)),
        (sheet.say("fact.project_period"), (Words(text=about),)),
        (sheet.say("fact.status"), (Words(text=sheet.say(f"status.{setting.status}")),)),
    )


def _figures(sheet: Sheet) -> list[Block]:
    """Print the figures, each with its kind; people never added."""
    tables = [table for table in sheet.left(Table) if evidence_parts.part_of(table, sheet) == "activities"]
    summary = summaries.counted(sheet, tables, "table-counted", details=True)
    others = summaries.others_figures(sheet, sheet.left(Figure), "table-figures")
    blocks: list[Block] = [block for block in (summary, others) if block is not None]
    blocks += evidence_parts.shown(sheet, "activities")
    return [sheet.heading(2, "figures"), *(blocks or [sheet.paragraph("no_figure")])]


def _origin(sheet: Sheet) -> list[Block]:
    """Say where the facts come from and when they were read."""
    source = sheet.exhibits.setting.public_source
    blocks: list[Block] = [sheet.heading(2, "origin")]
    if source is None:
        return [*blocks, evidence_parts.sources(sheet, used=True)]
    if not source.consulted_on:
        return [*blocks, *public_notice(sheet)]
    on = date(source.consulted_on, sheet.language)
    return [*blocks, sheet.paragraph("origin_read", date=on), *public_notice(sheet)]
